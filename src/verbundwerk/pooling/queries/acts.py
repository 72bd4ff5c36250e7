"""How a need goes on in this room, and what its reader is awaited for; `needs.queries` asks for both."""

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.needs.models import Need
from verbundwerk.needs.queries import Act, NextStep
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import rules
from ..models import ChangeRequest, Commitment, Pool
from ..states import ANSWERING, ChangeState, CommitmentState, PoolState

# The office asks providers, chooses a bid, opens the commitments.
OFFICE_TURNS = (PoolState.PROPOSED, PoolState.SOUNDING, PoolState.BID_CHOSEN)


def change_asked(need: Need) -> ChangeRequest | None:
    """The question about this need that still waits for its firm."""
    return ChangeRequest.objects.filter(need=need, state=ChangeState.ASKED).order_by("answer_until").first()


def act_at(need: Need, person: Person) -> Act | None:
    who = standing(person)
    speaks = need.organisation_id in who.organisations(*rules.COMMITTING_ROLES)
    if speaks and (asked := change_asked(need)) and rules.may_answer_change(asked, who, clock.today()):
        return Act(_("Antworten"), reverse("pooling:change", args=[asked.pk]))
    pools = Pool.objects.filter(members__need=need, state__in=(*OFFICE_TURNS, *ANSWERING))
    pool = pools.order_by("opened_at", "number").last()
    if pool is None:
        return None
    page = reverse("pooling:pool", args=[pool.pk])
    if pool.state in OFFICE_TURNS:
        return Act(_("Zum Bündel"), page) if who.coordinates else None
    awaited = rules.may_commit(pool, belongs=True, own=speaks, today=clock.today()) and not _answered(pool, need)
    return Act(_("Zusagen oder absagen"), page) if awaited else None


def _answered(pool: Pool, need: Need) -> bool:
    standing_word = Q(state=CommitmentState.STANDING)
    return Commitment.objects.filter(standing_word, pool=pool, organisation=need.organisation_id).exists()


# --- how it goes on, for everybody who may read the need ---------------------------------------
_STEPS: dict[str, tuple[Promise, Promise]] = {
    PoolState.ENQUIRY: (_("Anbieter sind gefragt und nennen Preis und Termine."), _("Die Anbieter")),
    PoolState.BID_CHOSEN: (
        _("Ein Angebot ist gewählt. Als Nächstes fragen wir die Betriebe, ob sie dabei sind."), _("Die Koordination"),
    ),
    PoolState.CAME_ABOUT: (_("Der Kurs kommt zustande und wird gerade angelegt."), _("Die Koordination")),
}  # fmt: skip
_SAID = (_("Der Betrieb hat geantwortet. Jetzt kommt es auf die anderen Betriebe an."), _("Die anderen Betriebe"))
_ASKED = (_("Preis und Termine liegen vor. Als Nächstes sagt der Betrieb zu oder ab."), _("Der Betrieb"))


def step_at(need: Need) -> NextStep | None:
    """What every firm of a pool reads at the same moment, but for its own answer; never anything about another firm."""
    pool = Pool.objects.filter(members__need=need, state__in=(*_STEPS, *ANSWERING)).order_by("number").last()
    if pool is None:
        return None
    if pool.state in ANSWERING:
        return NextStep(*(_SAID if _answered(pool, need) else _ASKED), pool.commit_until)
    return NextStep(*_STEPS[pool.state], pool.bids_until if pool.state == PoolState.ENQUIRY else None)
