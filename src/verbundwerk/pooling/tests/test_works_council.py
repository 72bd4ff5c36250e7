"""When commitments are asked for, the works council of each firm learns of it; no firm learns of another's."""

from datetime import timedelta

import pytest

from verbundwerk.codetermination.models import Case
from verbundwerk.network.terms import Role
from verbundwerk.pooling import flow
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.tests import make
from verbundwerk.post.models import Letter

pytestmark = pytest.mark.django_db


def test_each_works_council_reads_of_its_own_firm_when_commitments_open():
    pool = make.committing(state=PoolState.BID_CHOSEN)
    first, second, third = make.firms_of(pool)
    councils = [make.speaker(firm, Role.WORKS_COUNCIL) for firm in (first, second)]
    flow.open_commitments(pool, commit_until=make.AT.date() + timedelta(days=10), by=make.office(), at=make.AT)

    assert set(Case.objects.values_list("organisation", "subject")) == {(first.pk, pool.pk), (second.pk, pool.pk)}
    for council, firm in zip(councils, (first, second), strict=True):
        letter = Letter.objects.get(to=council.email)
        assert firm.name in letter.text
        assert not any(other.name in letter.text for other in (first, second, third) if other != firm)


def test_a_word_given_later_tells_nothing_twice():
    pool = make.committing()
    firm = make.firms_of(pool)[0]
    council = make.speaker(firm, Role.WORKS_COUNCIL)
    for low in (1, 2):
        flow.commit(pool, firm, limit_cents=90_000, low=low, high=3, by=make.speaker(firm), at=make.AT)
    assert Case.objects.count() == 1
    assert Letter.objects.filter(to=council.email, subject__startswith="Zur Kenntnis").count() == 1
