import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Model, Prefetch, Q, QuerySet, UUIDField, Value
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from verbundwerk.base import clock
from verbundwerk.base.lines import Line
from verbundwerk.journal.sight import firm, seen
from verbundwerk.post import queries as post
from verbundwerk.post.models import Letter

from . import rules
from .models import Alliance, Body, Invitation, Mandate, Membership, Organisation, Person, Site
from .rules import NOBODY, Held, Standing
from .states import InvitationState
from .terms import Role

T = TypeVar("T", bound=Model)


class SignedInRequest(HttpRequest):
    """What a view behind `@signed_in` gets; only a type, nothing is ever made of it."""

    user: Person


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
    """Its page shows everybody the public part, and the inside to those who may see it."""
    found = _one(organisations_visible_to(person), organisation_id)
    if rules.may_see_inside(standing(person), found.pk):
        seen(person, firm(found.pk))
    return found


def organisation_inside_for(person: Any, organisation_id: UUID) -> Organisation:
    """For pages that show the inside: whoever may only know the public part finds nothing here."""
    organisation = organisation_for(person, organisation_id)
    if not rules.may_see_inside(standing(person), organisation.pk):
        raise Http404
    return organisation


def coordinators(on: date) -> QuerySet[Person]:
    """Who reads the letters to the office."""
    held = Mandate.objects.filter(in_force(on), role=Role.COORDINATION)
    return Person.objects.filter(is_active=True, pk__in=held.values("person")).order_by("sort_key", "pk")


def coordinating(on: date) -> QuerySet[Organisation]:
    """Whom to call, and whom a firm that wants to join turns to."""
    held = Mandate.objects.filter(in_force(on), role=Role.COORDINATION)
    return Organisation.objects.filter(public=True, pk__in=held.values("organisation"))


def _one(rows: QuerySet[T], key: object) -> T:
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def site_for(person: Any, site_id: UUID) -> Site:
    found = _one(_inside(Site.objects.select_related("organisation"), person), site_id)
    seen(person, firm(found.organisation_id))
    return found


def mandate_for(person: Any, mandate_id: UUID) -> Mandate:
    """One's own, those at one's organisations, and all for the coordination office."""
    rows = Mandate.objects.select_related("person", "organisation", "alliance", "body")
    if not standing(person).coordinates:
        own = Q(person=person) if isinstance(person, Person) else Q()
        rows = rows.filter(own | Q(organisation__in=standing(person).organisations()))
    found = _one(rows, mandate_id)
    seen(person, [(found.organisation_id, found.person_id)])
    return found


def invitation_for(person: Any, invitation_id: UUID) -> Invitation:
    found = _one(_inside(Invitation.objects.select_related("organisation"), person), invitation_id)
    seen(person, firm(found.organisation_id))
    return found


def _inside(rows: Any, person: Any) -> Any:
    who = standing(person)
    return rows if who.coordinates else rows.filter(organisation__in=who.organisations())


def invitations_open(organisation: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organisation=organisation, state=InvitationState.OPEN).order_by("expires_at", "pk")


def directory(person: Any) -> QuerySet[Organisation]:
    """The organisations somebody may know of, with their main place and the alliances they belong to today."""
    current = Membership.objects.filter(still_member(clock.today())).select_related("alliance")
    return (
        organisations_visible_to(person)
        .annotate(
            main_site=FilteredRelation("sites", condition=Q(sites__main=True)),
            place=F("main_site__place"),
            district=F("main_site__district"),
        )
        .prefetch_related(Prefetch("memberships", queryset=current, to_attr="current_memberships"))
        .order_by("sort_key", "pk")
    )


def members_among(rows: QuerySet[Organisation], alliance_slug: str) -> QuerySet[Organisation]:
    members = Membership.objects.filter(still_member(clock.today()), alliance__slug=alliance_slug)
    return rows.filter(pk__in=members.values("organisation"))


def sites_of(organisation: Organisation) -> QuerySet[Site]:
    return Site.objects.filter(organisation=organisation)


# --- alliances and bodies -----------------------------------------------------------
def still_member(day: date) -> Q:
    """`left_on` is the first day the organisation does not belong any more."""
    return Q(joined_on__lte=day) & (Q(left_on=None) | Q(left_on__gt=day))


def alliances() -> QuerySet[Alliance]:
    """All alliances, with the number of organisations that belong to them today."""
    day = clock.today()
    now = Q(memberships__joined_on__lte=day) & (Q(memberships__left_on=None) | Q(memberships__left_on__gt=day))
    counted = Alliance.objects.annotate(size=Count("memberships", filter=now, distinct=True))
    return counted.order_by("founded_on", "slug")  # a grouped query forgets the model's own order


def alliance_for(person: Any, alliance_id: UUID) -> Alliance:
    return _one(Alliance.objects.all(), alliance_id)


def alliances_of(organisation: Organisation) -> list[Alliance]:
    rows = Membership.objects.filter(still_member(clock.today()), organisation=organisation)
    return [one.alliance for one in rows.select_related("alliance").order_by("alliance__founded_on", "pk")]


def alliances_open_to(organisation: Organisation) -> QuerySet[Alliance]:
    inside = Membership.objects.filter(organisation=organisation, left_on=None)
    return Alliance.objects.exclude(pk__in=inside.values("alliance"))


