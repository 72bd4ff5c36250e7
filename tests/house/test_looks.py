"""Every guarded loader that hands out data of a firm or a person notes who was shown it, or says why it need not."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import walls

OWN = "hands out only what is the viewer's own"
ALL = "everybody may read it"
BEARER = "for whoever holds the letter or the paper; nobody is signed in"
NO_DATA = "counts and links, no data of one firm or person"

EXCEPTIONS = {
    "catalogue.offer_for": ALL,
    "catalogue.own_offer_for": OWN,
    "codetermination.case_for": OWN,
    "codetermination.document_for": OWN,
    "codetermination.proposal_for": OWN,
    "codetermination.waiting_for": OWN,
    "courses.calendar_owner_for": BEARER,
    "courses.certificate_proof_for": BEARER,
    "courses.course_to_book_for": "says only that there are free seats",
    "courses.organisations_booking_for": OWN,
    "courses.participant_for": "goes through taught_session_for",
    "courses.providers_for": "names of providers, for whoever plans a course",
    "courses.seat_for": OWN,
    "courses.session_for": "says when and where, not who",
    "courses.waiting_pool_for": "a pool by its title; firms come with pool_for",
    "courses.waiting_for": NO_DATA,
    "feedback.course_for": "goes through the courses' own guard; figures of whole groups only",
    "feedback.letter_ticket_for": BEARER,
    "feedback.own_ticket_for": OWN,
    "feedback.waiting_for": NO_DATA,
    "exchange.booking_to_give_for": OWN,
    "exchange.entry_for": OWN,
    "exchange.given_for": OWN,
    "exchange.list_course_for": "positions in a list, without names and without numbers of one firm",
    "exchange.waiting_for": OWN,
    "needs.evaluation_letter_for": BEARER,
    "needs.firms_for": "names of organisations one may write a need for",
    "needs.firms_to_import_for": "names of organisations one may bring a list for",
    "needs.letter_for": BEARER,
    "needs.link_for": BEARER,
    "needs.own_link_for": "an address to hand out; what came in under it is noted by quick_need_for",
    "needs.status_for": BEARER,
    "needs.waiting_for": "for the firm its own, for the office numbers",
    "network.alliance_for": ALL,
    "network.body_for": "that a body exists; its names only to its own members and the office",
    "network.demo_person_for": "an invented person of the demo region",
    "network.letters_for": "also counts; the page of the list notes it in exports",
    "network.open_invitation_for": BEARER,
    "network.waiting_for": NO_DATA,
    "pooling.left_over_for": "the plan came through plan_for",
    "pooling.member_for": "the pool came through pool_for",
    "pooling.own_in_pool_for": OWN,
    "pooling.public_pool_for": ALL,
    "pooling.steering_for": "an instruction to be taken back; the plan comes through plan_for",
    "pooling.waiting_for": NO_DATA,
    "portal.figures_for": NO_DATA,
    "wishes.answerable_for": BEARER,
    "wishes.survey_for": OWN,
    "wishes.talk_for": OWN,
    "wishes.waiting_for": "one's own, and a number of what was released",
    "portal.lines_for": NO_DATA,
    "portal.panels_for": "what it lists is noted by needs_on_their_way and the courses' own guard",
    "portal.shortcuts_for": NO_DATA,
}
# Lists over many firms, which are no loaders of one thing but show as much.
LISTS = {
    ("needs", "needs_table"), ("needs", "inbox_of"), ("pooling", "needs_to_merge"), ("portal", "find"),
    ("portal", "needs_on_their_way"), ("network", "letters_table"), ("privacy", "all_looks"),
    ("wishes", "hints"),
}  # fmt: skip


def _functions() -> Iterator[tuple[str, walls.AnyFunction, Path]]:
    for room in walls.ROOMS:
        for file in walls.files(room):
            if walls.floor(file) in {"queries", "exports"}:
                for one in walls.tree(file).body:
                    if isinstance(one, walls.AnyFunction):
                        yield room, one, file


def _loaders() -> dict[str, walls.AnyFunction]:
    found = [(room, one) for room, one, file in _functions() if walls.floor(file) == "queries"]
    return {f"{room}.{one.name}": one for room, one in found if one.name.endswith("_for") and one.name[0] != "_"}


def _notes(function: walls.AnyFunction, among: dict[str, walls.AnyFunction], room: str) -> bool:
    """Itself, or by another loader of the same room."""
    called = {walls.called(call) for call in walls.calls(function)}
    others = (among[key] for name in called if (key := f"{room}.{name}") in among and name != function.name)
    return "seen" in called or any(_notes(one, among, room) for one in others)


def test_every_loader_notes_who_was_shown_a_firm_or_a_person() -> None:
    found = _loaders()
    silent = {name for name, one in found.items() if not _notes(one, found, name.partition(".")[0])}
    assert sorted(silent - set(EXCEPTIONS)) == []


def test_no_exception_is_for_a_loader_that_is_gone() -> None:
    assert set(EXCEPTIONS) - set(_loaders()) == set()


def test_lists_over_many_firms_note_it_too() -> None:
    noting = {(room, one.name) for room, one, _file in _functions() if "seen" in map(walls.called, walls.calls(one))}
    assert LISTS - noting == set()


def test_only_one_place_writes_the_log() -> None:
    writers = [
        walls.where(file, call)
        for room in walls.ROOMS
        for file in walls.files(room)
        for call in walls.calls(walls.tree(file))
        if "Look.objects" in ast.unparse(call.func) and walls.called(call) in {"create", "bulk_create"}
    ]
    assert len(writers) == 1
