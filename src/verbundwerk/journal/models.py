"""Who did what when. Written once, never changed; no foreign keys, so that nothing erased elsewhere tears a hole."""

from typing import Any

from django.db import models


class JournalEntry(models.Model):
    at = models.DateTimeField()
    actor = models.UUIDField(null=True, help_text="id of the person; empty when the house itself acted")
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["kind", "subject", "at"]), models.Index(fields=["actor", "at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a journal entry is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("a journal entry is never deleted")
