"""Whatever people type: a sentence at the field, everything kept, nothing half saved."""

from uuid import uuid4

import pytest
from django.urls import reverse

from verbundwerk.courses import flow
from verbundwerk.courses.models import Attendance, Booking, Course
from verbundwerk.courses.states import CourseState, SeatState
from verbundwerk.network.tests import make as network

from . import make

pytestmark = pytest.mark.django_db
NASTY = ["<script>alert(1)</script>", "x" * 5000, "\u202eabc", "🦺 Schicht 🏭", "=1+1", "\x00", "   "]


@pytest.fixture(autouse=True)
def _today():
    with make.stopped():
        yield


def sent(client, name, *args, **data):
    return client.post(reverse(f"courses:{name}", args=args), data)


@pytest.mark.parametrize("seats", ["", "0", "-3", "100", "zwei", "1e9", "2,5", *NASTY])
def test_a_booking_with_a_strange_number_is_explained_and_kept(client, seats):
    course, by = make.course(), make.hr()
    client.force_login(by)
    firm = by.mandates.get().organisation_id

    answer = sent(client, "book", course.pk, organisation=str(firm), seats=seats, once=str(uuid4()))

    assert answer.status_code == 422
    assert not Booking.objects.exists()
    assert "<script>alert" not in answer.content.decode()


def test_a_full_course_says_so_above_the_form_and_keeps_the_number(client):
    course, by = make.course(capacity=2), make.hr()
    client.force_login(by)
    firm = by.mandates.get().organisation_id

    answer = sent(client, "book", course.pk, organisation=str(firm), seats="3", once=str(uuid4()))

    assert answer.status_code == 422
    assert "So viele Plätze sind nicht mehr frei." in answer.content.decode()
    assert 'value="3"' in answer.content.decode()


def test_who_presses_a_moment_too_late_hears_that_the_course_is_full(client):
    course, by = make.course(capacity=2), make.hr()
    make.booking(course, seats=2)
    client.force_login(by)
    firm = by.mandates.get().organisation_id

    answer = sent(client, "book", course.pk, organisation=str(firm), seats="1", once=str(uuid4()))

    assert answer.status_code == 422
    assert "Es ist kein Platz mehr frei." in answer.content.decode()


def test_nobody_books_for_another_firm(client):
    course = make.course()
    client.force_login(make.hr())

    answer = sent(client, "book", course.pk, organisation=str(make.firm().pk), seats="1", once=str(uuid4()))

    assert answer.status_code == 422
    assert not Booking.objects.exists()


@pytest.mark.parametrize("once", ["", "kein-schluessel", *NASTY])
def test_a_form_without_its_key_is_not_sent(client, once):
    course, by = make.course(), make.hr()
    client.force_login(by)
    firm = by.mandates.get().organisation_id

    assert sent(client, "book", course.pk, organisation=str(firm), seats="1", once=once).status_code == 422


@pytest.mark.parametrize("name", NASTY)
def test_strange_names_are_refused_or_stored_as_they_are(client, name):
    booking = make.booking()
    client.force_login(make.hr(booking.organisation))

    answer = sent(client, "booking", booking.pk, name_1=name, email_1="", name_2="Mia", email_2="keine adresse")

    assert answer.status_code == 422
    assert "keine adresse" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert not booking.places.filter(state=SeatState.NAMED).exists()


def test_an_address_without_a_name_asks_for_the_name(client):
    booking = make.booking()
    client.force_login(make.hr(booking.organisation))

    answer = sent(client, "booking", booking.pk, name_1="", email_1="mia@werk.example")

    assert answer.status_code == 422
    assert "auch den Namen" in answer.content.decode()


def test_an_emoji_in_a_name_is_refused_because_no_certificate_can_print_it(client):
    booking = make.booking()
    client.force_login(make.hr(booking.organisation))

    answer = sent(client, "booking", booking.pk, name_1="Mia 🦺")

    assert answer.status_code == 422
    assert "geht das Zeichen „🦺“ nicht" in answer.content.decode()
    assert booking.places.get(position=1).name == ""


@pytest.mark.parametrize("value", ["", "anwesend", *NASTY])
def test_attendance_takes_only_what_is_on_offer(client, value):
    course = make.course(state=CourseState.SECURED)
    seat = make.name_all(make.booking(course, seats=1))[0]
    client.force_login(make.office(course))
    with make.stopped(make.AFTERWARDS):
        answer = sent(client, "attendance", course.sessions.first().pk, **{f"seat_{seat.pk.hex}": value})

    assert answer.status_code == (302 if value == "" else 422)
    assert not Attendance.objects.exists()


