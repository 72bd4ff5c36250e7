"""What providers and firms answer: bids and commitments."""

from django.db import models
from django.db.models import F, Q

from verbundwerk.base.ids import new_id

from ..states import BID, COMMITMENT, ENQUIRY, BidState, CommitmentState, EnquiryState
from ..terms import Hold, VatCase
from .pools import Pool


class Enquiry(models.Model):
    """A provider is asked whether and at what price it holds the course of a pool."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="enquiries")
    provider = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="enquiries")
    sent_at = models.DateTimeField()
    answer_until = models.DateField()
    state = models.CharField(max_length=20, choices=EnquiryState, default=ENQUIRY.start)

    class Meta:
        ordering = ["sent_at", "pk"]
        # A pool that is revived asks again; the old answers stay.
        constraints = [
            models.UniqueConstraint(
                "pool", "provider", condition=Q(state__in=["sent", "answered"]), name="provider_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} for {self.pool_id}"


class Price(models.Model):
    """A fixed part, a part per seat, what it is good for, and who wrote it down (domain 5.4)."""

    fixed_cents = models.PositiveIntegerField()
    per_seat_cents = models.PositiveIntegerField(default=0)
    seats_min = models.PositiveSmallIntegerField()
    seats_max = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    dates = models.JSONField(default=list, help_text="[{date, part}]")
    place = models.CharField(max_length=200, blank=True)
    teaching_units = models.PositiveSmallIntegerField(null=True, blank=True)
    vat = models.CharField(max_length=20, choices=VatCase)
    valid_until = models.DateField()
    note = models.TextField(max_length=2000, blank=True)
    entered_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1, help_text="counts the corrections")

    class Meta:
        abstract = True


class Bid(Price):
    """A provider's price as it stands now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="bid")
    state = models.CharField(max_length=20, choices=BidState, default=BID.start)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats_min__gte=1) & Q(seats_max__gte=F("seats_min")), name="bid_seats"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="bid_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}"


class EarlierBid(Price):
    """What a bid said before it was corrected. Written once, never changed."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="earlier")

    class Meta:
        ordering = ["bid", "-version"]
        constraints = [models.UniqueConstraint("bid", "version", name="bid_version_kept_once")]

    def __str__(self) -> str:
        return f"{self.bid_id}, {self.version}"


class Commitment(models.Model):
    """In, if at most x euros per seat, n to m seats. Nobody ever pays more than the limit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="commitments")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="commitments")
    limit_cents = models.PositiveIntegerField(help_text="per seat, at most")
    seats_low = models.PositiveSmallIntegerField()
    seats_high = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(help_text="the order in which seats are given when they are scarce")
    state = models.CharField(max_length=20, choices=CommitmentState, default=COMMITMENT.start)
    seats = models.PositiveSmallIntegerField(default=0, help_text="given when the pool came about")
    price_cents = models.PositiveIntegerField(null=True, help_text="per seat, locked")
    hold = models.CharField(
        max_length=10, choices=Hold, blank=True, help_text="what the firm waits for; for its own eyes only"
    )
    hold_until = models.DateField(null=True, help_text="met at the latest on this day, or the word is over")
    freed_at = models.DateTimeField(null=True, help_text="when what it waited for was met: from then on it counts")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint("pool", "organisation", name="one_commitment_per_firm"),
            models.CheckConstraint(
                condition=Q(hold="", hold_until=None, freed_at=None) | (~Q(hold="") & Q(hold_until__isnull=False)),
                name="commitment_held_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=CommitmentState.MET) | Q(hold="") | Q(freed_at__isnull=False),
                name="never_bound_before_the_condition_is_met",
            ),
            models.CheckConstraint(
                condition=Q(seats_low__gte=1) & Q(seats_high__gte=F("seats_low")), name="commitment_seats"
            ),
            models.CheckConstraint(
                condition=Q(price_cents=None) | Q(price_cents__lte=F("limit_cents")), name="never_above_the_limit"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.pool_id}"
