from django.db import models


class Heartbeat(models.Model):
    """When the work that falls due was last done: whoever watches an installation asks for its age."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
