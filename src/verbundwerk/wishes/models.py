from typing import Any

from django.db import models
from django.db.models import Q

from verbundwerk.base.ids import new_id
from verbundwerk.base.words import sort_key
from verbundwerk.needs.terms import Shift
from verbundwerk.topics.terms import Level

from .states import SURVEY, TALK, WISH, SurveyState, TalkState, WishState
from .terms import Times


class Wish(models.Model):
    """What one employee would like to learn. Theirs alone until they release it; then HR of their firm reads it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("network.Person", on_delete=models.CASCADE, related_name="wishes")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="staff_wishes")
    topic_text = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=220, editable=False)
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pool = models.ForeignKey(
        "pooling.Pool", on_delete=models.SET_NULL, null=True, related_name="+", help_text="interest in this one"
    )
    details = models.TextField(max_length=2000, blank=True)
    shift = models.CharField(max_length=20, choices=Shift, default=Shift.DAY)
    times = models.CharField(max_length=20, choices=Times, default=Times.ANY)
    fixed_end = models.BooleanField(default=False, help_text="must leave on time, for instance to care for somebody")

    state = models.CharField(max_length=20, choices=WishState, default=WISH.start)
    answer = models.CharField(max_length=300, blank=True, help_text="why HR does not take it over")
    need = models.ForeignKey("needs.Need", on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text="when something last happened to it: from then on its time counts")
    released_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    once = models.UUIDField(null=True, unique=True, editable=False, help_text="key of the form it came from")

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=WishState.PRIVATE) | Q(released_at=None, answered_at=None, answer=""),
                name="wish_private_tells_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state=WishState.PRIVATE) | Q(released_at__isnull=False), name="wish_shown_when_released"
            ),
            models.UniqueConstraint(
                "person", "pool", condition=Q(pool__isnull=False), name="wish_one_interest_in_a_pool"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"])]

    def __str__(self) -> str:
        return self.topic_text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.topic_text)[:220]
        super().save(*args, **kwargs)


class Talk(models.Model):
    """What a mentor heard: a topic and how many people. There is no field a name could be written into."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey("network.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.APPLY)
    shift = models.CharField(max_length=20, choices=Shift, default=Shift.DAY)
    people = models.PositiveSmallIntegerField(help_text="how many would like to learn it")

    state = models.CharField(max_length=20, choices=TalkState, default=TALK.start)
    need = models.ForeignKey("needs.Need", on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)
    once = models.UUIDField(null=True, unique=True, editable=False, help_text="key of the form it came from")

    class Meta:
        ordering = ["topic__sort_key", "noted_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(people__gte=1) & Q(people__lte=99), name="talk_people")]
        indexes = [models.Index(fields=["organisation", "state"])]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.people}"


class Survey(models.Model):
    """What a site asks its people about training. Answers are only counted: there is no row for any of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("network.Site", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=160)
    intro = models.TextField(max_length=1000, blank=True)
    runs_until = models.DateField(help_text="the last day on which answers are counted")
    code = models.CharField(max_length=32, unique=True, help_text="stands in the address people answer at")
    state = models.CharField(max_length=20, choices=SurveyState, default=SURVEY.start)
    answers = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("network.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    once = models.UUIDField(null=True, unique=True, editable=False, help_text="key of the form it came from")

    class Meta:
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["organisation", "state"]), models.Index(fields=["state", "runs_until"])]

    def __str__(self) -> str:
        return self.title


class SurveyTopic(models.Model):
    """One of the topics people could tick, and how many did."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="+")
    wanted = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["topic__sort_key", "pk"]
        constraints = [models.UniqueConstraint("survey", "topic", name="survey_topic_once")]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.topic_id}"


class SurveyShift(models.Model):
    """How many who answered work in this shift; never beside a topic."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="shifts")
    shift = models.CharField(max_length=20, choices=Shift)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("survey", "shift", name="survey_shift_once")]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.shift}"
