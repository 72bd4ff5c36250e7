"""The way of a need, told to the firm it belongs to."""

from datetime import timedelta

import pytest
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.courses import flow as courses_flow
from verbundwerk.courses.states import CourseState
from verbundwerk.courses.tests import make as courses
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.needs import flow as needs_flow
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling import flow as pooling_flow
from verbundwerk.pooling.states import CommitmentState, PoolState
from verbundwerk.pooling.tests import make as pooling
from verbundwerk.portal.queries.trail import facts_of, way_of
from verbundwerk.portal.rules import PLACES, reached, stops, turn
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db


def _place(need):
    here = reached(facts_of(need))
    return PLACES[here] if here < len(PLACES) else "end"


def _words(need):
    return " ".join(f"{stop.label} {stop.detail}" for stop in stops(facts_of(need)))


@pytest.mark.parametrize(
    ("state", "place"),
    [("draft", "need"), ("submitted", "check"), ("checked", "pool"), ("in_pool", "pool"), ("covered", "course"),
     ("evaluated", "end")],
)  # fmt: skip
def test_a_need_without_a_pool_stands_where_its_state_says(state, place):
    assert _place(needs.need(state=state)) == place


@pytest.mark.parametrize(
    ("state", "place"),
    [("sounding", "bids"), ("enquiry", "bids"), ("bid_chosen", "price"), ("committing", "price"), ("gap", "price"),
     ("came_about", "course")],
)  # fmt: skip
def test_a_bundled_need_stands_where_its_pool_stands(state, place):
    pool = pooling.pool_with_firms(state)

    assert _place(pool.members.first().need) == place


@pytest.mark.parametrize("state", [state.value for state in NeedState])
def test_every_state_of_a_need_has_a_way_that_can_be_told(state):
    told = stops(facts_of(needs.need(state=state)))

    assert sum(stop.state in {"now", "stopped"} for stop in told) <= 1
    assert all(str(stop.label) for stop in told)


@pytest.mark.parametrize("state", ["withdrawn", "expired", "covered_elsewhere"])
def test_an_ended_way_says_why_and_shows_nothing_that_will_never_come(state):
    need = needs.need(state=state, reason="Die Maschine kommt doch nicht.", closed_at=needs.AT)

    told = stops(facts_of(need))

    assert told[-1].state == "stopped"
    assert told[-1].detail == "Die Maschine kommt doch nicht."
    assert "ahead" not in {stop.state for stop in told}
    assert turn(facts_of(need)) is None


def test_a_pool_that_failed_stays_visible_and_the_need_waits_again():
    pool = pooling.pool_with_firms(PoolState.SOUNDING)
    need = pool.members.first().need

    pooling_flow.fail_pool(pool, reason="date", by=pooling.office(), at=pooling.AT)
    need.refresh_from_db()

    assert _place(need) == "pool"
    assert f"Bündel {pool.label} kam nicht zustande" in _words(need)
    assert "Er wartet wieder auf Partner." in _words(need)


def test_the_trail_tells_other_firms_only_as_a_band():
    pool = pooling.pool_with_firms(PoolState.SOUNDING, firms=4, seats=3)
    snapshot()
    own, *others = pool.members.select_related("need__organisation").order_by("pk")

    told = _words(own.need)

    assert "11–15 Plätze (Stand:" in told
    assert not [other for other in others if other.need.organisation.name in told]


def test_with_too_few_firms_the_trail_tells_nothing_about_the_others():
    pool = pooling.pool_with_firms(PoolState.SOUNDING, firms=3, seats=4)
    snapshot()

    assert "bleibt vertraulich" in _words(pool.members.first().need)


def test_whoever_has_not_answered_is_told_that_it_is_their_turn():
    pool = pooling.committing()
    need = pool.members.first().need

    assert turn(facts_of(need)).own

    pooling.commitment(pool_of=pool, organisation=need.organisation, limit_cents=48_000)
    assert not turn(facts_of(need)).own
    assert "höchstens 480,00" in _words(need)


def test_the_price_of_a_commitment_that_was_met_is_told_with_its_seats():
    pool = courses.pool(state=PoolState.CAME_ABOUT)
    need = pool.members.first().need

    assert "3 Plätze zu je 380,00" in _words(need)


