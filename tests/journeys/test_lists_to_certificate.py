"""Real input: lists as companies keep them become needs, one plan, one course and certificates."""

from pathlib import Path

import pytest
from tests.journeys import lists, steps
from tests.journeys.conftest import Calendar, Enter, Region
from tests.journeys.visitors import Visitor

from poolplan import breaches, instance_from, objective, plan_from
from verbundwerk.courses.models import Certificate
from verbundwerk.needs.models import Need
from verbundwerk.pooling.models import Plan


@pytest.fixture
def four_firms(region: Region) -> Region:
    region.settle("Heidkamp Zulieferer GmbH", "31224", "Meike Sander")
    region.settle("Okerwerk Antriebe GmbH", "38100", "Tarek Demir")
    region.settle("Salzflut Batterie KG", "38226", "Heike Uhde")
    region.settle("Wölfe & Söhne KG", "38300", "Jens Wölfe")
    return region


def test_lists_from_the_drawer_are_carried_to_certificates(
    four_firms: Region, calendar: Calendar, enter_by_http: Enter, tmp_path: Path
) -> None:
    region, enter = four_firms, enter_by_http
    office = enter(region.office)

    _planner_brings_a_csv(enter(region.planners["Heidkamp Zulieferer GmbH"]), tmp_path)
    _office_brings_a_workbook_with_a_mistake(office, tmp_path)
    assert _needs() == [
        ("31224", 3), ("31224", 3), ("38100", 2), ("38100", 2), ("38226", 1), ("38226", 2), ("38300", 2),
    ]  # fmt: skip

    steps.check_needs(
        office, "7 Bedarfe warten auf Prüfung", twice=("B-0004", "B-0005"), released="6 Bedarfe sind freigegeben:"
    )
    steps.check_by_hand(office, "B-0002")
    steps.calculate_plan(office)
    plan = _the_figures_of_the_plan_are_true(office)
    label = steps.accept_proposal(office)
    course = steps.play(region, calendar, enter, label)

    paper, number = steps.read_certificate(enter(region.planners["Wölfe & Söhne KG"]), course)
    assert number in paper
    assert "Wölfe" in paper
    assert Certificate.objects.count() == plan.served


def _planner_brings_a_csv(planner: Visitor, folder: Path) -> None:
    planner.open("/heute/")
    planner.follow("Liste hochladen")
    planner.attach("Ihre Liste als XLSX oder CSV", lists.as_csv(folder / "Schulungsbedarf_Übersicht.csv"))
    planner.press("Liste ansehen")
    assert planner.reads("3 Zeilen gelesen")
    planner.press("Alle 3 Zeilen übernehmen")
    assert planner.reads("3 Bedarfe sind übernommen.")


def _office_brings_a_workbook_with_a_mistake(office: Visitor, folder: Path) -> None:
    """A firm nobody knows stops the list until somebody decides; nothing is taken by accident."""
    wrong = lists.as_xlsx(folder / "Mitglieder.xlsx", rows=[*lists.XLSX_ROWS, lists.UNKNOWN_FIRM])
    office.open("/bedarfe/listen/")
    office.attach("Ihre Liste als XLSX oder CSV", wrong)
    office.press("Liste ansehen")
    assert office.reads("Gibt es nicht AG")
    assert office.reads("Diesen Betrieb kennen wir nicht.")
    assert Need.objects.count() == len(lists.CSV_ROWS)
    office.press("Nur die 4 fehlerfreien übernehmen")
    assert office.reads("4 Bedarfe sind übernommen.")


def _needs() -> list[tuple[str, int]]:
    return sorted(Need.objects.values_list("postal_code", "seats"))


def _the_figures_of_the_plan_are_true(office: Visitor) -> Plan:
    """The independent check counts again from what was stored, and the page shows the same."""
    plan = Plan.objects.get()
    problem, answer = instance_from(plan.problem), plan_from(plan.result)
    assert breaches(problem, answer) == []
    assert objective(problem, answer).total == plan.objective
    assert plan.bound is not None
    assert plan.bound <= plan.objective
    assert sum(member.persons for run in answer.runs for member in run.members) == plan.served
    assert sum(need.persons for need in problem.needs) == plan.persons == sum(seats for _place, seats in _needs())
    assert office.reads(f"{plan.served} Personen versorgt") or office.reads(f"Personen versorgt {plan.served}")
    return plan
