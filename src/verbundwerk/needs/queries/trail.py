"""What became of a need, and what happens next, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbundwerk.base.templatetags.ui import Step
from verbundwerk.journal.models import JournalEntry
from verbundwerk.journal.queries import history_of

from .. import rules
from ..facts import words_of
from ..models import Need
from ..states import NeedState
from ..terms import Back
from .asking import evaluation_of


def history(need: Need) -> QuerySet[JournalEntry]:
    """What happened to a need the caller has loaded through `need_for`, oldest first."""
    return history_of(need)


_STATIONS: list[tuple[str, str, Any]] = [
    (NeedState.DRAFT, "need.raised", gettext_lazy("Aufgeschrieben")),
    (NeedState.SUBMITTED, "need.submitted", gettext_lazy("Eingereicht")),
    (NeedState.CHECKED, "need.checked", gettext_lazy("Von der Koordination geprüft")),
    (NeedState.IN_POOL, "need.released", gettext_lazy("Wartet auf Partner")),
    (NeedState.BUNDLED, "need.bundled", gettext_lazy("Gebündelt")),
    (NeedState.COVERED, "need.covered", gettext_lazy("Kurs zustande gekommen")),
    (NeedState.EVALUATED, "need.evaluated", gettext_lazy("Rückmeldung zum Kurs")),
]
_ORDER = [state for state, _verb, _label in _STATIONS]


def trail(need: Need) -> list[Step]:
    """The way of a need the caller has loaded through `need_for`: what is done, where it stands, what comes."""
    told = list(history(need))
    moments = {entry.verb: entry.at for entry in told}
    if need.state == NeedState.IN_POOL and (again := _came_back(told)):
        return _waits_again(moments, again)
    if need.state in _ORDER:
        here = len(_ORDER) if need.state == NeedState.EVALUATED else _ORDER.index(need.state)
        return _with_coverage([_station(place, here, moments) for place in range(len(_ORDER))], need)
    done = [_station(place, len(_ORDER), moments) for place in range(len(_ORDER)) if _STATIONS[place][1] in moments]
    end = Step(need.get_state_display(), "stopped", need.closed_at, need.reason)
    return [*done, end]


_BACK = ("need.given_back", "need.unbundled")


def _came_back(told: Sequence[JournalEntry]) -> JournalEntry | None:
    """The line that brought the need back to waiting after it had been further, if one did."""
    last = next((entry for entry in reversed(told) if entry.verb in (*_BACK, "need.released")), None)
    return last if last and last.verb in _BACK else None


def _waits_again(moments: dict[str, datetime], again: JournalEntry) -> list[Step]:
    """What had been reached stays told; then why it is lost, and where the need stands now."""
    here = _ORDER.index(NeedState.IN_POOL)
    done = [_station(place, len(_ORDER), moments) for place in range(here + 1)]
    ahead = [_station(place, here, moments) for place in range(here + 1, len(_ORDER))]
    why = lost_text(again.details)
    lost = Step(_("Kurs verloren") if why else _("Aus dem Bündel gelöst"), "stopped", again.at, why)
    return [*done, lost, Step(_("Wartet wieder auf Partner"), "now", again.at), *ahead]


def lost_text(details: Mapping[str, Any]) -> str:
    """Why a covered need waits again, with the reason where one was given."""
    if not details.get("cause"):
        return ""
    why = str(Back(details["cause"]).label) % {"course": details["course"]}
    reason = details.get("reason")
    return f"{why} {_('Grund: %(reason)s') % {'reason': reason}}" if reason else why


def _station(place: int, here: int, moments: dict[str, datetime]) -> Step:
    _state, verb, label = _STATIONS[place]
    how: Literal["done", "now", "ahead"] = "done" if place < here else "now" if place == here else "ahead"
    return Step(label, how, moments.get(verb) if how != "ahead" else None)


def _with_coverage(steps: list[Step], need: Need) -> list[Step]:
    """Where a course was found for some only, the way says for how many."""
    if not need.partly_covered:
        return steps
    place = _ORDER.index(NeedState.COVERED)
    return [*steps[:place], replace(steps[place], detail=need.stand), *steps[place + 1 :]]


_HAPPENED: dict[str, str | Promise] = {
    "need.raised": gettext_lazy("aufgeschrieben"),
    "need.changed": gettext_lazy("geändert"),
    "need.corrected": gettext_lazy("von der Koordination berichtigt"),
    "need.topic_chosen": gettext_lazy("Thema gewählt"),
    "need.submitted": gettext_lazy("eingereicht"),
    "need.checked": gettext_lazy("geprüft, Thema bestätigt"),
    "need.released": gettext_lazy("zum Bündeln freigegeben"),
    "need.release_taken_back": gettext_lazy("Freigabe zurückgenommen"),
    "need.set_aside": gettext_lazy("als nicht bündelbar zurückgelegt"),
    "need.bundled": gettext_lazy("in ein Bündel genommen"),
    "need.unbundled": gettext_lazy("aus dem Bündel gelöst"),
    "need.covered": gettext_lazy("durch einen Kurs gedeckt"),
    "need.coverage_changed": gettext_lazy("Zahl der gedeckten Plätze geändert"),
    "need.evaluation_asked": gettext_lazy("gefragt, ob der Kurs gepasst hat"),
    "need.evaluation_reminded": gettext_lazy("an die Frage zum Kurs erinnert"),
    "need.evaluated": gettext_lazy("Rückmeldung zum Kurs gegeben"),
    "need.given_back": gettext_lazy("wieder im Pool"),
    "need.withdrawn": gettext_lazy("zurückgezogen"),
    "need.covered_elsewhere": gettext_lazy("anderweitig gedeckt"),
    "need.asked": gettext_lazy("gefragt, ob noch aktuell"),
    "need.kept": gettext_lazy("als noch aktuell bestätigt"),
    "need.expired": gettext_lazy("verfallen"),
}


def happened(need: Need) -> list[tuple[datetime, str | Promise]]:
    """Every journal line of a need in words, oldest first; who it was stays in the journal."""
    return [(entry.at, _line(entry)) for entry in history(need) if entry.verb in _HAPPENED]


def _line(entry: JournalEntry) -> str | Promise:
    """With the fields that were changed, and the reason where one was given."""
    parts = [str(_HAPPENED[entry.verb])]
    if fields := words_of(entry.details.get("fields", ())):
        parts.append(", ".join(fields))
    if entry.details.get("again"):
        parts.append(_("die Koordination sieht noch einmal hin"))
    if lost := lost_text(entry.details):
        parts.append(lost)
    if (seats := entry.details.get("seats")) and entry.details.get("of"):
        parts.append(_("%(n)d von %(all)d Plätzen") % {"n": seats, "all": entry.details["of"]})
    if (reason := entry.details.get("reason")) and entry.verb in _WITH_REASON:
        parts.append(_("Grund: %(reason)s") % {"reason": reason})
    return " · ".join(parts)


_WITH_REASON = frozenset({"need.corrected", "need.set_aside"})


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next, who does it, and until when."""

    what: str | Promise
    who: str | Promise
    until: date | None = None


