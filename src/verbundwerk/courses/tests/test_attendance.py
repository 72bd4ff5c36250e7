"""Who is there, ticked off on a phone: with one button, or tap by tap; two at once overwrite nothing unseen."""

import re
from itertools import product

import pytest
from django.test import Client

from verbundwerk.courses import flow, rules
from verbundwerk.courses.models import Attendance, Seat
from verbundwerk.courses.states import CourseState, SessionState
from verbundwerk.courses.terms import Half, Presence

from . import make

pytestmark = pytest.mark.django_db
PRESENT, ABSENT, EXCUSED, DIGITAL = Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED, Presence.DIGITAL


@pytest.fixture(autouse=True)
def _in_the_room():
    with make.stopped(rules.half_day(make.FIRST_DAY, Half.MORNING).starts_at):
        yield


@pytest.fixture
def course():
    course = make.course(state=CourseState.SECURED)
    make.name_all(make.booking(course, seats=4), "Ada Adler", "Bo Berg", "Cem Can", "Dora Dorn")
    return course


@pytest.fixture
def session(course):
    return course.sessions.order_by("starts_at").first()


@pytest.fixture
def lecturer(course):
    return make.teacher(course, name="Lena Lehr")


@pytest.fixture
def office(course):
    return make.office(course)


class Phone:
    """A page as it was opened, sent back as it stands there plus what is tapped."""

    def __init__(self, person, session):
        self.client, self.address = Client(), f"/kurse/termine/{session.pk}/anwesenheit/"
        self.client.force_login(person)
        self.seats = {seat.name: seat for seat in Seat.objects.filter(booking__course=session.course)}
        self.read(self.client.get(self.address).content.decode())

    def read(self, page):
        self.page = page
        self.said = dict(re.findall(r'name="(was_\w+)" value="([^"]*)"', page))
        self.said |= dict(re.findall(r'name="(seat_\w+)" value="(\w+)" id="[^"]+" checked', page))

    def tap(self, name, presence):
        self.said[f"seat_{self.seats[name].pk.hex}"] = presence

    def save(self, **buttons):
        answer = self.client.post(self.address, {**self.said, **buttons}, follow=True)
        self.read(answer.content.decode())
        return answer

    def tap_and_send(self, name, presence):
        self.tap(name, presence)
        address = f"{self.address}{self.seats[name].pk}/"
        return self.client.post(address, self.said, headers={"HX-Request": "true"}).content.decode()


def marks(session):
    return dict(Attendance.objects.filter(session=session).values_list("seat__name", "presence"))


# --- one person -------------------------------------------------------------------------
def test_everybody_is_present_with_one_press_and_whoever_was_tapped_otherwise_stays(session, lecturer):
    phone = Phone(lecturer, session)
    assert "Noch offen: 4 von 4" in phone.page
    phone.tap("Bo Berg", ABSENT)
    phone.save(everybody="1")

    assert marks(session) == {"Ada Adler": PRESENT, "Bo Berg": ABSENT, "Cem Can": PRESENT, "Dora Dorn": PRESENT}
    assert "Alle sind eingetragen." in phone.page


def test_saving_half_a_list_says_how_many_are_open(session, lecturer):
    phone = Phone(lecturer, session)
    phone.tap("Ada Adler", PRESENT)
    phone.save()

    assert "Die Anwesenheit ist gespeichert. 3 Personen sind noch offen." in phone.page
    assert "Noch offen: 3 von 4" in phone.page


def test_everybody_present_leaves_alone_what_is_saved_already(session, lecturer):
    phone = Phone(lecturer, session)
    phone.tap("Cem Can", EXCUSED)
    phone.save()
    phone.save(everybody="1")

    assert marks(session)["Cem Can"] == EXCUSED
    assert len(marks(session)) == 4


def test_a_row_can_be_put_right_later(session, lecturer):
    phone = Phone(lecturer, session)
    phone.save(everybody="1")
    phone.tap("Dora Dorn", DIGITAL)
    phone.save()

    assert marks(session)["Dora Dorn"] == DIGITAL


# --- tap by tap -------------------------------------------------------------------------
def test_a_tap_is_saved_at_once_and_the_count_goes_down(session, lecturer):
    told = Phone(lecturer, session).tap_and_send("Ada Adler", PRESENT)

    assert marks(session) == {"Ada Adler": PRESENT}
    assert "gespeichert" in told
    assert "Noch offen: 3 von 4" in told
    session.refresh_from_db()
    assert session.state == SessionState.HELD


