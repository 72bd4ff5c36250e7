"""The handbook's pictures: the region is built, somebody sits down, and what the screen shows is kept.

`VERBUNDWERK_PICTURES=1` draws the whole album anew into docs/pictures; without it one picture shows that it works.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.conftest import BERLIN, MONDAY, seat

from verbundwerk.base import clock
from verbundwerk.courses.models import Certificate, Session
from verbundwerk.network.models import Person
from verbundwerk.pooling.models import Commitment, Plan
from verbundwerk.portal.demo.story import build

ROOT = Path(__file__).parents[2]
ALBUM = ROOT / "docs" / "pictures"
HANDBOOK = ROOT / "docs" / "handbuch"
MOST_BYTES = 250_000
PNG = b"\x89PNG\r\n\x1a\n"
MOMENT = datetime.combine(MONDAY, time(10), BERLIN)


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it; `above` is what stands at the top edge of a page too long for the picture."""

    name: str
    address: str
    person: Person | None = None
    above: str = ""
    width: int = 1280


START = Picture("start.png", "/")


def _album() -> list[Picture]:
    office, planner, lecturer = (
        Person.objects.get(name=name) for name in ("Jana Reimers", "Meike Sander", "Hatice Kaya")
    )
    word = Commitment.objects.filter(pool__state="committing", state="standing").earliest("limit_cents")
    now = Session.objects.filter(starts_at__lte=MOMENT, course__lecturer=lecturer).latest("starts_at")
    plan = Plan.objects.latest("requested_at")
    return [
        START,
        Picture("heute.png", "/heute/", office),
        Picture("bedarf-melden.png", "/bedarfe/neu/", planner),
        Picture("plan.png", f"/buendel/plaene/{plan.pk}/?ansicht=karte", office, above=".chart"),
        Picture("buendel.png", f"/buendel/{word.pool_id}/", word.made_by, above=".chart"),
        Picture("anwesenheit.png", f"/kurse/termine/{now.pk}/anwesenheit/", lecturer, width=320),
        Picture("bescheinigung.png", f"/nachweis/{Certificate.objects.order_by('number')[0].code}/"),
    ]


@pytest.fixture
def album(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> tuple[Path, list[Picture]]:
    """Where the pictures go, and which."""
    request.getfixturevalue("transactional_db")
    if os.environ.get("VERBUNDWERK_PICTURES") != "1":
        return tmp_path, [START]
    build(MONDAY)
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    return ALBUM, _album()


def test_the_handbook_can_draw_its_pictures_itself(
    album: tuple[Path, list[Picture]], new_page: Callable[..., Any], live_server: Any
) -> None:
    folder, pictures = album
    for picture in pictures:
        page = new_page(width=picture.width)
        if picture.person:
            seat(page, live_server.url, picture.person)
        _draw(page, picture, folder / picture.name)
        assert _size(folder / picture.name) == (picture.width, 800)


def _draw(page: Any, picture: Picture, path: Path) -> None:
    page.set_viewport_size({"width": picture.width, "height": 800})
    answer = page.goto(picture.address)
    assert answer.ok, f"{picture.name}: {answer.status}"
    if picture.above:
        page.locator(picture.above).first.evaluate("one => one.scrollIntoView({behavior: 'instant'})")
    page.screenshot(path=path, animations="disabled")


def _size(path: Path) -> tuple[int, int]:
    """Width and height as the file's own head tells them."""
    head = path.read_bytes()[:24]
    assert head.startswith(PNG)
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


@pytest.mark.parametrize("page", sorted(HANDBOOK.glob("*.md")), ids=lambda page: page.name)
def test_every_picture_and_page_the_handbook_points_to_is_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        found = (page.parent / target).resolve()
        assert found.exists(), f"{page.name} points to {target}"
        if found.suffix == ".png":
            assert _size(found)[1] == 800
            assert found.stat().st_size < MOST_BYTES
