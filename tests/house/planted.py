"""A region with one firm's secrets in it, and everything other people could reach them by.

The words are found nowhere else, so whoever reads one of them reads the firm. `change` puts other words and numbers
in their place: whoever sees a difference sees the firm, even where no word of it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.house.cast import people

from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.states import CaseState
from verbundwerk.codetermination.tests import make as council
from verbundwerk.courses import flow as courses_flow
from verbundwerk.courses.flow import PersonName
from verbundwerk.courses.models import Booking, Course, Seat
from verbundwerk.courses.states import CourseState, SeatState
from verbundwerk.courses.tests import make as courses
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.exchange import flow as exchange_flow
from verbundwerk.exchange.flow import Giving
from verbundwerk.exchange.models import ListEntry
from verbundwerk.feedback.models import Round, SelfCheck
from verbundwerk.feedback.terms import Kind
from verbundwerk.feedback.tests import make as feedback
from verbundwerk.needs.models import Evaluation, ImportBatch, Need, QuickLink, QuickNeed
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Confidentiality, Shift
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.models import Alliance, Body, Organisation, Person, Site
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling import flow as pooling_flow
from verbundwerk.pooling.models import ChangeRequest, Commitment, Pool, PoolMember
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.terms import Hold
from verbundwerk.pooling.tests import make as pooling
from verbundwerk.post.models import Letter
from verbundwerk.topics.tests import make as topics
from verbundwerk.wishes.models import Survey, Talk, Wish
from verbundwerk.wishes.tests import make as wishes

AT = courses.NOW
UNTIL = date(2027, 2, 1)
FIRM, TOPIC, DETAILS = "Zyxquarz", "Quellplunder", "Zettelgeheim"
ROTATION, ACCESS, LANGUAGE = "Wechselquirl", "Rampenwunsch", "Quenya"
BOSS, PARTICIPANT, INVITED = "Zwackelmann", "Übelhör", "Flunkert"
ADDRESS, PHONE, SITE, NOTE = "zyxquarz.example", "7777123", "Schornsteinhalle", "Murrnotiz"
DRAFT = "Entwurfsquast"
# Between a firm and its works council: not for the office either.
CASE, ENCLOSED, PROPOSED = "Beratungsknoten", "Anlagenwuchs", "Nachtlichtplan"
# Between an employee and HR, and what an employee keeps even from HR.
WISHED, KEPT = "Wunschfackel", "Herzquirl"
INSIDE = (DRAFT, CASE, ENCLOSED, PROPOSED, WISHED, KEPT)
WORDS = (
    FIRM, TOPIC, DETAILS, ROTATION, ACCESS, LANGUAGE, BOSS, PARTICIPANT, INVITED, ADDRESS, PHONE, SITE, NOTE, *INSIDE,
)  # fmt: skip
FREE_TEXTS = {
    "topic_text": f"{TOPIC} am Kessel", "details": f"{DETAILS}: nur für uns", "rotation": ROTATION,
    "accessibility": ACCESS, "language": LANGUAGE, "budget_cents": 98_765,
}  # fmt: skip


@dataclass
class Planted:
    """The cast with its own firm, the firm with the secrets, and for each argument of an address what it can name."""

    cast: Mapping[str, Person | None]
    own: Organisation
    hidden: Organisation
    boss: Person
    office: Person
    ids: dict[str, list[Any]] = field(default_factory=dict)

    def can_be(self, argument: str, *things: Any) -> None:
        self.ids.setdefault(argument, []).extend(getattr(one, "pk", one) for one in things)


def plant() -> Planted:
    cast = people()
    hidden = _hidden_firm()
    boss = network.person(Role.HR, hidden, name=f"Quirin {BOSS}", email=f"chef@{ADDRESS}", phone=f"0531 {PHONE}")
    own = cast[Role.HR].mandates.get().organisation  # type: ignore[union-attr]
    secret = Planted(cast, own, hidden, boss, network.coordinator(name="Jana Reimers", email="buero@verbund.example"))
    secret.can_be("organisation_id", hidden, own)
    secret.can_be("site_id", hidden.sites.get(), own.sites.get())
    secret.can_be("mandate_id", boss.mandates.get())
    _raise_needs(secret)
    _ask_for_a_course(secret)
    _hold_courses(secret)
    _plan(secret)
    _involve_the_council(secret)
    _wish(secret)
    _wait_and_give(secret)
    snapshot(AT)
    secret.can_be("letter_id", Letter.objects.filter(to=boss.email).earliest("created_at", "key"))
    secret.can_be("alliance_id", Alliance.objects.get(slug="matrix"))
    secret.can_be("body_id", Body.objects.get(alliance__slug="matrix"))
    return secret


def _hidden_firm() -> Organisation:
    """It stands in no directory, so that its name proves a leak wherever it is read."""
    place = network.site_data(name=SITE, street="Quastenweg 7")
    return network.organisation(name=f"{FIRM} Kesselbau GmbH", public=False, main_site=place)


# --- what it needs ----------------------------------------------------------------------
def _need(secret: Planted, **fields: Any) -> Need:
    return pooling.need(organisation=secret.hidden, raised_by=secret.boss, **{**FREE_TEXTS, **fields})


def _raise_needs(secret: Planted) -> None:
    draft = _need(secret, state=NeedState.DRAFT, topic_text=DRAFT, seats=29)
    waiting = _need(secret, state=NeedState.SUBMITTED, seats=31, hidden_from=[secret.own])
    asked = needs.asked(organisation=secret.hidden, raised_by=secret.boss, **FREE_TEXTS)
    Evaluation.objects.filter(need=asked).update(fit="no", note=NOTE, answered_at=AT, answered_by=secret.boss)
    rows = [needs.row(organisation=secret.hidden, topic_text=TOPIC)]
    batch = needs.batch(by=secret.boss, organisation=secret.hidden, rows=rows, file_name=f"{TOPIC}.xlsx")
    invited = network.invitation(organisation=secret.hidden, name=f"Notburga {INVITED}", email=f"neu@{ADDRESS}")
    secret.can_be("need_id", draft, waiting, asked, pooling.need(organisation=secret.own))
    secret.can_be("batch_id", batch)
    secret.can_be("invitation_id", invited)
    _report_without_account(secret)


def _report_without_account(secret: Planted) -> None:
    link = needs.link(organisation=secret.hidden, name=f"Aushang {FIRM}")
    words = {"topic_text": f"{TOPIC} ohne Konto", "name": f"Zenzi {PARTICIPANT}", "email": f"zenzi@{ADDRESS}"}
    secret.can_be("link_id", link, needs.link(organisation=secret.own))
    secret.can_be("quick_id", needs.quick(organisation=secret.hidden, link=link, **words))


# --- a pool in which everybody looks for the same ------------------------------------------
def _ask_for_a_course(secret: Planted) -> None:
    topic = topics.topic()
    members = [
        _need(secret, topic=topic, seats=37),
        _need(secret, topic=topic, seats=43, confidentiality=Confidentiality.CONFIDENTIAL),
        *(pooling.need(organisation=firm, topic=topic, seats=4) for firm in (secret.own, *_others(secret, 3))),
    ]
    data = pooling_flow.PoolData(
        title=topic.label, topic=topic, level=1, starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 9),
        seats_min=8, seats_max=99,
    )  # fmt: skip
    pool = pooling_flow.open_pool(data, members, reason="gleiche Anlage", by=secret.office, at=AT)
    pooling_flow.publish_pool(pool, by=secret.office, at=AT)
    _bid_for(pool, secret)
    secret.can_be("pool_id", pool)
    secret.can_be("need_id", *members[:3])


def _others(secret: Planted, count: int) -> list[Organisation]:
    firms = [network.organisation() for _ in range(count)]
    for firm in firms:
        network.person(Role.HR, firm)
    return firms


def _bid_for(pool: Pool, secret: Planted) -> None:
    """Two providers are asked: one bids, the other is the cast's own firm. Too few commit for a price to be told."""
    by, bidder = secret.office, pooling.provider()
    until = AT.date() + timedelta(days=14)
    asked = pooling_flow.ask_providers(pool, [bidder, secret.own], answer_until=until, by=by, at=AT)
    theirs = next(one for one in asked if one.provider_id == bidder.pk)
    bid = pooling_flow.enter_bid(theirs, pooling.bid_data(seats_max=99), by=by, at=AT)
    pooling_flow.choose_bid(bid, by=by, at=AT)
    pool.refresh_from_db()
    pooling_flow.open_commitments(pool, commit_until=UNTIL, by=by, at=AT)
    words = [
        pooling_flow.commit(pool, firm, by=by, at=AT, limit_cents=limit, low=1, high=high)
        for firm, limit, high in ((secret.hidden, 123_456, 80), (secret.own, 70_000, 4))
    ]
    secret.can_be("enquiry_id", *asked)
    secret.can_be("bid_id", bid)
    secret.can_be("commitment_id", *words)


