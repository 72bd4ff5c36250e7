from django import template

from ..charts import Chart

register = template.Library()


@register.inclusion_tag("base/parts/chart.html")
def chart(chart: Chart, heading: bool = True) -> dict[str, object]:
    """The picture, its legend, and its numbers as a table to unfold. `heading=False` where the page already says it."""
    heads, lines = chart.table()
    legend = [(chart.swatch(entry), entry.label) for entry in chart.legend()]
    return {"chart": chart, "heading": heading, "heads": heads, "lines": lines, "legend": legend}
