"""The dated table of legal bases, read once from `data/legal_bases.csv`. What a line means stands beside it there."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from .terms import Duty, SubjectKind

SATURDAY = 5
OWN_CONDITION = "own-condition"  # no duty of the law: the firm ties its commitment to the works council's yes
FILE = Path(__file__).parent / "data" / "legal_bases.csv"


@dataclass(frozen=True, slots=True)
class Basis:
    """One duty of the employer while it is in force."""

    code: str
    paragraph: str
    subjects: tuple[str, ...]
    duty: str
    days: int
    conciliation: bool
    valid_from: date
    valid_until: date | None
    texts: tuple[tuple[str, str, str], ...]  # (language, title, explanation)

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    @property
    def title(self) -> str:
        return self._text()[1]

    @property
    def explanation(self) -> str:
        return self._text()[2]

    def _text(self) -> tuple[str, str, str]:
        german, english = self.texts
        return english if (get_language() or "").startswith("en") else german

    @property
    def name(self) -> str:
        return f"{self.paragraph}: {self.title}"

    def due_on(self, informed_on: date) -> date:
        """The last day on which an answer is expected; never a Saturday or Sunday."""
        day = informed_on + timedelta(days=self.days)
        return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


class UnknownBasis(LookupError):
    """No line of the table was in force under this code on this day."""


@cache
def all_bases() -> tuple[Basis, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_basis(row) for row in csv.DictReader(file, delimiter=";"))


def _basis(row: dict[str, str]) -> Basis:
    return Basis(
        code=row["code"],
        paragraph=row["paragraph"].replace(" ", "\u00a0"),
        subjects=tuple(SubjectKind(one).value for one in row["subjects"].split()),
        duty=Duty(row["duty"]).value,
        days=int(row["days"]),
        conciliation=row["conciliation"] == "yes",
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        texts=tuple((lang, row[f"title_{lang}"], row[f"explanation_{lang}"]) for lang in ("de", "en")),
    )


def in_force(on: date, among: Iterable[Basis] | None = None) -> list[Basis]:
    return [one for one in (all_bases() if among is None else among) if one.in_force(on)]


def basis(code: str, on: date) -> Basis:
    """The line with this code in force on this day. Raises UnknownBasis. O(lines)."""
    for one in in_force(on):
        if one.code == code:
            return one
    raise UnknownBasis(f"{code} on {on}")


def usual_for(subject: str, on: date) -> Basis:
    """The line we suggest for this kind of case: the first that names it. Raises UnknownBasis."""
    for one in in_force(on):
        if subject in one.subjects:
            return one
    raise UnknownBasis(f"{subject} on {on}")
