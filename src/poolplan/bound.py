"""A proven lower bound: no plan of this problem costs less.

Relaxation: every person alone takes the cheaper of staying unserved (penalty) and the cheapest seat
imaginable (own costs plus an equal share of a run filled to the last seat). Rooms, trainers, walls
and who sits with whom are ignored, so the bound holds for every plan; it is weak where runs stay
half empty. Cost of confirmed runs is certain and counted in full.
"""

from __future__ import annotations

from collections import defaultdict

from poolplan.expand import NEVER, NO_VENUE, Component, Market, Slot
from poolplan.state import State
from poolplan.types import HYBRID, ONLINE

MILLI = 1000


def lower_bound(frozen: State) -> int:
    """Whole euros; `frozen` holds the confirmed runs with their confirmed members and nothing else."""
    market = frozen.market
    cheapest = [NEVER] * len(market.needs)
    for component in market.components:
        _cheapest_seats(component, cheapest)
    _seats_in_frozen_runs(frozen, cheapest)
    total = MILLI * sum(run.candidate.fixed + frozen.params.run_admin for run in frozen.runs)
    total += MILLI * _frozen_members(frozen)
    for n, need in enumerate(market.needs):
        total += frozen.left[n] * min(MILLI * need.penalty, cheapest[n])
    total += _firms_left_out(frozen, cheapest)
    return -(-total // MILLI)


def _frozen_members(frozen: State) -> int:
    """Own costs of confirmed members: penalty minus what seating them saves."""
    return sum(
        persons * (frozen.market.needs[n].penalty - frozen.value(n, run.candidate))
        for run in frozen.runs
        for n, persons in run.members.items()
    )


def _cheapest_seats(component: Component, cheapest: list[int]) -> None:
    """Lower `cheapest` (milli-euros per need) to the cheapest imaginable seat in any slot."""
    offers = sorted(_offers(component), key=lambda offer: offer[0])
    ways: dict[tuple[int, int], int] = {}
    open_needs = (1 << len(component.needs)) - 1
    for base, slot, fixed, seats in offers:
        who = slot.who & open_needs
        while who:
            low = who & -who
            who ^= low
            n = component.needs[low.bit_length() - 1]
            if cheapest[n] <= base:
                open_needs ^= low
            elif _affordable(component.market, n, slot, (fixed, seats)):
                way = _shortest_way(component.market, n, slot, ways)
                cheapest[n] = min(cheapest[n], base + MILLI * way)


def _offers(component: Component) -> list[tuple[int, Slot, int, int]]:
    """(milli-euros per seat without the way, slot, lowest fixed cost, most seats) per slot."""
    market, offers = component.market, []
    rooms = {t: _rooms(market, t) for t in component.templates}
    admin = market.problem.params.run_admin
    for slot in component.slots():
        template = market.problem.templates[slot.template]
        rent, room = rooms[slot.template] if slot.mode != ONLINE else (0, template.max_size)
        surcharge = {ONLINE: template.online_fixed, HYBRID: template.hybrid_fixed}.get(slot.mode, 0)
        fixed = template.fixed + surcharge + (rent * slot.timing.half_days + 1) // 2
        seats = min(template.max_size, room, _persons(component, slot.who, template.max_size))
        if seats >= template.min_size:
            each = template.per_person + slot.timing.absence
            offers.append((MILLI * each + MILLI * (fixed + admin) // seats, slot, fixed, seats))
    return offers


def _rooms(market: Market, template: int) -> tuple[int, int]:
    """(lowest rent per day, most seats) among the venues the template may use."""
    allowed = market.problem.templates[template].venues
    rooms = [v for v in market.problem.venues if (allowed is None or v.id in allowed) and v.rooms]
    return min((v.rent_per_day for v in rooms), default=0), max((v.capacity for v in rooms), default=0)


def _persons(component: Component, who: int, enough: int) -> int:
    total = 0
    while who and total < enough:
        low = who & -who
        who ^= low
        total += component.market.needs[component.needs[low.bit_length() - 1]].persons
    return total


def _affordable(market: Market, n: int, slot: Slot, offer: tuple[int, int]) -> bool:
    fixed, seats = offer
    left = market.needs[n].budget - market.problem.templates[slot.template].per_person
    return fixed <= left * seats


def _shortest_way(market: Market, n: int, slot: Slot, known: dict[tuple[int, int], int]) -> int:
    """Cheapest way to any venue the template may use; 0 where nobody has to travel."""
    if slot.mode == ONLINE or (slot.mode == HYBRID and market.needs[n].formats & (ONLINE | HYBRID)):
        return 0
    key = (n, slot.template)
    if key not in known:
        allowed = market.problem.templates[slot.template].venues
        ways = [
            market.way_cost(n, slot, v) // slot.timing.sessions
            for v, venue in enumerate(market.problem.venues)
            if (allowed is None or venue.id in allowed) and market.near(n, venue.place)
        ]
        known[key] = min(ways, default=NEVER)
    return known[key] * slot.timing.sessions


def _seats_in_frozen_runs(frozen: State, cheapest: list[int]) -> None:
    """A seat in a run that takes place anyway costs only the person's own costs."""
    for run in frozen.runs:
        slot = run.candidate.slot
        if slot.component == NO_VENUE:
            continue
        component = frozen.market.components[slot.component]
        who = component.who_at(slot, run.candidate.venue)
        for i, n in enumerate(component.needs):
            if who >> i & 1:
                own = frozen.market.needs[n].penalty - frozen.value(n, run.candidate)
                cheapest[n] = min(cheapest[n], MILLI * own)


def _firms_left_out(frozen: State, cheapest: list[int]) -> int:
    """A firm gets nothing, or somebody of it takes a seat dearer than the penalty."""
    extra: dict[int, int] = defaultdict(lambda: MILLI * frozen.params.company_unserved)
    for n, need in enumerate(frozen.market.needs):
        firm = frozen.market.firm[n]
        if frozen.firm_served[firm]:
            extra[firm] = 0
        else:
            extra[firm] = min(extra[firm], max(0, cheapest[n] - MILLI * need.penalty))
    return sum(extra.values())
