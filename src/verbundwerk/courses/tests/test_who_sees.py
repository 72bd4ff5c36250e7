"""Who may know of a course, and who may read a name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse

from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow, queries
from verbundwerk.courses.models import Course
from verbundwerk.courses.states import CourseState
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with make.stopped():
        yield


@pytest.fixture
def booked():
    """A course two firms go to; each has one named person."""
    course = make.course(state=CourseState.SECURED, capacity=2)
    first, second = make.booking(course, seats=1), make.booking(course, seats=1)
    make.name_all(first, "Mia Muster")
    make.name_all(second, "Ali Beispiel")
    return course, first, second


def page(client, person, course):
    client.force_login(person)
    return client.get(reverse("courses:detail", args=[course.pk])).content.decode()


def test_a_full_course_exists_for_those_who_have_a_part_in_it_and_those_who_could_wait_for_a_seat(booked):
    course, first, _second = booked

    part = (make.hr(first.organisation), make.office(course), make.teacher(course), network.coordinator())
    for knows in (*part, make.hr()):
        assert queries.course_for(knows, course.pk) == course
    for stranger in (
        network.person("employee", make.firm()),
        network.person("provider", make.provider()),
        network.person(),
    ):
        with pytest.raises(Http404):
            queries.course_for(stranger, course.pk)


def test_free_seats_of_an_open_course_are_for_all_firms_but_planned_ones_are_not():
    assert queries.course_for(make.hr(), make.course().pk)
    with pytest.raises(Http404):
        queries.course_for(make.hr(), make.course(state=CourseState.PLANNED).pk)


def test_a_firm_reads_its_own_names_and_no_others(client, booked):
    course, first, second = booked
    by = make.hr(first.organisation)

    assert [one.name for one in queries.seats_shown(by, course)] == ["Mia Muster"]
    with pytest.raises(Http404):
        queries.booking_for(by, second.pk)
    text = page(client, by, course)
    assert second.organisation.name not in text
    assert "Ali Beispiel" not in text


def test_the_provider_reads_all_names_and_the_coordination_only_numbers(client, booked):
    course, first, _second = booked
    coordinator = network.coordinator()

    assert len(queries.seats_shown(make.office(course), course)) == 2
    assert not queries.seats_shown(coordinator, course)
    client.force_login(coordinator)
    text = client.get(reverse("courses:booking", args=[first.pk])).content.decode()
    assert "Mia Muster" not in text
    assert "Mia Muster" not in page(client, coordinator, course)


def test_a_lecturer_of_the_same_provider_who_does_not_teach_here_knows_nothing(booked):
    course, *_ = booked
    colleague = network.person(Role.LECTURER, course.provider)

    with pytest.raises(Http404):
        queries.taught_session_for(colleague, course.sessions.first().pk)


def test_the_works_council_sees_the_names_of_its_own_firm(booked):
    course, first, _second = booked

    assert queries.seats_shown(network.person(Role.WORKS_COUNCIL, first.organisation), course).count() == 1


def test_a_certificate_is_for_its_person_its_firm_and_the_provider(client):
    course, by, booking = make.finished(people=1)
    certificate = flow.issue_certificates(course, by=by, at=make.AFTERWARDS)[0]

    assert queries.certificate_for(make.hr(booking.organisation), certificate.pk)
    assert queries.certificate_for(make.office(course), certificate.pk)
    for stranger in (network.coordinator(), make.hr(), network.person(Role.LECTURER, course.provider)):
        with pytest.raises(Http404):
            queries.certificate_for(stranger, certificate.pk)


def test_a_mandate_that_ended_opens_nothing(booked):
    course, first, _second = booked
    gone = make.hr(first.organisation)
    gone.mandates.update(until_on=make.NOW.date() - timedelta(days=1))

    with pytest.raises(Http404):
        queries.course_for(gone, course.pk)


# -- public -----------------------------------------------------------------------------------
def test_everybody_reads_the_next_dates_with_free_seats_and_nothing_more():
    make.booking(make.course(capacity=3), seats=2)
    make.booking(make.course(capacity=1), seats=1)
    make.course(state=CourseState.PLANNED)

    dates = queries.upcoming_public()

    assert [(one.title, str(one.free)) for one in dates] == [("Hochvolt Stufe 2", "1–2")]


# -- walls ------------------------------------------------------------------------------------
@pytest.fixture
def walled():
    """A course with free seats in which somebody sits whose need is kept from a rival; and the rival."""
    pool = make.pool()
    member = pool.members.select_related("need__organisation").first()
    rival = make.firm()
    member.need.hidden_from.add(rival)
    course = flow.course_from_pool(pool, by=None, at=make.NOW)
    assert course.free
    return course, member.need.organisation, rival


def test_a_rival_and_everybody_else_from_outside_finds_no_way_into_a_course_behind_a_wall(client, walled):
    course, _inside, rival = walled
    for firm in (rival, make.firm()):
        by = make.hr(firm)
        with pytest.raises(Refused, match="gerade keine Anmeldung"):
            flow.book_seats(course, firm, 1, key=uuid4(), by=by, at=make.NOW)
        client.force_login(by)
        assert client.get(reverse("courses:detail", args=[course.pk])).status_code == 404
        assert client.post(reverse("courses:book", args=[course.pk]), {"seats": "1"}).status_code == 404
    assert course.pk not in {one.id for one in queries.upcoming_public()}


def test_whoever_sits_behind_the_wall_may_take_further_seats(walled):
    course, inside, _rival = walled

    assert flow.book_seats(course, inside, 1, key=uuid4(), by=make.hr(inside), at=make.NOW)


def test_when_the_firm_behind_the_wall_has_gone_the_course_is_open_again(walled):
    course, inside, rival = walled
    for one in course.bookings.filter(organisation=inside):
        flow.cancel_booking(one, by=network.coordinator(), at=make.NOW)

    assert flow.book_seats(course, rival, 1, key=uuid4(), by=make.hr(rival), at=make.NOW)


def test_a_firm_that_keeps_a_need_back_reads_before_booking_how_far_that_reaches(client, walled):
    _course, inside, _rival = walled
    needs.need(organisation=inside, state="in_pool").hidden_from.add(make.firm())
    client.force_login(make.hr(inside))

    assert (
        "prüfen wir bei der Buchung nicht"
        in client.get(reverse("courses:detail", args=[make.course().pk])).content.decode()
    )


def test_what_was_given_back_is_no_part_any_more():
    booking = make.booking(make.course())
    by = make.hr(booking.organisation)
    assert Course.objects.filter(queries.takes_part(by)).exists()
    flow.cancel_booking(booking, by=by, at=make.NOW)

    assert not Course.objects.filter(queries.takes_part(by)).exists()
    assert queries.course_for(by, booking.course_id), "what became of it can still be read"


# -- today --------------------------------------------------------------------------------------
def test_seats_without_a_name_wait_on_the_firms_page_of_today():
    booking = make.booking(make.course(), seats=2)
    by = make.hr(booking.organisation)
    six_days_before = make.NOW + timedelta(days=22)

    assert queries.waiting_for(by, make.NOW) == []
    line = queries.waiting_for(by, six_days_before)[0]
    assert line.text == "2 Plätze ohne Namen – „Hochvolt Stufe 2“ beginnt in 6 Tagen"
    assert line.kind == "waits"
    assert queries.waiting_for(by, make.NOW + timedelta(days=27))[0].kind == "late"


def test_missing_attendance_is_late_on_the_lecturers_page_of_today():
    course = make.course(state=CourseState.SECURED)
    lecturer = make.teacher(course)

    lines = queries.waiting_for(lecturer, make.AFTERWARDS)

    assert len(lines) == 4
    assert {one.kind for one in lines} == {"late"}


def test_a_pool_that_came_about_waits_for_the_coordination():
    make.pool()

    assert "1 Bündel ist zustande gekommen" in queries.waiting_for(network.coordinator(), make.NOW)[0].text


def test_open_certificates_wait_for_the_provider():
    course, *_ = make.finished()

    assert "Bescheinigungen ausstellen" in queries.waiting_for(make.office(course), make.AFTERWARDS)[0].text


# -- how many questions a page asks -----------------------------------------------------------------
def asked(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["detail", "certificates"])
def test_a_course_with_thirty_firms_asks_the_database_no_more_than_one_with_three(client, name):
    course = make.course(capacity=100, state=CourseState.SECURED)
    client.force_login(make.office(course))
    url = reverse(f"courses:{name}", args=[course.pk])
    few = _with_bookings(client, url, course, 3)

    assert _with_bookings(client, url, course, 27) == few


def _with_bookings(client, url, course, count):
    for _ in range(count):
        make.name_all(make.booking(course, seats=1))
    return asked(client, url)


def test_the_list_asks_the_database_no_more_with_thirty_courses_than_with_three(client):
    client.force_login(make.hr())
    url = reverse("courses:list")
    for _ in range(3):
        make.course()
    few = asked(client, url)
    for _ in range(27):
        make.course()

    assert asked(client, url) == few


def test_the_attendance_of_thirty_people_asks_no_more_than_that_of_three(client):
    course = make.course(capacity=100, state=CourseState.SECURED)
    client.force_login(make.office(course))
    url = reverse("courses:attendance", args=[course.sessions.first().pk])
    make.name_all(make.booking(course, seats=3))
    with make.stopped(make.AFTERWARDS):
        few = asked(client, url)
        make.name_all(make.booking(course, seats=27))
        assert asked(client, url) == few


# -- calendars ------------------------------------------------------------------------------------
def test_a_calendar_program_reads_exactly_the_persons_own_dates(client, booked):
    _course, first, _second = booked
    make.course()
    by = make.hr(first.organisation)
    link = flow.renew_calendar_link(by=by, at=make.NOW)

    text = client.get(reverse("courses:feed", args=[link.token])).content.decode()

    assert text.count("BEGIN:VEVENT") == 4
    assert "Mia" not in text


def test_an_old_calendar_address_stops_working(client):
    by = make.hr()
    old = flow.renew_calendar_link(by=by, at=make.NOW).token
    flow.renew_calendar_link(by=by, at=make.NOW)

    assert client.get(reverse("courses:feed", args=[old])).status_code == 404


def test_a_course_that_does_not_exist_looks_like_one_nobody_may_know_of(client, booked):
    client.force_login(network.person("employee", make.firm()))
    hidden = client.get(reverse("courses:detail", args=[booked[0].pk]))
    missing = client.get(reverse("courses:detail", args=[uuid4()]))

    assert hidden.status_code == missing.status_code == 404
    assert Course.objects.filter(pk=booked[0].pk).exists()


def test_a_lecturer_reads_on_the_page_of_today_that_a_day_is_called_off():
    course = make.course(capacity=4)
    lecturer = make.teacher(course)
    session = course.sessions.order_by("starts_at").first()
    flow.cancel_session(session, by=make.office(course), at=make.NOW)
    assert [one.text[:10] for one in queries.waiting_for(lecturer, make.NOW) if one.kind == "news"] == ["Fällt aus:"]
