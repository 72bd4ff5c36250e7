"""Calendar files every calendar program reads (RFC 5545, RFC 5546). The same events always give the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.text import slugify
from icalendar import Calendar, Component, vCalAddress, vText
from icalendar import Event as Entry

from .words import search_key

BERLIN = ZoneInfo("Europe/Berlin")
PRODUCT = "-//Verbundwerk//Calendar//DE"
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
# The rule in force since 1996; a program without its own knowledge of time zones still gets summer right.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Who:
    name: str
    email: str


@dataclass(frozen=True)
class Event:
    """`uid` never changes; `sequence` grows with every change others must learn of, `changed_at` says when it was.
    Aware datetimes, or two dates for whole days (the last day belongs to it)."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: date
    ends_at: date
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    status: Status = "CONFIRMED"
    organizer: Who | None = None
    attendee: Who | None = None

    def __post_init__(self) -> None:
        if isinstance(self.starts_at, datetime) != isinstance(self.ends_at, datetime):
            raise ValueError("an event is either hours or whole days")
        if self.ends_at < self.starts_at:
            raise ValueError("an event ends after it starts")


def calendar(name: str, events: Iterable[Event], method: Method = "PUBLISH") -> bytes:
    """A calendar to subscribe to (PUBLISH), or an invitation or its withdrawal for one person (REQUEST, CANCEL)."""
    book = Calendar()
    for key, value in {
        "PRODID": PRODUCT,
        "VERSION": "2.0",
        "METHOD": method,
        "X-WR-CALNAME": vText(_one_line(name)),
    }.items():
        book.add(key, value)
    book.add_component(Component.from_ical(ZONE))
    for event in sorted(events, key=lambda one: (_moment(one.starts_at), one.uid)):
        book.add_component(_entry(event, method))
    return bytes(book.to_ical())


def ics_response(content: bytes, name: str, method: Method = "PUBLISH") -> HttpResponse:
    response = HttpResponse(content, content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = f'attachment; filename="{slugify(search_key(name)) or "kalender"}.ics"'
    return response


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=BERLIN)


def _entry(event: Event, method: Method) -> Entry:
    if method != "PUBLISH" and not (event.organizer and event.attendee):
        raise ValueError(f"{method} needs an organizer and an attendee")
    entry = Entry()
    entry.add("UID", event.uid)
    entry.add("SEQUENCE", event.sequence)
    entry.add("DTSTAMP", event.changed_at.astimezone(UTC))
    entry.add("LAST-MODIFIED", event.changed_at.astimezone(UTC))
    entry.add("DTSTART", _at(event.starts_at))
    entry.add("DTEND", _at(event.ends_at, day_after=True))
    entry.add("STATUS", "CANCELLED" if method == "CANCEL" else event.status)
    for key in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL"):
        if text := getattr(event, key.lower()):
            entry.add(key, text if key == "DESCRIPTION" else _one_line(text))
    _add_people(entry, event)
    return entry


def _at(value: date, day_after: bool = False) -> date:
    """Local time with its zone, so that a series stays at nine o'clock in winter; whole days end the day after."""
    if isinstance(value, datetime):
        return value.astimezone(BERLIN)
    return date.fromordinal(value.toordinal() + 1) if day_after else value


def _add_people(entry: Entry, event: Event) -> None:
    if event.organizer:
        entry.add("ORGANIZER", _address(event.organizer))
    if event.attendee:
        asked = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        entry.add("ATTENDEE", _address(event.attendee, **asked))


def _address(who: Who, **params: str) -> Any:
    address = vCalAddress(f"mailto:{_one_line(who.email)}")
    for key, value in {"CN": who.name, **params}.items():
        address.params[key] = vText(_one_line(value))
    return address


def _one_line(text: str) -> str:
    return " ".join(text.split())
