"""Needs without an account: who may make links, look through what came in, and how machines are kept out."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.limits import Limit
from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import Role

from .models import QuickLink, QuickNeed
from .rules import coordinates, works_for
from .states import LINK, QUICK, LinkState, QuickState
from .terms import LinkKind

# --- how long what is kept ----------------------------------------------------------
UNCONFIRMED_FOR = Span(days=7)  # nobody confirmed the address: gone with everything in it
WAITS_FOR = timedelta(days=60)  # nobody in the firm looked: closed, and the sender reads it
KEPT_AFTER = Span(days=30)  # after the decision: gone; a need that came of it stays, without the sender
LINK_LASTS = timedelta(days=366)

# --- how often ----------------------------------------------------------------------
# A whole fair may sit behind one address of the venue's network, so this only stops machines.
PER_CALLER = Limit("quick-caller", 40, 600)
PER_LINK = Limit("quick-link", 240, 3600)
PER_MAILBOX = 5  # letters to one address within a day, whoever asks for them
MAILBOX_WINDOW = timedelta(days=1)
CORRECTED_AT_MOST = 5

# --- how fast -----------------------------------------------------------------------
FASTEST = timedelta(seconds=4)
OLDEST = timedelta(hours=12)

_ONCE_MORE = _("Es ist nichts verloren: Alle Angaben stehen noch hier. Bitte drücken Sie noch einmal auf „Absenden“.")


def unhurried(shown_at: datetime | None, at: datetime, *, again: bool = False) -> Verdict:
    """People take longer than a machine and shorter than a day. Who was asked once is not asked for patience again."""
    if shown_at is None or not timedelta() <= at - shown_at <= OLDEST:
        return yes_if(False, _too_old())
    return yes_if(again or at - shown_at >= FASTEST, _too_fast())


def _too_fast() -> str:
    return _("Das ging sehr schnell. Damit nur Menschen hier schreiben, fragen wir nach. %(more)s") % {
        "more": _ONCE_MORE
    }


def _too_old() -> str:
    return _("Diese Seite war lange offen. %(more)s") % {"more": _ONCE_MORE}


def left_alone(trap: str) -> Verdict:
    """A field nobody sees: what fills it in reads the page's code and not the page."""
    return yes_if(not trap, _too_fast())


def slow_down() -> str:
    said = _("Gerade kommen hier sehr viele Meldungen an. Alle Angaben stehen noch hier. Bitte senden Sie sie in ein "
             "paar Minuten noch einmal ab.")  # fmt: skip
    return str(said)


# --- links --------------------------------------------------------------------------
def hires_for(by: Person) -> frozenset[UUID]:
    return standing(by).organisations(Role.HR)


def may_make_links(by: Person) -> Verdict:
    return yes_if(
        standing(by).coordinates or bool(hires_for(by)),
        _("Links zum Melden ohne Konto machen die Personalverantwortlichen der Betriebe und die Koordination."),
    )


def may_make_link(kind: str, organisation: object, by: Person) -> Verdict:
    """The office for everything, a firm's HR for the own firm."""
    own = kind == LinkKind.FIRM and organisation in hires_for(by)
    return yes_if(standing(by).coordinates or own, _("Diesen Link macht die Koordination."))


def may_know_of_link(link: QuickLink, by: Person) -> bool:
    return standing(by).coordinates or link.organisation_id in hires_for(by)


def may_revoke(link: QuickLink, by: Person) -> Verdict:
    return yes_if(may_know_of_link(link, by), _("Diesen Link widerruft, wer ihn machen darf.")) & LINK.may(
        link.state, "revoke"
    )


def is_open(link: QuickLink, on: date) -> bool:
    return link.state == LinkState.OPEN and (link.valid_until is None or link.valid_until >= on)


def takes_reports(link: QuickLink, on: date) -> Verdict:
    return yes_if(is_open(link, on), _("Dieser Link gilt nicht mehr."))


# --- what came in -------------------------------------------------------------------
def answers_for(quick: QuickNeed, by: Person) -> bool:
    return quick.organisation_id is not None and works_for(quick.organisation_id, by)


def may_look_through(quick: QuickNeed, by: Person) -> Verdict:
    """Those who hire and plan in the firm; the office where no firm is known or nobody answers for it."""
    return yes_if(
        answers_for(quick, by) or standing(by).coordinates,
        _("Das entscheiden die Personalverantwortlichen des Betriebs."),
    )


def may_take_over(quick: QuickNeed, by: Person) -> Verdict:
    known = yes_if(quick.organisation_id is not None, _("Bitte ordnen Sie die Kurzmeldung zuerst einem Betrieb zu."))
    return may_look_through(quick, by) & QUICK.may(quick.state, "take_over") & known


def may_decline(quick: QuickNeed, by: Person) -> Verdict:
    return may_look_through(quick, by) & QUICK.may(quick.state, "decline")


def may_assign(quick: QuickNeed, by: Person) -> Verdict:
    waits = yes_if(quick.state == QuickState.WAITING, _("Diese Kurzmeldung ist schon entschieden."))
    unknown = yes_if(quick.organisation_id is None, _("Diese Kurzmeldung gehört schon zu einem Betrieb."))
    return coordinates(by) & waits & unknown


FORGETTABLE = (QuickState.UNCONFIRMED, QuickState.WAITING)
