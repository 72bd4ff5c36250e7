"""The one function that decides what may be said about several firms at once. Pure: values in, values out.

`told_seats` answers for one figure, `protect` for a table with margins, `this_week` for what is published week by
week. Everything about several firms passes one of the three before anybody sees it. README.md says the rules in words.
"""

from .bands import BANDS, Band, band
from .contributions import Contribution, Level, Scope, counted, under_roofs
from .groups import GROUP_BANDS, LEAST_ROOM, SMALLEST_GROUP, shown_groups
from .places import told_places
from .suppression import Protected, protect
from .tables import TOTAL, Figure, Table, cell, column, line, row
from .thresholds import (
    LARGEST_SHARE,
    MINIMUM_FIRMS,
    TWO_LARGEST_SHARE,
    disclosed_seats,
    may_be_shown,
    protection,
    told_seats,
)
from .weekly import Memory, Part, Word, enough_changed, this_week

__all__ = [
    "BANDS",
    "GROUP_BANDS",
    "LARGEST_SHARE",
    "LEAST_ROOM",
    "MINIMUM_FIRMS",
    "SMALLEST_GROUP",
    "TOTAL",
    "TWO_LARGEST_SHARE",
    "Band",
    "Contribution",
    "Figure",
    "Level",
    "Memory",
    "Part",
    "Protected",
    "Scope",
    "Table",
    "Word",
    "band",
    "cell",
    "column",
    "counted",
    "disclosed_seats",
    "enough_changed",
    "line",
    "may_be_shown",
    "protect",
    "protection",
    "row",
    "shown_groups",
    "this_week",
    "told_places",
    "told_seats",
    "under_roofs",
]
