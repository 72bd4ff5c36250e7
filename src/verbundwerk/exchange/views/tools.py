"""What the pages of this room share."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.courses.views.tools import Crumbs, PersonRequest

__all__ = ["Crumbs", "PersonRequest", "crumbs"]


def crumbs(*steps: tuple[str, str]) -> Crumbs:
    return [(_("Platzbörse"), reverse("exchange:home")), *steps]
