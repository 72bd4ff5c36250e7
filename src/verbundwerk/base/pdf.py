"""Papers: typeset from a template and plain data into tagged, accessible PDF (PDF/UA-1).

What people typed travels as JSON and is text in the paper, never markup. A paper sees nothing but the templates copied
beside it: no network, no packages, no files of the machine. The same data always gives the same bytes.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.template import TemplateDoesNotExist, engines
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .figures import date_text
from .glyphs import coverage, drawable
from .words import search_key

HERE = Path(__file__).resolve().parent
PAPERS, FONTS = HERE / "papers", HERE / "vendor" / "fira-sans"
STANDARD: Final = "ua-1"


class PaperError(ValueError):
    """The paper cannot be set: a template or its data is wrong. Holds no one's data."""


@dataclass(frozen=True)
class Sender:
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    """What stands around every paper. `dated_on` also dates the file, so that it is the same whenever it is made."""

    title: str
    sender: Sender
    dated_on: date
    number: str = ""
    recipient: tuple[str, ...] = ()
    subtitle: str = ""
    footer: str = ""
    language: str = field(default_factory=lambda: (get_language() or "de")[:2])


def typeset(template_name: str, head: Head, data: Mapping[str, Any]) -> bytes:
    """The paper as PDF. `data` may hold what JSON can: text, numbers, lists, dictionaries; dates as text you formatted.

    Raises TemplateDoesNotExist, and PaperError when the template refuses (no title, a picture without words).
    """
    if not str(head.title).strip():
        raise PaperError("a paper needs a title")
    told = {**data, **asdict(head), "date_text": date_text(head.dated_on), "labels": _labels()}
    inputs = json.dumps(_drawable(json.loads(json.dumps(told, cls=DjangoJSONEncoder))))
    with TemporaryDirectory(prefix="paper-") as folder:
        main = _lay_out(find(template_name), Path(folder))
        return _compile(main, inputs, datetime.combine(head.dated_on, time(), UTC))


def pdf_response(content: bytes, name: str, as_attachment: bool = True) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    kind = "attachment" if as_attachment else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{slugify(search_key(name)) or "dokument"}.pdf"'
    return response


def find(template_name: str) -> Path:
    """`courses/certificate.typ` lies where Django looks for templates: in `<room>/templates/courses/`."""
    for loader in engines["django"].engine.template_loaders:  # type: ignore[attr-defined]
        for origin in loader.get_template_sources(template_name):
            if Path(origin.name).is_file():
                return Path(origin.name)
    raise TemplateDoesNotExist(template_name)


def _labels() -> dict[str, str]:
    return {"page": _("Seite"), "of": _("von"), "number": _("Nr.")}


def _lay_out(template: Path, folder: Path) -> Path:
    """A folder with nothing in it but the shared paper and the room's own: the root nobody gets out of."""
    for file in (*PAPERS.glob("*.typ"), *template.parent.glob("*.typ")):
        shutil.copyfile(file, folder / file.name)
    return folder / template.name


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _compile(main: Path, inputs: str, at: datetime) -> bytes:
    nowhere = str(main.parent / "no-packages")
    try:
        compiler = typst.Compiler(
            str(main),
            root=str(main.parent),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": inputs},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        paper = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=at)
    except typst.TypstError as problem:
        raise PaperError(f"{main.name}: {problem.message}") from None
    return paper if isinstance(paper, bytes) else b"".join(paper or [])


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value, coverage(FONTS))
    if isinstance(value, list):
        return [_drawable(one) for one in value]
    return {name: _drawable(one) for name, one in value.items()} if isinstance(value, dict) else value