# --- courses in which it sits ---------------------------------------------------------------
def _hold_courses(secret: Planted) -> None:
    pool = courses.pool(seats=(2,))
    for firm, seats in ((secret.hidden, 5), (secret.own, 2)):
        mine = {**FREE_TEXTS, "raised_by": secret.boss} if firm is secret.hidden else {}
        courses.join(pool, pooling.need(organisation=firm, topic=pool.topic, seats=seats, **mine), seats)
    course = courses_flow.course_from_pool(pool, by=secret.office, at=AT)
    theirs = course.bookings.get(organisation=secret.hidden)
    names = [PersonName(1, f"Zenzi {PARTICIPANT}", f"zenzi@{ADDRESS}")]
    courses_flow.name_people(theirs, names, by=secret.boss, at=AT)
    secret.can_be("pool_id", pool)
    secret.can_be("booking_id", theirs, course.bookings.get(organisation=secret.own))
    secret.can_be("seat_id", theirs.places.order_by("position").first())
    _course(secret, course)
    _course(secret, _over(secret))
    _fall_out(secret)


def _course(secret: Planted, course: Course) -> None:
    secret.can_be("course_id", course)
    secret.can_be("session_id", course.sessions.order_by("starts_at").first())


def _over(secret: Planted) -> Course:
    course = courses.course(state=CourseState.COMPLETED)
    for firm in (secret.hidden, secret.own):
        seat = courses.seat(courses.booking(course, organisation=firm), state=SeatState.CERTIFIED)
        if firm is secret.hidden:
            Seat.objects.filter(pk=seat.pk).update(name=f"Zenzi {PARTICIPANT}", email=f"zenzi@{ADDRESS}")
            seat.refresh_from_db()
            secret.can_be("certificate_id", courses.certificate(seat))
            _say_something(secret, seat)
    return course


