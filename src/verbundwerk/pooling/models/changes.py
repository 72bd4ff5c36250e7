"""What a firm is asked so that its need finds a course."""

from django.db import models

from verbundwerk.base.ids import new_id

from ..states import CHANGE, ChangeState
from ..terms import ChangeKind
from .plans import Plan


class ChangeRequest(models.Model):
    """Would one other value of the need be all right? Asked once, answered with one press."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="change_requests")
    need = models.ForeignKey("needs.Need", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ChangeKind)
    was = models.CharField(max_length=20, help_text="the value of the need when it was asked, as text")
    value = models.CharField(max_length=20, help_text="the value it would have then, as text")
    asked_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_until = models.DateField()
    answered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=ChangeState, default=CHANGE.start)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint("need", "kind", "value", name="change_asked_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} for {self.need_id}"
