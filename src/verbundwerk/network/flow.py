"""The only writer of the network. `by=None` means the house itself: set-up, the demo region, an accepted invitation."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.jobs import due
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused, Verdict, no, require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.post.flow import send_letter, try_again
from verbundwerk.post.models import Letter

from . import queries, rules
from .models import Alliance, Body, Invitation, Mandate, Membership, Organisation, Person, Site
from .queries import standing
from .states import INVITATION
from .terms import Representation

INVITATION_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SiteData:
    """A place of work as people enter it."""

    name: str
    postal_code: str
    place: str
    district: str
    street: str = ""
    representation: str = Representation.NONE


class OrganisationDetails(TypedDict, total=False):
    size_class: int | None
    section: str
    website: str
    public: bool


class OrganisationChanges(OrganisationDetails, total=False):
    name: str
    kind: str


class MandateScope(TypedDict, total=False):
    alliance: Alliance | None
    body: Body | None
    from_on: date | None
    until_on: date | None


class PersonDetails(TypedDict, total=False):
    language: str
    phone: str


class InvitedPerson(TypedDict):
    email: str
    name: str
    role: str


def _require(verdict: Verdict, by: Person | None) -> None:
    """The house itself is never asked."""
    if by is not None:
        require(verdict)


@contextmanager
def _once(otherwise: str | Promise) -> Iterator[None]:
    """What the database refuses as a duplicate becomes a refusal with a reason."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        raise Refused(no(otherwise)) from error


def _day(at: datetime) -> date:
    return timezone.localdate(at)


# --- alliances and their bodies -----------------------------------------------------
@transaction.atomic
def found_alliance(
    *, slug: str, name: str, mission: str, founded_on: date, by: Person | None, at: datetime
) -> Alliance:
    _require(rules.may_coordinate(standing(by)), by)
    alliance = Alliance.objects.create(slug=slug, name=name, mission=mission, founded_on=founded_on)
    record(by, "alliance.founded", alliance, at=at)
    return alliance


@transaction.atomic
def found_body(alliance: Alliance, *, kind: str, name: str, mission: str, by: Person | None, at: datetime) -> Body:
    _require(rules.may_coordinate(standing(by)), by)
    with _once(_("In diesem Verbund gibt es schon ein Gremium mit diesem Namen.")):
        body = Body.objects.create(alliance=alliance, kind=kind, name=name, mission=mission, founded_on=_day(at))
    record(by, "body.founded", body, at=at, alliance=str(alliance.pk))
    return body


# --- organisations ------------------------------------------------------------------
@transaction.atomic
def register_organisation(
    *,
    name: str,
    kind: str,
    main_site: SiteData,
    by: Person | None,
    at: datetime,
    **details: Unpack[OrganisationDetails],
) -> Organisation:
    _require(rules.may_coordinate(standing(by)), by)
    with _once(_("Eine Organisation mit diesem Namen gibt es schon.")):
        organisation = Organisation.objects.create(name=name, kind=kind, created_at=at, **details)
    Site.objects.create(organisation=organisation, main=True, **asdict(main_site))
    record(by, "organisation.registered", organisation, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, by: Person | None, at: datetime, **changes: Unpack[OrganisationChanges]
) -> Organisation:
    """Change name, kind, size class, section, website, or whether it stands in the public directory."""
    _require(rules.may_keep(standing(by), organisation.pk), by)
    if {"kind", "public"} & changes.keys():
        _require(rules.may_coordinate(standing(by)), by)
    for field, value in changes.items():
        setattr(organisation, field, value)
    with _once(_("Eine Organisation mit diesem Namen gibt es schon.")):
        organisation.save()
    record(by, "organisation.changed", organisation, at=at, fields=sorted(changes))
    return organisation


@transaction.atomic
def add_site(organisation: Organisation, site: SiteData, *, by: Person | None, at: datetime) -> Site:
    """The first site of an organisation is its main site."""
    _require(rules.may_keep(standing(by), organisation.pk), by)
    first = not Site.objects.select_for_update().filter(organisation=organisation, main=True).exists()
    added = Site.objects.create(organisation=organisation, main=first, **asdict(site))
    record(by, "site.added", organisation, at=at, site=str(added.pk))
    return added


@transaction.atomic
def change_site(site: Site, data: SiteData, *, by: Person | None, at: datetime) -> Site:
    _require(rules.may_keep(standing(by), site.organisation_id), by)
    for field, value in asdict(data).items():
        setattr(site, field, value)
    site.save()
    record(by, "site.changed", site.organisation, at=at, site=str(site.pk))
    return site