_US, _YOU, _DONE = gettext_lazy("Die Koordination"), gettext_lazy("Sie"), gettext_lazy("Niemand, hier ist alles getan")
_NEXT: dict[str, tuple[Any, Any]] = {
    NeedState.DRAFT: (
        gettext_lazy("Der Bedarf ist noch ein Entwurf. Reichen Sie ihn ein, dann beginnt die Suche."), _YOU
    ),
    NeedState.SUBMITTED: (gettext_lazy("Die Koordination prüft das Thema und gibt den Bedarf zum Bündeln frei."), _US),
    NeedState.CHECKED: (gettext_lazy("Der Bedarf ist geprüft und wird als Nächstes zum Bündeln freigegeben."), _US),
    NeedState.IN_POOL: (
        gettext_lazy("Wir suchen Betriebe mit dem gleichen Bedarf. Sobald genug zusammenkommen, fragen wir Anbieter "
                     "und melden uns bei Ihnen."),
        _US,
    ),
    NeedState.BUNDLED: (
        gettext_lazy("Ihr Bedarf steht mit anderen in einem Bündel. Die Koordination fragt Anbieter nach Preis "
                     "und Termin."),
        _US,
    ),
    NeedState.COVERED: (
        gettext_lazy("Ein Kurs ist gefunden. Wer teilnimmt und wann es losgeht, steht unter „Kurse“."), _YOU
    ),
    NeedState.EVALUATED: (gettext_lazy("Der Kurs ist gelaufen und ausgewertet."), _DONE),
    NeedState.WITHDRAWN: (gettext_lazy("Der Bedarf ist zurückgezogen."), _DONE),
    NeedState.COVERED_ELSEWHERE: (gettext_lazy("Der Bedarf ist anderweitig gedeckt."), _DONE),
    NeedState.EXPIRED: (
        gettext_lazy("Der Bedarf ist nach einem Jahr abgelaufen. Melden Sie ihn neu, wenn Sie ihn noch brauchen."), _YOU
    ),
    NeedState.UNPOOLABLE: (
        gettext_lazy("Dieser Bedarf lässt sich nicht bündeln. Die Koordination berät Sie einzeln."), _US
    ),
}  # fmt: skip


_ASKED = gettext_lazy("Wir möchten wissen, ob der Bedarf noch aktuell ist. Ohne Antwort wird er geschlossen.")


_PARTLY = gettext_lazy(
    "Ein Kurs ist gefunden, aber nicht für alle: %(n)d von %(all)d Plätzen sind gedeckt. "
    "Brauchen Sie die übrigen noch, melden Sie dafür bitte einen neuen Bedarf."
)
_FITTED = gettext_lazy("Der Kurs ist gelaufen. Sagen Sie uns, ob er gepasst hat? Das dauert nur einen Moment.")


def is_asked(need: Need) -> bool:
    """Whether a letter is out that asks if the need is still wanted."""
    return need.expiry_asked_at is not None and need.state in rules.KEEPABLE


MakesStep = Callable[[Need], NextStep | None]
_further: list[MakesStep] = []


def offer_step(makes: MakesStep) -> None:
    """For the rooms above, which know how far the pool of a need is. None: what this room says is all there is."""
    if makes not in _further:
        _further.append(makes)


def next_step(need: Need) -> NextStep:
    if is_asked(need):
        return NextStep(_ASKED, _YOU, need.expires_on)
    if need.state == NeedState.COVERED and need.partly_covered:
        return NextStep(_PARTLY % {"n": need.seats_covered, "all": need.seats}, _YOU)
    if need.state == NeedState.COVERED and evaluation_of(need):
        return NextStep(_FITTED, _YOU)
    further = (makes(need) for makes in _further) if need.state == NeedState.BUNDLED else ()
    return next((one for one in further if one), None) or NextStep(*_NEXT[need.state], _until(need))


def _until(need: Need) -> date | None:
    if need.state == NeedState.SUBMITTED and need.submitted_at:
        return timezone.localdate(need.submitted_at + rules.CHECKED_WITHIN)
    if need.state in (NeedState.IN_POOL, NeedState.BUNDLED):
        return need.window_until
    return need.expires_on if need.state == NeedState.DRAFT else None
