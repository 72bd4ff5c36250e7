"""Dates land in people's own calendars, at the right hour, and move with us when we move them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from verbundwerk.base.ical import Event, Who, calendar, ics_response

BERLIN = ZoneInfo("Europe/Berlin")
ORGANIZER, ATTENDEE = Who("Büro; Öst", "buero@example.org"), Who('Änne "B"', "aenne@example.org")


def event(**changes) -> Event:
    given = {
        "uid": "7@verbundwerk",
        "sequence": 2,
        "changed_at": datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        "starts_at": datetime(2026, 7, 1, 7, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 7, 1, 15, 0, tzinfo=UTC),
        "summary": "Lötkurs für Anfänger, Teil 1; Größe 12",
        "description": "Erste Zeile\nZweite Zeile " + "ä" * 120,
    }
    return Event(**given | changes)


def entry(content: bytes):
    (only,) = Calendar.from_ical(content).walk("VEVENT")
    return only


def test_hours_are_local_and_carry_their_zone():
    content = calendar("Kurse", [event()])
    assert b"DTSTART;TZID=Europe/Berlin:20260701T090000" in content
    assert entry(content).decoded("DTSTART") == datetime(2026, 7, 1, 9, 0, tzinfo=BERLIN)


@pytest.mark.parametrize(("month", "hours"), [(1, 1), (7, 2)])
def test_our_own_zone_knows_summer_and_winter(month, hours):
    (zone,) = Calendar.from_ical(calendar("x", [])).walk("VTIMEZONE")
    offset = zone.to_tz(lookup_tzid=False).utcoffset(datetime(2026, month, 15, 12))  # noqa: DTZ001 - asked of the zone
    assert offset.total_seconds() == hours * 3600


def test_umlauts_commas_and_line_breaks_survive():
    only = entry(calendar("Kurse", [event()]))
    assert str(only["SUMMARY"]) == "Lötkurs für Anfänger, Teil 1; Größe 12"
    assert str(only["DESCRIPTION"]).startswith("Erste Zeile\nZweite Zeile ä")


def test_no_line_is_longer_than_the_standard_allows():
    lines = calendar("Kurse", [event(organizer=ORGANIZER, attendee=ATTENDEE)]).split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_what_people_type_adds_no_line_of_its_own():
    content = calendar(
        "x\r\nX-EVIL:1", [event(summary="a\r\nATTENDEE:mailto:x", attendee=Who("A\r\nX-EVIL:2", "a@b.de"))]
    )
    assert not [line for line in content.split(b"\r\n") if line.startswith((b"X-EVIL", b"ATTENDEE:mailto:x"))]


def test_the_same_events_give_the_same_bytes_in_any_order():
    first, second = event(), event(uid="8@verbundwerk")
    assert calendar("Kurse", [first, second]) == calendar("Kurse", [second, first])


def test_an_invitation_names_both_sides_and_its_withdrawal_cancels():
    invited = event(organizer=ORGANIZER, attendee=ATTENDEE)
    only = entry(calendar("x", [invited], "REQUEST"))
    assert only["ATTENDEE"] == "mailto:aenne@example.org"
    assert only["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert only["ORGANIZER"].params["CN"] == "Büro; Öst"
    assert entry(calendar("x", [invited], "CANCEL"))["STATUS"] == "CANCELLED"
    assert Calendar.from_ical(calendar("x", [invited], "REQUEST"))["METHOD"] == "REQUEST"


def test_an_invitation_to_nobody_is_a_mistake():
    with pytest.raises(ValueError, match="attendee"):
        calendar("x", [event()], "REQUEST")


def test_whole_days_end_the_day_after_as_the_standard_wants():
    only = entry(calendar("x", [event(starts_at=date(2026, 3, 2), ends_at=date(2026, 3, 3))]))
    assert only.decoded("DTSTART") == date(2026, 3, 2)
    assert only.decoded("DTEND") == date(2026, 3, 4)


def test_an_event_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="ends after"):
        event(ends_at=datetime(2026, 6, 1, tzinfo=UTC))


def test_a_calendar_travels_as_a_calendar():
    response = ics_response(calendar("Kurse", []), "Übersicht")
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response["Content-Disposition"] == 'attachment; filename="uebersicht.ics"'
