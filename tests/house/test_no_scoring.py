"""Nobody is ranked or picked: people stand by name, or in the order in which they were named (BetrVG § 87, § 95).

Looked at is every order a list of people could get: of a model, a query, a sorted list, a column one can press, and
every figure worked out for each person that an order could be made of.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from tests.house import walls

# One row of these is one person, whatever it is called: Person itself, and what hangs on one.
LEADS_TO_ONE = {"person", "user", "seat", "participant", "employee"}
# By name; or in the order of naming, which is all the other words say. A role or a body is where somebody sits.
BY_NAME = {"name", "sort_key", "email"}
AS_NAMED = {"pk", "id", "position", "booking", "booked_at", "number", "invited_at", "from_on", "role", "body"}
ALLOWED = BY_NAME | AS_NAMED
# What would tell one person's worth from another's, wherever an order speaks of it.
WORTH = {
    "presence", "presences", "attendance", "attendances", "absence", "absences", "attended", "missed", "score",
    "scores", "points", "grade", "grades", "rating", "rank", "ranking", "last_login", "age", "performance",
    "certificates",
}  # fmt: skip
FIGURES = {"Count", "Sum", "Avg", "Max", "Min", "Rank", "DenseRank", "RowNumber", "Window", "PercentRank", "Ntile"}
SORTERS = {"sorted", "max", "min", "nlargest", "nsmallest"}
# One person's own things, or things that end; each with its reason.
EXCEPTIONS = {
    "network.queries.invitations_open": "open letters, the next to expire first; nobody in them is known yet",
    "needs.queries.quick_waiting": "reports to be answered, the one that waits longest first",
    "needs.views.quick_list": "answered reports, the latest answer first",
    "courses.queries.own_certificates": "one person's own papers, the latest first",
    "courses.exports.own_certificates_table": "one person's own papers",
    "exchange.queries.given_seats_of": "chairs as their firm gave them away, the latest first",
    "exchange.queries.seats_to_give": "empty chairs before taken ones, so that nobody has to be told",
    "exchange.queries.supply_of": "chairs in the order in which firms gave them away",
}
# Models that stand in the order in which their rows came to be; pages name their own order.
ORDERINGS = {
    "Attendance: seat": "the order of the seats",
    "Attendance: session": "half day by half day",
    "Certificate: issued_at": "as they were issued; the page goes by number",
    "GivenSeat: given_at": "chairs in the order in which firms gave them away",
    "QuickNeed: sent_at": "reports as they came in",
    "CalendarLink: made_at": "never shown as a list",
}


@cache
def people() -> dict[str, type[models.Model]]:
    found = {one.__name__: one for one in apps.get_models() if _is_a_person(one)}
    return found | {one.__name__: one for one in apps.get_models() if _hangs_on(one, set(found.values()))}


def _is_a_person(model: type[models.Model]) -> bool:
    names = {one.name for one in model._meta.get_fields()}
    return model is get_user_model() or {"name", "email"} <= names or _hangs_on(model, {get_user_model()})


def _hangs_on(model: type[models.Model], others: set[Any]) -> bool:
    return any(one.name in LEADS_TO_ONE and one.related_model in others for one in model._meta.get_fields())


@cache
def managers() -> set[str]:
    """`booking.places`, `course.lecturer.mandates`: the ways back to people."""
    relations = (one for model in apps.get_models() for one in model._meta.get_fields() if one.is_relation)
    return {one.get_accessor_name() for one in relations if _leads_back(one)}


def _leads_back(relation: Any) -> bool:
    back = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.many_to_many)
    return bool(back and relation.related_model.__name__ in people() and relation.get_accessor_name())


def test_the_house_knows_who_is_a_person() -> None:
    assert {"Person", "Mandate", "Seat", "Attendance", "Certificate", "Invitation"} <= set(people())
    assert {"places", "mandates", "attendances"} <= managers()
    assert not {"Need", "Course", "Booking", "Pool", "Organisation"} & set(people())


# --- what an expression lists -----------------------------------------------------------------
def _lists_people(node: ast.AST, near: walls.AnyFunction, file: Path) -> bool:
    """A chain that begins at a model of people, at a way back to them, or at something that was made of those."""
    for one in _chain(node):
        if isinstance(one, ast.Attribute) and one.attr in managers():
            return True
        if isinstance(one, ast.Name) and (one.id in people() or _was_made_of_people(one.id, near, file)):
            return True
        if isinstance(one, ast.Call) and _says_people(_annotation_of(one, file)):
            return True
    return False


def _chain(node: ast.AST) -> Iterator[ast.AST]:
    """`list(a.b(c).d)` -> the call, its one argument, a.b(c).d, a.b(c), a.b, a."""
    while True:
        yield node
        if isinstance(node, ast.Call):
            wrapped = isinstance(node.func, ast.Name) and node.func.id in {"list", "set", "tuple", "some"} and node.args
            node = node.args[0] if wrapped else node.func
        elif isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        else:
            return


def _was_made_of_people(name: str, near: walls.AnyFunction, file: Path) -> bool:
    for one in [*near.args.args, *near.args.kwonlyargs]:
        if one.arg == name:
            return _says_people(ast.unparse(one.annotation) if one.annotation else "")
    made = [one.value for one in ast.walk(near) if isinstance(one, ast.Assign) and _assigns(one, name)]
    # `rows = rows.filter(…)` is made of itself; what counts is where it began
    return any(_lists_people(one, near, file) for one in made if name not in _names(one))


def _assigns(node: ast.Assign, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in node.targets)


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _says_people(annotation: str) -> bool:
    words = "".join(letter if letter.isalnum() else " " for letter in annotation).split()
    return "QuerySet" in annotation + "list" * ("list[" in annotation) and bool(set(words) & set(people()))


def _annotation_of(call: ast.Call, file: Path) -> str:
    """What a function of the same room's queries, or of the same file, says it gives."""
    name, room = walls.called(call), file.relative_to(walls.HOUSE).parts[0]
    return _given(room).get(name, "") or _given(room, file).get(name, "")


