"""What somebody was shown in this request. Guarded loaders note it here; the room that knows who is an outsider writes.

Nothing is asked and nothing is written here: a firm or a person is named by its id, or by a query that is asked after
the page was made, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

# (firm, person): either may be unknown. A query hands out the same pairs.
Pair = tuple[UUID | None, UUID | None]
EVERY_FIRM: list[Pair] = [(None, None)]


@dataclass(frozen=True, slots=True)
class Sight:
    """`people`: every pair is one person on a list, also those without an account, whose id is not known."""

    pairs: Iterable[Pair]
    people: bool = False


def seen(viewer: Any, pairs: Iterable[Pair], *, people: bool = False) -> None:
    """`seen(person, firm(need.organisation_id))`; nobody in particular leaves no trace."""
    if getattr(viewer, "pk", None) is not None:
        # set, not kept in __dict__: a request's user is a lazy shell around the person
        viewer._sights = [*getattr(viewer, "_sights", []), Sight(pairs, people)]


def firm(organisation: UUID | None) -> list[Pair]:
    return [(organisation, None)]


def taken(viewer: Any) -> list[Sight]:
    """What this viewer was shown since the last time somebody asked."""
    sights: list[Sight] = getattr(viewer, "_sights", [])
    if sights:
        viewer._sights = []
    return sights
