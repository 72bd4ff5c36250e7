"""Who looked at a firm's or a person's data is written down, once, and read by those it is about."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base import clock
from verbundwerk.courses.tests import make as courses
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.rules import Held, Standing
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.post.tests import make as post
from verbundwerk.privacy import rules
from verbundwerk.privacy.models import Look

pytestmark = pytest.mark.django_db
NOW = courses.NOW


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped(NOW):
        yield


@pytest.fixture
def firm():
    return network.organisation(name="Heidkamp Test GmbH")


@pytest.fixture
def need(firm):
    return needs.need(organisation=firm, state="submitted")


@pytest.fixture
def office():
    return network.coordinator(name="Jana Büro")


def opens(client, person, name, *arguments):
    client.force_login(person)
    answer = client.get(reverse(name, args=arguments))
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def text(answer):
    return answer.content.decode()


# --- what is written ---------------------------------------------------------------------
def test_the_office_leaves_a_line_when_it_opens_a_firm_s_need(client, office, firm, need):
    assert opens(client, office, "needs:detail", need.pk).status_code == 200
    look = Look.objects.get()
    assert (look.viewer, look.organisation, look.person, look.page, look.role, look.at) == (
        office.pk, firm.pk, None, "needs:detail", Role.COORDINATION, NOW,
    )  # fmt: skip


def test_people_of_the_firm_leave_none(client, firm, need):
    for role in (Role.HR, Role.WORKS_COUNCIL, Role.FOREMAN):
        assert opens(client, network.person(role, firm), "needs:detail", need.pk).status_code == 200
    assert not Look.objects.exists()


def test_who_may_not_see_it_has_seen_nothing(client, need):
    assert opens(client, network.person(Role.HR), "needs:detail", need.pk).status_code == 404
    assert not Look.objects.exists()


def test_the_same_page_again_within_the_quarter_of_an_hour_is_one_line(client, office, firm, need):
    second = needs.need(organisation=firm, state="submitted")
    for minutes in (0, 1, 7, 14):
        with clock.stopped(NOW + timedelta(minutes=minutes)):
            opens(client, office, "needs:detail", need.pk)
            opens(client, office, "needs:detail", second.pk)
    assert Look.objects.count() == 1
    with clock.stopped(NOW + timedelta(minutes=15)):
        opens(client, office, "needs:detail", need.pk)
    assert Look.objects.count() == 2


def test_another_kind_of_page_is_another_line(client, office, firm, need):
    opens(client, office, "needs:detail", need.pk)
    opens(client, office, "network:organisation", firm.pk)
    opens(client, office, "portal:trail", need.pk)
    assert set(Look.objects.values_list("page", flat=True)) == {
        "needs:detail", "network:organisation", "portal:trail",
    }  # fmt: skip


def test_the_public_page_of_a_firm_is_no_look_inside(client, firm):
    client.get(reverse("network:organisation", args=[firm.pk]))
    opens(client, network.person(Role.HR), "network:organisation", firm.pk)
    assert not Look.objects.exists()


def test_a_lecturer_s_list_of_people_is_a_look_at_each_of_them(client, firm):
    course = courses.course(state="running")
    mia = network.person(Role.EMPLOYEE, firm, name="Mia Muster")
    courses.seat(courses.booking(course, organisation=firm, seats=1), state="named", person=mia)
    teacher = courses.teacher(course)
    assert opens(client, teacher, "courses:attendance", course.sessions.first().pk).status_code == 200
    look = Look.objects.get(page="courses:attendance")
    assert (look.organisation, look.person, look.role) == (firm.pk, mia.pk, Role.LECTURER)
    page = text(opens(client, mia, "privacy:own_looks"))
    assert teacher.name in page
    assert "Anwesenheitsliste" in page


@pytest.mark.parametrize("page", ["courses:certificates", "courses:attendance_list"])
def test_every_page_and_paper_with_names_is_a_look_at_each_of_them(client, firm, page):
    course = courses.course(state="running")
    mia = network.person(Role.EMPLOYEE, firm, name="Mia Muster")
    courses.seat(courses.booking(course, organisation=firm, seats=1), state="named", person=mia, name="Mia Muster")
    assert opens(client, courses.teacher(course), page, course.pk).status_code == 200
    assert Look.objects.filter(page=page, organisation=firm.pk, person=mia.pk).count() == 1


def test_a_list_of_many_people_says_how_many_and_does_not_name_one_of_them(client, firm):
    course = courses.course(state="running")
    mia = network.person(Role.EMPLOYEE, firm, name="Mia Muster")
    booking = courses.booking(course, organisation=firm, seats=3)
    courses.name_all(booking, "Mia Muster", "Ole Ohnekonto", "Pia Papier")
    booking.places.filter(name="Mia Muster").update(person=mia)
    teacher = courses.teacher(course)
    assert opens(client, teacher, "courses:attendance", course.sessions.first().pk).status_code == 200
    officer = network.person(Role.DATA_PROTECTION)
    told = text(opens(client, officer, "privacy:all_looks"))
    assert "Mia Muster, in einer Liste mit 3 Personen" in told
    assert told.count("Liste mit 3 Personen") == 2
    at_the_firm = text(opens(client, network.person(Role.HR, firm), "privacy:firm_looks"))
    assert at_the_firm.count("Anwesenheitsliste") == 1
    assert "Liste mit 3 Personen" in at_the_firm
    assert "Anwesenheitsliste" in text(opens(client, mia, "privacy:own_looks"))


def test_a_list_over_many_firms_is_one_line_whatever_it_shows(client, office, firm):
    for _n in range(3):
        needs.need(organisation=network.organisation(), state="submitted")
    for name in ("needs:list", "needs:csv", "needs:inbox"):
        assert opens(client, office, name).status_code == 200
    assert sorted(Look.objects.values_list("page", "organisation")) == [
        ("needs:csv", None), ("needs:inbox", None), ("needs:list", None),
    ]  # fmt: skip


def test_the_list_of_one_s_own_needs_is_no_look_at_others(client, firm, need):
    opens(client, network.person(Role.HR, firm), "needs:list")
    assert not Look.objects.exists()


def test_a_letter_is_a_look_at_whom_it_was_written_to(client):
    anna = network.person(name="Anna Adressat")
    letter = post.letter("given_up", to=anna.email)
    admin = network.person(Role.ADMIN)
    opens(client, admin, "network:letter", letter.pk)
    look = Look.objects.get()
    assert (look.viewer, look.person, look.organisation) == (admin.pk, anna.pk, None)


def test_pressing_a_button_is_no_second_look(client, office, need):
    client.force_login(office)
    client.post(reverse("needs:release", args=[need.pk]), {})
    assert not Look.objects.filter(page="needs:release").exists()


# --- what it costs -------------------------------------------------------------------------
def test_inside_the_firm_the_log_costs_nothing_and_from_outside_one_statement(
    client, office, firm, need, django_assert_num_queries, settings
):
    without = [one for one in settings.MIDDLEWARE if "privacy" not in one]

    def asked(person):
        client.force_login(person)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("needs:detail", args=[need.pk]))
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    for person, more in ((network.person(Role.HR, firm), 0), (office, 1)):
        asked(person)  # words and standing are looked up once
        with_log = asked(person)
        kept = settings.MIDDLEWARE
        settings.MIDDLEWARE = without
        client.handler.load_middleware()
        plain = asked(person)
        settings.MIDDLEWARE = kept
        client.handler.load_middleware()
        assert with_log - plain == more


# --- who reads it ----------------------------------------------------------------------------
def test_the_firm_reads_who_looked_at_it_and_nothing_about_others(client, office, firm, need):
    other = needs.need(organisation=network.organisation(), state="submitted")
    stranger = network.coordinator(name="Fremdes Büro")
    opens(client, office, "needs:detail", need.pk)
    opens(client, stranger, "needs:detail", other.pk)
    page = text(opens(client, network.person(Role.HR, firm), "privacy:firm_looks"))
    assert "Jana Büro" in page
    assert "Fremdes Büro" not in page


def test_a_person_reads_only_about_their_own_data(client, office, firm, need):
    opens(client, office, "needs:detail", need.pk)
    assert "Jana Büro" not in text(opens(client, network.person(Role.EMPLOYEE, firm), "privacy:own_looks"))


def test_the_officer_reads_all_and_is_written_down_too(client, office, firm, need):
    opens(client, office, "needs:detail", need.pk)
    officer = network.person(Role.DATA_PROTECTION, name="Dana Schutz")
    page = text(opens(client, officer, "privacy:all_looks"))
    assert "Jana Büro" in page
    assert firm.name in page
    assert "Dana Schutz" in text(opens(client, network.person(Role.HR, firm), "privacy:firm_looks"))


def test_the_officer_filters_and_takes_the_log_along(client, office, firm, need):
    opens(client, office, "needs:detail", need.pk)
    opens(client, office, "network:organisation", firm.pk)
    officer = network.person(Role.DATA_PROTECTION)
    client.force_login(officer)
    address = reverse("privacy:all_looks_csv")
    rows = b"".join(client.get(address, {"room": "network", "q": "Heidkamp"}).streaming_content).decode()
    assert rows.count("Jana Büro") == 1
    assert "Seite der Organisation" in rows


def test_the_officer_sees_what_was_deleted_and_has_it_on_the_page_of_today(client):
    officer = network.person(Role.DATA_PROTECTION)
    assert "Bisher war noch nichts zu löschen" in text(opens(client, officer, "privacy:deletions"))
    assert "Stand der Fristen" in text(opens(client, officer, "privacy:forgotten"))
    today = text(opens(client, officer, "portal:today"))
    assert reverse("privacy:all_looks") in today
    assert "Einsichten von außen" in today


def test_whoever_became_nameless_is_nameless_in_the_log(client, office, firm, need):
    opens(client, office, "needs:detail", need.pk)
    type(office).objects.filter(pk=office.pk).update(name="Ehemalige Person")
    page = text(opens(client, network.person(Role.HR, firm), "privacy:firm_looks"))
    assert "Ehemalige Person" in page


# --- the rule alone ---------------------------------------------------------------------------
ids = st.uuids()


@given(st.lists(st.tuples(ids | st.none(), ids | st.none())), ids, ids)
def test_nobody_is_ever_an_outsider_to_themselves_or_their_firm(pairs, viewer, own):
    who = Standing((Held(Role.COORDINATION, own),))
    pairs += [(own, None), (own, viewer), (None, viewer)]
    noted = rules.looked_at(pairs, viewer, who)
    assert not any(person == viewer or firm == own for firm, person in noted)
    assert noted == {pair for pair in pairs if viewer != pair[1] and own != pair[0]}
