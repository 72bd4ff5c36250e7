"""Half days, attendance, completion, certificates."""

from datetime import timedelta

import pytest

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow, papers, queries, rules
from verbundwerk.courses.models import Attendance, Certificate, Course, Seat, Session
from verbundwerk.courses.states import BookingState, CourseState, SeatState, SessionState
from verbundwerk.courses.terms import Half, Presence
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with make.stopped():
        yield


@pytest.fixture
def running():
    """A secured course with two named people and its own lecturer."""
    course = make.course(state=CourseState.SECURED)
    booking = make.booking(course)
    make.name_all(booking)
    return course, make.teacher(course), booking


def everybody(course, presence=Presence.PRESENT):
    return {one.pk: presence for one in queries.participants(course)}


def hold_all(course, by, presence=Presence.PRESENT):
    for one in queries.sessions_of(course):
        flow.take_attendance(one, everybody(course, presence), by=by, at=one.starts_at)
    course.refresh_from_db()


def to(session, new, place=""):
    return rules.Moved(session, new.starts_at, new.ends_at, place)


# -- half days --------------------------------------------------------------------------------
def test_a_moved_half_day_stays_the_same_calendar_entry_with_the_next_sequence(running):
    course, _lecturer, booking = running
    session = course.sessions.first()
    new = rules.half_day(make.FIRST_DAY + timedelta(days=3), Half.MORNING)

    flow.move_session(to(session, new, "Halle 2"), by=make.office(course), at=make.NOW)

    letter = Letter.objects.get(key__startswith="sessions-changed:", to=booking.places.first().email)
    calendar = papers.course_calendar(course, queries.sessions_of(course)).decode()
    assert letter.attachments[0]["mime"] == "text/calendar"
    assert "gelten nicht mehr:\n\n– Mo., 30. November 2026, 08:30 Uhr" in letter.text
    assert f"{session.pk}@verbundwerk" in calendar.replace("\r\n ", "")
    assert session.sequence == 1
    course.refresh_from_db()
    assert course.ends_on == make.FIRST_DAY + timedelta(days=3)


def test_a_slip_of_the_pen_in_the_year_does_not_begin_the_course():
    course = make.course()
    session, by = course.sessions.first(), make.office(course)
    long_ago = rules.half_day(make.NOW.date() - timedelta(days=365), Half.MORNING)

    with pytest.raises(Refused, match="liegt schon zurück"):
        flow.move_session(to(session, long_ago), by=by, at=make.NOW)
    with pytest.raises(Refused, match="liegt schon zurück"):
        flow.plan_sessions(course, [long_ago], by=by, at=make.NOW)
    assert flow.start_due_courses(make.NOW) == 0


def test_a_half_day_of_a_running_course_can_be_put_right_afterwards(running):
    course, *_ = running
    Course.objects.filter(pk=course.pk).update(state=CourseState.RUNNING)
    session = course.sessions.first()
    later = rules.half_day(make.FIRST_DAY + timedelta(days=4), Half.MORNING)
    now = later.starts_at + timedelta(days=1)

    flow.move_session(to(Session.objects.get(pk=session.pk), later), by=make.office(course), at=now)

    session.refresh_from_db()
    assert session.starts_at == later.starts_at


def test_a_half_day_cannot_be_moved_onto_another_one_of_the_course(running):
    course, *_ = running
    first, second = queries.sessions_of(course)[:2]

    with pytest.raises(Refused, match="schon einen anderen Termin"):
        flow.move_session(to(first, second), by=make.office(course), at=make.NOW)


def test_a_course_is_put_off_by_a_week_with_one_letter_to_everybody(running):
    course, _lecturer, booking = running
    first, *rest = queries.sessions_of(course)
    before = [one.starts_at for one in (first, *rest)]
    week = timedelta(days=7)

    new = rules.half_day(make.FIRST_DAY + week, Half.MORNING)
    flow.move_session(to(first, new), later_too=True, by=make.office(course), at=make.NOW)

    assert [one.starts_at for one in queries.sessions_of(course)] == [one + week for one in before]
    letter = Letter.objects.get(key__startswith="sessions-changed:", to=booking.places.first().email)
    assert letter.text.count("– ") >= len(before)
    assert {one.sequence for one in queries.sessions_of(course)} == {1}


