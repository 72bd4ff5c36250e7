"""Who may do what with a need, and when: verdicts with the sentence people read beside the grey button."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.rules import STAFFING_ROLES
from verbundwerk.network.terms import Role

from .models import Evaluation, ImportBatch, Need
from .states import IMPORT, NEED, OPEN, NeedState
from .terms import Source

KEPT_FOR = timedelta(days=365)
ASKED_BEFORE = timedelta(days=30)
CHECKED_WITHIN = timedelta(days=7)
IMPORTS_KEPT_FOR = Span(days=14)
# What stands where somebody's own words were, once their time is over.
FORGOTTEN = "(gelöscht)"
# Who may write down a need for an organisation; an employee's own wish is a thing of its own.
RAISING_ROLES = frozenset({*STAFFING_ROLES, Role.WORKS_COUNCIL, Role.MENTOR})
# Drafts of works council and mentors are theirs alone until they hand them in.
OPEN_TO_THE_FIRM = (Source.HR, Source.ADVICE, Source.SURVEY)
MOVABLE = frozenset({NeedState.DRAFT, NeedState.SUBMITTED})
KEEPABLE = frozenset({NeedState.DRAFT, *OPEN, NeedState.UNPOOLABLE})
EDITABLE = KEEPABLE
# What the office looked at when it checked: after a change of these it looks again.
WEIGHTY = frozenset({"topic_text", "topic_id", "level", "window_from", "window_until"})

_NOT_YOURS = _("Das dürfen nur die Personalverantwortlichen des Betriebs und die Koordination.")
_COORDINATION_ONLY = _("Das übernimmt die Koordination.")


# --- who ----------------------------------------------------------------------------
def works_for(organisation: UUID, by: Person, roles: frozenset[str] = STAFFING_ROLES) -> bool:
    return organisation in standing(by).organisations(*roles)


def raised(need: Need, by: Person) -> bool:
    """Whoever raised it, as long as this person still belongs to the firm or coordinates the region."""
    who = standing(by)
    return need.raised_by_id == by.pk and (need.organisation_id in who.organisations() or who.coordinates)


def may_know_of(need: Need, by: Person) -> bool:
    """The same question `queries.needs_visible_to` answers for lists; a test keeps the two together."""
    draft = need.state == NeedState.DRAFT
    if raised(need, by):
        return True
    if standing(by).coordinates and not draft:
        return True
    if works_for(need.organisation_id, by) and (not draft or need.source in OPEN_TO_THE_FIRM):
        return True
    return works_for(need.organisation_id, by, frozenset({Role.WORKS_COUNCIL})) and not draft


def may_act(need: Need, by: Person) -> Verdict:
    acts = raised(need, by) or standing(by).coordinates or works_for(need.organisation_id, by)
    return yes_if(acts and may_know_of(need, by), _NOT_YOURS)


def coordinates(by: Person) -> Verdict:
    return yes_if(standing(by).coordinates, _COORDINATION_ONLY)


def source_of(organisation: UUID, by: Person) -> Source:
    """From where a need comes when this person writes it down."""
    if works_for(organisation, by):
        return Source.HR
    if works_for(organisation, by, frozenset({Role.WORKS_COUNCIL})):
        return Source.WORKS_COUNCIL
    if works_for(organisation, by, frozenset({Role.MENTOR})):
        return Source.MENTOR
    return Source.ADVICE


# --- what ---------------------------------------------------------------------------
def may_raise(organisation: UUID, by: Person) -> Verdict:
    return yes_if(
        standing(by).coordinates or works_for(organisation, by, RAISING_ROLES),
        _("Einen Bedarf melden für einen Betrieb dessen Personalverantwortliche, Betriebsrat oder Mentorinnen "
          "und Mentoren sowie die Koordination."),
    )  # fmt: skip


def may_raise_somewhere(by: Person) -> Verdict:
    return yes_if(
        standing(by).coordinates or bool(standing(by).organisations(*RAISING_ROLES)),
        _("Ihr Zugang gehört zu keinem Betrieb, für den Sie Bedarfe melden können."),
    )


def leads_to_the_form(visitor: object) -> bool:
    """Whether „Bedarf melden“ leads this visitor anywhere: whoever has not signed in yet is asked to."""
    return not isinstance(visitor, Person) or bool(may_raise_somewhere(visitor))


def may_edit(need: Need, by: Person) -> Verdict:
    return may_act(need, by) & yes_if(need.state in EDITABLE, _NOT_NOW.get(NeedState(need.state), _ENDED))


_ENDED = _("Dieser Bedarf ist beendet. Melden Sie ihn neu, wenn Sie ihn wieder brauchen.")
_FIXED = _("Der Kurs steht schon fest. Was sich geändert hat, sagen Sie bitte der Koordination.")
_NOT_NOW = {
    NeedState.BUNDLED: _(
        "Der Bedarf steht mit anderen in einem Bündel. Bitte sagen Sie der Koordination, was sich geändert hat."
    ),
    NeedState.COVERED: _FIXED,
    NeedState.EVALUATED: _FIXED,
}


def corrects(need: Need, by: Person) -> bool:
    """The office changes what a firm has written; what it wrote down itself is its own."""
    return standing(by).coordinates and need.raised_by_id != by.pk and not works_for(need.organisation_id, by)


def says_why(need: Need, by: Person, reason: str) -> Verdict:
    return yes_if(
        not corrects(need, by) or bool(reason.strip()),
        _("Bitte schreiben Sie, warum Sie das ändern. Der Betrieb liest diesen Satz."),
    )


def keeps_a_topic(need: Need, topic: UUID | None, by: Person) -> Verdict:
    """Nobody looks again after the office: what it has checked cannot lose its topic."""
    return yes_if(
        topic is not None or need.state in MOVABLE or not corrects(need, by),
        _("Ein geprüfter Bedarf braucht ein Thema. Bitte wählen Sie eines."),
    )


def asks_for_another_look(need: Need, changed: Collection[str], by: Person) -> bool:
    """The firm has changed what the office had looked at."""
    return need.state in EDITABLE - MOVABLE and not corrects(need, by) and not WEIGHTY.isdisjoint(changed)


def may_choose_topic(need: Need, by: Person) -> Verdict:
    return may_act(need, by) & yes_if(
        need.state in MOVABLE, _("Die Koordination hat dem Bedarf schon ein Thema zugeordnet.")
    )


def may_agree(need: Need, by: Person) -> Verdict:
    """Only while it waits for partners: what is bundled is no longer the firm's alone to change."""
    return may_act(need, by) & yes_if(need.state == NeedState.IN_POOL, _NOT_WAITING)


