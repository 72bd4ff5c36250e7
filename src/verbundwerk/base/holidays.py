"""Days on which people in Lower Saxony are not at work or not at school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import holidays
from django.utils.translation import gettext_lazy as _

WarningKind = Literal["public", "school", "sunday"]


@dataclass(frozen=True, slots=True)
class DateWarning:
    """Something to think about, never a refusal."""

    day: date
    kind: WarningKind
    name: str = ""

    @property
    def text(self) -> str:
        if self.kind == "sunday":
            return str(_("Sonntag"))
        if self.kind == "public":
            return str(_("Feiertag: %(name)s") % {"name": self.name})
        return str(_("Schulferien: %(name)s") % {"name": self.name})


def date_warnings(dates: Iterable[date], language: str = "de") -> list[DateWarning]:
    """Sundays, public and school holidays of Lower Saxony, in the order of the days. School holidays are known
    as far ahead as the state has published them and the installed `holidays` package holds them."""
    return [found for day in sorted(set(dates)) for found in _warnings_of(day, language)]


def _warnings_of(day: date, language: str) -> Iterable[DateWarning]:
    public, school = _calendar(day.year, "public", language), _calendar(day.year, "school", language)
    if day in public:
        yield DateWarning(day, "public", public[day])
    elif day.weekday() == 6:
        yield DateWarning(day, "sunday")
    if day in school:
        yield DateWarning(day, "school", school[day])


@lru_cache(maxsize=64)
def _calendar(year: int, category: str, language: str) -> dict[date, str]:
    name = "de" if language.startswith("de") else "en_US"
    found = holidays.country_holidays("DE", subdiv="NI", years=year, categories=(category,), language=name)
    return dict(found.items())
