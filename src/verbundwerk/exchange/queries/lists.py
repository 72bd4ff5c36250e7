"""Who waits where. Others read positions, never names."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.http import Http404

from verbundwerk.base import clock
from verbundwerk.courses.models import Course
from verbundwerk.courses.queries import courses_visible_to, open_to_all, organisations_booking_for, takes
from verbundwerk.courses.rules import BOOKING_ROLES
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import standing

from ..models import GivenSeat, ListEntry, ListStep, SeatCondition
from ..states import ON_OFFER, OPEN, ConditionState, EntryState, GivenState


def list_course_for(person: Any, course_id: UUID) -> Course:
    """The list of a course: for whoever books for a firm and may know of the course, or waits in it; and the office."""
    who = standing(person)
    firms = who.organisations(*BOOKING_ROLES)
    if not firms and not who.coordinates:
        raise Http404
    known = Q(pk__in=courses_visible_to(person).values("pk")) | Q(pk__in=_waited_in(firms))
    course = Course.objects.filter(known, pk=course_id).select_related("provider", "topic", "pool").first()
    if course is None:
        raise Http404
    return course


def _waited_in(firms: Any) -> QuerySet[ListEntry, Any]:
    return ListEntry.objects.filter(organisation__in=firms).values("course")


def entry_for(person: Any, entry_id: UUID) -> ListEntry:
    """For the firm that waits."""
    firms = standing(person).organisations(*BOOKING_ROLES)
    entry = (
        ListEntry.objects.filter(pk=entry_id, organisation__in=firms).select_related("course", "organisation").first()
    )
    if entry is None:
        raise Http404
    return entry


def entries_in(course: Course) -> QuerySet[ListEntry]:
    """Everybody who waits or has an offer, in order."""
    return ListEntry.objects.filter(course=course, state__in=OPEN).select_related("organisation").order_by("place")


def waiting_in(course: Course) -> QuerySet[ListEntry]:
    """Who can be offered something, in order."""
    return entries_in(course).filter(state=EntryState.WAITING)


def waits_in(course: Course, organisation: UUID) -> bool:
    return entries_in(course).filter(organisation=organisation).exists()


def position_of(entry: ListEntry) -> int:
    """From 1, among those who wait or have an offer."""
    return entries_in(entry.course).filter(place__lt=entry.place).count() + 1


def own_entry_in(person: Any, course: Course) -> ListEntry | None:
    """Where a firm of this person stands in the list of this course now."""
    return entries_in(course).filter(organisation__in=standing(person).organisations(*BOOKING_ROLES)).first()


def own_entries(person: Any) -> QuerySet[ListEntry]:
    firms = standing(person).organisations(*BOOKING_ROLES)
    rows = ListEntry.objects.filter(organisation__in=firms, state__in=OPEN)
    return rows.select_related("course__topic", "organisation").order_by("course__starts_on", "place")


def steps_of(course: Course) -> QuerySet[ListStep]:
    """What happened in the list, the latest first."""
    return course.steps.select_related("entry").order_by("-at", "-pk")


def courses_to_turn_over() -> QuerySet[Course]:
    """In which somebody waits, gives away, or reserved something under a condition."""
    waiting = ListEntry.objects.filter(course=OuterRef("pk"), state__in=OPEN)
    given = GivenSeat.objects.filter(seat__booking__course=OuterRef("pk"), state__in=ON_OFFER)
    tied = SeatCondition.objects.filter(booking__course=OuterRef("pk"), state=ConditionState.OPEN)
    return Course.objects.filter(Exists(waiting) | Exists(given) | Exists(tied)).order_by("number")


# -- for the pages -----------------------------------------------------------------------------
def firm_of(entry: ListEntry) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=entry.organisation_id)


def firms_to_wait(person: Any, course: Course) -> QuerySet[Organisation]:
    """Firms of this person that may have seats here and do not stand in the list yet."""
    firms = organisations_booking_for(person)
    may = [firm.pk for firm in firms if takes(course, firm.pk) and not waits_in(course, firm.pk)]
    return firms.filter(pk__in=may)


def steps_seen_by(person: Any, course: Course) -> list[tuple[ListStep, bool]]:
    """(step, whether it is about one's own firm): for everybody who has waited here, and the office."""
    who = standing(person)
    firms = who.organisations(*BOOKING_ROLES)
    steps = list(steps_of(course))
    if not who.coordinates and not any(one.entry.organisation_id in firms for one in steps):
        return []
    return [(one, one.entry.organisation_id in firms) for one in steps]


def lists_in_view(person: Any) -> QuerySet[Course]:
    """For the office: courses in whose lists somebody stands; `firms`, `wanted`: how many, and seats in all."""
    if not standing(person).coordinates:
        return Course.objects.none()
    open_now = Q(entries__state__in=OPEN)
    rows = Course.objects.annotate(
        firms=Count("entries", filter=open_now), wanted=Sum("entries__seats", filter=open_now, default=0)
    )
    return rows.filter(firms__gt=0).select_related("topic").order_by("starts_on", "number")


def seats_to_take_over(person: Any) -> QuerySet[Course]:
    """Courses in which some firm gives seats away and nobody waits, for firms that may join; not one's own."""
    firms = standing(person).organisations(*BOOKING_ROLES)
    if not firms:
        return Course.objects.none()
    given = GivenSeat.objects.filter(seat__booking__course=OuterRef("pk"), state=GivenState.OPEN)
    others = given.exclude(seat__booking__organisation__in=firms)
    rows = Course.objects.filter(open_to_all(clock.today()), Exists(others), waiting=0)
    return rows.exclude(pk__in=_waited_in(firms)).select_related("topic").order_by("starts_on", "number")
