"""The lists of this room, on the page and as files: what is kept, and who looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.retention import Kept
from verbundwerk.base.tables import Column, Filter, Table
from verbundwerk.network.terms import Role

from . import queries
from .models import Forgetting, Look
from .terms import ROOMS, page_text


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


# --- who looked ------------------------------------------------------------------------
def own_looks_table(person: Any, params: Mapping[str, str]) -> Table:
    return _looks(_("Wer auf meine Daten geschaut hat"), queries.looks_at_person(person), params)


def firm_looks_table(person: Any, params: Mapping[str, str]) -> Table:
    table = _looks(_("Wer auf Daten unserer Organisation geschaut hat"), queries.looks_at_firm(person), params)
    table.columns = [*table.columns, Column("people", _("Personen"), value=lambda one: listed(one.people))]
    table.downloads = {"csv": reverse("privacy:firm_looks_csv")}
    return table


def all_looks_table(person: Any, params: Mapping[str, str]) -> Table:
    table = _looks(_("Alle Einsichten"), queries.all_looks(person), params)
    whose = Column("whose", _("Person"), value=_whose)
    table.columns = [*table.columns, Column("firm", _("Organisation"), value=_firm), whose]
    table.search = ("who", "firm", "whose")
    table.downloads = {"csv": reverse("privacy:all_looks_csv")}
    return table


def _looks(caption: Any, rows: Any, params: Mapping[str, str]) -> Table:
    return Table(
        caption=caption,
        columns=[
            Column("at", _("Wann"), kind="datetime", sort="at"),
            Column("who", _("Wer"), value=lambda one: one.who or _("nicht mehr bekannt")),
            Column("role", _("In welcher Rolle"), value="get_role_display"),
            Column("page", _("Was für eine Seite"), value=lambda one: page_text(one.page)),
        ],
        rows=rows,
        params=params,
        filters=[
            Filter("role", _("Rolle"), Role.choices, "role"),
            Filter("room", _("Worum es ging"), list(ROOMS.items()), _in_room),
            Filter("since", _("Zeitraum"), [("7", _("letzte 7 Tage")), ("30", _("letzte 30 Tage"))], _lately),
        ],
        order="-at",
        empty=_("Hier hat noch niemand von außen hingeschaut."),
    )


def _whose(one: Any) -> str:
    """Whoever stood in a list of many was not looked at alone."""
    if not one.people:
        return one.whose or ""
    text = _("%(name)s, in einer %(list)s") % {"name": one.whose, "list": listed(one.people)}
    return str(text) if one.whose else listed(one.people)


def listed(people: int) -> str:
    return gettext("Liste mit %(n)d Personen") % {"n": people} if people else ""


def _firm(one: Any) -> str:
    return str(one.firm or ("" if one.person else _("Liste über mehrere Organisationen")))


def _in_room(rows: QuerySet[Look], room: str) -> QuerySet[Look]:
    return rows.filter(page__startswith=f"{room}:")


def _lately(rows: QuerySet[Look], days: str) -> QuerySet[Look]:
    return rows.filter(at__gte=clock.now() - timedelta(days=int(days)))


# --- what was forgotten ------------------------------------------------------------------
def deletions_table(params: Mapping[str, str]) -> Table:
    rows = queries.deletions()
    lines = {one.line.key: one.line.what for one in rows if one.line}
    return Table(
        caption=_("Löschprotokoll"),
        columns=[
            Column("on", _("Wann"), kind="date", sort="on"),
            Column("what", _("Was"), value=lambda one: one.line.what if one.line else _("früher aufbewahrte Angabe")),
            Column("rule", _("Regel: Wie lange")),
            Column("then", _("Danach"), value=lambda one: one.line.then if one.line else ""),
            Column("count", _("Einträge"), kind="number", sort="count"),
        ],
        rows=rows,
        params=params,
        filters=[
            Filter("what", _("Was"), sorted(lines.items(), key=lambda one: str(one[1])), _of_line),
            Filter(
                "since", _("Zeitraum"), [("30", _("letzte 30 Tage")), ("365", _("letzte 12 Monate"))], _deleted_since
            ),
        ],
        order="-on",
        empty=_("Bisher war noch nichts zu löschen."),
        downloads={"csv": reverse("privacy:deletions_csv")},
    )


def _of_line(rows: Sequence[queries.Deletion], key: str) -> list[queries.Deletion]:
    return [one for one in rows if one.line and one.line.key == key]


def _deleted_since(rows: Sequence[queries.Deletion], days: str) -> list[queries.Deletion]:
    first = clock.today() - timedelta(days=int(days))
    return [one for one in rows if one.on >= first]


def forgotten_table(params: Mapping[str, str]) -> Table:
    done = queries.forgettings()
    return Table(
        caption=_("Stand der Fristen"),
        columns=[
            Column("what", _("Was"), value="line.what"),
            Column("how_long", _("Wie lange"), value="line.how_long"),
            Column("checked", _("Zuletzt geprüft"), value=lambda row: row.done and row.done.done_on, kind="date"),
            Column("last", _("Zuletzt gelöscht"), value=lambda row: row.done and row.done.last_at, kind="datetime"),
            Column("total", _("Einträge bisher"), value=lambda row: row.done.total if row.done else 0, kind="number"),
        ],
        rows=[Worked(one, done.get(one.goes_with or one.key)) for one in queries.kept_lines()],
        params=params,
        filters=[Filter("zeige", _("Zeigen"), LINES, _only)],
        per_page=100,
    )


LINES = [("behind", _("heute noch zu prüfen")), ("emptied", _("schon etwas gelöscht"))]


def _only(rows: Sequence["Worked"], chosen: str) -> list["Worked"]:
    lines = queries.lines_behind(clock.today()) if chosen == "behind" else queries.lines_forgotten()
    keys = {one.key for one in lines}
    return [row for row in rows if row.line.key in keys]


@dataclass(frozen=True)
class Worked:
    """A line of the retention table and how far it has been worked off, or the line it goes with."""

    line: Kept
    done: Forgetting | None
