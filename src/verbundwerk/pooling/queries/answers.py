"""Enquiries, bids and commitments."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.http import Http404

from verbundwerk.catalogue.models import Offer
from verbundwerk.codetermination import queries as codetermination
from verbundwerk.codetermination.bases import OWN_CONDITION
from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.terms import SubjectKind
from verbundwerk.journal.sight import firm, seen
from verbundwerk.network.models import Mandate, Organisation, Person
from verbundwerk.network.queries import in_force, standing
from verbundwerk.network.terms import OrganisationKind

from .. import rules
from ..models import Bid, Commitment, EarlierBid, Enquiry, Pool, PoolMember, Proposal
from ..states import BidState, CommitmentState, EnquiryState
from ..terms import Hold


def enquiry_for(person: Any, enquiry_id: UUID) -> Enquiry:
    """For the asked provider and the office."""
    rows = Enquiry.objects.select_related("pool__topic", "pool__venue__site", "provider", "bid")
    if not standing(person).coordinates:
        rows = rows.filter(provider__in=standing(person).organisations(*rules.PROVIDER_ROLES))
    found = rows.filter(pk=enquiry_id).first()
    if found is None:
        raise Http404
    seen(person, firm(found.provider_id))
    return found


def enquiries_of(pool: Pool) -> list[Enquiry]:
    rows = Enquiry.objects.filter(pool=pool).select_related("provider", "bid").prefetch_related("bid__earlier")
    return list(rows.order_by("sent_at", "pk"))


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
    seen(person, firm(found.organisation_id))
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


def holds_open_to(person: Any, firms: QuerySet[Organisation]) -> list[Hold]:
    """The conditions a firm may name itself: the office names none for it, and none needs a works council there."""
    if standing(person).coordinates:
        return []
    asked = any(is_represented(pk) for pk in firms.values_list("pk", flat=True))
    return [Hold.COUNCIL, Hold.OWN] if asked else [Hold.OWN]


def providers_to_ask(pool: Pool) -> QuerySet[Organisation]:
    """Providers with an offer for the topic first; whoever is already asked is not asked again."""
    asked = Enquiry.objects.filter(pool=pool, state__in=[EnquiryState.SENT, EnquiryState.ANSWERED]).values("provider")
    fitting = Offer.objects.filter(provider=OuterRef("pk"), topic=pool.topic_id, published=True)
    rows = Organisation.objects.filter(Q(kind=OrganisationKind.PROVIDER) | Q(offers__isnull=False)).distinct()
    return rows.exclude(pk__in=asked).annotate(fits=Exists(fitting)).order_by("-fits", "sort_key", "pk")


def proposal_of(pool: Pool) -> Proposal | None:
    """What a plan proposed and became this pool; None when the pool was put together by hand."""
    rows = Proposal.objects.filter(pool=pool).select_related("offer", "plan")
    return rows.defer("plan__problem", "plan__result").first()


def bid_for(person: Any, bid_id: UUID) -> Bid:
    rows = Bid.objects.select_related("enquiry__pool", "enquiry__provider")
    found = rows.filter(pk=bid_id).first() if standing(person).coordinates else None
    if found is None:
        raise Http404
    seen(person, firm(found.enquiry.provider_id))
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
    """The words that count: price, threshold and seats are made from these alone."""
    return [word for word in _all_standing(pool) if rules.counts(word)]


def held_commitments(pool: Pool) -> list[Commitment]:
    """Words that wait for something in their own firm."""
    return [word for word in _all_standing(pool) if not rules.counts(word)]


def _all_standing(pool: Pool) -> list[Commitment]:
    rows = Commitment.objects.filter(pool=pool, state=CommitmentState.STANDING)
    return list(rows.select_related("organisation").order_by("made_at", "pk"))


def pools_with_held_commitments() -> list[Pool]:
    held = Commitment.objects.filter(state=CommitmentState.STANDING, freed_at=None).exclude(hold="")
    return list(Pool.objects.filter(pk__in=held.values("pool")).order_by("number"))


# --- the works council's yes ------------------------------------------------------------------------
def condition_is_met(word: Commitment) -> bool:
    """Met or not met, nothing else reaches this room. What a firm clears up itself, it says itself."""
    if word.hold != Hold.COUNCIL or word.hold_until is None:
        return False
    return bool(
        codetermination.agreed_until(
            word.organisation_id, SubjectKind.POOL, word.pool_id, basis=OWN_CONDITION, until=word.hold_until
        )
    )


def council_case(word: Commitment) -> Case | None:
    """For links and for calling it off; only on pages of the firm itself."""
    return codetermination.earlier_case(word.organisation_id, SubjectKind.POOL, word.pool_id, OWN_CONDITION)


def works_council_has_no_say_open(pool: Pool, organisation: UUID) -> bool:
    """Never asked for its yes to this pool, or it has said yes, also after the day."""
    kind, subject = SubjectKind.POOL, pool.pk
    if codetermination.earlier_case(organisation, kind, subject, OWN_CONDITION) is None:
        return True
    return bool(codetermination.agreed_until(organisation, kind, subject, basis=OWN_CONDITION, until=date.max))


def is_represented(organisation: UUID) -> bool:
    return codetermination.is_represented(organisation)


def belongs(pool: Pool, organisation: UUID) -> bool:
    """Whether a need of this firm is in the pool."""
    return PoolMember.objects.filter(pool=pool, need__organisation=organisation).exists()


def seats_of(pool: Pool, organisation: UUID) -> int:
    """What the needs of this firm in the pool ask for."""
    rows = PoolMember.objects.filter(pool=pool, need__organisation=organisation)
    return int(rows.aggregate(seats=Sum("seats", default=0))["seats"])


def firms_concerned(pool: Pool) -> set[UUID]:
    """Everybody with a need in the pool, and everybody who committed."""
    firms = set(PoolMember.objects.filter(pool=pool).values_list("need__organisation", flat=True))
    return firms | set(Commitment.objects.filter(pool=pool).values_list("organisation", flat=True))


def is_walled(pool: Pool) -> bool:
    """Whether a need in the pool is kept from anybody: then nobody from outside joins it (decision 0013)."""
    return PoolMember.objects.filter(pool=pool, need__hidden_from__isnull=False).exists()


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


def earlier_notes_before(moment: datetime) -> QuerySet[EarlierBid]:
    return EarlierBid.objects.filter(bid__enquiry__pool__closed_at__lt=moment).exclude(note="")


def bid_notes_before(moment: datetime) -> QuerySet[Bid]:
    """What providers wrote beside a price, for pools that were decided before this moment."""
    return Bid.objects.filter(enquiry__pool__closed_at__lt=moment).exclude(note="")
