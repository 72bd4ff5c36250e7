"""Every address of the product, as the resolver knows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: Callable[..., Any]
    converters: tuple[tuple[str, Any], ...]

    @property
    def room(self) -> str:
        """The room the view lives in; empty for what others brought along."""
        parts = self.view.__module__.split(".")
        return parts[1] if parts[0] == "verbundwerk" and len(parts) > 2 else ""

    @property
    def arguments(self) -> list[str]:
        return [name for name, _converter in self.converters]


@cache
def all_addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", "", ()))


def _walk(patterns: list[Any], space: str, route: str, above: tuple[tuple[str, Any], ...]) -> Iterator[Address]:
    for one in patterns:
        here, converters = route + str(one.pattern), above + _converters(one)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner, here, converters)
        elif isinstance(one, URLPattern):
            yield Address(f"{space}{one.name}" if one.name else "", here, one.callback, converters)


def _converters(one: URLPattern | URLResolver) -> tuple[tuple[str, Any], ...]:
    found = getattr(one.pattern, "converters", {})
    groups = getattr(getattr(one.pattern, "regex", None), "groupindex", {})
    return tuple((name, found.get(name)) for name in groups)
