"""Courses that are asked: named people before the first day, people who came after the last one."""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from verbundwerk.base import clock
from verbundwerk.courses import rules as course_rules
from verbundwerk.courses.models import Course, Seat
from verbundwerk.courses.states import CourseState, SeatState
from verbundwerk.courses.tests import make as courses
from verbundwerk.feedback import flow, queries
from verbundwerk.feedback.models import Round, Ticket
from verbundwerk.feedback.rules import Said
from verbundwerk.feedback.states import ROUND, TICKET, RoundState
from verbundwerk.feedback.terms import Kind, Statement
from verbundwerk.network.models import Person
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

# The course of these tests is on 30 November and 1 December 2026; this is three weeks before, and the day after.
BEFORE = datetime(2026, 11, 9, 9, 0, tzinfo=course_rules.REGION)
AFTERWARDS = courses.AFTERWARDS
PICTURED = datetime(2026, 11, 23, 9, 0, tzinfo=course_rules.REGION)
OVER = AFTERWARDS + timedelta(days=30)
ITEMS = ["Gefährdungen erkennen", "Freischalten", "Messen"]
_token = count(1)


def stopped(at: datetime) -> Any:
    return clock.stopped(at)


def coming(people: int = 6, **fields: Any) -> Course:
    """Named people, three weeks before the first day."""
    course = courses.course(state=CourseState.SECURED, capacity=30, **fields)
    courses.teacher(course)
    if people:
        courses.name_all(courses.booking(course, seats=people))
    return course


def finished(people: int = 6, **fields: Any) -> Course:
    course, _teacher, _booking = courses.finished(people=people, **fields)
    return course


def asked(course: Course, kind: Kind, at: datetime) -> Round:
    flow.open_due_rounds(at)
    return Round.objects.get(course=course, kind=kind)


def checked(*levels: Sequence[int], people: int = 0, **fields: Any) -> Round:
    """A self-check round in which so many have answered."""
    found = asked(coming(people or len(levels), **fields), Kind.CHECK, BEFORE)
    for ticket, given in zip(tickets(found), levels, strict=False):
        flow.keep_check(ticket, given, at=BEFORE)
    return found


def evaluated(*said: Said, people: int = 0, course: Course | None = None, at: datetime = AFTERWARDS) -> Round:
    found = asked(course or finished(people or max(1, len(said))), Kind.EVALUATION, at)
    answer(found, *said, at=at)
    return found


def answer(found: Round, *said: Said, at: datetime = AFTERWARDS) -> None:
    for ticket, one in zip(tickets(found), said, strict=False):
        flow.answer_round(ticket, one, at=at)


def over(found: Round, at: datetime = OVER) -> Round:
    flow.close_due_rounds(at)
    found.refresh_from_db()
    return found


def tickets(found: Round) -> list[Ticket]:
    return list(found.tickets.filter(state="open").order_by("address"))


def says(step: int = 4, text: str = "") -> Said:
    return Said({one: [str(step)] for one in Statement.values}, text)


def give_token(ticket: Ticket) -> str:
    """A link as it stands in the letter."""
    token = f"token-{next(_token)}"
    Ticket.objects.filter(pk=ticket.pk).update(token_hash=queries.hash_of(token))
    return token


def with_account(ticket: Ticket) -> Person:
    person = network.person(Role.EMPLOYEE, ticket.seat.booking.organisation, email=ticket.address)
    Seat.objects.filter(pk=ticket.seat_id).update(person=person)
    return person


# -- without the way that led there -------------------------------------------------------------
def round_(state: str = ROUND.start, kind: Kind = Kind.EVALUATION, **fields: Any) -> Round:
    closed = {"closed_on": date(2026, 12, 24)} if state == RoundState.CLOSED else {}
    values = {"opens_on": AFTERWARDS.date(), "closes_on": date(2026, 12, 23), **closed, **fields}
    course = values.pop("course", None) or courses.course(state=CourseState.COMPLETED)
    return Round.objects.create(course=course, kind=kind, state=state, **values)


def ticket(state: str = TICKET.start, of: Round | None = None, **fields: Any) -> Ticket:
    found = of or round_()
    seat = fields.pop("seat", None) or courses.seat(
        courses.booking(found.course, seats=1), state=SeatState.ATTENDED, email="mia@firma.example"
    )
    values = {"address": seat.email, "token_hash": queries.hash_of(f"ticket-{next(_token)}"), **fields}
    return Ticket.objects.create(round=found, seat=seat, state=state, **values)


@contextmanager
def at(moment: datetime):
    with stopped(moment):
        yield moment


STATEFUL = {ROUND: round_, TICKET: ticket}
CHANGES = {ROUND: {"close": {"closed_on": date(2026, 12, 24)}}}
