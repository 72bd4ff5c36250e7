"""What the core proposed: plans, their runs, and what they leave over."""

from django.db import models

from verbundwerk.base.ids import new_id

from ..states import PLAN, PlanState
from ..terms import Effort, PlanFailure, RunFormat
from .pools import Pool


class Plan(models.Model):
    """One calculation of pooling proposals. Stored whole; never computed again for display."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    requested_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    horizon_from = models.DateField(help_text="a Monday")
    weeks = models.PositiveSmallIntegerField(default=26)
    seed = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=PlanState, default=PLAN.start)
    effort = models.CharField(max_length=20, choices=Effort, default=Effort.COUNTED)
    based_on = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", help_text="the plan it starts from"
    )
    turn = models.PositiveSmallIntegerField(
        null=True, unique=True, help_text="1 while it waits or runs: one calculation at a time"
    )
    failure = models.CharField(max_length=20, choices=PlanFailure, blank=True)
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
    by_hand = models.JSONField(default=dict, help_text="what a coordinator would reach by hand: see planner.by_hand")

    class Meta:
        ordering = ["-requested_at", "pk"]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M}"


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
    pool = models.OneToOneField(
        "pooling.Pool", on_delete=models.SET_NULL, null=True, related_name="proposal", help_text="what it became"
    )
    grows = models.ForeignKey(
        "pooling.Pool",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="the pool these members would join; without one the run is new",
    )
    joined_at = models.DateTimeField(null=True, help_text="when they joined it")

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint("plan", "position", name="proposal_position_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"

    @property
    def taken(self) -> Pool | None:
        """The pool its people sit in by now, if it was accepted."""
        return self.grows if self.joined_at else self.pool


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