def test_all_present_at_one_press_but_a_choice_made_stays(client):
    course = make.course(state=CourseState.SECURED)
    first, second = make.name_all(make.booking(course, seats=2))
    client.force_login(make.office(course))
    with make.stopped(make.AFTERWARDS):
        sent(client, "attendance", course.sessions.first().pk, everybody="1", **{f"seat_{first.pk.hex}": "excused"})

    assert dict(Attendance.objects.values_list("seat", "presence")) == {first.pk: "excused", second.pk: "present"}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "", "Bitte füllen Sie"),
        ("capacity", "1", "2 Plätze sind schon vergeben"),
        ("capacity", "viele", "keine ganze Zahl"),
        ("teaching_units", "0", "zu wenig"),
        ("bookable_until", "31.02.2026", "kein Datum"),
        ("bookable_until", "2027-05-01", "bis zum ersten Kurstag"),
        ("goals", "\u202eabc", "unsichtbares Zeichen"),
        ("contents", "x" * 5000, "höchstens"),
    ],
)
def test_a_wrong_detail_of_a_course_is_told_at_its_field(client, field, value, told):
    course = make.course()
    make.booking(course, seats=2)
    client.force_login(make.office(course))
    good = {"title": "Neu", "goals": "Z", "contents": "I", "teaching_units": "8", "place": "", "capacity": "12"}

    answer = sent(client, "edit", course.pk, **{**good, field: value})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Course.objects.get().title == "Hochvolt Stufe 2"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"ends_on": "2026-01-01"}, "liegt vor dem ersten"),
        ({"ends_on": "2099-01-01"}, "höchstens ein Jahr"),
        ({"price_cents": "teuer"}, "kein Betrag"),
        ({"topic": str(uuid4())}, "nicht zur Auswahl"),
        ({"provider": str(uuid4())}, "nicht zur Auswahl"),
        ({"starts_on": "morgen"}, "kein Datum"),
        ({"rhythm": "nie"}, "nicht zur Auswahl"),
    ],
)
def test_a_course_is_planned_completely_or_not_at_all(client, typed, told):
    provider = make.provider()
    client.force_login(network.person("provider", provider))
    good = {
        "provider": str(provider.pk), "title": "Robotik", "topic": str(make.topics.topic().pk),
        "starts_on": "2026-12-07",
        "ends_on": "2026-12-08", "rhythm": "daily", "part": "day", "format": "onsite", "price_cents": "450",
        "capacity": "10",
    }  # fmt: skip

    answer = sent(client, "plan", **{**good, **typed})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Course.objects.exists()
    assert sent(client, "plan", **good).status_code == 302


@pytest.mark.parametrize("typed", [{"on": ""}, {"on": "2026-12-03", "begins": "10:00", "ends": "09:00"}, {"on": "x"}])
def test_a_half_day_moved_to_nowhere_stays_where_it_is(client, typed):
    course = make.course()
    session = course.sessions.first()
    client.force_login(make.office(course))

    assert sent(client, "move_day", session.pk, **{"begins": "10:00", "ends": "12:00", **typed}).status_code == 422
    session.refresh_from_db()
    assert session.sequence == 0


def test_a_course_is_not_cancelled_without_a_reason(client):
    course = make.course()
    client.force_login(make.office(course))

    assert sent(client, "cancel", course.pk, reason="  ").status_code == 422
    assert sent(client, "cancel", course.pk, reason="Die Lehrkraft ist krank.").status_code == 302


# -- the public check page ------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["a", "x" * 900, "%00", "..", "<script>", "🦺", "VW-2026-000001"])
def test_a_strange_code_is_unknown_and_nothing_else(client, code):
    answer = client.get(f"/nachweis/{code}/", follow=True)

    assert answer.status_code in {404, 200}
    assert "<script>alert" not in answer.content.decode()


def test_asking_all_day_is_slowed_down(client):
    from django.core.cache import cache

    cache.clear()
    codes = [client.get("/nachweis/unbekannt/").status_code for _ in range(31)]
    cache.clear()

    assert codes == [404] * 30 + [429]


def test_behind_our_proxy_one_who_asks_all_day_slows_down_nobody_else(client, settings):
    from django.core.cache import cache

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()
    codes = [client.get("/nachweis/unbekannt/", HTTP_X_FORWARDED_FOR="192.0.2.7").status_code for _ in range(31)]
    another = client.get("/nachweis/unbekannt/", HTTP_X_FORWARDED_FOR="192.0.2.8").status_code
    cache.clear()

    assert (codes[-1], another) == (429, 404)


def test_search_engines_and_referrers_learn_nothing(client):
    course, by, _booking = make.finished(people=1)
    certificate = flow.issue_certificates(course, by=by, at=make.AFTERWARDS)[0]

    answer = client.get(reverse("courses:check", args=[certificate.code]))

    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_a_typed_code_leads_to_its_page(client):
    answer = client.get(reverse("courses:check_form"), {"code": "https://verbundwerk.example/nachweis/abc/"})

    assert answer.url == reverse("courses:check", args=["abc"])
    assert client.get(reverse("courses:check_form"), {"code": ""}).status_code == 422


@pytest.mark.parametrize("typed", ["VW-2026-000012", "vw-2026-000012", "VW 2026 000012 "])
def test_whoever_types_the_number_learns_where_the_code_stands(client, typed):
    page = client.get(reverse("courses:check_form"), {"code": typed})
    assert page.status_code == 422
    assert "ist die Nummer" in page.content.decode()
    assert typed.strip() in page.content.decode()
