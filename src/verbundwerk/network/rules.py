"""Who a person is today, as a plain value; and what follows from it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import YES, Verdict, no, yes_if

from .terms import Role

# Roles that act for an organisation in the training business.
STAFFING_ROLES = frozenset({Role.HR, Role.FOREMAN, Role.HOST})
REGION_ROLES = frozenset({Role.COORDINATION, Role.FINANCE})


@dataclass(frozen=True, slots=True)
class Held:
    """One mandate, without its dates."""

    role: str
    organisation: UUID
    alliance: UUID | None = None
    body: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All mandates a person holds on one day."""

    held: tuple[Held, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(one.role for one in self.held)

    def is_a(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def coordinates(self) -> bool:
        return self.is_a(Role.COORDINATION)

    def organisations(self, *roles: str) -> frozenset[UUID]:
        """Where the person holds one of these roles; every organisation when no role is named."""
        return frozenset(one.organisation for one in self.held if not roles or one.role in roles)

    @property
    def bodies(self) -> frozenset[UUID]:
        return frozenset(one.body for one in self.held if one.body)

    @property
    def alliances(self) -> frozenset[UUID]:
        return frozenset(one.alliance for one in self.held if one.alliance)


NOBODY = Standing()

# What stands where a person was who left long ago. The reserved ending never is anybody's address (RFC 2606).
NAMELESS, NAMELESS_AT = "Ehemalige Person", "@nameless.invalid"


# --- who may change what ------------------------------------------------------------
# Who keeps an organisation's page, its sites and its people in order, besides the coordination office.
KEEPING_ROLES = frozenset({Role.HR, Role.PROVIDER})
STAFF_SIDE = frozenset({Role.WORKS_COUNCIL, Role.MENTOR, Role.EMPLOYEE})
# Whom one role may bring in and let go at its own organisation. The staff elect their works council without the
# employer's hand in it (BetrVG § 20): so the council itself or the coordination office names its members, never HR.
HANDED_ON: dict[str, frozenset[str]] = {
    Role.HR: frozenset({Role.HR, Role.FOREMAN, Role.MENTOR, Role.EMPLOYEE, Role.HOST}),
    Role.PROVIDER: frozenset({Role.PROVIDER, Role.LECTURER}),
    Role.WORKS_COUNCIL: frozenset({Role.WORKS_COUNCIL, Role.MENTOR}),
}
# Held for a whole alliance, so the mandate must name one.
ALLIANCE_ROLES = frozenset({Role.COORDINATION, Role.FINANCE, Role.AUDITOR})
BODY_ROLES = frozenset({Role.GROUP_LEAD, Role.GROUP_MEMBER, Role.STEERING})


def may_coordinate(who: Standing) -> Verdict:
    return yes_if(who.coordinates, _("Das darf nur die Verbundkoordination."))


def may_keep(who: Standing, organisation: UUID) -> Verdict:
    """Change the organisation's data and sites."""
    return yes_if(
        who.coordinates or organisation in who.organisations(*KEEPING_ROLES),
        _("Das dürfen nur die Personalverantwortlichen der Organisation und die Verbundkoordination."),
    )


def roles_to_hand_on(who: Standing, organisation: UUID) -> frozenset[str]:
    if who.coordinates:
        return frozenset(Role.values)
    held = (one.role for one in who.held if one.organisation == organisation)
    return frozenset[str]().union(*(HANDED_ON.get(role, frozenset()) for role in held))


def may_hand_on(who: Standing, organisation: UUID, role: str) -> Verdict:
    """Invite somebody into a role, or give or end that mandate."""
    if role in roles_to_hand_on(who, organisation):
        return YES
    if role == Role.WORKS_COUNCIL:
        return no(_("Mitglieder des Betriebsrats benennt der Betriebsrat selbst oder die Verbundkoordination."))
    return no(_("Diese Rolle dürfen Sie in dieser Organisation nicht vergeben."))


def may_see_inside(who: Standing, organisation: UUID) -> Verdict:
    """Sites, people and mandates of an organisation: its own people and the coordination office."""
    return yes_if(
        who.coordinates or organisation in who.organisations(),
        _("Das sehen nur die Personen dieser Organisation und die Verbundkoordination."),
    )


def may_end(who: Standing, held: Held, *, own: bool) -> Verdict:
    """Anybody may lay down a mandate of their own; the coordination office hands over, it does not vanish."""
    if own and held.role == Role.COORDINATION:
        return no(_("Ihr eigenes Mandat in der Koordination beendet eine andere Person der Koordination."))
    return YES if own else may_hand_on(who, held.organisation, held.role)


def fits_together(role: str, *, alliance: bool, body: bool) -> Verdict:
    """Which roles are held in a body, for an alliance, or simply at an organisation."""
    if role in BODY_ROLES and not body:
        return no(_("Diese Rolle gehört zu einem Gremium. Bitte wählen Sie das Gremium aus."))
    if body and role not in BODY_ROLES:
        return no(_("In einem Gremium gibt es nur die Rollen Leitung, Mitglied und Steuerkreis."))
    return yes_if(
        alliance or role not in ALLIANCE_ROLES, _("Diese Rolle gilt für einen Verbund. Bitte wählen Sie ihn aus.")
    )


def is_new_to(held: Collection[str], role: str) -> Verdict:
    return yes_if(role not in held, _("Die Person hat diese Rolle schon."))


def may_see_members(who: Standing, body: UUID) -> Verdict:
    return yes_if(
        who.coordinates or body in who.bodies,
        _("Die Namen sehen die Mitglieder des Gremiums und die Verbundkoordination."),
    )


def may_see_outbox(who: Standing) -> Verdict:
    """The administrator sees that a letter is stuck and why, never what it says."""
    return yes_if(
        who.is_a(Role.COORDINATION, Role.ADMIN),
        _("Den Postausgang sehen die Verbundkoordination und die technische Administration."),
    )


def may_read_letters(who: Standing, *, secret: bool) -> Verdict:
    if secret:
        return no(_("Diese E-Mail enthält einen Code oder einen persönlichen Link. Den Inhalt zeigen wir niemandem."))
    return yes_if(who.coordinates, _("Den Inhalt von E-Mails sieht nur die Verbundkoordination."))
