"""A question to a firm about one value of its need. No sentence speaks of other firms."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.days import day_text
from verbundwerk.base.figures import euro_text, whole_euro_text

from .. import rules
from ..models import ChangeRequest
from ..terms import ChangeKind
from .letters import Words


# --- the office: what would be asked ------------------------------------------------------------
def button_for(change: Mapping[str, Any]) -> str:
    """What stands on the button beside a change that helps."""
    return BUTTONS[ChangeKind(change["kind"])](int(change["amount"]))


def _later(n: int) -> str:
    return ngettext("Eine Woche später fragen", "%(count)d Wochen später fragen", n) % {"count": n}


def _earlier(n: int) -> str:
    return ngettext("Eine Woche früher fragen", "%(count)d Wochen früher fragen", n) % {"count": n}


BUTTONS: dict[ChangeKind, Callable[[int], str]] = {
    ChangeKind.LATER: _later,
    ChangeKind.EARLIER: _earlier,
    ChangeKind.ONLINE: lambda n: _("Online anbieten"),
    ChangeKind.TRAVEL: lambda n: _("Fragen: bis %(minutes)d Minuten weiter fahren") % {"minutes": n},
    ChangeKind.BUDGET: lambda n: _("Fragen: etwa %(amount)s mehr je Platz") % {"amount": whole_euro_text(n * 100)},
    ChangeKind.SPLIT: lambda n: _("Fragen, ob die Gruppe geteilt werden darf"),
}


# --- the firm: the question -----------------------------------------------------------------------
def question_of(asked: ChangeRequest) -> str:
    """One sentence that can be answered with yes or no."""
    was, value = (rules.value_from(asked.kind, text) if text != "None" else None for text in (asked.was, asked.value))
    return QUESTIONS[ChangeKind(asked.kind)](asked, was, value)


QUESTIONS: dict[ChangeKind, Callable[[ChangeRequest, Any, Any], str]] = {
    ChangeKind.LATER: lambda one, was, new: _("Darf der Kurs bis %(new)s dauern statt bis %(was)s?")
    % {"new": day_text(new), "was": day_text(was)},
    ChangeKind.EARLIER: lambda one, was, new: _("Darf der Kurs schon ab %(new)s beginnen statt ab %(was)s?")
    % {"new": day_text(new), "was": day_text(was)},
    ChangeKind.ONLINE: lambda one, was, new: _("Darf der Kurs auch online sein?"),
    ChangeKind.TRAVEL: lambda one, was, new: _("Darf der Weg bis %(new)d Minuten dauern statt bis %(was)d?")
    % {"new": new, "was": was},
    ChangeKind.BUDGET: lambda one, was, new: _("Darf ein Platz bis %(new)s kosten statt bis %(was)s?")
    % {"new": euro_text(new), "was": euro_text(was)},
    ChangeKind.SPLIT: lambda one, was, new: _(
        "Reicht es, wenn zunächst %(new)d Ihrer %(all)d Leute lernen statt mindestens %(was)d?"
    ) % {"new": new, "was": was, "all": one.need.seats},
}  # fmt: skip


def change_asked(asked: ChangeRequest) -> Words:
    need = asked.need
    topic = need.topic.name if need.topic else need.topic_text
    return Words(
        _("Eine Frage zu Ihrem Bedarf %(label)s: %(topic)s") % {"label": need.label, "topic": topic},
        (
            _("Für Ihren Bedarf fehlt noch ein gemeinsamer Kurs. Mit einer Änderung könnte es gehen:"),
            question_of(asked),
            _("Bitte antworten Sie bis %(day)s mit Ja oder Nein, ein Klick genügt. Bei Ja ändern wir Ihren Bedarf so; "
              "verbindlich wird dadurch nichts.") % {"day": day_text(asked.answer_until)},
        ),
    )  # fmt: skip
