"""„Dabei bis … €“: nobody above the limit, told once, bound from the threshold on."""

from datetime import date, timedelta

import pytest

from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.states import NeedState
from verbundwerk.network.terms import Role
from verbundwerk.pooling import flow, papers, planner, queries, rules
from verbundwerk.pooling.states import CommitmentState, PoolState
from verbundwerk.pooling.tests import make
from verbundwerk.post.models import Letter

pytestmark = pytest.mark.django_db
AFTER = make.AT + timedelta(days=30)


def word(pool, firm, euros, low, high, *, by=None, at=make.AT):
    by = by or make.speaker(firm)
    return flow.commit(pool, firm, limit_cents=euros * 100, low=low, high=high, by=by, at=at)


def letters(occasion):
    return Letter.objects.filter(key__startswith=f"pooling.{occasion}")


def gap_of(pool):
    """What the office reads."""
    return papers.gap_of(planner.standing_of(pool, queries.chosen_bid(pool), queries.standing_commitments(pool)))


class TestACascade:
    """domain 7.1: (4,800 + 60 n) / n, at least 8 of 15 seats."""

    WORDS = ((700, 4), (520, 3), (480, 2), (430, 2), (900, 1), (380, 3))

    def commit_all(self, seats_of_a):
        pool = make.committing(firms=6)
        firms = make.firms_of(pool)
        for (euros, wanted), firm in zip(self.WORDS, firms, strict=True):
            seats = seats_of_a if firm == firms[0] else wanted
            word(pool, firm, euros, seats, seats)
        return pool, firms

    def test_with_fifteen_seats_all_are_in_at_380_euros(self):
        pool, firms = self.commit_all(4)
        flow.close_commitments(pool, by=make.office(), at=AFTER)
        assert pool.state == PoolState.CAME_ABOUT
        assert pool.price_cents == 38_000
        seats = {one.organisation_id: one.seats for one in queries.seats_met(pool)}
        assert [seats[firm.pk] for firm in firms] == [4, 3, 2, 2, 1, 3]

    def test_one_seat_less_and_the_gap_is_named_before_anybody_is_dropped(self):
        pool, _firms = self.commit_all(3)
        flow.close_commitments(pool, by=make.office(), at=AFTER)
        assert pool.state == PoolState.GAP
        assert set(queries.commitments_of(pool)) == set(pool.commitments.filter(state=CommitmentState.STANDING))
        told = " ".join(gap_of(pool))
        assert "68,58" in told  # 68.57 and a bit, rounded up; for the office
        assert "22,86" in told

    def test_nobody_but_the_firm_itself_reads_how_far_its_limit_is_from_the_price(self):
        pool, firms = self.commit_all(3)
        flow.close_commitments(pool, by=make.office(), at=AFTER)
        told = {letter.to for letter in letters("gap") if "22,86" in letter.text}
        assert told == set(firms[5].mandates.values_list("person__email", flat=True))
        assert not any("68,58" in letter.text for letter in letters("gap"))


def test_nobody_pays_more_than_the_limit_even_by_the_rounding():
    pool = make.committing(firms=3, seats_min=7, seats_max=7)  # 5,220 / 7 = 745.71…
    for firm, seats in zip(make.firms_of(pool), (3, 2, 2), strict=True):
        word(pool, firm, 746, seats, seats)
    flow.close_commitments(pool, by=make.office(), at=AFTER)
    met = queries.seats_met(pool)
    assert {one.price_cents for one in met} == {74_572}
    assert all(one.price_cents <= one.limit_cents for one in met)


def test_at_the_threshold_every_firm_is_told_once():
    pool = make.committing(firms=4)
    firms = make.firms_of(pool)
    for firm in firms:
        make.speaker(firm)
    for firm in firms[:3]:
        word(pool, firm, 700, 3, 3)
    pool.refresh_from_db()
    assert pool.threshold_at == make.AT
    told = letters("threshold").count()
    assert told == 4 + 3  # one in each firm waited for post, three more spoke for their firms
    word(pool, firms[3], 700, 3, 3)
    assert letters("threshold").count() == told
    assert JournalEntry.objects.filter(verb="pool.threshold_reached").count() == 1


