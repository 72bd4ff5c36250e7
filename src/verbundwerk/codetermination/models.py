from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from verbundwerk.base.ids import new_id
from verbundwerk.base.words import search_key, sort_key

from . import bases
from .states import CASE, PROPOSAL, CaseState, ProposalState
from .terms import Duty, ProposalKind, Side, StatementKind, SubjectKind, Waiver

_WITH_A_TIME = Q(kind__in=[StatementKind.MEETING, StatementKind.FITS])


class Case(models.Model):
    """One thing about which the works council of one firm is informed, consulted or asked for its consent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="council_cases")
    site = models.ForeignKey("network.Site", on_delete=models.PROTECT, null=True, related_name="council_cases")
    subject_kind = models.CharField(max_length=20, choices=SubjectKind)
    subject = models.UUIDField(help_text="the thing in a room above; this room does not know what it is")
    label = models.CharField(max_length=200, help_text="what the room above calls it")
    sort_key = models.CharField(max_length=220, editable=False)
    search_key = models.CharField(max_length=440, editable=False)
    details = models.TextField(max_length=4000, blank=True)
    basis_code = models.CharField(max_length=40)
    duty = models.CharField(max_length=10, choices=Duty)

    state = models.CharField(max_length=20, choices=CaseState, default=CASE.start)
    waiver = models.CharField(max_length=20, choices=Waiver, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why the plan was given up")
    due_on = models.DateField(null=True, help_text="an answer is expected until the end of this day")
    opened_by = models.ForeignKey("network.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    informed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    concerns_disabled = models.BooleanField(default=False, help_text="SGB IX § 178 (2)")
    concerns_young = models.BooleanField(default=False, help_text="BetrVG § 70")
    disabled_told_at = models.DateTimeField(null=True)
    young_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.UniqueConstraint("organisation", "subject_kind", "subject", "basis_code", name="case_once"),
            models.CheckConstraint(
                condition=Q(state=CaseState.NOT_REQUIRED) | Q(waiver=""), name="case_waived_only_when_not_required"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.INFORMED) | Q(informed_at__isnull=False, due_on__isnull=False),
                name="case_informed_with_a_deadline",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"]), models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.search_key = sort_key(self.label)[:220], search_key(self.label)[:440]
        super().save(*args, **kwargs)

    @property
    def basis(self) -> bases.Basis:
        """The law as it was on the day the case was opened."""
        return bases.basis(self.basis_code, timezone.localdate(self.opened_at))


class Statement(models.Model):
    """What was said in a case, and by whom. Written once, never changed: the database refuses."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20, choices=StatementKind)
    text = models.TextField(max_length=4000, blank=True)
    side = models.CharField(max_length=10, choices=Side)
    meets_at = models.DateTimeField(null=True, help_text="the talk that is proposed or agreed upon")
    said_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_WITH_A_TIME & Q(meets_at__isnull=False) | ~_WITH_A_TIME & Q(meets_at=None),
                name="statement_meets_only_with_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class Document(models.Model):
    """A file both sides of one firm may read; nobody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to="codetermination", max_length=200)
    uploaded_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """What the works council puts to the employer, who has to answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="council_proposals")
    site = models.ForeignKey("network.Site", on_delete=models.PROTECT, null=True, related_name="council_proposals")
    kind = models.CharField(max_length=20, choices=ProposalKind)
    title = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=220, editable=False)
    search_key = models.CharField(max_length=440, editable=False)
    text = models.TextField(max_length=4000)
    state = models.CharField(max_length=20, choices=ProposalState, default=PROPOSAL.start)
    answer_by = models.DateField()
    made_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answer = models.TextField(max_length=4000, blank=True)
    told_in_person = models.BooleanField(default=False)
    answered_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    once = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DECLINED) | ~Q(answer="") | Q(told_in_person=True),
                name="proposal_declined_with_reasons",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"]), models.Index(fields=["state", "answer_by"])]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.search_key = sort_key(self.title)[:220], search_key(self.title)[:440]
        super().save(*args, **kwargs)
