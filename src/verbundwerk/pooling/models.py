"""Plans are what the core proposed; pools are what people made of it."""

from django.db import models
from django.db.models import F, Q

from verbundwerk.base.ids import new_id
from verbundwerk.topics.terms import Level

from .states import (
    BID,
    COMMITMENT,
    ENQUIRY,
    PLAN,
    POOL,
    BidState,
    CommitmentState,
    EnquiryState,
    PlanState,
    PoolState,
)
from .terms import FailureReason, RunFormat, VatCase


class Plan(models.Model):
    """One calculation of pooling proposals. Stored whole; never computed again for display."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    requested_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    horizon_from = models.DateField(help_text="a Monday")
    weeks = models.PositiveSmallIntegerField(default=26)
    seed = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=PlanState, default=PLAN.start)
    progress = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    problem = models.JSONField(default=dict, help_text="pooling-instance/1 as it was solved")
    result = models.JSONField(default=dict, help_text="pooling-plan/1 as it was returned")
    objective = models.BigIntegerField(null=True, help_text="euros")
    bound = models.BigIntegerField(null=True, help_text="euros, proven")
    persons = models.PositiveIntegerField(default=0)
    served = models.PositiveIntegerField(default=0)
    cost_together_cents = models.BigIntegerField(default=0)
    cost_alone_cents = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-requested_at", "pk"]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M}"


class Pool(models.Model):
    """Needs of several firms that look for one course together (domain 5.2)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True, help_text="what people say on the telephone: V-0007")
    title = models.CharField(max_length=200)
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="pools")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.APPLY)
    goals = models.TextField(max_length=2000, blank=True)
    format = models.CharField(max_length=10, choices=RunFormat, default=RunFormat.ONSITE)
    days = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField()
    dates = models.JSONField(default=list, help_text="[{date, part: day|morning|afternoon|evening}]")
    venue = models.ForeignKey("catalogue.Venue", on_delete=models.PROTECT, null=True, blank=True, related_name="pools")
    seats_min = models.PositiveSmallIntegerField(default=6)
    seats_max = models.PositiveSmallIntegerField(default=15)
    firms_min = models.PositiveSmallIntegerField(default=3)
    published = models.BooleanField(default=False)
    opened_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    bids_until = models.DateField(null=True, blank=True)
    commit_until = models.DateField(null=True, blank=True)
    threshold_at = models.DateTimeField(null=True, help_text="when enough had committed; told once, binding since")
    state = models.CharField(max_length=20, choices=PoolState, default=POOL.start)
    failure = models.CharField(max_length=20, choices=FailureReason, blank=True)
    closed_at = models.DateTimeField(null=True)
    price_cents = models.PositiveIntegerField(null=True, help_text="per seat, locked when the pool came about")

    class Meta:
        ordering = ["-opened_at", "-number"]
        constraints = [
            models.CheckConstraint(condition=Q(seats_min__gte=1) & Q(seats_max__gte=F("seats_min")), name="pool_seats"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pool_dates"),
        ]
        indexes = [models.Index(fields=["state", "published"])]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        return f"V-{self.number:04d}"


class PoolNumber(models.Model):
    """One row: the last number given to a pool. Counting rows instead would give one number to two at once."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_pool_number")]

    def __str__(self) -> str:
        return str(self.last)


class PoolMember(models.Model):
    """So many people of this need sit in this pool."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="members")
    need = models.ForeignKey("needs.Need", on_delete=models.PROTECT, related_name="pool_members")
    seats = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("pool", "need", name="need_once_in_pool"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="pool_member_seats"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} in {self.pool_id}"


class Proposal(models.Model):
    """One joint run of a plan, waiting to be accepted as a pool."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="proposals")
    position = models.PositiveSmallIntegerField()
    offer = models.ForeignKey("catalogue.Offer", on_delete=models.PROTECT, related_name="+")
    venue = models.ForeignKey("catalogue.Venue", on_delete=models.PROTECT, null=True, related_name="+")
    format = models.CharField(max_length=10, choices=RunFormat)
    pattern = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    dates = models.JSONField(default=list)
    seats = models.PositiveSmallIntegerField()
    firms = models.PositiveSmallIntegerField()
    cost_cents = models.BigIntegerField(help_text="course costs of the whole run")
    cost_alone_cents = models.BigIntegerField(help_text="what the same people would cost alone")
    pool = models.OneToOneField(Pool, on_delete=models.SET_NULL, null=True, related_name="proposal")

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint("plan", "position", name="proposal_position_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"


class ProposalMember(models.Model):
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="members")
    need = models.ForeignKey("needs.Need", on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    cost_cents = models.BigIntegerField(help_text="per head, together")
    cost_alone_cents = models.BigIntegerField(help_text="per head, alone")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("proposal", "need", name="need_once_in_proposal")]

    def __str__(self) -> str:
        return f"{self.need_id} in {self.proposal_id}"


class LeftOver(models.Model):
    """A need the plan does not serve in full, with the reason and what would help."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="left_over")
    need = models.ForeignKey("needs.Need", on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=30)
    numbers = models.JSONField(default=dict)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("plan", "need", name="left_over_once")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.stage}"


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


class Bid(models.Model):
    """A provider's price: a fixed part, a part per seat, and what it is good for (domain 5.4)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="bid")
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
    state = models.CharField(max_length=20, choices=BidState, default=BID.start)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats_min__gte=1) & Q(seats_max__gte=F("seats_min")), name="bid_seats"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="bid_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}"


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

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint("pool", "organisation", name="one_commitment_per_firm"),
            models.CheckConstraint(
                condition=Q(seats_low__gte=1) & Q(seats_high__gte=F("seats_low")), name="commitment_seats"
            ),
            models.CheckConstraint(
                condition=Q(price_cents=None) | Q(price_cents__lte=F("limit_cents")), name="never_above_the_limit"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.pool_id}"