def _say_something(secret: Planted, seat: Seat) -> None:
    """What its people can do and what they said: four answers, too few for anybody to read."""
    course = seat.booking.course
    check = feedback.round_(kind=Kind.CHECK, course=course, items=["Messen"])
    ticket = feedback.ticket(of=check, seat=seat, address=seat.email)
    SelfCheck.objects.create(ticket=ticket, levels=[3])
    feedback.round_("closed", course=course, answers=4, counts={"clear": {"1": 4}}, texts=[f"{DETAILS} war furchtbar"])
    secret.can_be("ticket_id", ticket)


def _fall_out(secret: Planted) -> None:
    """Letters go out: seats are given back, and a course is called off."""
    course = courses.course()
    for firm in (secret.hidden, secret.own):
        courses.booking(course, organisation=firm)
    extra = courses.booking(course, organisation=secret.hidden, seats=3)
    courses_flow.cancel_booking(extra, by=secret.boss, at=AT)
    courses_flow.cancel_course(course, by_provider=False, reason="Rohrbruch im Haus", by=secret.office, at=AT)
    _course(secret, course)


# --- what the office calculates -----------------------------------------------------------
def _plan(secret: Planted) -> None:
    plan, topic = pooling.plan("done"), topics.topic()
    wanted = [_need(secret, topic=topic, seats=9), *(pooling.need(topic=topic) for _ in range(2))]
    proposal = pooling.proposal(plan_of=plan, needs=wanted)
    left = pooling.left_over(plan, need=_need(secret, seats=33))
    secret.can_be("plan_id", plan)
    secret.can_be("proposal_id", proposal)
    secret.can_be("need_id", left.need_id)
    secret.can_be("offer_id", proposal.offer_id)
    secret.can_be("change_id", pooling.change_request(plan=plan, need=left.need, asked_by=secret.office))


# --- what stays between a firm and its works council ------------------------------------------
def _involve_the_council(secret: Planted) -> None:
    case = council.case(
        CaseState.REFUSED, organisation=secret.hidden, label=CASE, details=f"{CASE}: nein", informed_at=AT
    )
    papers = council.document(case, by=secret.boss, name=f"{ENCLOSED}.csv", content=ENCLOSED.encode(), kind="csv")
    speaker = council.council(secret.hidden, name="Rita Rat", email=f"rat@{ADDRESS}")
    proposal = council.proposal(organisation=secret.hidden, made_by=speaker, title=PROPOSED, text=PROPOSED)
    secret.can_be("case_id", case)
    secret.can_be("document_id", papers)
    secret.can_be("proposal_id", proposal)


