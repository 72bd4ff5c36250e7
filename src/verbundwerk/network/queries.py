import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from verbundwerk.base import clock

from . import rules
from .models import Alliance, Invitation, Mandate, Membership, Organisation, Person, Site
from .rules import NOBODY, Held, Standing
from .states import InvitationState

T = TypeVar("T", bound=Model)


def standing(person: Any, on: date | None = None) -> Standing:
    """Who this person is today; asked for once per request, kept on the person."""
    if not isinstance(person, Person):
        return NOBODY
    if on is not None:
        return _standing_on(person, on)
    day = clock.today()
    kept: tuple[date, Standing] | None = getattr(person, "_standing", None)
    if kept is None or kept[0] != day:
        kept = (day, _standing_on(person, day))
        person._standing = kept  # type: ignore[attr-defined]
    return kept[1]


def forget_standing(person: Person) -> None:
    """After a mandate changed: the next question is asked anew."""
    person.__dict__.pop("_standing", None)


def _standing_on(person: Person, day: date) -> Standing:
    rows = Mandate.objects.filter(in_force(day), person=person)
    return Standing(tuple(Held(*row) for row in rows.values_list("role", "organisation", "alliance", "body")))


def in_force(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


def held(mandate: Mandate) -> Held:
    return Held(mandate.role, mandate.organisation_id, mandate.alliance_id, mandate.body_id)


def still_ending_after(mandate: Mandate, day: date) -> QuerySet[Mandate]:
    """The row of this mandate, unless somebody has already ended it earlier."""
    return Mandate.objects.filter(Q(until_on=None) | Q(until_on__gt=day), pk=mandate.pk)


# --- organisations ------------------------------------------------------------------
def organisations_visible_to(person: Any) -> QuerySet[Organisation]:
    """The public directory; for its own people and the coordination office also what does not stand in it."""
    who = standing(person)
    if who.coordinates:
        return Organisation.objects.all()
    return Organisation.objects.filter(Q(public=True) | Q(pk__in=who.organisations()))


def organisation_for(person: Any, organisation_id: UUID) -> Organisation:
    return _one(organisations_visible_to(person), organisation_id)


def organisation_inside_for(person: Any, organisation_id: UUID) -> Organisation:
    """For pages that show the inside: whoever may only know the public part finds nothing here."""
    organisation = organisation_for(person, organisation_id)
    if not rules.may_see_inside(standing(person), organisation.pk):
        raise Http404
    return organisation


def _one(rows: QuerySet[T], key: object) -> T:
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def site_for(person: Any, site_id: UUID) -> Site:
    return _one(_inside(Site.objects.select_related("organisation"), person), site_id)


def mandate_for(person: Any, mandate_id: UUID) -> Mandate:
    """One's own, those at one's organisations, and all for the coordination office."""
    rows = Mandate.objects.select_related("person", "organisation", "alliance", "body")
    if standing(person).coordinates:
        return _one(rows, mandate_id)
    own = Q(person=person) if isinstance(person, Person) else Q()
    return _one(rows.filter(own | Q(organisation__in=standing(person).organisations())), mandate_id)


def invitation_for(person: Any, invitation_id: UUID) -> Invitation:
    return _one(_inside(Invitation.objects.select_related("organisation"), person), invitation_id)


def _inside(rows: Any, person: Any) -> Any:
    who = standing(person)
    return rows if who.coordinates else rows.filter(organisation__in=who.organisations())


# --- alliances and bodies -----------------------------------------------------------
def alliances() -> QuerySet[Alliance]:
    return Alliance.objects.all()


def members_of(alliance: Alliance, on: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(Q(left_on=None) | Q(left_on__gt=on), alliance=alliance, joined_on__lte=on)
    return rows.select_related("organisation").order_by("organisation__sort_key")


# --- people -------------------------------------------------------------------------
def person_with(email: str) -> Person | None:
    return Person.objects.filter(email=email.lower()).first()


def people_by_address(addresses: Iterable[str]) -> dict[str, Person]:
    return {person.email: person for person in Person.objects.filter(email__in=[one.lower() for one in addresses])}


def demo_person(person_id: str | None) -> Person | None:
    """Somebody of the demo region who may sign in by a link; the caller makes sure that this is one."""
    return Person.objects.filter(pk=person_id, is_active=True).first() if person_id else None


def roles_held(organisation: Organisation, email: str, at: datetime) -> frozenset[str]:
    """The roles the person with this address holds here, for an organisation or an alliance, not in a body."""
    day = timezone.localdate(at)
    rows = Mandate.objects.filter(in_force(day), organisation=organisation, person__email=email.lower(), body=None)
    return frozenset(rows.values_list("role", flat=True))


# --- invitations --------------------------------------------------------------------
def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_with(token: str, at: datetime) -> Invitation | None:
    """The open invitation this link belongs to; None for a made-up, used, withdrawn or expired one."""
    rows = Invitation.objects.filter(token_hash=hash_of(token), state=InvitationState.OPEN, expires_at__gt=at)
    return rows.select_related("organisation", "alliance", "invited_by").first()


def invitations_past(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(state=InvitationState.OPEN, expires_at__lte=at).select_related("organisation")
