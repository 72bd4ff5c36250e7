from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from verbundwerk.base.ids import new_id
from verbundwerk.base.words import search_key, sort_key
from verbundwerk.network.terms import District
from verbundwerk.topics.terms import Level

from .states import IMPORT, LINK, NEED, QUICK, ImportState, LinkState, NeedState, QuickState
from .terms import Block, Confidentiality, Fit, Format, LinkKind, Occasion, Shift, Source, Urgency


class Need(models.Model):
    """What a company's people lack: the beginning of everything (domain 5.1)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True, help_text="what people say on the telephone: B-0042")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="needs")
    site = models.ForeignKey("network.Site", on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
    alliance = models.ForeignKey(
        "network.Alliance", on_delete=models.PROTECT, null=True, blank=True, related_name="needs",
        help_text="only for reporting; needs belong to the region",
    )  # fmt: skip
    raised_by = models.ForeignKey("network.Person", on_delete=models.SET_NULL, null=True, related_name="needs_raised")
    source = models.CharField(max_length=20, choices=Source, default=Source.HR)

    topic_text = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=220, editable=False)
    search_key = models.CharField(max_length=280, editable=False)
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.APPLY)
    occasion = models.CharField(max_length=20, choices=Occasion, default=Occasion.OTHER)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.NORMAL)
    details = models.TextField(max_length=2000, blank=True, help_text="never shown to other firms")

    seats = models.PositiveSmallIntegerField(help_text="how many people should learn it")
    seats_min = models.PositiveSmallIntegerField(default=1, help_text="fewer than this is no use to the firm")
    window_from = models.DateField()
    window_until = models.DateField()
    hours_max = models.PositiveSmallIntegerField(null=True, blank=True)
    block = models.CharField(max_length=20, choices=Block, default=Block.ANY)
    shift = models.CharField(max_length=20, choices=Shift, default=Shift.DAY)
    rotation = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=5)
    district = models.CharField(max_length=5, choices=District, blank=True, help_text="where the postal code lies")
    travel_minutes_max = models.PositiveSmallIntegerField(default=45)
    format = models.CharField(max_length=10, choices=Format, default=Format.EITHER)
    language = models.CharField(max_length=40, blank=True)
    accessibility = models.CharField(max_length=200, blank=True)
    budget_cents = models.PositiveIntegerField(null=True, blank=True, help_text="at most, per seat")
    wants_funding = models.BooleanField(default=False)
    mandatory = models.BooleanField(default=False)
    changes_work = models.BooleanField(default=False, help_text="the job itself changes: BetrVG § 97 (2)")
    confidentiality = models.CharField(max_length=20, choices=Confidentiality, default=Confidentiality.OPEN)
    hidden_from = models.ManyToManyField("network.Organisation", blank=True, related_name="+")

    state = models.CharField(max_length=20, choices=NeedState, default=NEED.start)
    reason = models.CharField(max_length=300, blank=True, help_text="why withdrawn, not poolable, covered elsewhere")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    expires_on = models.DateField()
    expiry_asked_at = models.DateTimeField(null=True)
    seats_covered = models.PositiveSmallIntegerField(
        default=0, help_text="how many have a seat in a course; 0 once covered: before this was counted"
    )
    once = models.UUIDField(null=True, unique=True, editable=False, help_text="key of the form or row it came from")
    edition = models.PositiveIntegerField(default=0, editable=False, help_text="how often its words were changed")
    changed_at = models.DateTimeField(null=True, editable=False, help_text="when its words were changed last")

    class Meta:
        ordering = ["-created_at", "-number"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1) & Q(seats__lte=999), name="need_seats"),
            models.CheckConstraint(condition=Q(seats_min__gte=1) & Q(seats_min__lte=F("seats")), name="need_seats_min"),
            models.CheckConstraint(condition=Q(seats_covered__lte=F("seats")), name="need_seats_covered"),
            models.CheckConstraint(condition=Q(window_until__gte=F("window_from")), name="need_window"),
            models.CheckConstraint(condition=Q(postal_code__regex=r"^[0-9]{5}$"), name="need_postal_code"),
        ]
        indexes = [
            models.Index(fields=["state", "topic"]),
            models.Index(fields=["organisation", "state"]),
            models.Index(fields=["state", "expires_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.topic_text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.search_key = sort_key(self.topic_text)[:220], search_key(self.topic_text)[:280]
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        return f"B-{self.number:04d}"

    @property
    def partly_covered(self) -> bool:
        """A course was found, but not for all."""
        return self.state in (NeedState.COVERED, NeedState.EVALUATED) and 0 < self.seats_covered < self.seats

    @property
    def stand(self) -> str:
        """The state in words; of what is covered in part, how far."""
        if not self.partly_covered:
            return str(self.get_state_display())
        said = {"state": self.get_state_display(), "n": self.seats_covered, "all": self.seats}
        return _("%(state)s: %(n)d von %(all)d Plätzen") % said


class Evaluation(models.Model):
    """What a firm says about the course that covered its need. The words are for the coordination office alone."""

    need = models.OneToOneField(Need, on_delete=models.CASCADE, related_name="evaluation")
    about = models.CharField(max_length=240, help_text="the course as people call it: K-0003 Hochvolt Stufe 2")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, help_text="once at most")
    fit = models.CharField(max_length=10, choices=Fit, blank=True)
    note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("network.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, fit="", note="") | Q(answered_at__isnull=False) & ~Q(fit=""),
                name="evaluation_answered",
            )
        ]

    def __str__(self) -> str:
        return self.about


class NeedNumber(models.Model):
    """One row: the last number given to a need. Counting rows instead would give one number to two at once."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_need_number")]

    def __str__(self) -> str:
        return str(self.last)


