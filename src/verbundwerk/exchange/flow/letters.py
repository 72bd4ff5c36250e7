"""E-mails of this room: to the people who book for a firm, or to the office; in the transaction that causes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from verbundwerk.courses.models import Course
from verbundwerk.courses.queries import Addressee, coordinators, mandated
from verbundwerk.courses.rules import BOOKING_ROLES
from verbundwerk.post.flow import send_letter
from verbundwerk.post.papers import absolute

from ..papers import Tell


def tell_firm(organisation: UUID, words: Tell, *, key: str, path: str, at: datetime) -> None:
    _write(mandated([organisation], BOOKING_ROLES, "firm"), words, key, path, at)


def tell_office(words: Tell, *, key: str, path: str, at: datetime) -> None:
    _write(coordinators(), words, key, path, at)


def _write(to: Iterable[Addressee], words: Tell, key: str, path: str, at: datetime) -> None:
    for one in {addressee.email: addressee for addressee in to}.values():
        with override(one.language):
            subject, paragraphs = words()
            text = "\n\n".join([_("Guten Tag %(name)s!") % {"name": one.name}, *paragraphs, absolute(path)])
        send_letter(key=key, to=one, subject=subject, text=text, at=at)


def list_path(course: Course | Any) -> str:
    return reverse("exchange:list", args=[course.pk])
