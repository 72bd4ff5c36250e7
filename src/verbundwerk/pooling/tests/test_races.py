"""Several firms press at the same moment. First the control that shows that the race is real, then our way."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from verbundwerk.base import jobs
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.pooling import flow, planner, queries, rules
from verbundwerk.pooling.models import Plan, Pool, PoolMember
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.tests import make
from verbundwerk.post.models import Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FIRMS = 6


def at_once(jobs):
    """Runs every job in a thread of its own, all starting together; returns what each answered or raised."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait(10)
            return job()
        except (Refused, AlreadyMoved) as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


def told(pool):
    return Letter.objects.filter(key__startswith="pooling.threshold").count()


def nearly_there(**fields):
    """Three seats of three firms are enough, so with six firms several words could be the decisive one."""
    pool = make.committing(firms=FIRMS, seats=1, seats_min=3, seats_max=15, firms_min=3, **fields)
    firms = make.firms_of(pool)
    people = [make.speaker(firm) for firm in firms]
    return pool, firms, people


def test_control_reading_first_and_writing_later_tells_the_firms_more_than_once():
    """What would happen without lock and compare-and-set: several find the threshold not yet told."""
    pool, firms, people = nearly_there()
    for firm, person in zip(firms, people, strict=True):
        make.commitment(pool_of=pool, organisation=firm, made_by=person, limit_cents=300_000)
    everybody_has_read = Barrier(4)

    def naive():
        seen = Pool.objects.get(pk=pool.pk)
        now = planner.standing_of(seen, queries.chosen_bid(seen), queries.standing_commitments(seen))
        everybody_has_read.wait(10)
        if seen.threshold_at is None and now.reached:
            Pool.objects.filter(pk=seen.pk).update(threshold_at=make.AT)
            return "told"
        return "silent"

    assert at_once([naive] * 4).count("told") > 1


def test_however_many_commit_at_once_the_threshold_is_told_once():
    pool, firms, people = nearly_there()

    def word(firm, person):
        return lambda: flow.commit(
            Pool.objects.get(pk=pool.pk), firm, limit_cents=300_000, low=1, high=2, by=person, at=make.AT
        )

    answers = at_once([word(*pair) for pair in zip(firms, people, strict=True)])
    assert not [one for one in answers if isinstance(one, Exception)]
    assert told(pool) == FIRMS
    assert pool.commitments.count() == FIRMS


def test_when_seats_are_scarce_nobody_gets_one_too_many():
    pool, firms, people = nearly_there()
    Pool.objects.filter(pk=pool.pk).update(seats_max=7)

    def word(firm, person):
        return lambda: flow.commit(
            Pool.objects.get(pk=pool.pk), firm, limit_cents=300_000, low=1, high=2, by=person, at=make.AT
        )

    at_once([word(*pair) for pair in zip(firms, people, strict=True)])
    pool.refresh_from_db()
    flow.close_commitments(pool, by=make.office(), at=make.AT)
    met = queries.seats_met(pool)
    assert sum(one.seats for one in met) == 7
    assert all(one.price_cents <= one.limit_cents for one in met)


def test_withdrawing_and_reaching_the_threshold_never_both_succeed():
    for _ in range(5):
        pool, firms, people = nearly_there()
        first = flow.commit(pool, firms[0], limit_cents=300_000, low=1, high=1, by=people[0], at=make.AT)
        flow.commit(pool, firms[1], limit_cents=300_000, low=1, high=1, by=people[1], at=make.AT)

        def join(pool=pool, firm=firms[2], person=people[2]):
            return flow.commit(
                Pool.objects.get(pk=pool.pk), firm, limit_cents=300_000, low=1, high=1, by=person, at=make.AT
            )

        at_once([join, lambda first=first, by=people[0]: flow.withdraw_commitment(first, by=by, at=make.AT)])
        pool.refresh_from_db()
        words = queries.standing_commitments(pool)
        assert (pool.threshold_at is not None) == (len(words) == 3)


