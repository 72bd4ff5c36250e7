"""Links and QR codes under which needs are reported without an account."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from verbundwerk.base.ids import new_id
from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Alliance, Organisation, Person

from .. import rules, rules_quick
from ..models import QuickLink
from ..states import LINK, LinkState
from ..terms import LinkKind

# Without i, l, o and u: nobody mistakes one for another when typing from a poster. 12 of 32: 60 random bits.
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkData:
    kind: str
    name: str
    valid_until: date | None
    purpose: str = ""
    organisation: Organisation | None = None


@transaction.atomic
def make_link(data: LinkData, *, by: Person, at: datetime) -> QuickLink:
    require(rules_quick.may_make_link(data.kind, data.organisation.pk if data.organisation else None, by))
    link = QuickLink.objects.create(
        code=_code(new_id()), kind=data.kind, name=data.name, purpose=data.purpose, valid_until=data.valid_until,
        organisation=data.organisation, made_by=by, made_at=at,
    )  # fmt: skip
    record(by, "quick_link.made", link, at=at, kind=data.kind)
    return link


def _code(random: UUID) -> str:
    return "".join(LETTERS[random.int >> 5 * place & 31] for place in range(LENGTH))


@transaction.atomic
def revoke_link(link: QuickLink, *, by: Person, at: datetime) -> QuickLink:
    """What came in through it stays; nothing new comes."""
    require(rules_quick.may_revoke(link, by))
    LINK.advance(link, "revoke", revoked_at=at)
    record(by, "quick_link.revoked", link, at=at)
    return link


@transaction.atomic
def open_door(alliance: Alliance, *, by: Person, at: datetime) -> QuickLink:
    """The start page lets everybody report for this alliance; opening an open door changes nothing."""
    require(rules.coordinates(by))
    door, made = QuickLink.objects.get_or_create(
        alliance=alliance, kind=LinkKind.DOOR, state=LinkState.OPEN,
        defaults={"code": _code(new_id()), "name": alliance.name[:80], "made_by": by, "made_at": at},
    )  # fmt: skip
    if made:
        record(by, "quick_link.door_opened", door, at=at)
    return door


@transaction.atomic
def close_door(alliance: Alliance, *, by: Person, at: datetime) -> None:
    require(rules.coordinates(by))
    for door in QuickLink.objects.filter(alliance=alliance, kind=LinkKind.DOOR, state=LinkState.OPEN):
        revoke_link(door, by=by, at=at)
