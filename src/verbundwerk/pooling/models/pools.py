"""What people made of it: needs of several firms that look for one course together."""

from django.db import models
from django.db.models import F, Q

from verbundwerk.base.ids import new_id
from verbundwerk.topics.terms import Level, in_german

from ..states import POOL, PoolState
from ..terms import FailureReason, RunFormat


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
    def name(self) -> str:
        """The title; where it is the topic's own word, in the language of the page."""
        return self.title if in_german() or self.title != self.topic.label else self.topic.name

    @property
    def label(self) -> str:
        return f"V-{self.number:04d}"


class Naming(models.Model):
    """A firm lets the other members of this pool read its name, until it takes that back."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="namings")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.CASCADE, related_name="namings")
    allowed_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation__sort_key", "pk"]
        constraints = [models.UniqueConstraint("pool", "organisation", name="named_once_in_pool")]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.pool_id}"


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
