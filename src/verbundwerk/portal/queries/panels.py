"""Doors and short lists under „Heute“ that fit somebody's roles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbundwerk.base import clock
from verbundwerk.base.days import day_text, moment_text, span_text
from verbundwerk.courses.models import Course
from verbundwerk.courses.queries import own_sessions, takes_part
from verbundwerk.courses.states import AHEAD, SessionState
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import Role
from verbundwerk.pooling.models import Pool
from verbundwerk.pooling.states import OPEN as OPEN_POOLS

from .trail import needs_on_their_way

ROWS = 5


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    title: str | Promise
    rows: list[Row]
    more: str | Promise = ""
    url: str = ""


# --- doors --------------------------------------------------------------------------
_DOORS: list[tuple[tuple[str, ...], str | Promise, str]] = [
    ((Role.HR, Role.FOREMAN, Role.HOST, Role.WORKS_COUNCIL, Role.MENTOR), gettext_lazy("Bedarf melden"), "needs:new"),
    ((Role.HR, Role.HOST), gettext_lazy("Liste hochladen"), "needs:upload"),
    ((Role.COORDINATION,), gettext_lazy("Bedarfe prüfen"), "needs:inbox"),
    ((Role.COORDINATION,), gettext_lazy("Bündelpläne"), "pooling:plans"),
    ((Role.COORDINATION,), gettext_lazy("Kurse aus Bündeln"), "courses:from_pools"),
    ((Role.PROVIDER,), gettext_lazy("Angebot eintragen"), "catalogue:new"),
    ((Role.EMPLOYEE,), gettext_lazy("Meine Wünsche"), "wishes:own"),
    ((Role.MENTOR,), gettext_lazy("Gespräch festhalten"), "wishes:new_talk"),
    ((Role.EMPLOYEE,), gettext_lazy("Meine Bescheinigungen"), "courses:own_certificates"),
    ((Role.PROVIDER, Role.LECTURER, Role.EMPLOYEE, Role.HR), gettext_lazy("Mein Kalender"), "courses:own_calendar"),
    ((Role.ADMIN,), gettext_lazy("E-Mails im Ausgang"), "network:letters"),
    ((Role.DATA_PROTECTION,), gettext_lazy("Wer hat wo hingeschaut?"), "privacy:all_looks"),
    ((Role.DATA_PROTECTION,), gettext_lazy("Löschprotokoll"), "privacy:deletions"),
    ((Role.DATA_PROTECTION,), gettext_lazy("Aufbewahrungszeiten"), "privacy:kept"),
    ((Role.HR, Role.WORKS_COUNCIL), gettext_lazy("Was wurde aus meinem Bedarf?"), "portal:trails"),
]
MOST_DOORS = 4


def shortcuts_for(person: Any) -> list[tuple[str | Promise, str]]:
    who = standing(person)
    doors = [(label, reverse(name)) for roles, label, name in _DOORS if who.is_a(*roles)]
    return doors[:MOST_DOORS]


# --- short lists --------------------------------------------------------------------
def panels_for(person: Any, at: datetime) -> list[Panel]:
    """Only those with something in them."""
    who = standing(person)
    panels = [panel(person, at) for roles, panel in _PANELS if who.is_a(*roles)]
    return [one for one in panels if one.rows]


def _needs(person: Any, at: datetime) -> Panel:
    rows = [
        Row(f"{one.label} {one.topic_text}", reverse("portal:trail", args=[one.pk]), one.stand)
        for one in needs_on_their_way(person)[:ROWS]
    ]
    return Panel(_("Was wurde aus unseren Bedarfen?"), rows, _("Alle Wege ansehen"), reverse("portal:trails"))


def _pools(person: Any, at: datetime) -> Panel:
    pools = (
        Pool.objects.filter(state__in=OPEN_POOLS)
        .select_related("topic")
        .order_by("commit_until", "bids_until", "number")[:ROWS]
    )
    rows = [Row(f"{one.label} {one.name}", reverse("pooling:pool", args=[one.pk]), _where(one)) for one in pools]
    return Panel(_("Bündel unterwegs"), rows, _("Alle Bündel ansehen"), reverse("pooling:list"))


def _where(pool: Pool) -> str:
    until = pool.commit_until or pool.bids_until
    state = str(pool.get_state_display())
    return _("%(state)s, bis %(day)s") % {"state": state, "day": day_text(until)} if until else state


def _courses(person: Any, at: datetime) -> Panel:
    own = (
        Course.objects.filter(takes_part(person), state__in=AHEAD)
        .select_related("topic")
        .order_by("starts_on", "number")[:ROWS]
    )
    rows = [
        Row(f"{one.label} {one.name}", reverse("courses:detail", args=[one.pk]), span_text(one.starts_on, one.ends_on))
        for one in own
    ]
    return Panel(_("Meine Kurse"), rows, _("Alle Kurse ansehen"), reverse("courses:list"))


def _sessions_today(person: Any, at: datetime) -> Panel:
    """Straight to the list of who is there: made for a telephone in the room."""
    begin = timezone.make_aware(datetime.combine(clock.today(), time()))
    today = own_sessions(person).filter(starts_at__range=(begin, begin + timedelta(days=1)))
    rows = [
        Row(one.course.name, reverse("courses:attendance", args=[one.pk]), moment_text(one.starts_at))
        for one in today.exclude(state=SessionState.CANCELLED)[:ROWS]
    ]
    return Panel(_("Heute im Kurs: Anwesenheit"), rows)


MakesPanel = Callable[[Any, datetime], Panel]
_PANELS: list[tuple[tuple[str, ...], MakesPanel]] = [
    ((Role.LECTURER, Role.PROVIDER), _sessions_today),
    ((Role.HR, Role.HOST, Role.FOREMAN, Role.WORKS_COUNCIL, Role.MENTOR), _needs),
    ((Role.COORDINATION,), _pools),
    ((Role.HR, Role.HOST, Role.WORKS_COUNCIL, Role.PROVIDER, Role.LECTURER, Role.EMPLOYEE), _courses),
]