@cache
def _given(room: str, only: Path | None = None) -> dict[str, str]:
    files = [only] if only else [one for one in walls.files(room) if walls.floor(one) == "queries"]
    return {
        one.name: ast.unparse(one.returns)
        for file in files
        for one in walls.functions(walls.tree(file))
        if one.returns is not None
    }


# --- orders ------------------------------------------------------------------------------------
def _wrong_in(function: walls.AnyFunction, file: Path) -> Iterator[tuple[ast.AST, str]]:
    gives = _says_people(ast.unparse(function.returns)) if function.returns else False
    returned = {id(one) for node in ast.walk(function) if isinstance(node, ast.Return) for one in _chain_of(node)}
    for call in walls.calls(function):
        about = _lists_people(call, function, file) or (gives and id(call) in returned)
        yield from ((call, what) for what in _told(call, about, function, file))


def _chain_of(node: ast.Return) -> Iterator[ast.AST]:
    return _chain(node.value) if node.value else iter(())


def _told(call: ast.Call, about: bool, near: walls.AnyFunction, file: Path) -> Iterator[str]:
    name = walls.called(call)
    if name == "order_by":
        yield from (f"order_by {path}" for path in _paths(call.args) if _is_wrong(path, about))
    elif name == "annotate" and about and not _groups(call):
        yield from (
            f"a figure for each person: {one}" for one in FIGURES & {walls.called(c) for c in walls.calls(call)}
        )
    elif name in SORTERS or name == "sort":
        of = call.args[0] if name in SORTERS and call.args else call.func
        about = _lists_people(of, near, file)
        yield from (f"sorted by {word}" for word in _key_words(call) if _is_wrong(word, about))
    elif name == "Table":
        rows = next((one.value for one in call.keywords if one.arg == "rows"), None)
        if rows is not None and _lists_people(rows, near, file):
            yield from (f"a column to sort by: {path}" for path in _columns(call) if _is_wrong(path, True))


def _groups(call: ast.Call) -> bool:
    """`Seat.objects.values("booking__course").annotate(…)` counts per course, not per person."""
    grouped = (
        one for one in _chain(call) if isinstance(one, ast.Call) and walls.called(one) in {"values", "values_list"}
    )
    words = {word for one in grouped for path in _paths(one.args) for word in path.split("__")}
    return bool(words) and not words & (LEADS_TO_ONE | BY_NAME | {"pk", "id"})


