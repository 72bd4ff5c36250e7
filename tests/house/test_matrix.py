"""Every address for every role. What the tables in the rooms say is what people get; a new address joins or fails."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.house import matrix as own
from tests.house import walls
from tests.house.addresses import Address, all_addresses
from tests.house.cast import ANONYMOUS, EVERYBODY, people

TABLES = [own, *(found for room in walls.ROOMS if (found := walls.module(room, "tests.matrix")))]
MATRIX: dict[str, dict[str, str]] = {key: row for table in TABLES for key, row in table.MATRIX.items()}
OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    key: make for table in TABLES for key, make in getattr(table, "OBJECTS", {}).items()
}
ADDRESSES = {one.name: one for one in all_addresses()}
CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


class Undone(Exception):
    """Ends a request's transaction, so that the next role finds everything as it was."""


def _name(key: str) -> str:
    return key.removeprefix("POST ")


def _is_ours(name: str) -> bool:
    """The doors of allauth ask who is there before they look anything up."""
    return name in ADDRESSES and bool(ADDRESSES[name].room)


# --- the tables themselves -------------------------------------------------------------
def test_every_address_has_a_name() -> None:
    assert [one.route for one in all_addresses() if not one.name] == []


def test_every_address_stands_in_the_matrix() -> None:
    assert sorted(set(ADDRESSES) - {_name(key) for key in MATRIX}) == []


def test_the_matrix_names_no_address_that_is_gone() -> None:
    assert sorted({_name(key) for key in MATRIX} - set(ADDRESSES)) == []


def test_every_address_with_arguments_has_something_behind_it() -> None:
    assert sorted(name for name, one in ADDRESSES.items() if one.arguments and name not in OBJECTS) == []


def test_no_address_stands_in_two_tables() -> None:
    keys = [key for table in TABLES for key in table.MATRIX]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("key", sorted(MATRIX))
def test_a_line_of_the_matrix_speaks_of_everybody(key: str) -> None:
    named = [role for roles in MATRIX[key] for role in roles.split()]
    assert set(named) - {"*"} <= set(EVERYBODY)
    assert len(named) == len(set(named))
    assert "*" in named or set(named) == set(EVERYBODY)
    if "405" in MATRIX[key].values() and not key.startswith("POST "):
        assert f"POST {key}" in MATRIX, "GET answers 405: the matrix owes a POST line"


# --- what people get -------------------------------------------------------------------
@dataclass(frozen=True)
class Visitors:
    """A browser for every role; the session in it was made once, and every request finds it as it was made."""

    browsers: dict[str, Client]
    sessions: dict[str, str]

    def ask(self, role: str, key: str, address: str) -> HttpResponse:
        cache.clear()  # the doors count who knocks too often; here everybody knocks once
        browser = self.browsers[role]
        browser.cookies = SimpleCookie(
            {settings.SESSION_COOKIE_NAME: self.sessions[role]} if role in self.sessions else {}
        )
        try:
            with transaction.atomic():
                answer = browser.post(address) if key.startswith("POST ") else browser.get(address)
                answer.content if not answer.streaming else b"".join(answer.streaming_content)
                raise Undone
        except Undone:
            return answer


@pytest.fixture(scope="module")
def invited(django_db_setup: None, django_db_blocker: Any) -> Iterator[Visitors]:
    """The cast comes once for the whole file and is gone at its end: most of the time went into signing people in."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = people()
        browsers = {role: Client(raise_request_exception=False, SERVER_NAME="localhost") for role in cast}
        for role, person in cast.items():
            if person:
                browsers[role].force_login(person)
        yield Visitors(
            browsers,
            {role: one.cookies[settings.SESSION_COOKIE_NAME].value for role, one in browsers.items() if cast[role]},
        )
        transaction.set_rollback(True)


@pytest.fixture
def visitors(invited: Visitors, db: None) -> Visitors:
    return invited


@pytest.mark.parametrize("key", sorted(key for key in MATRIX if _name(key) in ADDRESSES))
def test_everybody_gets_the_answer_of_the_matrix(key: str, visitors: Visitors) -> None:
    address = reverse(_name(key), kwargs=_made(key))
    wrong: dict[tuple[str, str], list[str]] = {}
    for role in EVERYBODY:
        got, wanted = str(visitors.ask(role, key, address).status_code), _wanted(key, role)
        if got != wanted:
            wrong.setdefault((got, wanted), []).append(role)
    told = [f"{key}: {got}, the matrix says {wanted}, for {' '.join(who)}" for (got, wanted), who in wrong.items()]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("key", sorted(key for key in MATRIX if _is_ours(_name(key)) and _name(key) in OBJECTS))
def test_what_does_not_exist_looks_like_what_one_may_not_know(key: str, visitors: Visitors) -> None:
    real, wrong = _made(key), []
    for role in EVERYBODY:
        wanted = _wanted(key, role)
        if wanted == "405" or (role == ANONYMOUS and wanted == "302"):
            continue
        foreign = _page(visitors, role, key, real) if wanted == "404" else None
        for changed in _with_one_wrong_id(real):
            status, page = _page(visitors, role, key, changed)
            if status != 404:
                wrong.append(f"{key} as {role}: {status} for an id that does not exist")
            elif foreign and foreign != (status, page):
                wrong.append(f"{key} as {role}: the answer tells a foreign thing from one that does not exist")
    assert not wrong, "\n".join(wrong)


def _page(visitors: Visitors, role: str, key: str, arguments: dict[str, Any]) -> tuple[int, bytes]:
    answer = visitors.ask(role, key, reverse(_name(key), kwargs=arguments))
    return answer.status_code, _plain(answer, arguments)


def _plain(answer: HttpResponse, arguments: dict[str, Any]) -> bytes:
    """The page without what must differ: the address itself and what guards the form in it."""
    page = CHANGING.sub(b"", answer.content)
    for value in arguments.values():
        page = page.replace(str(value).encode(), b"")
    return page


def _with_one_wrong_id(real: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**real, name: _other(value)} for name, value in real.items() if _other(value) != value]


def _other(value: Any) -> Any:
    """A thing's id is a UUID, a number or a code; words like `csv` name no thing."""
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, int):
        return 999_999_999
    return str(uuid4()) if isinstance(value, str) and re.search(r"\d|.{12}", value) else value


def _made(key: str) -> dict[str, Any]:
    make = OBJECTS.get(key) or OBJECTS.get(_name(key))
    return make() if make else {}


def _wanted(key: str, role: str) -> str:
    lines = {one: answer for roles, answer in MATRIX[key].items() for one in roles.split()}
    return lines.get(role, lines.get("*", "nothing"))


def test_the_addresses_are_really_walked() -> None:
    assert {"account_login", "set_language"} <= set(ADDRESSES)
    assert all(isinstance(one, Address) for one in ADDRESSES.values())
