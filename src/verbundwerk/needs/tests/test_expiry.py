from datetime import date, timedelta

import pytest
from django.http import Http404

from verbundwerk.base import clock
from verbundwerk.needs import flow, queries
from verbundwerk.needs.models import Need
from verbundwerk.network.terms import Role
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture
def firm():
    return make.firm()


def soon(firm, hr, days=20, **fields):
    return make.need(
        organisation=firm, raised_by=hr, state="in_pool", expires_on=make.TODAY + timedelta(days=days), **fields
    )


def test_thirty_days_before_the_person_is_asked_once(firm, hr):
    need = soon(firm, hr)
    with clock.stopped(AT):
        assert flow.ask_before_expiry(AT) == 1
        assert flow.ask_before_expiry(AT) == 0
    letter = Letter.objects.get()
    assert letter.to == hr.email
    assert need.label in letter.text
    assert "am Mi., 2. Dezember 2026 ab" in letter.text


def test_who_was_asked_late_still_gets_thirty_days(firm, hr):
    need = soon(firm, hr, days=-40)
    flow.ask_before_expiry(AT)
    assert flow.expire_needs(AT + timedelta(days=29)) == 0
    assert flow.expire_needs(AT + timedelta(days=31)) == 1
    need.refresh_from_db()
    assert need.state == "expired"


def test_nothing_expires_without_having_been_asked(firm, hr):
    soon(firm, hr, days=-400)
    assert flow.expire_needs(AT) == 0


def test_a_kept_need_does_not_expire(firm, hr):
    need = soon(firm, hr)
    flow.ask_before_expiry(AT)
    flow.keep_need(need, by=hr, at=AT)
    assert flow.expire_needs(AT + timedelta(days=60)) == 0


def test_a_bundled_need_is_left_in_peace(firm, hr):
    need = soon(firm, hr)
    Need.objects.filter(pk=need.pk).update(state="bundled")
    assert flow.ask_before_expiry(AT) == 0


def test_when_the_person_has_left_the_firm_is_asked(firm, hr):
    gone = make.person(Role.HR, firm)
    gone.mandates.update(until_on=date(2026, 1, 1))
    soon(firm, gone)
    flow.ask_before_expiry(AT)
    assert [letter.to for letter in Letter.objects.all()] == [hr.email]


def test_the_link_of_the_letter_opens_exactly_this_need(firm, hr):
    need = soon(firm, hr)
    found, person = queries.letter_for(queries.letter_token(need, hr))
    assert (found, person) == (need, hr)
    with pytest.raises(Http404):
        queries.letter_for("made:up:link")


def test_the_link_of_somebody_who_left_opens_nothing(firm, hr):
    token = queries.letter_token(soon(firm, hr), hr)
    hr.mandates.update(until_on=date(2026, 1, 1))
    with pytest.raises(Http404):
        queries.letter_for(token)
