"""Enquiries, bids and commitments."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from verbundwerk.catalogue.models import Offer
from verbundwerk.needs.models import Need
from verbundwerk.network.models import Mandate, Organisation, Person
from verbundwerk.network.queries import in_force, standing
from verbundwerk.network.terms import OrganisationKind

from .. import rules
from ..models import Bid, Commitment, Enquiry, Pool, PoolMember
from ..states import BidState, CommitmentState, EnquiryState


def enquiry_for(person: Any, enquiry_id: UUID) -> Enquiry:
    """For the asked provider and the office."""
    rows = Enquiry.objects.select_related("pool__topic", "pool__venue__site", "provider", "bid")
    if not standing(person).coordinates:
        rows = rows.filter(provider__in=standing(person).organisations(*rules.PROVIDER_ROLES))
    found = rows.filter(pk=enquiry_id).first()
    if found is None:
        raise Http404
    return found


def enquiries_of(pool: Pool) -> list[Enquiry]:
    return list(Enquiry.objects.filter(pool=pool).select_related("provider", "bid").order_by("sent_at", "pk"))


def own_enquiries(person: Any, pool: Pool) -> list[Enquiry]:
    """What this person's provider was asked about the pool."""
    providers = standing(person).organisations(*rules.PROVIDER_ROLES)
    return list(Enquiry.objects.filter(pool=pool, provider__in=providers).select_related("provider", "bid"))


def commitment_for(person: Any, commitment_id: UUID) -> Commitment:
    """One's own firm's word; the office's too."""
    rows = Commitment.objects.select_related("pool", "organisation")
    if not standing(person).coordinates:
        rows = rows.filter(organisation__in=standing(person).organisations(*rules.FIRM_ROLES))
    found = rows.filter(pk=commitment_id).first()
    if found is None:
        raise Http404
    return found


def firms_to_commit(person: Any) -> QuerySet[Organisation]:
    """For whom this person may give a word."""
    return Organisation.objects.filter(pk__in=standing(person).organisations(*rules.COMMITTING_ROLES))


def firms_that_may_commit(person: Any, pool: Pool) -> QuerySet[Organisation]:
    """Own firms; the office writes down what the pool's firms say on the telephone."""
    if not standing(person).coordinates:
        return firms_to_commit(person)
    inside = Q(needs__pool_members__pool=pool) | Q(commitments__pool=pool)
    return Organisation.objects.filter(inside).distinct()


def providers_to_ask(pool: Pool) -> QuerySet[Organisation]:
    """Providers with an offer for the topic first; whoever is already asked is not asked again."""
    asked = Enquiry.objects.filter(pool=pool, state__in=[EnquiryState.SENT, EnquiryState.ANSWERED]).values("provider")
    fitting = Offer.objects.filter(provider=OuterRef("pk"), topic=pool.topic_id, published=True)
    rows = Organisation.objects.filter(Q(kind=OrganisationKind.PROVIDER) | Q(offers__isnull=False)).distinct()
    return rows.exclude(pk__in=asked).annotate(fits=Exists(fitting)).order_by("-fits", "sort_key", "pk")


def bid_for(person: Any, bid_id: UUID) -> Bid:
    rows = Bid.objects.select_related("enquiry__pool", "enquiry__provider")
    found = rows.filter(pk=bid_id).first() if standing(person).coordinates else None
    if found is None:
        raise Http404
    return found


def chosen_bid(pool: Pool) -> Bid | None:
    rows = Bid.objects.filter(enquiry__pool=pool, state=BidState.ACCEPTED)
    return rows.select_related("enquiry__provider").first()


def commitments_of(pool: Pool) -> list[Commitment]:
    """Everybody's word that stands or was kept, in the order of making."""
    alive = (CommitmentState.STANDING, CommitmentState.MET, CommitmentState.NOT_MET)
    rows = Commitment.objects.filter(pool=pool, state__in=alive)
    return list(rows.select_related("organisation").order_by("made_at", "pk"))


def standing_commitments(pool: Pool) -> list[Commitment]:
    rows = Commitment.objects.filter(pool=pool, state=CommitmentState.STANDING)
    return list(rows.select_related("organisation").order_by("made_at", "pk"))


def belongs(pool: Pool, organisation: UUID) -> bool:
    """Whether a need of this firm is in the pool."""
    return PoolMember.objects.filter(pool=pool, need__organisation=organisation).exists()


def firms_concerned(pool: Pool) -> set[UUID]:
    """Everybody with a need in the pool, and everybody who committed."""
    firms = set(PoolMember.objects.filter(pool=pool).values_list("need__organisation", flat=True))
    return firms | set(Commitment.objects.filter(pool=pool).values_list("organisation", flat=True))


def is_walled_off(pool: Pool, organisation: UUID) -> bool:
    """Whether a need of somebody in the pool is kept from this firm, or a need of this firm from somebody there."""
    inside = firms_concerned(pool) - {organisation}
    kept = Q(organisation__in=inside, hidden_from=organisation) | Q(organisation=organisation, hidden_from__in=inside)
    return Need.objects.filter(kept).exists()


def everybody_answered(pool: Pool, words: Iterable[Commitment]) -> bool:
    """Whether every firm with a need in the pool has given its word; false when there is none."""
    firms = set(PoolMember.objects.filter(pool=pool).values_list("need__organisation", flat=True))
    return bool(firms) and firms <= {word.organisation_id for word in words}


def commitment_of(pool: Pool, organisation: UUID) -> Commitment | None:
    return Commitment.objects.filter(pool=pool, organisation=organisation).first()


def seats_met(pool: Pool) -> list[Commitment]:
    """Who is in, with seats and price, once the pool came about: what a course is made from."""
    rows = Commitment.objects.filter(pool=pool, state=CommitmentState.MET)
    return list(rows.select_related("organisation").order_by("made_at", "pk"))


def speakers(organisations: Iterable[UUID], roles: Iterable[str], day: date) -> list[tuple[UUID, Person]]:
    """(organisation, person) for everybody who holds one of the roles there today; who gets the letters."""
    rows = Mandate.objects.filter(in_force(day), organisation__in=list(organisations), role__in=list(roles))
    rows = rows.filter(person__is_active=True).select_related("person").order_by("person__sort_key", "person__pk")
    return list({(row.organisation_id, row.person_id): (row.organisation_id, row.person) for row in rows}.values())
