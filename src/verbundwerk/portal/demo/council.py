"""What waits for the works council in Peine, and what it has put to its employer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from verbundwerk.base import ids
from verbundwerk.codetermination import flow as codetermination
from verbundwerk.codetermination.flow import CaseData, ProposalData
from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.terms import ProposalKind, SubjectKind

if TYPE_CHECKING:
    from .story import Story

FIRM = "heidkamp"


def works_council_in_peine(story: Story) -> None:
    """Two cases to answer, one of them late, and one proposal that waits for the employer."""
    _ask_about_the_questionnaire(story)
    _ask_about_the_platform(story)
    _propose_the_night_shift(story)


def _ask_about_the_questionnaire(story: Story) -> None:
    _ask(
        story,
        -20,  # two weeks to answer: the day has passed, and nothing follows from that
        CaseData(
            kind=SubjectKind.SURVEY,
            subject=ids.new_id(),
            label="Fragebogen zum Bildungsbedarf in der Presserei",
            details="Zwölf Fragen, ohne Namen, freiwillig. Ausgewertet wird erst ab fünf Antworten je Bereich.",
        ),
    )


def _ask_about_the_platform(story: Story) -> None:
    firm = story.cast.organisations[FIRM]
    details = (
        "Meike Sander meldet Bedarfe und bucht Kurse. Gespeichert wird, wer einen Kurs besucht, kein Testergebnis."
    )
    data = CaseData(
        kind=SubjectKind.PLATFORM, subject=firm.pk, label="Nutzung von Verbundwerk", details=details,
        concerns_disabled=True,
    )  # fmt: skip
    _ask(story, -9, data)


def _ask(story: Story, offset: int, data: CaseData) -> Case:
    """HR writes it down in the morning and informs the works council before noon."""
    firm, hr = story.cast.organisations[FIRM], story.cast.speaker(FIRM)
    with story.moment(offset, hour=9) as at:
        case = codetermination.open_by_hand(data, organisation=firm, by=hr, at=at)
    with story.moment(offset, hour=11) as at:
        return codetermination.inform_council(case, due_on=case.basis.due_on(at.date()), by=hr, at=at)


def _propose_the_night_shift(story: Story) -> None:
    with story.moment(-4, hour=13) as at:
        data = ProposalData(
            kind=ProposalKind.PARTICIPANTS,
            title="Auch die Nachtschicht der Presserei schulen",
            text="Bisher kamen alle Teilnehmenden aus der Frühschicht. Zwei der nächsten Plätze sollen an die "
            "Nachtschicht gehen, mit einem Kurs, der nicht auf den freien Tag fällt.",
            answer_by=at.date() + timedelta(days=14),
        )
        organisation, by = story.cast.organisations[FIRM], story.cast.people["Serap Aydin"]
        codetermination.make_proposal(data, organisation=organisation, by=by, at=at)
