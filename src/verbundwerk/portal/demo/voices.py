"""What participants said: before a course what they could do already, after it how it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbundwerk.courses.models import Course
from verbundwerk.feedback import flow as feedback
from verbundwerk.feedback.models import Round, Ticket
from verbundwerk.feedback.rules import Said
from verbundwerk.feedback.terms import Kind, Statement

if TYPE_CHECKING:
    from datetime import datetime

    from .story import Story

# Steps of the five statements, and what somebody wrote.
SIX = (
    ("55554", "Endlich einmal selbst gemessen und nicht nur zugesehen."),
    ("54455", ""),
    ("44344", "Die Gruppe war sehr gemischt, am Nachmittag ging es für einige zu schnell."),
    ("55555", "Gern wieder."),
    ("43254", ""),
    ("54445", "Ein Blatt mit den Regeln für die Werkstatt wäre gut."),
)
THREE = (("44444", "War in Ordnung."), ("53455", ""), ("22233", ""))
# What the people of the running course thought they could do, before it began.
LEVELS = ("0000", "0001", "1010", "1111", "1011", "0110", "2121", "2222", "3222")


def asked(course: Course, kind: Kind, at: datetime) -> Round:
    feedback.open_due_rounds(at)
    return Round.objects.get(course=course, kind=kind)


def _tickets(found: Round) -> list[Ticket]:
    """The demo's employee keeps the last word: what is open for him stays open longest."""
    return list(found.tickets.order_by("seat__booking__booked_at", "-seat__position", "pk"))


def look_back(story: Story, course: Course, offset: int, said: tuple[tuple[str, str], ...]) -> None:
    with story.moment(offset, hour=18) as at:
        found = asked(course, Kind.EVALUATION, at)
        for ticket, (steps, text) in zip(_tickets(found), said, strict=False):
            chosen = {one.value: [step] for one, step in zip(Statement, steps, strict=True)}
            feedback.answer_round(ticket, Said(chosen, text), at=at)
    with story.moment(offset + 22, hour=3) as at:
        feedback.close_due_rounds(at)


def check_before(story: Story, course: Course) -> None:
    """From four weeks before the first day on; the picture is made a week before it."""
    first = (course.starts_on - story.anchor).days
    with story.moment(first - 20, hour=18) as at:
        found = asked(course, Kind.CHECK, at)
        for ticket, levels in zip(reversed(_tickets(found)), LEVELS, strict=False):
            given = [int(one) for one in levels]
            feedback.keep_check(ticket, (given * 2)[: len(found.items)], at=at)
    with story.moment(first - 7, hour=3) as at:
        feedback.close_due_rounds(at)
