from datetime import date
from itertools import product

import pytest
from django.http import Http404

from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.needs import queries, rules
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Source
from verbundwerk.network.models import Person
from verbundwerk.network.terms import Role
from verbundwerk.topics.tests import make as topics

from . import make

pytestmark = pytest.mark.django_db


def seen_by(person):
    return set(queries.needs_visible_to(person))


def test_the_list_and_the_rule_agree_for_every_role_state_and_source():
    firm, other = make.firm(), make.firm()
    people = [make.person(role, firm) for role in Role] + [make.person(None)]
    needs = [
        make.need(organisation=at, state=state, source=source, raised_by=by)
        for at, state, source in product([firm, other], NeedState, [Source.HR, Source.WORKS_COUNCIL, Source.MENTOR])
        for by in [people[0], None]
    ]
    mine = [make.need(organisation=firm, state="draft", source=Source.MENTOR, raised_by=one) for one in people]
    for one in people:
        fresh = Person.objects.get(pk=one.pk)
        allowed = {need for need in [*needs, *mine] if rules.may_know_of(need, fresh)}
        assert seen_by(fresh) == allowed, one.mandates.first()


def test_another_firms_planner_gets_404():
    need = make.need(state="submitted")
    with pytest.raises(Http404):
        queries.need_for(make.person(Role.HR), need.pk)


def test_a_works_councils_draft_stays_its_own_until_handed_in():
    firm = make.firm()
    hr, council = make.person(Role.HR, firm), make.person(Role.WORKS_COUNCIL, firm)
    need = make.need(organisation=firm, source=Source.WORKS_COUNCIL, raised_by=council)
    assert seen_by(hr) == set()
    assert seen_by(council) == {need}
    Need.objects.update(state="submitted")
    assert seen_by(hr) == {need}


def test_the_coordination_sees_everything_but_other_peoples_drafts():
    draft, submitted = make.need(), make.need(state="submitted")
    assert seen_by(make.coordinator()) == {submitted}
    assert draft not in seen_by(make.coordinator())


def test_whoever_left_the_firm_no_longer_sees_its_needs():
    firm = make.firm()
    person = make.person(Role.MENTOR, firm)
    make.need(organisation=firm, raised_by=person)
    person.mandates.update(until_on=date(2026, 1, 1))
    assert seen_by(Person.objects.get(pk=person.pk)) == set()


def test_poolable_is_what_waits_for_partners_and_has_a_topic():
    topic = topics.topic()
    ready = make.need(state="in_pool", topic=topic)
    make.need(state="checked", topic=topic)
    make.need(state="in_pool")
    assert list(queries.poolable()) == [ready]


def test_three_firms_looking_for_the_same_as_mine_are_told_in_bands():
    topic = topics.topic()
    mine = make.need(state="in_pool", topic=topic, seats=3)
    for seats in (5, 4, 3):
        make.need(state="in_pool", topic=topic, seats=seats)
    assert queries.others_like(mine) is None, "nothing is said before the week's snapshot"
    snapshot()
    others = queries.others_like(mine)
    assert (str(others.firms), str(others.seats)) == ("3–5", "11–15")


@pytest.mark.parametrize("seats", [(5, 5), (18, 1, 1)])
def test_two_firms_or_one_large_one_are_never_told(seats):
    topic = topics.topic()
    mine = make.need(state="in_pool", topic=topic)
    for one in seats:
        make.need(state="in_pool", topic=topic, seats=one)
    snapshot()
    assert queries.others_like(mine) is None


def test_confidential_needs_and_walled_firms_do_not_count():
    topic = topics.topic()
    mine = make.need(state="in_pool", topic=topic)
    make.need(state="in_pool", topic=topic, seats=5)
    make.need(state="in_pool", topic=topic, seats=4)
    make.need(state="in_pool", topic=topic, seats=4, confidentiality="confidential")
    walled = make.need(state="in_pool", topic=topic, seats=4)
    walled.hidden_from.add(mine.organisation)
    snapshot()
    assert queries.others_like(mine) is None


def test_the_trail_says_what_is_done_and_what_comes():
    need = make.need(state="in_pool")
    steps = queries.trail(need)
    assert [step.state for step in steps] == ["done", "done", "done", "now", "ahead", "ahead", "ahead"]


def test_the_trail_of_a_withdrawn_need_ends_with_the_reason():
    need = make.need(state="withdrawn", reason="Auftrag weg")
    last = queries.trail(need)[-1]
    assert (last.state, last.detail) == ("stopped", "Auftrag weg")
