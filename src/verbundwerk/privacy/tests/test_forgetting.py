"""When the time is over, nothing of a person is left: not in a table, not in a file, not in the database's own log."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from verbundwerk.base import clock, retention
from verbundwerk.codetermination.models import Statement
from verbundwerk.codetermination.tests import make as council
from verbundwerk.courses import flow as courses_flow
from verbundwerk.courses.models import Attendance, CalendarLink, Certificate, Course, Seat
from verbundwerk.courses.states import SeatState
from verbundwerk.courses.tests import make as courses
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.models import Evaluation, Need
from verbundwerk.needs.tests import make as needs
from verbundwerk.network import flow as network_flow
from verbundwerk.network.models import Mandate, Organisation, Person
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter
from verbundwerk.post.tests import make as post
from verbundwerk.privacy import flow
from verbundwerk.privacy.models import Forgetting

from .traces import found

NAME, MAIL, PHONE = "Änne Grünspechtsen", "aenne.gruenspechtsen@firma.example", "05171 4711-0815"
ALL = (NAME, MAIL, PHONE)
NOW = courses.NOW
LEFT_ON = NOW.date()


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings) -> None:
    """The search reads every file: those of other tests would be found as well. The storage is told of it, too."""
    settings.MEDIA_ROOT = tmp_path / "media"


def later(**span: int) -> datetime:
    return retention.Span(**{key: -value for key, value in span.items()}).before(NOW)


def tick(at: datetime) -> int:
    with clock.stopped(at):
        return flow.forget_what_is_over(at)


def life_of_aenne(client) -> Person:
    """She leaves a trace in every room, and then the firm."""
    with clock.stopped(NOW):
        firm = courses.firm()
        aenne = network_flow.welcome_person(name=NAME, email=MAIL, phone=PHONE, by=None, at=NOW)
        network_flow.give_mandate(aenne, firm, Role.HR, by=None, at=NOW, from_on=LEFT_ON, until_on=LEFT_ON)
        Authenticator.objects.create(user=aenne, type="totp", data={"secret": f"of {MAIL}"})
        network.invitation(organisation=firm, name=NAME, email=f"neu.{MAIL}", state="accepted", closed_at=NOW)
        client.force_login(aenne)
        Person.objects.filter(pk=aenne.pk).update(last_login=NOW)
        caches["default"].set(f"attempts:{MAIL}", [1], 60)
        post.letter("sent", to=MAIL, subject=f"Guten Tag, {NAME}", text=f"Ihre Nummer: {PHONE}", created_at=NOW)
        closed = {"topic_text": f"Kurs für {NAME}", "details": f"Bitte {PHONE} anrufen", "accessibility": NAME}
        need = needs.asked(organisation=firm, raised_by=aenne, closed_at=NOW, reason=f"Wunsch von {NAME}", **closed)
        Evaluation.objects.filter(need=need).update(
            fit="yes", note=f"{NAME} war zufrieden", answered_at=NOW, answered_by=aenne
        )
        needs.batch(by=aenne, organisation=firm, file_name=f"Liste {NAME}.xlsx", uploaded_at=NOW)
        course = courses.course(state="completed", starts_on=LEFT_ON, ends_on=LEFT_ON)
        Course.objects.filter(pk=course.pk).update(reason=f"{NAME} fehlt", lecturer=aenne)
        booking = courses.booking(course, organisation=firm, seats=1, booked_by=aenne)
        seat = courses.seat(booking, state=SeatState.CERTIFIED, name=NAME, email=MAIL, person=aenne)
        courses.certificate(seat, issued_at=NOW)
        Attendance.objects.create(
            session=course.sessions.first(), seat=seat, presence="present", taken_by=aenne, taken_at=NOW
        )
        courses_flow.renew_calendar_link(by=aenne, at=NOW)
        _speak_for_the_staff(aenne, firm)
    return aenne


def _speak_for_the_staff(aenne: Person, firm: Organisation) -> None:
    case = council.case("agreed", organisation=firm, label=f"Wunsch von {NAME}", settled_at=NOW)
    council.document(case, by=council.hr(firm), name=f"{NAME}.csv", content=MAIL.encode(), kind="csv")
    Statement.objects.create(case=case, kind="agree", text=f"{NAME} stimmt zu", said_by=aenne, said_at=NOW)
    council.proposal("declined", organisation=firm, made_by=aenne, title=f"Von {NAME}", answered_at=NOW)


# --- the proof -----------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_after_all_periods_the_raw_files_and_every_table_hold_nothing_of_her(client):
    life_of_aenne(client)
    before = found(*ALL)
    assert {
        "network_person",
        "needs_need",
        "post_letter",
        "courses_seat",
        "courses_certificate",
        "codetermination_statement",
    } <= set(before)
    if connection.vendor == "sqlite":  # the search would see her in the file, so that not finding her means something
        assert any("sqlite3" in where for where in before)

    assert tick(later(years=11)) > 0

    assert found(*ALL) == {}
    assert Letter.objects.filter(to=MAIL).count() == 0


@pytest.mark.django_db(transaction=True)
def test_without_overwriting_the_file_would_still_know_her(client):
    """The negative control of the proof above: deleting alone leaves her in SQLite's file."""
    if connection.vendor != "sqlite":
        pytest.skip("asks about SQLite's file")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    try:
        life_of_aenne(client)
        tick(later(years=11))
        assert found(*ALL)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# --- each line in its time -------------------------------------------------------------------
