"""The main story: three firms of the region need the same training and get it together."""

from collections.abc import Callable

import pytest
from tests.journeys import steps
from tests.journeys.conftest import Calendar, Enter, Region
from tests.journeys.visitors import Visitor

from verbundwerk.courses.models import Certificate
from verbundwerk.post.models import Letter


@pytest.fixture
def three_firms(region: Region) -> Region:
    region.settle("Heidkamp Zulieferer GmbH", "31224", "Meike Sander")
    region.settle("Okerwerk Antriebe GmbH", "38100", "Tarek Demir")
    region.settle("Salzflut Batterie KG", "38226", "Heike Uhde")
    return region


def test_three_firms_find_each_other_and_learn_together(
    three_firms: Region, calendar: Calendar, enter: Enter, tick: Callable[[], None]
) -> None:
    region = three_firms
    planners = {name: enter(person) for name, person in region.planners.items()}
    office = enter(region.office)

    needs = [steps.raise_need(planner, calendar, seats=3) for planner in planners.values()]
    steps.check_needs(office, "3 Bedarfe warten auf Prüfung")
    steps.calculate_plan(office)
    label = steps.accept_proposal(office)
    course = steps.play(region, calendar, enter, label)
    tick()

    peine = planners["Heidkamp Zulieferer GmbH"]
    paper, number = steps.read_certificate(peine, course)
    assert number in paper
    assert "Heidkamp hat an folgendem Kurs teilgenommen" in paper
    _anybody_can_check(enter, number)
    _the_way_is_told_to_the_end(peine, needs[0])
    braunschweig = region.planners["Okerwerk Antriebe GmbH"].email
    assert Letter.objects.filter(to=braunschweig, key__contains="threshold").count() == 1


def _anybody_can_check(enter: Enter, number: str) -> None:
    code = Certificate.objects.get(number=number).code
    public = enter(None)
    public.open("/")
    public.follow("Bescheinigung prüfen")
    public.fill("Code der Bescheinigung", code)
    public.press("Prüfen")
    assert public.reads("Diese Bescheinigung ist echt")
    assert public.reads(number)


def _the_way_is_told_to_the_end(planner: Visitor, need: str) -> None:
    planner.open("/weg/")
    planner.follow(need)
    assert planner.reads("3 Plätze zu je 460,00")
    assert planner.reads("3 von 3 Personen haben teilgenommen.")
    assert planner.reads("3 Bescheinigungen sind ausgestellt.")
