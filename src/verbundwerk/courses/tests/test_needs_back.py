"""What a course no longer covers waits for partners again, and its firm is told."""

import pytest
from django.urls import reverse

from verbundwerk.courses import flow, rules
from verbundwerk.courses.models import Booking
from verbundwerk.journal.models import JournalEntry
from verbundwerk.journal.queries import history_of
from verbundwerk.needs import flow as needs_flow
from verbundwerk.needs import queries as needs_queries
from verbundwerk.needs.models import Evaluation, Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with make.stopped():
        yield


@pytest.fixture
def pool():
    return make.pool(seats=(3, 2, 2))


@pytest.fixture
def course(pool):
    return flow.course_from_pool(pool, by=None, at=make.NOW)


def needs_of(pool):
    return [one.need for one in pool.members.select_related("need__organisation").order_by("pk")]


def call_off(course, *, by_provider=True):
    by = make.office(course) if by_provider else network.coordinator()
    return flow.cancel_course(course, by_provider=by_provider, reason="Krankheit", by=by, at=make.NOW)


def give_back_seats(course, need, **said):
    booking = course.bookings.get(organisation=need.organisation, commitment__isnull=False)
    return flow.cancel_booking(booking, by=network.coordinator(), at=make.NOW, **said)


def letters():
    return Letter.objects.filter(key__startswith="needs-back:")


@pytest.mark.parametrize("by_provider", [True, False])
def test_needs_of_a_cancelled_course_wait_for_partners_again(pool, course, by_provider):
    call_off(course, by_provider=by_provider)

    assert {(need.state, need.closed_at) for need in needs_of(pool)} == {(NeedState.IN_POOL, None)}


def test_each_firm_reads_that_its_need_is_back_and_why(pool, course):
    call_off(course)

    need = needs_of(pool)[0]
    letter = letters().get(to=need.organisation.mandates.first().person.email)
    assert letters().count() == 3
    assert letter.subject == "Ihr Bedarf ist wieder im Pool"
    assert f"Der Kurs {course.label} findet nicht statt. Grund: Krankheit" in letter.text
    assert need.label in letter.text
    assert not [other for other in needs_of(pool)[1:] if other.label in letter.text]


def test_the_need_keeps_its_history_and_its_page_says_what_happened(pool, course, client):
    call_off(course)
    need = needs_of(pool)[0]

    assert [one.verb for one in history_of(need)] == ["need.covered", "need.given_back"]
    steps = needs_queries.trail(need)
    assert [str(step.label) for step in steps if step.state in {"stopped", "now"}] == [
        "Kurs verloren", "Wartet wieder auf Partner",
    ]  # fmt: skip
    client.force_login(need.organisation.mandates.first().person)
    page = client.get(reverse("needs:detail", args=[need.pk])).content.decode()
    assert f"wieder im Pool · Der Kurs {course.label} findet nicht statt. Grund: Krankheit" in page


def test_a_need_that_was_asked_long_ago_is_asked_afresh_before_it_expires(pool, course):
    need = needs_of(pool)[0]
    Need.objects.filter(pk=need.pk).update(expiry_asked_at=make.NOW.replace(year=2025), expires_on=make.NOW.date())
    call_off(course)

    assert needs_flow.expire_needs(make.NOW) == 0
    need.refresh_from_db()
    assert need.expiry_asked_at is None


def test_when_its_time_is_over_the_firm_is_asked_for_a_new_window(pool, course):
    need = needs_of(pool)[0]
    over = make.NOW.date().replace(month=10, day=1)
    Need.objects.filter(pk=need.pk).update(window_from=over, window_until=over)
    call_off(course)

    texts = {letter.to: "Der Zeitraum ist vorbei" in letter.text for letter in letters()}
    assert sorted(texts.values()) == [False, False, True]


