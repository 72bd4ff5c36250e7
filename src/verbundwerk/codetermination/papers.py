"""The words of the letters between works council and employer. They stay inside one firm."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from verbundwerk.base.days import day_text, moment_text

from .models import Case, Proposal, Statement
from .states import CaseState
from .terms import Duty, ProposalKind, Side, StatementKind


@dataclass(frozen=True, slots=True)
class Words:
    """A letter in the language that is switched on: subject and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


Told = Callable[[], Words]


def _about(case: Case) -> str:
    return _("Es geht um: %(label)s (%(subject)s, %(firm)s).") % {
        "label": case.label, "subject": case.get_subject_kind_display(), "firm": case.organisation.name,
    }  # fmt: skip


def _law(case: Case) -> str:
    return f"{case.basis.paragraph}: {case.basis.explanation}"


def informed(case: Case) -> Words:
    asked = case.duty != Duty.INFORM
    subject = _("Ihre Stellungnahme: %(label)s") if asked else _("Zur Kenntnis: %(label)s")
    lines = [_("Der Betrieb unterrichtet Sie über ein Vorhaben."), _about(case), _law(case)]
    if asked and case.due_on:
        lines.append(
            _("Ihr Betrieb bittet um Ihre Antwort bis %(day)s. Diesen Tag schlagen wir vor oder der Betrieb, "
              "das Gesetz nennt keinen. Wenn Sie nichts sagen, gilt das nicht als Zustimmung.")
            % {"day": day_text(case.due_on)}
        )  # fmt: skip
    return Words(subject % {"label": case.label}, tuple(lines))


def moved(case: Case) -> Words:
    """`ask_for_consent` may also shorten the time; so the words only name the day."""
    assert case.due_on is not None
    return Words(
        _("Neue Frist für Ihre Stellungnahme: %(label)s") % {"label": case.label},
        (
            _about(case),
            _("Ihr Betrieb bittet jetzt um Ihre Antwort bis %(day)s. Wenn Sie nichts sagen, gilt das nicht als "
              "Zustimmung.") % {"day": day_text(case.due_on)},
        ),
    )  # fmt: skip


def waived(case: Case) -> Words:
    """For works councils of a firm whose site is entered without one: they can object."""
    return Words(
        _("Ohne Ihre Beteiligung: %(label)s") % {"label": case.label},
        (
            _about(case),
            _("Für diesen Standort ist keine Interessenvertretung eingetragen, deshalb wird niemand beteiligt."),
            _("Wenn das nicht stimmt, verlangen Sie auf der Seite Ihre Beteiligung."),
        ),
    )


_SAID: dict[str, Callable[[], str]] = {
    StatementKind.AGREE: lambda: _("Der Betriebsrat hat zugestimmt: %(label)s"),
    StatementKind.REFUSE: lambda: _("Der Betriebsrat hat abgelehnt: %(label)s"),
    StatementKind.TALK: lambda: _("Der Betriebsrat wünscht ein Gespräch: %(label)s"),
    StatementKind.CONCILIATION: lambda: _("Die Einigungsstelle ist angerufen: %(label)s"),
    StatementKind.AWARD_AGREED: lambda: _("Die Einigungsstelle hat zu einer Einigung geführt: %(label)s"),
    StatementKind.AWARD_REFUSED: lambda: _("Die Einigungsstelle hat zu keiner Einigung geführt: %(label)s"),
    StatementKind.WORD: lambda: _("Nachricht zu: %(label)s"),
    StatementKind.MEETING: lambda: _("Vorschlag für ein Gespräch: %(label)s"),
    StatementKind.FITS: lambda: _("Das Gespräch ist verabredet: %(label)s"),
    StatementKind.TALKED: lambda: _("Das Gespräch ist geführt: %(label)s"),
}
_SIDES: dict[str, Callable[[], str]] = {
    Side.COUNCIL: lambda: _("Der Betriebsrat schreibt:"),
    Side.EMPLOYER: lambda: _("Der Betrieb schreibt:"),
}
_FOLLOWS: dict[str, Callable[[], str]] = {
    StatementKind.TALK: lambda: _("Als Nächstes schlägt der Betrieb einen Termin vor."),
    StatementKind.MEETING: lambda: _("Wenn der Termin passt, genügt ein Druck auf der Seite. Wenn nicht, schlagen Sie "
                                     "dort einen anderen vor."),
    StatementKind.FITS: lambda: _("Auf der Seite liegt der Termin als Kalenderdatei."),
    StatementKind.TALKED: lambda: _("Als Nächstes sagt der Betriebsrat, wie er zu dem Vorhaben steht."),
}  # fmt: skip


