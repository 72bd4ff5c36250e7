"""Nothing changes without a line, and no line ever changes."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string

from verbundwerk.journal import queries, terms
from verbundwerk.journal.flow import record
from verbundwerk.journal.models import JournalEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Person:
    def __init__(self):
        self.pk = uuid4()


class Thing:
    """Stands for any stored thing: the journal asks it for its id and its kind only."""

    _meta = SimpleNamespace(label_lower="needs.need")

    def __init__(self):
        self.pk = uuid4()


def test_a_line_says_who_did_what_to_what_and_when():
    anna, need = Person(), Thing()
    record(anna, "need.withdrawn", need, at=AT, reason="x")
    line = queries.history_of(need).get()
    assert (line.actor, line.verb, line.subject, line.at, line.details) == (
        anna.pk, "need.withdrawn", need.pk, AT, {"reason": "x"},
    )  # fmt: skip


def test_our_own_code_cannot_change_or_delete_a_line():
    line = record(None, "need.expired", Thing(), at=AT)
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()


@pytest.mark.parametrize("column", ["verb", "actor", "details", "at"])
def test_the_database_itself_refuses_to_rewrite_a_line(column):
    record(None, "need.expired", Thing(), at=AT)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        JournalEntry.objects.update(**{column: {"verb": "x", "actor": uuid4(), "details": {}, "at": AT}[column]})
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_journalentry SET verb = 'nothing'")
    assert JournalEntry.objects.get().verb == "need.expired"


def test_a_history_is_read_newest_first_with_the_names_one_may_know(monkeypatch):
    monkeypatch.setattr(terms, "_said", {"need.submitted": "Bedarf gemeldet"})
    anna, stranger, need = Person(), Person(), Thing()
    record(anna, "need.submitted", need, at=AT)
    record(stranger, "need.pooled", need, at=AT + timedelta(hours=1))
    record(None, "need.expired", need, at=AT + timedelta(hours=2))
    lines = queries.told(need, names=lambda ids: {anna.pk: "Anna"} if anna.pk in ids else {})
    assert [(one.what, one.who, one.by_the_house) for one in lines] == [
        ("Eintrag „need.expired“", "", True),
        ("Eintrag „need.pooled“", "", False),
        ("Bedarf gemeldet", "Anna", False),
    ]


def test_the_history_of_one_thing_holds_nothing_of_another():
    need, other = Thing(), Thing()
    record(None, "need.submitted", other, at=AT)
    assert queries.told(need, names=lambda ids: {}) == []


def test_a_history_can_be_shown():
    need = Thing()
    record(None, "need.<expired>", need, at=AT)
    page = render_to_string("journal/parts/history.html", {"lines": queries.told(need, names=lambda ids: {})})
    assert "need.&lt;expired&gt;" in page
    assert "automatisch" in page
    assert "Noch ist nichts" in render_to_string("journal/parts/history.html", {"lines": []})
