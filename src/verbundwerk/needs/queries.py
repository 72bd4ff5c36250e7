from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.core import signing
from django.db.models import Count, Min, Q, QuerySet, Sum
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verbundwerk.base import clock
from verbundwerk.base.lines import Line
from verbundwerk.base.templatetags.ui import Step
from verbundwerk.disclosure.rules import Band, band, disclosed_seats
from verbundwerk.journal.models import JournalEntry
from verbundwerk.journal.queries import history_of
from verbundwerk.network.models import Mandate, Organisation, Person
from verbundwerk.network.queries import in_force, standing
from verbundwerk.network.rules import STAFFING_ROLES
from verbundwerk.network.terms import OrganisationKind, Role

from . import rules
from .models import ImportBatch, Need
from .states import OPEN, ImportState, NeedState
from .terms import Confidentiality

SHOWN = ("organisation", "topic", "site")
LINES = 5  # of one kind on somebody's page of today


# --- one ----------------------------------------------------------------------------
def need_for(person: Person, need_id: UUID) -> Need:
    need = needs_visible_to(person).filter(pk=need_id).select_related(*SHOWN, "raised_by").first()
    if need is None:
        raise Http404
    return need


def import_for(person: Person, batch_id: UUID) -> ImportBatch:
    batch = ImportBatch.objects.filter(pk=batch_id).select_related("organisation").first()
    if batch is None or not rules.may_know_of_import(batch, person):
        raise Http404
    return batch


def history(need: Need) -> QuerySet[JournalEntry]:
    """What happened to a need the caller has loaded through `need_for`, oldest first."""
    return history_of(need)


# --- lists --------------------------------------------------------------------------
def needs_visible_to(person: Person) -> QuerySet[Need]:
    """Coordination: all but other people's drafts. Firm roles: their firm's. Works council: what was handed in."""
    return Need.objects.filter(_visible_to(person))


def _visible_to(person: Person) -> Q:
    who = standing(person)
    handed_in = ~Q(state=NeedState.DRAFT)
    own = Q(raised_by=person.pk) & (Q() if who.coordinates else Q(organisation__in=who.organisations()))
    staffing = Q(organisation__in=who.organisations(*STAFFING_ROLES))
    seen = own | staffing & (handed_in | Q(source__in=rules.OPEN_TO_THE_FIRM))
    seen |= Q(organisation__in=who.organisations(Role.WORKS_COUNCIL)) & handed_in
    return seen | handed_in if who.coordinates else seen


def sees_lists(person: Any) -> bool:
    """Whether a list of needs makes sense for this person at all."""
    return bool(rules.may_raise_somewhere(person))


def to_check() -> QuerySet[Need]:
    """The coordination's inbox: who waited longest comes first."""
    return Need.objects.filter(state=NeedState.SUBMITTED).select_related(*SHOWN).order_by("submitted_at", "number")


def need_to_check(need_id: str) -> Need | None:
    """For the inbox: what somebody else has checked meanwhile is no longer there."""
    try:
        return to_check().filter(pk=UUID(need_id)).first()
    except ValueError:
        return None


def poolable() -> QuerySet[Need]:
    """What waits for partners, in a stable order; confidential needs too, the coordination may bundle them."""
    return Need.objects.filter(state=NeedState.IN_POOL, topic__isnull=False).select_related(*SHOWN).order_by("number")


def imports_of(person: Person) -> QuerySet[ImportBatch]:
    batches = ImportBatch.objects.filter(uploaded_by=person.pk).select_related("organisation").defer("content")
    if standing(person).coordinates:
        return batches
    return batches.filter(organisation__in=standing(person).organisations(*STAFFING_ROLES))


def firms_for(person: Person) -> QuerySet[Organisation]:
    """For whom this person may raise a need."""
    if standing(person).coordinates:
        return Organisation.objects.exclude(kind=OrganisationKind.OTHER)
    return Organisation.objects.filter(pk__in=standing(person).organisations(*rules.RAISING_ROLES))


def firm_of(need: Need) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=need.organisation_id)


def firms_with_needs() -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=Need.objects.order_by().values("organisation"))


def firms_to_import_for(person: Person) -> QuerySet[Organisation]:
    if standing(person).coordinates:
        return firms_for(person)
    return Organisation.objects.filter(pk__in=standing(person).organisations(*STAFFING_ROLES))


# --- what runs out ------------------------------------------------------------------
LETTER_SALT = "needs.expiry"
LETTER_LASTS = timedelta(days=90)


