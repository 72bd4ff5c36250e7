"""Commitments -> price."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from poolplan import Commitment as Word
from poolplan import PriceRule, settle_commitments

from .. import rules
from ..models import Bid, Commitment, Pool
from .problem import own_id


@dataclass(frozen=True, slots=True)
class Missing:
    """The first gap: any ONE of these keeps everybody in. Amounts in cents, rounded up."""

    firms: tuple[UUID, ...]
    price_cents: int
    money_cents: int | None
    more_seats: int | None
    more_each: dict[UUID, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the commitments of a pool stand. `seats`: by organisation, only those who are in at this price."""

    seats: dict[UUID, int]
    price_cents: int | None
    seats_missing: int
    firms_missing: int
    gap: Missing | None
    next_price: tuple[int, int] | None
    distance_cents: dict[UUID, int | None]
    only_falls: bool

    @property
    def reached(self) -> bool:
        return self.price_cents is not None and not self.firms_missing

    @property
    def total(self) -> int:
        return sum(self.seats.values())


def standing_of(pool: Pool, bid: Bid, words: Sequence[Commitment]) -> Standing:
    """`words` stand in the order in which scarce seats are given."""
    found = settle_commitments(
        PriceRule(bid.fixed_cents, bid.per_seat_cents),
        [Word(w.organisation_id, w.limit_cents, w.seats_low, w.seats_high, n) for n, w in enumerate(words)],
        pool.seats_min,
        pool.seats_max,
    )
    gap = found.first_gap
    return Standing(
        seats={own_id(firm): seats for firm, seats in found.seats},
        price_cents=None if found.price is None else rules.whole_cents(found.price),
        seats_missing=found.short_of,
        firms_missing=max(0, pool.firms_min - len(found.members if found.comes_about else words)),
        gap=None if gap is None else Missing(
            firms=tuple(own_id(firm) for firm in gap.firms),
            price_cents=rules.whole_cents(gap.price),
            money_cents=None if gap.money is None else rules.whole_cents(gap.money),
            more_seats=gap.more_seats,
            more_each={own_id(firm): rules.whole_cents(cents) for firm, cents in gap.raise_limits},
        ),
        next_price=found.next_threshold and (found.next_threshold[0], rules.whole_cents(found.next_threshold[1])),
        distance_cents={own_id(d.firm): None if d.cents is None else int(d.cents // 1) for d in found.distances},
        only_falls=found.monotone,
    )  # fmt: skip


def cheapest(bid: Bid, most: int) -> int:
    """Cents per seat, rounded up, at the size of group at which a seat costs least."""
    return min(cents for _seats, cents in price_curve(bid, most))


def price_curve(bid: Bid, most: int) -> list[tuple[int, int]]:
    """(seats, cents per seat rounded up) for 1 to `most` seats."""
    rule = PriceRule(bid.fixed_cents, bid.per_seat_cents)
    return [(seats, rules.whole_cents(rule.price(seats))) for seats in range(1, most + 1)]
