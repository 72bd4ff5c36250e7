"""The lists of this room as declared tables: on the page, as CSV and as XLSX."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbundwerk.base import clock
from verbundwerk.base.tables import Column, Filter, Table
from verbundwerk.network.queries import standing

from . import papers, queries, rules
from .models import LeftOver, Plan, Pool
from .states import OPEN, PlanState, PoolState

Params = Mapping[str, str]
TONES: dict[str, str] = {
    PoolState.SOUNDING: "info",
    PoolState.ENQUIRY: "info",
    PoolState.BID_CHOSEN: "info",
    PoolState.COMMITTING: "warning",
    PoolState.GAP: "warning",
    PoolState.CAME_ABOUT: "success",
    PoolState.FAILED: "danger",
}
OPEN_ONES = "open"  # on their way, in one choice
PLAN_TONES: dict[str, str] = {
    PlanState.QUEUED: "info",
    PlanState.RUNNING: "info",
    PlanState.STOPPING: "info",
    PlanState.DONE: "success",
    PlanState.FAILED: "danger",
    PlanState.CANCELLED: "neutral",
}


# --- pools ------------------------------------------------------------------------------------
def pools_table(person: Any, params: Params) -> Table:
    """Firms and seats are counted for the office only."""
    office = standing(person).coordinates
    pools = queries.pools_visible_to(person)
    rows = queries.with_counts(pools) if office else pools
    return Table(
        caption=_("Bündel"),
        columns=[*_pool_columns(), *(_office_columns() if office else [])],
        rows=rows,
        params=params,
        filters=[
            Filter(
                "state", gettext_lazy("Stand"), [(OPEN_ONES, gettext_lazy("unterwegs")), *PoolState.choices], _in_state
            )
        ],
        search=("title", "topic__search_key"),
        order="-number",
        empty=_("Noch gibt es kein Bündel."),
        downloads={"csv": reverse("pooling:csv"), "xlsx": reverse("pooling:xlsx")},
    )


def _states() -> list[tuple[str, Any]]:
    return [(OPEN_ONES, gettext_lazy("unterwegs")), *PoolState.choices]


def _in_state(rows: QuerySet[Pool], chosen: str) -> QuerySet[Pool]:
    return rows.filter(state__in=OPEN if chosen == OPEN_ONES else [chosen])


def _pool_columns() -> list[Column]:
    return [
        Column("number", gettext_lazy("Nummer"), value="label", sort="number", href=_pool_link),
        Column("title", gettext_lazy("Thema"), value="name", sort=("topic__sort_key", "title")),
        Column("level", gettext_lazy("Niveau"), value="get_level_display", sort="level"),
        Column("state", gettext_lazy("Stand"), "get_state_display", kind="state", sort="state", tone=_tone, late=_late),
        Column("from", gettext_lazy("Beginn"), value="starts_on", kind="date", sort="starts_on"),
        Column("until", gettext_lazy("Zusagen bis"), value="commit_until", kind="date", sort="commit_until"),
    ]


def _office_columns() -> list[Column]:
    return [
        Column("firms", gettext_lazy("Betriebe"), kind="number", sort="firms"),
        Column("seats", gettext_lazy("Plätze gesucht"), value="seats_wanted", kind="number", sort="seats_wanted"),
    ]


def _pool_link(pool: Pool) -> str:
    return reverse("pooling:pool", args=[pool.pk])


def _late(pool: Pool) -> bool:
    return rules.is_overdue(pool, clock.today())


def _tone(pool: Pool) -> str:
    return TONES.get(pool.state, "neutral")


# --- plans --------------------------------------------------------------------------------------
def plans_table(person: Any, params: Params) -> Table:
    return Table(
        caption=_("Berechnungen"),
        columns=[
            Column("at", _("Angefordert"), value="requested_at", kind="datetime", sort="requested_at", href=_plan_link),
            Column("state", _("Stand"), value="get_state_display", kind="state", sort="state", tone=_plan_tone),
            Column("runs", _("Gemeinsame Kurse"), kind="number", sort="runs"),
            Column("served", _("Personen versorgt"), kind="number", sort="served"),
            Column("persons", _("von"), kind="number", sort="persons"),
            Column("saved", _("Ersparnis"), value=saved_cents, kind="euros"),
        ],
        rows=queries.plans_visible_to(person),
        params=params,
        order="-at",
        empty=_("Noch ist nichts berechnet."),
    )


def compared_table(plans: Sequence[Plan]) -> Table:
    """Two plans, one row each, in the order they are given."""
    return Table(
        caption=_("Die Pläne in Zahlen"),
        columns=[
            Column("at", _("Angefordert"), value="requested_at", kind="datetime", href=_plan_link),
            Column(
                "runs",
                _("Gemeinsame Kurse"),
                value=_joint_runs,
                kind="number",
            ),
            Column("served", _("Personen versorgt"), kind="number"),
            Column("persons", _("von"), kind="number"),
            Column("alone", _("Gespart gegenüber allein buchen"), value=saved_cents, kind="euros"),
            Column("by_hand", _("Gespart gegenüber Planen von Hand"), value=_saved_by_hand, kind="euros"),
            Column("quality", _("Wie gut?"), value=lambda plan: papers.quality_of(plan.objective, plan.bound)),
        ],
        rows=plans,
        params={},
    )


def _joint_runs(plan: Plan) -> int:
    return queries.joint_among(plan.proposals.all()).count()


def _saved_by_hand(plan: Plan) -> int | None:
    saving = papers.against_by_hand(plan)
    return saving.cents if saving else None


def saved_cents(plan: Plan) -> int | None:
    return plan.cost_alone_cents - plan.cost_together_cents if plan.state == PlanState.DONE else None


def _plan_link(plan: Plan) -> str:
    return reverse("pooling:plan", args=[plan.pk])


def _plan_tone(plan: Plan) -> str:
    return PLAN_TONES[plan.state]


# --- what a plan leaves over ----------------------------------------------------------------------
def left_over_table(plan: Plan, params: Params) -> Table:
    answers = _answers(plan)
    return Table(
        caption=_("Bedarfe ohne Platz"),
        columns=[
            Column("need", _("Bedarf"), value="need.label", sort="need__number", href=_left_link(plan)),
            Column("firm", _("Betrieb"), value="need.organisation.name", sort="need__organisation__sort_key"),
            Column("topic", _("Thema"), value="need.topic.name", sort="need__topic__sort_key"),
            Column("seats", _("Personen"), value="seats", kind="number", sort="seats"),
            Column("why", _("Grund"), value=_told(plan, papers.reason_of), sort="stage"),
            Column("help", _("Was helfen würde"), value=_told(plan, _first_change)),
            Column("asked", _("Rückfrage"), value=lambda left: answers.get(left.need_id, "")),
        ],
        rows=queries.left_over_of(plan),
        params=params,
        search=("need__organisation__search_key", "need__topic__search_key"),
        order="topic",
        empty=_("Alle Bedarfe haben einen Platz."),
        downloads={
            "csv": reverse("pooling:left_csv", args=[plan.pk]),
            "xlsx": reverse("pooling:left_xlsx", args=[plan.pk]),
        },
    )


def _answers(plan: Plan) -> dict[UUID, str]:
    """What the firms of this plan's left-over needs said last."""
    needs = queries.left_over_of(plan).order_by().values_list("need", flat=True)
    return {one.need_id: one.get_state_display() for one in queries.changes_asked(list(needs))}


