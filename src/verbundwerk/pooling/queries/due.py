"""What is due, and what waits for whom."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from verbundwerk.base.lines import Kind, Line, most_pressing
from verbundwerk.network.queries import standing

from .. import rules
from ..models import Commitment, Enquiry, Plan, Pool, Proposal
from ..states import OPEN, BidState, CommitmentState, EnquiryState, PlanState, PoolState
from ..terms import Hold
from .changes import agreed_since_the_last_plan, changes_waiting
from .plans import joint_among


def running_since(moment: datetime) -> list[Plan]:
    """Plans that gave no sign of life since then."""
    working = [PlanState.RUNNING, PlanState.STOPPING]
    started = Plan.objects.filter(state__in=working, started_at__lt=moment).defer("problem", "result")
    return [plan for plan in started if plan.progress.get("at", "") < moment.isoformat()]


def commitments_to_close(today: date) -> list[Pool]:
    return list(Pool.objects.filter(state=PoolState.COMMITTING, commit_until__lt=today).order_by("number"))


def enquiries_waiting(person: Any) -> list[Enquiry]:
    providers = standing(person).organisations(*rules.PROVIDER_ROLES)
    if not providers:
        return []
    rows = Enquiry.objects.filter(provider__in=providers, state=EnquiryState.SENT)
    return list(rows.select_related("pool__topic").order_by("answer_until"))


def bids_under_way(person: Any) -> list[Enquiry]:
    """What own providers have offered for pools that still look for their price or their firms."""
    providers = standing(person).organisations(*rules.PROVIDER_ROLES)
    if not providers:
        return []
    alive = Q(bid__state=BidState.SUBMITTED) | Q(bid__state=BidState.ACCEPTED, pool__state__in=OPEN)
    rows = Enquiry.objects.filter(alive, provider__in=providers)
    return list(rows.select_related("pool__topic", "bid").order_by("bid__starts_on", "pk"))


def commitments_waiting(person: Any) -> list[Pool]:
    """Pools in which a firm of this person has a need and has not answered."""
    firms = standing(person).organisations(*rules.COMMITTING_ROLES)
    if not firms:
        return []
    answered = Commitment.objects.filter(organisation__in=firms).values("pool")
    rows = Pool.objects.filter(members__need__organisation__in=firms, state__in=[PoolState.COMMITTING, PoolState.GAP])
    return list(rows.exclude(pk__in=answered).select_related("topic").distinct().order_by("commit_until"))


def conditions_to_clear(person: Any) -> list[Commitment]:
    """Words of own firms that wait for something the firm clears up itself."""
    firms = standing(person).organisations(*rules.COMMITTING_ROLES)
    held = Commitment.objects.filter(organisation__in=firms, state=CommitmentState.STANDING, hold=Hold.OWN)
    return list(held.filter(freed_at=None).select_related("pool__topic").order_by("hold_until", "pk"))


def pools_for_the_office() -> list[Pool]:
    waiting = [PoolState.SOUNDING, PoolState.ENQUIRY, PoolState.BID_CHOSEN, PoolState.GAP]
    rows = Pool.objects.filter(state__in=waiting).select_related("topic")
    return list(rows.annotate(answers=Count("enquiries", filter=Q(enquiries__state="answered"))).order_by("number"))


# --- for the page of today ------------------------------------------------------------------------
LINES = 5  # of one kind on somebody's page of today


def waiting_for(person: Any, at: datetime) -> list[Line]:
    """What waits for this person in this room."""
    day = timezone.localdate(at)
    office = _office_lines(day) if standing(person).coordinates else []
    return [*office, *_firm_lines(person, day), *_provider_lines(person, day)]


def _office_lines(day: date) -> list[Line]:
    lines = [_office_line(pool, day) for pool in pools_for_the_office()]
    lines += _agreed_lines()
    lines += [_done_line(plan, day) for plan in _fresh_plans(day)]
    return most_pressing((line for line in lines if line is not None), limit=LINES)


def _office_line(pool: Pool, day: date) -> Line | None:
    """Nothing waits while a deadline of others is still running."""
    words, due = NEXT_FOR_THE_OFFICE[pool.state], None
    if pool.state == PoolState.ENQUIRY:
        due = pool.bids_until
        if not pool.answers and due and due >= day:  # type: ignore[attr-defined]  # annotated
            return None
    if pool.state == PoolState.GAP:
        due = pool.commit_until
    kind: Kind = "late" if due and due < day else "waits"
    text = words % {"label": pool.label, "title": pool.name}
    return Line(text, _address(pool), due, kind, 8 if pool.state == PoolState.GAP else 6)


def _fresh_plans(day: date) -> list[Plan]:
    """The newest plan, as long as there is something left in it to take; after two weeks the region looks different."""
    done = Plan.objects.filter(state=PlanState.DONE, requested_at__date__gte=day - timedelta(days=14))
    plan = done.defer("problem", "result").order_by("-requested_at").first()
    return [plan] if plan is not None and _left_in(plan, day).exists() else []


def _left_in(plan: Plan, day: date) -> QuerySet[Proposal]:
    """What can still become a pool, or join one, and has not."""
    return joint_among(Proposal.objects.filter(plan=plan, pool=None, joined_at=None, starts_on__gt=day))


def _done_line(plan: Plan, day: date) -> Line:
    count = _left_in(plan, day).count()
    text = ngettext("%(count)d Bündelvorschlag wartet", "%(count)d Bündelvorschläge warten", count) % {"count": count}
    return Line(text, reverse("pooling:plan", args=[plan.pk]), weight=7)


def _agreed_lines() -> list[Line]:
    count = agreed_since_the_last_plan()
    text = ngettext(
        "%(count)d Betrieb hat Ja gesagt: neu berechnen", "%(count)d Betriebe haben Ja gesagt: neu berechnen", count
    )
    return [Line(text % {"count": count}, reverse("pooling:plans"), weight=7)] if count else []


def _question_lines(person: Any, day: date) -> list[Line]:
    return [
        Line(
            gettext("Eine Frage zu Ihrem Bedarf %(label)s") % {"label": one.need.label},
            reverse("pooling:change", args=[one.pk]),
            one.answer_until,
            _kind(one.answer_until, day),
            7,
        )
        for one in changes_waiting(person)[:LINES]
    ]


def _firm_lines(person: Any, day: date) -> list[Line]:
    text = gettext("Sind Sie dabei? %(title)s")
    asked = [
        Line(text % {"title": pool.name}, _address(pool), pool.commit_until, _kind(pool.commit_until, day), 8)
        for pool in commitments_waiting(person)[:LINES]
    ]
    tied = [_condition_line(word, day) for word in conditions_to_clear(person)[:LINES]]
    return [*_question_lines(person, day), *asked, *tied]


def _condition_line(word: Commitment, day: date) -> Line:
    text = gettext("Bedingung Ihrer Zusage klären: %(title)s") % {"title": word.pool.name}
    return Line(text, _address(word.pool), word.hold_until, _kind(word.hold_until, day), 7)


def _provider_lines(person: Any, day: date) -> list[Line]:
    text = gettext("Anfrage beantworten: %(title)s")
    offered = [_bid_line(enquiry) for enquiry in bids_under_way(person)[:LINES]]
    return offered + [
        Line(
            text % {"title": enquiry.pool.name},
            reverse("pooling:enquiry", args=[enquiry.pk]),
            enquiry.answer_until,
            _kind(enquiry.answer_until, day),
            7,
        )
        for enquiry in enquiries_waiting(person)[:LINES]
    ]


def _bid_line(enquiry: Enquiry) -> Line:
    """Nothing to do: only so that a bid is not out of sight while others decide."""
    text = gettext("Ihr Angebot für „%(title)s“: %(state)s")
    told = text % {"title": enquiry.pool.name, "state": enquiry.bid.get_state_display()}
    return Line(told, reverse("pooling:enquiry", args=[enquiry.pk]), None, "news", 4)


def _kind(due: date | None, day: date) -> Kind:
    return "late" if due and due < day else "waits"


def _address(pool: Pool) -> str:
    return reverse("pooling:pool", args=[pool.pk])


NEXT_FOR_THE_OFFICE: dict[str, Any] = {
    PoolState.SOUNDING: gettext_lazy("%(label)s: Anbieter fragen für „%(title)s“"),
    PoolState.ENQUIRY: gettext_lazy("%(label)s: Angebote ansehen und eins wählen für „%(title)s“"),
    PoolState.BID_CHOSEN: gettext_lazy("%(label)s: Zusagen eröffnen für „%(title)s“"),
    PoolState.GAP: gettext_lazy("%(label)s: Lücke schließen bei „%(title)s“"),
}
