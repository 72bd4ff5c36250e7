"""Trends over courses, told in periods that are over and never change again. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from verbundwerk.disclosure.rules import SMALLEST_GROUP

LEAST_COURSES = 3


class Quarter(NamedTuple):
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


@dataclass(frozen=True, slots=True)
class Closed:
    """A round that is over: what was said in it, by how many, and on which day it ended."""

    what: Any
    answers: int
    on: date


@dataclass(frozen=True, slots=True)
class Period:
    first: Quarter
    last: Quarter
    rounds: Sequence[Any]
    answers: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} – {self.last}"


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def in_periods(rounds: Iterable[Closed], today: date) -> list[Period]:
    """Rounds by the quarter they ended in, the oldest first; only quarters that are over. O(n log n).

    A quarter with fewer than three answered courses or fewer than five answers waits for the next one and is told
    together with it. So every round is told in one period for ever, no two periods overlap, and no difference of two
    looks shows a single course.
    """
    over = sorted((one for one in rounds if quarter_of(one.on) < quarter_of(today)), key=lambda one: one.on)
    return list(_filled([one for one in over if one.answers > 0]))


def _filled(rounds: Sequence[Closed]) -> Iterator[Period]:
    waiting: list[Closed] = []
    for quarter in dict.fromkeys(quarter_of(one.on) for one in rounds):
        waiting += [one for one in rounds if quarter_of(one.on) == quarter]
        answers = sum(one.answers for one in waiting)
        if len(waiting) >= LEAST_COURSES and answers >= SMALLEST_GROUP:
            yield Period(quarter_of(waiting[0].on), quarter, [one.what for one in waiting], answers)
            waiting = []