def _paths(arguments: list[ast.expr]) -> Iterator[str]:
    for one in arguments:
        for node in ast.walk(one):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value.lstrip("-")


def _is_wrong(path: str, about: bool) -> bool:
    words = path.split("__")
    return bool(WORTH & set(words)) or (about and words[-1] not in ALLOWED)


def _key_words(call: ast.Call) -> Iterator[str]:
    key = next((one.value for one in call.keywords if one.arg == "key"), None)
    for node in ast.walk(key) if key else ():
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _columns(table: ast.Call) -> Iterator[str]:
    for call in walls.calls(table):
        if walls.called(call) == "Column":
            yield from _paths([one.value for one in call.keywords if one.arg == "sort"])


# --- the house ---------------------------------------------------------------------------------
def _found(room: str) -> Iterator[str]:
    for file in walls.files(room):
        for function in walls.functions(walls.tree(file)):
            name = f"{room}.{walls.floor(file)}.{function.name}"
            if name not in EXCEPTIONS:
                yield from (f"{walls.where(file, node)} {name}: {what}" for node, what in _wrong_in(function, file))


@pytest.mark.parametrize("room", walls.ROOMS)
def test_no_list_of_people_stands_in_an_order_of_worth(room: str) -> None:
    assert list(_found(room)) == []


def test_no_model_of_people_is_ordered_by_worth() -> None:
    wrong = {
        f"{name}: {path}"
        for name, model in people().items()
        if model._meta.app_label in walls.ROOMS
        for path in map(str, model._meta.ordering)
        if path.lstrip("-").split("__")[-1] not in ALLOWED
    }
    assert wrong == set(ORDERINGS)


@pytest.mark.parametrize("room", walls.ROOMS)
def test_no_template_sorts(room: str) -> None:
    assert [str(one) for one in walls.templates(room) if "dictsort" in one.read_text()] == []


def test_every_exception_still_exists() -> None:
    known = {
        f"{room}.{walls.floor(file)}.{one.name}"
        for room in walls.ROOMS
        for file in walls.files(room)
        for one in walls.functions(walls.tree(file))
    }
    assert set(EXCEPTIONS) <= known


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("return Seat.objects.filter(a=1).order_by('attendances')", True),
        ("return Seat.objects.annotate(there=Count('attendances'))", True),
        ("return Seat.objects.values('booking__course').annotate(there=Count('attendances'))", False),
        ("return Seat.objects.values('person').annotate(there=Count('attendances'))", True),
        ("rows = Seat.objects.all()\n return rows.order_by('-state')", True),
        ("return booking.places.order_by('certificate__issued_at')", True),
        ("return Course.objects.order_by('bookings__places__attendances')", True),
        ("return sorted(Person.objects.all(), key=lambda one: one.last_login)", True),
        ("return max(Person.objects.all(), key=lambda one: len(one.needs))", True),
        ("people = list(Person.objects.all())\n people.sort(key=lambda one: one.created_at)", True),
        ("return sorted(found, key=lambda one: one.presence)", True),
        ("return Table(rows=Seat.objects.all(), columns=[Column('n', sort='state')])", True),
        ("return Table(rows=Seat.objects.all(), columns=[Column('n', sort='name'), Column('s')])", False),
        ("return Seat.objects.order_by('booking__booked_at', 'position')", False),
        ("return Person.objects.order_by('sort_key', 'pk')", False),
        ("return Course.objects.order_by('starts_on')", False),
        ("return sorted(courses, key=lambda one: one.starts_on)", False),
        ("return sorted(Person.objects.all(), key=lambda one: one.sort_key)", False),
    ],
)
def test_the_rule_knows_a_ranking_when_it_sees_one(body: str, wrong: bool) -> None:
    function = ast.parse(f"def look(booking, courses, found):\n {body}").body[0]
    assert isinstance(function, walls.AnyFunction)
    assert bool(list(_wrong_in(function, walls.HOUSE / "courses" / "rules.py"))) is wrong
