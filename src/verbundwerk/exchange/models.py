"""Seats between firms: who waits, who gives away, what a seat depends on, and what a large firm shares."""

from django.db import models
from django.db.models import F, Q

from verbundwerk.base.ids import new_id

from .states import CONDITION, ENTRY, GIVEN, ON_OFFER, OPEN, SECOND, ConditionState, EntryState, GivenState, SecondState
from .terms import ConditionKind, Fallback, Otherwise, Secrecy, StepKind


class ListEntry(models.Model):
    """A firm in the list of a course, and what it is offered at the moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="entries")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField(help_text="counts up per course: the order in which firms came")
    seats = models.PositiveSmallIntegerField()
    at_least = models.PositiveSmallIntegerField(help_text="as many as seats: all or none")
    joined_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=EntryState, default=ENTRY.start)
    offered = models.PositiveSmallIntegerField(default=0, help_text="so many seats are kept for it until offer_until")
    offered_at = models.DateTimeField(null=True)
    offer_until = models.DateTimeField(null=True)
    price_cents = models.PositiveIntegerField(null=True, help_text="per seat, of what is offered")
    held = models.OneToOneField(
        "courses.Booking", on_delete=models.SET_NULL, null=True, related_name="entry",
        help_text="what keeps the free seats of the offer, and what the firm has once it accepted",
    )  # fmt: skip
    told_free = models.PositiveSmallIntegerField(
        default=0, help_text="how much was free when it was last told: too few"
    )
    need = models.ForeignKey(
        "needs.Need", on_delete=models.SET_NULL, null=True, related_name="+", help_text="for the second date"
    )

    class Meta:
        ordering = ["course", "place"]
        constraints = [
            models.UniqueConstraint("course", "place", name="entry_place_once"),
            models.UniqueConstraint("course", "organisation", condition=Q(state__in=OPEN), name="entry_firm_once"),
            models.CheckConstraint(condition=Q(at_least__gte=1) & Q(at_least__lte=F("seats")), name="entry_seats"),
            models.CheckConstraint(
                condition=~Q(state=EntryState.OFFERED) | Q(offered__gte=F("at_least"), offer_until__isnull=False),
                name="entry_offer_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.place}"

    @property
    def all_or_none(self) -> bool:
        return self.at_least == self.seats


class GivenSeat(models.Model):
    """A seat its firm gives away. It stays the firm's, and paid, until somebody takes it over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seat = models.ForeignKey("courses.Seat", on_delete=models.PROTECT, related_name="given")
    otherwise = models.CharField(max_length=10, choices=Otherwise)
    return_on = models.DateField(null=True, help_text="given back at the end of this day if nobody has taken it")
    percent = models.PositiveSmallIntegerField(help_text="what giving it back costs then, as it was told")
    given_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    entry = models.ForeignKey(
        ListEntry, on_delete=models.PROTECT, null=True, related_name="given", help_text="offered to"
    )
    closed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=GivenState, default=GIVEN.start)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint("seat", condition=Q(state__in=ON_OFFER), name="given_seat_once"),
            models.CheckConstraint(
                condition=Q(otherwise=Otherwise.KEEP, return_on=None)
                | Q(otherwise=Otherwise.RETURN, return_on__isnull=False),
                name="given_return_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.state}"


class ListStep(models.Model):
    """One line of what happened in the list of a course. Written once, never changed."""

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="steps")
    entry = models.ForeignKey(ListEntry, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(help_text="where it stood among those who waited then, from 1")
    kind = models.CharField(max_length=20, choices=StepKind)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"


class SeatCondition(models.Model):
    """What a reserved booking depends on. Not met on its day, it ends as chosen; nobody else learns what it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    booking = models.ForeignKey("courses.Booking", on_delete=models.PROTECT, related_name="conditions")
    kind = models.CharField(max_length=20, choices=ConditionKind)
    until = models.DateField(help_text="met at the latest on this day")
    otherwise = models.CharField(max_length=10, choices=Fallback, default=Fallback.RETURN)
    met_at = models.DateTimeField(null=True)
    fund_agreed_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    fund_agreed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=ConditionState, default=CONDITION.start)

    class Meta:
        ordering = ["until", "kind"]
        constraints = [models.UniqueConstraint("booking", "kind", name="condition_once")]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.kind}"


class Hosted(models.Model):
    """Seats of a large firm's own course, opened for others."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.OneToOneField("courses.Course", on_delete=models.PROTECT, related_name="hosted")
    secrecy = models.CharField(max_length=20, choices=Secrecy, default=Secrecy.OPEN)
    hidden_from = models.ManyToManyField("network.Organisation", blank=True, related_name="+")
    take_back_until = models.DateField(help_text="until then the host may take back what nobody has booked")
    names_until = models.DateField(null=True, help_text="until then every booking names its people, or falls back")
    opened_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["opened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.course_id}"


class SecondDate(models.Model):
    """So many wait that the course could be held again: the firms are asked, and their needs become a pool."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.OneToOneField("courses.Course", on_delete=models.PROTECT, related_name="second_date")
    window_from = models.DateField()
    window_until = models.DateField()
    asked_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    pool = models.ForeignKey("pooling.Pool", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=SecondState, default=SECOND.start)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(window_until__gte=F("window_from")), name="second_date_window")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}"
