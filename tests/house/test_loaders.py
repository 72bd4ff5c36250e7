"""From an id in an address to a thing there is one way: a guarded loader `*_for(...)` of a queries module."""

import ast
import inspect
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

import pytest
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter
from tests.house.addresses import Address, all_addresses

NAMES_A_THING = ("id", "number", "code", "token", "key", "slug")
# Addresses whose word in the path names no stored thing, each with its reason.
NO_THING: dict[str, str] = {}


def _asks_for_a_thing(address: Address) -> bool:
    return any(
        isinstance(converter, UUIDConverter | IntConverter | SlugConverter) or name.rpartition("_")[2] in NAMES_A_THING
        for name, converter in address.converters
    )


OURS = [one for one in all_addresses() if one.room and _asks_for_a_thing(one) and one.name not in NO_THING]


@pytest.mark.parametrize("address", OURS, ids=lambda one: one.name or one.route)
def test_a_view_with_an_id_loads_through_a_guard(address: Address) -> None:
    view = inspect.unwrap(address.view)
    loaders = [one.__qualname__ for one in _reached(view, set()) if _is_loader(one)]
    assert loaders, f"{view.__module__}.{view.__name__} takes {address.arguments} and calls no *_for() of queries"


def _is_loader(function: Callable[..., Any]) -> bool:
    return function.__name__.endswith("_for") and ".queries" in function.__module__


def _reached(function: Callable[..., Any], seen: set[str]) -> Iterator[Callable[..., Any]]:
    """What a function calls, and what helpers of the same room's views call for it."""
    if function.__qualname__ in seen:
        return
    seen.add(function.__qualname__)
    for one in _called(function):
        yield one
        if one.__module__.startswith("verbundwerk.") and "view" in one.__module__:
            yield from _reached(one, seen)


def _called(function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    tree = ast.parse(dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            found = _resolve(node, function)
            if inspect.isfunction(found := inspect.unwrap(found) if callable(found) else found):
                yield found


def _resolve(node: ast.expr, function: Callable[..., Any]) -> Any:
    if isinstance(node, ast.Name):
        return function.__globals__.get(node.id)  # type: ignore[attr-defined]
    if isinstance(node, ast.Attribute):
        return getattr(_resolve(node.value, function), node.attr, None)
    return None
