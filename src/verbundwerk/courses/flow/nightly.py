"""What falls due by itself."""

from datetime import datetime

from django.db import transaction

from verbundwerk.base.jobs import due
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.journal.flow import record

from .. import papers, queries
from ..models import Course
from ..states import CourseState
from .courses import start_course
from .letters import post


@due
def start_due_courses(at: datetime) -> int:
    """Secured courses whose first half day has begun are running, whether or not somebody pressed a button."""
    due = Course.objects.filter(state=CourseState.SECURED, sessions__starts_at__lte=at).distinct()
    return sum(_start(course, at) for course in due)


def _start(course: Course, at: datetime) -> bool:
    begins = queries.begins_at(course)
    if begins is None or begins > at:
        return False
    try:
        start_course(course, by=None, at=at)
    except AlreadyMoved:
        return False
    return True


@due
@transaction.atomic
def check_counters(at: datetime) -> int:
    """The one number of a course must be the sum of its binding bookings; if it ever is not, people are told."""
    wrong = queries.wrong_counters()
    for course, booked in wrong:
        record(None, "course.counter_wrong", course, at=at, taken=course.taken, booked=booked)
    if wrong:
        post(papers.counters_wrong(wrong, queries.coordinators(), at), at=at)
    return len(wrong)