def said(case: Case, statement: Statement) -> Words:
    lines = [_about(case)]
    if statement.meets_at:
        lines.append(_("Termin: %(moment)s.") % {"moment": moment_text(statement.meets_at)})
    if statement.text:
        lines.append(f"{_SIDES[statement.side]()} {statement.text}")
    if follows := _FOLLOWS.get(statement.kind):
        lines.append(follows())
    return Words(_SAID[statement.kind]() % {"label": case.label}, tuple(lines))


def dropped(case: Case) -> Words:
    return Words(
        _("Das Vorhaben ist aufgegeben: %(label)s") % {"label": case.label},
        (_about(case), _("Grund: %(reason)s") % {"reason": case.reason}),
    )


def overdue(case: Case) -> Words:
    assert case.due_on is not None
    return Words(
        _("Die Frist ist vorbei: %(label)s") % {"label": case.label},
        (
            _about(case),
            _("Bis %(day)s wurde eine Antwort des Betriebsrats erwartet. Der Stand bleibt: %(state)s.")
            % {"day": day_text(case.due_on), "state": CaseState(case.state).label},
            _("Schweigen ist keine Zustimmung. Bitte sprechen Sie miteinander."),
        ),
    )


def proposed(proposal: Proposal) -> Words:
    return Words(
        _("Vorschlag des Betriebsrats: %(title)s") % {"title": proposal.title},
        (
            _("Der Betriebsrat legt Ihnen einen Vorschlag vor: %(kind)s.") % {"kind": proposal.get_kind_display()},
            proposal.text,
            _("Bitte beraten Sie darüber und antworten Sie bis %(day)s.") % {"day": day_text(proposal.answer_by)},
        ),
    )


_OWED: dict[str, Callable[[], str]] = {
    ProposalKind.PARTICIPANTS: lambda: _(
        "Zahlt der Betrieb oder stellt er frei, kann der Betriebsrat Teilnehmende vorschlagen (§ 98 Abs. 3 BetrVG)."
    ),
    ProposalKind.SURVEY: lambda: _(
        "Verlangt es der Betriebsrat, muss der Betrieb den Bildungsbedarf ermitteln und mit ihm darüber beraten "
        "(§ 96 Abs. 1 BetrVG). Ablehnen lässt sich nur der Weg, der hier vorgeschlagen ist."
    ),
    ProposalKind.JOB_SECURITY: lambda: _(
        "Der Betrieb muss den Vorschlag mit dem Betriebsrat beraten. Hält er ihn für ungeeignet, muss er das begründen "
        "(§ 92a Abs. 2 BetrVG)."
    ),
}
_WAY_OUT: dict[str, Callable[[], str]] = {
    ProposalKind.PARTICIPANTS: lambda: _(
        "Werden Sie sich über die vorgeschlagenen Teilnehmenden nicht einig, entscheidet die Einigungsstelle "
        "(§ 98 Abs. 4 BetrVG)."
    ),
    ProposalKind.SURVEY: lambda: _(
        "Werden Sie sich nicht einig, kann jede Seite die Einigungsstelle um Vermittlung bitten (§ 96 Abs. 1a BetrVG)."
    ),
    ProposalKind.JOB_SECURITY: lambda: _(
        "Zu den Beratungen kann jede Seite jemanden von der Agentur für Arbeit dazubitten (§ 92a Abs. 2 BetrVG)."
    ),
}


def owed(proposal: Proposal) -> str:
    """What the law asks of the employer here."""
    return _OWED[proposal.kind]()


def way_out(proposal: Proposal) -> str:
    """What the law offers when the two sides do not come together."""
    return _WAY_OUT[proposal.kind]()


def answered(proposal: Proposal) -> Words:
    reasons = proposal.answer or _("Die Gründe wurden im Gespräch genannt.")
    return Words(
        _("Antwort auf Ihren Vorschlag: %(title)s") % {"title": proposal.title},
        (_("Der Betrieb hat geantwortet: %(state)s.") % {"state": proposal.get_state_display()}, reasons),
    )


def withdrawn(proposal: Proposal) -> Words:
    return Words(
        _("Vorschlag zurückgezogen: %(title)s") % {"title": proposal.title},
        (_("Der Betriebsrat hat seinen Vorschlag zurückgezogen. Sie müssen nicht mehr antworten."),),
    )


def unanswered(proposal: Proposal) -> Words:
    return Words(
        _("Noch keine Antwort: %(title)s") % {"title": proposal.title},
        (
            _("Bis %(day)s wurde eine Antwort auf den Vorschlag des Betriebsrats erwartet.")
            % {"day": day_text(proposal.answer_by)},
            _("Der Vorschlag bleibt offen, bis der Betrieb geantwortet hat."),
        ),
    )
