"""Who counts as an outsider, and who may read who looked."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.journal.sight import Pair
from verbundwerk.network.rules import Standing
from verbundwerk.network.terms import Role

LOOKS_KEPT = Span(months=12)
QUARTER = 15 * 60
# Who is shown lists over all firms. Everybody else's lists hold only what is their own.
ACROSS = (Role.COORDINATION, Role.FINANCE, Role.ADMIN, Role.DATA_PROTECTION)
# Who speaks for a firm's or provider's data.
FIRM_ROLES = frozenset({Role.HR, Role.HOST, Role.PROVIDER})


def quarter_of(at: datetime) -> int:
    return int(at.timestamp()) // QUARTER


def from_outside(pair: Pair, viewer: UUID, who: Standing) -> bool:
    """Nobody looks from outside at themselves or inside their own firm."""
    organisation, person = pair
    if person == viewer or (organisation is not None and organisation in who.organisations()):
        return False
    return pair != (None, None) or who.is_a(*ACROSS)


def looked_at(pairs: Iterable[Pair], viewer: UUID, who: Standing) -> set[Pair]:
    return {pair for pair in pairs if from_outside(pair, viewer, who)}


def people_listed(lists: Iterable[Iterable[Pair]]) -> Counter[UUID | None]:
    """Of how many people of each firm a page was a list. One person alone is no list."""
    counted = Counter(firm for shown in lists for firm, _person in shown)
    return Counter({firm: count for firm, count in counted.items() if count > 1})


def role_of(who: Standing) -> str:
    """The role in which somebody sees most of others comes first."""
    widest = (*ACROSS, Role.PROVIDER, Role.LECTURER, *Role.values)
    return next((role for role in widest if role in who.roles), "")


def may_see_looks_at_firm(who: Standing) -> Verdict:
    return yes_if(
        bool(who.organisations(*FIRM_ROLES)),
        _("Das sehen die Personalverantwortlichen eines Betriebs und die Bildungsanbieter für ihre eigenen Daten."),
    )


def may_see_all_looks(who: Standing) -> Verdict:
    return yes_if(who.is_a(Role.DATA_PROTECTION), _("Das sieht nur die oder der Datenschutzbeauftragte."))


def names_something(what: Collection[str]) -> Verdict:
    return yes_if(bool(what), _("Bitte kreuzen Sie an, was gelöscht werden soll."))
