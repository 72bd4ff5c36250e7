"""When a round opens and ends, and who reads what came of it."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.limits import Limit
from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.courses.models import Course
from verbundwerk.courses.rules import CANCELLED, teaches
from verbundwerk.disclosure.rules import SMALLEST_GROUP
from verbundwerk.network.rules import Standing

from ..models import Round
from ..states import RoundState
from ..terms import Kind

LEAST_ANSWERS = SMALLEST_GROUP  # five: below that nothing is shown, not even how many there were
# From when on named people are asked what they know already, and from when on the group's picture may be made:
# a week before the course there is still time for another group or a day of preparation.
CHECK_DAYS, CHECK_ENDS_DAYS = 28, 7
EVALUATION_DAYS, TRANSFER_DAYS = 21, 21
# An installation that is new here does not ask about courses of long ago.
EVALUATION_LATE, TRANSFER_LATE = timedelta(days=30), timedelta(days=30)
TRANSFER_AFTER = Span(months=3)
CHECKS_KEPT_FOR, TEXTS_KEPT_FOR = Span(months=12), Span(months=24)
# Whole groups answer from the network of one provider, so this only stops machines.
PER_CALLER = Limit("feedback-caller", 120, 600)


# -- when -------------------------------------------------------------------------------
def check_ends_on(course: Course) -> date:
    return course.starts_on - timedelta(days=CHECK_ENDS_DAYS)


def check_is_over(course: Course, answers: int, on: date) -> bool:
    """A week before the course when five have answered; else it stays open until the course begins."""
    if course.state in CANCELLED or on >= course.starts_on:
        return True
    return on >= check_ends_on(course) and answers >= LEAST_ANSWERS


def evaluation_ends_on(on: date) -> date:
    return on + timedelta(days=EVALUATION_DAYS)


def takes_answers(found: Round, on: date) -> bool:
    """A self-check has no last day of its own: it ends with the round."""
    return found.state == RoundState.OPEN and (found.kind == Kind.CHECK or on <= found.closes_on)


# -- from how many on ----------------------------------------------------------------------
def enough_answers(found: Round) -> Verdict:
    """Only when it is over, once, and only from five answers on."""
    over = yes_if(
        found.state == RoundState.CLOSED,
        _("Solange geantwortet werden kann, zeigen wir nichts. So lässt sich niemand abpassen."),
    )
    return over & yes_if(
        found.answers >= LEAST_ANSWERS,
        _("Es haben weniger als fünf geantwortet. Damit niemand erkannt wird, zeigen wir nichts davon."),
    )


# -- who --------------------------------------------------------------------------------
def may_read_results(who: Standing, course: Course, person_id: Any) -> Verdict:
    """Provider, lecturer and office read the same; a firm reads nothing of it."""
    return yes_if(
        who.coordinates or teaches(who, course, person_id),
        _("Rückmeldungen lesen der Bildungsanbieter, die Lehrkraft des Kurses und die Verbundkoordination."),
    )


def may_read_profile(who: Standing, course: Course, person_id: Any) -> Verdict:
    """Whoever stands in front of the group; the provider's office only as long as nobody is named for that."""
    mine = course.lecturer_id == person_id if course.lecturer_id else True
    return yes_if(
        mine and teaches(who, course, person_id), _("Das Bild der Gruppe ist für die Lehrkraft dieses Kurses.")
    )


def may_read_trend(who: Standing) -> Verdict:
    return yes_if(who.coordinates, _("Die Entwicklung über alle Kurse liest die Verbundkoordination."))
