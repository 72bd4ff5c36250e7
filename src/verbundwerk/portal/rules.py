"""What became of a need, told in words: facts in, stops out. Pure; the facts are gathered in queries/trail.py."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verbundwerk.base.days import day_text, span_text
from verbundwerk.base.figures import euro_text
from verbundwerk.courses.models import Course
from verbundwerk.courses.rules import CANCELLED
from verbundwerk.courses.states import CourseState
from verbundwerk.disclosure.queries import Said
from verbundwerk.needs.models import Need
from verbundwerk.needs.rules import CHECKED_WITHIN
from verbundwerk.needs.states import NeedState
from verbundwerk.pooling.models import Commitment, Pool
from verbundwerk.pooling.states import CommitmentState, PoolState

Text = str | Promise
Place = Literal["need", "check", "pool", "bids", "price", "course", "attendance", "certificate"]
PLACES: tuple[Place, ...] = ("need", "check", "pool", "bids", "price", "course", "attendance", "certificate")
LABELS: dict[Place, Promise] = {
    "need": gettext_lazy("Bedarf gemeldet"),
    "check": gettext_lazy("Von der Koordination geprüft"),
    "pool": gettext_lazy("Partner gefunden"),
    "bids": gettext_lazy("Angebote von Anbietern"),
    "price": gettext_lazy("Preis und Zusage"),
    "course": gettext_lazy("Kurs"),
    "attendance": gettext_lazy("Teilnahme"),
    "certificate": gettext_lazy("Bescheinigung"),
}
ENDED = frozenset({NeedState.WITHDRAWN, NeedState.COVERED_ELSEWHERE, NeedState.EXPIRED, NeedState.UNPOOLABLE})
END = len(PLACES)


@dataclass(frozen=True, slots=True)
class Seats:
    """The firm's own chairs in the course, counted."""

    booked: int = 0
    unnamed: int = 0
    came: int = 0
    certified: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """A pool that leads this need nowhere any more: it failed, its course was called off, or it goes on without us."""

    pool: Pool
    course: Course | None = None
    without_us: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the way of one need; nothing about other firms except what everybody is told."""

    need: Need
    moments: dict[str, datetime] = field(default_factory=dict)
    past: tuple[Past, ...] = ()
    pool: Pool | None = None
    told: Said | None = None
    word: Commitment | None = None
    course: Course | None = None
    seats: Seats = Seats()
    certified_at: datetime | None = None
    asked: bool = False  # whether the course fitted
    still_wanted: bool = False  # whether the need is: that was asked and not answered yet
    change_until: date | None = None  # until when the firm is asked about another value of the need


@dataclass(frozen=True, slots=True)
class Stop:
    label: Text
    state: Literal["done", "now", "ahead", "stopped"]
    at: datetime | date | None = None
    detail: Text = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: who, and what is to be done."""

    who: Text
    what: Text
    own: bool = False


# --- how far ------------------------------------------------------------------------
_NEED_AT = {
    NeedState.DRAFT: 0,
    NeedState.SUBMITTED: 1,
    NeedState.CHECKED: 2,
    NeedState.IN_POOL: 2,
    NeedState.COVERED: 5,
    NeedState.EVALUATED: END,
}
_POOL_AT = {
    PoolState.PROPOSED: 2,
    PoolState.SOUNDING: 3,
    PoolState.ENQUIRY: 3,
    PoolState.BID_CHOSEN: 4,
    PoolState.COMMITTING: 4,
    PoolState.GAP: 4,
    PoolState.CAME_ABOUT: 5,
}


def reached(facts: Facts) -> int:
    """The place in PLACES where the need stands now; END when everything is done."""
    if facts.need.state == NeedState.EVALUATED:
        return END
    if facts.course is not None:
        return _course_at(facts)
    if facts.need.state == NeedState.BUNDLED and facts.pool is not None:
        return _POOL_AT.get(PoolState(facts.pool.state), 2)
    if facts.need.state in ENDED:
        return _last_moment(facts)
    return _NEED_AT.get(NeedState(facts.need.state), 2)