# --- what its people wish for ------------------------------------------------------------------
def _wish(secret: Planted) -> None:
    owner = wishes.employee(secret.hidden, name=f"Zita {PARTICIPANT}", email=f"zita@{ADDRESS}")
    secret.can_be("wish_id", wishes.wish("released", by=owner, topic_text=WISHED))
    secret.can_be("wish_id", wishes.wish(by=owner, topic_text=KEPT))
    mentor = wishes.mentor(secret.hidden, email=f"mentorin@{ADDRESS}")
    wishes.talk("passed_on", by=mentor, at=secret.hidden, people=2)
    secret.can_be(
        "survey_id", wishes.survey("closed", at=secret.hidden, by=secret.boss, title=CASE, answers=9, closed_at=AT)
    )


# --- seats that change hands ------------------------------------------------------------------
def _wait_and_give(secret: Planted) -> None:
    """It waits in one full course before the cast's own firm, and gives a seat away in another one."""
    hr = secret.cast[Role.HR]
    assert hr is not None
    full = courses.course(capacity=2)
    courses.booking(full)
    both = ((secret.hidden, secret.boss), (secret.own, hr))
    for firm, by in both:
        entry = exchange_flow.join_list(full, firm, seats=2, at_least=2, by=by, at=AT)
        secret.can_be("entry_id", entry)
    other = courses.course(capacity=5)
    for firm, by in both:
        booking = courses.booking(other, organisation=firm)
        given = exchange_flow.give_seats(booking, Giving(1), by=by, at=AT)
        secret.can_be("booking_id", booking)
        secret.can_be("given_id", *given)
    _course(secret, full)
    _course(secret, other)


# --- the other world ------------------------------------------------------------------------
def change(secret: Planted) -> None:
    """Everything about the firm becomes something else; what is confidential was never there. Nothing of the others
    changes, and a new week has not begun."""
    firm = secret.hidden
    quiet = Need.objects.filter(organisation=firm, confidentiality=Confidentiality.CONFIDENTIAL)
    PoolMember.objects.filter(need__in=quiet).delete()
    quiet.update(state=NeedState.WITHDRAWN)
    Need.objects.filter(organisation=firm).update(
        topic_text="anders", sort_key="anders", search_key="anders", details="", rotation="", seats=8, seats_min=2,
        budget_cents=None, shift=Shift.LATE, postal_code="38440", window_from=date(2027, 4, 1), travel_minutes_max=20,
    )  # fmt: skip
    PoolMember.objects.filter(need__organisation=firm).update(seats=8)
    Commitment.objects.filter(organisation=firm, pool__state=PoolState.COMMITTING).update(
        limit_cents=1, seats_low=2, seats_high=2, hold=Hold.COUNCIL, hold_until=UNTIL
    )
    _sit_otherwise(firm)
    ListEntry.objects.filter(organisation=firm).update(seats=3, at_least=3)
    Case.objects.filter(organisation=firm).update(state=CaseState.AGREED, label="anders")
    Wish.objects.filter(organisation=firm).update(topic_text="anders", sort_key="anders")
    Talk.objects.filter(organisation=firm).update(people=9)
    Survey.objects.filter(organisation=firm).update(title="anders", answers=2)
    SelfCheck.objects.filter(ticket__seat__booking__organisation=firm).update(levels=[0])
    Round.objects.filter(kind=Kind.EVALUATION).update(answers=1, counts={}, texts=[])
    QuickNeed.objects.filter(organisation=firm).update(topic_text="anders", name="Anders", seats=1)
    QuickLink.objects.filter(organisation=firm).update(name="anders", taken_count=9)
    ChangeRequest.objects.filter(need__organisation=firm).update(was="15", value="20")
    Evaluation.objects.filter(need__organisation=firm).update(fit="yes", note="")
    ImportBatch.objects.filter(organisation=firm).update(file_name="x.csv", row_count=7)
    Person.objects.filter(pk=secret.boss.pk).update(name="Jemand", phone="", sort_key="jemand")
    Site.objects.filter(organisation=firm).update(name="Werk", place="Wolfsburg", district="03103")
    Organisation.objects.filter(pk=firm.pk).update(name="Ganz anders GmbH", sort_key="ganz anders", size_class=1)


def _sit_otherwise(firm: Organisation) -> None:
    """One seat less, which no range shows, and other people on the others."""
    for booking in Booking.objects.filter(organisation=firm, course__state=CourseState.SECURED):
        Booking.objects.filter(pk=booking.pk).update(seats=booking.seats - 1)
        Course.objects.filter(pk=booking.course_id).update(taken=booking.course.taken - 1)
    Seat.objects.filter(booking__organisation=firm).update(name="Irgendwer", email="irgendwer@firma.example")
