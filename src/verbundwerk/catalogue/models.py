from typing import Any

from django.db import models
from django.db.models import F, Q

from verbundwerk.base.ids import new_id
from verbundwerk.base.words import search_key
from verbundwerk.topics.terms import Level

from .terms import OfferKind


class Venue(models.Model):
    """A room in which courses can take place; firms share theirs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey("network.Site", on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(max_length=80)
    capacity = models.PositiveSmallIntegerField()
    rent_cents = models.PositiveIntegerField(default=0, help_text="per day")
    equipment = models.CharField(max_length=300, blank=True)
    accessible = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("site", "name", name="venue_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="venue_capacity"),
        ]

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """What a provider can do: a course without a date, at a price built from a fixed part and a part per seat."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="offers")
    reference = models.CharField(max_length=80, blank=True, help_text="the provider's own number")
    kind = models.CharField(max_length=20, choices=OfferKind, default=OfferKind.COURSE)
    title = models.CharField(max_length=200)
    search_key = models.CharField(max_length=400, editable=False)
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, null=True, blank=True, related_name="offers")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.APPLY)
    description = models.TextField(max_length=8000, blank=True)
    days = models.PositiveSmallIntegerField(default=1)
    teaching_units = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of 45 minutes")
    seats_min = models.PositiveSmallIntegerField(default=6)
    seats_max = models.PositiveSmallIntegerField(default=15)
    fixed_cents = models.PositiveIntegerField(null=True, blank=True)
    per_seat_cents = models.PositiveIntegerField(null=True, blank=True)
    online_cents = models.PositiveIntegerField(default=0, help_text="on top, when held online")
    onsite = models.BooleanField(default=True)
    online = models.BooleanField(default=False)
    patterns = models.JSONField(default=list, help_text="values of terms.Pattern")
    venues = models.ManyToManyField(Venue, blank=True, related_name="offers")
    published = models.BooleanField(default=True)
    source = models.CharField(max_length=20, blank=True, help_text="where the entry came from, e.g. openqcat")
    updated_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["search_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats_min__gte=1) & Q(seats_max__gte=F("seats_min")), name="offer_seats"
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="offer_days"),
            models.UniqueConstraint(
                "provider", "reference", condition=~Q(reference=""), name="offer_reference_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(self.title)
        super().save(*args, **kwargs)


class OfferDate(models.Model):
    """A date at which an offer is already planned, as a provider's catalogue names it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="dates")
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    price_cents = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="offer_date_order")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.starts_on}"
