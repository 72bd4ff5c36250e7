"""What everybody may read on the front page: nothing here asks who is looking."""

from collections.abc import Mapping

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.charts import Bar, BarChart, RegionMap, Shape
from verbundwerk.base.figures import whole_euro_text
from verbundwerk.network import region
from verbundwerk.network.models import Site
from verbundwerk.network.terms import District

# A worked example, not a claim: one price, once carried by three people, once by twelve.
EXAMPLE_FIXED_CENTS = 3600_00
EXAMPLE_ALONE, EXAMPLE_TOGETHER = 3, 12


def members_by_district() -> Mapping[str, int]:
    """How many organisations of the public directory have their main site where."""
    sites = Site.objects.filter(organisation__public=True, main=True).order_by()
    return dict(sites.values_list("district").annotate(Count("organisation", distinct=True)))


def region_map(members: Mapping[str, int]) -> RegionMap:
    most = max(members.values(), default=0)
    return RegionMap(
        title=_("Mitglieder nach Stadt und Landkreis"),
        shapes=[_shaded(shape, members.get(shape.id, 0), most) for shape in region.shapes()],
        viewbox=region.VIEWBOX,
        label=_("Stadt oder Landkreis"),
        value_label=_("Mitglieder"),
        source=region.SOURCE,
    )


def _shaded(shape: Shape, count: int, most: int) -> Shape:
    shade = -(-4 * count // most) if most else 0
    return Shape(shape.id, District(shape.id).label, shape.path, shape.label_at, shade, str(count))


def example() -> BarChart:
    """Why one learns together: the same course, alone and with others."""
    return BarChart(
        title=_("Ein Kurs für 3.600 € – was kostet ein Platz?"),
        bars=[_example_bar(EXAMPLE_ALONE, "muted"), _example_bar(EXAMPLE_TOGETHER, "main")],
        value_label=_("Preis je Platz"),
        label=_("Wie viele teilnehmen"),
    )


def _example_bar(people: int, tone: str) -> Bar:
    each = EXAMPLE_FIXED_CENTS // people
    label = ngettext("%(n)d Person", "%(n)d Personen", people) % {"n": people}
    return Bar(label, each / 100, whole_euro_text(each), tone)