def test_half_days_moved_by_one_day_do_not_stumble_over_each_other(running):
    course, *_ = running
    first, by = course.sessions.order_by("starts_at").first(), make.office(course)
    for days in (1, -1):  # onto the day of the others, and back
        first.refresh_from_db()
        new = rules.half_day(rules.day_of(first.starts_at) + timedelta(days=days), Half.MORNING)
        flow.move_session(to(first, new), later_too=True, by=by, at=make.NOW)

    assert [rules.day_of(one.starts_at) for one in queries.sessions_of(course)] == [
        make.FIRST_DAY, make.FIRST_DAY, make.SECOND_DAY, make.SECOND_DAY,
    ]  # fmt: skip


def test_nothing_moves_when_one_of_the_later_half_days_cannot(running):
    course, lecturer, _booking = running
    there = make.SECOND_DAY + timedelta(days=7)
    other = make.course(provider=course.provider, starts_on=there, ends_on=there)
    type(other).objects.filter(pk=other.pk).update(lecturer=lecturer)
    before = list(queries.sessions_of(course).values_list("starts_at"))
    first = course.sessions.order_by("starts_at").first()

    with pytest.raises(Refused, match=other.label):
        flow.move_session(
            to(first, rules.half_day(make.FIRST_DAY + timedelta(days=7), Half.MORNING)), later_too=True,
            by=make.office(course), at=make.NOW,
        )  # fmt: skip
    assert list(queries.sessions_of(course).values_list("starts_at")) == before


def test_a_lecturer_stands_in_one_place_at_a_time(running):
    course, lecturer, _booking = running
    other = make.course(provider=course.provider)

    with pytest.raises(Refused, match=course.label):
        flow.appoint_lecturer(other, lecturer, by=make.office(course), at=make.NOW)


def test_a_half_day_that_fell_out_is_made_up_for(running):
    course, *_ = running
    session, by = course.sessions.first(), make.office(course)
    flow.cancel_session(session, by=by, at=make.NOW)

    halves = [rules.half_day(make.FIRST_DAY + timedelta(days=7), Half.MORNING)]
    flow.make_up_session(session, halves, by=by, at=make.NOW)

    session.refresh_from_db()
    assert session.state == SessionState.MADE_UP
    assert course.sessions.filter(state=SessionState.PLANNED).count() == 4


def test_another_provider_cannot_touch_the_days(running):
    course, *_ = running

    with pytest.raises(Refused):
        flow.cancel_session(course.sessions.first(), by=network.person("provider", make.provider()), at=make.NOW)


# -- attendance ---------------------------------------------------------------------------------
def test_the_first_attendance_starts_the_course_and_holds_the_half_day(running):
    course, lecturer, _booking = running
    session = course.sessions.first()

    flow.take_attendance(session, everybody(course), by=lecturer, at=session.starts_at)

    course.refresh_from_db()
    session.refresh_from_db()
    assert (course.state, session.state) == (CourseState.RUNNING, SessionState.HELD)
    assert Attendance.objects.filter(session=session).count() == 2


def test_attendance_can_be_corrected_until_the_course_is_completed(running):
    course, lecturer, _booking = running
    hold_all(course, lecturer)
    session = course.sessions.first()

    flow.take_attendance(session, everybody(course, Presence.EXCUSED), by=lecturer, at=make.AFTERWARDS)
    assert set(session.attendances.values_list("presence", flat=True)) == {Presence.EXCUSED}

    flow.complete_course(course, by=lecturer, at=make.AFTERWARDS)
    with pytest.raises(Refused, match="solange der Kurs läuft"):
        flow.take_attendance(session, everybody(course), by=lecturer, at=make.AFTERWARDS)


def test_nobody_is_present_before_the_half_day_begins(running):
    course, lecturer, _booking = running

    with pytest.raises(Refused, match="erst ab Beginn"):
        flow.take_attendance(course.sessions.first(), everybody(course), by=lecturer, at=make.NOW)


