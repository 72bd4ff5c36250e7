"""What can be put right on a course without moving it on its way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from verbundwerk.base.verdicts import Refused, no, require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import queries, rules
from ..models import Course
from .sessions import lecturer_is_free

DESCRIPTION = ("title", "goals", "contents", "teaching_units", "place", "bookable_until")


@transaction.atomic
def change_course(course: Course, said: Mapping[str, Any], *, by: Person, at: datetime) -> Course:
    """Everything the form of a course asks for, or nothing of it."""
    describe_course(course, said, by=by, at=at)
    if said["capacity"] != course.capacity:
        change_capacity(course, said["capacity"], by=by, at=at)
    if "lecturer" in said and said["lecturer"] != course.lecturer:
        appoint_lecturer(course, said["lecturer"], by=by, at=at)
    return course


@transaction.atomic
def describe_course(course: Course, texts: Mapping[str, Any], *, by: Person, at: datetime) -> Course:
    """Title, goals, contents, extent, place, end of registration: what the certificate will say, until completion."""
    require(rules.may_arrange(standing(by), course.provider_id), rules.is_not_over(course))
    changed = [name for name in DESCRIPTION if name in texts and getattr(course, name) != texts[name]]
    for name in changed:
        setattr(course, name, texts[name])
    if changed:
        course.save(update_fields=changed)
        record(by, "course.described", course, at=at, fields=changed)
    return course


@transaction.atomic
def change_capacity(course: Course, capacity: int, *, by: Person, at: datetime) -> Course:
    """One statement again: it cannot fall below what is taken, not even by a second."""
    require(rules.may_arrange(standing(by), course.provider_id), rules.is_not_over(course))
    fits = Course.objects.filter(pk=course.pk, taken__lte=capacity).update(capacity=capacity)
    course.refresh_from_db(fields=["capacity", "taken"])
    if not fits:
        text = _("%(taken)d Plätze sind schon vergeben. Weniger Plätze kann der Kurs nicht haben.")
        raise Refused(no(text % {"taken": course.taken}))
    record(by, "course.capacity_changed", course, at=at, capacity=capacity)
    return course


@transaction.atomic
def appoint_lecturer(course: Course, lecturer: Person | None, *, by: Person, at: datetime) -> Course:
    """One of the provider's own lecturers, who stands nowhere else at these times."""
    require(rules.may_provide(standing(by), course), rules.is_not_over(course))
    if lecturer is not None:
        known = queries.lecturers_of(course.provider_id).filter(pk=lecturer.pk).exists()
        require(yes_if(known, _("Diese Person ist bei Ihnen nicht als Lehrkraft eingetragen.")))
    course.lecturer = lecturer
    for one in queries.sessions_of(course):
        require(lecturer_is_free(course, one.starts_at, one.ends_at))
    course.save(update_fields=["lecturer"])
    record(by, "course.lecturer_appointed", course, at=at)
    return course
