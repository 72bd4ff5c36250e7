"""Who may do what with what the workforce says: verdicts with the sentence people read."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import Role

from .models import Wish
from .states import WISH, WishState

# Who has an employer here and may wish for something; who answers.
WISHING = frozenset({Role.EMPLOYEE, Role.MENTOR, Role.WORKS_COUNCIL, Role.FOREMAN})
ANSWERING = frozenset({Role.HR})
SHOWN = frozenset({WishState.RELEASED, WishState.TAKEN, WishState.DECLINED})
KEPT_FOR = Span(months=24)
MOST_WISHES = 50

_NOT_YOURS = _("Das darf nur, wer den Wunsch aufgeschrieben hat.")
_HR_ONLY = _("Das dürfen nur die Personalverantwortlichen des Betriebs.")


def belongs_here(by: object) -> bool:
    """Whether this room has a page for this person."""
    who = standing(by)
    return bool(who.organisations(*WISHING, *ANSWERING)) or who.coordinates


def may_enter(by: object) -> Verdict:
    return yes_if(
        belongs_here(by),
        _("Diese Seite ist für Beschäftigte der Betriebe, ihre Personalverantwortlichen und die Koordination."),
    )


# --- own wishes -----------------------------------------------------------------------
def may_wish(by: object) -> Verdict:
    return yes_if(
        bool(standing(by).organisations(*WISHING)),
        _("Eigene Wünsche schreiben Beschäftigte der Betriebe auf. Ihr Zugang gehört zu keinem."),
    )


def works_at(organisation: UUID, by: object) -> Verdict:
    return yes_if(
        organisation in standing(by).organisations(*WISHING), _("Das dürfen nur Beschäftigte dieses Betriebs.")
    )


def has_room(wishes: int) -> Verdict:
    return yes_if(
        wishes < MOST_WISHES, _("Sie haben schon sehr viele Wünsche aufgeschrieben. Bitte löschen Sie zuerst einen.")
    )


def owns(wish: Wish, by: object) -> Verdict:
    return yes_if(wish.person_id == getattr(by, "pk", None), _NOT_YOURS)


def may_change(wish: Wish, by: Person) -> Verdict:
    """What others have read is not changed behind their backs: take it back first."""
    private = yes_if(
        wish.state == WishState.PRIVATE, _("Ihr Betrieb kann den Wunsch lesen. Nehmen Sie ihn zuerst zurück.")
    )
    return owns(wish, by) & private


def may_release(wish: Wish, by: Person) -> Verdict:
    return owns(wish, by) & works_at(wish.organisation_id, by) & WISH.may(wish.state, "release")


def may_take_back(wish: Wish, by: Person) -> Verdict:
    return owns(wish, by) & WISH.may(wish.state, "take_back")


def may_delete(wish: Wish, by: Person) -> Verdict:
    """At any time, whatever became of it."""
    return owns(wish, by)


# --- the firm answers -----------------------------------------------------------------
def may_answer_wishes(by: object) -> Verdict:
    return yes_if(bool(standing(by).organisations(*ANSWERING)), _HR_ONLY)


def answers_for(organisation: UUID, by: object) -> Verdict:
    return yes_if(organisation in standing(by).organisations(*ANSWERING), _HR_ONLY)


def may_take(wish: Wish, by: Person) -> Verdict:
    return answers_for(wish.organisation_id, by) & WISH.may(wish.state, "take")


def may_decline(wish: Wish, by: Person) -> Verdict:
    return answers_for(wish.organisation_id, by) & WISH.may(wish.state, "decline")


def gives_an_answer(text: str) -> Verdict:
    return yes_if(bool(text.strip()), _("Bitte schreiben Sie einen Satz dazu. Wer den Wunsch hatte, liest ihn."))
