"""One's own data to take along: readable by people and by other programs (GDPR Art. 15 and 20)."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.downloads import harmless
from verbundwerk.network.models import Person

from .queries_own import Row, own_data

KINDS: dict[str, str | Promise] = {
    "account": _("Konto"),
    "mandates": _("Rollen"),
    "seats": _("Kurse, für die ich benannt bin"),
    "attendance": _("Anwesenheit"),
    "certificates": _("Bescheinigungen"),
    "wishes": _("Meine Wünsche"),
    "feedback": _("Rückmeldungen zu Kursen"),
    "talks": _("Gespräche, die ich festgehalten habe"),
    "needs": _("Bedarfe, die ich gemeldet habe"),
    "letters": _("E-Mails an mich"),
    "looks": _("Wer auf meine Daten geschaut hat"),
}


def as_json(person: Person) -> str:
    return json.dumps(own_data(person), ensure_ascii=False, indent=2, default=_plain)


def as_zip(person: Person) -> bytes:
    """The same, and one table for each kind of thing for whoever opens spreadsheets."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meine-daten.json", as_json(person))
        for name, rows in own_data(person).items():
            if rows:
                archive.writestr(f"{name}.csv", "\ufeff" + _table(rows))
    return packed.getvalue()


def _table(rows: Iterable[Row]) -> str:
    rows = list(rows)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(rows[0])
    writer.writerows([[_cell(value) for value in row.values()] for row in rows])
    return written.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return harmless(json.dumps(value, ensure_ascii=False))
    return harmless("" if value is None else str(_plain(value)))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value if isinstance(value, str | int) else str(value)