def _course_at(facts: Facts) -> int:
    state = facts.course.state if facts.course else ""
    if state == CourseState.COMPLETED:
        return END if facts.seats.certified else 7
    return 6 if state == CourseState.RUNNING else 5


def _last_moment(facts: Facts) -> int:
    """Where an ended way broke off: after the last thing that really happened."""
    happened = ("need.submitted" in facts.moments, "need.checked" in facts.moments)
    return sum(happened)


# --- the stops ----------------------------------------------------------------------
def stops(facts: Facts) -> list[Stop]:
    """The whole way: what is done, where it stands, what comes; broken off ways end where they ended."""
    here = reached(facts)
    told = [_stop(facts, place, number, here) for number, place in enumerate(PLACES)]
    told[2:2] = [_past(one, facts) for one in facts.past]
    if facts.need.state in ENDED:
        done = [one for one in told if one.state == "done" or one.place is None]
        return [*done, _ending(facts.need)]
    return told


def _stop(facts: Facts, place: Place, number: int, here: int) -> Stop:
    state: Literal["done", "now", "ahead"] = "done" if number < here else "now" if number == here else "ahead"
    if state == "ahead":
        return Stop(LABELS[place], state, place=place)
    at, detail = _TOLD[place](facts)
    label = _("Partner werden gesucht") if place == "pool" and state == "now" else LABELS[place]
    return Stop(label, state, at, detail, place)


def _past(past: Past, facts: Facts) -> Stop:
    waits = facts.need.state == NeedState.IN_POOL and past is facts.past[-1]
    after = _("Der Bedarf ist nicht verloren: Er wartet wieder auf Partner.") if waits else _NO_LONGER
    label, at, why = _past_told(past, facts)
    return Stop(label, "stopped", at, " ".join(filter(None, [why, str(after)])))


_NO_LONGER = gettext_lazy("Danach war der Bedarf wieder frei.")


def _past_told(past: Past, facts: Facts) -> tuple[Text, datetime | None, str]:
    pool, course, back = past.pool, past.course, facts.moments.get("need.given_back")
    if course is not None and course.state in CANCELLED:
        label = _("Kurs %(label)s %(state)s") % {"label": course.label, "state": course.get_state_display()}
        return label, back, _("Grund: %(reason)s.") % {"reason": course.reason.rstrip(".")} if course.reason else ""
    if course is not None and not past.without_us:
        return _("Plätze im Kurs %(label)s zurückgegeben") % {"label": course.label}, back, ""
    if past.without_us:
        return _("Bündel %(label)s kam ohne Ihren Betrieb zustande") % {"label": pool.label}, pool.closed_at, ""
    reason = _("Grund: %(reason)s.") % {"reason": pool.get_failure_display() or _("nicht genannt")}
    return _("Bündel %(label)s kam nicht zustande") % {"label": pool.label}, pool.closed_at, reason


def _ending(need: Need) -> Stop:
    return Stop(_("Bedarf %(state)s") % {"state": need.get_state_display()}, "stopped", need.closed_at, need.reason)


# --- what each stop says ------------------------------------------------------------
Told = tuple[datetime | date | None, Text]


def _need_told(facts: Facts) -> Told:
    need = facts.need
    seats = ngettext("%(n)d Platz", "%(n)d Plätze", need.seats) % {"n": need.seats}
    window = span_text(need.window_from, need.window_until)
    return need.submitted_at or need.created_at, f"{need.topic_text} · {seats} · {window}"


def _check_told(facts: Facts) -> Told:
    topic = facts.need.topic
    said = _("Thema: %(topic)s") % {"topic": topic.name} if topic else ""
    return facts.moments.get("need.checked"), said


