"""What falls due by itself: which courses are asked, who is invited, what ends."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from verbundwerk.courses.models import Course, Seat
from verbundwerk.courses.rules import BEFORE_START
from verbundwerk.courses.states import CourseState, SeatState

from .. import rules
from ..models import Round, SelfCheck, Ticket
from ..states import RoundState
from ..terms import Kind

SITTING = {
    Kind.CHECK: (SeatState.NAMED,),
    Kind.EVALUATION: (SeatState.ATTENDED, SeatState.CERTIFIED),
    Kind.TRANSFER: (SeatState.ATTENDED, SeatState.CERTIFIED),
}


def _not_asked(kind: Kind) -> QuerySet[Course]:
    asked = Round.objects.filter(course=OuterRef("pk"), kind=kind)
    somebody = Seat.objects.filter(booking__course=OuterRef("pk"), state__in=SITTING[kind])
    reachable = somebody.filter(~Q(email="") | Q(person__isnull=False))
    return Course.objects.filter(~Exists(asked), Exists(reachable)).order_by("number")


def courses_to_check(on: date) -> QuerySet[Course]:
    """About to begin, with people named."""
    soon = _not_asked(Kind.CHECK).filter(state__in=BEFORE_START, starts_on__gt=on)
    return soon.filter(starts_on__lte=on + timedelta(days=rules.CHECK_DAYS))


def courses_to_evaluate(on: date) -> QuerySet[Course]:
    done = _not_asked(Kind.EVALUATION).filter(state=CourseState.COMPLETED)
    return done.filter(ends_on__gte=on - rules.EVALUATION_LATE)


def courses_to_follow_up(at: datetime) -> QuerySet[Course]:
    """Three months after their last day, once."""
    past = timezone.localdate(rules.TRANSFER_AFTER.before(at))
    done = _not_asked(Kind.TRANSFER).filter(state=CourseState.COMPLETED)
    return done.filter(ends_on__lte=past, ends_on__gte=past - rules.TRANSFER_LATE)


def people_to_invite(found: Round) -> list[tuple[Seat, str]]:
    """Who sits there, can be reached, and has no ticket yet: each with the address of the letter."""
    seats = Seat.objects.filter(booking__course=found.course_id, state__in=SITTING[Kind(found.kind)])
    reachable = seats.filter(~Q(email="") | Q(person__isnull=False)).select_related("person").order_by("pk")
    known = set(Ticket.objects.filter(round=found).values_list("address", flat=True))
    by_address = {address_of(one): one for one in reachable}
    return [(seat, address) for address, seat in by_address.items() if address and address not in known]


def address_of(seat: Seat) -> str:
    return (seat.email or (seat.person.email if seat.person else "")).lower()


def strangers(found: Round) -> QuerySet[Ticket]:
    """Tickets of people who no longer sit there, before the course has begun."""
    here = [address_of(one) for one in Seat.objects.filter(
        booking__course=found.course_id, state__in=SITTING[Kind(found.kind)]
    ).select_related("person")]  # fmt: skip
    return Ticket.objects.filter(round=found).exclude(address__in=here)


def rounds_open(kind: Kind) -> QuerySet[Round]:
    return Round.objects.filter(state=RoundState.OPEN, kind=kind).select_related("course").order_by("opens_on", "pk")


def rounds_past(on: date) -> list[Round]:
    """What ends today: after its last day, or a self-check whose group may be told."""
    asked = Round.objects.filter(state=RoundState.OPEN).select_related("course")
    over = list(asked.exclude(kind=Kind.CHECK).filter(closes_on__lt=on))
    checks = [one for one in asked.filter(kind=Kind.CHECK) if rules.check_is_over(one.course, answers_given(one), on)]
    return [*over, *checks]


def answers_given(found: Round) -> int:
    return SelfCheck.objects.filter(ticket__round=found).count()


def checks_before(moment: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.filter(round__course__ends_on__lt=timezone.localdate(moment))


def texts_before(moment: datetime) -> QuerySet[Round]:
    return Round.objects.filter(closed_on__lt=timezone.localdate(moment)).exclude(texts=[])
