"""Invitations: the link exists only in the letter, opens once, and falls away by itself."""

import secrets
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.jobs import due
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused, no, require
from verbundwerk.journal.flow import record
from verbundwerk.post.flow import send_letter

from .. import queries, rules
from ..models import Alliance, Invitation, Organisation, Person
from ..queries import standing
from ..states import INVITATION
from .common import once
from .people import give_mandate, welcome_person

INVITATION_LASTS = timedelta(days=14)


class InvitedPerson(TypedDict):
    email: str
    name: str
    role: str


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    by: Person,
    at: datetime,
    alliance: Alliance | None = None,
    **invited: Unpack[InvitedPerson],
) -> Invitation:
    """Write the letter with the link. The link exists only in the letter; we keep its hash."""
    role, token = invited["role"], secrets.token_urlsafe(32)
    require(
        rules.may_hand_on(standing(by), organisation.pk, role),
        rules.fits_together(role, alliance=alliance is not None, body=False),
        rules.is_new_to(queries.roles_held(organisation, invited["email"], at), role),
    )
    with once(_("Diese Person ist für diese Rolle schon eingeladen.")):
        invitation = Invitation.objects.create(
            organisation=organisation, alliance=alliance, role=role, name=invited["name"],
            email=invited["email"].lower(), invited_by=by, invited_at=at, expires_at=at + INVITATION_LASTS,
            token_hash=queries.hash_of(token),
        )  # fmt: skip
    record(by, "invitation.sent", organisation, at=at, invitation=str(invitation.pk), role=role)
    _write_invitation(invitation, token, at)
    return invitation


def _write_invitation(invitation: Invitation, token: str, at: datetime) -> None:
    send_letter(
        key=f"invitation/{invitation.pk}",
        to=invitation.email,
        subject=format_lazy(_("Einladung zu Verbundwerk: {organisation}"), organisation=invitation.organisation.name),
        template="network/letters/invitation",
        context={"invitation": invitation, "path": reverse("network:accept", args=[token])},
        secret=True,
        at=at,
    )


@transaction.atomic
def accept_invitation(token: str, *, name: str, at: datetime) -> Person:
    """The invited person comes in, once: of two tabs the second gets AlreadyMoved."""
    invitation = queries.open_invitation_for(token, at)
    if invitation is None:
        raise Refused(no(_("Diese Einladung gilt nicht mehr.")))
    INVITATION.advance(invitation, "accept", closed_at=at)
    person = queries.person_with(invitation.email) or _welcomed(invitation, name, at)
    if invitation.role not in queries.roles_held(invitation.organisation, invitation.email, at):
        give_mandate(person, invitation.organisation, invitation.role, by=None, at=at, alliance=invitation.alliance)
    record(person, "invitation.accepted", invitation.organisation, at=at, invitation=str(invitation.pk))
    return person


def _welcomed(invitation: Invitation, name: str, at: datetime) -> Person:
    """New, or just come in by another invitation: whoever accepts two at once is one person all the same."""
    try:
        return welcome_person(name=name, email=invitation.email, by=None, at=at)
    except Refused:
        if (there := queries.person_with(invitation.email)) is None:
            raise
        return there


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person, at: datetime) -> Invitation:
    require(rules.may_hand_on(standing(by), invitation.organisation_id, invitation.role))
    INVITATION.advance(invitation, "withdraw", closed_at=at)
    record(by, "invitation.withdrawn", invitation.organisation, at=at, invitation=str(invitation.pk))
    return invitation


@due
def expire_invitations(at: datetime) -> int:
    """Due every day. What somebody accepts or withdraws in the same moment stays as they left it."""
    return sum(_expire(invitation, at) for invitation in queries.invitations_past(at))


@transaction.atomic
def _expire(invitation: Invitation, at: datetime) -> bool:
    try:
        INVITATION.advance(invitation, "expire", closed_at=at)
    except AlreadyMoved:
        return False
    record(None, "invitation.expired", invitation.organisation, at=at, invitation=str(invitation.pk))
    return True
