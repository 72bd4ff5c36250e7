"""The talk between the two sides of a firm: how far it is, and who may take the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Verdict, no, yes_if
from verbundwerk.network.models import Person

from . import rules
from .models import Case, Statement
from .states import PENDING, CaseState
from .terms import Side, StatementKind

ROLES = {Side.COUNCIL: rules.COUNCIL, Side.EMPLOYER: rules.EMPLOYER}
# As soon as the works council knows of a plan, the two can write to each other about it, also after its answer.
SPEAKING = (*PENDING, CaseState.AGREED, CaseState.REFUSED, CaseState.CONCILIATION)


class TalkStage(StrEnum):
    NONE = "none"
    WANTED = "wanted"
    PROPOSED = "proposed"
    FIXED = "fixed"
    TALKED = "talked"


@dataclass(frozen=True, slots=True)
class Talk:
    """How far the talk is. `side`: who proposed the day or, once it is fixed, who said that it fits."""

    stage: TalkStage = TalkStage.NONE
    side: Side | None = None
    meets_at: datetime | None = None


def talk_of(statements: Iterable[Statement]) -> Talk:
    """Read from what was said, in the order in which it was said; a later day takes the place of an earlier one."""
    talk = Talk()
    for one in statements:
        talk = _after(talk, one)
    return talk


_STAGES = {
    StatementKind.TALK: TalkStage.WANTED,
    StatementKind.MEETING: TalkStage.PROPOSED,
    StatementKind.FITS: TalkStage.FIXED,
    StatementKind.TALKED: TalkStage.TALKED,
}


def _after(talk: Talk, said: Statement) -> Talk:
    """A message leaves the talk where it is; a spoken yes or no ends it."""
    if said.kind == StatementKind.WORD:
        return talk
    return Talk(_STAGES.get(StatementKind(said.kind), TalkStage.NONE), Side(said.side), said.meets_at)


def other(side: Side) -> Side:
    return Side.EMPLOYER if side == Side.COUNCIL else Side.COUNCIL


def side_of(case: Case, by: object) -> Side:
    """For whom somebody speaks who may speak here; who sits on both sides speaks for the works council."""
    council = rules.on_the_side_of(case.organisation_id, by, rules.COUNCIL)
    return Side.COUNCIL if council else Side.EMPLOYER


def turn(talk: Talk, at: datetime) -> Side | None:
    """Who has to do something so that the talk comes about, or so that it leads to something. None: nobody now."""
    if talk.stage == TalkStage.WANTED:
        return Side.EMPLOYER
    if talk.stage == TalkStage.PROPOSED and talk.side:
        return other(talk.side) if _ahead(talk, at) else Side.EMPLOYER
    if talk.stage == TalkStage.FIXED and _ahead(talk, at):
        return None
    return Side.COUNCIL


def _ahead(talk: Talk, at: datetime) -> bool:
    return talk.meets_at is not None and talk.meets_at > at


# --- who may ---------------------------------------------------------------------------
def may_write(case: Case, by: Person) -> Verdict:
    return rules.takes_part(case, by) & yes_if(
        case.state in SPEAKING, _("Schreiben können Sie, sobald der Betriebsrat unterrichtet ist.")
    )


def may_propose(case: Case, by: Person) -> Verdict:
    return rules.takes_part(case, by) & yes_if(
        case.state in PENDING, _("Ein Gespräch lässt sich nur verabreden, solange eine Antwort aussteht.")
    )


def can_be_kept(meets_at: datetime, at: datetime) -> Verdict:
    if meets_at <= at:
        return no(_("Dieser Termin ist schon vorbei. Bitte wählen Sie einen, der noch kommt."))
    return yes_if(
        meets_at <= at + timedelta(days=rules.MOST_ANSWER_DAYS),
        _("Bitte wählen Sie einen Termin in den nächsten drei Monaten."),
    )


def may_confirm(case: Case, talk: Talk, by: Person, at: datetime) -> Verdict:
    if talk.stage != TalkStage.PROPOSED or not talk.side:
        return no(_("Hier ist gerade kein Termin vorgeschlagen."))
    asked = rules.on_the_side_of(case.organisation_id, by, ROLES[other(talk.side)])
    return (
        may_propose(case, by)
        & yes_if(asked, _("Diesen Termin hat Ihre Seite vorgeschlagen. Jetzt antwortet die andere."))
        & yes_if(_ahead(talk, at), _("Der vorgeschlagene Termin ist schon vorbei. Bitte schlagen Sie einen neuen vor."))
    )


def is_still_proposed(talk: Talk, meets_at: datetime) -> Verdict:
    return yes_if(
        talk.meets_at == meets_at, _("Inzwischen ist ein anderer Termin vorgeschlagen. Bitte sehen Sie ihn sich an.")
    )


def may_note_talked(case: Case, talk: Talk, by: Person, at: datetime) -> Verdict:
    held = case.state == CaseState.CONSULTING and talk.stage != TalkStage.TALKED
    return (
        rules.takes_part(case, by)
        & yes_if(held, _("Hier ist kein Gespräch zu vermerken."))
        & yes_if(not _ahead(talk, at), _("Der Termin kommt erst noch."))
    )
