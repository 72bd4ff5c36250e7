"""Only `flow` writes: verbs with `by` and `at`, in one transaction, with a journal line. Pages read by `queries`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house import walls

# May name a manager. At the command line and in the demo region nobody asks whose answer would need a guard.
READERS = {"flow", "queries", "management", "demo"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
ALWAYS_WRITES = {
    "create", "acreate", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "advance",
}  # fmt: skip
ROW_WORDS = {"filter", "exclude", "all", "select_for_update", *MANAGERS}
# base holds the tools themselves; models may finish what they store; both write only what they are handed.
TOOLS = {"base"}
SAVES_ITSELF = {"models"}

# Public functions of a flow that are no verbs of a person, each with its reason.
NO_VERB = {
    "journal.flow.record": "it is the journal line",
    "post.flow.forget_letters": "takes letters out of the outbox inside somebody else's verb",
    "post.flow.send_letter": "writes into the outbox inside somebody else's verb",
    "pooling.flow.who_is": "asks, writes nothing",
}
NO_BY = {
    "needs.flow.send_quick": "who writes has no account, and nobody knows yet whose address it is",
    "needs.flow.confirm_quick": "who writes has no account; the letter's token says who it is",
    "needs.flow.forget_quick": "who writes has no account; the letter's token says who it is",
    "feedback.flow.answer_round": "whoever holds the link answers, and nobody shall know who it is",
    "feedback.flow.drop_check": "whoever holds the link or signed in as its owner; nobody else finds it",
    "feedback.flow.keep_check": "whoever holds the link or signed in as its owner; nobody else finds it",
    "wishes.flow.answer_survey": "who answers has no account, and nobody shall know who it is",
    "network.flow.accept_invitation": "who accepts has no account yet; the letter's token says who it is",
}

ROOMS_WITH_WORDS = [one for one in walls.ROOMS if one not in TOOLS]


# --- nobody else writes ----------------------------------------------------------------
@pytest.mark.parametrize("room", ROOMS_WITH_WORDS)
def test_only_flow_writes(room: str) -> None:
    wrong = [f"{walls.where(file, one)} {what}" for file in _not_flow(room) for one, what in _writes(file)]
    assert not wrong


@pytest.mark.parametrize("room", ROOMS_WITH_WORDS)
def test_only_queries_and_flow_ask_the_database(room: str) -> None:
    wrong = [
        f"{walls.where(file, node)} .{node.attr}"
        for file in walls.files(room)
        if walls.floor(file) not in READERS
        for node in _managers_named(file)
    ]
    assert not wrong


def _managers_named(file: Path) -> list[ast.Attribute]:
    """`Need.objects.none()` asks nothing: forms name their kind of thing with it."""
    named = [one for one in ast.walk(walls.tree(file)) if isinstance(one, ast.Attribute)]
    empty = {id(one.value) for one in named if one.attr == "none"}
    return [one for one in named if one.attr in MANAGERS and id(one) not in empty]


def _not_flow(room: str) -> list[Path]:
    return [one for one in walls.files(room) if walls.floor(one) != "flow"]


def _writes(file: Path) -> Iterator[tuple[ast.Call, str]]:
    for call in walls.calls(walls.tree(file)):
        if isinstance(call.func, ast.Attribute) and _is_write(call, call.func, walls.floor(file)):
            yield call, f".{call.func.attr}("


def _is_write(call: ast.Call, target: ast.Attribute, floor: str) -> bool:
    if target.attr in ALWAYS_WRITES:
        return True
    if target.attr == "execute":
        return not _only_reads(call)
    if target.attr == "save":  # a workbook or a picture is saved to somewhere; a row is not
        return not call.args and not (floor in SAVES_ITSELF and _is_super(target.value))
    if target.attr == "delete":
        return not call.args and not _is_super(target.value)
    # dict.update takes a mapping; QuerySet.update takes keywords
    return target.attr == "update" and (bool(call.keywords) or _speaks_of_rows(target.value)) and not call.args


def _only_reads(call: ast.Call) -> bool:
    sql = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
    return isinstance(sql, str) and sql.lstrip().upper().startswith("SELECT ")


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and walls.called(node) == "super"


def _speaks_of_rows(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr in ROW_WORDS for one in ast.walk(node))


@pytest.mark.parametrize(
    ("line", "writes"),
    [
        ("Need.objects.create(a=1)", True),
        ("need.save()", True),
        ("need.save(update_fields=['a'])", True),
        ("form.save()", True),
        ("need.delete()", True),
        ("rows.filter(a=1).update(b=2)", True),
        ("rows.update(b=2)", True),
        ("NEED.advance(need, 'withdraw')", True),
        ("pool.members.bulk_create(rows)", True),
        ("cursor.execute('UPDATE needs_need SET seats = 1')", True),
        ("cursor.execute(sql)", True),
        ("cursor.execute('SELECT 1')", False),
        ("context.update({'a': 1})", False),
        ("digest.update(content)", False),
        ("workbook.save(stream)", False),
        ("cache.delete('key')", False),
        ("need.state", False),
    ],
)
def test_the_rule_knows_a_write_when_it_sees_one(line: str, writes: bool) -> None:
    call = next(walls.calls(ast.parse(line)), None)
    seen = call is not None and isinstance(call.func, ast.Attribute) and _is_write(call, call.func, "views")
    assert seen is writes


# --- how flow writes -------------------------------------------------------------------
def _verbs() -> Iterator[tuple[str, Path, walls.AnyFunction]]:
    for room in ROOMS_WITH_WORDS:
        for file in walls.files(room):
            if walls.floor(file) == "flow":
                for one in walls.tree(file).body:
                    if isinstance(one, walls.AnyFunction) and not one.name.startswith("_"):
                        yield f"{room}.flow.{one.name}", file, one


def _keywords(one: walls.AnyFunction) -> set[str]:
    return {argument.arg for argument in one.args.kwonlyargs}


def _all_arguments(one: walls.AnyFunction) -> set[str]:
    return {argument.arg for argument in [*one.args.args, *one.args.kwonlyargs]}


def _decorators(one: walls.AnyFunction) -> set[str]:
    names = (node.func if isinstance(node, ast.Call) else node for node in one.decorator_list)
    return {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in names}


def _is_verb(name: str, one: walls.AnyFunction) -> bool:
    """Somebody does something. What the house does by itself at night takes only `at`."""
    return name not in NO_VERB and ("by" in _all_arguments(one) or name in NO_BY)


def test_a_verb_takes_who_and_when_by_name() -> None:
    wrong = [
        f"{walls.where(file, one)} {name}"
        for name, file, one in _verbs()
        if _is_verb(name, one) and not ({"at"} if name in NO_BY else {"by", "at"}) <= _keywords(one)
    ]
    assert not wrong


def test_whatever_runs_in_a_transaction_is_a_verb_or_says_when() -> None:
    """A public function with a transaction of its own, but nobody who acts: then it is the house, and says when."""
    wrong = [
        f"{walls.where(file, one)} {name}"
        for name, file, one in _verbs()
        if "atomic" in _decorators(one) and not _is_verb(name, one) and name not in NO_VERB
        if _all_arguments(one) != {"at"} and not _is_helper(one)
    ]
    assert not wrong


def _is_helper(one: walls.AnyFunction) -> bool:
    """Part of several verbs: takes no moment, so it cannot write a journal line either."""
    return "at" not in _all_arguments(one)


def test_a_verb_runs_in_one_transaction() -> None:
    wrong = [
        f"{walls.where(file, one)} {name}"
        for name, file, one in _verbs()
        if _is_verb(name, one) and "atomic" not in _decorators(one)
    ]
    assert not wrong


def test_a_verb_writes_its_journal_line() -> None:
    wrong = [
        f"{walls.where(file, one)} {name}"
        for name, file, one in _verbs()
        if _is_verb(name, one) and not _reaches_the_journal(one.name, file, set())
    ]
    assert not wrong


def _reaches_the_journal(name: str, file: Path, seen: set[tuple[Path, str]]) -> bool:
    """By calling `record`, or a function of the same flow, or a verb of a room below, that does."""
    if (file, name) in seen:
        return False
    seen.add((file, name))
    one = next(
        (node for node in walls.tree(file).body if isinstance(node, walls.AnyFunction) and node.name == name), None
    )
    if one is None:
        return False
    words = {walls.called(call) for call in walls.calls(one)}
    return "record" in words or any(
        _reaches_the_journal(word, near, seen)
        for word in words
        for near in (_flows_near(file) if not word.startswith("_") else [file])
    )


def _flows_near(file: Path) -> list[Path]:
    """The file itself first, then the other flows of the house: verbs have names of their own."""
    others = [one for room in ROOMS_WITH_WORDS for one in walls.files(room) if walls.floor(one) == "flow"]
    return [file, *(one for one in others if one != file)]
