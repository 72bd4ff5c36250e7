"""What the office laid down, as sentences."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from verbundwerk.base.days import span_text
from verbundwerk.base.figures import date_text

from ..models import Steering
from ..terms import SteeringKind, SteeringTrouble


def instruction(wish: Steering) -> str:
    return SAID[SteeringKind(wish.kind)](wish)


def _keep(wish: Any) -> str:
    run = wish.proposal
    when = span_text(run.starts_on, run.ends_on)
    return _("%(course)s, %(when)s: diesen Kurs so lassen") % {"course": run.offer.title, "when": when}


SAID: dict[SteeringKind, Callable[[Any], str]] = {
    SteeringKind.KEEP: _keep,
    SteeringKind.NO_WEEK: lambda one: (
        _("%(topic)s nicht in der Woche ab %(day)s") % {"topic": one.topic.name, "day": date_text(one.week_from)}
    ),
    SteeringKind.NO_ROOM: lambda one: (
        _("%(room)s nicht in der Woche ab %(day)s")
        % {"room": f"{one.venue.name}, {one.venue.site.place}", "day": date_text(one.week_from)}
    ),
    SteeringKind.APART: lambda one: (
        _("%(one)s und %(other)s nicht zusammen") % {"one": one.firm.name, "other": one.other_firm.name}
    ),
    SteeringKind.LEAVE_OUT: lambda one: (
        _("%(need)s von %(firm)s diesmal auslassen") % {"need": one.need.label, "firm": one.need.organisation.name}
    ),
}


def status_of(wish: Steering) -> str:
    """Where an instruction counts: in this plan, in the next one, or in both."""
    if not wish.applied:
        return _("gilt ab der nächsten Berechnung")
    if wish.trouble == SteeringTrouble.FEWER:
        return wish.get_trouble_display()
    if wish.trouble:
        return _("nicht eingehalten: %(why)s") % {"why": wish.get_trouble_display()}
    if wish.proposal and wish.proposal.pool_id:
        return _("ist inzwischen ein Bündel")
    return _("gilt in diesem Plan") if wish.wanted else _("gilt in diesem Plan, danach nicht mehr")