@pytest.fixture
def aenne(client, db):
    return life_of_aenne(client)


def test_a_day_early_nothing_ends_and_a_day_late_it_has(aenne):
    tick(later(months=24) - timedelta(days=1))
    assert Person.objects.get(pk=aenne.pk).name == NAME
    tick(later(months=24) + timedelta(days=1))
    aenne = Person.objects.get(pk=aenne.pk)
    assert (aenne.name, aenne.phone, aenne.is_active) == ("Ehemalige Person", "", False)
    assert aenne.email.endswith("@nameless.invalid")
    assert not aenne.has_usable_password()
    assert not EmailAddress.objects.filter(user=aenne).exists()
    assert not Authenticator.objects.filter(user=aenne).exists()
    assert not Mandate.objects.filter(person=aenne).exists()
    assert not CalendarLink.objects.filter(person=aenne).exists()


def test_whoever_still_has_a_role_or_signed_in_lately_stays(aenne):
    Mandate.objects.filter(person=aenne).update(until_on=None)
    loyal = network.person(name="Kurt Bleibt")
    Mandate.objects.filter(person=loyal).update(until_on=LEFT_ON)
    Person.objects.filter(pk=loyal.pk).update(last_login=later(months=20))
    tick(later(months=30))
    assert set(Person.objects.filter(pk__in=[aenne.pk, loyal.pk]).values_list("name", flat=True)) == {
        NAME, "Kurt Bleibt",
    }  # fmt: skip


def test_words_of_a_need_end_and_its_figures_stay(aenne):
    need = Need.objects.get()
    tick(later(months=25))
    after = Need.objects.get()
    assert (after.topic_text, after.details, after.accessibility, after.reason) == ("(gelöscht)", "", "", "")
    assert (after.seats, after.topic_id, after.window_from, after.number) == (
        need.seats, need.topic_id, need.window_from, need.number,
    )  # fmt: skip
    assert Evaluation.objects.get().note == ""
    assert Evaluation.objects.get().fit == "yes"


def test_the_list_of_people_stays_as_long_as_the_funder_may_ask(aenne):
    tick(later(years=4, months=11))
    assert Seat.objects.get().name == NAME
    assert Attendance.objects.count() == 1
    tick(later(years=5) + timedelta(days=2))
    seat = Seat.objects.get()
    assert (seat.name, seat.email, seat.state) == ("", "", SeatState.CERTIFIED)
    assert Attendance.objects.count() == 0


def test_an_open_need_keeps_its_words_however_old_it_is(aenne):
    Need.objects.update(closed_at=None)
    tick(later(years=11))
    assert NAME in Need.objects.get().topic_text


def test_a_session_ends_by_the_wall_clock_the_framework_dates_it_with(aenne):
    running = Session.objects.get()
    tick(later(years=3))
    assert Session.objects.filter(pk=running.pk).exists()
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    tick(later(years=3) + timedelta(days=1))
    assert not Session.objects.exists()


# --- certificates ------------------------------------------------------------------------------
def test_a_certificate_is_checked_with_its_name_for_ten_years(aenne, client):
    tick(later(years=9, months=11))
    page = client.get(reverse("courses:check", args=[Certificate.objects.get().code])).content.decode()
    assert NAME in page


def test_afterwards_the_page_knows_the_course_and_answers_only_yes_or_no_to_a_name(aenne, client):
    client.logout()
    tick(later(years=10) + timedelta(days=1))
    one = Certificate.objects.get()
    assert Seat.objects.get().person is None
    address = reverse("courses:check", args=[one.code])
    page = client.get(address).content.decode()
    assert NAME not in page
    assert one.number in page
    assert one.content["title"] in page
    assert "Ja, der Name stimmt" in client.post(address, {"name": " änne  grünspechtsen"}).content.decode()
    assert "Nein, auf diesen Namen" in client.post(address, {"name": "Anna Specht"}).content.decode()
    assert client.post(address, {"name": ""}).status_code == 422
    assert client.get(reverse("courses:check_paper", args=[one.code])).status_code == 404


