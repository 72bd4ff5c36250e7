"""What it costs to give a seat back: the steps of the provider's bid, or the house's own. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Staircase = Sequence[Mapping[str, Any]]

# Without a bid: free until fourteen days before, then the whole price, as the firm's own return button has it.
HOUSE: Staircase = ({"under_days": 14, "percent": 100},)


@dataclass(frozen=True, slots=True)
class Fee:
    """`percent` of the price is due for what is given back on `until` or, after the fee before, on an earlier day."""

    until: date
    percent: int


def percent_on(staircase: Staircase, first_day: date, day: date) -> int:
    """What is due, in percent of the price of a seat, when it is given back on `day`; 0 to 100.

    A step {under_days, percent} counts when fewer than so many days are left until the first day; `under_days` None
    counts at any time. The highest that counts is due. O(steps). (Domain paper, section 7, case 2.)"""
    left = (first_day - day).days
    due = (int(one["percent"]) for one in staircase if one["under_days"] is None or left < int(one["under_days"]))
    return max(due, default=0)


def fee_steps(staircase: Staircase, first_day: date, today: date) -> list[Fee]:
    """From today to the day before the first one: until which day which percentage is due, rising. Empty once the
    first day is there. O(steps log steps)."""
    last = first_day - timedelta(days=1)
    edges = {first_day - timedelta(days=int(one["under_days"])) for one in staircase if one["under_days"] is not None}
    days = sorted({day for day in edges if today <= day < last} | ({last} if today <= last else set()))
    fees = [Fee(day, percent_on(staircase, first_day, day)) for day in days]
    return [
        fee
        for fee, later in zip(fees, [*fees[1:], None], strict=False)
        if later is None or later.percent != fee.percent
    ]


def fee_cents(price_cents: int, percent: int) -> int:
    """So many percent of the price of one seat in whole cents, half a cent up."""
    return (price_cents * percent + 50) // 100
