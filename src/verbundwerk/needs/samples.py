"""An example list, so that nobody starts with an empty sheet."""

from django.utils.translation import gettext as _

from verbundwerk.base.tables import Column, Table

from .columns import FIELDS

SHOWN = ("topic_text", "seats", "window_from", "window_until", "place", "shift", "format", "budget_cents", "details")
EXAMPLES = [
    ("HV-Schulung Stufe 2", "2-3", "März 2027", "Juni 2027", "31224 Peine", "Frühschicht", "Präsenz", "600", ""),
    ("SPS-Grundlagen", "4", "sofort", "Q2/27", "Salzgitter", "2-Schicht", "egal", "ca. 900 €", "Neue Anlage ab Herbst"),
    ("Staplerschein", "5", "", "KW 20", "BS", "Tag", "Präsenz", "", ""),
]


def sample_table() -> Table:
    columns = [Column(name, FIELDS[name].label) for name in SHOWN]
    rows = [dict(zip(SHOWN, example, strict=True)) for example in EXAMPLES]
    return Table(caption=_("Bedarfsliste"), columns=columns, rows=rows)
