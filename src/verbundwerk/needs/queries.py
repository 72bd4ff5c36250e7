from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verbundwerk.base.lines import Line
from verbundwerk.base.templatetags.ui import Step
from verbundwerk.disclosure.rules import Band, band, disclosed_seats
from verbundwerk.journal.models import JournalEntry
from verbundwerk.journal.queries import history_of
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.queries import standing
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


def sees_lists(person: Person) -> bool:
    """Whether a list of needs makes sense for this person at all."""
    return bool(rules.may_raise_somewhere(person))


def to_check() -> QuerySet[Need]:
    """The coordination's inbox: who waited longest comes first."""
    return Need.objects.filter(state=NeedState.SUBMITTED).select_related(*SHOWN).order_by("submitted_at", "number")


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


def firms_to_import_for(person: Person) -> QuerySet[Organisation]:
    if standing(person).coordinates:
        return firms_for(person)
    return Organisation.objects.filter(pk__in=standing(person).organisations(*STAFFING_ROLES))


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
    told = similar.exclude(confidentiality=Confidentiality.CONFIDENTIAL).exclude(hidden_from=need.organisation_id)
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
