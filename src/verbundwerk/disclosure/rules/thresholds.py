"""Which figures hide each firm behind them: minimum frequency, dominance, the view from inside, headroom.

Method: frequency and (n, k) dominance rules for magnitude tables (Hundepool et al., Statistical Disclosure Control,
Wiley 2012, ch. 4.2; Cox, J. Amer. Statist. Assoc. 76 (1981) on why linear sensitivity measures are sound), with
n = 1, k = 60 % and n = 2, k = 85 %, asked again from the eyes of every contributor.
"""

from collections.abc import Hashable, Mapping
from fractions import Fraction
from functools import cache

from .bands import Band, band

MINIMUM_FIRMS = 3
LARGEST_SHARE = Fraction(60, 100)
TWO_LARGEST_SHARE = Fraction(85, 100)
HEADROOM = 2
MOST_CROWDED = Fraction(60, 100)
Seats = Mapping[Hashable, int]


def may_be_shown(seats_by_firm: Seats) -> bool:
    """Whether a total over these firms hides each of them from an outsider: three firms, 60 %, 85 %. O(n log n)."""
    return _dense(_sorted(seats_by_firm))


def disclosed_seats(seats_by_firm: Seats) -> Band | None:
    """The total as a band when outsiders may hear it, else None: for somebody who adds nothing and tells nobody.

    Vectors: 5+5 -> None; 18+1+1 -> None; 5+4+3 -> 11–15. What anybody can read is `told_seats`.
    """
    return band(sum(seats_by_firm.values())) if may_be_shown(seats_by_firm) else None


def told_seats(seats_by_firm: Seats) -> Band | None:
    """The total as a band when everybody may hear it, those included who stand behind it; else None. O(n²).

    A contributor takes its own seats away: what is left must keep the thresholds. It also knows these rules and may
    know how many take part, so that „this may be told“ is itself a hint. Therefore the band must reach `HEADROOM`
    seats beyond the least the others could have together for this to be told at all, and must not be nearly full of
    firms with one seat each.
    """
    seats = _sorted(seats_by_firm)
    if not _dense_from_all_chairs(seats):
        return None
    shown = band(sum(seats))
    if shown.upper is None:
        return shown
    room = all(shown.upper - own - _least_others(own, len(seats) - 1) >= HEADROOM for own in set(seats))
    return shown if room and len(seats) <= MOST_CROWDED * shown.upper else None


def protection(seats: int) -> int:
    """How many seats a bound must stay away from a hidden figure, upwards and downwards: a quarter, at least one."""
    return max(1, -(-seats // 4)) if seats > 0 else 0


def _sorted(seats_by_firm: Seats) -> list[int]:
    return sorted((count for count in seats_by_firm.values() if count > 0), reverse=True)


def _dense(seats: list[int]) -> bool:
    """`seats`: positive, the largest first."""
    if len(seats) < MINIMUM_FIRMS:
        return False
    total = sum(seats)
    return seats[0] <= LARGEST_SHARE * total and seats[0] + seats[1] <= TWO_LARGEST_SHARE * total


def _dense_from_all_chairs(seats: list[int]) -> bool:
    """`seats`: positive, the largest first. Firms of one size have one view."""
    views = (seats.index(own) for own in set(seats))
    return _dense(seats) and all(_dense(seats[:place] + seats[place + 1 :]) for place in views)


@cache
def _least_others(own: int, others: int) -> int:
    """The smallest sum of so many others that would pass beside `own`: shared as evenly as whole seats allow, for
    evenness is what the thresholds ask for."""
    total = max(others, own * 2 // 3)
    while not _dense_from_all_chairs(sorted([own, *_evenly(total, others)], reverse=True)):
        total += 1
    return total


def _evenly(total: int, parts: int) -> list[int]:
    each, more = divmod(total, parts)
    return [each + 1] * more + [each] * (parts - more)
