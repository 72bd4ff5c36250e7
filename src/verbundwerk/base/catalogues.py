"""The languages of the house: finds every text of a room, keeps its catalogue in step, compiles it, names the gaps.

German stands in the code, every other language beside the room in `locale/<language>/LC_MESSAGES/django.po`.
Babel does the work, so nobody needs the gettext tools of the operating system.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": places for name, places in DEFAULT_KEYWORDS.items()},
    "gettext_noop": None,
}
TEMPLATES = {".html", ".txt", ".xml"}
LEFT_OUT = {"tests", "migrations", "locale", "static", "vendor", "demo"}
HOLES = re.compile(r"%\((\w+)\)[a-z]|%([a-z])|\{(\w*)\}")
HEADER = """# {language}: the words of the room {room}. Kept in step by "manage.py catalogues update {room}".
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
Key = tuple[str, str | None]


@dataclass(frozen=True)
class Gap:
    room: str
    language: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.room}/{self.language}: {self.problem}: {self.text!r}"


def rooms(only: str = "") -> dict[str, Path]:
    """Name and folder of every room that exists."""
    names = [name for name in settings.ROOMS if (PACKAGE / name).is_dir()]
    if only and only not in names:
        raise ValueError(f"there is no room {only!r}; rooms are {', '.join(names)}")
    return {name: PACKAGE / name for name in names if name == only or not only}


def other_languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def po_file(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


# -- what the code says ---------------------------------------------------------------
def texts_of(folder: Path) -> Catalog:
    """Every translatable text in the Python files and templates below the folder."""
    found = Catalog(charset="utf-8")
    for file in _files(folder):
        where = file.relative_to(folder).as_posix()
        for _line, text, _comments, context in _texts_in(file):
            found.add(text, locations=[(where, 0)], context=context)
    return found


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT and not name.startswith((".", "__")))
        yield from (Path(parent, name) for name in sorted(names) if Path(name).suffix in TEMPLATES | {".py"})


def _texts_in(file: Path) -> list[Any]:
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # Brackets keep Python's tokenizer from minding the indentation of a template.
        source = f"({templatize(source, origin=str(file))})"
    return list(extract("python", BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}))


# -- files ----------------------------------------------------------------------------
def read(file: Path, language: str) -> Catalog:
    if not file.exists():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as content:
        return read_po(content, locale=language, charset="utf-8")


def update(room: str, folder: Path, language: str) -> tuple[int, int]:
    """Brings the catalogue in step with the code: (texts to translate now, texts dropped)."""
    file, wanted = po_file(folder, language), texts_of(folder)
    had = read(file, language)
    for message in _real(wanted):
        _take_over(message, had.get(message.id, message.context))
    if len(wanted) or file.exists():
        _write(file, _po_text(room, language, wanted).encode())
    dropped = {_key(one) for one in _real(had)} - {_key(one) for one in _real(wanted)}
    return sum(not _complete(one) for one in _real(wanted)), len(dropped)


def _take_over(message: Message, before: Message | None) -> None:
    if before is None or before.pluralizable != message.pluralizable:
        return
    message.string, message.flags = before.string, before.flags | message.flags
    message.user_comments = before.user_comments


def _po_text(room: str, language: str, catalogue: Catalog) -> str:
    """No dates and no line numbers inside: a catalogue changes only where its words do."""
    body = BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    plurals = Catalog(locale=language).plural_forms
    return HEADER.format(room=room, language=language, plurals=plurals) + body.getvalue().decode()


def _write(file: Path, content: bytes) -> None:
    """In one step, so that nobody reads half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(file)


def compile_all(only: str = "", stale_only: bool = False) -> list[Path]:
    """Writes the .mo file beside every .po file; with `stale_only` where it is missing or older."""
    sources = [file for folder in rooms(only).values() for file in sorted(folder.glob("locale/*/LC_MESSAGES/*.po"))]
    return [_compile(file) for file in sources if not stale_only or _is_stale(file)]


def _is_stale(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns <= file.stat().st_mtime_ns


def _compile(file: Path) -> Path:
    content = BytesIO()
    write_mo(content, read(file, file.parent.parent.name))
    _write(file.with_suffix(".mo"), content.getvalue())
    return file.with_suffix(".mo")


# -- gaps -----------------------------------------------------------------------------
def gaps(only: str = "") -> list[Gap]:
    """Everything that would show a reader the wrong language, or break a sentence."""
    found: list[Gap] = []
    for language in other_languages():
        for room, folder in rooms(only).items():
            found += _room_gaps(room, language, texts_of(folder), read(po_file(folder, language), language))
        found += _quarrels(language, rooms(only))
    return found


def _room_gaps(room: str, language: str, wanted: Catalog, have: Catalog) -> Iterator[Gap]:
    for message in _real(wanted):
        for problem in _problems(message, have.get(message.id, message.context)):
            yield Gap(room, language, _key(message)[0], problem)
    known = {_key(message) for message in _real(wanted)}
    for message in _real(have):
        if _key(message) not in known:
            yield Gap(room, language, _key(message)[0], "no longer in the code")


def _problems(message: Message, have: Message | None) -> Iterable[str]:
    if have is None:
        return ["not in the catalogue"]
    if have.pluralizable != message.pluralizable:
        return ["singular and plural do not match the code"]
    return [problem for check, problem in CHECKS if not check(have)][:1]


def _quarrels(language: str, places: dict[str, Path]) -> Iterator[Gap]:
    """All rooms speak through one catalogue at run time: the same text must mean the same everywhere."""
    said: dict[Key, tuple[str, Any]] = {}
    for room, folder in places.items():
        for message in _real(read(po_file(folder, language), language)):
            first, string = said.setdefault(_key(message), (room, message.string))
            if string != message.string and _complete(message):
                yield Gap(room, language, _key(message)[0], f"translated otherwise in {first}")


def _real(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> Key:
    return (_forms(message.id)[0], message.context)


def _forms(text: Any) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _complete(message: Message) -> bool:
    return all(form.strip() for form in _forms(message.string))


def holes(text: str) -> set[str]:
    return {"".join(found) for found in HOLES.findall(text.replace("%%", ""))}


def _same_holes(message: Message) -> bool:
    """A singular may leave the number out; the last form must say all that the source says, and nothing may be new."""
    source, target = _forms(message.id), _forms(message.string)
    allowed = set().union(*(holes(form) for form in source))
    return holes(source[-1]) == holes(target[-1]) and all(holes(form) <= allowed for form in target)


def _same_edges(message: Message) -> bool:
    source, target = _forms(message.id)[0], _forms(message.string)[0]
    return source.startswith("\n") == target.startswith("\n") and source.endswith("\n") == target.endswith("\n")


CHECKS: list[tuple[Callable[[Message], bool], str]] = [
    (_complete, "not translated"),
    (lambda message: not message.fuzzy, "fuzzy"),
    (_same_holes, "placeholders differ"),
    (_same_edges, "line break at the edge differs"),
]
