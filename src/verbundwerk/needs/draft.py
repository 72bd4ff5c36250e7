"""What somebody types about a need, as a plain value: checked, but nothing is stored yet."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from verbundwerk.topics.terms import Level

from .terms import Block, Confidentiality, Format, Occasion, Shift, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDraft:
    """`once` is the key of the shown form: the same key never makes two needs."""

    topic_text: str
    seats: int
    window_from: date
    window_until: date
    postal_code: str
    topic: UUID | None = None
    seats_min: int = 1
    shift: str = Shift.DAY
    rotation: str = ""
    travel_minutes_max: int = 45
    format: str = Format.EITHER
    level: int = Level.APPLY
    occasion: str = Occasion.OTHER
    urgency: int = Urgency.NORMAL
    details: str = ""
    hours_max: int | None = None
    block: str = Block.ANY
    language: str = ""
    accessibility: str = ""
    budget_cents: int | None = None
    wants_funding: bool = False
    mandatory: bool = False
    changes_work: bool = False
    confidentiality: str = Confidentiality.OPEN
    hidden_from: tuple[UUID, ...] = ()
    once: UUID | None = None

    def columns(self) -> dict[str, Any]:
        """The values as the columns of a stored need."""
        plain = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in NOT_COLUMNS}
        return {**plain, "topic_id": self.topic}

    def as_json(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "NeedDraft":
        return cls(**{name: _FROM_JSON.get(name, _same)(value) for name, value in stored.items()})


NOT_COLUMNS = frozenset({"topic", "hidden_from", "once"})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, UUID) else value


def _same(value: Any) -> Any:
    return value


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


_FROM_JSON = {
    "window_from": date.fromisoformat,
    "window_until": date.fromisoformat,
    "topic": _id,
    "once": _id,
    "hidden_from": lambda ids: tuple(map(UUID, ids)),
}
