"""Certificates: numbered without gaps, with an unguessable code, and with their own copy of what they say."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbundwerk.base.verdicts import Verdict, require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import papers, queries, rules
from ..models import Certificate, Course, Seat
from ..states import SEAT, CourseState, SeatState
from .letters import post
from .numbers import take_numbers

# 24 of 31 signs are 118 bits, which nobody guesses, and none of them is taken for another one on paper.
CODE_SIGNS, CODE_LENGTH = "23456789abcdefghjkmnpqrstuvwxyz", 24


@transaction.atomic
def issue_certificates(course: Course, *, by: Person, at: datetime) -> list[Certificate]:
    """One for everybody who attended and has none yet; pressing twice issues nothing twice."""
    require(rules.may_run(standing(by), course, by.pk), _is_complete(course), rules.says_enough(course))
    seats = list(
        Seat.objects.filter(booking__course=course, state=SeatState.ATTENDED).select_for_update().order_by("pk")
    )
    issued = _issue(course, seats, at) if seats else []
    if issued:
        record(by, "course.certified", course, at=at, certificates=len(issued))
        post(papers.certificate_letters(course, issued), at=at)
    return issued


def _is_complete(course: Course) -> Verdict:
    return yes_if(
        course.state == CourseState.COMPLETED, _("Bescheinigungen gibt es, sobald der Kurs abgeschlossen ist.")
    )


def _code() -> str:
    return "".join(secrets.choice(CODE_SIGNS) for _position in range(CODE_LENGTH))


def _issue(course: Course, seats: list[Seat], at: datetime) -> list[Certificate]:
    year = rules.day_of(at).year
    first = take_numbers(f"certificate-{year}", len(seats)) - len(seats) + 1
    extent = papers.course_content(course, list(queries.sessions_of(course)))
    rows = [
        Certificate(
            number=f"VW-{year}-{first + n:06d}",
            code=_code(),
            seat=seat,
            content={**extent, "name": seat.name, "issued_on": rules.day_of(at).isoformat()},
            issued_at=at,
        )
        for n, seat in enumerate(seats)
    ]
    for seat in seats:
        SEAT.advance(seat, "certify")
    return Certificate.objects.bulk_create(rows)
