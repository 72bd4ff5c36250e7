from datetime import date, timedelta

import pytest

from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network import flow, queries

from . import make

pytestmark = pytest.mark.django_db
AT = make.AT


def test_an_organisation_belongs_to_two_alliances_and_leaves_one():
    first, second = make.alliance(), make.alliance()
    firm = make.organisation(alliance=first)
    flow.join_alliance(firm, second, by=None, at=AT)
    flow.leave_alliance(firm, first, by=None, at=AT + timedelta(days=30))
    assert [one.organisation for one in queries.members_of(second, date(2020, 3, 1))] == [firm]
    assert not queries.members_of(first, date(2020, 3, 1))
    with pytest.raises(Refused):
        flow.leave_alliance(firm, first, by=None, at=AT)


def test_an_organisation_has_one_name_in_any_spelling():
    make.organisation(name="Kessel & Söhne")
    with pytest.raises(Refused, match="gibt es schon"):
        make.organisation(name="KESSEL & SÖHNE".capitalize())


def test_every_verb_writes_one_journal_line_and_no_name():
    before = JournalEntry.objects.count()
    person = make.person(name="Geheime Person")
    flow.change_own_profile(name="Andere Person", phone="05171 1", language="en", by=person, at=AT)
    lines = JournalEntry.objects.order_by("pk")[before:]
    assert [line.verb for line in lines] == ["person.welcomed", "person.changed"]
    assert "Person" not in str([line.details for line in lines])
