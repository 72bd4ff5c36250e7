"""The next step of a case, in words, and whose turn it is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from verbundwerk.base.days import moment_text

from ..models import Case
from ..rules_talks import Talk, TalkStage, turn
from ..states import PENDING, CaseState
from ..terms import Duty, Side


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next and who does it."""

    what: str
    who: str
    until: date | None = None


def next_step(case: Case, talk: Talk, at: datetime) -> Next:
    what, who = _words_of_talk(talk, at) if case.state == CaseState.CONSULTING else _next_words(case)
    open_end = case.state not in PENDING or case.duty == Duty.INFORM
    return Next(what, who, None if open_end else case.due_on)


def _words_of_talk(talk: Talk, at: datetime) -> tuple[str, str]:
    waits_for = turn(talk, at)
    if waits_for is None and talk.meets_at:
        words = _("Sie sprechen miteinander: %(moment)s. Danach sagt der Betriebsrat, wie er dazu steht.")
        return words % {"moment": moment_text(talk.meets_at)}, _("Beide Seiten")
    who = _("Die Personalverantwortlichen") if waits_for == Side.EMPLOYER else _("Der Betriebsrat")
    if talk.stage == TalkStage.PROPOSED and talk.meets_at and talk.meets_at > at:
        return _("Ein Termin ist vorgeschlagen: %(moment)s.") % {"moment": moment_text(talk.meets_at)}, who
    if waits_for == Side.EMPLOYER:
        return _("Der Betriebsrat möchte sprechen. Der Betrieb schlägt einen Termin vor."), who
    return _("Nach dem Gespräch sagt der Betriebsrat, wie er zu dem Vorhaben steht."), who


def _next_words(case: Case) -> tuple[str, str]:
    employer, council = _("Die Personalverantwortlichen"), _("Der Betriebsrat")
    both, nobody = _("Beide Seiten"), _("Niemand, hier ist alles getan")
    if case.state == CaseState.INFORMED and case.duty == Duty.INFORM:
        return _("Der Betriebsrat ist unterrichtet. Er kann Unterlagen oder ein Gespräch verlangen."), nobody
    return {
        CaseState.NOT_REQUIRED: (str(case.get_waiver_display()), nobody),
        CaseState.OPEN: (_("Der Betrieb legt die Unterlagen dazu und unterrichtet den Betriebsrat."), employer),
        CaseState.INFORMED: (_("Der Betriebsrat berät und sagt, wie er dazu steht."), council),
        CaseState.AGREED: (_("Der Betriebsrat hat zugestimmt."), nobody),
        CaseState.REFUSED: (
            _("Der Betriebsrat hat abgelehnt. Sie können darüber sprechen oder das Vorhaben ändern."), both
        ),
        CaseState.CONCILIATION: (_("Die Einigungsstelle verhandelt. Danach wird das Ergebnis hier eingetragen."), both),
    }[CaseState(case.state)]  # fmt: skip
