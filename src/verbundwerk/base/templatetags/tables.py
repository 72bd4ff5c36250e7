from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..tables import Cell, Table

register = template.Library()


@register.inclusion_tag("base/parts/table.html")
def data_table(table: Table) -> dict[str, Table]:
    """A declared table: search and filters, count, the table itself, pages, downloads."""
    return {"table": table}


@register.inclusion_tag("base/parts/table_downloads.html")
def table_downloads(table: Table) -> dict[str, Table]:
    return {"table": table}


@register.simple_tag
def table_cells(line: Sequence[Cell]) -> SafeString:
    """The cells of one row, the first as its head. Written out at once: long lists have hundreds of them."""
    head, *others = line
    cells = [_drawn(head, "th", "rowheader", SafeString(' scope="row"')), *(_drawn(one) for one in others)]
    return mark_safe("".join(cells))  # noqa: S308 - every part was escaped when it was made


def _drawn(cell: Cell, name: str = "td", role: str = "cell", scope: str = "") -> SafeString:
    return format_html(
        '<{0}{1} role="{2}" class="table-cell{3}"><span class="table-label" aria-hidden="true">{4}</span>'
        '<span class="table-value">{5}</span></{0}>',
        SafeString(name),
        scope,
        role,
        " table-numeric" if cell.column.numeric else "",
        cell.column.label,
        _marked(cell) if cell.late else _value(cell),
    )


def _marked(cell: Cell) -> SafeString:
    return format_html('{} <span class="table-state table-state-danger">{}</span>', _value(cell), _("überfällig"))


def _value(cell: Cell) -> SafeString | str:
    if cell.href:
        return format_html('<a href="{}">{}</a>', cell.href, cell.text)
    if cell.column.kind == "state":
        return format_html('<span class="table-state table-state-{}">{}</span>', cell.tone, cell.text)
    if cell.machine_time:
        return format_html('<time datetime="{}">{}</time>', cell.machine_time, cell.text)
    return cell.text
