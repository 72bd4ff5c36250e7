"""The tables a plan is built from: a need becomes dayparts, weeks and a penalty. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from verbundwerk.needs.terms import Block, Shift, Urgency
from verbundwerk.network.terms import SizeClass

# Daypart 2d is the working day d (0 = Monday), 2d + 1 its evening; 10 and 11 are Saturday.
# People are released for a day of training. Evenings are only for those who are neither at work then nor
# early the next morning after less than eleven hours of rest: late and changing shifts never (ArbZG § 5).
WORKDAYS = frozenset({0, 2, 4, 6, 8})
EVENINGS = frozenset({1, 3, 5, 7, 9})
SATURDAY = frozenset({10})
SHIFT_DAYPARTS: Mapping[str, frozenset[int]] = {
    Shift.DAY: WORKDAYS | EVENINGS,
    Shift.EARLY: WORKDAYS | EVENINGS,
    Shift.LATE: WORKDAYS,
    Shift.TWO: WORKDAYS,
    Shift.THREE: WORKDAYS,
    Shift.CONTINUOUS: WORKDAYS | SATURDAY,
    Shift.WEEKEND: WORKDAYS | EVENINGS,
}
# Half days are agreed with the provider inside a day, so a first plan does not tell them apart.
BLOCK_DAYPARTS: Mapping[str, frozenset[int]] = {
    Block.ANY: WORKDAYS | EVENINGS | SATURDAY,
    Block.HALF_DAYS: WORKDAYS | EVENINGS | SATURDAY,
    Block.DAYS: WORKDAYS | SATURDAY,
    Block.WEEK: WORKDAYS,
    Block.EVENINGS: EVENINGS,
}
SEAT_VALUE = {Urgency.URGENT: 6000, Urgency.NORMAL: 3000, Urgency.LATER: 1800}
SMALL_FIRM_FACTOR = Fraction(5, 4)


def accepted_dayparts(shift: str, block: str) -> frozenset[int]:
    """Which of the twelve dayparts suit people in this shift who want this block."""
    return SHIFT_DAYPARTS[shift] & BLOCK_DAYPARTS[block]


def accepted_weeks(window: tuple[date, date], monday: date, weeks: int, closed: Iterable[int] = ()) -> frozenset[int]:
    """Weeks, counted from `monday`, whose five working days all lie in the window (both days count)."""
    first, last = window
    mondays = {week: monday + timedelta(weeks=week) for week in range(weeks)}
    inside = {week for week, day in mondays.items() if first <= day and day + timedelta(days=4) <= last}
    return frozenset(inside - set(closed))


def penalty(urgency: int, size_class: int | None) -> int:
    """Euros a plan loses for a person left without a seat: urgency, and a quarter more for small firms."""
    small = size_class is not None and size_class < SizeClass.MEDIUM
    return int(SEAT_VALUE[Urgency(urgency)] * (SMALL_FIRM_FACTOR if small else 1))
