"""What others may know of a pool, and who must not meet. Pure."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Verdict, no, yes_if
from verbundwerk.disclosure.rules import Contribution, Level, Part, Scope, counted
from verbundwerk.needs.models import Need

from ..models import Pool


def pool_key(pool_id: UUID) -> str:
    return f"pool/{pool_id}"


def pool_parts(members: Iterable[tuple[UUID, Need, int]]) -> list[Part]:
    """(pool, need, seats) of every member: a part for each pool, and what counts in the region's total only."""
    by_pool: dict[UUID, list[Contribution]] = {}
    quiet: list[Contribution] = []
    for pool_id, need, seats in members:
        one = Contribution(need.organisation_id, seats, need.confidentiality, walled=bool(need.hidden_from.all()))
        by_pool.setdefault(pool_id, []).append(one)
        if one.level == Level.TOPIC_ONLY:
            quiet.append(one)
    parts = [Part(pool_key(pool_id), counted(inside, Scope.DETAIL)) for pool_id, inside in by_pool.items()]
    return [*parts, Part("pool/topic only", counted(quiet, Scope.TOPIC), never=True)]


def may_be_named(*, own: bool, inside: bool, quiet: bool) -> Verdict:
    """`own`: the person speaks for the firm; `inside`: the firm is in the pool now; `quiet`: a need of it in this pool
    is not open. A level of secrecy is never lifted by a second button."""
    if not own:
        return no(_("Das entscheidet nur, wer für den Betrieb sprechen darf."))
    if not inside:
        return no(_("Nennen kann sich nur, wer in diesem Bündel dabei ist."))
    return yes_if(not quiet, _("Ihr Bedarf ist nicht offen. Ändern Sie dort zuerst, wer davon wissen darf."))


def walls_between(needs: Iterable[Need]) -> tuple[Need, Need] | None:
    """Two needs that must not meet, or None."""
    listed = list(needs)
    for one in listed:
        hidden = {firm.pk for firm in one.hidden_from.all()}
        for other in listed:
            if other.organisation_id in hidden:
                return one, other
    return None


def price_is_told(pool: Pool) -> bool:
    """The price of the moment gives the number of seats away. Before the threshold a firm could change its own word
    again and again and read the others' limits from the steps; afterwards words bind and everybody was told."""
    return pool.threshold_at is not None