def test_a_course_leads_to_names_attendance_and_certificates():
    with courses.stopped():
        pool = courses.pool()
        course = courses_flow.course_from_pool(pool, by=None, at=courses.NOW)
    need = pool.members.first().need
    need.refresh_from_db()
    booking = course.bookings.get(organisation=need.organisation)

    assert "benennt noch 3 Personen." in str(turn(facts_of(need)).what)

    courses.name_all(booking)
    assert "beginnt den Kurs" in str(turn(facts_of(need)).what)

    type(course).objects.filter(pk=course.pk).update(state=CourseState.RUNNING)
    assert _place(need) == "attendance"

    type(course).objects.filter(pk=course.pk).update(state=CourseState.COMPLETED)
    booking.places.update(state="attended")
    assert _place(need) == "certificate"
    assert "3 von 3 Personen haben teilgenommen." in _words(need)

    booking.places.update(state="certified")
    assert _place(need) == "end"
    assert "3 Bescheinigungen sind ausgestellt." in _words(need)
    assert turn(facts_of(need)) is None

    needs_flow.ask_for_evaluation([need], about=course.label, by=None, at=courses.AFTERWARDS)
    assert turn(facts_of(need)).own
    assert "ob der Kurs gepasst hat" in str(turn(facts_of(need)).what)
    planner, office = network.person(Role.HR, need.organisation), network.coordinator()
    assert way_of(need, planner).act.url == reverse("needs:evaluation", args=[need.pk])
    assert way_of(need, office).act is None


# --- the reader's own turn leads to where it is done ---------------------------------------
def _leads_to(client, need, person):
    """Where the page of the way sends this person, and that it opens; empty when others are awaited."""
    act = way_of(need, person).act
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("portal:trail", args=[need.pk])).content.decode()
    assert ("Als Nächstes sind Sie dran" in page) == (act is not None)
    if act is None:
        return ""
    assert f'href="{act.url}"' in page
    assert client.get(act.url).status_code == 200
    return act.url


def test_a_planner_is_led_to_the_draft_and_nobody_to_what_others_do(client):
    firm = network.organisation()
    hr, office = network.person(Role.HR, firm), network.coordinator()
    draft, handed_in, waits = (needs.need(organisation=firm, state=one) for one in ("draft", "submitted", "in_pool"))

    assert _leads_to(client, draft, hr) == reverse("needs:detail", args=[draft.pk])
    assert _leads_to(client, handed_in, hr) == ""
    assert reverse("needs:detail", args=[handed_in.pk]) in _leads_to(client, handed_in, office)
    assert _leads_to(client, waits, hr) == _leads_to(client, waits, office) == ""


def test_who_may_commit_is_led_to_the_pool_until_the_firm_has_answered(client):
    pool = pooling.committing()
    need = pool.members.first().need
    hr, foreman = (network.person(role, need.organisation) for role in (Role.HR, Role.FOREMAN))

    with clock.stopped(pooling.AT):
        assert _leads_to(client, need, hr) == reverse("pooling:pool", args=[pool.pk])
        assert _leads_to(client, need, foreman) == ""
        assert _leads_to(client, need, network.coordinator()) == ""
        pooling.commitment(pool_of=pool, organisation=need.organisation, limit_cents=48_000)
        assert _leads_to(client, need, hr) == ""


def test_the_office_is_led_to_the_pool_it_asks_providers_for_and_to_the_course_it_makes(client):
    sounding = pooling.pool_with_firms(PoolState.SOUNDING)
    ready = courses.pool()
    office = network.coordinator()
    first, second = sounding.members.first().need, ready.members.first().need

    assert _leads_to(client, first, office) == reverse("pooling:pool", args=[sounding.pk])
    assert _leads_to(client, second, office) == reverse("courses:from_pools")
    assert _leads_to(client, first, network.person(Role.HR, first.organisation)) == ""


def test_whoever_names_people_is_led_to_the_seats_without_names(client):
    pool = courses.pool()
    course = _course_from(pool)
    need = pool.members.first().need
    need.refresh_from_db()
    booking = course.bookings.get(organisation=need.organisation)
    foreman, council = (network.person(role, need.organisation) for role in (Role.FOREMAN, Role.WORKS_COUNCIL))

    with courses.stopped():
        assert _leads_to(client, need, foreman) == reverse("courses:booking", args=[booking.pk])
        assert _leads_to(client, need, council) == ""
        courses.name_all(booking)
        assert _leads_to(client, need, foreman) == ""


def test_a_firm_that_is_asked_something_is_led_to_the_question(client):
    firm = network.organisation()
    hr = network.person(Role.HR, firm)
    still = needs.need(organisation=firm, state="in_pool", expiry_asked_at=needs.AT)
    change = pooling.change_request()
    speaker = network.person(Role.HR, change.need.organisation)

    with clock.stopped(pooling.AT):
        assert _leads_to(client, still, hr) == reverse("needs:expiry", args=[still.pk])
        assert _leads_to(client, change.need, speaker) == reverse("pooling:change", args=[change.pk])
        assert turn(facts_of(change.need)).own
        assert _leads_to(client, still, network.coordinator()) == ""


