from typing import Any

from django.db import models

from verbundwerk.base.ids import new_id
from verbundwerk.base.words import search_key, sort_key

from .terms import Field, in_german


class Topic(models.Model):
    """A shared word for what people learn, with the other words people use for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    label = models.CharField(max_length=120, unique=True)
    label_en = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=20, choices=Field)
    sort_key = models.CharField(max_length=140, editable=False, db_index=True)
    search_key = models.CharField(max_length=280, editable=False)
    esco_uri = models.URLField(max_length=200, blank=True)

    class Meta:
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """The label in the language of the page."""
        return self.label if in_german() else self.label_en or self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.search_key = sort_key(self.label), search_key(self.label)
        super().save(*args, **kwargs)


class Synonym(models.Model):
    """Another word, an abbreviation or a common misspelling of a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="synonyms")
    label = models.CharField(max_length=120)
    search_key = models.CharField(max_length=280, editable=False, unique=True)

    class Meta:
        ordering = ["search_key"]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(self.label)
        super().save(*args, **kwargs)
