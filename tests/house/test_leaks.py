"""Nobody reads another firm: every address, every export and every letter, for every role.

Two searches. Words that stand nowhere but in the secrets of one firm are looked for in everything that is answered and
sent. And everything is asked a second time after the firm's secrets have become others: what reads differently then
shows the firm, be it a count, an order or a missing button, unless it is a figure of the week's snapshot. New addresses
are walked by themselves; an argument nothing is planted behind has to be named here.
"""

from base64 import b64decode
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from tests.house import walls
from tests.house.addresses import Address, all_addresses
from tests.house.cast import EVERYBODY
from tests.house.planted import AT, INSIDE, WORDS, Planted, change, plant
from tests.house.reading import said_by, text_of

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.tables import Column, Table
from verbundwerk.courses import flow as courses_flow
from verbundwerk.courses.flow import PersonName
from verbundwerk.courses.models import Booking, Course
from verbundwerk.disclosure.queries import Said
from verbundwerk.disclosure.rules import Band
from verbundwerk.needs import flow as needs_flow
from verbundwerk.needs.models import Need
from verbundwerk.network.models import Person
from verbundwerk.network.terms import Role
from verbundwerk.pooling import flow as pooling_flow
from verbundwerk.pooling import queries as pooling
from verbundwerk.pooling.models import Commitment, Pool, PoolMember
from verbundwerk.post.flow import send_letter
from verbundwerk.post.models import Letter
from verbundwerk.privacy.models import Look

OFFICE = Role.COORDINATION.value
# Who sees by their task more than disclosure says: the office what was released to it; project leaders the bookings
# they account for; the administration the outbox.
MAY_READ = {
    Role.FINANCE.value: ("courses:",), Role.ADMIN.value: ("network:letter",), Role.DATA_PROTECTION.value: ("privacy:",),
}  # fmt: skip
# Arguments whose holder is the one it is about: a link from a letter, a code from a certificate.
HELD = {"token", "code"}
SAYS_SOMETHING = {200, 403, 409, 422}  # the others are the same page whatever stands behind the address
HALVES = ("Zyxq", "Quellpl", "Zwackel")  # somebody searches for what they half know

Seen = dict[tuple[str, str], str]
TABLES = [found for room in walls.ROOMS if (found := walls.module(room, "tests.matrix"))]
ONLY_PRESSED = {name for one in TABLES for name, row in one.MATRIX.items() if "405" in row.values()}


# --- looking ------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def secret(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Planted]:
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with files, django_db_blocker.unblock(), transaction.atomic(), clock.stopped(AT):
        yield plant()
        transaction.set_rollback(True)


@pytest.fixture
def here(secret: Planted, db: None) -> Iterator[Planted]:
    with clock.stopped(AT):
        yield secret


def addresses() -> Iterator[Address]:
    """What can be looked at. That buttons refuse who is not concerned stands in the matrix."""
    return (one for one in all_addresses() if one.room and one.name not in ONLY_PRESSED)


def looks(secret: Planted) -> Iterator[tuple[str, str]]:
    """(name, address) of everything one can type into a browser."""
    for one in addresses():
        if not set(one.arguments) <= set(secret.ids):
            continue  # HELD, see the test below
        choices = [secret.ids[name] for name in one.arguments]
        for chosen in product(*choices):
            yield one.name, reverse(one.name, kwargs=dict(zip(one.arguments, chosen, strict=True)))


def browser(person: Person | None) -> Client:
    made = Client(raise_request_exception=False, SERVER_NAME="localhost")
    if person:
        made.force_login(person)
    return made


def ask(eyes: Client, address: str, **words: str) -> Any:
    """Who looks leaves a trace, which the data protection officer counts: that is not what is searched here."""
    Look.objects.all().delete()
    return eyes.get(address, words)


def read(eyes: Client, address: str) -> Iterator[tuple[str, str]]:
    """The answer at an address and, where there is a search, its answers to somebody who knows half a word."""
    cache.clear()
    answer = ask(eyes, address)
    if answer.status_code not in SAYS_SOMETHING:
        return
    first = said_by(answer)
    yield address, first
    if 'name="q"' in first.partition("<main")[2]:
        for half in HALVES:
            yield f"{address}?q={half}", said_by(ask(eyes, address, q=half))


def everything(secret: Planted, role: str, only: str = "") -> Seen:
    """What this role is answered at every address, or at those of one name."""
    eyes = browser(secret.cast[role])
    wanted = [(name, address) for name, address in looks(secret) if only in {"", name}]
    return {(name, at): text for name, address in wanted for at, text in read(eyes, address)}


