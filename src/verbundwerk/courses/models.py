"""A pool that came about becomes a course: days, seats, people, attendance, certificates."""

from django.db import models
from django.db.models import F, Q

from verbundwerk.base.ids import new_id
from verbundwerk.topics.terms import in_german

from .states import BOOKING, COURSE, SEAT, SESSION, BookingState, CourseState, SeatState, SessionState
from .terms import Group, Half, Presence


class Course(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True, help_text="what people say on the telephone: K-0003")
    pool = models.OneToOneField("pooling.Pool", on_delete=models.PROTECT, null=True, blank=True, related_name="course")
    provider = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="courses")
    lecturer = models.ForeignKey(
        "network.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="courses_taught"
    )
    title = models.CharField(max_length=200)
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="courses")
    goals = models.TextField(max_length=2000, blank=True)
    contents = models.TextField(max_length=4000, blank=True)
    teaching_units = models.PositiveSmallIntegerField(default=8, help_text="of 45 minutes")
    format = models.CharField(max_length=10)
    place = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    price_cents = models.PositiveIntegerField(help_text="per seat")
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0, help_text="the one number that decides who gets a seat")
    waiting = models.PositiveSmallIntegerField(
        default=0, help_text="how many stand in its list: nobody books past them"
    )
    listed = models.BooleanField(
        default=True, help_text="stands where free seats stand; else a room above lets people in"
    )
    bookable_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=30, choices=CourseState, default=COURSE.start)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was cancelled")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="never_oversold"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="course_capacity"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="course_dates"),
        ]
        indexes = [models.Index(fields=["state", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def name(self) -> str:
        """The title; where it is the topic's own word, in the language of the page."""
        return self.title if in_german() or self.title != self.topic.label else self.topic.name

    @property
    def label(self) -> str:
        return f"K-{self.number:04d}"

    @property
    def free(self) -> int:
        return self.capacity - self.taken


class Session(models.Model):
    """One half day of a course: the unit attendance is taken in and calendars show."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    half = models.CharField(max_length=10, choices=Half)
    place = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0, help_text="how often calendars were told of a change")
    changed_at = models.DateTimeField(help_text="when it was planned, moved or cancelled last")
    state = models.CharField(max_length=20, choices=SessionState, default=SESSION.start)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "course", "starts_at", condition=Q(state__in=["planned", "held"]), name="session_once"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_times"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.starts_at}"


class Booking(models.Model):
    """So many seats of a course for one firm, taken in one statement."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="bookings")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="bookings")
    commitment = models.OneToOneField(
        "pooling.Commitment", on_delete=models.PROTECT, null=True, blank=True, related_name="booking",
        help_text="the promise these seats come from; empty when they were booked later",
    )  # fmt: skip
    key = models.CharField(
        max_length=80, unique=True, help_text="one press, one booking: a repeated key is the same press"
    )
    seats = models.PositiveSmallIntegerField()
    price_cents = models.PositiveIntegerField(help_text="per seat")
    booked_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=BookingState, default=BOOKING.start)

    class Meta:
        ordering = ["booked_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(seats__gte=1), name="booking_seats")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.seats}"


class Seat(models.Model):
    """One chair: empty, or one named person. The seat belongs to the firm, the certificate to the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    person = models.ForeignKey("network.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="seats")
    days_seen_at = models.DateTimeField(null=True, help_text="when its person last saw the days of the course")
    left_at = models.DateTimeField(
        null=True, help_text="when it left its firm, taken over by another one or given back"
    )
    state = models.CharField(max_length=20, choices=SeatState, default=SEAT.start)

    class Meta:
        ordering = ["booking", "position"]
        constraints = [models.UniqueConstraint("booking", "position", name="seat_once")]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.position}"


class Headcount(models.Model):
    """How many of a booking's people belong to a group, as their firm counted them. It says of nobody who that is."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="headcounts")
    group = models.CharField(max_length=20, choices=Group)
    people = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["booking", "group"]
        constraints = [
            models.UniqueConstraint("booking", "group", name="headcount_once"),
            models.CheckConstraint(condition=Q(people__gte=1), name="headcount_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.group} {self.people}"


class Attendance(models.Model):
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=10, choices=Presence)
    taken_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["session", "seat"]
        constraints = [models.UniqueConstraint("session", "seat", name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.presence}"


class Certificate(models.Model):
    """Can be checked for ever, also after its owner was erased: it holds its own copy of what it says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="printed: VW-2026-000042")
    code = models.CharField(max_length=32, unique=True, help_text="unguessable part of the check address")
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="certificate")
    content = models.JSONField(help_text="name, title, contents, extent, goal, dates, provider: as printed")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["issued_at", "number"]

    def __str__(self) -> str:
        return self.number


class NumberSeries(models.Model):
    """Numbers without gaps or repeats: one row per series, moved on by one UPDATE."""

    name = models.CharField(max_length=40, unique=True, help_text="course, certificate-2026")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class CalendarLink(models.Model):
    """The unguessable address under which a person's calendar program reads the person's own dates."""

    person = models.OneToOneField("network.Person", on_delete=models.CASCADE, related_name="calendar_link")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id}"
