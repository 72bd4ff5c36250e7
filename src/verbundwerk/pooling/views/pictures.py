"""Plans and prices as pictures; every picture brings its numbers as a table."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.charts import (
    Curve,
    CurveChart,
    Level,
    Mark,
    Point,
    Progress,
    RegionMap,
    Shape,
    Span,
    Timeline,
    Track,
)
from verbundwerk.base.figures import euro_text, number_text, whole_euro_text
from verbundwerk.network import region
from verbundwerk.network.terms import District
from verbundwerk.topics.terms import in_german

from .. import planner
from ..models import Bid, Pool, Proposal

SHADES = (0, 5, 15, 30)


def region_map(proposals: Sequence[Proposal]) -> RegionMap:
    """Where people come from (areas) and where the courses would be (points). Towns that are districts as well have
    one name for both in every language."""
    return RegionMap(
        title=_("Woher die Menschen kommen und wo die Kurse wären"),
        shapes=_areas(_people_by_district(proposals)),
        viewbox=region.VIEWBOX,
        points=list(_rooms(proposals)),
        value_label=_("Personen oder Kurse"),
        source=str(region.SOURCE),
    )


def _people_by_district(proposals: Iterable[Proposal]) -> dict[str, int]:
    people: dict[str, int] = {}
    for proposal in proposals:
        for member in proposal.members.all():
            district = member.need.district
            people[district] = people.get(district, 0) + member.seats
    return people


def _areas(people: dict[str, int]) -> list[Shape]:
    return [
        Shape(
            one.id,
            District(one.id).label,
            one.path,
            one.label_at,
            _shade(people.get(one.id, 0)),
            _people(people.get(one.id, 0)),
        )
        for one in region.shapes()
    ]


def _shade(count: int) -> int:
    return sum(count > edge for edge in SHADES)


def _people(count: int) -> str:
    return ngettext("%(count)d Person", "%(count)d Personen", count) % {"count": count} if count else ""


def _rooms(proposals: Sequence[Proposal]) -> Iterable[Point]:
    at: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        if proposal.venue:
            at.setdefault(proposal.venue.site.postal_code, []).append(proposal)
    known = region.places()
    for code, runs in sorted(at.items()):
        if code in known:
            x, y = region.project(known[code].lat, known[code].lon)
            yield Point(x, y, _(known[code].name), _courses(len(runs)), radius=8 + 2 * min(len(runs), 6), tone="second")


def _courses(count: int) -> str:
    return ngettext("%(count)d Kurs", "%(count)d Kurse", count) % {"count": count}


def timeline(proposals: Sequence[Proposal]) -> Timeline:
    tracks = [
        Track(
            f"{one.position}. {_called(one)}",
            [Span(one.starts_on, one.ends_on, _people(one.seats), "good" if one.taken else "main")],
        )
        for one in proposals
    ]
    tones = [("main", _("Vorschlag")), ("good", _("schon angenommen"))]
    return Timeline(title=_("Wann die Kurse wären"), tracks=tracks, tones=tones, label=_("Kurs"))


def _called(proposal: Proposal) -> str:
    """Providers call their offers in their own words; who reads another language finds the topic."""
    offer = proposal.offer
    return offer.title if in_german() or offer.topic is None else offer.topic.name


def price_curve(
    pool: Pool, bid: Bid, *, now: planner.Standing | None = None, limit_cents: int | None = None
) -> CurveChart:
    """What a seat costs with so many seats; one's own limit across; where it stands, if that may be told."""
    points = [(float(n), float(cents)) for n, cents in planner.price_curve(bid, pool.seats_max) if n >= pool.seats_min]
    levels = [] if limit_cents is None else [Level(_("Ihr Betrag"), limit_cents)]
    marks = []
    if now and now.price_cents is not None:
        marks = [Mark(now.total, now.price_cents, _("jetzt"))]
    return CurveChart(
        title=_("Was ein Platz kostet"),
        curves=[Curve(_("Preis je Platz"), points)],
        x_label=_("Plätze zusammen"),
        y_label=_("Preis je Platz"),
        levels=levels,
        marks=marks,
        x_text=number_text,
        y_text=_euro,
        tick_text=lambda cents: whole_euro_text(round(cents)),
    )


def _euro(cents: float) -> str:
    return euro_text(round(cents))


def how_far(pool: Pool, seats: int) -> Progress:
    return Progress(
        title=_("Zugesagte Plätze"),
        value=seats,
        maximum=pool.seats_max,
        unit=_("Plätze"),
        mark=pool.seats_min,
        mark_label=_("Mindestzahl"),
    )