def _pool_told(facts: Facts) -> Told:
    if facts.pool is None:
        return facts.moments.get("need.released"), _("Noch ist niemand mit demselben Bedarf dabei.")
    return facts.moments.get("need.bundled"), _pool_words(facts.pool, facts.told)


def _pool_words(pool: Pool, told: Said | None) -> str:
    if told is None:
        return _("Bündel %(label)s. Wer noch dabei ist, bleibt vertraulich.") % {"label": pool.label}
    words = {"label": pool.label, "seats": told.seats, "day": day_text(told.day)}
    return _("Bündel %(label)s, zusammen mit anderen: %(seats)s Plätze (Stand: %(day)s).") % words


def _bids_told(facts: Facts) -> Told:
    asked = facts.moments.get("pool.providers_asked")
    chosen = facts.moments.get("bid.chosen")
    if chosen:
        return chosen, _("Ein Angebot ist gewählt.")
    return asked, _("Anbieter sind angefragt.") if asked else _("Anbieter werden als Nächstes angefragt.")


def _price_told(facts: Facts) -> Told:
    word = facts.word
    if word is None:
        return facts.moments.get("pool.commitments_opened"), _("Der Betrieb hat noch nicht zugesagt.")
    if word.price_cents is not None:
        said = ngettext("%(n)d Platz zu %(price)s", "%(n)d Plätze zu je %(price)s", word.seats)
        return facts.moments.get("pool.came_about"), said % {"n": word.seats, "price": euro_text(word.price_cents)}
    said = _("Dabei bis höchstens %(limit)s je Platz: %(state)s.")
    return word.made_at, said % {"limit": euro_text(word.limit_cents), "state": word.get_state_display()}


def _course_told(facts: Facts) -> Told:
    if facts.course is None:
        return None, _("Der Kurs wird gerade angelegt.")
    days = span_text(facts.course.starts_on, facts.course.ends_on)
    told = [facts.course.label, days, str(facts.course.get_state_display())]
    told += [facts.need.stand] if facts.need.partly_covered else []
    return facts.course.created_at, " · ".join(told)


def _attendance_told(facts: Facts) -> Told:
    seats = facts.seats
    if not (facts.course and facts.course.state == CourseState.COMPLETED):
        return None, _("Die Anwesenheit wird je Halbtag festgehalten.")
    said = _("%(came)d von %(booked)d Personen haben teilgenommen.") % {"came": seats.came, "booked": seats.booked}
    return facts.course.ends_on, said


def _certificate_told(facts: Facts) -> Told:
    count = facts.seats.certified
    said = ngettext("%(n)d Bescheinigung ist ausgestellt.", "%(n)d Bescheinigungen sind ausgestellt.", count)
    return facts.certified_at, said % {"n": count} if count else ""


_TOLD: dict[Place, Callable[[Facts], Told]] = {
    "need": _need_told,
    "check": _check_told,
    "pool": _pool_told,
    "bids": _bids_told,
    "price": _price_told,
    "course": _course_told,
    "attendance": _attendance_told,
    "certificate": _certificate_told,
}

# --- whose turn ---------------------------------------------------------------------
OFFICE = gettext_lazy("Die Verbundkoordination")
PROVIDERS, PROVIDER = gettext_lazy("Die Bildungsanbieter"), gettext_lazy("Der Bildungsanbieter")


def _firm(facts: Facts, what: str) -> Turn:
    return Turn(facts.need.organisation.name, what, own=True)


def turn(facts: Facts) -> Turn | None:
    """Who acts next; nobody once the way has ended."""
    over = facts.need.state in ENDED - {NeedState.UNPOOLABLE}
    if over or reached(facts) == END:
        return _fit_turn(facts)
    return _question_turn(facts) or _TURNS[PLACES[reached(facts)]](facts)


