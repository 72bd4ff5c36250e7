"""What the office lays down for the next calculation."""

from django.db import models
from django.db.models import Q

from verbundwerk.base.ids import new_id

from ..terms import SteeringKind, SteeringTrouble
from .plans import Plan, Proposal

K = SteeringKind
# Which columns a kind of instruction needs.
NEEDED = {
    K.KEEP: ("proposal",),
    K.NO_WEEK: ("topic", "week_from"),
    K.NO_ROOM: ("venue", "week_from"),
    K.APART: ("firm", "other_firm"),
    K.LEAVE_OUT: ("need",),
}


def _says_what() -> Q:
    says = Q()
    for kind, names in NEEDED.items():
        says |= Q(kind=kind, **{f"{name}__isnull": False for name in names})
    return says


class Steering(models.Model):
    """One instruction. It stays with the plan it shaped (`applied`) and goes on to the next one (`wanted`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steering")
    kind = models.CharField(max_length=20, choices=SteeringKind)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True, related_name="+")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, null=True, related_name="+")
    venue = models.ForeignKey("catalogue.Venue", on_delete=models.CASCADE, null=True, related_name="+")
    week_from = models.DateField(null=True, help_text="the Monday of the week")
    firm = models.ForeignKey("network.Organisation", on_delete=models.CASCADE, null=True, related_name="+")
    other_firm = models.ForeignKey("network.Organisation", on_delete=models.CASCADE, null=True, related_name="+")
    need = models.ForeignKey("needs.Need", on_delete=models.CASCADE, null=True, related_name="+")
    applied = models.BooleanField(default=False, help_text="this plan was calculated with it")
    wanted = models.BooleanField(default=True, help_text="the next one shall be")
    trouble = models.CharField(
        max_length=20, choices=SteeringTrouble, blank=True, help_text="why this plan could not keep it"
    )
    set_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["set_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_says_what(),
                name="steering_says_what",
            ),
            models.CheckConstraint(condition=Q(applied=True) | Q(wanted=True), name="steering_counts_somewhere"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} for {self.plan_id}"
