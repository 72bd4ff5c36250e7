"""Who takes part, in groups and never by name: for the works council and HR of one firm."""

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
from ..models import Booking, Headcount, Seat
from ..states import BookingState, SeatState
from ..terms import GROUPS, Group, Trait

UNKNOWN = ""
TAKING_PART = (SeatState.NAMED, SeatState.ATTENDED, SeatState.CERTIFIED)


@dataclass(frozen=True, slots=True)
class Section:
    """The groups of one trait; None when nothing is shown. `counted`: whether anything is known of it at all."""

    title: str
    counted: bool
    groups: tuple[tuple[str, Band], ...] | None


@dataclass(frozen=True, slots=True)
class Participation:
    """One firm's people in courses that began within these twelve months."""

    firm: Organisation
    sections: tuple[Section, ...]


def firms_in_view(person: Any) -> QuerySet[Organisation]:
    """Both sides of a firm see how its people take part; nobody else does."""
    return Organisation.objects.filter(pk__in=standing(person).organisations(*rules.FAIRNESS_ROLES))


def twelve_months_before(today: date) -> tuple[date, date]:
    """Whole months only: from day to day nothing changes that could be told from the day before."""
    until = today.replace(day=1)
    return until.replace(year=until.year - 1), until


def participation_of(firm: Organisation, today: date) -> Participation:
    span = twelve_months_before(today)
    shifts = {UNKNOWN: _("Schicht nicht bekannt"), **dict(Shift.choices)}
    sections = [_section(_("Schicht"), people_by_shift(firm, *span), shifts)]
    labels = {UNKNOWN: _("nicht angegeben"), **dict(Group.choices)}
    for trait, people in people_by_group(firm, *span).items():
        sections.append(_section(str(trait.label), people, labels))
    return Participation(firm, tuple(sections))


def _section(title: str, people: Mapping[str, int], labels: Mapping[str, Any]) -> Section:
    shown = shown_groups(people)
    counted = any(people[one] for one in people if one != UNKNOWN)
    groups = None if shown is None else tuple((str(labels[one]), band) for one, band in shown.items())
    return Section(title, counted, groups)


def _seats_taken(firm: Organisation, first: date, before: date) -> QuerySet[Seat]:
    """Seats with a person, in courses that began in this span and were not called off."""
    return Seat.objects.filter(
        booking__organisation=firm, booking__state=BookingState.BINDING, state__in=TAKING_PART,
        booking__course__starts_on__gte=first, booking__course__starts_on__lt=before,
    ).exclude(booking__course__state__in=rules.CANCELLED).order_by()  # fmt: skip


def people_by_shift(firm: Organisation, first: date, before: date) -> Mapping[str, int]:
    """Named people per shift, all shifts named. The shift is that of the firm's needs behind the course.

    Not known: the course came from no pool, or the firm's needs in it are for different shifts."""
    pools = Counter(_seats_taken(firm, first, before).values_list("booking__course__pool", flat=True))
    shift_of = _shifts(firm, [pool for pool in pools if pool])
    found: Counter[str] = Counter()
    for pool, people in pools.items():
        found[shift_of.get(pool, UNKNOWN)] += people
    return {shift: found[shift] for shift in (*Shift.values, UNKNOWN)}


def people_by_group(firm: Organisation, first: date, before: date) -> Mapping[Trait, Mapping[str, int]]:
    """Named people per group of every trait, all groups named; who is in no group its firm counted is not known.

    What was counted for more people than are named by now is left out: nobody knows who of them left. Two queries."""
    named = Counter(_seats_taken(firm, first, before).values_list("booking", flat=True))
    counts: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for booking, group, people in Headcount.objects.filter(booking__in=named).values_list("booking", "group", "people"):
        counts[booking][group] = people
    return {trait: _added_up(trait, named, counts) for trait in GROUPS}


def _added_up(trait: Trait, named: Mapping[UUID, int], counts: Mapping[UUID, Mapping[str, int]]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for booking, people in named.items():
        told = {one: counts[booking].get(one, 0) for one in GROUPS[trait]} if booking in counts else {}
        fitting = told if sum(told.values()) <= people else {}
        found.update(fitting)
        found[UNKNOWN] += people - sum(fitting.values())
    return {group: found[group] for group in (*GROUPS[trait], UNKNOWN)}


def people_named_in(booking: Booking) -> int:
    return booking.places.filter(state__in=TAKING_PART).count()


def counted_in(booking: Booking) -> dict[str, int]:
    """What the firm has counted of this booking's people, by group."""
    return dict(booking.headcounts.values_list("group", "people"))


def _shifts(firm: Organisation, pools: list[UUID]) -> dict[UUID, str]:
    """The one shift the firm's needs in a pool are for; pools with several are left out."""
    seen: defaultdict[UUID, set[str]] = defaultdict(set)
    members = PoolMember.objects.filter(pool__in=pools, need__organisation=firm)
    for pool, shift in members.values_list("pool", "need__shift"):
        seen[pool].add(shift)
    return {pool: shifts.pop() for pool, shifts in seen.items() if len(shifts) == 1}
