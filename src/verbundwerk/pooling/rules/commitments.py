"""Who may commit, how a word may change, and when the phase ends. Pure."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.days import day_text
from verbundwerk.base.verdicts import YES, Verdict, no, yes_if
from verbundwerk.network.rules import Standing

from ..models import Bid, Commitment, Pool
from ..states import ANSWERING
from ..terms import Hold
from .pools import may_move

# With two firms the price would tell each of them the other's seats.
FEWEST_TO_COME_ABOUT = 3
GAP_DAYS = 7


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


def may_join(belongs: bool, walled: bool) -> Verdict:
    """`walled`: a need in the pool is kept from somebody. No firm from outside joins then, whichever it is: a refusal
    of only some would tell them that they are meant, and let anybody find out who is inside (decision 0013)."""
    return yes_if(belongs or not walled, NOT_OPEN)


def is_a_word(limit_cents: int, low: int, high: int, seats_max: int) -> Verdict:
    if limit_cents < 1:
        return no(_("Bitte nennen Sie den Betrag, den ein Platz höchstens kosten darf."))
    if not 1 <= low <= high:
        return no(_("„Mindestens“ darf nicht größer sein als „höchstens“, und ein Platz ist das Wenigste."))
    return yes_if(high <= seats_max, _("Der Kurs hat nur %(seats)d Plätze.") % {"seats": seats_max})


def counts(word: Commitment) -> bool:
    """Whether others may rely on it: without a condition of the firm's own, or with one that is met."""
    return not word.hold or word.freed_at is not None


def may_tie(pool: Pool, hold: str, until: date | None, today: date, *, own_people: bool, represented: bool) -> Verdict:
    """A condition of the firm's own: named by its own people, with a day within everybody's time."""
    if not hold:
        return YES
    if not own_people:
        return no(_("Eine weitere Bedingung kann nur der Betrieb selbst nennen."))
    if hold == Hold.COUNCIL and not represented:
        return no(_("Ihr Betrieb hat keine Interessenvertretung, die zustimmen könnte."))
    if until is None or until <= today:
        return no(_("Bitte nennen Sie einen Tag nach heute, bis zu dem sich die Bedingung klärt."))
    return yes_if(
        pool.commit_until is not None and until <= pool.commit_until,
        _("Der Tag für die Bedingung darf nicht nach dem Ende der Zusagefrist liegen."),
    )


def may_untie(old: Commitment | None, hold: str, *, own_people: bool, consented: bool) -> Verdict:
    """Who tied a word to the yes of its works council cannot go on without it, also not by saying it anew.

    Everybody but the firm hears one sentence, whatever the condition was and whatever came of it."""
    if not own_people:
        tied = (old is not None and old.hold) or not consented
        return yes_if(
            not tied, _("Der Betrieb hat eine weitere Bedingung genannt. Ändern kann er seine Zusage nur selbst.")
        )
    return yes_if(
        consented or hold == Hold.COUNCIL,
        _("Sie haben Ihre Zusage an das Ja Ihres Betriebsrats gebunden. Ohne dieses Ja können Sie nur mit derselben "
          "Bedingung zusagen."),
    )  # fmt: skip


def may_change_word(
    pool: Pool, old: Commitment | None, limit_cents: int, low: int, high: int, *, hold: str = ""
) -> Verdict:
    """After the threshold a word may only become stronger: others rely on it, if it counts."""
    if old is None or pool.threshold_at is None or not counts(old):
        return YES
    if hold and hold != old.hold:
        return no(_("Die Schwelle ist erreicht, Ihre Zusage gilt. Eine neue Bedingung kann nicht mehr dazukommen."))
    stronger = limit_cents >= old.limit_cents and low <= old.seats_low and high >= old.seats_high
    return yes_if(
        stronger,
        _("Die Schwelle ist erreicht, Ihre Zusage gilt. Sie können den Betrag und die Plätze nur noch erhöhen."),
    )


def may_withdraw_commitment(pool: Pool, own: bool, *, relied_on: bool = True) -> Verdict:
    """`relied_on`: the word counts. One that does not may always go."""
    if not own:
        return no(_("Zurückziehen kann nur, wer für den Betrieb sprechen darf."))
    if pool.threshold_at is not None and relied_on:
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
