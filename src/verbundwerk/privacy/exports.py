"""The retention table as people read it, on the page and as a file."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.tables import Column, Table

from . import queries


def kept_table(params: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Was wir wozu und wie lange aufbewahren"),
        columns=[
            Column("what", _("Was")),
            Column("purpose", _("Wozu")),
            Column("how_long", _("Wie lange")),
            Column("then", _("Danach")),
            Column("ground", _("Rechtsgrundlage")),
            Column(
                "fields", _("Felder"), value=lambda one: ", ".join(one.fields)
            ),  # for the processing register; too technical for the page
        ],
        rows=queries.kept_lines(),
        params=params,
        per_page=100,
        downloads={"csv": reverse("privacy:kept_csv")},
    )


def as_markdown() -> str:
    """The table as it stands in the handbook; a test keeps the two together."""
    head = [_("Was"), _("Wozu"), _("Wie lange"), _("Danach"), _("Rechtsgrundlage")]
    lines = [(one.what, one.purpose, one.how_long, one.then, one.ground) for one in queries.kept_lines()]
    rows: list[Sequence[object]] = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)
