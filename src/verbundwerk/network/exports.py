"""The network's lists as declared tables: on the page, and as CSV and XLSX."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.tables import Column, Filter, Table
from verbundwerk.journal.sight import EVERY_FIRM, seen
from verbundwerk.post.models import Letter
from verbundwerk.post.rules import in_words
from verbundwerk.post.states import LetterState

from . import queries
from .models import Organisation
from .terms import District, OrganisationKind

LETTER_TONES = {LetterState.WAITING: "info", LetterState.SENT: "success", LetterState.GIVEN_UP: "danger"}


def directory_table(person: Any, params: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Organisationen im Netzwerk"),
        columns=[
            Column("name", _("Name"), sort="sort_key", href=_organisation_page),
            Column("kind", _("Art"), value="get_kind_display", sort=("kind", "sort_key")),
            Column("place", _("Ort"), sort=("place", "sort_key")),
            Column("district", _("Landkreis oder Stadt"), value=_district, sort=("district", "sort_key")),
            Column("alliances", _("Verbünde"), value=_alliances),
        ],
        rows=queries.directory(person),
        params=params,
        filters=[
            Filter("kind", _("Art"), OrganisationKind.choices, "kind"),
            Filter("district", _("Landkreis oder Stadt"), District.choices, "district"),
            Filter("alliance", _("Verbund"), _alliance_choices(), queries.members_among),
        ],
        search=("search_key", "place"),
        order="name",
        empty=_("Zu dieser Auswahl gibt es keine Organisation."),
        downloads={"csv": reverse("network:csv"), "xlsx": reverse("network:xlsx")},
    )


def _organisation_page(one: Organisation) -> str:
    return reverse("network:organisation", args=[one.pk])


def _district(one: Any) -> str:
    return str(District(one.district).label) if one.district else ""


def _alliances(one: Any) -> str:
    return ", ".join(membership.alliance.name for membership in one.current_memberships)


def _alliance_choices() -> list[tuple[str, str]]:
    return [(one.slug, one.name) for one in queries.alliances()]


def letters_table(person: Any, params: Mapping[str, str]) -> Table:
    """The subject says what a letter is about, so the administrator does not see it."""
    seen(person, EVERY_FIRM)
    subject = [Column("subject", _("Betreff"))] if queries.standing(person).coordinates else []
    return Table(
        caption=_("Postausgang"),
        columns=[
            Column("created", _("Geschrieben"), value="created_at", kind="datetime", sort="created_at"),
            Column("to", _("An"), sort="to", href=_letter_page),
            *subject,
            Column("state", _("Stand"), value="get_state_display", kind="state", sort="state", tone=_letter_tone),
            Column("attempts", _("Versuche"), kind="number", sort="attempts"),
            Column("error", _("Letzte Störung"), value=lambda one: in_words(one.last_error)),
        ],
        rows=queries.letters_for(person),
        params=params,
        filters=[Filter("state", _("Stand"), LetterState.choices, "state")],
        search=("to",),
        order="-created",
        empty=_("Hier liegt keine E-Mail."),
    )


def _letter_page(one: Letter) -> str:
    return reverse("network:letter", args=[one.pk])


def _letter_tone(one: Letter) -> str:
    return LETTER_TONES[LetterState(one.state)]