@transaction.atomic
def join_alliance(organisation: Organisation, alliance: Alliance, *, by: Person | None, at: datetime) -> Membership:
    _require(rules.may_coordinate(standing(by)), by)
    with _once(_("Die Organisation gehört diesem Verbund schon an.")):
        membership = Membership.objects.create(organisation=organisation, alliance=alliance, joined_on=_day(at))
    record(by, "alliance.joined", organisation, at=at, alliance=str(alliance.pk))
    return membership


@transaction.atomic
def leave_alliance(organisation: Organisation, alliance: Alliance, *, by: Person | None, at: datetime) -> Membership:
    _require(rules.may_coordinate(standing(by)), by)
    found = Membership.objects.select_for_update().filter(organisation=organisation, alliance=alliance, left_on=None)
    membership = found.first()
    if membership is None:
        raise Refused(no(_("Die Organisation gehört diesem Verbund nicht an.")))
    membership.left_on = max(_day(at), membership.joined_on)
    membership.save(update_fields=["left_on"])
    record(by, "alliance.left", organisation, at=at, alliance=str(alliance.pk))
    return membership


# --- people and mandates ------------------------------------------------------------
@transaction.atomic
def welcome_person(
    *, name: str, email: str, by: Person | None, at: datetime, **details: Unpack[PersonDetails]
) -> Person:
    """A person who can sign in: the address counts as proven, because every way in is a letter to it."""
    _require(rules.may_coordinate(standing(by)), by)
    with _once(_("Eine Person mit dieser Adresse gibt es schon.")):
        person = Person(name=name, email=email, created_at=at, **details)
        person.set_unusable_password()
        person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record(by, "person.welcomed", person, at=at)
    return person


@transaction.atomic
def change_own_profile(*, name: str, phone: str, language: str, by: Person, at: datetime) -> Person:
    by.name, by.phone, by.language = name, phone, language
    by.save(update_fields=["name", "sort_key", "phone", "language"])
    record(by, "person.changed", by, at=at)
    return by


@transaction.atomic
def sign_out_everywhere(*, by: Person, at: datetime) -> Person:
    """All sessions end, on every device; the view keeps the present one alive."""
    by.signed_out_at = at
    by.save(update_fields=["signed_out_at"])
    record(by, "person.signed_out_everywhere", by, at=at)
    return by


@transaction.atomic
def give_mandate(
    person: Person,
    organisation: Organisation,
    role: str,
    *,
    by: Person | None,
    at: datetime,
    **scope: Unpack[MandateScope],
) -> Mandate:
    """From today on unless said otherwise; a mandate in a body also counts for the body's alliance."""
    body = scope.get("body")
    alliance = body.alliance if body else scope.get("alliance")
    _require(rules.may_hand_on(standing(by), organisation.pk, role), by)
    require(rules.fits_together(role, alliance=alliance is not None, body=body is not None))
    with _once(_("Die Person hat diese Rolle schon.")):
        mandate = Mandate.objects.create(
            person=person, organisation=organisation, role=role, alliance=alliance, body=body,
            from_on=scope.get("from_on") or _day(at), until_on=scope.get("until_on"),
        )  # fmt: skip
    queries.forget_standing(person)
    record(by, "mandate.given", mandate, at=at, role=role, organisation=str(organisation.pk))
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Person | None, at: datetime, on: date) -> Mandate:
    """`on` is the last day the mandate counts."""
    own = by is not None and by.pk == mandate.person_id
    _require(rules.may_end(standing(by), queries.held(mandate), own=own), by)
    require(yes_if(on >= mandate.from_on, _("Das Mandat beginnt erst später. Der letzte Tag liegt davor.")))
    if not queries.still_ending_after(mandate, on).update(until_on=on):
        raise Refused(no(_("Dieses Mandat endet schon früher.")))
    mandate.until_on = on
    queries.forget_standing(mandate.person)
    record(by, "mandate.ended", mandate, at=at, role=mandate.role, on=on.isoformat())
    return mandate


# --- invitations --------------------------------------------------------------------
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
    with _once(_("Diese Person ist für diese Rolle schon eingeladen.")):
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
    person = queries.person_with(invitation.email) or welcome_person(name=name, email=invitation.email, by=None, at=at)
    if invitation.role not in queries.roles_held(invitation.organisation, invitation.email, at):
        give_mandate(person, invitation.organisation, invitation.role, by=None, at=at, alliance=invitation.alliance)
    record(person, "invitation.accepted", invitation.organisation, at=at, invitation=str(invitation.pk))
    return person


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


# --- letters ------------------------------------------------------------------------
@transaction.atomic
def retry_letter(letter: Letter, *, by: Person, at: datetime) -> None:
    require(rules.may_see_outbox(standing(by)))
    try_again(letter, at=at)
    record(by, "letter.tried_again", letter, at=at)
