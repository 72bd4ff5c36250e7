"""The lists of this room as declared tables: on the page, as CSV and as XLSX."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbundwerk.base.figures import euro_text
from verbundwerk.base.tables import Column, Filter, Table
from verbundwerk.network.queries import standing
from verbundwerk.topics.terms import Field, Level

from . import queries, rules
from .models import Offer

Params = Mapping[str, str]


def offers_table(person: Any, params: Params) -> Table:
    """The public list; one's own hidden and expired offers stand in it too."""
    return Table(
        caption=_("Angebote"),
        columns=_columns(),
        rows=queries.offers_visible_to(person),
        params=params,
        filters=[
            *_own_filter(person),
            Filter("feld", gettext_lazy("Bereich"), Field.choices, "topic__field"),
            Filter("niveau", gettext_lazy("Niveau"), [(str(one.value), one.label) for one in Level], "level"),
        ],
        search=("search_key", "provider__search_key", "topic__search_key"),
        order="title",
        empty=_("Noch steht kein Angebot im Katalog."),
        downloads={"csv": reverse("catalogue:csv"), "xlsx": reverse("catalogue:xlsx")},
    )


def _own_filter(person: Any) -> list[Filter]:
    """For whoever has something in the catalogue."""
    if not standing(person).organisations(*rules.OFFERING_ROLES):
        return []
    own = [("own", gettext_lazy("unsere, die alle sehen"))]
    return [Filter("zeige", gettext_lazy("Zeigen"), own, lambda rows, _chosen: _on_show(person, rows))]


def _on_show(person: Any, rows: QuerySet[Offer]) -> QuerySet[Offer]:
    return rows.filter(pk__in=queries.own_offers_on_show(person).order_by().values("pk"))


def _columns() -> list[Column]:
    return [
        Column("title", gettext_lazy("Angebot"), sort="search_key", href=_link),
        Column("provider", gettext_lazy("Anbieter"), value="provider.name", sort="provider__sort_key"),
        Column("topic", gettext_lazy("Thema"), value="topic.name", sort="topic__sort_key"),
        Column("level", gettext_lazy("Niveau"), value="get_level_display", sort="level"),
        Column("days", gettext_lazy("Tage"), kind="number", sort="days"),
        Column("places", gettext_lazy("Orte"), value=places_text),
        Column("price", gettext_lazy("Preis je Platz"), value=price_text, export=rules.price_from),
    ]


def _link(offer: Offer) -> str:
    return reverse("catalogue:detail", args=[offer.pk])


def places_text(offer: Offer) -> str:
    """Rooms and planned dates name places; online needs none."""
    places = {room.site.place for room in offer.venues.all()} | {day.place for day in offer.dates.all() if day.place}
    words = sorted(places)
    if offer.online:
        words.append(_("online"))
    return ", ".join(words) or _("nach Absprache")


def price_text(offer: Offer) -> str:
    cents = rules.price_from(offer)
    return _("auf Anfrage") if cents is None else _("ab %(price)s") % {"price": euro_text(cents)}
