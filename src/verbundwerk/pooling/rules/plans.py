"""Who may ask for a plan, and what may become a pool. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from verbundwerk.base.days import day_text
from verbundwerk.base.verdicts import YES, Verdict, no, yes_if
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.rules import Standing

from ..models import Plan, Pool, PoolMember, Proposal
from ..models.steering import NEEDED
from ..states import GROWING, PlanState
from ..terms import SteeringKind
from .common import OFFICE_ONLY
from .shown import walls_between

FEWEST_FIRMS = 2  # one firm alone books a course, it needs no pool
STALE_AFTER = timedelta(minutes=5)
NOT_TOGETHER = _("%(one)s und %(other)s dürfen nicht zusammenkommen: Der Betrieb hat das so festgelegt.")
ONE_AT_A_TIME = no(_("Es läuft schon eine Berechnung. Bitte warten Sie, oder halten Sie sie an."))


def may_request_plan(standing: Standing, unfinished: bool) -> Verdict:
    if not standing.coordinates:
        return no(OFFICE_ONLY)
    return ONE_AT_A_TIME if unfinished else YES


def may_accept(proposal: Proposal, needs: Iterable[Need], today: date) -> Verdict:
    """`needs`: those of the proposal as they stand now."""
    if proposal.plan.state != PlanState.DONE:
        return no(_("Dieser Plan ist nicht fertig geworden."))
    if proposal.taken:
        return no(_("Dieser Vorschlag ist schon angenommen."))
    if proposal.starts_on <= today:
        text = _("Dieser Kurs hätte am %(day)s begonnen. Bitte berechnen Sie die Vorschläge neu.")
        return no(text % {"day": day_text(proposal.starts_on)})
    if proposal.grows is None and proposal.firms < FEWEST_FIRMS:
        return no(_("Hier lernt nur ein Betrieb. Er kann den Kurs direkt beim Anbieter buchen."))
    needs = list(needs)
    return may_bundle(needs) & still_as_planned(proposal.plan, needs)


def may_grow(pool: Pool, members: Iterable[PoolMember], needs: Iterable[Need], seats: int) -> Verdict:
    """Whether `needs` with so many people may join: before a price is settled, and while there is room."""
    members = list(members)
    if pool.state not in GROWING:
        return no(_("%(pool)s nimmt niemanden mehr auf: %(state)s.")
                  % {"pool": pool.label, "state": pool.get_state_display()})  # fmt: skip
    free = pool.seats_max - sum(one.seats for one in members)
    if seats > free:
        return no(_("In %(pool)s sind nur noch %(free)d Plätze frei.") % {"pool": pool.label, "free": max(0, free)})
    if met := walls_between([*(one.need for one in members), *needs]):
        return no(NOT_TOGETHER % {"one": met[0].label, "other": met[1].label})
    return YES


def still_as_planned(plan: Plan, needs: Iterable[Need]) -> Verdict:
    """A firm may put its need right until it is bundled; what was planned before that is no longer what it wants."""
    since = plan.started_at or plan.requested_at
    changed = [need.label for need in needs if need.changed_at and need.changed_at > since]
    text = ngettext(
        "%(needs)s hat sich seit der Berechnung geändert. Bitte berechnen Sie die Vorschläge neu.",
        "%(needs)s haben sich seit der Berechnung geändert. Bitte berechnen Sie die Vorschläge neu.",
        len(changed),
    )
    return yes_if(not changed, text % {"needs": ", ".join(changed)})


def may_bundle(needs: Iterable[Need]) -> Verdict:
    gone = [need for need in needs if need.state != NeedState.IN_POOL]
    if not gone:
        return YES
    words = ", ".join(f"{need.label} ({need.get_state_display()})" for need in gone)
    return no(
        ngettext(
            "Ein Bedarf ist nicht mehr frei: %(needs)s. Bitte berechnen Sie die Vorschläge neu.",
            "Diese Bedarfe sind nicht mehr frei: %(needs)s. Bitte berechnen Sie die Vorschläge neu.",
            len(gone),
        )
        % {"needs": words}
    )


def may_merge(needs: list[Need]) -> Verdict:
    if len({need.organisation_id for need in needs}) < FEWEST_FIRMS:
        return no(_("Ein Bündel braucht Bedarfe aus mindestens zwei Betrieben."))
    if met := walls_between(needs):
        return no(NOT_TOGETHER % {"one": met[0].label, "other": met[1].label})
    return may_bundle(needs)


# --- steering -----------------------------------------------------------------------------------
def may_steer(plan: Plan, standing: Standing) -> Verdict:
    if not standing.coordinates:
        return no(OFFICE_ONLY)
    return yes_if(plan.state == PlanState.DONE, _("Vorgaben macht man zu einem Plan, der fertig ist."))


def makes_sense(kind: str, values: Mapping[str, Any]) -> Verdict:
    """Whether an instruction says what its kind has to say."""
    if any(values.get(name) is None for name in NEEDED[SteeringKind(kind)]):
        return no(_("Bei dieser Vorgabe fehlt eine Angabe."))
    if kind == SteeringKind.APART and values["firm"] == values["other_firm"]:
        return no(_("Bitte wählen Sie zwei verschiedene Betriebe."))
    pooled = kind == SteeringKind.KEEP and values["proposal"].pool_id
    return yes_if(not pooled, _("Dieser Kurs ist schon ein Bündel. Er bleibt, wie er ist."))
