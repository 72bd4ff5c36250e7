from django.db import models
from django.db.models import F, Q

from verbundwerk.base.ids import new_id


class Snapshot(models.Model):
    """The moment from which everything said about several firms dates for a week."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    week = models.DateField(unique=True, help_text="its Monday: never two in one week")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-week"]

    def __str__(self) -> str:
        return f"{self.week:%Y-%m-%d}"


class ToldFigure(models.Model):
    """What is said of one figure, and on which seats of which firms it rests. The basis is shown to nobody."""

    statement = models.CharField(max_length=40)
    key = models.CharField(max_length=80, blank=True, help_text="empty for the total")
    since = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="begun")
    until = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="ended")
    lower = models.PositiveIntegerField()
    upper = models.PositiveIntegerField(null=True)
    firms_lower = models.PositiveIntegerField()
    firms_upper = models.PositiveIntegerField(null=True)
    basis = models.JSONField(help_text="seats by organisation")

    class Meta:
        ordering = ["statement", "key", "pk"]
        constraints = [
            models.UniqueConstraint("statement", "key", condition=Q(until=None), name="told_once"),
            models.CheckConstraint(condition=Q(upper=None) | Q(upper__gte=F("lower")), name="told_band"),
            models.CheckConstraint(condition=Q(firms_lower__gte=3), name="told_firms"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.key}"