@pytest.mark.parametrize("role", ["lecturer", "coordination", "hr"])
def test_only_the_people_who_hold_this_course_take_attendance(running, role):
    course, *_ = running
    stranger = network.person(role, course.provider if role == "lecturer" else None)
    session = course.sessions.first()

    with pytest.raises(Refused):
        flow.take_attendance(session, everybody(course), by=stranger, at=session.starts_at)


def test_a_person_of_another_course_is_not_entered(running):
    course, lecturer, _booking = running
    stranger = make.name_all(make.booking(make.course()))[0]
    session = course.sessions.first()

    with pytest.raises(Refused, match="nicht benannt"):
        flow.take_attendance(session, {stranger.pk: Presence.PRESENT}, by=lecturer, at=session.starts_at)


# -- completion ---------------------------------------------------------------------------------
def test_a_course_is_completed_only_when_everybody_is_accounted_for(running):
    course, lecturer, _booking = running
    first, *rest = queries.sessions_of(course)
    one, _other = queries.participants(course)
    flow.take_attendance(first, {one.pk: Presence.PRESENT}, by=lecturer, at=first.starts_at)
    course.refresh_from_db()

    with pytest.raises(Refused, match="3 Termine"):
        flow.complete_course(course, by=lecturer, at=make.AFTERWARDS)
    for session in rest:
        flow.take_attendance(session, everybody(course), by=lecturer, at=session.starts_at)
    with pytest.raises(Refused, match="nicht vollständig"):
        flow.complete_course(course, by=lecturer, at=make.AFTERWARDS)


def test_a_course_is_not_completed_while_its_last_hour_is_still_to_come(running):
    course, lecturer, _booking = running
    hold_all(course, lecturer)
    last = queries.sessions_of(course).last()

    with pytest.raises(Refused, match="geht noch bis"):
        flow.complete_course(course, by=lecturer, at=last.ends_at - timedelta(minutes=20))
    flow.complete_course(course, by=lecturer, at=last.ends_at)


def test_three_of_four_half_days_are_enough_and_two_are_not(running):
    course, lecturer, _booking = running
    diligent, absent = queries.participants(course)
    for n, session in enumerate(queries.sessions_of(course)):
        there = {
            diligent.pk: Presence.PRESENT if n else Presence.EXCUSED,
            absent.pk: Presence.DIGITAL if n > 1 else Presence.ABSENT,
        }
        flow.take_attendance(session, there, by=lecturer, at=session.starts_at)
    course.refresh_from_db()

    flow.complete_course(course, by=lecturer, at=make.AFTERWARDS)

    states = dict(Seat.objects.filter(booking__course=course).values_list("pk", "state"))
    assert states == {diligent.pk: SeatState.ATTENDED, absent.pk: SeatState.MISSED}


def test_an_empty_chair_has_missed_the_course():
    course = make.course(state=CourseState.SECURED)
    booking, lecturer = make.booking(course, seats=1), make.teacher(course)
    hold_all(course, lecturer)

    flow.complete_course(course, by=lecturer, at=make.AFTERWARDS)

    assert booking.places.get().state == SeatState.MISSED


def test_completing_twice_is_noticed(running):
    course, lecturer, _booking = running
    hold_all(course, lecturer)
    old = type(course).objects.get(pk=course.pk)
    flow.complete_course(course, by=lecturer, at=make.AFTERWARDS)

    with pytest.raises(AlreadyMoved):
        flow.complete_course(old, by=lecturer, at=make.AFTERWARDS)


# -- certificates -------------------------------------------------------------------------------
def test_certificates_are_numbered_without_gaps_and_only_once():
    course, by, _booking = make.finished(people=3)

    issued = flow.issue_certificates(course, by=by, at=make.AFTERWARDS)

    assert sorted(one.number for one in issued) == ["VW-2026-000001", "VW-2026-000002", "VW-2026-000003"]
    assert flow.issue_certificates(course, by=by, at=make.AFTERWARDS) == []
    assert JournalEntry.objects.filter(verb="course.certified").count() == 1


