"""What every chapter needs: one case at a time, what was said in it, and letters to one side of a firm."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy

from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.post.flow import send_letter

from .. import papers, queries, rules, rules_talks
from ..models import Case, Proposal, Statement
from ..papers import Told
from ..terms import StatementKind

ACTIONS = {
    StatementKind.AGREE: "case.agreed",
    StatementKind.REFUSE: "case.refused",
    StatementKind.TALK: "case.talk_wanted",
    StatementKind.CONCILIATION: "case.conciliation",
    StatementKind.AWARD_AGREED: "case.award_agreed",
    StatementKind.AWARD_REFUSED: "case.award_refused",
    StatementKind.WORD: "case.word",
    StatementKind.MEETING: "case.meeting_proposed",
    StatementKind.FITS: "case.meeting_fixed",
    StatementKind.TALKED: "case.talked",
}


def lock(thing: Case | Proposal) -> None:
    """Everybody else who wants to change this thing waits until our transaction ends; then `thing` is fresh."""
    type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    thing.refresh_from_db()


def tell(thing: Case | Proposal, roles: frozenset[str], words: Told, *, occasion: str, at: datetime) -> None:
    """One letter to everybody who holds one of these roles at the firm; the same occasion never writes twice."""
    name = "case" if isinstance(thing, Case) else "proposal"
    path = reverse(f"codetermination:{name}", args=[thing.pk])
    _write(_readers(thing.organisation_id, roles, at), words, f"codetermination.{occasion}/{thing.pk}", path, at)


def _readers(organisation: UUID, roles: frozenset[str], at: datetime) -> list[Person]:
    return queries.people_of(organisation, roles, timezone.localdate(at))


def _write(people: Iterable[Person], words: Told, key: str, path: str, at: datetime) -> None:
    for person in people:
        send_letter(
            key=key,
            to=person,
            subject=lazy(lambda: words().subject, str)(),
            template="codetermination/letters/note",
            context={"words": words, "path": path},
            at=at,
        )


@transaction.atomic
def write_down(
    case: Case, kind: StatementKind, text: str, *, by: Person, at: datetime, meets_at: datetime | None = None
) -> Case:
    """The end of every verb with which somebody speaks.

    What was said stays as it was said; the other side reads of it, and so do one's own colleagues."""
    statement = Statement.objects.create(
        case=case,
        kind=kind,
        text=text.strip(),
        side=rules_talks.side_of(case, by),
        meets_at=meets_at,
        said_by=by,
        said_at=_after_the_others(case, at),
    )
    record(by, ACTIONS[kind], case, at=at)
    tell(case, rules.SIDES, lambda: papers.said(case, statement), occasion=f"said/{statement.pk}", at=at)
    return case


def _after_the_others(case: Case, at: datetime) -> datetime:
    """Ids are random, so two things said at one moment would stand in no order: the later one stands a little later."""
    last = queries.statements_of(case).last()
    return max(at, last.said_at + timedelta(microseconds=1)) if last else at
