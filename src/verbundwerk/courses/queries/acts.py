"""What the reader of a need is awaited for in this room; `needs.queries.next_act` asks."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.needs.models import Need
from verbundwerk.needs.queries import Act
from verbundwerk.needs.states import NeedState
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import rules
from ..models import Booking
from ..states import BookingState, SeatState
from .guarded import begins_at, pools_without_course


def act_at(need: Need, person: Person) -> Act | None:
    return _course_to_make(need, person) or _people_to_name(need, person)


def _course_to_make(need: Need, person: Person) -> Act | None:
    if need.state != NeedState.BUNDLED or not rules.may_make_courses(standing(person)):
        return None
    waits = pools_without_course().filter(members__need=need).exists()
    return Act(_("Kurs anlegen"), reverse("courses:from_pools")) if waits else None


def _people_to_name(need: Need, person: Person) -> Act | None:
    if need.state != NeedState.COVERED or not rules.may_name_for(standing(person), need.organisation_id):
        return None
    own = Booking.objects.filter(organisation=need.organisation_id, state=BookingState.BINDING)
    nameless = own.filter(course__pool__members__need=need, places__state=SeatState.FREE).select_related("course")
    for one in nameless.order_by("course__starts_on", "pk").distinct():
        if rules.may_still_name(one.course, one, begins_at(one.course), clock.now()):
            return Act(_("Personen benennen"), reverse("courses:booking", args=[one.pk]))
    return None