_NOT_WAITING = _("Der Bedarf wartet nicht mehr auf Partner.")


def may_submit(need: Need, by: Person) -> Verdict:
    return may_act(need, by) & NEED.may(need.state, "submit")


def still_ahead(need: Need, on: date) -> Verdict:
    return yes_if(need.window_until >= on, _("Der Zeitraum ist schon vorbei. Bitte geben Sie einen neuen an."))


def may_withdraw(need: Need, by: Person) -> Verdict:
    return may_act(need, by) & _not_in_a_pool(need) & NEED.may(need.state, "withdraw")


def may_cover_elsewhere(need: Need, by: Person) -> Verdict:
    return may_act(need, by) & _not_in_a_pool(need) & NEED.may(need.state, "cover_elsewhere")


def _not_in_a_pool(need: Need) -> Verdict:
    return yes_if(
        need.state != NeedState.BUNDLED,
        _("Der Bedarf steht in einem Bündel. Bitte sagen Sie der Koordination, dass Sie aussteigen möchten."),
    )


def may_keep(need: Need, by: Person) -> Verdict:
    return may_act(need, by) & yes_if(
        need.state in KEEPABLE, _("Dieser Bedarf läuft nicht mehr ab, hier ist nichts zu tun.")
    )


def may_check(need: Need, by: Person) -> Verdict:
    return coordinates(by) & NEED.may(need.state, "check")