def due_to_ask(on: date) -> QuerySet[Need]:
    due = Need.objects.filter(state__in=rules.KEEPABLE, expiry_asked_at=None, expires_on__lte=on + rules.ASKED_BEFORE)
    return due.select_related("organisation", "raised_by").order_by("number")


def due_to_expire(at: datetime) -> QuerySet[Need]:
    asked = Need.objects.filter(state__in=rules.KEEPABLE, expiry_asked_at__lte=at - rules.ASKED_BEFORE)
    return asked.filter(expires_on__lte=timezone.localdate(at)).order_by("number")


def people_to_ask(need: Need) -> list[Person]:
    """Whoever raised it; when this person has left, those who hire and train in the firm."""
    if need.raised_by and need.raised_by.is_active and rules.raised(need, need.raised_by):
        return [need.raised_by]
    in_charge = Mandate.objects.filter(in_force(clock.today()), role=Role.HR, organisation=need.organisation_id)
    return list(Person.objects.filter(pk__in=in_charge.values("person"), is_active=True))


def letter_token(need: Need, person: Person) -> str:
    """Opens the one page that asks whether this need is still wanted, without signing in."""
    return signing.dumps([str(need.pk), str(person.pk)], salt=LETTER_SALT)


def letter_for(token: str) -> tuple[Need, Person]:
    """The need and the person a letter's link belongs to; 404 for a link that is wrong, old, or no longer theirs."""
    try:
        need_id, person_id = signing.loads(token, salt=LETTER_SALT, max_age=LETTER_LASTS)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise Http404
    return need_for(person, UUID(need_id)), person


# --- what may be said about others --------------------------------------------------
@dataclass(frozen=True, slots=True)
class Others:
    """What disclosure lets us say: both figures only as bands."""

    firms: Band
    seats: Band


def others_like(need: Need) -> Others | None:
    """Open needs of other firms in the same topic, as far as disclosure permits; never who."""
    if need.topic_id is None:
        return None
    similar = Need.objects.filter(state__in=OPEN, topic=need.topic_id).exclude(organisation=need.organisation_id)
    told = similar.filter(confidentiality=Confidentiality.OPEN, hidden_from=None)
    seats = dict(told.order_by().values_list("organisation").annotate(wanted=Sum("seats")))
    shown = disclosed_seats(seats)
    return Others(band(len(seats)), shown) if shown else None


# --- what became of it --------------------------------------------------------------
_STATIONS: list[tuple[str, str, Any]] = [
    (NeedState.DRAFT, "need.raised", gettext_lazy("Aufgeschrieben")),
    (NeedState.SUBMITTED, "need.submitted", gettext_lazy("Eingereicht")),
    (NeedState.CHECKED, "need.checked", gettext_lazy("Von der Koordination geprüft")),
    (NeedState.IN_POOL, "need.released", gettext_lazy("Wartet auf Partner")),
    (NeedState.BUNDLED, "need.bundled", gettext_lazy("Gebündelt")),
    (NeedState.COVERED, "need.covered", gettext_lazy("Kurs zustande gekommen")),
]
_ORDER = [state for state, _verb, _label in _STATIONS]


def trail(need: Need) -> list[Step]:
    """The way of a need the caller has loaded through `need_for`: what is done, where it stands, what comes."""
    moments = {entry.verb: entry.at for entry in history(need)}
    if need.state in _ORDER or need.state == NeedState.EVALUATED:
        here = _ORDER.index(need.state) if need.state in _ORDER else len(_ORDER)
        return [_station(place, here, moments) for place in range(len(_ORDER))]
    done = [_station(place, len(_ORDER), moments) for place in range(len(_ORDER)) if _STATIONS[place][1] in moments]
    end = Step(need.get_state_display(), "stopped", need.closed_at, need.reason)
    return [*done, end]


def _station(place: int, here: int, moments: dict[str, datetime]) -> Step:
    _state, verb, label = _STATIONS[place]
    how: Literal["done", "now", "ahead"] = "done" if place < here else "now" if place == here else "ahead"
    return Step(label, how, moments.get(verb) if how != "ahead" else None)