def test_the_firm_s_list_of_certificates_still_opens_without_the_name(aenne, client):
    tick(later(years=10) + timedelta(days=1))
    course = Course.objects.get()
    client.force_login(network.person(Role.PROVIDER, course.provider))
    page = client.get(reverse("courses:certificates", args=[course.pk]))
    assert page.status_code == 200
    assert "PDF herunterladen" not in page.content.decode()


# --- how the work is done ----------------------------------------------------------------------
def test_every_batch_is_counted_in_the_journal_with_no_word_about_whom(aenne):
    tick(later(years=9))
    lines = JournalEntry.objects.filter(verb="retention.applied")
    assert lines.count() > 5
    for line in lines:
        assert set(line.details) == {"line", "count"}
        assert line.actor is None
    counted = {line.details["line"]: line.details["count"] for line in lines}
    assert counted == dict(Forgetting.objects.exclude(total=0).values_list("line", "total"))


def test_on_one_day_each_line_is_asked_once(aenne, django_assert_num_queries):
    at = later(months=30)
    assert tick(at) > 0
    with django_assert_num_queries(1):
        assert tick(at) == 0
    Need.objects.update(topic_text="Noch ein Wort")
    assert tick(at) == 0
    assert tick(at + timedelta(days=1)) == 1


def test_a_killed_run_has_counted_what_it_deleted_and_the_next_tick_does_the_rest(aenne, monkeypatch):
    for _n in range(4):
        post.letter("sent", created_at=NOW)
    monkeypatch.setattr(flow, "BATCH", 2)
    real, rounds = retention._forgetters["letters"], []

    def dies_in_its_second_round(before, most):
        rounds.append(most)
        count = real(before, most)
        if len(rounds) == 2:
            raise KeyboardInterrupt
        return count

    monkeypatch.setitem(retention._forgetters, "letters", dies_in_its_second_round)
    with pytest.raises(KeyboardInterrupt):
        tick(later(months=13))
    assert Letter.objects.count() == 3
    assert Forgetting.objects.get(line="letters").total == 2
    assert tick(later(months=13)) >= 3
    assert (Letter.objects.count(), Forgetting.objects.get(line="letters").total) == (0, 5)


def test_a_line_that_fails_stops_no_other_and_the_tick_says_so(aenne, monkeypatch):
    def fails(before, most):
        raise LookupError("no")

    monkeypatch.setitem(retention._forgetters, "jobs", fails)
    with pytest.raises(LookupError):
        tick(later(months=30))
    assert not Letter.objects.exists()
    assert not Forgetting.objects.filter(line="jobs").exists()


def test_counters_of_attempts_that_ran_out_are_gone_and_running_ones_stay(db):
    counters = DatabaseCache("verbundwerk_cache", {})
    for name in ("192.0.2.7", "192.0.2.8"):
        counters.set(name, [1], 60)
    with connection.cursor() as cursor:
        past = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0) - timedelta(minutes=5))
        cursor.execute("UPDATE verbundwerk_cache SET expires = %s WHERE cache_key LIKE %s", [past, "%192.0.2.7"])
    tick(timezone.now() + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM verbundwerk_cache")
        assert [key for (key,) in cursor.fetchall()] == [":1:192.0.2.8"]


@pytest.mark.django_db
def test_the_officer_reads_what_was_deleted_when_by_which_rule_and_never_whose(client):
    """Another person than above: what is rolled back may lie in the database's own log for a while."""
    post.letter("sent", to="bea.beispiel@firma.example", subject="Guten Tag, Bea Beispiel", created_at=NOW)
    tick(later(months=2))
    tick(later(months=13))
    client.force_login(network.person(Role.DATA_PROTECTION))
    with clock.stopped(later(months=13, days=1)):
        page = client.get(reverse("privacy:deletions")).content.decode()
        lately = client.get(reverse("privacy:deletions"), {"since": "30"}).content.decode()
        rows = b"".join(client.get(reverse("privacy:deletions_csv")).streaming_content).decode()
    applied = {one.details["line"] for one in JournalEntry.objects.filter(verb="retention.applied")}
    assert {"letter_words", "letters"} <= applied
    for line in (one for one in retention.table() if one.key in applied):
        assert str(line.what) in rows
        assert line.how_long in rows
    assert rows.count("\n") - 1 == len(set(_days_and_lines()))
    assert lately.count("<tr") < page.count("<tr")
    assert "Bea" not in page + rows
    assert "bea." not in page + rows


def _days_and_lines():
    done = JournalEntry.objects.filter(verb="retention.applied")
    return [(timezone.localdate(one.at), one.details["line"]) for one in done]
