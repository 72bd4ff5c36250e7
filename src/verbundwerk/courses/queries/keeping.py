"""What has been kept long enough; only the nightly work asks."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from verbundwerk.network.queries import nameless_people

from ..models import Attendance, CalendarLink, Certificate, Course, Headcount, Seat


def seats_named_before(moment: datetime) -> QuerySet[Seat]:
    """Whoever has a certificate still finds it in their account as long as its name is kept."""
    named = ~Q(name="") | ~Q(email="") | Q(person__isnull=False, certificate=None)
    return Seat.objects.filter(named, booking__course__ends_on__lt=timezone.localdate(moment))


def headcounts_before(moment: datetime) -> QuerySet[Headcount]:
    return Headcount.objects.filter(booking__course__ends_on__lt=timezone.localdate(moment))


def attendance_before(moment: datetime) -> QuerySet[Attendance]:
    return Attendance.objects.filter(session__course__ends_on__lt=timezone.localdate(moment))


def certificates_before(moment: datetime) -> QuerySet[Certificate]:
    return Certificate.objects.filter(issued_at__lt=moment, content__has_key="name")


def reasons_before(moment: datetime) -> QuerySet[Course]:
    return Course.objects.filter(ends_on__lt=timezone.localdate(moment)).exclude(reason="")


def links_of_nobody() -> QuerySet[CalendarLink]:
    return CalendarLink.objects.filter(person__in=nameless_people())
