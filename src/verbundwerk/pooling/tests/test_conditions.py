"""„Dabei, wenn unser Betriebsrat bis … zustimmt“: the word counts only then, and nobody else ever learns why not."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.base.verdicts import Refused
from verbundwerk.codetermination import flow as codetermination
from verbundwerk.codetermination.bases import OWN_CONDITION
from verbundwerk.codetermination.models import Case, Statement
from verbundwerk.codetermination.states import CaseState
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.models import Person
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling import flow, queries
from verbundwerk.pooling.models import Commitment
from verbundwerk.pooling.states import CommitmentState, PoolState
from verbundwerk.pooling.terms import Hold
from verbundwerk.pooling.tests import make
from verbundwerk.post.models import Letter

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 1, 22)
CLOSED = make.AT + timedelta(days=30)


def day(number: int) -> datetime:
    return datetime(2027, 1, number, 12, tzinfo=make.AT.tzinfo)


def word(pool, firm, euros=700, low=4, high=4, *, by=None, at=make.AT, **hold):
    by = by or make.speaker(firm)
    return flow.commit(pool, firm, limit_cents=euros * 100, low=low, high=high, by=by, at=at, **hold)


class Scene:
    """Four firms; the first has a works council and ties its word to it. Without it nine seats are promised."""

    def __init__(self, hold: str = Hold.COUNCIL, *, others: int = 3):
        self.pool = make.committing(firms=4)
        self.firm, *self.others = make.firms_of(self.pool)
        self.hr, self.council = make.speaker(self.firm), make.speaker(self.firm, Role.WORKS_COUNCIL)
        for other in self.others:
            word(self.pool, other, low=others, high=others)
        self.word = word(self.pool, self.firm, by=self.hr, hold=hold, hold_until=UNTIL)

    @property
    def case(self) -> Case:
        return Case.objects.get(organisation=self.firm, basis_code=OWN_CONDITION)

    def fresh(self) -> Commitment:
        return Commitment.objects.get(pk=self.word.pk)


# --- it counts, or it does not --------------------------------------------------------------------
def test_a_tied_word_does_not_count_until_the_works_council_has_said_yes():
    scene = Scene(others=2)  # 6 of the 8 seats that are needed
    assert scene.word not in queries.standing_commitments(scene.pool)
    assert scene.pool.threshold_at is None
    assert (scene.case.state, scene.case.due_on) == (CaseState.INFORMED, UNTIL)

    codetermination.agree(scene.case, by=scene.council, at=day(20))
    assert flow.settle_held_commitments(day(20)) == 1
    scene.pool.refresh_from_db()
    assert scene.word in queries.standing_commitments(scene.pool)
    assert scene.pool.threshold_at == day(20), "ten seats are enough now"


@pytest.mark.parametrize("agreed_on", [None, 23, 28])
def test_silence_and_a_yes_after_the_day_are_no_yes(agreed_on):
    scene = Scene()
    if agreed_on:
        codetermination.agree(scene.case, by=scene.council, at=day(agreed_on))
    for number in (21, 22):
        assert flow.settle_held_commitments(day(number)) == 0
    assert flow.settle_held_commitments(day(29)) == 1
    assert scene.fresh().state == CommitmentState.NOT_MET
    told = Letter.objects.get(key__startswith="pooling.lapsed")
    assert told.to == scene.hr.email


def test_a_yes_on_the_last_day_counts_although_nobody_looked_before_the_next():
    scene = Scene()
    codetermination.agree(scene.case, by=scene.council, at=day(22))
    assert flow.settle_held_commitments(day(23)) == 1
    assert scene.fresh().freed_at == day(23)


def test_at_the_close_what_is_still_open_is_not_in_and_pays_nothing():
    scene = Scene()
    flow.close_commitments(scene.pool, by=None, at=CLOSED)
    assert scene.pool.state == PoolState.CAME_ABOUT
    assert scene.fresh().state == CommitmentState.NOT_MET
    assert scene.fresh().seats == 0
    assert {one.organisation for one in queries.seats_met(scene.pool)} == set(scene.others)


def test_closing_looks_once_more_before_it_counts():
    scene = Scene()
    codetermination.agree(scene.case, by=scene.council, at=day(20))
    flow.close_commitments(scene.pool, by=None, at=CLOSED)
    assert scene.fresh().state == CommitmentState.MET


def test_the_database_binds_nobody_before_the_condition_is_met():
    scene = Scene()
    with pytest.raises(IntegrityError, match="never_bound_before"), transaction.atomic():
        Commitment.objects.filter(pk=scene.word.pk).update(state=CommitmentState.MET)


def test_a_freed_word_stands_behind_those_that_were_sure_before():
    scene = Scene()
    late = word(scene.pool, scene.others[2], low=1, high=6, at=day(15))
    codetermination.agree(scene.case, by=scene.council, at=day(16))
    flow.settle_held_commitments(day(16))
    assert queries.standing_commitments(scene.pool)[-2:] == [late, scene.word]


# --- changing one's mind ----------------------------------------------------------------------------
def test_who_tied_a_word_cannot_go_on_without_the_yes_also_not_by_starting_anew():
    scene = Scene()
    with pytest.raises(Refused, match="Ja Ihres Betriebsrats"):
        word(scene.pool, scene.firm, by=scene.hr)
    with pytest.raises(Refused, match="Ja Ihres Betriebsrats"):
        word(scene.pool, scene.firm, by=scene.hr, hold=Hold.OWN, hold_until=UNTIL)
    flow.withdraw_commitment(scene.word, by=scene.hr, at=make.AT)
    with pytest.raises(Refused, match="Ja Ihres Betriebsrats"):
        word(scene.pool, scene.firm, by=scene.hr)
    codetermination.refuse(_asked_again(scene), text="So nicht.", by=scene.council, at=make.AT)
    with pytest.raises(Refused, match="Ja Ihres Betriebsrats"):
        word(scene.pool, scene.firm, by=scene.hr)


def _asked_again(scene):
    word(scene.pool, scene.firm, by=scene.hr, hold=Hold.COUNCIL, hold_until=UNTIL)
    return scene.case


def test_withdrawing_frees_the_works_council_from_answering():
    scene = Scene()
    flow.withdraw_commitment(scene.word, by=scene.hr, at=make.AT)
    assert scene.case.state == CaseState.NOT_REQUIRED
    assert _asked_again(scene).state == CaseState.INFORMED


def test_a_pool_that_fails_frees_the_works_council_from_answering():
    scene = Scene()
    flow.fail_pool(scene.pool, reason="price", by=make.office(), at=make.AT)
    assert scene.case.state == CaseState.NOT_REQUIRED


def test_a_late_yes_lets_the_firm_commit_anew():
    scene = Scene()
    flow.settle_held_commitments(day(23))
    codetermination.agree(scene.case, by=scene.council, at=day(24))
    again = word(scene.pool, scene.firm, by=scene.hr, at=day(24))
    assert (again.state, again.hold) == (CommitmentState.STANDING, "")


def test_a_condition_the_firm_clears_up_itself_ends_with_a_plain_word():
    scene = Scene(Hold.OWN)
    assert not Case.objects.filter(basis_code=OWN_CONDITION).exists()
    assert queries.waiting_for(scene.hr, make.AT)[0].text.startswith("Bedingung Ihrer Zusage klären")
    again = word(scene.pool, scene.firm, by=scene.hr, at=day(15))
    assert again in queries.standing_commitments(scene.pool)


@pytest.mark.parametrize("hold", Hold.values)
def test_the_office_can_neither_name_nor_lift_a_condition_and_hears_one_sentence(hold):
    scene, office = Scene(hold, others=2), make.office()
    with pytest.raises(Refused, match="eine weitere Bedingung genannt"):
        word(scene.pool, scene.firm, by=office)
    with pytest.raises(Refused, match="nur der Betrieb selbst nennen"):
        word(scene.pool, scene.others[0], by=office, hold=hold, hold_until=UNTIL)


def test_without_a_works_council_there_is_nothing_to_wait_for():
    pool = make.committing(firms=3)
    firm = make.firms_of(pool)[0]
    firm.sites.update(representation="none")
    with pytest.raises(Refused, match="keine Interessenvertretung"):
        word(pool, firm, hold=Hold.COUNCIL, hold_until=UNTIL)
    assert word(pool, firm) in queries.standing_commitments(pool), "a legal path, not an error"


@pytest.mark.parametrize("until", [None, make.AT.date(), date(2027, 2, 2)])
def test_the_day_of_a_condition_lies_after_today_and_within_everybodys_time(until):
    pool = make.committing(firms=3)
    firm = make.firms_of(pool)[0]
    make.speaker(firm, Role.WORKS_COUNCIL)
    with pytest.raises(Refused):
        word(pool, firm, hold=Hold.COUNCIL, hold_until=until)


def test_after_the_threshold_no_condition_can_be_added_but_a_tied_word_may_go():
    scene = Scene()
    scene.pool.refresh_from_db()
    assert scene.pool.threshold_at is not None
    make.speaker(scene.others[0], Role.WORKS_COUNCIL)
    with pytest.raises(Refused, match="neue Bedingung"):
        word(scene.pool, scene.others[0], low=3, high=3, hold=Hold.COUNCIL, hold_until=UNTIL)
    flow.withdraw_commitment(scene.word, by=scene.hr, at=make.AT)
    assert scene.fresh().state == CommitmentState.WITHDRAWN


# --- on the page, without JavaScript --------------------------------------------------------------------
def test_hr_names_the_condition_in_the_form_and_a_missing_day_keeps_everything_typed():
    pool = make.committing(firms=3)
    firm = make.firms_of(pool)[0]
    hr, council = make.speaker(firm), make.speaker(firm, Role.WORKS_COUNCIL)
    client = Client()
    client.force_login(hr)
    typed = {"limit_cents": "700", "low": 2, "high": 4, "hold": "council", "organisation": str(firm.pk)}
    with clock.stopped(make.AT):
        again = client.post(reverse("pooling:commit", args=[pool.pk]), {**typed, "hold_until": ""})
        assert again.status_code == 422
        assert "Bitte nennen Sie den Tag" in again.content.decode()
        assert 'value="council"' in again.content.decode()
        done = client.post(
            reverse("pooling:commit", args=[pool.pk]), {**typed, "hold_until": "22.01.2027"}, follow=True
        )
    assert "wenn Ihr Betriebsrat bis" in done.content.decode()
    assert Letter.objects.filter(to=council.email, subject__startswith="Ihre Stellungnahme").count() == 1
    assert not Letter.objects.filter(to=council.email, subject__startswith="Zur Kenntnis").exists()


def test_a_firm_without_a_works_council_is_not_offered_that_condition():
    pool = make.committing(firms=3)
    firm = make.firms_of(pool)[0]
    firm.sites.update(representation="none")
    client = Client()
    client.force_login(make.speaker(firm))
    with clock.stopped(make.AT):
        page = client.get(reverse("pooling:pool", args=[pool.pk])).content.decode()
    assert 'name="hold" value="own"' in page
    assert 'value="council"' not in page


# --- nobody else learns why ---------------------------------------------------------------------------
SECRET = re.compile(r"Betriebsrat|works council|Einigungsstelle|Mitbestimmung|BetrVG", re.IGNORECASE)
Does = Callable[[Scene], object]
WORLDS: dict[str, Does] = {
    "silence": lambda scene: None,
    "refusal": lambda scene: codetermination.refuse(scene.case, text="So nicht.", by=scene.council, at=day(13)),
    "talk": lambda scene: codetermination.ask_to_talk(scene.case, by=scene.council, at=day(13)),
    "late yes": lambda scene: codetermination.agree(scene.case, by=scene.council, at=day(25)),
}


ELSEWHERE = {"today": "/heute/", "needs": "/bedarfe/liste.csv"}


@pytest.fixture
def scene() -> Scene:
    """The pool is shown in public as well."""
    made = Scene()
    flow.publish_pool(made.pool, by=make.office(), at=make.AT)
    return made


@pytest.fixture
def strangers(scene) -> list[Person]:
    """Who is not of the firm: HR, works council and foreman of the others, a rival, a provider, the office."""
    roles = (Role.HR, Role.WORKS_COUNCIL, Role.FOREMAN)
    inside = [make.speaker(other, role) for other, role in zip(scene.others, roles, strict=True)]
    bidder = queries.chosen_bid(scene.pool).enquiry.provider
    return [*inside, make.speaker(make.firm()), make.speaker(bidder, Role.PROVIDER), make.office()]


def seen_by(person: Person, scene: Scene, at: datetime) -> dict[str, str]:
    """Every page and export about pools this person gets, as text; what changes with each request is taken out."""
    client = Client()
    client.force_login(person)
    names = [("pool", [scene.pool.pk]), ("csv", []), ("public_pool", [scene.pool.pk])]
    addresses = {name: reverse(f"pooling:{name}", args=args) for name, args in names} | ELSEWHERE
    with clock.stopped(at):
        pages = {name: client.get(address) for name, address in addresses.items()}
    return {name: f"{page.status_code} {_settled(page.getvalue().decode())}" for name, page in pages.items()}


def _settled(text: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|data-token)="[^"]*"', r'\1=""', text)


def told(strangers: list[Person]) -> list[tuple[str, str, str]]:
    letters = Letter.objects.filter(to__in=[one.email for one in strangers])
    return sorted(letters.values_list("to", "subject", "text"))


def what_strangers_learn(scene: Scene, strangers: list[Person], does: Does) -> list[object]:
    """One course of events, watched on three days, then undone: the worlds start from the same rows."""
    learned: list[object] = []
    with transaction.atomic():
        does(scene)
        for at in (day(14), day(26)):
            flow.settle_held_commitments(at)
            learned.append([seen_by(one, scene, at) for one in strangers])
        flow.close_due_commitments(CLOSED)
        learned += [[seen_by(one, scene, CLOSED) for one in strangers], told(strangers)]
        transaction.set_rollback(True)
    scene.pool.refresh_from_db()
    return learned


@pytest.mark.words
def test_a_refusal_looks_to_everybody_else_exactly_like_silence(scene, strangers):
    worlds = {name: what_strangers_learn(scene, strangers, does) for name, does in WORLDS.items()}
    for name, learned in worlds.items():
        assert learned == worlds["silence"], name

    agreed = what_strangers_learn(
        scene, strangers, lambda one: codetermination.agree(one.case, by=one.council, at=day(13))
    )
    assert agreed != worlds["silence"], "a test that sees no difference at all would prove nothing"


@pytest.mark.words
def test_waiting_for_the_works_council_looks_like_waiting_for_anything_else(strangers, scene):
    """Also the office, which sees that a word does not count yet, cannot tell what it waits for."""
    tied = what_strangers_learn(scene, strangers, WORLDS["refusal"])
    Commitment.objects.filter(pk=scene.word.pk).update(hold=Hold.OWN)
    assert what_strangers_learn(scene, strangers, WORLDS["silence"]) == tied


def test_no_page_export_or_letter_of_others_speaks_of_a_works_council(scene, strangers):
    codetermination.refuse(scene.case, text="So nicht.", by=scene.council, at=day(13))
    others = [one for one in strangers if not one.mandates.filter(role=Role.WORKS_COUNCIL).exists()]
    for at in (day(14), day(26)):
        flow.settle_held_commitments(at)
        for person in others:
            for name, text in seen_by(person, scene, at).items():
                assert not SECRET.search(_without_form(text)), (name, SECRET.search(_without_form(text)))
    flow.close_due_commitments(CLOSED)
    mine = [text for to, subject, text in told(others) if not subject.startswith("Zur Kenntnis")]
    assert mine
    assert not any(SECRET.search(text) for text in mine)
    assert not any(scene.firm.name in text for text in mine)


def _without_form(text: str) -> str:
    """One's own form offers the own works council as a condition: that says nothing about anybody."""
    return re.sub(r"<form.*?</form>", "", text, flags=re.DOTALL)


