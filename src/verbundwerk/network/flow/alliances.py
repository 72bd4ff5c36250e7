"""Alliances, their bodies, and which organisations belong to them."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Refused, no
from verbundwerk.journal.flow import record

from .. import rules
from ..models import Alliance, Body, Membership, Organisation, Person
from ..queries import standing
from .common import ask, day_of, once


@transaction.atomic
def found_alliance(
    *, slug: str, name: str, mission: str, founded_on: date, by: Person | None, at: datetime
) -> Alliance:
    ask(rules.may_coordinate(standing(by)), by)
    with once(_("Einen Verbund mit diesem Namen oder dieser Kurzform gibt es schon.")):
        alliance = Alliance.objects.create(slug=slug, name=name, mission=mission, founded_on=founded_on)
    record(by, "alliance.founded", alliance, at=at)
    return alliance


@transaction.atomic
def found_body(alliance: Alliance, *, kind: str, name: str, mission: str, by: Person | None, at: datetime) -> Body:
    ask(rules.may_coordinate(standing(by)), by)
    with once(_("In diesem Verbund gibt es schon ein Gremium mit diesem Namen.")):
        body = Body.objects.create(alliance=alliance, kind=kind, name=name, mission=mission, founded_on=day_of(at))
    record(by, "body.founded", body, at=at, alliance=str(alliance.pk))
    return body


@transaction.atomic
def join_alliance(organisation: Organisation, alliance: Alliance, *, by: Person | None, at: datetime) -> Membership:
    ask(rules.may_coordinate(standing(by)), by)
    with once(_("Die Organisation gehört diesem Verbund schon an.")):
        membership = Membership.objects.create(organisation=organisation, alliance=alliance, joined_on=day_of(at))
    record(by, "alliance.joined", organisation, at=at, alliance=str(alliance.pk))
    return membership


@transaction.atomic
def leave_alliance(organisation: Organisation, alliance: Alliance, *, by: Person | None, at: datetime) -> Membership:
    ask(rules.may_coordinate(standing(by)), by)
    found = Membership.objects.select_for_update().filter(organisation=organisation, alliance=alliance, left_on=None)
    membership = found.first()
    if membership is None:
        raise Refused(no(_("Die Organisation gehört diesem Verbund nicht an.")))
    membership.left_on = max(day_of(at), membership.joined_on)
    membership.save(update_fields=["left_on"])
    record(by, "alliance.left", organisation, at=at, alliance=str(alliance.pk))
    return membership
