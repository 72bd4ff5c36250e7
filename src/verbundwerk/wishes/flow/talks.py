"""A mentor notes what people said, without them; enough of it becomes a need."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.needs.draft import NeedDraft
from verbundwerk.needs.flow import raise_from_staff
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Occasion, Shift, Source
from verbundwerk.network.models import Organisation, Person
from verbundwerk.topics.models import Topic
from verbundwerk.topics.terms import Level

from .. import queries, rules_talks
from ..models import Talk
from ..states import TALK

WINDOW = timedelta(days=182)  # somebody in the firm may name a better one afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkWords:
    topic: Topic
    people: int
    level: int = Level.APPLY
    shift: str = Shift.DAY


@transaction.atomic
def note_talk(
    words: TalkWords, *, organisation: Organisation, by: Person, at: datetime, once: UUID | None = None
) -> Talk:
    """The same `once` from the same mentor gives the same talk again."""
    require(rules_talks.mentors_at(organisation.pk, by))
    key = uuid5(by.pk, str(once)) if once else None
    made = {**{one.name: getattr(words, one.name) for one in fields(words)}, "organisation": organisation, "mentor": by}
    made["noted_at"] = at
    talk, new = Talk.objects.get_or_create(once=key, defaults=made) if key else (Talk.objects.create(**made), True)
    if new:
        record(by, "talk.noted", talk, at=at)
    return talk


@transaction.atomic
def delete_talk(talk: Talk, *, by: Person, at: datetime) -> None:
    talk = Talk.objects.select_for_update().get(pk=talk.pk)
    require(rules_talks.may_delete_talk(talk, by))
    record(by, "talk.deleted", talk, at=at)
    talk.delete()


@transaction.atomic
def pass_on(talk: Talk, *, by: Person, at: datetime) -> None:
    """All that was noted about this topic is shown to the coordination office, and to nobody else."""
    _move_all(talk, "pass_on", by, passed_at=at)
    record(by, "talk.passed_on", talk, at=at)


@transaction.atomic
def keep_back(talk: Talk, *, by: Person, at: datetime) -> None:
    _move_all(talk, "keep_back", by, passed_at=None)
    record(by, "talk.kept_back", talk, at=at)


def _move_all(talk: Talk, move: str, by: Person, *, passed_at: datetime | None) -> None:
    require(rules_talks.mentors_at(talk.organisation_id, by))
    TALK.advance(talk, move, passed_at=passed_at)  # the pressed one decides who was first; the others go with it
    for one in queries.open_talks_like(talk).filter(state__in=TALK[move].sources).select_for_update():
        TALK.advance(one, move, passed_at=passed_at)


@transaction.atomic
def raise_from_talks(talk: Talk, *, by: Person, at: datetime) -> Need:
    """One need of all open talks about this topic in this firm, as soon as nobody can be recognised in it."""
    talks = list(queries.open_talks_like(talk).select_for_update(of=("self",)))
    talk.refresh_from_db()
    people = sum(one.people for one in talks)
    site = talk.organisation.sites.first()
    require(rules_talks.may_raise(talk, by, people=people), rules_talks.has_a_place(site is not None))
    need = raise_from_staff(
        _draft(talks, site.postal_code if site else "", at), Source.MENTOR,
        organisation=talk.organisation, by=by, at=at,
    )  # fmt: skip
    for one in talks:
        TALK.advance(one, "raise", need=need)
    record(by, "talk.raised", talk, at=at, need=str(need.pk), people=people)
    return need


def _draft(talks: list[Talk], postal_code: str, at: datetime) -> NeedDraft:
    today = timezone.localdate(at)
    return NeedDraft(
        topic_text=talks[0].topic.label,
        topic=talks[0].topic_id,
        seats=sum(one.people for one in talks),
        level=rules_talks.shared(_told(talks, "level"), int(Level.APPLY)),
        shift=rules_talks.shared(_told(talks, "shift"), str(Shift.DAY)),
        window_from=today,
        window_until=today + WINDOW,
        postal_code=postal_code,
        occasion=Occasion.WISH,
    )


def _told(talks: Iterable[Talk], name: str) -> list[tuple[Any, int]]:
    return [(getattr(one, name), one.people) for one in talks]
