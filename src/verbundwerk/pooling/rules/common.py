"""Who speaks for whom in this room, and money in whole cents."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.network.rules import Standing
from verbundwerk.network.terms import Role

OFFICE_ONLY = _("Das entscheidet die Verbundkoordination.")
COMMITTING_ROLES = (Role.HR, Role.HOST)
FIRM_ROLES = (*COMMITTING_ROLES, Role.FOREMAN, Role.WORKS_COUNCIL)
PROVIDER_ROLES = (Role.PROVIDER, Role.HOST)


def coordinates(standing: Standing) -> Verdict:
    return yes_if(standing.coordinates, OFFICE_ONLY)


def whole_cents(exact: Fraction) -> int:
    """A price per seat, rounded up to the cent. Limits are whole cents, so it never passes a limit it was below."""
    return -(-exact.numerator // exact.denominator)
