"""Who may ask the people of a firm, when, and from how many answers on something is said."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.limits import Limit
from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.codetermination.rules import SIDES, on_the_side_of
from verbundwerk.disclosure.rules import SMALLEST_GROUP, shown_groups
from verbundwerk.network.queries import standing

from .models import Survey
from .states import SURVEY, SurveyState

LEAST_ANSWERS = SMALLEST_GROUP  # five: below that nothing is shown, not even how many there were
LEAST_CHOICE, MOST_CHOICE = 2, 20
LONGEST = timedelta(days=184)
SURVEYS_KEPT_FOR = Span(years=3)
# A whole shift may sit behind one address of the firm's network, so this only stops machines.
PER_CALLER = Limit("survey-caller", 120, 600)


def may_enter_surveys(by: object) -> Verdict:
    return yes_if(
        bool(standing(by).organisations(*SIDES)),
        _("Befragungen legen Personalverantwortung und Betriebsrat eines Betriebs an."),
    )


def takes_part(organisation: UUID, by: object) -> Verdict:
    return yes_if(
        on_the_side_of(organisation, by, SIDES), _("Das dürfen nur Personalverantwortung und Betriebsrat des Betriebs.")
    )


def enough_choice(topics: int) -> Verdict:
    if topics > MOST_CHOICE:
        return yes_if(False, _("Bitte wählen Sie höchstens 20 Themen. Sonst liest niemand bis zum Ende."))
    return yes_if(topics >= LEAST_CHOICE, _("Bitte wählen Sie mindestens zwei Themen."))


def lies_ahead(until: date, on: date) -> Verdict:
    if until < on:
        return yes_if(False, _("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren."))
    return yes_if(until <= on + LONGEST, _("Eine Befragung läuft höchstens ein halbes Jahr."))


def may_change_survey(survey: Survey, by: object) -> Verdict:
    """What lies before the works council stays as it is: it agrees to exactly this."""
    draft = yes_if(
        survey.state == SurveyState.DRAFT,
        _("Was vorgelegt ist, bleibt wie es ist. Verwerfen Sie die Befragung, und legen Sie eine neue an."),
    )
    return takes_part(survey.organisation_id, by) & draft


def may_lay_before(survey: Survey, by: object) -> Verdict:
    return takes_part(survey.organisation_id, by) & SURVEY.may(survey.state, "lay_before")


def may_open(survey: Survey, by: object, *, gate: Verdict, on: date) -> Verdict:
    """`gate`: what the works council says (BetrVG § 94). Without its spoken yes nothing is sent."""
    first = takes_part(survey.organisation_id, by) & SURVEY.may(survey.state, "open")
    return first & gate & lies_ahead(survey.runs_until, on)


def may_close(survey: Survey, by: object) -> Verdict:
    return takes_part(survey.organisation_id, by) & SURVEY.may(survey.state, "close")


def may_drop(survey: Survey, by: object) -> Verdict:
    return takes_part(survey.organisation_id, by) & SURVEY.may(survey.state, "drop")


def takes_answers(survey: Survey, on: date) -> bool:
    return survey.state == SurveyState.OPEN and survey.runs_until >= on


def is_over(survey: Survey) -> bool:
    return survey.state in (SurveyState.CLOSED, SurveyState.RAISED)


# --- what is shown ----------------------------------------------------------------------
def enough_answers(survey: Survey) -> Verdict:
    """Only when it is over, and only from five answers on."""
    over = yes_if(is_over(survey), _("Solange die Befragung läuft, zeigen wir nichts: So lässt sich niemand abpassen."))
    return over & yes_if(
        survey.answers >= LEAST_ANSWERS,
        _("Es sind weniger als fünf Antworten. Damit niemand erkannt wird, zeigen wir nichts davon."),
    )


def told(wanted: int) -> int | None:
    """How many ticked a topic, from five on; below that nobody learns whether it was none or four."""
    return wanted if wanted >= LEAST_ANSWERS else None


def shift_to_say(people: Mapping[str, int], otherwise: str) -> str:
    """The shift most of them work in, when it may be told at all and at least five do."""
    if shown_groups(people) is None:
        return otherwise
    most = max(people, key=lambda shift: people[shift], default=otherwise)
    return most if people.get(most, 0) >= LEAST_ANSWERS else otherwise


def enough_wanted(topics: int) -> Verdict:
    return yes_if(topics > 0, _("Kein Thema wollen fünf oder mehr. Daraus wird kein Bedarf."))


def may_raise_survey(survey: Survey, by: object, *, topics: int) -> Verdict:
    first = takes_part(survey.organisation_id, by) & SURVEY.may(survey.state, "raise")
    return first & enough_answers(survey) & enough_wanted(topics)
