"""About 150 needs of the demo region, drawn with a seed: who lacks what, how many, when, in which shift."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from verbundwerk.needs.terms import Block, Confidentiality, Format, Occasion, Shift, Urgency
from verbundwerk.network.terms import SizeClass
from verbundwerk.topics.models import Topic

from .cast import day
from .tables import rows

ONLINE_TOPICS = {"ki-grundlagen", "datenanalyse", "it-sicherheit", "excel", "energie"}
DUTY_TOPICS = {"gabelstapler", "ladungssicherung"}


EASY = {"urgency": Urgency.URGENT, "seats_min": 1, "shift": Shift.DAY, "budget_cents": None, "travel_minutes_max": 75}


@dataclass(frozen=True, slots=True)
class Wish:
    organisation: str
    fields: dict[str, Any]


def draw(count: int, raised_on: date, random: Random) -> Iterator[Wish]:
    """So many needs as firms would have raised them around this day; each topic goes to a firm that needs it."""
    topics = dict(Topic.objects.values_list("slug", "pk"))
    companies = [row for row in rows("organisations") if row["kind"] == "company"]
    kinds = rows("wishes")
    weights = [int(kind["weight"]) for kind in kinds]
    for _ in range(count):
        kind = random.choices(kinds, weights)[0]
        fitting = [row for row in companies if row["section"] in kind["fields"].split(",")]
        firm = random.choice(fitting)
        yield Wish(firm["key"], {"topic": topics[kind["topic"]], **_fields(kind, firm, raised_on, random)})


def together(offset: int, raised_on: date, random: Random) -> Iterator[Wish]:
    """Firms that need the same in the same weeks, so that the rounds of the story have something to pool."""
    for group in (row for row in rows("together") if int(row["offset"]) == offset):
        kind = next(row for row in rows("wishes") if row["topic"] == group["topic"])
        easy = {
            "topic": Topic.objects.get(slug=group["topic"]).pk,
            "level": int(group["level"]),
            "seats": int(group["seats"]),
            **EASY,
        }
        for firm in (row for row in rows("organisations") if row["key"] in group["firms"].split(",")):
            yield Wish(firm["key"], {**_fields(kind, firm, raised_on, random), **easy})


def _fields(kind: dict[str, str], firm: dict[str, str], raised_on: date, random: Random) -> dict[str, Any]:
    seats = _seats(int(firm["size"]), random)
    window_from = day(raised_on, random.choice([14, 21, 28, 35]))
    return {
        "topic_text": kind["text"],
        "level": int(random.choice(kind["levels"].split(","))),
        "seats": seats,
        "seats_min": 1 if random.random() < 0.8 else seats,
        "window_from": window_from,
        "window_until": day(window_from, random.choice([90, 120, 150, 180])),
        "postal_code": firm["postal_code"],
        "budget_cents": random.choice([None, None, 60000, 75000, 90000, 120000, 150000]),
        **_how(kind["topic"], int(firm["size"]), random),
    }


def _how(topic: str, size: int, random: Random) -> dict[str, Any]:
    online = topic in ONLINE_TOPICS and random.random() < 0.7
    return {
        "shift": random.choice(
            [Shift.DAY, Shift.DAY, Shift.EARLY, Shift.TWO, Shift.THREE] if size >= 50 else [Shift.DAY]
        ),
        "block": random.choice([Block.ANY, Block.ANY, Block.DAYS]),
        "format": Format.EITHER if online else Format.ONSITE,
        "travel_minutes_max": random.choice([45, 60, 60, 75, 90]),
        "occasion": Occasion.DUTY if topic in DUTY_TOPICS else random.choice(list(Occasion)[:5]),
        "mandatory": topic in DUTY_TOPICS,
        "urgency": random.choice([Urgency.URGENT, Urgency.NORMAL, Urgency.NORMAL, Urgency.LATER]),
        "wants_funding": random.random() < 0.3,
        "confidentiality": random.choices(list(Confidentiality), [17, 2, 1])[0],
    }


def _seats(size: int, random: Random) -> int:
    if size >= SizeClass.LARGE:
        return random.randint(3, 6)
    if size >= SizeClass.MEDIUM:
        return random.choice([1, 2, 2, 3, 4])
    return random.choice([1, 1, 2])
