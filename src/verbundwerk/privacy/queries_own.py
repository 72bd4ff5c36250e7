"""Everything the house knows of one person, room by room, as plain values; only ever for that person."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from verbundwerk.courses.models import Attendance, CalendarLink, Seat
from verbundwerk.courses.queries import own_certificates
from verbundwerk.feedback.queries import invitations_of, own_checks
from verbundwerk.needs.models import Need
from verbundwerk.network.models import Mandate, Person
from verbundwerk.post.models import Letter
from verbundwerk.wishes.models import Talk
from verbundwerk.wishes.queries import wishes_of

from .queries import looks_at_person
from .terms import OwnData, page_text

Row = dict[str, Any]


def own_data(person: Person) -> dict[str, list[Row]]:
    """One list per kind of thing; the words stand as they are stored."""
    return {name: list(rows(person)) for name, rows in _KINDS.items()}


def deletable(person: Person) -> list[tuple[str, Any]]:
    """What of it this person may delete right now; nothing that is not there."""
    there = {
        OwnData.WISHES: wishes_of(person).exists(),
        OwnData.CHECKS: own_checks(person).exists(),
        OwnData.CALENDAR: CalendarLink.objects.filter(person=person).exists(),
        OwnData.PHONE: bool(person.phone),
    }
    return [(one.value, one.label) for one, exists in there.items() if exists]


def _account(person: Person) -> Iterable[Row]:
    yield {
        "name": person.name, "email": person.email, "phone": person.phone, "language": person.language,
        "created_at": person.created_at, "last_login": person.last_login,
    }  # fmt: skip


def _mandates(person: Person) -> Iterable[Row]:
    rows = Mandate.objects.filter(person=person).select_related("organisation").order_by("from_on", "pk")
    for one in rows:
        yield {
            "role": str(one.get_role_display()), "organisation": one.organisation.name,
            "from_on": one.from_on, "until_on": one.until_on,
        }  # fmt: skip


def _own_seats(person: Person) -> QuerySet[Seat]:
    """Also one named by the proven address before the account was there."""
    mine = Q(person=person) | Q(person=None, email=person.email)
    return Seat.objects.filter(mine).select_related("booking__course", "booking__organisation")


def _seats(person: Person) -> Iterable[Row]:
    for one in _own_seats(person):
        course = one.booking.course
        yield {
            "course": f"{course.label} {course.title}", "starts_on": course.starts_on, "ends_on": course.ends_on,
            "organisation": one.booking.organisation.name, "name": one.name, "email": one.email,
            "state": str(one.get_state_display()), "page": reverse("courses:detail", args=[course.pk]),
        }  # fmt: skip


def _attendances(person: Person) -> Iterable[Row]:
    rows = Attendance.objects.filter(seat__in=_own_seats(person)).select_related("session__course")
    for one in rows:
        yield {
            "course": one.session.course.label, "starts_at": one.session.starts_at,
            "presence": str(one.get_presence_display()),
        }  # fmt: skip


def _certificates(person: Person) -> Iterable[Row]:
    for one in own_certificates(person):
        yield {
            "number": one.number, "issued_at": one.issued_at, "content": one.content,
            "page": reverse("courses:check", args=[one.code]),
        }  # fmt: skip


def _wishes(person: Person) -> Iterable[Row]:
    for one in wishes_of(person):
        yield {
            "topic": one.topic_text, "details": one.details, "shift": str(one.get_shift_display()),
            "times": str(one.get_times_display()), "fixed_end": one.fixed_end, "state": str(one.get_state_display()),
            "answer": one.answer, "need": one.need.label if one.need else "", "written_at": one.written_at,
            "page": reverse("wishes:wish", args=[one.pk]),
        }  # fmt: skip


def _feedback(person: Person) -> Iterable[Row]:
    """What one was asked, and one's own self-check. What one answered after a course is stored with nobody."""
    levels = {one.ticket_id: dict(zip(one.ticket.round.items, one.levels, strict=True)) for one in own_checks(person)}
    for one in invitations_of(person):
        yield {
            "course": one.round.course.label, "kind": str(one.round.get_kind_display()),
            "state": str(one.get_state_display()), "levels": levels.get(one.pk, {}),
            "page": reverse("feedback:answer", args=[one.pk]),
        }  # fmt: skip


def _talks(person: Person) -> Iterable[Row]:
    for one in Talk.objects.filter(mentor=person).select_related("topic"):
        yield {
            "topic": one.topic.name, "people": one.people, "shift": str(one.get_shift_display()),
            "state": str(one.get_state_display()), "noted_at": one.noted_at,
        }  # fmt: skip


def _needs(person: Person) -> Iterable[Row]:
    """That one raised it and when; what it says belongs to the firm, which one may have left."""
    for one in Need.objects.filter(raised_by=person).order_by("number"):
        yield {"number": one.label, "created_at": one.created_at}


def _letters(person: Person) -> Iterable[Row]:
    """That they were sent; what they said went to the mailbox."""
    for one in Letter.objects.filter(to=person.email).order_by("created_at", "key"):
        yield {"subject": one.subject, "created_at": one.created_at, "state": str(one.get_state_display())}


def _looks(person: Person) -> Iterable[Row]:
    for one in looks_at_person(person):
        named: Any = one
        yield {
            "at": one.at, "who": named.who or "", "role": str(one.get_role_display()), "page_kind": page_text(one.page)
        }  # fmt: skip


_KINDS: dict[str, Callable[[Person], Iterable[Row]]] = {
    "account": _account,
    "mandates": _mandates,
    "seats": _seats,
    "attendance": _attendances,
    "certificates": _certificates,
    "wishes": _wishes,
    "feedback": _feedback,
    "talks": _talks,
    "needs": _needs,
    "letters": _letters,
    "looks": _looks,
}
