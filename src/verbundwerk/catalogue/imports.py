"""Reads a provider's catalogue in the employment agency's open-Qcat format (XML 1.1, mostly ISO-8859-15)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from verbundwerk.base.plain import LINE_ENDS, is_hidden

from .flow import Entry, EntryDate

BYTES_AT_MOST = 5 * 1024 * 1024
ENTRIES_AT_MOST = 2000
DEPTH_AT_MOST = 60
LARGEST_GROUP = 999
FIRST_DIGITAL_FORM, FIRST_DISTANCE_FORM = 200, 300  # value list „unterrichtsform“ of the agency
OLD_DIGITAL_FORMS = frozenset({4, 5})

_UNITS = re.compile(r"(\d{1,4})\s*(?:UE\b|U-?Std\b|Unterrichtseinheiten|Unterrichtsstunden)")


class CatalogueError(Exception):
    """The file cannot be read; the sentence says where and what to do."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read_openqcat(file: IO[bytes]) -> list[Entry]:
    """All courses of the file in its order. Raises CatalogueError; never resolves entities or other files."""
    data = file.read(BYTES_AT_MOST + 1)
    if len(data) > BYTES_AT_MOST:
        raise CatalogueError(_("Die Datei ist größer als 5 MB. Bitte teilen Sie den Katalog in mehrere Dateien."))
    root = _tree(data)
    if root.tag != "OPENQCAT":
        raise CatalogueError(_("Das ist kein open-Qcat-Katalog. Die Datei muss mit dem Element OPENQCAT beginnen."))
    entries = [_entry(one, place) for place, one in enumerate(_services(root), start=1)]
    _refuse_doubles(entries)
    return entries


def _services(root: Element) -> Iterator[Element]:
    for count, service in enumerate(root.iter("SERVICE"), start=1):
        if count > ENTRIES_AT_MOST:
            raise CatalogueError(
                _("Der Katalog hat mehr als %(most)d Angebote. Bitte teilen Sie ihn in mehrere Dateien.")
                % {"most": ENTRIES_AT_MOST}
            )
        yield service


def _refuse_doubles(entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.reference in seen:
            raise CatalogueError(
                _("Die Nummer %(number)s steht zweimal im Katalog. Jedes Angebot braucht eine eigene Nummer.")
                % {"number": entry.reference}
            )
        seen.add(entry.reference)


# --- XML without its dangers ------------------------------------------------------------
def _tree(data: bytes) -> Element:
    """The document as a tree. A document type declaration is refused: no entities, so nothing can explode."""
    builder, depth = TreeBuilder(), 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_AT_MOST:
            raise CatalogueError(_("Die Datei ist zu tief verschachtelt. Das ist kein üblicher Katalog."))
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_document_type
    _parse(parser, data)
    return builder.close()


def _parse(parser: expat.XMLParserType, data: bytes) -> None:
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as wrong:
        raise CatalogueError(
            _("Die Datei ist kein gültiges XML (Zeile %(line)d). Bitte exportieren Sie den Katalog noch einmal.")
            % {"line": parser.CurrentLineNumber}
        ) from wrong


def _refuse_document_type(*_declaration: object) -> None:
    raise CatalogueError(_("Die Datei enthält eine DOCTYPE-Angabe. Zur Sicherheit lesen wir solche Dateien nicht."))


# --- one course -------------------------------------------------------------------------
def _entry(service: Element, place: int) -> Entry:
    title, reference = _text(service, "SERVICE_DETAILS/TITLE"), _text(service, "PRODUCT_ID")
    if not (title and reference):
        raise CatalogueError(
            _("Angebot %(place)d hat keinen Titel oder keine Nummer (PRODUCT_ID). Bitte ergänzen Sie beides.")
            % {"place": place}
        )
    description = _plain(_text(service, "SERVICE_DETAILS/DESCRIPTION_LONG"))
    dates = _dates(service)
    smallest, largest = _group(service)
    online = _is_online(service)
    return Entry(
        reference=reference[:80],
        title=_short(title, 200),
        description=_short(description, 8000),
        days=_working_days(dates),
        teaching_units=_units(f"{title} {description} {_text(service, './/INSTRUCTION_REMARKS')}"),
        seats_min=smallest,
        seats_max=largest,
        price_cents=_cents(service),
        onsite=not online,
        online=online,
        dates=dates,
    )


def _text(thing: Element, path: str) -> str:
    """Without control and direction characters: the catalogue is read by people."""
    text = thing.findtext(path) or ""
    return "".join(one for one in text if one in LINE_ENDS or not is_hidden(one)).strip()


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _dates(service: Element) -> tuple[EntryDate, ...]:
    start = _day(_text(service, "SERVICE_DETAILS/SERVICE_DATE/START_DATE"))
    end = _day(_text(service, "SERVICE_DETAILS/SERVICE_DATE/END_DATE")) or start
    if start is None or end is None or end < start:
        return ()
    where = service.find(".//LOCATION")
    place = "" if where is None else _text(where, "CITY")[:120]
    code = "" if where is None else _text(where, "ZIP")
    return (EntryDate(start, end, place, code if re.fullmatch(r"[0-9]{5}", code) else "", _cents(service)),)


def _day(text: str) -> date | None:
    """The day as it stands there: 2027-02-05T00:00:00.000+01:00 is the 5th whatever the clock here says."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _working_days(dates: tuple[EntryDate, ...]) -> int:
    """Mondays to Fridays from the first to the last day; 1 when no date is named."""
    if not dates:
        return 1
    span = (dates[0].ends_on - dates[0].starts_on).days + 1
    days = (dates[0].starts_on + timedelta(days=n) for n in range(min(span, 4000)))
    return max(1, sum(day.weekday() < 5 for day in days))


def _group(service: Element) -> tuple[int, int]:
    smallest = _number(_text(service, ".//MIN_PARTICIPANTS"), 1)
    largest = _number(_text(service, ".//MAX_PARTICIPANTS"), max(15, smallest))
    return min(smallest, largest), max(smallest, largest)


def _number(text: str, otherwise: int) -> int:
    return min(int(text), LARGEST_GROUP) if re.fullmatch(r"[0-9]{1,6}", text) and int(text) else otherwise


def _cents(service: Element) -> int | None:
    price = service.find("SERVICE_PRICE_DETAILS/SERVICE_PRICE")
    if price is None or _text(price, "PRICE_CURRENCY") not in {"", "EUR"}:
        return None
    try:
        amount = Decimal(_text(price, "PRICE_AMOUNT"))
    except InvalidOperation:
        return None
    return round(amount * 100) if amount.is_finite() and 0 <= amount < 10**7 else None


def _is_online(service: Element) -> bool:
    form = service.find(".//INSTRUCTION_FORM")
    kind = form.get("type", "") if form is not None else ""
    number = int(kind) if re.fullmatch(r"[0-9]{1,4}", kind) else 0
    return number in OLD_DIGITAL_FORMS or FIRST_DIGITAL_FORM <= number < FIRST_DISTANCE_FORM


def _units(text: str) -> int | None:
    """Teaching units of 45 minutes have no field of their own in the format; many providers write them in words."""
    found = _UNITS.search(text)
    return int(found[1]) if found else None


class _Words(HTMLParser):
    """Descriptions may hold HTML: we keep the words and the ends of paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "br", "li", "div", "h1", "h2", "h3"}:
            self.words.append("\n")


def _plain(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line)