def again(secret: Planted, role: str, seen: Seen) -> Seen:
    """The same addresses while the firm is another one."""
    eyes = browser(secret.cast[role])
    with transaction.atomic():
        change(secret)
        after = {key: said_by(ask(eyes, key[1])) for key in seen}
        transaction.set_rollback(True)
    return after


def words_in(text: str) -> list[str]:
    return [word for word in WORDS if word.lower() in text.lower()]


def _may_read(role: str, name: str) -> bool:
    return name.startswith(MAY_READ.get(role, ("nothing",)))


def found(secret: Planted, role: str, only: str = "") -> list[str]:
    """Where this role reads a word of the firm, and where an answer is another one when the firm is."""
    before = everything(secret, role, only)
    after = again(secret, role, before)
    open_to = [(key, text) for key, text in before.items() if not _may_read(role, key[0])]
    words = [f"{at} says {words_in(text)}" for (_name, at), text in open_to if words_in(text)]
    return words + [f"{key[1]}: {_where(text, after[key])}" for key, text in open_to if text != after[key]]


def _where(one: str, other: str) -> str:
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, start - 60) : start + 60]!r} | {other[max(0, start - 60) : start + 60]!r}…"


# --- the searches -------------------------------------------------------------------------
OTHERS = [role for role in EVERYBODY if role != OFFICE]
# Two walk on the second database too, on both sides of a pool; what the others read there are the same templates.
ON_BOTH = {Role.HR.value, Role.PROVIDER.value}


@pytest.mark.parametrize(
    "role", [pytest.param(one, marks=[] if one in ON_BOTH else [pytest.mark.words]) for one in OTHERS]
)
def test_nobody_reads_another_firm_and_nothing_changes_when_it_does(role: str, here: Planted) -> None:
    assert found(here, role) == []


def test_no_letter_to_others_holds_a_word_of_a_firm(here: Planted) -> None:
    assert _leaking_letters(here) == []
    told = set(Letter.objects.values_list("key", flat=True))
    kinds = {key.split("/")[0].split(":")[0] for key in told}
    assert len(kinds) >= 6, sorted(kinds)
    assert Letter.objects.exclude(to=here.boss.email).count() >= 10


def _leaking_letters(secret: Planted) -> list[str]:
    """All letters but those to the firm itself, to the people it named, and to the office."""
    found = []
    for letter in Letter.objects.exclude(to=secret.office.email).exclude(to__endswith="@zyxquarz.example"):
        files = " ".join(_unpacked(one) for one in letter.attachments)
        if words := words_in(f"{letter.subject} {letter.text} {letter.html} {files}"):
            found.append(f"{letter.key} to {letter.to}: {words}")
    return found


def _unpacked(attachment: dict[str, str]) -> str:
    return text_of(b64decode(attachment["base64"]), attachment["mime"].partition(";")[0])


def test_the_office_reads_what_was_released_to_it_and_nothing_of_the_inside(here: Planted) -> None:
    seen = everything(here, OFFICE)
    assert [at for (_name, at), text in seen.items() if set(INSIDE) & set(words_in(text))] == []
    assert [at for (_name, at), text in seen.items() if "Quellplunder" in text], "it would find nothing anywhere"


# --- the timing of letters ------------------------------------------------------------------
def _own(secret: Planted, kind: type[Any]) -> Any:
    return kind.objects.filter(organisation=secret.hidden)


def _renew(secret: Planted, cents: int) -> None:
    pool = Pool.objects.get(state="committing")
    pooling_flow.commit(pool, secret.hidden, by=secret.boss, at=AT, limit_cents=cents, low=1, high=80)


def _book(secret: Planted) -> Booking:
    course = Course.objects.get(state="secured")
    return courses_flow.book_seats(course, secret.hidden, 1, key=uuid4(), by=secret.boss, at=AT)


DEEDS: dict[str, Callable[[Planted], object]] = {
    "hands in a need": lambda s: needs_flow.submit_need(_own(s, Need).get(state="draft"), by=s.boss, at=AT),
    "withdraws a need": lambda s: needs_flow.withdraw_need(
        _own(s, Need).filter(state="in_pool").first(), reason="erledigt", by=s.boss, at=AT
    ),
    "raises its limit": lambda s: _renew(s, 200_000),
    "lowers its limit": lambda s: _renew(s, 100),
    "takes its word back": lambda s: pooling_flow.withdraw_commitment(
        _own(s, Commitment).get(pool__state="committing"), by=s.boss, at=AT
    ),
    "takes its name back": lambda s: pooling_flow.take_back_name(
        Pool.objects.get(state="committing"), s.hidden, by=s.boss, at=AT
    ),
    "books a seat": _book,
    "names its people": lambda s: courses_flow.name_people(
        _own(s, Booking).get(course__state="secured"),
        [PersonName(2, "Uwe Knurr", "uwe@zyxquarz.example")],
        by=s.boss,
        at=AT,
    ),
    "gives a seat back": lambda s: courses_flow.cancel_booking(_book(s), by=s.boss, at=AT),
}


