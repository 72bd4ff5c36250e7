"""What participants say before and after a course. A ticket knows who may answer; an answer has no row anywhere."""

from django.db import models
from django.db.models import Q

from verbundwerk.base.ids import new_id

from .states import ROUND, TICKET, RoundState, TicketState
from .terms import Kind


class Round(models.Model):
    """One course is asked one thing. What was said is only added up here: in numbers, and in texts sorted by letter."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    items = models.JSONField(default=list, help_text="the competences a self-check asks for, as they stood then")
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="the last day on which answers are counted")
    state = models.CharField(max_length=10, choices=RoundState, default=ROUND.start)
    answers = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="{question: {answer: how many}}")
    texts = models.JSONField(default=list, help_text="sorted by letter, so that no order tells who wrote when")
    profile = models.JSONField(null=True, help_text="of a self-check, made once when it ends")
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["opens_on", "pk"]
        constraints = [
            models.UniqueConstraint("course", "kind", name="round_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="round_dates"),
        ]
        indexes = [models.Index(fields=["state", "kind", "closes_on"])]

    def __str__(self) -> str:
        return f"{self.course_id} {self.kind}"


class Ticket(models.Model):
    """The right to answer once, by a link that only its owner gets. No time stands here, and nothing of the answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tickets")
    seat = models.ForeignKey("courses.Seat", on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254, help_text="whoever sat there when the ticket was made")
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=TicketState, default=TICKET.start)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("round", "address", name="ticket_once")]
        indexes = [models.Index(fields=["address"])]

    def __str__(self) -> str:
        return f"{self.round_id}"


class SelfCheck(models.Model):
    """What somebody thinks they can do already. It belongs to them; others only ever read the group."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="check_given")
    levels = models.JSONField(help_text="one level from 0 to 3 per competence of the round")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.ticket_id}"


__all__ = ["Round", "RoundState", "SelfCheck", "Ticket", "TicketState"]
