"""States as tables: which move leads from where to where, and the one UPDATE that decides who was first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .verdicts import YES, Verdict, no


@dataclass(frozen=True, slots=True)
class Move:
    name: str
    sources: frozenset[str]
    target: str
    label: str | Promise


def move(name: str, sources: Iterable[str], target: str, label: str | Promise) -> Move:
    return Move(name, frozenset(map(str, sources)), str(target), label)


class AlreadyMoved(Exception):
    """Somebody was faster, or the page was old: the thing is no longer where this move begins."""

    def __init__(self, thing: Model, wanted: Move) -> None:
        super().__init__(f"{wanted.name} is not open from here")
        self.thing = thing
        self.wanted = wanted


class Table:
    """All moves of one kind of thing. The states are a TextChoices; `start` is where a new thing stands."""

    def __init__(self, states: type[TextChoices], start: str, moves: Iterable[Move]) -> None:
        self.states = states
        self.start = str(start)
        self._moves = {one.name: one for one in moves}
        self._check()

    def _check(self) -> None:
        known = set(self.states.values)
        for one in self:
            if strange := (one.sources | {one.target}) - known:
                raise ValueError(f"{one.name} names unknown states {sorted(strange)}")

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves.values())

    def __getitem__(self, name: str) -> Move:
        return self._moves[name]

    def open_from(self, state: str) -> list[Move]:
        return [one for one in self if state in one.sources]

    def may(self, state: str, name: str) -> Verdict:
        if state in self[name].sources:
            return YES
        return no(_("Das geht nicht mehr: Der Stand ist inzwischen „%(state)s“.") % {"state": self.states(state).label})

    def advance(self, thing: Any, name: str, /, **changes: Any) -> None:
        """Compare and set: one UPDATE moves the thing or nobody does.

        Raises AlreadyMoved when the stored state is not a source of the move.
        """
        wanted = self[name]
        rows = type(thing)._base_manager.filter(pk=thing.pk, state__in=wanted.sources)
        if not rows.update(state=wanted.target, **changes):
            raise AlreadyMoved(thing, wanted)
        for field, value in {"state": wanted.target, **changes}.items():
            setattr(thing, field, value)

    def mermaid(self) -> str:
        lines = [f"    [*] --> {self.start}"]
        lines += [f"    {source} --> {one.target}: {one.name}" for one in self for source in sorted(one.sources)]
        return "\n".join(["stateDiagram-v2", *lines])