def _letters_to_others(secret: Planted) -> set[Any]:
    others = Letter.objects.exclude(to=secret.office.email).exclude(to__endswith="@zyxquarz.example")
    return set(others.values_list("key", "to"))


@pytest.mark.parametrize("deed", DEEDS)
def test_whatever_one_firm_does_no_other_firm_gets_a_letter_at_that_moment(deed: str, here: Planted) -> None:
    before = _letters_to_others(here)
    DEEDS[deed](here)
    assert _letters_to_others(here) == before


def test_only_the_word_that_makes_it_enough_sets_letters_off_and_they_go_to_everybody(here: Planted) -> None:
    """The control beside it, and the one exception: from then on the price is told (decision 0005)."""
    before = _letters_to_others(here)
    third = PoolMember.objects.filter(pool__state="committing").order_by("pk").last()
    assert third
    pool, firm = third.pool, third.need.organisation
    pooling_flow.commit(pool, firm, by=here.office, at=AT, limit_cents=200_000, low=1, high=4)
    sent = _letters_to_others(here) - before
    assert {key.partition("/")[0] for key, _to in sent} == {"pooling.threshold"}
    assert len(sent) >= 3


# --- nothing escapes the searches ---------------------------------------------------------
def test_behind_every_argument_of_every_address_something_is_planted(here: Planted) -> None:
    assert {name for one in addresses() for name in one.arguments} - HELD <= set(here.ids)


def test_the_firm_itself_reads_all_of_it(here: Planted) -> None:
    """The search would be worth nothing if the words stood on no page."""
    eyes = browser(here.boss)
    seen = " ".join(text for _name, address in looks(here) for _at, text in read(eyes, address))
    assert set(WORDS) - set(words_in(seen)) == {"Murrnotiz", "Herzquirl"}, (
        "what it thinks of the course is for the office, and a wish nobody released is for nobody"
    )


# --- seen red -------------------------------------------------------------------------------
def test_a_page_that_names_the_firm_is_found(here: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "others_named", lambda _person, _pool: [here.hidden.name])
    assert "says ['Zyxquarz']" in " ".join(found(here, Role.HR.value, only="pooling:pool"))


def test_a_page_that_counts_for_itself_is_found(here: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum of the moment, as a harmless looking number: no word gives it away, the other world does."""

    def live(pool: Any) -> Said:
        seats = sum(PoolMember.objects.filter(pool=pool).values_list("seats", flat=True))
        return Said(Band(seats, seats), Band(3, 5), AT.date())

    monkeypatch.setattr(pooling.public, "said_about", live)
    leaks = found(here, Role.PROVIDER.value, only="pooling:enquiry")
    assert leaks
    assert not [one for one in leaks if "says" in one]


def test_a_button_that_depends_on_another_firm_is_found(here: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = lambda *_rest: not PoolMember.objects.filter(need__seats=43).exists()  # noqa: E731
    monkeypatch.setattr(pooling, "is_quiet", alone)
    assert found(here, Role.HR.value, only="pooling:pool")


def test_a_letter_that_names_the_firm_is_found(here: Planted) -> None:
    neighbour = here.cast[Role.HR.value]
    send_letter(key="leak", to=neighbour, subject="Neues", text=f"{here.hidden.name} ist dabei", at=AT)
    assert [one for one in _leaking_letters(here) if "leak" in one]


def test_a_word_is_found_in_every_kind_of_answer() -> None:
    table = Table("Liste", [Column("name", "Name")], [{"name": "Zyxquarz"}], {})
    calendar = HttpResponse("SUMMARY:Kurs mit Zyx\r\n quarz", content_type="text/calendar; charset=utf-8")
    answers = [
        HttpResponse("<input type=hidden value='Zyxquarz'>"),
        HttpResponse("<p>&#90;yxquarz</p>"),
        csv_response(table, "Liste"),
        xlsx_response(table, "Liste"),
        calendar,
    ]
    assert [words_in(said_by(one)) for one in answers] == [["Zyxquarz"]] * len(answers)


def test_a_word_is_found_in_a_paper(here: Planted) -> None:
    paper = browser(here.boss).get(reverse("courses:certificate", args=here.ids["certificate_id"]))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert words_in(said_by(paper)) == ["Übelhör"]
