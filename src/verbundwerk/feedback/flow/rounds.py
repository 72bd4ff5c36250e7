"""Rounds open and end by the calendar. Nobody can ask a course again, or once more, or only some of its people."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from verbundwerk.base.jobs import due
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.courses.models import Course
from verbundwerk.journal.flow import record
from verbundwerk.post.flow import send_letter

from .. import papers, queries, rules
from ..models import Round, SelfCheck, Ticket
from ..states import ROUND
from ..terms import Kind


@due
def open_due_rounds(at: datetime) -> int:
    """Every course is asked three times at most: before it begins, when it is over, and three months later."""
    on = timezone.localdate(at)
    opened = [_open(one, Kind.CHECK, rules.check_ends_on(one), at) for one in queries.courses_to_check(on)]
    last = on + timedelta(days=rules.EVALUATION_DAYS)
    opened += [_open(one, Kind.EVALUATION, last, at) for one in queries.courses_to_evaluate(on)]
    last = on + timedelta(days=rules.TRANSFER_DAYS)
    opened += [_open(one, Kind.TRANSFER, last, at) for one in queries.courses_to_follow_up(at)]
    return sum(opened)


@transaction.atomic
def _open(course: Course, kind: Kind, closes_on: date, at: datetime) -> bool:
    """False when another tick was faster, or when there is nothing to check oneself against."""
    items = rules.competences(course.goals, course.contents) if kind == Kind.CHECK else []
    if kind == Kind.CHECK and not items:
        return False
    opens_on = timezone.localdate(at)
    values = {"opens_on": opens_on, "closes_on": max(opens_on, closes_on), "items": items}
    found, new = Round.objects.get_or_create(course=course, kind=kind, defaults=values)
    if new:
        record(None, "feedback.opened", found, at=at, course=str(course.pk), kind=str(kind))
        _invite(found, at)
    return new


@due
def renew_checks(at: datetime) -> int:
    """Before the course people are named late and replaced: who came is asked, who left takes their check along."""
    return sum(_renew(one, at) for one in queries.rounds_open(Kind.CHECK))


@transaction.atomic
def _renew(found: Round, at: datetime) -> int:
    gone = queries.strangers(found).delete()[1].get(Ticket._meta.label, 0)
    if gone:
        record(None, "feedback.people_left", found, at=at, people=gone)
    return gone + _invite(found, at)


def _invite(found: Round, at: datetime) -> int:
    """A link for everybody who has none yet. Only its hash is kept; the letter is shown to nobody."""
    people = queries.people_to_invite(found)
    for seat, address in people:
        token = secrets.token_urlsafe(24)
        ticket = Ticket.objects.create(round=found, seat=seat, address=address, token_hash=queries.hash_of(token))
        language = seat.person.language if seat.person else "de"
        _send(papers.invitation(found, ticket, token, language), at)
    if people:
        record(None, "feedback.invited", found, at=at, people=len(people))
    return len(people)


def _send(draft: papers.Draft, at: datetime) -> None:
    send_letter(
        key=draft.key, to=draft.to, subject=draft.subject, template=draft.template, context=draft.context,
        language=draft.language, secret=True, at=at,
    )  # fmt: skip


# -- the end --------------------------------------------------------------------------------
@due
def close_due_rounds(at: datetime) -> int:
    return sum(_closed(one, at) for one in queries.rounds_past(timezone.localdate(at)))


def _closed(found: Round, at: datetime) -> bool:
    try:
        _close(found, at)
    except AlreadyMoved:
        return False
    return True


@transaction.atomic
def _close(found: Round, at: datetime) -> None:
    """From here on nothing changes any more, and what may be said of it is said once."""
    found = Round.objects.select_for_update(of=("self",)).get(pk=found.pk)
    made = _pictured(found) if found.kind == Kind.CHECK else {}
    ROUND.advance(found, "close", closed_on=timezone.localdate(at), **made)
    if found.kind != Kind.CHECK:
        Ticket.objects.filter(round=found).delete()  # who took part is nobody's business any more
    record(None, "feedback.closed", found, at=at)


def _pictured(found: Round) -> dict[str, object]:
    given = list(SelfCheck.objects.filter(ticket__round=found).order_by("pk").values_list("levels", flat=True))
    profile = rules.level_profile(given)
    return {"answers": len(given), "profile": profile.as_json() if profile else None}