def members_of(alliance: Alliance, on: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(still_member(on), alliance=alliance)
    return rows.select_related("organisation").order_by("organisation__sort_key")


def bodies() -> QuerySet[Body]:
    """Everybody may know which bodies exist and how many sit in them."""
    day = clock.today()
    seats = Q(mandates__from_on__lte=day) & (Q(mandates__until_on=None) | Q(mandates__until_on__gte=day))
    rows = Body.objects.filter(closed_on=None).select_related("alliance")
    return rows.annotate(size=Count("mandates", filter=seats)).order_by("alliance__founded_on", "kind", "name", "pk")


def body_for(person: Any, body_id: UUID) -> Body:
    return _one(bodies(), body_id)


def mandates_in(body: Body) -> QuerySet[Mandate]:
    """Who sits in a body today, the lead first. The page asks `rules.may_see_members` before it shows this."""
    rows = Mandate.objects.filter(in_force(clock.today()), body=body).select_related("person", "organisation")
    return rows.order_by("role", "person__sort_key", "pk")


# --- people -------------------------------------------------------------------------
def organisation_named(name: str) -> Organisation | None:
    return Organisation.objects.filter(name__iexact=name).first()


def person_with(email: str) -> Person | None:
    return Person.objects.filter(email=email.lower()).first()


def people_by_address(addresses: Iterable[str]) -> dict[str, Person]:
    return {person.email: person for person in Person.objects.filter(email__in=[one.lower() for one in addresses])}


def demo_person_for(person_id: str | None) -> Person | None:
    """Somebody of the demo region who may sign in by a link; the caller makes sure that this is one."""
    return Person.objects.filter(pk=person_id, is_active=True).first() if person_id else None


def roles_held(organisation: Organisation, email: str, at: datetime) -> frozenset[str]:
    """The roles the person with this address holds here, for an organisation or an alliance, not in a body."""
    day = timezone.localdate(at)
    rows = Mandate.objects.filter(in_force(day), organisation=organisation, person__email=email.lower(), body=None)
    return frozenset(rows.values_list("role", flat=True))


def mandates_at(organisation: Organisation) -> QuerySet[Mandate]:
    """Everybody who acts for this organisation, today or later; for pages behind `organisation_inside_for`."""
    rows = Mandate.objects.filter(organisation=organisation).exclude(until_on__lt=clock.today())
    return rows.select_related("person", "alliance", "body").order_by("person__sort_key", "role", "pk")


def mandates_of(person: Person) -> QuerySet[Mandate]:
    rows = Mandate.objects.filter(person=person).exclude(until_on__lt=clock.today())
    return rows.select_related("person", "organisation", "alliance", "body").order_by("from_on", "pk")


def names_known_to(person: Any) -> Callable[[set[UUID]], dict[UUID, str]]:
    """For histories: the names of colleagues, and all names for the coordination office."""

    def names(ids: set[UUID]) -> dict[UUID, str]:
        rows = Person.objects.filter(pk__in=ids)
        who = standing(person)
        if not who.coordinates:
            rows = rows.filter(Q(mandates__organisation__in=who.organisations()) | Q(pk=getattr(person, "pk", None)))
        return dict(rows.values_list("pk", "name"))

    return names


def people_who_left(before: datetime) -> QuerySet[Person]:
    """Nobody of them has held a role or signed in since this moment."""
    lately = Mandate.objects.filter(Q(until_on=None) | Q(until_on__gte=timezone.localdate(before)))
    rows = Person.objects.exclude(email__endswith=rules.NAMELESS_AT).filter(created_at__lt=before)
    rows = rows.filter(Q(last_login=None) | Q(last_login__lt=before))
    return rows.exclude(pk__in=lately.values("person"))


def nameless_people() -> QuerySet[Person]:
    return Person.objects.filter(email__endswith=rules.NAMELESS_AT)


# --- invitations --------------------------------------------------------------------
def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation_for(token: str, at: datetime) -> Invitation | None:
    """The open invitation this link belongs to; None for a made-up, used, withdrawn or expired one."""
    rows = Invitation.objects.filter(token_hash=hash_of(token), state=InvitationState.OPEN, expires_at__gt=at)
    return rows.select_related("organisation", "alliance", "invited_by").first()


def invitations_past(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(state=InvitationState.OPEN, expires_at__lte=at).select_related("organisation")


# --- letters that do not arrive -----------------------------------------------------
def letters_for(person: Any) -> QuerySet[Letter]:
    """The outbox without the words of the letters; nothing for anybody who has no business there."""
    return post.outbox() if rules.may_see_outbox(standing(person)) else Letter.objects.none()


def letter_for(person: Any, letter_id: UUID) -> Letter:
    letter = _one(letters_for(person), letter_id)
    reader = Person.objects.filter(email=letter.to)
    seen(person, reader.values_list(Value(None, UUIDField()), "pk"))
    return letter


def waiting_for(person: Person, at: datetime) -> list[Line]:
    """The network's lines on somebody's page of today."""
    stuck = letters_for(person).filter(state="given_up").count()
    if not stuck:
        return []
    text = ngettext("Eine E-Mail ist nicht zustellbar.", "%(n)s E-Mails sind nicht zustellbar.", stuck) % {"n": stuck}
    return [Line(text, reverse("network:letters") + "?state=given_up", kind="late", weight=6)]
