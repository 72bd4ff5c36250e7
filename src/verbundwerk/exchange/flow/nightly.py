"""What falls due by itself, course by course, each in a transaction of its own."""

from datetime import datetime

from django.db import transaction

from verbundwerk.base.jobs import due
from verbundwerk.courses import flow as courses
from verbundwerk.courses.models import Course
from verbundwerk.courses.queries import begins_at

from .. import queries, rules
from .giving import return_what_is_due
from .serving import close_list, drop_broken_offers, expire_offers, serve


@due
def turn_over_seats(at: datetime) -> int:
    """Offers expire, seats come back, the next in the list is asked. Two at once do it once: the course is locked, and
    every move asks the database where the thing stands."""
    return sum(_turn_over(course, at) for course in queries.courses_to_turn_over())


@transaction.atomic
def _turn_over(course: Course, at: datetime) -> int:
    courses.lock_course(course)
    done = expire_offers(course, at) + return_what_is_due(course, at)
    if rules.list_is_open(course, begins_at(course), at):
        return done + drop_broken_offers(course, at) + serve(course, at)
    return done + close_list(course, at)
