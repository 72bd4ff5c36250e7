"""What reading a sheet yields."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils.translation import gettext as _

Value = str | int | float | date | datetime | time
MAX_COLUMNS = 100


class SheetError(ValueError):
    """The sheet cannot be read; the text says what was found and what to do, in the reader's language."""


class Line(NamedTuple):
    """One line that is not empty, with its number as the reader's program shows it."""

    number: int
    values: Sequence[Value | None]


@dataclass(frozen=True)
class Sheet:
    """`rows[i]` stands in line `numbers[i]` of the file; cells without a value are left out of a row."""

    header: list[str]
    rows: list[dict[str, Value]]
    numbers: list[int]
    warnings: list[str] = field(default_factory=list)

    @property
    def first_line_number(self) -> int:
        return self.numbers[0]

    def numbered(self) -> Iterator[tuple[int, dict[str, Value]]]:
        return zip(self.numbers, self.rows, strict=True)


def too_many(name: str, max_rows: int) -> SheetError:
    return SheetError(
        _("„%(name)s“ hat mehr als %(limit)d Zeilen. Bitte teilen Sie die Datei auf.")
        % {"name": name, "limit": max_rows}
    )
