"""Free seats of a course: a number everybody needs, and one that gives away who has booked."""

from .bands import Band

FEWEST_NUMBERS = 5


def told_places(capacity: int, taken: int) -> Band | None:
    """Free seats of a course as everybody may hear them; None when it is full. O(1).

    Nobody has booked: the exact number, for it is nobody's. From the first booking on a range. The number has to be
    live, so it cannot wait for a snapshot: exact, it would tell the size of every booking in the difference between
    two looks, and the other firm's seats to one of two. The ranges lie fixed, are cut at the seats that can still be
    free, and hold at least `FEWEST_NUMBERS` numbers each, where the course has so many.
    """
    free, most = capacity - taken, capacity - 1
    if free <= 0:
        return None
    if taken == 0:
        return Band(free, free)
    last = max(1, (most - FEWEST_NUMBERS) // FEWEST_NUMBERS * FEWEST_NUMBERS + 1)
    lower = min(last, (free - 1) // FEWEST_NUMBERS * FEWEST_NUMBERS + 1)
    return Band(lower, most if lower == last else lower + FEWEST_NUMBERS - 1)