def test_the_same_row_can_be_tapped_again(session, lecturer):
    phone = Phone(lecturer, session)
    phone.read(phone.page + phone.tap_and_send("Ada Adler", PRESENT))
    told = phone.tap_and_send("Ada Adler", ABSENT)

    assert "gespeichert" in told
    assert marks(session) == {"Ada Adler": ABSENT}


def test_without_scripts_the_address_of_a_row_leads_back_to_the_list(session, lecturer):
    phone = Phone(lecturer, session)
    answer = phone.client.post(f"{phone.address}{phone.seats['Ada Adler'].pk}/", {})
    assert answer.url == phone.address


def test_a_row_of_another_course_does_not_exist_here(session, lecturer):
    phone, other = Phone(lecturer, session), make.seat(make.booking(make.course()))
    assert phone.client.post(f"{phone.address}{other.pk}/", {}, headers={"HX-Request": "true"}).status_code == 404


def test_a_tap_after_the_course_was_closed_is_told_in_its_row(course, session, lecturer):
    phone = Phone(lecturer, session)
    type(course).objects.filter(pk=course.pk).update(state=CourseState.COMPLETED)

    assert "solange der Kurs läuft" in phone.tap_and_send("Ada Adler", PRESENT)
    assert marks(session) == {}


# --- two at once ------------------------------------------------------------------------
def test_two_people_with_different_rows_keep_both(session, lecturer, office):
    mine, hers = Phone(lecturer, session), Phone(office, session)
    mine.tap("Ada Adler", PRESENT)
    hers.tap("Bo Berg", ABSENT)
    mine.save()
    hers.save()

    assert marks(session) == {"Ada Adler": PRESENT, "Bo Berg": ABSENT}


def test_an_old_page_does_not_bring_back_what_somebody_else_has_put_right(session, lecturer, office):
    Phone(lecturer, session).save(everybody="1")
    mine, hers = Phone(lecturer, session), Phone(office, session)
    hers.tap("Bo Berg", ABSENT)
    hers.save()
    mine.tap("Ada Adler", DIGITAL)
    answer = mine.save()

    assert answer.status_code == 200
    assert marks(session) == {"Ada Adler": DIGITAL, "Bo Berg": ABSENT, "Cem Can": PRESENT, "Dora Dorn": PRESENT}


def test_the_second_word_about_one_person_is_asked_for_and_the_rest_is_saved(session, lecturer, office):
    mine, hers = Phone(office, session), Phone(lecturer, session)
    hers.tap("Bo Berg", ABSENT)
    hers.save()
    mine.tap("Bo Berg", PRESENT)
    mine.tap("Ada Adler", PRESENT)
    answer = mine.save()

    assert answer.status_code == 409
    assert "Inzwischen von Lena Lehr eingetragen: unentschuldigt." in mine.page
    assert marks(session) == {"Ada Adler": PRESENT, "Bo Berg": ABSENT}

    mine.save()
    assert marks(session)["Bo Berg"] == PRESENT


def test_a_tap_over_somebody_elses_mark_is_told_in_its_row(session, lecturer, office):
    mine, hers = Phone(office, session), Phone(lecturer, session)
    hers.tap_and_send("Bo Berg", ABSENT)
    told = mine.tap_and_send("Bo Berg", PRESENT)

    assert "Inzwischen von Lena Lehr eingetragen" in told
    assert marks(session) == {"Bo Berg": ABSENT}
    mine.read(mine.page + told)
    mine.tap("Bo Berg", PRESENT)
    mine.save()
    assert marks(session) == {"Bo Berg": PRESENT}


def test_everybody_present_does_not_touch_what_a_colleague_marked_meanwhile(session, lecturer, office):
    mine, hers = Phone(office, session), Phone(lecturer, session)
    hers.tap("Bo Berg", ABSENT)
    hers.save()
    assert mine.save(everybody="1").status_code == 200
    assert marks(session)["Bo Berg"] == ABSENT
    assert len(marks(session)) == 4


def test_i_write_what_i_changed_and_never_over_what_changed_meanwhile():
    states = ["", *Presence.values]
    for mine, before, now in product(states, repeat=3):
        writes = rules.is_mine_to_write(mine, before, now)
        assert writes == (mine != before and before == now)


def test_without_a_page_the_last_word_counts(session, lecturer):
    seat = Seat.objects.filter(booking__course=session.course).first()
    for presence in (PRESENT, ABSENT):
        flow.take_attendance(session, {seat.pk: presence}, by=lecturer, at=session.starts_at)
    assert Attendance.objects.get().presence == ABSENT