def _told(plan: Plan, tell: Callable[..., str]) -> Callable[[LeftOver], str]:
    return lambda left: tell(left, plan.horizon_from)


def _first_change(left: LeftOver, monday: Any) -> str:
    """The one with the smallest burden; the rest would make a row a page."""
    changes = papers.changes_of(left, monday)
    return changes[0] if changes else ""


def _left_link(plan: Plan) -> Callable[[LeftOver], str]:
    return lambda left: reverse("pooling:left", args=[plan.pk, left.need_id])


# --- public -----------------------------------------------------------------------------------------
def public_table(params: Params) -> Table:
    return Table(
        caption=_("Offene Bündel"),
        columns=[
            Column("title", _("Thema"), sort="title", href=_public_link),
            Column("level", _("Niveau"), sort="level"),
            Column("from", _("Beginn frühestens"), value="starts_on", kind="date", sort="starts_on"),
            Column("region", _("Ort"), value=lambda pool: pool.region or _("in der Region"), sort="region"),
            Column("seats", _("Plätze gesucht"), value=seats_text),
        ],
        rows=queries.published_pools(),
        params=params,
        search=("title", "region"),
        order="from",
        empty=_("Zurzeit ist kein Bündel offen. Melden Sie Ihren Bedarf, dann entsteht eins."),
    )


def seats_text(pool: queries.PublicPool) -> str:
    return str(pool.seats) if pool.seats else _("Plätze werden nicht genannt")


def _public_link(pool: queries.PublicPool) -> str:
    return reverse("pooling:public_pool", args=[pool.id])