def test_the_letter_at_the_threshold_names_the_price_and_says_it_can_only_fall():
    pool = make.committing()
    for firm in make.firms_of(pool):
        word(pool, firm, 700, 3, 3)
    text = letters("threshold").first().text
    assert "593,34" in text
    assert "nur noch fallen" in text


def test_a_pool_with_a_need_kept_from_somebody_takes_nobody_from_outside_so_that_nobody_learns_who_is_meant():
    pool = make.committing(firms=3, published=True)
    meant, another = make.firm(), make.firm()
    pool.members.first().need.hidden_from.add(meant)
    for firm in (meant, another):
        with pytest.raises(Refused, match="nicht für weitere Betriebe geöffnet"):
            word(pool, firm, 900, 1, 2)


def test_nobody_finds_out_who_is_inside_by_keeping_a_need_of_their_own_from_them():
    pool = make.committing(firms=3, published=True)
    curious = make.firm()
    make.need(organisation=curious, hidden_from=make.firms_of(pool))
    assert word(pool, curious, 900, 1, 2).seats_high == 2


def test_before_the_threshold_nobody_reads_others_limits_from_the_price():
    pool = make.committing(firms=4)
    for firm in make.firms_of(pool)[:3]:
        word(pool, firm, 900, 1, 1)
    pool.refresh_from_db()
    assert not rules.price_is_told(pool)
    word(pool, make.firms_of(pool)[3], 900, 6, 6)
    pool.refresh_from_db()
    assert rules.price_is_told(pool)


def test_enough_seats_of_too_few_firms_are_not_enough():
    pool = make.committing(firms=2, seats_max=30)
    for firm in make.firms_of(pool):
        word(pool, firm, 900, 6, 6)
    pool.refresh_from_db()
    assert pool.threshold_at is None
    flow.close_commitments(pool, by=make.office(), at=AFTER)
    assert pool.state == PoolState.GAP
    assert "ein Betrieb" in " ".join(gap_of(pool))


def test_after_the_threshold_a_word_can_only_become_stronger():
    pool = make.committing()
    firms = make.firms_of(pool)
    for firm in firms:
        word(pool, firm, 700, 3, 3)
    with pytest.raises(Refused, match="nur noch erhöhen"):
        word(pool, firms[0], 600, 3, 3)
    with pytest.raises(Refused, match="verbindlich"):
        flow.withdraw_commitment(queries.commitment_of(pool, firms[0].pk), by=make.speaker(firms[0]), at=make.AT)
    stronger = word(pool, firms[0], 800, 3, 4)
    assert (stronger.limit_cents, stronger.seats_high) == (80_000, 4)


def test_before_the_threshold_a_firm_may_leave_and_come_back():
    pool = make.committing()
    firm = make.firms_of(pool)[0]
    by = make.speaker(firm)
    first = word(pool, firm, 700, 3, 3, by=by)
    flow.withdraw_commitment(first, by=by, at=make.AT)
    again = word(pool, firm, 650, 2, 3, by=by, at=make.AT + timedelta(hours=1))
    assert again.pk == first.pk
    assert again.state == CommitmentState.STANDING
    assert queries.standing_commitments(pool) == [again]


def test_a_better_word_keeps_its_place_but_more_seats_stand_behind():
    pool = make.committing()
    firm = make.firms_of(pool)[0]
    later = make.AT + timedelta(hours=2)
    word(pool, firm, 500, 2, 2)
    assert word(pool, firm, 600, 1, 2, at=later).made_at == make.AT
    assert word(pool, firm, 600, 1, 3, at=later).made_at == later


@pytest.mark.parametrize(("role", "allowed"), [(Role.HR, True), (Role.FOREMAN, False), (Role.WORKS_COUNCIL, False)])
def test_only_who_speaks_for_the_firm_commits_its_money(role, allowed):
    pool = make.committing()
    firm = make.firms_of(pool)[0]
    if allowed:
        assert word(pool, firm, 500, 1, 2, by=make.speaker(firm, role))
    else:
        with pytest.raises(Refused):
            word(pool, firm, 500, 1, 2, by=make.speaker(firm, role))


