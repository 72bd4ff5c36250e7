"""What waits for a person in this room."""

from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.lines import Line
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.rules import STAFFING_ROLES

from .. import rules
from ..models import Need
from ..states import ImportState, NeedState
from .guarded import imports_of, needs_visible_to, sees_lists
from .quick import quick_waiting

LINES = 5  # of one kind on somebody's page of today


def waiting_for(person: Person, at: datetime) -> list[Line]:
    """What waits for this person in this room."""
    if not sees_lists(person):
        return []
    inbox = _inbox_line(at) if standing(person).coordinates else []
    asked = [*_expiry_lines(person, at), *_window_lines(person, at)]
    asked += _evaluation_lines(person, at)
    return [*inbox, *_quick_line(person, at), *asked, *_draft_line(person), *_import_lines(person)]


def _quick_line(person: Person, at: datetime) -> list[Line]:
    """What was reported without an account and waits for somebody who looks through it."""
    found = quick_waiting(person).aggregate(count=Count("pk"), first=Min("confirmed_at"))
    if not found["count"]:
        return []
    text = ngettext(
        "%(count)s Kurzmeldung wartet darauf, dass Sie sie ansehen",
        "%(count)s Kurzmeldungen warten darauf, dass Sie sie ansehen",
        found["count"],
    )
    due = timezone.localdate(found["first"] + rules.CHECKED_WITHIN)
    late = due < timezone.localdate(at)
    return [Line(text % found, reverse("needs:quick_list"), due, "late" if late else "waits", 6)]


def _inbox_line(at: datetime) -> list[Line]:
    found = Need.objects.filter(state=NeedState.SUBMITTED).aggregate(count=Count("pk"), first=Min("submitted_at"))
    if not found["count"]:
        return []
    text = ngettext("%(count)s Bedarf wartet auf Prüfung", "%(count)s Bedarfe warten auf Prüfung", found["count"])
    due = timezone.localdate(found["first"] + rules.CHECKED_WITHIN)
    late = due < timezone.localdate(at)
    return [Line(text % found, reverse("needs:inbox"), due, "late" if late else "waits", 7)]


def _own(person: Person) -> QuerySet[Need]:
    """What this person raised, or answers for in the firm."""
    firms = standing(person).organisations(*STAFFING_ROLES)
    return needs_visible_to(person).filter(Q(raised_by=person.pk) | Q(organisation__in=firms))


def _window_lines(person: Person, at: datetime) -> list[Line]:
    """Waiting needs whose time is over find no course: the firm names a new one, or ends them."""
    over = _own(person).filter(state=NeedState.IN_POOL, window_until__lt=timezone.localdate(at))
    text = _("Der Zeitraum von %(label)s „%(topic)s“ ist vorbei. Neuen angeben?")
    return [
        Line(
            text % {"label": one.label, "topic": one.topic_text}, reverse("needs:edit", args=[one.pk]), one.window_until
        )
        for one in over.order_by("window_until", "number")[:LINES]
    ]


def _evaluation_lines(person: Person, at: datetime) -> list[Line]:
    """A question, no duty: it weighs little and goes after a while."""
    asked = _own(person).filter(state=NeedState.COVERED, evaluation__asked_at__gt=at - rules.ASKED_FOR)
    text = _("Hat der Kurs gepasst? %(about)s")
    return [
        Line(text % {"about": one.evaluation.about}, reverse("needs:evaluation", args=[one.pk]), weight=2)
        for one in asked.select_related("evaluation").order_by("evaluation__asked_at", "number")[:LINES]
    ]


def _expiry_lines(person: Person, at: datetime) -> list[Line]:
    mine = _own(person).filter(expiry_asked_at__isnull=False, state__in=rules.KEEPABLE)
    text = _("Noch aktuell? %(label)s „%(topic)s“ läuft ab")
    return [
        Line(
            text % {"label": one.label, "topic": one.topic_text}, reverse("needs:expiry", args=[one.pk]), one.expires_on
        )
        for one in mine.order_by("expires_on", "number")[:LINES]
    ]


def _draft_line(person: Person) -> list[Line]:
    count = needs_visible_to(person).filter(raised_by=person.pk, state=NeedState.DRAFT).count()
    if not count:
        return []
    text = ngettext("%(n)s Entwurf ist noch nicht eingereicht", "%(n)s Entwürfe sind noch nicht eingereicht", count)
    return [Line(text % {"n": count}, f"{reverse('needs:list')}?state=draft", weight=3)]


def _import_lines(person: Person) -> list[Line]:
    text = _("Die hochgeladene Liste „%(name)s“ wartet auf Ihre Entscheidung")
    waiting = imports_of(person).filter(state=ImportState.UPLOADED)[:LINES]
    return [Line(text % {"name": one.file_name}, reverse("needs:import", args=[one.pk]), weight=4) for one in waiting]
