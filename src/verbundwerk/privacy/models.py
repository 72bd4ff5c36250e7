from django.db import models

from verbundwerk.base.ids import new_id


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