def test_two_needs_of_one_firm_come_back_in_one_letter(pool, course):
    first = needs_of(pool)[0]
    second = make.needs.need(organisation=first.organisation, state=NeedState.COVERED, topic=pool.topic)
    pool.members.create(need=second, seats=1)
    call_off(course)

    letter = letters().get(to=first.organisation.mandates.first().person.email)
    assert letter.subject == "Ihre Bedarfe sind wieder im Pool"
    assert first.label in letter.text
    assert second.label in letter.text


def test_the_office_hears_when_a_provider_calls_off(pool, course):
    office = network.coordinator()
    call_off(course)

    letter = Letter.objects.get(key=f"course-cancelled:{course.pk}", to=office.email)
    assert "3 Bedarfe sind dadurch wieder im Pool." in letter.text


def test_a_course_without_a_pool_brings_nothing_back():
    lone = make.course()
    make.booking(lone)
    call_off(lone)

    assert not JournalEntry.objects.filter(verb="need.given_back").exists()


# --- in part ----------------------------------------------------------------------------
def test_a_firm_whose_seats_were_given_back_waits_again_alone(pool, course):
    need, *others = needs_of(pool)
    give_back_seats(course, need)

    assert [one.state for one in needs_of(pool)] == ["in_pool", "covered", "covered"]
    assert f"Ihre Plätze im Kurs {course.label} sind zurückgegeben." in letters().get().text
    call_off(course)
    assert JournalEntry.objects.filter(verb="need.given_back", subject=need.pk).count() == 1
    assert JournalEntry.objects.filter(verb="need.given_back").count() == 1 + len(others)


def test_a_firm_that_still_has_other_seats_in_the_course_stays_covered(pool, course):
    need = needs_of(pool)[0]
    make.booking(course, organisation=need.organisation, seats=1)
    give_back_seats(course, need)

    need.refresh_from_db()
    assert need.state == NeedState.COVERED


def test_a_need_withdrawn_after_its_seats_were_given_back_stays_withdrawn(pool, course):
    need = needs_of(pool)[0]
    give_back_seats(course, need)
    by = need.organisation.mandates.first().person
    need.refresh_from_db()
    needs_flow.withdraw_need(need, reason="Anlage kommt nicht", by=by, at=make.NOW)
    call_off(course)

    need.refresh_from_db()
    assert need.state == NeedState.WITHDRAWN


def test_a_need_that_two_runs_cover_waits_again_only_when_both_are_lost(pool, course):
    need = needs_of(pool)[0]
    second = make.pool(seats=(2, 2))
    make.join(second, need)
    other = flow.course_from_pool(second, by=None, at=make.NOW)

    need.refresh_from_db()
    assert (need.seats_covered, need.stand) == (3, "gedeckt")

    call_off(course)
    need.refresh_from_db()
    assert (need.state, need.stand) == (NeedState.COVERED, "gedeckt: 2 von 3 Plätzen")
    assert letters().count() == 2

    call_off(other)
    need.refresh_from_db()
    assert (need.state, need.seats_covered) == (NeedState.IN_POOL, 0)


def test_a_firm_that_was_given_fewer_seats_than_it_needs_reads_how_many(client):
    pool = make.pool(seats=(3, 2, 2))
    need = needs_of(pool)[0]
    pool.commitments.filter(organisation=need.organisation).update(seats=2, seats_high=2)
    course = flow.course_from_pool(pool, by=None, at=make.NOW)
    need.refresh_from_db()
    speaker = need.organisation.mandates.first().person
    client.force_login(speaker)

    assert need.stand == "gedeckt: 2 von 3 Plätzen"
    for address in (reverse("needs:list"), reverse("needs:list") + "?state=partly", reverse("portal:trails")):
        assert "gedeckt: 2 von 3 Plätzen" in client.get(address).content.decode()
    detail = client.get(reverse("needs:detail", args=[need.pk])).content.decode()
    assert "2 von 3 Plätzen sind gedeckt" in detail
    assert "Rest neu melden" in detail
    assert "gedeckt: 2 von 3 Plätzen" in client.get(reverse("portal:trail", args=[need.pk])).content.decode()

    flow.book_seats(course, need.organisation, 1, key="noch-einer", by=speaker, at=make.NOW)
    need.refresh_from_db()
    assert need.stand == "gedeckt"
    assert JournalEntry.objects.filter(verb="need.coverage_changed", subject=need.pk).count() == 1


