from django.db import models
from django.db.models import Q

from verbundwerk.base.ids import new_id
from verbundwerk.network.terms import Role


class Forgetting(models.Model):
    """How far one line of the retention table has been worked off: one row per line, for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.CharField(max_length=40, unique=True, help_text="key of the line in base.retention")
    done_on = models.DateField(null=True, help_text="the day on which nothing was left to do; a day ends it once")
    total = models.PositiveBigIntegerField(default=0, help_text="rows deleted or made nameless so far")
    last_at = models.DateTimeField(null=True, help_text="when something was deleted last")

    class Meta:
        ordering = ["line"]

    def __str__(self) -> str:
        return self.line


class Look(models.Model):
    """Somebody from outside was shown data of a firm or a person. Ids without foreign keys, like the journal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    quarter = models.PositiveIntegerField(help_text="which quarter of an hour since 1970: one row in each is enough")
    viewer = models.UUIDField()
    role = models.CharField(max_length=20, choices=Role, help_text="the role in which the viewer could see it")
    page = models.CharField(max_length=60, help_text="name of the address: what kind of page")
    organisation = models.UUIDField(null=True, help_text="whose data; empty: a list over several firms, or no firm")
    person = models.UUIDField(null=True, help_text="whose data, where it was about a person")
    people = models.PositiveIntegerField(
        default=0, help_text="of how many people of this firm the page was a list; 0: no list of people"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        # Four, because NULLs are distinct in a unique index on both databases.
        constraints = [
            models.UniqueConstraint(
                "viewer", "page", "quarter", "organisation", "person",
                condition=Q(organisation__isnull=False, person__isnull=False), name="look_once_at_firm_and_person",
            ),
            models.UniqueConstraint(
                "viewer", "page", "quarter", "organisation",
                condition=Q(organisation__isnull=False, person=None), name="look_once_at_firm",
            ),
            models.UniqueConstraint(
                "viewer", "page", "quarter", "person",
                condition=Q(organisation=None, person__isnull=False), name="look_once_at_person",
            ),
            models.UniqueConstraint(
                "viewer", "page", "quarter", condition=Q(organisation=None, person=None), name="look_once_at_all",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation", "-at"]),
            models.Index(fields=["person", "-at"]),
            models.Index(fields=["-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.viewer} {self.page}"
