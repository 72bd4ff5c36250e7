"""What the same firm has open already: needs much like one that is raised, brought in a list, or looked through."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from verbundwerk.base.words import search_key
from verbundwerk.network.models import Person
from verbundwerk.topics.queries import recognised

from ..draft import NeedDraft
from ..models import Need, QuickNeed
from ..states import OPEN, NeedState
from .guarded import needs_visible_to

STILL_OPEN = (NeedState.DRAFT, *OPEN, NeedState.BUNDLED)
SHOWN = 3
Subject = UUID | str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What two needs are compared by. Without a postal code any site will do; `need`: nothing is like itself."""

    organisation: UUID
    topic: UUID | None
    text: str
    first: date
    last: date
    postal_code: str = ""
    need: UUID | None = None


def wanted_in(need: Need) -> Wanted:
    return Wanted(
        need.organisation_id, need.topic_id, need.topic_text, need.window_from, need.window_until, need.postal_code,
        need.pk,
    )  # fmt: skip


def wanted_in_draft(draft: NeedDraft, organisation: UUID) -> Wanted:
    return Wanted(
        organisation, draft.topic, draft.topic_text, draft.window_from, draft.window_until, draft.postal_code
    )  # fmt: skip


def already_open(person: Person, wanted: Sequence[Wanted]) -> list[list[Need]]:
    """For each the firm's open needs with the same topic or in the same words, at the same site, at a time in common;
    only such as this person may know of, and none but the caller's word that this firm may be looked at."""
    firms = {one.organisation for one in wanted}
    rows = needs_visible_to(person).filter(organisation__in=firms, state__in=STILL_OPEN).order_by("number")
    stored = [(wanted_in(need), need) for need in rows] if firms else []
    subjects = _subjects([*wanted, *(said for said, _need in stored)])
    known: dict[tuple[UUID, Subject], list[tuple[Wanted, Need]]] = {}
    for (said, need), about in zip(stored, subjects[len(wanted) :], strict=True):
        for subject in about:
            known.setdefault((said.organisation, subject), []).append((said, need))
    return [_alike(one, about, known) for one, about in zip(wanted, subjects, strict=False)]


def _alike(
    one: Wanted, about: set[Subject], known: dict[tuple[UUID, Subject], list[tuple[Wanted, Need]]]
) -> list[Need]:
    found = [pair for subject in about for pair in known.get((one.organisation, subject), ())]
    met = {need.pk: need for said, need in found if _meet(one, said)}
    return sorted(met.values(), key=lambda need: need.number)[:SHOWN]


def like_need(person: Person, need: Need) -> list[Need]:
    """Nothing for a need that is over: there is nothing to sort out."""
    return already_open(person, [wanted_in(need)])[0] if need.state in STILL_OPEN else []


def like_quick(person: Person, quick: QuickNeed) -> list[Need]:
    """Of the firm a note was written for, once it is known; at any of its sites."""
    if quick.organisation_id is None or quick.need_id is not None:
        return []
    since = min(timezone.localdate(quick.sent_at), quick.window_until)
    said = Wanted(quick.organisation_id, quick.topic_id, quick.topic_text, since, quick.window_until)
    return already_open(person, [said])[0]


def like_rows(person: Person, rows: Iterable[dict[str, Any]]) -> list[list[Need]]:
    """For each correct row of an uploaded list."""
    return already_open(
        person, [wanted_in_draft(NeedDraft.from_json(row["draft"]), UUID(row["organisation"])) for row in rows]
    )


def _subjects(wanted: Sequence[Wanted]) -> list[set[Subject]]:
    """Its words, and the topic: where none is confirmed, the one the words mean. The office confirms topics one by one,
    so that of two needs in the same words one often has its topic and the other has not."""
    loose = [one.text for one in wanted if one.topic is None]
    meant: Iterator[Any] = iter(recognised(loose) if loose else [])
    topics = [one.topic or getattr(next(meant), "pk", None) for one in wanted]
    return [{search_key(one.text), *([topic] if topic else [])} for one, topic in zip(wanted, topics, strict=True)]


def _meet(one: Wanted, other: Wanted) -> bool:
    same_place = not one.postal_code or one.postal_code == other.postal_code
    return one.need != other.need and same_place and one.first <= other.last and other.first <= one.last