def test_two_needs_of_one_firm_share_its_seats_as_they_brought_them():
    pool = make.pool(seats=(2, 2, 2))
    first = needs_of(pool)[0]
    second = make.needs.need(organisation=first.organisation, state=NeedState.BUNDLED, topic=pool.topic, seats=3)
    pool.members.create(need=second, seats=1)
    flow.course_from_pool(pool, by=None, at=make.NOW)
    second.refresh_from_db()
    first.refresh_from_db()

    assert (first.state, first.seats_covered) == (NeedState.COVERED, 2)
    assert second.state == NeedState.IN_POOL


@pytest.mark.parametrize(
    ("held", "wanted", "given"),
    [
        (3, [("a", 2, 2), ("b", 1, 3)], [2, 1]),
        (5, [("a", 2, 2), ("b", 1, 3)], [2, 3]),
        (1, [("a", 2, 2), ("b", 1, 3)], [1, 0]),
        (9, [("a", 2, 2)], [2]),
        (0, [("a", 2, 2)], [0]),
    ],
)
def test_seats_go_to_what_was_brought_first_and_the_rest_to_what_is_wanted(held, wanted, given):
    assert list(rules.shared_out(held, wanted).values()) == given


def test_a_need_that_found_another_course_is_not_touched_by_the_first(pool, course):
    need = needs_of(pool)[0]
    give_back_seats(course, need)
    second = make.pool(seats=(2, 2))
    make.join(second, need)
    flow.course_from_pool(second, by=None, at=make.NOW)

    call_off(course)

    need.refresh_from_db()
    assert need.state == NeedState.COVERED


def test_seats_booked_later_by_somebody_else_bring_no_need_back(pool, course):
    stranger = make.booking(course, seats=1)
    flow.cancel_booking(Booking.objects.get(pk=stranger.pk), by=network.coordinator(), at=make.NOW)

    assert {need.state for need in needs_of(pool)} == {NeedState.COVERED}


# --- did it fit? --------------------------------------------------------------------------
def complete(course, *, without=None):
    """`without`: a firm that names nobody."""
    by = make.teacher(course)
    type(course).objects.filter(pk=course.pk).update(state="running")
    for booking in course.bookings.filter(state="binding").exclude(organisation=without):
        make.name_all(booking)
    make.attend(course, by)
    course.refresh_from_db()
    return flow.complete_course(course, by=by, at=make.AFTERWARDS)


def asked():
    return {one.need_id: one.about for one in Evaluation.objects.all()}


def test_when_the_course_is_closed_its_firms_are_asked_whether_it_fitted(pool, course):
    complete(course)

    assert asked() == {need.pk: f"{course.label} {course.title}" for need in needs_of(pool)}
    assert Letter.objects.filter(key__startswith="need-evaluation:").count() == 3


def test_a_firm_without_seats_is_not_asked(pool, course):
    need, *others = needs_of(pool)
    give_back_seats(course, need)
    complete(course)

    assert asked().keys() == {one.pk for one in others}


def test_a_firm_that_sent_nobody_is_not_asked_how_it_was(pool, course):
    need, *others = needs_of(pool)
    complete(course, without=need.organisation_id)

    assert asked().keys() == {one.pk for one in others}


def test_with_a_second_run_still_to_come_the_firm_is_asked_after_the_last(pool, course):
    need = needs_of(pool)[0]
    second = make.pool(seats=(2, 2))
    make.join(second, need)
    other = flow.course_from_pool(second, by=None, at=make.NOW)

    complete(course)
    assert need.pk not in asked()

    complete(other)
    assert asked()[need.pk] == f"{other.label} {other.title}"
