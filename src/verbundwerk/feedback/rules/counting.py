"""Answers become numbers. Pure: values in, values out; the order in which answers came can be read from nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from verbundwerk.base.words import sort_key
from verbundwerk.disclosure.rules import SMALLEST_GROUP

LONGEST_TEXT = 1000
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Said:
    """What one person answered: {question: answers chosen}, and a text. It is added up and forgotten."""

    chosen: Mapping[str, Iterable[str]] = field(default_factory=dict)
    text: str = ""


def added(counts: Counts, texts: Iterable[str], said: Said) -> tuple[dict[str, dict[str, int]], list[str]]:
    """The numbers and texts with one answer more. O(questions + texts).

    Adding is commutative: the same answers in any order give the same result, keys and texts in the same places
    (texts stand sorted by letter), so that neither the order nor a place tells who answered when.
    """
    pairs = [(question, answer) for question, answers in said.chosen.items() for answer in answers]
    keys = {(question, answer) for question, answers in counts.items() for answer in answers} | set(pairs)
    more = {
        (question, answer): counts.get(question, {}).get(answer, 0) + pairs.count((question, answer))
        for question, answer in sorted(keys)
    }
    grouped: dict[str, dict[str, int]] = {}
    for (question, answer), count in more.items():
        grouped.setdefault(question, {})[answer] = count
    written = [said.text] if said.text.strip() else []
    return grouped, sorted([*texts, *written], key=lambda one: (sort_key(one), one))


def told(count: int) -> int | None:
    """How many said something, from five on; below that nobody learns whether it was none or four."""
    return count if count >= SMALLEST_GROUP else None


def mean(answers: Mapping[str, int]) -> float | None:
    """The mean of a scale, None when fewer than five answered this question. `answers`: {step: how many}. O(steps)."""
    people = sum(answers.values())
    if told(people) is None:
        return None
    return sum(int(step) * count for step, count in answers.items()) / people


def ranked(answers: Mapping[str, int], choices: Iterable[str]) -> list[tuple[str, int | None]]:
    """What could be ticked, the most frequent first, and how often from five on. What too few ticked keeps the order
    of the question: not even which of two rare ones was ticked more often is told. O(n log n)."""
    found = [(one, told(answers.get(one, 0))) for one in choices]
    return sorted(found, key=lambda one: -(one[1] or 0))
