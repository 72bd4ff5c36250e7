"""What is written without an account: links, what came in, who answers for it, and the link only the sender has."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from verbundwerk.base import clock
from verbundwerk.journal.sight import firm, seen
from verbundwerk.network.models import Mandate, Organisation, Person
from verbundwerk.network.queries import in_force, person_with, standing
from verbundwerk.network.rules import STAFFING_ROLES
from verbundwerk.network.terms import OrganisationKind, Role

from .. import rules, rules_quick
from ..models import QuickLink, QuickNeed
from ..states import LinkState, QuickState
from ..terms import LinkKind
from .guarded import firms_called

T = TypeVar("T")
PAGE_SALT, STATUS_SALT = "needs.quick.page", "needs.quick.status"


# --- links --------------------------------------------------------------------------
def link_for(code: str) -> QuickLink:
    """Whoever holds the link may read what it says; also one that is over, so that its page can say so."""
    plain = code.replace("-", "").replace(" ", "").lower()
    return _found(QuickLink.objects.filter(code=plain).select_related("organisation", "alliance").first())


def _found(thing: T | None) -> T:
    if thing is None:
        raise Http404
    return thing


def links_of(person: Person) -> QuerySet[QuickLink]:
    """Those this person may hand out and revoke, except the doors of the start page."""
    rows = QuickLink.objects.exclude(kind=LinkKind.DOOR).select_related("organisation")
    return rows if standing(person).coordinates else rows.filter(organisation__in=rules_quick.hires_for(person))


def own_link_for(person: Person, link_id: UUID) -> QuickLink:
    link = _found(QuickLink.objects.filter(pk=link_id).select_related("organisation", "alliance").first())
    if not rules_quick.may_know_of_link(link, person):
        raise Http404
    return link


def doors() -> list[QuickLink]:
    """What the start page offers without an account, for the alliances that want it."""
    rows = QuickLink.objects.filter(kind=LinkKind.DOOR, state=LinkState.OPEN)
    return list(rows.select_related("alliance").order_by("alliance__founded_on", "pk"))


def firms_to_link(person: Person) -> QuerySet[Organisation]:
    if standing(person).coordinates:
        return Organisation.objects.exclude(kind=OrganisationKind.OTHER)
    return Organisation.objects.filter(pk__in=rules_quick.hires_for(person))


# --- the page it is written on --------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Shown:
    """When a page was shown first, and its key: one page makes one draft at most, however often it is sent."""

    key: UUID
    at: datetime | None
    again: bool = False


def page_key(link: QuickLink, at: datetime, *, known: UUID | None = None, again: bool = False) -> str:
    """Signed; goes out with the page and comes back with what was written."""
    told = [str(known or uuid4()), int(at.timestamp()), again]
    return signing.Signer(salt=f"{PAGE_SALT}.{link.code}").sign_object(told)


def shown(link: QuickLink, key: str) -> Shown:
    """What a page's key says; a wrong one is a page nobody was shown."""
    try:
        known, stamp, again = signing.Signer(salt=f"{PAGE_SALT}.{link.code}").unsign_object(key)
    except signing.BadSignature:
        return Shown(uuid4(), None)
    return Shown(UUID(known), datetime.fromtimestamp(stamp, UTC), again)


# --- the link only the sender has -----------------------------------------------------
def status_token(quick: QuickNeed) -> str:
    """Stands in the letters to the sender; after the address was put right, the former one opens nothing."""
    return signing.Signer(salt=STATUS_SALT).sign_object([quick.pk.hex, quick.edition])


def status_for(token: str) -> QuickNeed:
    try:
        known, edition = signing.Signer(salt=STATUS_SALT).unsign_object(token)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    rows = QuickNeed.objects.filter(pk=known, edition=edition)
    return _found(rows.select_related("link", "organisation", "need", "topic").first())


def letters_lately(email: str, at: datetime) -> int:
    return QuickNeed.objects.filter(email=email, sent_at__gt=at - rules_quick.MAILBOX_WINDOW).count()


# --- who answers ------------------------------------------------------------------------
def quick_needs_visible_to(person: Person) -> QuerySet[QuickNeed]:
    """Confirmed ones only. The firm's people: theirs. The office: those without a firm, or whose firm has nobody."""
    who = standing(person)
    mine = Q(organisation__in=who.organisations(*STAFFING_ROLES))
    rows = QuickNeed.objects.exclude(state=QuickState.UNCONFIRMED).select_related("organisation", "topic", "link")
    if who.coordinates:
        in_charge = Mandate.objects.filter(
            in_force(clock.today()), organisation=OuterRef("organisation"), role__in=STAFFING_ROLES
        )
        rows = rows.annotate(answered=Exists(in_charge))
        mine |= Q(organisation=None) | Q(answered=False)
    return rows.filter(mine)


def quick_need_for(person: Person, quick_id: UUID) -> QuickNeed:
    found = _found(quick_needs_visible_to(person).filter(pk=quick_id).first())
    if found.organisation_id:
        seen(person, firm(found.organisation_id))
    return found


def quick_waiting(person: Person) -> QuerySet[QuickNeed]:
    return quick_needs_visible_to(person).filter(state=QuickState.WAITING).order_by("confirmed_at", "pk")


def firm_of_quick(quick: QuickNeed) -> QuerySet[Organisation]:
    return Organisation.objects.filter(quick_needs=quick.pk)


def firms_to_assign(name: str) -> list[Organisation]:
    """For the office: the firm of this name, else those whose name is like it."""
    return firms_called(name, Organisation.objects.exclude(kind=OrganisationKind.OTHER))


def sender(quick: QuickNeed) -> tuple[Person, Organisation] | None:
    """The person with this address and the firm they may raise a need for; None when somebody has to look through."""
    person = person_with(quick.email)
    if person is None or not person.is_active:
        return None
    firm = quick.organisation or _own_firm(person, quick.firm_name)
    return (person, firm) if firm and rules.may_raise(firm.pk, person) else None


def _own_firm(person: Person, name: str) -> Organisation | None:
    own = standing(person).organisations(*rules.RAISING_ROLES)
    found = firms_called(name, Organisation.objects.filter(pk__in=own))
    return found[0] if len(found) == 1 else None


def people_to_look(quick: QuickNeed) -> list[Person]:
    """Who hires in the firm, told by letter. Where nobody does, the office finds it on its page."""
    in_charge = Mandate.objects.filter(in_force(clock.today()), role=Role.HR, organisation=quick.organisation_id)
    return list(Person.objects.filter(pk__in=in_charge.values("person"), is_active=True).order_by("pk"))


# --- what is over -----------------------------------------------------------------------
def unconfirmed_before(day: datetime) -> QuerySet[QuickNeed]:
    return QuickNeed.objects.filter(state=QuickState.UNCONFIRMED, sent_at__lte=day)


def waited_too_long(at: datetime) -> QuerySet[QuickNeed]:
    return QuickNeed.objects.filter(state=QuickState.WAITING, confirmed_at__lte=at - rules_quick.WAITS_FOR)


def closed_before(day: datetime) -> QuerySet[QuickNeed]:
    return QuickNeed.objects.filter(closed_at__lte=day)
