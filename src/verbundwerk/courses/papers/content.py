"""What a certificate says about a course, frozen on the day it is issued."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from verbundwerk.base.words import search_key

from .. import rules
from ..models import Course, Session
from ..states import SessionState

VERSION = 1


def course_content(course: Course, sessions: Sequence[Session]) -> dict[str, Any]:
    """Contents, extent and goal (§ 2 (5) AZAV), with days, place and provider; plain values only."""
    held = [one for one in sessions if one.state == SessionState.HELD]
    return {
        "version": VERSION,
        "course": course.label,
        "title": course.title,
        "topic": course.topic.label,
        "contents": course.contents,
        "goals": course.goals,
        "teaching_units": course.teaching_units,
        "half_days": len(held),
        "days": sorted({rules.day_of(one.starts_at).isoformat() for one in held}),
        "starts_on": course.starts_on.isoformat(),
        "ends_on": course.ends_on.isoformat(),
        "format": course.format,
        "place": course.place,
        "provider": course.provider.name,
    }


def without_name(content: dict[str, Any]) -> dict[str, Any]:
    """What stays of a certificate for ever: everything but the name, of which only a slow, salted proof is left."""
    rest = {key: value for key, value in content.items() if key != "name"}
    return {**rest, "name_proof": make_password(search_key(content["name"]))}


def says_name(content: dict[str, Any], name: str) -> bool:
    """Whether a certificate without its name was made out to this one; case and spelling of umlauts do not matter."""
    return check_password(search_key(name), content["name_proof"])
