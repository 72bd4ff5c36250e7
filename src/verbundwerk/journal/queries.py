from django.db.models import Model, QuerySet

from .models import JournalEntry


def history_of(*subjects: Model) -> QuerySet[JournalEntry]:
    """Everything that happened to these things, oldest first. The caller has loaded them through a guard."""
    ids = [one.pk for one in subjects]
    kinds = {one._meta.label_lower for one in subjects}
    return JournalEntry.objects.filter(kind__in=kinds, subject__in=ids).order_by("at", "pk")