def _course_from(pool):
    with courses.stopped():
        return courses_flow.course_from_pool(pool, by=None, at=courses.NOW)


def _called_off(course):
    office = courses.office(course)
    with courses.stopped():
        courses_flow.cancel_course(course, by_provider=True, reason="Krankheit.", by=office, at=courses.NOW)


def test_after_a_course_was_called_off_the_way_says_so_and_the_need_waits_again():
    pool = courses.pool()
    course = _course_from(pool)
    _called_off(course)
    need = pool.members.first().need

    lost = next(stop for stop in stops(facts_of(need)) if stop.state == "stopped")

    assert (str(lost.label), lost.at) == (f"Kurs {course.label} vom Anbieter abgesagt", courses.NOW)
    assert lost.detail == "Grund: Krankheit. Der Bedarf ist nicht verloren: Er wartet wieder auf Partner."
    assert _place(need) == "pool"
    assert "sucht Betriebe" in str(turn(facts_of(need)).what)


def test_a_need_that_found_another_course_shows_both():
    first = courses.pool()
    lost = _course_from(first)
    _called_off(lost)
    need = first.members.first().need
    second = courses.pool(seats=(2, 2), opened_at=courses.NOW)
    courses.join(second, need)
    found = _course_from(second)
    need.refresh_from_db()

    told = _words(need)

    assert f"Kurs {lost.label} vom Anbieter abgesagt" in told
    assert "Danach war der Bedarf wieder frei." in told
    assert found.label in told
    assert _place(need) == "course"


def test_a_firm_the_pool_goes_on_without_does_not_read_about_its_course():
    pool = courses.pool()
    _promise, need = courses.member(pool, 2, commitment_state=CommitmentState.NOT_MET)
    type(need).objects.filter(pk=need.pk).update(state="in_pool")
    need.refresh_from_db()
    course = _course_from(pool)

    told = _words(need)

    assert f"Bündel {pool.label} kam ohne Ihren Betrieb zustande" in told
    assert course.label not in told
    assert _place(need) == "pool"


def test_seats_that_were_given_back_are_told_and_the_need_waits_again():
    pool = courses.pool()
    course = _course_from(pool)
    need = pool.members.first().need
    booking = course.bookings.get(organisation=need.organisation)
    with courses.stopped():
        courses_flow.cancel_booking(booking, by=network.coordinator(), at=courses.NOW)
    need.refresh_from_db()

    assert f"Plätze im Kurs {course.label} zurückgegeben" in _words(need)
    assert _place(need) == "pool"


def test_a_planner_reads_the_way_of_her_need_and_nobody_elses(client):
    firm = network.organisation()
    mine, other = needs.need(organisation=firm, state="submitted"), needs.need(state="submitted")
    client.force_login(network.person(Role.HR, firm), backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(reverse("portal:trail", args=[mine.pk])).content.decode()

    assert f"Was wurde aus {mine.label}?" in page
    assert "Verbundkoordination" in page
    assert client.get(reverse("portal:trail", args=[other.pk])).status_code == 404
    assert other.label not in client.get(reverse("portal:trails")).content.decode()


def test_the_trail_links_only_where_this_person_may_go():
    pool = pooling.pool_with_firms(PoolState.SOUNDING)
    need = pool.members.first().need
    speaker = network.person(Role.HR, need.organisation)

    steps = way_of(need, speaker).steps

    assert reverse("needs:detail", args=[need.pk]) in {step.url for step in steps}
    assert all(not step.url for step in steps if step.state == "ahead")


def test_moments_of_the_way_come_from_the_journal():
    topic, firm = topics.topic(), network.organisation()
    person, office = network.person(Role.HR, firm), network.coordinator()
    need = needs_flow.raise_and_submit(needs.draft(topic=topic.pk), organisation=firm, by=person, at=needs.AT)
    needs_flow.check_and_release(need, topic=topic, by=office, at=needs.AT + timedelta(days=2))

    steps = way_of(need, person).steps

    assert steps[0].at == needs.AT
    assert steps[1].at == needs.AT + timedelta(days=2)


def test_a_commitment_that_was_not_met_may_be_renewed():
    pool = pooling.committing()
    need = pool.members.first().need
    pooling.commitment(CommitmentState.NOT_MET, pool_of=pool, organisation=need.organisation)

    assert turn(facts_of(need)).own
