"""What people of the demo region report without an account, through an event's link and a firm's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from verbundwerk.base.ids import new_id
from verbundwerk.needs import flow as needs
from verbundwerk.needs.flow import LinkData, QuickWords
from verbundwerk.needs.models import QuickLink, QuickNeed
from verbundwerk.needs.terms import LinkKind, Shift

from .cast import day

if TYPE_CHECKING:
    from .story import Story

FIRM = "heidkamp"


def report_without_account(story: "Story") -> None:
    """In every state there is: unconfirmed, waiting for a firm and for the office, taken over, declined."""
    with story.moment(-20) as at:
        office, alliance = story.cast.coordinator, story.cast.alliances["web"]
        needs.open_door(alliance, by=office, at=at)
        event = needs.make_link(_event(at), by=office, at=at)
        own = needs.make_link(_own(story, at), by=story.cast.speaker(FIRM), at=at)
    said = QuickWords(
        topic_text="", seats=2, window_until=day(story.anchor, 120), email="", shift=Shift.EARLY, firm_name=""
    )
    _send(story, -6, own, replace(said, topic_text="Wir sollten die Ladung besser sichern können",
                                  email="versand@heidkamp.example", name="Kim aus dem Versand"))  # fmt: skip
    _send(story, -5, own, replace(said, topic_text="Englisch für die Messe", email="vertrieb@heidkamp.example"),
          then=lambda quick, at: _decline(story, quick, at))  # fmt: skip
    _send(story, -3, event, replace(said, topic_text="Unsere Leute brauchen den Staplerschein",
                                    firm_name="Tischlerei Hagenmarkt", email="hallo@hagenmarkt.example"))  # fmt: skip
    known = story.cast.speaker("edemissen")
    firm = story.cast.organisations["edemissen"]
    _send(story, -2, event, replace(said, topic_text="Hochvolt-Schulung für die Werkstatt", firm_name=firm.name,
                                    email=known.email))  # fmt: skip
    _send(story, -1, event, replace(said, topic_text="SPS-Grundlagen", firm_name="Metallbau Okeraue",
                                    email="buero@okeraue.example"), confirmed=False)  # fmt: skip


def _event(at: datetime) -> LinkData:
    return LinkData(
        kind=LinkKind.EVENT, name="Transformationstag Peine", valid_until=_in_half_a_year(at),
        purpose="Steht auf den Tischaufstellern in der Halle.",
    )  # fmt: skip


def _own(story: "Story", at: datetime) -> LinkData:
    firm = story.cast.organisations[FIRM]
    return LinkData(
        kind=LinkKind.FIRM, name="Schwarzes Brett Halle 2", valid_until=_in_half_a_year(at), organisation=firm
    )


def _in_half_a_year(at: datetime) -> date:
    return day(at.date(), 182)


def _send(
    story: "Story", offset: int, link: QuickLink, words: QuickWords, *, confirmed: bool = True,
    then: Callable[[QuickNeed, datetime], object] | None = None,
) -> None:  # fmt: skip
    once = new_id()
    with story.moment(offset, hour=14) as at:
        needs.send_quick(link, words, once=once, at=at)
        quick = QuickNeed.objects.get(once=once)
        if confirmed:
            needs.confirm_quick(quick, at=at)
    if then:
        with story.moment(offset + 1, hour=11) as at:
            then(quick, at)


def _decline(story: "Story", quick: QuickNeed, at: datetime) -> None:
    needs.decline_quick(quick, reason="Die Messe fällt in diesem Jahr aus.", by=story.cast.speaker(FIRM), at=at)
