"""Who a person is today, as a plain value; and what follows from it."""

from dataclasses import dataclass
from uuid import UUID

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
