"""What ends by itself: lists of people, attendance, names on certificates, calendar addresses of people who left."""

from datetime import datetime

from verbundwerk.base.retention import forgets, some

from .. import papers, queries
from ..models import Certificate, Seat

# Proofs of names are slow on purpose; nobody should wait long for the database meanwhile.
AT_ONCE = 20


@forgets("seats")
def forget_seats(before: datetime, most: int) -> int:
    """The chair and what became of it stay, because the figures count them; who sat on it does not."""
    rows = some(queries.seats_named_before(before), most)
    rows.filter(certificate=None).update(person=None)
    return rows.update(name="", email="")


@forgets("headcounts")
def forget_headcounts(before: datetime, most: int) -> int:
    return some(queries.headcounts_before(before), most).delete()[0]


@forgets("attendance")
def forget_attendance(before: datetime, most: int) -> int:
    return some(queries.attendance_before(before), most).delete()[0]


@forgets("certificates")
def forget_names(before: datetime, most: int) -> int:
    """The certificate stays checkable for ever: whoever has the paper can still ask whether the name on it is right."""
    rows = list(some(queries.certificates_before(before), min(most, AT_ONCE)))
    for one in rows:
        one.content = papers.without_name(one.content)
    Seat.objects.filter(certificate__in=rows).update(person=None)
    return Certificate.objects.bulk_update(rows, ["content"])


@forgets("course_reasons")
def forget_reasons(before: datetime, most: int) -> int:
    return some(queries.reasons_before(before), most).update(reason="")


@forgets("calendar_links")
def forget_calendar_links(before: datetime, most: int) -> int:
    """Whoever left has become nameless in the same night; no address leads to their dates any more."""
    return some(queries.links_of_nobody(), most).delete()[0]
