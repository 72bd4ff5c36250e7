"""Who takes part, by shift: for the works council and HR of one firm, in groups and never by name."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verbundwerk.disclosure.rules import Band, shown_groups
from verbundwerk.needs.terms import Shift
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import standing
from verbundwerk.pooling.models import PoolMember

from .. import rules
from ..models import Seat
from ..states import BookingState, SeatState

UNKNOWN = ""
TAKING_PART = (SeatState.NAMED, SeatState.ATTENDED, SeatState.CERTIFIED)


@dataclass(frozen=True, slots=True)
class Participation:
    """One firm's people in courses that began within these twelve months; `groups` is None when nothing is shown."""

    firm: Organisation
    groups: tuple[tuple[str, Band], ...] | None


def firms_in_view(person: Any) -> QuerySet[Organisation]:
    """Both sides of a firm see how its people take part; nobody else does."""
    return Organisation.objects.filter(pk__in=standing(person).organisations(*rules.FAIRNESS_ROLES))


def twelve_months_before(today: date) -> tuple[date, date]:
    """Whole months only: from day to day nothing changes that could be told from the day before."""
    until = today.replace(day=1)
    return until.replace(year=until.year - 1), until


def participation_of(firm: Organisation, today: date) -> Participation:
    shown = shown_groups(people_by_shift(firm, *twelve_months_before(today)))
    labels = {UNKNOWN: _("Schicht nicht bekannt"), **dict(Shift.choices)}
    groups = None if shown is None else tuple((str(labels[shift]), band) for shift, band in shown.items())
    return Participation(firm, groups)


def people_by_shift(firm: Organisation, first: date, before: date) -> Mapping[str, int]:
    """Named people per shift, all shifts named. The shift is that of the firm's needs behind the course.

    Not known: the course came from no pool, or the firm's needs in it are for different shifts."""
    seats = Seat.objects.filter(
        booking__organisation=firm, booking__state=BookingState.BINDING, state__in=TAKING_PART,
        booking__course__starts_on__gte=first, booking__course__starts_on__lt=before,
    ).exclude(booking__course__state__in=rules.CANCELLED)  # fmt: skip
    pools = Counter(seats.order_by().values_list("booking__course__pool", flat=True))
    shift_of = _shifts(firm, [pool for pool in pools if pool])
    found: Counter[str] = Counter()
    for pool, people in pools.items():
        found[shift_of.get(pool, UNKNOWN)] += people
    return {shift: found[shift] for shift in (*Shift.values, UNKNOWN)}


def _shifts(firm: Organisation, pools: list[UUID]) -> dict[UUID, str]:
    """The one shift the firm's needs in a pool are for; pools with several are left out."""
    seen: defaultdict[UUID, set[str]] = defaultdict(set)
    members = PoolMember.objects.filter(pool__in=pools, need__organisation=firm)
    for pool, shift in members.values_list("pool", "need__shift"):
        seen[pool].add(shift)
    return {pool: shifts.pop() for pool, shifts in seen.items() if len(shifts) == 1}
