"""What may be said of rounds that are over. The counts themselves leave the house only through this file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from verbundwerk.courses.models import Course
from verbundwerk.disclosure.rules import Band, shown_groups

from .. import rules
from ..models import Round
from ..states import RoundState
from ..terms import APPLIED, HINDERED, QUESTIONS, WOULD_HELP, Help, Hindrance, Kind, Statement
from .guarded import round_of


@dataclass(frozen=True, slots=True)
class Answers:
    """One round: how many, the mean of each statement (None: too few answered it), and the texts by letter."""

    people: Band
    means: list[tuple[str, float | None]]
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Development:
    """One period over several courses. What fewer than five ticked has no number."""

    period: str
    courses: int
    people: Band
    means: list[tuple[str, float | None]]
    hindered: list[tuple[str, int | None]]
    would_help: list[tuple[str, int | None]]


def result_of(course: Course) -> Answers | None:
    """The evaluation of a course; None while it runs and below five answers."""
    found = round_of(course, Kind.EVALUATION)
    if found is None or not rules.enough_answers(found):
        return None
    return Answers(_people(found.answers), _means(found.counts, Statement), list(found.texts))


def profile_of(course: Course) -> list[tuple[str, int, int]] | None:
    """Per competence the levels between which the middle of the group stands; None while it runs or below five."""
    found = round_of(course, Kind.CHECK)
    if found is None or found.profile is None or found.state != RoundState.CLOSED:
        return None
    return [(item, *band) for item, band in zip(found.items, found.profile["bands"], strict=True)]


def is_too_wide(course: Course) -> bool:
    """Whether the group differs by more than one level: all the office hears of a self-check."""
    found = round_of(course, Kind.CHECK)
    return bool(found and found.state == RoundState.CLOSED and found.profile and found.profile["wide"])


# -- over courses -----------------------------------------------------------------------
def development(today: date) -> list[Development]:
    """Of the evaluations, quarter by quarter; only of courses whose own result may be told."""
    told = [one for one in _closed(Kind.EVALUATION) if rules.enough_answers(one)]
    return [_developed(one, Statement.choices) for one in _periods(told, today)]


def follow_up(today: date) -> list[Development]:
    """Of the questions after three months: never of one course."""
    asked = [(APPLIED, QUESTIONS[APPLIED])]
    return [_developed(one, asked) for one in _periods(_closed(Kind.TRANSFER), today)]


def _closed(kind: Kind) -> list[Round]:
    return list(Round.objects.filter(kind=kind, state=RoundState.CLOSED).order_by("closed_on", "pk"))


def _periods(found: Iterable[Round], today: date) -> list[rules.Period]:
    return rules.in_periods([rules.Closed(one, one.answers, one.closed_on) for one in found if one.closed_on], today)


def _developed(period: rules.Period, questions: Iterable[tuple[str, Any]]) -> Development:
    counts = _together(one.counts for one in period.rounds)
    return Development(
        period=str(period),
        courses=len(period.rounds),
        people=_people(period.answers),
        means=[(str(label), rules.mean(counts.get(key, {}))) for key, label in questions],
        hindered=_ticked(counts.get(HINDERED, {}), Hindrance),
        would_help=_ticked(counts.get(WOULD_HELP, {}), Help),
    )


def _together(several: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    total: dict[str, dict[str, int]] = {}
    for counts in several:
        for question, answers in counts.items():
            here = total.setdefault(question, {})
            for answer, count in answers.items():
                here[answer] = here.get(answer, 0) + count
    return total


def _people(answers: int) -> Band:
    return (shown_groups({"": answers}) or {"": Band(rules.LEAST_ANSWERS, None)})[""]


def _means(counts: Mapping[str, Mapping[str, int]], statements: Any) -> list[tuple[str, float | None]]:
    return [(str(one.label), rules.mean(counts.get(one.value, {}))) for one in statements]


def _ticked(answers: Mapping[str, int], choices: Any) -> list[tuple[str, int | None]]:
    labels = dict(choices.choices)
    return [(str(labels[one]), count) for one, count in rules.ranked(answers, choices.values)]
