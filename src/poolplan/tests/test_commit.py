"""What firms are promised when they say "in, if at most so much per seat": the worked cases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from poolplan.commit import (
    Commitment,
    Condition,
    Terms,
    above_limits,
    if_one_leaves,
    settle,
    settle_commitments,
    small_firms_first,
)
from poolplan.errors import ProblemError
from poolplan.game import Demand, RunGame
from poolplan.price import PriceRule
from poolplan.shapley import shapley_shares
from poolplan.shares import Party, per_seat

RULE = PriceRule(fixed=480_000, per_seat=6_000)
WORKED_CASE = {"A": (4, 700), "B": (3, 520), "C": (2, 480), "D": (2, 430), "E": (1, 900), "F": (3, 380)}


def worked_case(**seats: int) -> list[Commitment]:
    """The cascade of the domain paper, seats changed at will."""
    return [
        Commitment(firm, limit * 100, seats.get(firm, n), seats.get(firm, n), order)
        for order, (firm, (n, limit)) in enumerate(WORKED_CASE.items())
    ]


def euros(cents: Fraction | None) -> float:
    assert cents is not None
    return round(float(cents) / 100, 2)


# --- the cascade ------------------------------------------------------------------------------------
def test_fifteen_seats_cost_380_each_and_all_are_in() -> None:
    outcome = settle_commitments(RULE, worked_case(), 8, 15)
    assert outcome.members == tuple("ABCDEF")
    assert (outcome.total_seats, outcome.price) == (15, 38_000)
    assert outcome.first_gap is None
    assert outcome.rescue is None
    assert outcome.monotone
    assert [d.raise_by for d in outcome.distances] == [0] * 6


def test_one_seat_lost_kills_the_run_and_the_first_gap_says_how_little_is_missing() -> None:
    outcome = settle_commitments(RULE, worked_case(A=3), 8, 15)
    assert not outcome.comes_about
    gap = outcome.first_gap
    assert gap is not None
    assert gap.firms == ("F",)
    assert (gap.seats, euros(gap.price), euros(gap.money)) == (14, 402.86, 68.57)
    assert [(firm, euros(cents)) for firm, cents in gap.raise_limits] == [("F", 22.86)]
    assert gap.more_seats == 1
    assert outcome.short_of == 1


def test_on_the_invoice_the_gap_is_the_same_to_the_cent() -> None:
    invoices = per_seat(RULE.total(14), [Party(o.firm, o.hi) for o in worked_case(A=3)])
    assert invoices["F"] - 3 * 38_000 == 6_857


def test_the_cascade_is_told_round_by_round_before_anybody_is_dropped() -> None:
    rounds = settle_commitments(RULE, worked_case(A=3), 8, 15).cascade
    told = [(r.seats, euros(r.price), r.gap.firms if r.gap else None) for r in rounds]
    assert told == [(14, 402.86, ("F",)), (11, 496.36, ("C", "D")), (7, 745.71, ())]
    assert [euros(r.gap.money) for r in rounds[:2] if r.gap] == [68.57, 165.45]
    assert rounds[-1].gap is not None
    assert rounds[-1].gap.more_seats == 1


def test_the_rescue_is_the_cheapest_of_all_ways_and_names_the_firm_that_can_do_it_alone() -> None:
    rescue = settle_commitments(RULE, worked_case(A=3), 8, 15).rescue
    assert rescue is not None
    assert (euros(rescue.money), rescue.seats, rescue.empty_seats) == (68.57, 14, 0)
    assert [firm for firm, _ in rescue.raise_limits] == ["F"]
    assert rescue.more_seats == 1
    assert rescue.one_raise == ("F", 2_286)


def test_each_firm_reads_its_own_distance() -> None:
    distances = {d.firm: d for d in settle_commitments(RULE, worked_case(A=3), 8, 15).distances}
    assert {firm: euros(d.cents) for firm, d in distances.items()} == {
        "A": 297.14, "B": 117.14, "C": 77.14, "D": 27.14, "E": 497.14, "F": -22.86,
    }  # fmt: skip
    assert distances["F"].raise_by == 2_286
    assert {distances[firm].raise_by for firm in "ABCDE"} == {None}


def test_only_equal_per_seat_keeps_every_invoice_within_the_limit() -> None:
    offers = worked_case()
    outcome = settle_commitments(RULE, offers, 8, 15)
    equal = per_seat(RULE.total(15), [Party(firm, n) for firm, n in outcome.seats])
    assert above_limits(equal, outcome, offers) == ()
    # By Shapley the fixed cost falls on firms more than on seats, so small ones pay more than 380.00 a seat.
    game = RunGame(RULE, tuple(Demand(firm, n) for firm, n in outcome.seats), least=8)
    assert above_limits(shapley_shares(game), outcome, offers) == (("D", 7_600), ("E", 800))
    assert above_limits({**equal, "E": 90_001}, outcome, offers) == (("E", 1),)


def test_a_cap_of_fourteen_fails_from_the_start() -> None:
    outcome = settle_commitments(RULE, worked_case(), 8, 14)
    assert not outcome.comes_about
    assert outcome.first_gap is not None
    # A to E hold twelve seats, so F, who needs three, finds two
    assert (outcome.first_gap.firms, euros(outcome.first_gap.price)) == (("D",), 460.00)
    assert euros(outcome.first_gap.money) == 60.00


def test_raising_the_limit_by_the_gap_rescues_the_run() -> None:
    offers = worked_case(A=3)
    offers[-1] = Commitment("F", 38_000 + 2_286, 3, 3, 5)
    assert settle_commitments(RULE, offers, 8, 15).members == tuple("ABCDEF")
    offers[-1] = Commitment("F", 38_000 + 2_285, 3, 3, 5)
    assert not settle_commitments(RULE, offers, 8, 15).comes_about


def test_the_office_sees_beforehand_whose_leaving_would_end_the_run() -> None:
    leaving = {one.firm: one for one in if_one_leaves(Terms(RULE, 8, 15), worked_case())}
    assert not any(one.comes_about for one in leaving.values())
    assert leaving["E"].falls == tuple("ABCDF")
    assert euros(leaving["E"].money) == 68.57
    relaxed = [Commitment(o.firm, 90_000, o.lo, o.hi, o.order) for o in worked_case()]
    assert all(one.comes_about and not one.falls for one in if_one_leaves(Terms(RULE, 8, 15), relaxed))


# --- scarce seats -----------------------------------------------------------------------------------
def test_scarce_seats_go_to_the_earlier_commitment_or_by_policy_to_the_smaller_firm() -> None:
    big = Commitment("big", None, 1, 6, order=1, size=900)
    small = Commitment("small", None, 3, 4, order=2, size=9)
    first = settle_commitments(RULE, [small, big], 1, 8)
    assert first.members == ("big",)
    assert [(d.firm, d.reason) for d in first.distances] == [("big", "in"), ("small", "full")]
    fair = settle_commitments(RULE, [small, big], 1, 8, small_firms_first)
    assert dict(fair.seats) == {"small": 4, "big": 4}


def test_a_claim_that_cannot_be_paid_blocks_nobody() -> None:
    # A stands first but three seats alone are too dear for it, and both together do not fit.
    rule = PriceRule(fixed=120_000, per_seat=0)
    outcome = settle_commitments(rule, [Commitment("A", 30_000, 3, 3, 1), Commitment("B", 30_000, 4, 4, 2)], 1, 4)
    assert dict(outcome.seats) == {"B": 4}


# --- a price that jumps -----------------------------------------------------------------------------
SECOND_TRAINER = PriceRule(fixed=120_000, per_seat=0, steps=((13, 120_000),))


def test_a_second_trainer_makes_the_price_jump_and_most_seats_anybody_can_pay_are_taken() -> None:
    offers = [Commitment("A", 11_000, 6, 6, 1), Commitment("B", 11_000, 5, 8, 2)]
    outcome = settle_commitments(SECOND_TRAINER, offers, 4, 20)
    assert not outcome.monotone
    assert outcome.rises_at == (13,)
    assert dict(outcome.seats) == {"A": 6, "B": 6}
    assert outcome.price == 10_000


def test_with_a_jump_twelve_people_of_two_firms_go_before_ten_of_the_first() -> None:
    offers = [Commitment("A", 12_000, 10, 10, 1), Commitment("B", 10_000, 6, 6, 2), Commitment("C", 10_000, 6, 6, 3)]
    outcome = settle_commitments(SECOND_TRAINER, offers, 4, 22)
    assert dict(outcome.seats) == {"B": 6, "C": 6}
    assert [d.reason for d in outcome.distances] == ["others", "in", "in"]


def test_a_jump_outside_the_possible_seats_troubles_nobody() -> None:
    assert settle_commitments(SECOND_TRAINER, [Commitment("A", None, 5, 9)], 4, 12).monotone


def test_a_rule_that_would_pay_people_to_come_is_refused_by_field() -> None:
    with pytest.raises(ProblemError) as error:
        PriceRule(1_000, 10, ((5, -2_000),))
    assert error.value.field == "rule.steps"


# --- minimum seats and firms ------------------------------------------------------------------------
def test_too_few_seats_are_told_as_seats_not_as_money() -> None:
    outcome = settle_commitments(RULE, [Commitment("A", None, 3, 3)], 8, 15)
    gap = outcome.first_gap
    assert gap is not None
    assert (gap.firms, gap.money, gap.more_seats) == ((), None, 5)
    assert outcome.short_of == 5


def test_empty_seats_can_be_bought_so_that_the_run_takes_place() -> None:
    rescue = settle_commitments(RULE, [Commitment("A", 70_000, 7, 7)], 8, 15).rescue
    assert rescue is not None
    assert (rescue.money, rescue.seats, rescue.empty_seats, rescue.more_seats) == (66_000, 8, 1, 1)
    assert rescue.one_raise is None


def test_three_firms_at_least_so_that_no_price_betrays_the_other() -> None:
    offers = [Commitment("A", None, 5, 5), Commitment("B", None, 5, 5)]
    outcome = settle_commitments(RULE, offers, 8, 15, firms_min=3)
    assert not outcome.comes_about
    assert (outcome.short_of, outcome.short_of_firms) == (0, 1)
    assert outcome.first_gap is not None
    assert outcome.first_gap.more_firms == 1
    assert outcome.rescue is not None
    assert (outcome.rescue.money, outcome.rescue.more_seats) == (None, 1)
    assert settle_commitments(RULE, [*offers, Commitment("C", None, 1, 1)], 8, 15, firms_min=3).comes_about


def test_a_third_firm_is_kept_by_giving_up_a_seat_that_was_not_needed() -> None:
    offers = [Commitment("A", None, 2, 6), Commitment("B", None, 2, 6, 1), Commitment("C", None, 1, 1, 2)]
    assert dict(settle_commitments(RULE, offers, 8, 12, firms_min=3).seats) == {"A": 6, "B": 5, "C": 1}
    assert dict(settle_commitments(RULE, offers, 8, 12).seats) == {"A": 6, "B": 6}


# --- conditions -------------------------------------------------------------------------------------
GRANT = Condition("grant", until=date(2027, 3, 1))


@pytest.mark.parametrize(
    ("condition", "day", "state"),
    [
        (GRANT, date(2027, 3, 1), "open"),
        (GRANT, date(2027, 3, 2), "lapsed"),
        (Condition("grant", date(2027, 3, 1), met_on=date(2027, 3, 1)), date(2027, 9, 9), "met"),
        (Condition("grant", date(2027, 3, 1), met_on=date(2027, 2, 1)), date(2027, 1, 31), "open"),
        (Condition("grant", date(2027, 3, 1), met_on=date(2027, 3, 2)), date(2027, 3, 2), "lapsed"),
        (Condition("grant", date(2027, 3, 1), refused_on=date(2027, 2, 1)), date(2027, 2, 1), "lapsed"),
        (Condition("grant", date(2027, 3, 1), refused_on=date(2027, 2, 1)), date(2027, 1, 31), "open"),
    ],
)
def test_a_condition_is_open_until_its_date_and_never_a_hidden_maybe(
    condition: Condition, day: date, state: str
) -> None:
    assert condition.state_on(day) == state


def test_a_word_whose_condition_is_not_met_at_its_date_falls_away_and_the_gap_is_named() -> None:
    offers = worked_case()
    offers[4] = Commitment("E", 90_000, 1, 1, 4, conditions=(GRANT,))
    before = settle(Terms(RULE, 8, 15), offers, date(2027, 3, 1))
    assert (before.members, before.conditional) == (tuple("ABCDEF"), ("E",))
    after = settle(Terms(RULE, 8, 15), offers, date(2027, 3, 2))
    assert not after.comes_about
    assert after.distances[-1].reason == "condition"
    assert after.first_gap is not None
    assert euros(after.first_gap.money) == 68.57
    assert settle(Terms(RULE, 8, 15), offers).comes_about


def test_one_condition_of_two_that_fails_is_enough() -> None:
    met = Condition("works council", date(2027, 2, 1), met_on=date(2027, 1, 20))
    word = Commitment("A", None, 1, 2, conditions=(met, GRANT))
    assert word.state_on(date(2027, 2, 15)) == "conditional"
    assert word.state_on(date(2027, 3, 15)) == "lapsed"
    assert Commitment("B", None, 1, 2, conditions=(met,)).state_on(date(2027, 3, 15)) == "binding"


# --- bad input --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "field"),
    [((RULE, [], 9, 8), "n_max"), ((RULE, [Commitment("A", 1, 1, 1)] * 2, 1, 8), "commitments")],
)
def test_what_contradicts_itself_is_said_by_field(arguments: tuple[object, ...], field: str) -> None:
    with pytest.raises(ProblemError) as error:
        settle_commitments(*arguments)  # type: ignore[arg-type]
    assert error.value.field == field