def may_release(need: Need, by: Person) -> Verdict:
    return coordinates(by) & NEED.may(need.state, "release") & has_topic(need)


def may_take_back(need: Need, by: Person) -> Verdict:
    """What was released too fast; a need in a pool is taken out of the pool instead."""
    return coordinates(by) & yes_if(need.state == NeedState.IN_POOL, _NOT_WAITING)


def has_topic(need: Need) -> Verdict:
    return yes_if(need.topic_id is not None, _("Bitte ordnen Sie dem Bedarf zuerst ein Thema zu."))


def may_set_aside(need: Need, by: Person) -> Verdict:
    return coordinates(by) & NEED.may(need.state, "set_aside")


def gives_reason(reason: str) -> Verdict:
    return yes_if(bool(reason.strip()), _("Bitte nennen Sie einen Grund."))


# --- did the course fit? ------------------------------------------------------------
REMINDED_AFTER = timedelta(days=14)
ASKED_FOR = timedelta(days=60)  # so long the question stands on the firm's page of today; answering stays possible


def was_asked(evaluation: Evaluation | None) -> Verdict:
    return yes_if(evaluation is not None, _("Danach fragen wir, wenn der Kurs abgeschlossen ist."))


def may_evaluate(need: Need, evaluation: Evaluation | None, by: Person) -> Verdict:
    """Whoever acts for the firm; the office notes down what it is told on the telephone."""
    return may_act(need, by) & was_asked(evaluation) & NEED.may(need.state, "evaluate")


# --- lists people bring -------------------------------------------------------------
def may_import(by: Person) -> Verdict:
    return yes_if(
        standing(by).coordinates or bool(standing(by).organisations(*STAFFING_ROLES)),
        _("Listen übernehmen die Personalverantwortlichen der Betriebe und die Koordination."),
    )


def may_import_for(organisation: UUID | None, by: Person) -> Verdict:
    """Without an organisation the list names the firm in each row: only the coordination sees them all."""
    if organisation is None:
        return coordinates(by)
    return yes_if(standing(by).coordinates or works_for(organisation, by), _NOT_YOURS)


def may_know_of_import(batch: ImportBatch, by: Person) -> bool:
    return batch.uploaded_by_id == by.pk and bool(may_import_for(batch.organisation_id, by))


def may_take(batch: ImportBatch, by: Person) -> Verdict:
    mine = yes_if(may_know_of_import(batch, by), _NOT_YOURS)
    return mine & IMPORT.may(batch.state, "take") & yes_if(
        batch.wrong_count < batch.row_count, _("In dieser Liste ist keine Zeile, die sich übernehmen lässt.")
    )  # fmt: skip


def may_read_again(batch: ImportBatch, by: Person) -> Verdict:
    """Lists from the time before columns could be assigned by hand do not hold their cells any more."""
    kept = yes_if("raw" in batch.content, _("Diese Liste ist zu alt. Bitte laden Sie die Datei noch einmal hoch."))
    return yes_if(may_know_of_import(batch, by), _NOT_YOURS) & IMPORT.may(batch.state, "read_again") & kept


def may_discard(batch: ImportBatch, by: Person) -> Verdict:
    return yes_if(may_know_of_import(batch, by), _NOT_YOURS) & IMPORT.may(batch.state, "discard")


def leaves_out_on_purpose(batch: ImportBatch, only_correct: bool) -> Verdict:
    return yes_if(
        only_correct or not batch.wrong_count,
        _("Die Liste enthält fehlerhafte Zeilen. Bitte entscheiden Sie, ob Sie nur die fehlerfreien übernehmen."),
    )
