"""Talks without names: from how many people on something may be said to the firm, and what."""

from collections.abc import Hashable, Iterable
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import Role

from .models import Talk
from .states import TALK, TalkState

LEAST_PEOPLE = 3  # fewer could be recognised in the firm: then the coordination office alone reads of it
TALKS_KEPT_FOR = Span(months=24)
OPEN = (TalkState.NOTED, TalkState.PASSED_ON)
Value = TypeVar("Value", bound=Hashable)


def may_mentor(by: object) -> Verdict:
    return yes_if(
        bool(standing(by).organisations(Role.MENTOR)),
        _("Gespräche halten Weiterbildungsmentorinnen und -mentoren fest."),
    )


def mentors_at(organisation: UUID, by: object) -> Verdict:
    return yes_if(
        organisation in standing(by).organisations(Role.MENTOR),
        _("Das dürfen nur Mentorinnen und Mentoren dieses Betriebs."),
    )


def enough_people(people: int) -> Verdict:
    missing = max(LEAST_PEOPLE - people, 1)
    reason = ngettext(
        "Erst ab drei Personen, damit niemand erkannt wird. Es fehlt noch eine.",
        "Erst ab drei Personen, damit niemand erkannt wird. Es fehlen noch %(n)s.",
        missing,
    )
    return yes_if(people >= LEAST_PEOPLE, reason % {"n": missing})


def has_a_place(known: bool) -> Verdict:
    return yes_if(
        known, _("Für Ihren Betrieb ist noch kein Standort eingetragen. Das macht die Personalverantwortung.")
    )


def may_raise(talk: Talk, by: Person, *, people: int) -> Verdict:
    """Of all open talks about one topic in one firm."""
    return mentors_at(talk.organisation_id, by) & TALK.may(talk.state, "raise") & enough_people(people)


def may_pass_on(talk: Talk, by: Person) -> Verdict:
    return mentors_at(talk.organisation_id, by) & TALK.may(talk.state, "pass_on")


def may_keep_back(talk: Talk, by: Person) -> Verdict:
    return mentors_at(talk.organisation_id, by) & TALK.may(talk.state, "keep_back")


def may_delete_talk(talk: Talk, by: Person) -> Verdict:
    own = yes_if(talk.mentor_id == by.pk, _("Das darf nur, wer das Gespräch festgehalten hat."))
    open_ = yes_if(talk.state in OPEN, _("Daraus ist schon ein Bedarf geworden."))
    return own & open_


def may_read_hints(by: object) -> Verdict:
    return yes_if(standing(by).coordinates, _("Hinweise aus Gesprächen liest nur die Verbundkoordination."))


def shared(told: Iterable[tuple[Value, int]], otherwise: Value) -> Value:
    """What enough of these people have in common to be said; else what is usual, which says nothing of anybody.

    `told`: (value, people). The most frequent value counts, and only when at least three people stand behind it. O(n).
    """
    counted: dict[Value, int] = {}
    for value, people in told:
        counted[value] = counted.get(value, 0) + people
    most = max(counted, key=lambda value: counted[value], default=otherwise)
    return most if counted.get(most, 0) >= LEAST_PEOPLE else otherwise