def test_a_certificate_stays_as_it_was_printed_whatever_happens_afterwards():
    course, by, booking = make.finished(people=1)
    certificate = flow.issue_certificates(course, by=by, at=make.AFTERWARDS)[0]
    before = papers.certificate_pdf(certificate)

    booking.places.update(name="", email="", person=None)
    type(course).objects.filter(pk=course.pk).update(title="Anders", goals="", contents="")

    again = Certificate.objects.get(pk=certificate.pk)
    assert papers.certificate_pdf(again) == before
    assert queries.certificate_proof_for(certificate.code).content["name"] == "Person 1"


def test_without_goal_and_contents_no_certificate_is_issued():
    course, by, _booking = make.finished(contents="")

    with pytest.raises(Refused, match="AZAV"):
        flow.issue_certificates(course, by=by, at=make.AFTERWARDS)


def test_everybody_with_an_address_is_sent_to_the_check_page():
    course, by, booking = make.finished(people=1)
    certificate = flow.issue_certificates(course, by=by, at=make.AFTERWARDS)[0]

    letter = Letter.objects.get(key__startswith="certificate:", to=booking.places.get().email)
    assert f"/nachweis/{certificate.code}/" in letter.text


# -- when it does not take place -------------------------------------------------------------------
def test_a_cancelled_course_frees_everybody_and_clears_the_calendars(running):
    course, _lecturer, booking = running

    flow.cancel_course(course, by_provider=True, reason="Die Lehrkraft ist krank.", by=make.office(course), at=make.NOW)

    booking.refresh_from_db()
    course.refresh_from_db()
    assert (course.state, course.taken) == (CourseState.CANCELLED_BY_PROVIDER, 0)
    assert booking.state == BookingState.CANCELLED
    assert set(booking.places.values_list("state", flat=True)) == {SeatState.CANCELLED}
    assert set(course.sessions.values_list("state", "sequence")) == {(SessionState.CANCELLED, 1)}
    letters = Letter.objects.filter(key__startswith="course-cancelled:")
    assert set(booking.places.values_list("email", flat=True)) <= set(letters.values_list("to", flat=True))
    assert all("krank" in one.text for one in letters)


def test_a_provider_cannot_cancel_in_the_name_of_the_network(running):
    course, *_ = running

    with pytest.raises(Refused):
        flow.cancel_course(course, by_provider=False, reason="x", by=make.office(course), at=make.NOW)


@pytest.mark.usefixtures("running")
def test_courses_start_by_themselves_when_the_first_half_day_has_begun():
    assert flow.start_due_courses(make.NOW) == 0
    assert flow.start_due_courses(make.AFTERWARDS) == 1
    assert flow.start_due_courses(make.AFTERWARDS) == 0


def test_a_planned_course_opens_fills_and_is_secured():
    provider = make.provider()
    by = network.person("provider", provider)
    data = flow.CourseData(
        title="Robotik Grundkurs", topic=make.topics.topic(), dates=make.DATES, price_cents=45_000, capacity=10
    )

    course = flow.plan_course(data, provider=provider, by=by, at=make.NOW)
    flow.open_course(course, by=by, at=make.NOW)
    flow.secure_course(course, by=by, at=make.NOW)

    assert (course.state, course.teaching_units, course.sessions.count()) == (CourseState.SECURED, 16, 4)


def test_a_code_is_found_as_people_type_it_from_paper():
    course, by, _booking = make.finished()
    flow.issue_certificates(course, by=by, at=make.AFTERWARDS)
    code = Certificate.objects.first().code
    in_groups = " ".join(code[n : n + 4] for n in range(0, len(code), 4))

    assert queries.certificate_proof_for(in_groups.upper()).code == code
    assert not set(code) & set("01ilo")


def test_an_older_code_that_tells_capitals_apart_is_still_found():
    course, by, _booking = make.finished()
    flow.issue_certificates(course, by=by, at=make.AFTERWARDS)
    Certificate.objects.filter(pk=Certificate.objects.first().pk).update(code="aB-3_dE")

    assert queries.certificate_proof_for("aB-3_dE")