def test_two_office_workers_accept_the_same_proposal_and_one_pool_comes_of_it():
    proposal = make.proposal()
    office = [make.office(), make.office()]
    answers = at_once([lambda by=by: flow.accept_proposal(proposal, by=by, at=make.AT) for by in office])
    assert sum(isinstance(one, Pool) for one in answers) == 1
    assert Pool.objects.count() == 1


def test_two_proposals_with_the_same_need_become_one_pool():
    first = make.proposal()
    shared = [member.need for member in first.members.all()]
    second = make.proposal(offer=first.offer, needs=shared)
    by = make.office()
    answers = at_once([lambda one=one: flow.accept_proposal(one, by=by, at=make.AT) for one in (first, second)])
    assert sum(isinstance(one, Pool) for one in answers) == 1


def test_pools_opened_at_once_have_different_numbers():
    proposals, by = [make.proposal() for _ in range(4)], make.office()
    answers = at_once([lambda one=one: flow.accept_proposal(one, by=by, at=make.AT) for one in proposals])
    assert len({pool.number for pool in answers}) == 4


def test_closing_twice_at_once_locks_the_price_once():
    pool, firms, people = nearly_there()
    for firm, person in zip(firms, people, strict=True):
        flow.commit(pool, firm, limit_cents=300_000, low=1, high=2, by=person, at=make.AT)
    office = [make.office(), make.office()]
    answers = at_once(
        [lambda by=by: flow.close_commitments(Pool.objects.get(pk=pool.pk), by=by, at=make.AT) for by in office]
    )
    pool.refresh_from_db()
    assert pool.state == PoolState.CAME_ABOUT
    assert sum(isinstance(one, Pool) for one in answers) == 1


def test_control_looking_first_and_asking_later_gives_two_plans():
    """What would happen without the turn the database gives: both see that nothing runs."""
    both_have_looked = Barrier(2)
    office = make.office()

    def naive():
        free = not queries.unfinished_plans().exists()
        both_have_looked.wait(10)
        return make.plan(requested_by=office).pk if free else None

    at_once([naive] * 2)
    assert Plan.objects.count() == 2


def test_two_coordinators_who_press_at_once_get_one_plan(monkeypatch):
    monkeypatch.setattr(jobs, "enqueue", lambda *what: None)  # tests calculate at once; here it has to be waiting
    people = [make.office() for _ in range(4)]
    answers = at_once([lambda by=by: flow.request_plan(by=by, at=make.AT) for by in people])
    assert sum(isinstance(one, Plan) for one in answers) == 1
    assert sum(isinstance(one, Refused) for one in answers) == 3
    assert Plan.objects.count() == 1


def almost_full():
    """Three seats are free; of two plans each wants to add two people."""
    pool = make.pool_with_firms(firms=3, seats=3, seats_max=12)
    return pool, [make.proposal(firms=1, seats=2, grows=pool) for _ in range(2)]


def seats_in(pool):
    return sum(member.seats for member in pool.members.all())


def test_control_counting_first_and_adding_later_puts_too_many_into_a_pool():
    pool, proposals = almost_full()
    everybody_has_read = Barrier(2)

    def naive(proposal):
        needs = [row.need for row in proposal.members.select_related("need")]
        verdict = rules.may_grow(pool, queries.members_of(pool), needs, proposal.seats)
        everybody_has_read.wait(10)
        if verdict:
            PoolMember.objects.create(pool=pool, need=needs[0], seats=proposal.seats)

    at_once([lambda one=one: naive(one) for one in proposals])
    assert seats_in(pool) > pool.seats_max


def test_two_who_add_to_a_pool_at_once_never_fill_it_beyond_its_seats():
    pool, proposals = almost_full()
    office = [make.office(), make.office()]

    def add(proposal, person):
        return lambda: flow.accept_proposal(proposal, by=person, at=make.AT)

    answers = at_once([add(*pair) for pair in zip(proposals, office, strict=True)])
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert seats_in(pool) == 11
