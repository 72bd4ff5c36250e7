"""What may be said this week, and from which rooms it is gathered."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from verbundwerk.network.models import Mandate
from verbundwerk.network.queries import in_force
from verbundwerk.network.terms import Role

from .models import Snapshot, ToldFigure
from .rules import Band, Memory, Part

# Whoever holds one of these in a firm knows what it needs.
KNOWING_ROLES = (Role.HR, Role.HOST, Role.FOREMAN, Role.WORKS_COUNCIL)
TOTAL = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as everybody may read it, and the day it dates from."""

    seats: Band
    firms: Band
    day: date


# --- where it comes from ------------------------------------------------------------
Collect = Callable[[], Iterable[Part]]
_offered: dict[str, dict[str, Collect]] = {}


def offer_parts(statement: str, room: str, collect: Collect) -> None:
    """Called in a room's `AppConfig.ready()`: the parts this room adds to a statement, as they are at the moment.

    The parts of one statement are disjoint; their sum is told as its total. Offering again replaces."""
    _offered.setdefault(statement, {})[room] = collect


def statements() -> list[str]:
    return sorted(_offered)


def parts_of(statement: str) -> Iterator[Part]:
    """As they are now; firms as the texts the bases are kept in."""
    for collect in _offered[statement].values():
        for part in collect():
            yield Part(part.key, {str(firm): count for firm, count in part.seats.items()}, part.never)


# --- what is said -------------------------------------------------------------------
def said(statement: str, key: str = TOTAL) -> Said | None:
    """What everybody may read of one figure this week; None when nothing may be said."""
    return said_of(statement, [key]).get(key)


def said_of(statement: str, keys: Iterable[str]) -> dict[str, Said]:
    """The same for many figures, in two queries. The day is that of the snapshot, whether a figure changed or not:
    when a figure last changed would tell when its firms did."""
    taken = Snapshot.objects.order_by("-week").first()
    if taken is None:
        return {}
    rows = ToldFigure.objects.filter(statement=statement, key__in=list(keys), until=None).defer("basis")
    day = timezone.localdate(taken.taken_at)
    return {row.key: Said(Band(row.lower, row.upper), Band(row.firms_lower, row.firms_upper), day) for row in rows}


def is_taken(week: date) -> bool:
    """Whether this week, named by its Monday, has its snapshot."""
    return Snapshot.objects.filter(week=week).exists()


def memories(statement: str) -> dict[str, Memory]:
    """What stands and what was ever said, figure by figure."""
    found: dict[str, Memory] = {}
    for row in ToldFigure.objects.filter(statement=statement).order_by("pk"):
        known = found.get(row.key, Memory())
        if row.until_id is None:
            found[row.key] = Memory(row.basis, known.earlier)
        else:
            found[row.key] = Memory(known.stands, (*known.earlier, row.basis))
    return found


def standing_figures(statement: str) -> list[ToldFigure]:
    return list(ToldFigure.objects.filter(statement=statement, until=None))


def roofs(at: datetime) -> dict[Hashable, Hashable]:
    """Firms with a person in common know each other's figures and count as one: firm -> the roof it stands under."""
    rows = Mandate.objects.filter(in_force(timezone.localdate(at)), role__in=KNOWING_ROLES)
    above: dict[str, str] = {}
    firm_of: dict[object, str] = {}
    for person, firm in rows.order_by("pk").values_list("person", "organisation"):
        first = firm_of.setdefault(person, str(firm))
        one, other = sorted((_top(above, first), _top(above, str(firm))))
        if one != other:
            above[other] = one
    return {firm: _top(above, firm) for firm in above}


def _top(above: dict[str, str], firm: str) -> str:
    while firm in above:
        firm = above[firm]
    return firm
