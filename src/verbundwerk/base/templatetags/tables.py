from django import template

from ..tables import Table

register = template.Library()


@register.inclusion_tag("base/parts/table.html")
def data_table(table: Table) -> dict[str, Table]:
    """A declared table: search and filters, count, the table itself, pages, downloads."""
    return {"table": table}


@register.inclusion_tag("base/parts/table_downloads.html")
def table_downloads(table: Table) -> dict[str, Table]:
    return {"table": table}