def _question_turn(facts: Facts) -> Turn | None:
    """While the firm is asked something, everything else waits for its answer."""
    if facts.still_wanted:
        said = _("sagt bis %(day)s, ob der Bedarf noch aktuell ist. Ohne Antwort wird er geschlossen.")
        return _firm(facts, said % {"day": day_text(facts.need.expires_on)})
    if facts.change_until and facts.need.state == NeedState.IN_POOL:
        said = _("antwortet bis %(day)s auf die Frage, ob der Bedarf auch etwas anders zu decken wäre.")
        return _firm(facts, said % {"day": day_text(facts.change_until)})
    return None


def _fit_turn(facts: Facts) -> Turn | None:
    """A question, no duty."""
    open_question = facts.asked and facts.need.state == NeedState.COVERED
    return _firm(facts, _("kann noch sagen, ob der Kurs gepasst hat.")) if open_question else None


def _need_turn(facts: Facts) -> Turn:
    return _firm(facts, _("reicht den Entwurf ein. Dann geht es los."))


def _check_turn(facts: Facts) -> Turn:
    by = facts.need.submitted_at + CHECKED_WITHIN if facts.need.submitted_at else None
    said = (
        _("prüft den Bedarf und ordnet ihn einem Thema zu, spätestens am %(day)s.") % {"day": day_text(by)}
        if by
        else ""
    )
    return Turn(OFFICE, said)


def _pool_turn(facts: Facts) -> Turn:
    if facts.need.state == NeedState.UNPOOLABLE:
        return Turn(OFFICE, _("hat den Bedarf zurückgestellt und meldet sich, sobald sich daran etwas ändert."))
    if facts.need.state == NeedState.CHECKED:
        return Turn(OFFICE, _("gibt den Bedarf zum Bündeln frei."))
    said = _("sucht Betriebe mit demselben Bedarf. Gerade ist nichts zu tun. Der Bedarf gilt bis %(day)s.")
    return Turn(OFFICE, said % {"day": day_text(facts.need.expires_on)})


def _bids_turn(facts: Facts) -> Turn:
    until = facts.pool.bids_until if facts.pool else None
    if until:
        return Turn(PROVIDERS, _("antworten bis %(day)s mit Preis und Terminen.") % {"day": day_text(until)})
    return Turn(OFFICE, _("fragt Anbieter nach Preis und Terminen."))


def _price_turn(facts: Facts) -> Turn:
    until = facts.pool.commit_until if facts.pool else None
    if until is None:
        return Turn(OFFICE, _("legt die Frist für die Zusagen fest."))
    if facts.word is None or facts.word.state != CommitmentState.STANDING:
        said = _("sagt bis %(day)s, wie viel ein Platz höchstens kosten darf.")
        return _firm(facts, said % {"day": day_text(until)})
    return Turn(_("Die anderen Betriebe"), _("können bis %(day)s zusagen.") % {"day": day_text(until)})


def _course_turn(facts: Facts) -> Turn:
    if facts.course is None:
        return Turn(OFFICE, _("macht aus dem Bündel einen Kurs mit Tagen und Plätzen."))
    if facts.seats.unnamed:
        said = ngettext("benennt noch %(n)d Person.", "benennt noch %(n)d Personen.", facts.seats.unnamed)
        return _firm(facts, said % {"n": facts.seats.unnamed})
    return Turn(PROVIDER, _("beginnt den Kurs: %(day)s.") % {"day": day_text(facts.course.starts_on)})


def _attendance_turn(facts: Facts) -> Turn:
    return Turn(PROVIDER, _("führt den Kurs durch und hält die Anwesenheit fest."))


def _certificate_turn(facts: Facts) -> Turn:
    return Turn(PROVIDER, _("stellt die Bescheinigungen aus."))


_TURNS: dict[Place, Callable[[Facts], Turn]] = {
    "need": _need_turn,
    "check": _check_turn,
    "pool": _pool_turn,
    "bids": _bids_turn,
    "price": _price_turn,
    "course": _course_turn,
    "attendance": _attendance_turn,
    "certificate": _certificate_turn,
}
