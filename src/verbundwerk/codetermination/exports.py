"""The lists of this room as declared tables: on the page, as CSV and as XLSX."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verbundwerk.base.ical import Event
from verbundwerk.base.tables import Column, Filter, Table
from verbundwerk.base.words import search_key
from verbundwerk.network.models import Person

from . import queries
from .models import Case, Proposal
from .rules import SIDES
from .rules_talks import Talk, TalkStage
from .states import CaseState, ProposalState
from .terms import Duty, ProposalKind, SubjectKind

TONES = {
    CaseState.OPEN: "warning",
    CaseState.INFORMED: "info",
    CaseState.CONSULTING: "info",
    CaseState.AGREED: "success",
    CaseState.REFUSED: "danger",
    CaseState.CONCILIATION: "warning",
}
PROPOSAL_TONES = {
    ProposalState.SUBMITTED: "info",
    ProposalState.ACCEPTED: "success",
    ProposalState.DECLINED: "warning",
}


def tone_of(case: Case) -> str:
    return TONES.get(CaseState(case.state), "neutral")


def proposal_tone(proposal: Proposal) -> str:
    return PROPOSAL_TONES.get(ProposalState(proposal.state), "neutral")


def meeting_event(case: Case, talk: Talk, at: datetime) -> Event | None:
    """The talk both sides agreed upon, for their calendars; an hour, because nobody is asked how long."""
    if talk.stage != TalkStage.FIXED or talk.meets_at is None:
        return None
    return Event(
        uid=f"gespraech-{case.pk}@verbundwerk",
        sequence=int(talk.meets_at.timestamp()),
        changed_at=at,
        starts_at=talk.meets_at,
        ends_at=talk.meets_at + timedelta(hours=1),
        summary=_("Gespräch zwischen Betriebsrat und Betrieb: %(label)s") % {"label": case.label},
    )


def cases_table(person: Person, params: Mapping[str, str], *, whole: bool = False) -> Table:
    """The list as the page shows it, or `whole` with every column for taking along."""
    return Table(
        caption=_("Vorgänge"),
        columns=_case_columns(person, whole),
        rows=queries.cases_of(person).select_related("organisation", "site"),
        params=params,
        filters=[
            Filter("state", _("Stand"), CaseState.choices, "state"),
            Filter("kind", _("Worum es geht"), SubjectKind.choices, "subject_kind"),
            Filter("duty", pgettext_lazy("works council", "Pflicht"), Duty.choices, "duty"),
            *_firm_filter(person),
        ],
        search=_search,
        order="-opened",
        empty=_("Hier ist noch nichts. Sobald etwas geplant ist, das den Betriebsrat angeht, steht es hier."),
        downloads={"csv": reverse("codetermination:csv"), "xlsx": reverse("codetermination:xlsx")},
    )


def _case_columns(person: Person, whole: bool) -> list[Column]:
    return [
        Column("label", _("Vorhaben"), sort="sort_key", href=_case_link),
        Column("kind", _("Worum es geht"), value="get_subject_kind_display", sort="subject_kind"),
        *_firm_column(person, whole),
        *([Column("site", _("Standort"), value="site.name")] if whole else []),
        Column("law", _("Rechtsgrundlage"), value="basis.paragraph", sort="basis_code"),
        Column("duty", pgettext_lazy("works council", "Pflicht"), value="get_duty_display", sort="duty"),
        Column("opened", _("Angelegt"), value="opened_at", kind="date", sort="opened_at"),
        *([Column("informed", _("Unterrichtet"), value="informed_at", kind="datetime")] if whole else []),
        Column("due", _("Frist"), value="due_on", kind="date", sort=("due_on", "opened_at")),
        Column("state", _("Stand"), value="get_state_display", kind="state", sort="state", tone=tone_of),
    ]


def proposals_table(person: Person, params: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Vorschläge des Betriebsrats"),
        columns=[
            Column("title", _("Vorschlag"), sort="sort_key", href=_proposal_link),
            Column("kind", _("Art"), value="get_kind_display", sort="kind"),
            *_firm_column(person, False),
            Column("made", _("Vorgelegt"), value="made_at", kind="date", sort="made_at"),
            Column("due", _("Antwort bis"), value="answer_by", kind="date", sort="answer_by"),
            Column("state", _("Stand"), value="get_state_display", kind="state", sort="state", tone=proposal_tone),
        ],
        rows=queries.proposals_of(person).select_related("organisation"),
        params=params,
        filters=[
            Filter("state", _("Stand"), ProposalState.choices, "state"),
            Filter("kind", _("Art"), ProposalKind.choices, "kind"),
            *_firm_filter(person),
        ],
        search=_search,
        order="-made",
        empty=_("Noch liegt kein Vorschlag vor."),
        downloads={
            "csv": reverse("codetermination:proposals_csv"), "xlsx": reverse("codetermination:proposals_xlsx"),
        },
    )  # fmt: skip


def _firms(person: Person) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in queries.firms_as(person, SIDES)]


def _firm_column(person: Person, whole: bool) -> list[Column]:
    several = whole or len(_firms(person)) > 1
    return [Column("firm", _("Betrieb"), value="organisation.name", sort="organisation__sort_key")] if several else []


def _firm_filter(person: Person) -> list[Filter]:
    firms = _firms(person)
    return [Filter("firm", _("Betrieb"), firms, "organisation")] if len(firms) > 1 else []


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    for word in search_key(text).split():
        rows = rows.filter(search_key__contains=word)
    return rows


def _case_link(case: Case) -> str:
    return reverse("codetermination:case", args=[case.pk])


def _proposal_link(proposal: Proposal) -> str:
    return reverse("codetermination:proposal", args=[proposal.pk])