def test_the_firm_itself_reads_what_it_waits_for_and_finds_the_case(scene):
    own = seen_by(scene.hr, scene, day(14))["pool"]
    assert "wenn Ihr Betriebsrat bis" in own
    assert reverse("codetermination:case", args=[scene.case.pk]) in own
    foreman = seen_by(make.speaker(scene.firm, Role.FOREMAN), scene, day(14))["pool"]
    assert reverse("codetermination:case", args=[scene.case.pk]) not in foreman


def test_the_office_reads_that_a_word_does_not_count_yet_and_later_that_its_condition_is_not_met(scene):
    office = make.office()
    assert "zählt noch nicht, eigene Bedingung bis" in seen_by(office, scene, day(14))["pool"]
    flow.settle_held_commitments(day(26))
    assert "Bedingung nicht erfüllt" in seen_by(office, scene, day(26))["pool"]


def test_the_journal_of_the_word_does_not_say_what_it_waited_for(scene):
    codetermination.refuse(scene.case, text="So nicht.", by=scene.council, at=day(13))
    flow.settle_held_commitments(day(26))
    lines = JournalEntry.objects.filter(subject__in=[scene.word.pk, scene.pool.pk])
    assert lines.filter(verb="commitment.not_met").exists()
    assert not any(SECRET.search(f"{line.verb} {line.details}") or "council" in str(line.details) for line in lines)


def test_what_was_said_is_kept_only_with_the_firm(scene):
    codetermination.refuse(scene.case, text="So nicht.", by=scene.council, at=day(13))
    statement = Statement.objects.get()
    for role in (Role.HR, Role.WORKS_COUNCIL):
        client = Client()
        client.force_login(network.person(role, scene.others[0]))
        page = client.get(reverse("codetermination:case", args=[statement.case_id]))
        assert page.status_code == 404
