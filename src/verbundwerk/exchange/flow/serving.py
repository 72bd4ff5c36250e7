"""What gets free goes to those who wait, in their order. The course is locked by whoever calls."""

from collections.abc import Sequence
from datetime import datetime

from verbundwerk.courses import flow as courses
from verbundwerk.courses.models import Course
from verbundwerk.courses.queries import begins_at
from verbundwerk.courses.states import BookingState
from verbundwerk.journal.flow import record

from .. import papers, queries, rules
from ..models import GivenSeat, ListEntry, ListStep
from ..states import ENTRY, GIVEN, EntryState, GivenState
from ..terms import StepKind
from .letters import list_path, tell_firm


def serve(course: Course, at: datetime) -> int:
    """Walk the list once: whoever fits gets an offer with a deadline, whoever does not keeps the place and is told
    so. How many got an offer."""
    course.refresh_from_db()
    if not rules.list_is_open(course, begins_at(course), at):
        return 0
    served, passed = 0, list[ListEntry]()
    for entry in queries.waiting_in(course):
        supplies = queries.supply_of(course)
        found = rules.share(entry.seats, entry.at_least, supplies)
        if found is None:
            passed.append(entry)
            continue
        for early in passed:
            _skip(early, sum(one.total for one in supplies), at)
        passed.clear()
        _offer(course, entry, found, at)
        served += 1
    free = sum(one.total for one in queries.supply_of(course))
    for entry in passed:
        if free:
            _skip(entry, free, at)
    count_list(course, at)
    return served


def _offer(course: Course, entry: ListEntry, found: rules.Share[GivenSeat], at: datetime) -> None:
    until = rules.offer_deadline(at, begins_at(course), course.bookable_until or course.starts_on)
    held = courses.hold_seats(course, entry.organisation, found.free, by=None, at=at) if found.free else None
    note(entry, StepKind.OFFERED, at)
    ENTRY.advance(
        entry, "offer", offered=found.seats, offered_at=at, offer_until=until, price_cents=found.price_cents, held=held
    )
    for one in found.given:
        GIVEN.advance(one, "offer", entry=entry)
    entry.course = course
    record(None, "entry.offered", entry, at=at, seats=found.seats, until=until.isoformat())
    _tell(entry, lambda: papers.offered(entry), "offered", at)


def _skip(entry: ListEntry, free: int, at: datetime) -> None:
    """Told once for what is free; when that changes, told again."""
    if not ListEntry.objects.filter(pk=entry.pk).exclude(told_free=free).update(told_free=free):
        return
    entry.told_free = free
    note(entry, StepKind.SKIPPED, at)
    record(None, "entry.skipped", entry, at=at)
    _tell(entry, lambda: papers.skipped(entry.course), "skipped", at)


def _tell(entry: ListEntry, words: papers.Tell, occasion: str, at: datetime) -> None:
    key = f"seat-list:{occasion}:{entry.pk}:{at.isoformat()}"
    tell_firm(entry.organisation_id, words, key=key, path=list_path(entry.course), at=at)


def note(entry: ListEntry, kind: StepKind, at: datetime) -> None:
    """For everybody in the list to read: position and what happened."""
    ListStep.objects.create(
        course_id=entry.course_id, entry=entry, position=queries.position_of(entry), kind=kind, at=at
    )  # fmt: skip


def count_list(course: Course, at: datetime) -> None:
    courses.note_waiting(course, queries.waiting_in(course).count(), by=None, at=at)


# -- what was offered and is not taken ----------------------------------------------------------
def end_offer(entry: ListEntry, move: str, kind: StepKind, at: datetime) -> None:
    """Declined, expired, taken back or over: what was kept for it is free again."""
    note(entry, kind, at)
    held = entry.held
    ENTRY.advance(entry, move, offered=0, held=None, offer_until=None, price_cents=None)
    for one in GivenSeat.objects.filter(entry=entry, state=GivenState.OFFERED):
        GIVEN.advance(one, "release", entry=None)
    if held is not None and held.state == BookingState.RESERVED:
        courses.lapse_booking(held, by=None, at=at)
        entry.course.refresh_from_db()


def expire_offers(course: Course, at: datetime) -> int:
    late = queries.entries_in(course).filter(state=EntryState.OFFERED, offer_until__lte=at)
    for entry in late:
        end_offer(entry, "expire", StepKind.EXPIRED, at)
        record(None, "entry.expired", entry, at=at)
        _tell(entry, lambda: papers.expired(course), "expired", at)
    return len(late)


def drop_broken_offers(course: Course, at: datetime) -> int:
    """A seat was given back or its booking cancelled while it was offered: the firm keeps its place in the list."""
    gone = queries.gone_in(course)
    for entry in {one.entry_id: one.entry for one in gone if one.entry}.values():
        take_back_offer(entry, at)
    for one in queries.gone_in(course):
        GIVEN.advance(one, "give_back", closed_at=at)
    return len(gone)


def take_back_offer(entry: ListEntry, at: datetime) -> None:
    end_offer(entry, "take_back", StepKind.TAKEN_BACK, at)
    record(None, "entry.offer_taken_back", entry, at=at)
    _tell(entry, lambda: papers.taken_back(entry.course), "taken-back", at)


def close_list(course: Course, at: datetime) -> int:
    """The course has begun, its registration is over, or it does not take place: nobody is promoted any more."""
    entries = list(queries.entries_in(course))
    for entry in entries:
        end_offer(entry, "end", StepKind.UNSERVED, at)
        record(None, "entry.unserved", entry, at=at)
        _tell(entry, lambda: papers.unserved(course), "unserved", at)
    for one in queries.gone_in(course):
        GIVEN.advance(one, "give_back", closed_at=at, entry=None)
    _keep_what_nobody_took(course, list(queries.given_in(course)), at)
    count_list(course, at)
    return len(entries)


def _keep_what_nobody_took(course: Course, given: Sequence[GivenSeat], at: datetime) -> None:
    for one in given:
        GIVEN.advance(one, "keep", closed_at=at, entry=None)
        record(None, "given.kept", one, at=at)
    for firm, count in queries.per_firm(given).items():
        key = f"given-kept:{course.pk}:{firm}:{at.isoformat()}"
        tell_firm(firm, _words_of_kept(course, count), key=key, path=list_path(course), at=at)


def _words_of_kept(course: Course, count: int) -> papers.Tell:
    return lambda: papers.kept(course, count)