class ImportBatch(models.Model):
    """A list somebody uploaded, row by row as it was understood; nothing of it is a need before it is taken."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.CASCADE, null=True, related_name="need_imports",
        help_text="empty when the list names the firm in each row",
    )  # fmt: skip
    uploaded_by = models.ForeignKey("network.Person", on_delete=models.CASCADE, related_name="need_imports")
    uploaded_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    content = models.JSONField(default=dict, help_text="the list as `imports.read_needs` understood it")
    row_count = models.PositiveIntegerField(default=0)
    wrong_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=20, choices=ImportState, default=IMPORT.start)
    taken_at = models.DateTimeField(null=True)
    taken_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-uploaded_at", "pk"]
        indexes = [models.Index(fields=["state", "uploaded_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(wrong_count__lte=F("row_count")), name="import_wrong_rows"),
            models.CheckConstraint(condition=Q(taken_count__lte=F("row_count")), name="import_taken_rows"),
        ]

    def __str__(self) -> str:
        return self.file_name


class QuickLink(models.Model):
    """An address or QR code under which somebody reports a need without an account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, unique=True, help_text="stands in the address and on the poster; no secret")
    kind = models.CharField(max_length=10, choices=LinkKind)
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.CASCADE, null=True, related_name="quick_links",
        help_text="whose needs come this way; without one the page asks",
    )  # fmt: skip
    alliance = models.ForeignKey("network.Alliance", on_delete=models.CASCADE, null=True, related_name="quick_links")
    name = models.CharField(max_length=80, help_text="what people read on the page")
    purpose = models.CharField(max_length=200, blank=True, help_text="for those who made it")
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=LinkState, default=LINK.start)
    made_by = models.ForeignKey("network.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # Counted here, because what came in is deleted after a while.
    sent_count = models.PositiveIntegerField(default=0)
    confirmed_count = models.PositiveIntegerField(default=0)
    taken_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="firm", organisation__isnull=False) | ~Q(kind="firm") & Q(organisation=None),
                name="quick_link_firm",
            ),
            models.CheckConstraint(condition=~Q(kind="door") | Q(alliance__isnull=False), name="quick_link_door"),
            models.UniqueConstraint("alliance", condition=Q(kind="door", state="open"), name="one_door_each"),
        ]

    def __str__(self) -> str:
        return self.name


class QuickNeed(models.Model):
    """What somebody wrote without an account; nothing of it is a need before the firm takes it over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(QuickLink, on_delete=models.CASCADE, related_name="quick_needs")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.CASCADE, null=True, related_name="quick_needs"
    )
    firm_name = models.CharField(max_length=120, blank=True, help_text="as typed, where the link names no firm")
    topic_text = models.CharField(max_length=200)
    topic = models.ForeignKey("topics.Topic", on_delete=models.SET_NULL, null=True, related_name="+")
    seats = models.PositiveSmallIntegerField()
    seats_min = models.PositiveSmallIntegerField(default=1)
    window_until = models.DateField()
    shift = models.CharField(max_length=20, choices=Shift, default=Shift.DAY)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, default="de")
    once = models.UUIDField(unique=True, editable=False, help_text="key of the page it was written on")
    edition = models.PositiveSmallIntegerField(default=0, help_text="how often it was put right before confirming")
    state = models.CharField(max_length=20, choices=QuickState, default=QUICK.start)
    reason = models.CharField(max_length=300, blank=True, help_text="why declined; the sender reads it")
    sent_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("network.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    need = models.OneToOneField(Need, on_delete=models.PROTECT, null=True, related_name="quick_need")

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1) & Q(seats__lte=999), name="quick_seats"),
            models.CheckConstraint(condition=Q(seats_min__gte=1) & Q(seats_min__lte=F("seats")), name="quick_min"),
            models.CheckConstraint(condition=Q(need=None) | Q(state="taken_over"), name="quick_need_taken"),
            models.CheckConstraint(condition=Q(organisation__isnull=False) | ~Q(firm_name=""), name="quick_firm"),
        ]
        indexes = [
            models.Index(fields=["state", "sent_at"]),
            models.Index(fields=["organisation", "state"]),
            models.Index(fields=["email", "sent_at"]),
        ]

    def __str__(self) -> str:
        return self.topic_text

    @property
    def firm(self) -> str:
        return self.organisation.name if self.organisation else self.firm_name
