"""South-eastern Lower Saxony: its districts, places and roughly how far one is from another."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from math import asin, atanh, cos, radians, sin, sqrt
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbundwerk.base.charts import Shape
from verbundwerk.base.words import search_key, sort_key

from .terms import District

DATA = Path(__file__).resolve().parent / "data"
VIEWBOX = "0 0 600 1069"
SOURCE = gettext_lazy("Grenzen: © GeoBasis-DE / BKG (2015), Daten verändert. Orte: GeoNames (CC BY 4.0).")

CITIES = frozenset({District.BRAUNSCHWEIG, District.SALZGITTER, District.WOLFSBURG})
SEATS = {
    District.BRAUNSCHWEIG: "38100",
    District.SALZGITTER: "38226",
    District.WOLFSBURG: "38440",
    District.GIFHORN: "38518",
    District.GOSLAR: "38640",
    District.HELMSTEDT: "38350",
    District.PEINE: "31224",
    District.WOLFENBUETTEL: "38300",
}
# As people write them in lists: number plates and short forms.
SHORT = {
    "bs": "Braunschweig",
    "sz": "Salzgitter",
    "wob": "Wolfsburg",
    "gf": "Gifhorn",
    "gs": "Goslar",
    "he": "Helmstedt",
    "pe": "Peine",
    "wf": "Wolfenbüttel",
    "brunswick": "Braunschweig",
}
LEFT_OUT = frozenset({"stadt", "landkreis", "kreis", "lk", "kreisfreie", "gemeinde", "samtgemeinde", "d", "de"})


@dataclass(frozen=True)
class Place:
    postal_code: str
    name: str
    district: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Way:
    minutes: int
    km: int


class UnknownPlace(LookupError):
    """No place of the region has this postal code."""


# -- places -----------------------------------------------------------------------------
@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """By postal code, in its order."""
    with (DATA / "postal_codes.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Place(row["postal_code"], row["place"], row["district"], float(row["lat"]), float(row["lon"]))
            for row in csv.DictReader(file)
        ]
    return {place.postal_code: place for place in rows}


def place_of(postal_code: str) -> Place:
    """The main place of a postal code. Raises UnknownPlace outside the region."""
    try:
        return places()[postal_code]
    except KeyError:
        raise UnknownPlace(postal_code) from None


def find_place(text: str) -> Place | None:
    """What people write for a place: „38100 Braunschweig“, „BS“, „Braunschw.“, „Wolfenbuettel“, „SZ-Bad“."""
    if (code := re.search(r"(?<!\d)\d{5}(?!\d)", text)) and code.group() in places():
        return places()[code.group()]
    words = [word for word in search_key(re.sub(r"\d+", " ", text)).split() if word not in LEFT_OUT]
    return _named(" ".join(words)) or (_named(words[0], exactly=True) if words else None)


def _named(name: str, exactly: bool = False) -> Place | None:
    known = _by_name()
    if name in SHORT:
        return known[search_key(SHORT[name])]
    if name in known or exactly:
        return known.get(name)
    return _only([place for key, place in known.items() if len(name) >= 4 and key.startswith(name)]) or _nearly(name)


def _only(found: Iterable[Place]) -> Place | None:
    """A short form that could mean two places means none."""
    by_name = {place.name: place for place in found}
    return next(iter(by_name.values())) if len(by_name) == 1 else None


def _nearly(name: str) -> Place | None:
    close = get_close_matches(name, _by_name(), n=1, cutoff=0.86) if len(name) >= 5 else []
    return _by_name()[close[0]] if close else None


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Place]:
    """Both spellings of an umlaut, and none; of several postal codes the first, for a district's seat the seat's."""
    named: dict[str, Place] = {}
    for place in [*(places()[code] for code in SEATS.values()), *places().values()]:
        named.setdefault(search_key(place.name), place)
        named.setdefault(sort_key(place.name), place)
    return named


def district_name(key: str) -> str:
    """„Stadt Braunschweig“, „Landkreis Peine“."""
    district = District(key)
    pattern = _("Stadt %(name)s") if district in CITIES else _("Landkreis %(name)s")
    return pattern % {"name": district.label}


# -- ways -------------------------------------------------------------------------------
EARTH_KM = 6371.0
DETOUR = 1.3  # roads are about a third longer than the bird's way
MINUTES_PER_KM = 0.95
START_MINUTES = 8  # to the car, out of one town, a place to park in the other
FAR = Way(minutes=480, km=400)


def estimate(start: str, end: str) -> Way:
    """One way by car between two postal codes, rounded to whole numbers.

    An estimate from the distance of their main places, without a route: bird's way times 1.3, 0.95 minutes each
    kilometre and 8 minutes besides; 8 minutes within one postal code. Post boxes and bulk receivers count as the
    nearest number of the region. A place outside is FAR: further than anybody would travel for a day.
    """
    one, other = _somewhere(start), _somewhere(end)
    if one is None or other is None:
        return FAR if start != end else Way(START_MINUTES, 0)
    km = DETOUR * distance(one, other)
    return Way(round(MINUTES_PER_KM * km) + START_MINUTES, round(km))


def distance(one: Place, other: Place) -> float:
    """Kilometres as the bird flies (haversine)."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


@lru_cache(maxsize=1024)
def _somewhere(postal_code: str) -> Place | None:
    if postal_code in places() or not postal_code.isdigit():
        return places().get(postal_code)
    near = [code for code in places() if code[:2] == postal_code[:2]]
    nearest = min(near, key=lambda code: abs(int(code) - int(postal_code)), default=None)
    within = nearest is not None and abs(int(nearest) - int(postal_code)) < 100
    return places()[nearest] if nearest and within else None


# -- map --------------------------------------------------------------------------------
# The outlines are drawn in Mercator; these are the corners of all eight districts on the globe and on the paper.
WEST, EAST, SOUTH, NORTH = 9.998499, 11.086244, 51.638376, 52.832497
LEFT, RIGHT, TOP, BOTTOM = 1.0, 599.0, 1.0, 1068.19
LABELS_AT = {
    District.BRAUNSCHWEIG: (291.0, 468.0),
    District.SALZGITTER: (215.0, 620.0),
    District.WOLFSBURG: (440.0, 375.0),
    District.GIFHORN: (330.0, 250.0),
    District.GOSLAR: (180.0, 880.0),
    District.HELMSTEDT: (496.0, 618.0),
    District.PEINE: (125.0, 535.0),
    District.WOLFENBUETTEL: (370.0, 640.0),
}


def project(lat: float, lon: float) -> tuple[float, float]:
    """WGS 84 -> the map's coordinates, to a tenth of its unit (about 120 metres each)."""
    x = LEFT + (lon - WEST) / (EAST - WEST) * (RIGHT - LEFT)
    y = TOP + (_mercator(NORTH) - _mercator(lat)) / (_mercator(NORTH) - _mercator(SOUTH)) * (BOTTOM - TOP)
    return round(x, 1), round(y, 1)


def _mercator(lat: float) -> float:
    return atanh(sin(radians(lat)))


def shapes() -> list[Shape]:
    """The outlines of the eight districts, named; whoever draws them adds values and shades."""
    return [
        Shape(key, District(key).label, path, LABELS_AT[District(key)]) for key, path in sorted(_outlines().items())
    ]


@lru_cache(maxsize=1)
def _outlines() -> dict[str, str]:
    drawn = (DATA / "kreise.svg").read_text(encoding="utf-8")
    return {key: path for path, key in re.findall(r'<path d="([^"]+)"[^>]*\bid="(\d{5})000"', drawn)}
