"""What others may know of a pool, and who must not meet. Pure."""

from collections.abc import Hashable, Iterable
from uuid import UUID

from verbundwerk.disclosure.rules import Band, disclosed_seats
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Confidentiality

from ..models import Pool


def is_countable(need: Need) -> bool:
    """Whether a need may stand behind a figure others see: open, and walled off from nobody."""
    return need.confidentiality == Confidentiality.OPEN and not need.hidden_from.all()


def disclosed_band(members: Iterable[tuple[Need, int]], leave_out: Iterable[UUID] = ()) -> Band | None:
    """The seats of these members as others may see them: a band, or nothing."""
    seats: dict[Hashable, int] = {}
    without = set(leave_out)
    for need, count in members:
        if is_countable(need) and need.organisation_id not in without:
            seats[need.organisation_id] = seats.get(need.organisation_id, 0) + count
    return disclosed_seats(seats)


def walls_between(needs: Iterable[Need]) -> tuple[Need, Need] | None:
    """Two needs that must not meet, or None."""
    listed = list(needs)
    for one in listed:
        hidden = {firm.pk for firm in one.hidden_from.all()}
        for other in listed:
            if other.organisation_id in hidden:
                return one, other
    return None


def price_is_told(pool: Pool) -> bool:
    """The price of the moment gives the number of seats away. Before the threshold a firm could change its own word
    again and again and read the others' limits from the steps; afterwards words bind and everybody was told."""
    return pool.threshold_at is not None
