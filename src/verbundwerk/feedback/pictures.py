"""Answers as pictures: means as bars, a group as bands, one's own levels."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from verbundwerk.base.charts import Bar, BarChart, Range, RangeChart
from verbundwerk.base.figures import number_text
from verbundwerk.topics.terms import Level

from .models import SelfCheck
from .terms import SCALE

STEPS = [(one.value, one.label) for one in Level]


def means(found: Sequence[tuple[str, float | None]]) -> BarChart:
    """Statements too few have answered stand there without a bar."""
    bars = [Bar(label, value or 0, _value(value)) for label, value in found]
    return BarChart(_("Mittelwerte"), bars, _("Mittel von 1 bis 5"), _("Aussage"), maximum=SCALE[-1])


def _value(value: float | None) -> str:
    return _("zu wenige Antworten") if value is None else number_text(value, 1)


def group(bands: Sequence[tuple[str, int, int]]) -> RangeChart:
    rows = [Range(item, low, high) for item, low, high in bands]
    return RangeChart(_("Wo die Mitte der Gruppe steht"), rows, STEPS)


def own_levels(check: SelfCheck) -> RangeChart:
    rows = [Range(item, level, level) for item, level in zip(check.ticket.round.items, check.levels, strict=True)]
    return RangeChart(_("Ihr Selbst-Check"), rows, STEPS)
