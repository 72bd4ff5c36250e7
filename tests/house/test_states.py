"""Every move of every table, tried from every state on the real table in the database."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from tests.house import walls

from verbundwerk.base.moves import AlreadyMoved, Table

MERMAID = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)


def _tables() -> Iterator[tuple[str, str, Table]]:
    for room in walls.ROOMS:
        for name, value in vars(walls.module(room, "states") or object).items():
            if isinstance(value, Table):
                yield room, name, value


TABLES = list(_tables())
each_table = pytest.mark.parametrize(
    ("room", "table"), [(r, t) for r, _n, t in TABLES], ids=[f"{r}.{n}" for r, n, _t in TABLES]
)


def _made(room: str, table: Table, state: str) -> Any:
    make = walls.module(room, "tests.make")
    factories = getattr(make, "STATEFUL", {})
    assert table in factories, f"verbundwerk.{room}.tests.make.STATEFUL has no factory for this table"
    thing = factories[table](state)
    thing.refresh_from_db()
    assert thing.state == state, f"the factory made {thing.state} where {state} was asked for"
    return thing


def _changes(room: str, table: Table, move: str) -> dict[str, Any]:
    return getattr(walls.module(room, "tests.make"), "CHANGES", {}).get(table, {}).get(move, {})


@each_table
@pytest.mark.django_db
def test_every_move_from_every_state(room: str, table: Table) -> None:
    for state in table.states.values:
        for move in table:
            _try(room, table, state, move.name)


def _try(room: str, table: Table, state: str, name: str) -> None:
    thing, move = _made(room, table, state), table[name]
    rows = type(thing)._base_manager.filter(pk=thing.pk)
    before = rows.values().get()
    if state in move.sources:
        table.advance(thing, name, **_changes(room, table, name))
        assert rows.get().state == thing.state == move.target, f"{name} from {state}"
    else:
        with pytest.raises(AlreadyMoved):
            table.advance(thing, name, **_changes(room, table, name))
        assert rows.values().get() == before, f"{name} from {state} changed something"


@each_table
@pytest.mark.django_db
def test_only_one_of_two_old_pages_moves_a_thing(room: str, table: Table) -> None:
    for move in table:
        if move.target in move.sources:
            continue
        thing = _made(room, table, min(move.sources))
        old = type(thing)._base_manager.get(pk=thing.pk)
        table.advance(thing, move.name, **_changes(room, table, move.name))
        with pytest.raises(AlreadyMoved):
            table.advance(old, move.name, **_changes(room, table, move.name))


@each_table
@pytest.mark.django_db
def test_the_model_offers_the_states_of_its_table(room: str, table: Table) -> None:
    field = type(_made(room, table, table.start))._meta.get_field("state")
    assert isinstance(field, models.Field)
    assert dict(field.choices or []).keys() == set(table.states.values)
    assert field.default == table.start
    assert (field.max_length or 0) >= max(map(len, table.states.values))


@each_table
def test_every_state_can_be_reached(room: str, table: Table) -> None:
    reached, before = {table.start}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {move.target for move in table if move.sources & before}
    assert set(table.states.values) - reached == set()


@each_table
def test_the_diagram_in_the_readme_is_the_table(room: str, table: Table) -> None:
    readme = walls.HOUSE / room / "README.md"
    assert readme.exists(), f"{room} has no README.md"
    assert table.mermaid() in MERMAID.findall(readme.read_text())


@pytest.mark.parametrize("room", walls.ROOMS)
def test_a_thing_with_states_has_a_table(room: str) -> None:
    """A model with a field `state` whose choices come from nowhere would escape every test above."""
    known = {tuple(table.states.choices) for _room, _name, table in TABLES if _room == room}
    stateful = [model for model in apps.get_app_config(room).get_models() if _state_field(model)]
    assert [one.__name__ for one in stateful if tuple(_state_field(one).choices or ()) not in known] == []


def _state_field(model: type[models.Model]) -> Any:
    return next((field for field in model._meta.concrete_fields if field.name == "state"), None)
