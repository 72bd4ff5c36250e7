"""The only ways to a ticket are its secret link and its owner's account; the only way to a result is the course."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from verbundwerk.courses import queries as courses
from verbundwerk.courses.models import Course
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import rules
from ..models import Round, SelfCheck, Ticket
from ..states import RoundState, TicketState
from ..terms import Kind

LOADED = ("round__course__provider", "round__course__topic")


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def letter_ticket_for(token: str) -> Ticket:
    """For whoever holds the link; nobody is signed in."""
    return _the_ticket(Ticket.objects.filter(token_hash=hash_of(token)).select_related(*LOADED))


def own_ticket_for(person: Any, ticket_id: UUID) -> Ticket:
    return _the_ticket(invitations_of(person).filter(pk=ticket_id))


def _the_ticket(found: QuerySet[Ticket]) -> Ticket:
    ticket = found.first()
    if ticket is None:
        raise Http404
    return ticket


def invitations_of(person: Any) -> QuerySet[Ticket]:
    """By address: it is proven by signing in, and whoever sits on the seat now is somebody else's business."""
    if not isinstance(person, Person) or not person.email:
        return Ticket.objects.none()
    return Ticket.objects.filter(address=person.email.lower()).select_related(*LOADED)


def own_tickets(person: Any) -> list[Ticket]:
    """What this person may still answer."""
    asked = invitations_of(person).filter(state=TicketState.OPEN, round__state=RoundState.OPEN)
    return list(asked.order_by("pk"))


def own_checks(person: Any) -> QuerySet[SelfCheck]:
    """One's own self-checks, as long as they are kept."""
    mine = SelfCheck.objects.filter(ticket__in=invitations_of(person)).order_by("-ticket__round__opens_on", "pk")
    return mine.select_related("ticket__round__course__topic")


def check_of(ticket: Ticket) -> SelfCheck | None:
    return SelfCheck.objects.filter(ticket=ticket).first()


# -- what came of it --------------------------------------------------------------------------
def course_for(person: Any, course_id: UUID) -> Course:
    """A course whose feedback this person may read."""
    course = courses.course_for(person, course_id)
    if not rules.may_read_results(standing(person), course, person.pk):
        raise Http404
    return course


def round_of(course: Course, kind: Kind) -> Round | None:
    return Round.objects.filter(course=course, kind=kind).first()
