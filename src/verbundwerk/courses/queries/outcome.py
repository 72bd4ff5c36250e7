"""What became of a pool, for its page."""

from typing import Any

from django.urls import reverse

from verbundwerk.pooling.models import Pool
from verbundwerk.pooling.queries import Outcome

from ..models import Course
from .guarded import course_of_pool


def outcome_of(person: Any, pool: Pool) -> Outcome | None:
    """Everybody who may read the pool learns that there is a course; the link leads those there who may know it."""
    course = Course.objects.filter(pool=pool).first()
    if course is None:
        return None
    url = reverse("courses:detail", args=[course.pk]) if course_of_pool(person, pool) else ""
    return Outcome(f"{course} · {course.get_state_display()}", url)
