"""Who may do what with plans and pools, and the tables a plan is built from. Pure."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from verbundwerk.base.days import day_text
from verbundwerk.base.verdicts import YES, Verdict, no, yes_if
from verbundwerk.disclosure.rules import Band, disclosed_seats
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Block, Confidentiality, Shift, Urgency
from verbundwerk.network.rules import Standing
from verbundwerk.network.terms import Role, SizeClass

from .models import Bid, Commitment, Enquiry, Plan, Pool, Proposal
from .states import ANSWERING, OPEN, POOL, EnquiryState, PlanState, PoolState

OFFICE_ONLY = _("Das entscheidet die Verbundkoordination.")
COMMITTING_ROLES = (Role.HR, Role.HOST)
FIRM_ROLES = (*COMMITTING_ROLES, Role.FOREMAN, Role.WORKS_COUNCIL)
PROVIDER_ROLES = (Role.PROVIDER, Role.HOST)
FEWEST_FIRMS = 2  # one firm alone books a course, it needs no pool
# With two firms the price would tell each of them the other's seats.
FEWEST_TO_COME_ABOUT = 3
GAP_DAYS = 7
STALE_AFTER = timedelta(minutes=15)

# --- from a need to dayparts, weeks and a penalty -----------------------------------------
# Daypart 2d is the working day d (0 = Monday), 2d + 1 its evening; 10 and 11 are Saturday.
# People are released for a day of training. Evenings are only for those who are neither at work then nor
# early the next morning after less than eleven hours of rest: late and changing shifts never (ArbZG § 5).
WORKDAYS = frozenset({0, 2, 4, 6, 8})
EVENINGS = frozenset({1, 3, 5, 7, 9})
SATURDAY = frozenset({10})
SHIFT_DAYPARTS: Mapping[str, frozenset[int]] = {
    Shift.DAY: WORKDAYS | EVENINGS,
    Shift.EARLY: WORKDAYS | EVENINGS,
    Shift.LATE: WORKDAYS,
    Shift.TWO: WORKDAYS,
    Shift.THREE: WORKDAYS,
    Shift.CONTINUOUS: WORKDAYS | SATURDAY,
    Shift.WEEKEND: WORKDAYS | EVENINGS,
}
# Half days are agreed with the provider inside a day, so a first plan does not tell them apart.
BLOCK_DAYPARTS: Mapping[str, frozenset[int]] = {
    Block.ANY: WORKDAYS | EVENINGS | SATURDAY,
    Block.HALF_DAYS: WORKDAYS | EVENINGS | SATURDAY,
    Block.DAYS: WORKDAYS | SATURDAY,
    Block.WEEK: WORKDAYS,
    Block.EVENINGS: EVENINGS,
}
SEAT_VALUE = {Urgency.URGENT: 6000, Urgency.NORMAL: 3000, Urgency.LATER: 1800}
SMALL_FIRM_FACTOR = Fraction(5, 4)


def accepted_dayparts(shift: str, block: str) -> frozenset[int]:
    """Which of the twelve dayparts suit people in this shift who want this block."""
    return SHIFT_DAYPARTS[shift] & BLOCK_DAYPARTS[block]


def accepted_weeks(window: tuple[date, date], monday: date, weeks: int, closed: Iterable[int] = ()) -> frozenset[int]:
    """Weeks, counted from `monday`, whose five working days all lie in the window (both days count)."""
    first, last = window
    mondays = {week: monday + timedelta(weeks=week) for week in range(weeks)}
    inside = {week for week, day in mondays.items() if first <= day and day + timedelta(days=4) <= last}
    return frozenset(inside - set(closed))


def penalty(urgency: int, size_class: int | None) -> int:
    """Euros a plan loses for a person left without a seat: urgency, and a quarter more for small firms."""
    small = size_class is not None and size_class < SizeClass.MEDIUM
    return int(SEAT_VALUE[Urgency(urgency)] * (SMALL_FIRM_FACTOR if small else 1))


# --- what others may know -----------------------------------------------------------------
def is_countable(need: Need) -> bool:
    """Whether a need may stand behind a figure others see: open, and walled off from nobody."""
    return need.confidentiality == Confidentiality.OPEN and not need.hidden_from.all()


def disclosed_band(members: Iterable[tuple[Need, int]], leave_out: Iterable[UUID] = ()) -> Band | None:
    """The seats of these members as others may see them: a band, or nothing."""
    seats: dict[Hashable, int] = {}
    without = set(leave_out)
    for need, count in members:
        if is_countable(need) and need.organisation_id not in without:
            seats[need.organisation_id] = seats.get(need.organisation_id, 0) + count
    return disclosed_seats(seats)


def walls_between(needs: Iterable[Need]) -> tuple[Need, Need] | None:
    """Two needs that must not meet, or None."""
    listed = list(needs)
    for one in listed:
        hidden = {firm.pk for firm in one.hidden_from.all()}
        for other in listed:
            if other.organisation_id in hidden:
                return one, other
    return None


# --- plans ----------------------------------------------------------------------------------
def coordinates(standing: Standing) -> Verdict:
    return yes_if(standing.coordinates, OFFICE_ONLY)


def may_request_plan(standing: Standing, unfinished: bool) -> Verdict:
    if not standing.coordinates:
        return no(OFFICE_ONLY)
    return yes_if(not unfinished, _("Es läuft schon eine Berechnung. Bitte warten Sie, oder halten Sie sie an."))


def may_accept(proposal: Proposal, needs: Iterable[Need]) -> Verdict:
    """`needs`: those of the proposal as they stand now."""
    if proposal.plan.state != PlanState.DONE:
        return no(_("Dieser Plan ist nicht fertig geworden."))
    if proposal.pool_id:
        return no(_("Dieser Vorschlag ist schon ein Bündel."))
    if proposal.firms < FEWEST_FIRMS:
        return no(_("Hier lernt nur ein Betrieb. Er kann den Kurs direkt beim Anbieter buchen."))
    needs = list(needs)
    return may_bundle(needs) & still_as_planned(proposal.plan, needs)


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
        return no(
            _("%(one)s und %(other)s dürfen nicht zusammenkommen: Der Betrieb hat das so festgelegt.")
            % {"one": met[0].label, "other": met[1].label}
        )
    return may_bundle(needs)


# --- pools ----------------------------------------------------------------------------------
def may_move(pool: Pool, move: str, standing: Standing) -> Verdict:
    return coordinates(standing) & POOL.may(pool.state, move)


def may_publish(pool: Pool, needs: Iterable[Need], standing: Standing) -> Verdict:
    """The public learns the topic only when at least one firm agreed to that."""
    if not standing.coordinates:
        return no(OFFICE_ONLY)
    if pool.state not in OPEN:
        return no(_("Veröffentlicht wird nur, solange noch Betriebe dazukommen können."))
    told = (need.confidentiality != Confidentiality.CONFIDENTIAL and not need.hidden_from.all() for need in needs)
    return yes_if(any(told), _("Alle Bedarfe in diesem Bündel sind vertraulich. Es bleibt deshalb unter uns."))


def may_drop(pool: Pool, organisation: UUID, standing: Standing) -> Verdict:
    """Until commitments begin; the office, or the firm itself when the pool no longer suits it."""
    if not (standing.coordinates or organisation in standing.organisations(*COMMITTING_ROLES)):
        return no(OFFICE_ONLY)
    early = pool.state in {PoolState.SOUNDING, PoolState.ENQUIRY, PoolState.BID_CHOSEN}
    return yes_if(early, _("Die Zusagen laufen schon. Wer nicht mehr dabei sein will, sagt einfach nicht zu."))


def may_ask(pool: Pool, standing: Standing, until: date | None = None, today: date | None = None) -> Verdict:
    if not standing.coordinates:
        return no(OFFICE_ONLY)
    if pool.state not in {PoolState.SOUNDING, PoolState.ENQUIRY}:
        return POOL.may(pool.state, "enquire")
    if until and today and until < today:
        return no(_("Die Antwortfrist liegt in der Vergangenheit."))
    return YES


# --- bids -----------------------------------------------------------------------------------
def may_answer(enquiry: Enquiry, standing: Standing, today: date) -> Verdict:
    """The provider until the last day; the office may still enter what came by telephone."""
    own = enquiry.provider_id in standing.organisations(*PROVIDER_ROLES)
    if not (own or standing.coordinates):
        return no(_("Diese Anfrage beantwortet der angefragte Anbieter."))
    if enquiry.state != EnquiryState.SENT:
        return no(_("Diese Anfrage ist schon beantwortet oder geschlossen."))
    in_time = standing.coordinates or today <= enquiry.answer_until
    return yes_if(in_time, _("Die Antwortfrist ist abgelaufen. Bitte rufen Sie die Verbundkoordination an."))


def may_choose(bid: Bid, standing: Standing, today: date) -> Verdict:
    verdict = may_move(bid.enquiry.pool, "choose_bid", standing)
    if not verdict:
        return verdict
    return yes_if(bid.valid_until >= today, _("Dieses Angebot gilt nicht mehr. Bitte fragen Sie den Anbieter erneut."))


# --- commitments ----------------------------------------------------------------------------
def may_open_commitments(pool: Pool, bid: Bid | None, until: date, today: date, standing: Standing) -> Verdict:
    verdict = may_move(pool, "open_commitments", standing)
    return verdict & fits_deadline(bid, until, today) if verdict else verdict


def may_extend(pool: Pool, bid: Bid | None, until: date, today: date, standing: Standing) -> Verdict:
    verdict = may_move(pool, "extend", standing)
    if not verdict:
        return verdict
    if pool.threshold_at:
        return no(_("Die Schwelle ist erreicht, die Betriebe rechnen mit der genannten Frist."))
    if pool.commit_until and until <= pool.commit_until:
        return no(_("Die neue Frist muss nach der alten liegen."))
    return fits_deadline(bid, until, today)


def fits_deadline(bid: Bid | None, until: date, today: date) -> Verdict:
    if bid is None:
        return no(_("Es ist noch kein Angebot gewählt."))
    if until < today:
        return no(_("Die Zusagefrist liegt in der Vergangenheit."))
    if until > bid.valid_until:
        return no(_("Das Angebot gilt nur bis %(day)s. So lange darf auch die Frist höchstens laufen.")
                  % {"day": day_text(bid.valid_until)})  # fmt: skip
    return yes_if(until < bid.starts_on, _("Die Zusagefrist muss vor dem ersten Kurstag enden."))


NOT_OPEN = _("Dieses Bündel ist nicht für weitere Betriebe geöffnet.")


def may_commit(pool: Pool, belongs: bool, own: bool, today: date) -> Verdict:
    """`belongs`: a need of the firm is in the pool; `own`: the person speaks for the firm (or is the office)."""
    if not own:
        return no(_("Zusagen kann nur, wer für den Betrieb sprechen darf."))
    if not (belongs or pool.published):
        return no(NOT_OPEN)
    if pool.state not in ANSWERING:
        return no(_("Zusagen sind jetzt nicht möglich: Der Stand ist „%(state)s“.")
                  % {"state": pool.get_state_display()})  # fmt: skip
    open_still = pool.commit_until is not None and today <= pool.commit_until
    return yes_if(open_still, _("Die Zusagefrist ist abgelaufen."))


def may_join(belongs: bool, walled_off: bool) -> Verdict:
    """A firm from outside does not meet a firm that keeps a need from it. Nobody learns that this is why."""
    return yes_if(belongs or not walled_off, NOT_OPEN)


def is_a_word(limit_cents: int, low: int, high: int, seats_max: int) -> Verdict:
    if limit_cents < 1:
        return no(_("Bitte nennen Sie den Betrag, den ein Platz höchstens kosten darf."))
    if not 1 <= low <= high:
        return no(_("„Mindestens“ darf nicht größer sein als „höchstens“, und ein Platz ist das Wenigste."))
    return yes_if(high <= seats_max, _("Der Kurs hat nur %(seats)d Plätze.") % {"seats": seats_max})


def may_change_word(pool: Pool, old: Commitment | None, limit_cents: int, low: int, high: int) -> Verdict:
    """After the threshold a word may only become stronger: others rely on it."""
    if old is None or pool.threshold_at is None:
        return YES
    stronger = limit_cents >= old.limit_cents and low <= old.seats_low and high >= old.seats_high
    return yes_if(
        stronger,
        _("Die Schwelle ist erreicht, Ihre Zusage gilt. Sie können den Betrag und die Plätze nur noch erhöhen."),
    )


def may_withdraw_commitment(pool: Pool, own: bool) -> Verdict:
    if not own:
        return no(_("Zurückziehen kann nur, wer für den Betrieb sprechen darf."))
    if pool.threshold_at is not None:
        return no(
            _("Die Schwelle ist erreicht, alle Zusagen sind verbindlich. Bitte rufen Sie die Verbundkoordination an.")
        )
    return yes_if(pool.state in ANSWERING, _("Die Zusagephase ist vorbei."))


def may_close(pool: Pool, standing: Standing, today: date, *, everybody_answered: bool) -> Verdict:
    """Not before the last day firms were told (decision 0004), unless nobody is left to answer."""
    verdict = may_move(pool, "come_about", standing)
    if not verdict or everybody_answered or pool.commit_until is None or today > pool.commit_until:
        return verdict
    return no(_("Die Betriebe haben bis %(day)s Zeit. Vorher schließt die Phase nur, wenn alle geantwortet haben.")
              % {"day": day_text(pool.commit_until)})  # fmt: skip


def whole_cents(exact: Fraction) -> int:
    """A price per seat, rounded up to the cent. Limits are whole cents, so it never passes a limit it was below."""
    return -(-exact.numerator // exact.denominator)


def price_is_told(pool: Pool) -> bool:
    """The price of the moment gives the number of seats away. Before the threshold a firm could change its own word
    again and again and read the others' limits from the steps; afterwards words bind and everybody was told."""
    return pool.threshold_at is not None