def test_a_firm_from_outside_joins_only_a_published_pool():
    pool, stranger = make.committing(), make.firm()
    with pytest.raises(Refused, match="nicht für weitere Betriebe"):
        word(pool, stranger, 700, 1, 1)
    pool = make.committing(published=True)
    assert word(pool, stranger, 700, 1, 1)


@pytest.mark.parametrize(("euros", "low", "high"), [(0, 1, 1), (500, 0, 1), (500, 3, 2), (500, 1, 16)])
def test_a_word_that_makes_no_sense_is_refused(euros, low, high):
    pool = make.committing()
    with pytest.raises(Refused):
        word(pool, make.firms_of(pool)[0], euros, low, high)


def test_after_the_last_day_nobody_commits():
    pool = make.committing()
    with pytest.raises(Refused, match="abgelaufen"):
        word(pool, make.firms_of(pool)[0], 700, 3, 3, at=AFTER)


def test_the_office_closes_early_only_when_everybody_has_answered():
    pool = make.committing()
    firms = make.firms_of(pool)
    word(pool, firms[0], 700, 3, 3)
    with pytest.raises(Refused, match="haben bis"):
        flow.close_commitments(pool, by=make.office(), at=make.AT)
    for firm in firms[1:]:
        word(pool, firm, 700, 3, 3)
    assert flow.close_commitments(pool, by=make.office(), at=make.AT).state == PoolState.CAME_ABOUT


def test_whoever_is_not_in_gets_the_need_back_and_a_letter():
    pool = make.committing(firms=4)
    firms = make.firms_of(pool)
    for firm in firms[:3]:
        word(pool, firm, 700, 3, 3)
    word(pool, firms[3], 100, 1, 1)
    flow.close_commitments(pool, by=make.office(), at=AFTER)
    states = {m.need.organisation_id: m.need.state for m in pool.members.select_related("need")}
    assert states[firms[3].pk] == NeedState.IN_POOL
    assert {states[firm.pk] for firm in firms[:3]} == {NeedState.BUNDLED}
    assert queries.commitment_of(pool, firms[3].pk).state == CommitmentState.NOT_MET
    assert "über dem Betrag" in letters("outcome").get(key__contains=str(firms[3].pk)).text


def test_the_house_closes_by_itself_after_the_last_day():
    pool = make.committing()
    for firm in make.firms_of(pool):
        word(pool, firm, 700, 3, 3)
    assert flow.close_due_commitments(make.AT) == 0
    assert flow.close_due_commitments(AFTER) == 1
    pool.refresh_from_db()
    assert pool.state == PoolState.CAME_ABOUT
    assert flow.close_due_commitments(AFTER) == 0


def test_in_the_gap_a_firm_can_still_raise_its_limit_and_rescue_the_course():
    pool = make.committing()
    firms = make.firms_of(pool)
    for firm in firms:
        word(pool, firm, 590, 3, 3)  # 9 seats cost 593.34 each
    flow.close_commitments(pool, by=make.office(), at=AFTER)
    assert pool.state == PoolState.GAP
    for firm in firms:
        word(pool, firm, 600, 3, 3, at=AFTER)
    assert flow.close_commitments(pool, by=make.office(), at=AFTER).state == PoolState.CAME_ABOUT


def test_more_time_is_given_only_before_the_threshold_and_within_the_bid():
    pool, office = make.committing(), make.office()
    with pytest.raises(Refused, match="nach der alten"):
        flow.extend_commitments(pool, commit_until=date(2027, 1, 20), by=office, at=make.AT)
    with pytest.raises(Refused, match="gilt nur bis"):
        flow.extend_commitments(pool, commit_until=date(2027, 2, 27), by=office, at=make.AT)
    flow.extend_commitments(pool, commit_until=date(2027, 2, 10), by=office, at=make.AT)
    assert pool.commit_until == date(2027, 2, 10)
    for firm in make.firms_of(pool):
        word(pool, firm, 700, 3, 3)
    with pytest.raises(Refused, match="rechnen mit"):
        flow.extend_commitments(pool, commit_until=date(2027, 2, 15), by=office, at=make.AT)