_HAPPENED: dict[str, str | Promise] = {
    "need.raised": gettext_lazy("aufgeschrieben"),
    "need.changed": gettext_lazy("geändert"),
    "need.topic_chosen": gettext_lazy("Thema gewählt"),
    "need.submitted": gettext_lazy("eingereicht"),
    "need.checked": gettext_lazy("geprüft, Thema bestätigt"),
    "need.released": gettext_lazy("zum Bündeln freigegeben"),
    "need.set_aside": gettext_lazy("als nicht bündelbar zurückgelegt"),
    "need.bundled": gettext_lazy("in ein Bündel genommen"),
    "need.unbundled": gettext_lazy("aus dem Bündel gelöst"),
    "need.covered": gettext_lazy("durch einen Kurs gedeckt"),
    "need.withdrawn": gettext_lazy("zurückgezogen"),
    "need.covered_elsewhere": gettext_lazy("anderweitig gedeckt"),
    "need.asked": gettext_lazy("gefragt, ob noch aktuell"),
    "need.kept": gettext_lazy("als noch aktuell bestätigt"),
    "need.expired": gettext_lazy("verfallen"),
}


def happened(need: Need) -> list[tuple[datetime, str | Promise]]:
    """Every journal line of a need in words, oldest first; who it was stays in the journal."""
    return [(entry.at, _HAPPENED[entry.verb]) for entry in history(need) if entry.verb in _HAPPENED]


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
    NeedState.COVERED: (gettext_lazy("Der Kurs kommt zustande. Benennen Sie, wer teilnimmt."), _YOU),
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


def is_asked(need: Need) -> bool:
    """Whether a letter is out that asks if the need is still wanted."""
    return need.expiry_asked_at is not None and need.state in rules.KEEPABLE


def next_step(need: Need) -> NextStep:
    if is_asked(need):
        return NextStep(_ASKED, _YOU, need.expires_on)
    what, who = _NEXT[need.state]
    return NextStep(what, who, _until(need))


def _until(need: Need) -> date | None:
    if need.state == NeedState.SUBMITTED and need.submitted_at:
        return timezone.localdate(need.submitted_at + rules.CHECKED_WITHIN)
    if need.state in (NeedState.IN_POOL, NeedState.BUNDLED, NeedState.COVERED):
        return need.window_until
    return need.expires_on if need.state == NeedState.DRAFT else None


# --- for the page of today ----------------------------------------------------------
def waiting_for(person: Person, at: datetime) -> list[Line]:
    """What waits for this person in this room."""
    if not sees_lists(person):
        return []
    inbox = _inbox_line(at) if standing(person).coordinates else []
    return [*inbox, *_expiry_lines(person, at), *_draft_line(person), *_import_lines(person)]


def _inbox_line(at: datetime) -> list[Line]:
    found = Need.objects.filter(state=NeedState.SUBMITTED).aggregate(count=Count("pk"), first=Min("submitted_at"))
    if not found["count"]:
        return []
    text = ngettext("%(count)s Bedarf wartet auf Prüfung", "%(count)s Bedarfe warten auf Prüfung", found["count"])
    due = timezone.localdate(found["first"] + rules.CHECKED_WITHIN)
    late = due < timezone.localdate(at)
    return [Line(text % found, reverse("needs:inbox"), due, "late" if late else "waits", 7)]


def _expiry_lines(person: Person, at: datetime) -> list[Line]:
    asked = needs_visible_to(person).filter(expiry_asked_at__isnull=False, state__in=rules.KEEPABLE)
    mine = asked.filter(Q(raised_by=person.pk) | Q(organisation__in=standing(person).organisations(*STAFFING_ROLES)))
    text = _("Noch aktuell? %(label)s „%(topic)s“ läuft ab")
    return [
        Line(
            text % {"label": one.label, "topic": one.topic_text}, reverse("needs:expiry", args=[one.pk]), one.expires_on
        )
        for one in mine.order_by("expires_on", "number")[:LINES]
    ]


def _draft_line(person: Person) -> list[Line]:
    count = needs_visible_to(person).filter(raised_by=person.pk, state=NeedState.DRAFT).count()
    if not count:
        return []
    text = ngettext("%(n)s Entwurf ist noch nicht eingereicht", "%(n)s Entwürfe sind noch nicht eingereicht", count)
    return [Line(text % {"n": count}, f"{reverse('needs:list')}?state=draft", weight=3)]


def _import_lines(person: Person) -> list[Line]:
    text = _("Die hochgeladene Liste „%(name)s“ wartet auf Ihre Entscheidung")
    waiting = imports_of(person).filter(state=ImportState.UPLOADED)[:LINES]
    return [Line(text % {"name": one.file_name}, reverse("needs:import", args=[one.pk]), weight=4) for one in waiting]
