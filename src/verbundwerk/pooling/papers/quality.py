"""How good a plan is, in plain and honest words: the proven distance, and what it saves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.figures import number_text, whole_euro_text

from ..models import LeftOver, Plan, Proposal

WEAK = 0.15  # from here on the bound says more about our proof than about the plan


def quality_of(objective: int | None, bound: int | None) -> str:
    """One sentence about the proven gap; nothing where nothing is known."""
    if objective is None or bound is None or objective <= 0:
        return ""
    share = (objective - bound) / objective
    if share <= 0:
        return _("Besser geht es nicht: Kein anderer Plan ist günstiger. Das ist bewiesen.")
    if share < WEAK:
        return _("Dieser Plan ist nachweislich höchstens %(share)s %% vom bestmöglichen Plan entfernt.") % {
            "share": number_text(max(0.1, round(100 * share, 1)), 1)
        }
    return _(
        "Wie nah dieser Plan am bestmöglichen liegt, wissen wir noch nicht genau. Bewiesen ist nur: Kein Plan kann um "
        "mehr als %(share)d %% günstiger sein. Eine gründlichere Berechnung kann das klären."
    ) % {"share": round(100 * share)}


@dataclass(frozen=True, slots=True)
class Saving:
    """What the people of a plan save against another way: one figure, one sentence behind it."""

    cents: int
    hint: str

    @property
    def text(self) -> str:
        return whole_euro_text(self.cents)


def against_alone(plan: Plan) -> Saving:
    return _saving(plan, plan.cost_alone_cents, _("%(together)s zusammen statt %(other)s allein"))


def against_by_hand(plan: Plan) -> Saving | None:
    """None for plans that were calculated before this was looked at."""
    if not plan.by_hand:
        return None
    return _saving(plan, plan.by_hand["cost_cents"], _("%(together)s statt %(other)s, wenn jemand von Hand plant"))


def _saving(plan: Plan, other: int, hint: str) -> Saving:
    sums = {"together": whole_euro_text(plan.cost_together_cents), "other": whole_euro_text(other)}
    return Saving(other - plan.cost_together_cents, hint % sums)


def by_hand_of(plan: Plan) -> str:
    """What the spreadsheet would have reached."""
    if not plan.by_hand:
        return ""
    runs, served = (int(plan.by_hand[name]) for name in ("runs", "served"))
    courses = ngettext("%(n)d Kurs", "%(n)d Kurse", runs) % {"n": runs}
    people = ngettext("%(n)d Person", "%(n)d Personen", served) % {"n": served}
    return _(
        "Zum Vergleich: Wer von Hand plant (Thema für Thema, die größte Gruppe zuerst, der beste Termin, der nächste "
        "Raum), kommt auf %(courses)s für %(people)s."
    ) % {"courses": courses, "people": people}


def saved_alone(runs: Iterable[Proposal]) -> str:
    """The savings count courses of one firm too; whoever reads the sum as the gain of pooling should know."""
    sums = [run.cost_alone_cents - run.cost_cents for run in runs]
    if not sums:
        return ""
    return ngettext(
        "In der Ersparnis gegenüber allein buchen stecken auch %(sum)s aus %(n)d Kurs, den ein Betrieb allein füllt.",
        "In der Ersparnis gegenüber allein buchen stecken auch %(sum)s aus %(n)d Kursen, die ein Betrieb allein füllt.",
        len(sums),
    ) % {"sum": whole_euro_text(sum(sums)), "n": len(sums)}


def left_without_seat(left: Iterable[LeftOver]) -> str:
    """Needs and people: one need can leave several people without a seat, or only some of its people."""
    seats = [one.seats for one in left]
    if not seats:
        return ""
    needs = ngettext("%(n)d Bedarf", "%(n)d Bedarfen", len(seats)) % {"n": len(seats)}
    people = ngettext(
        "%(n)d Person aus %(needs)s hat in diesem Plan keinen Platz.",
        "%(n)d Personen aus %(needs)s haben in diesem Plan keinen Platz.",
        sum(seats),
    )
    return people % {"n": sum(seats), "needs": needs}


# --- while it is calculated ---------------------------------------------------------------------
def so_far(plan: Plan) -> list[str]:
    """What a waiting person can know: the best plan so far, how good it is, who has a seat."""
    told = plan.progress
    objective, bound, served = (told.get(name) for name in ("objective", "bound", "served"))
    lines = []
    if served is not None and told.get("persons"):
        lines.append(_("%(served)d von %(persons)d Personen haben einen Platz.") % {**told})
    if objective is not None:
        lines.append(
            _("Der beste Plan bis jetzt kostet %(sum)s: für Kurse, Wege, Arbeitszeit und alles, was offen bleibt.")
            % {"sum": whole_euro_text(objective * 100)}
        )
        lines.append(quality_of(objective, bound))
    return [line for line in lines if line]
