"""What happened in the demo region: four rounds of pooling, told through the flows, counted from an anchor day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from verbundwerk.base import clock, ids
from verbundwerk.disclosure import flow as disclosure
from verbundwerk.needs import flow as needs
from verbundwerk.needs.draft import NeedDraft
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.models import Organisation
from verbundwerk.topics import flow as topics
from verbundwerk.topics.models import Topic

from . import bundles, council
from .cast import Cast, assemble, day
from .doorstep import report_without_account
from .market import open_market
from .refreshers import hold_short_courses
from .swapping import let_seats_change_hands
from .wishes import Wish, draw, together
from .workforce import let_the_workforce_speak

SEED = 20211101


@dataclass
class Story:
    """`anchor` is the Monday everything is counted from; days before `today` have happened."""

    anchor: date
    today: date
    random: Random
    cast: Cast = field(default_factory=Cast)

    @contextmanager
    def moment(self, offset: int, hour: int = 9, minute: int = 0) -> Iterator[datetime]:
        """Stop the clock so many days after the anchor (before it when negative)."""
        at = timezone.make_aware(datetime.combine(day(self.anchor, offset), time(hour, minute)))
        with self.at(at):
            yield at

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        with clock.stopped(moment):
            yield


@transaction.atomic
def build(today: date, seed: int = SEED) -> Cast:
    """Build the whole region around the week of this day; the same day and seed build the same rows."""
    story = Story(today - timedelta(days=today.weekday()), today, Random(seed))  # noqa: S311 - a repeatable story, no secret
    # Before the seed: a database that knows the topics already must draw the same ids as one that does not.
    with story.moment(-210) as at:
        topics.load_topics(by=None, at=at)
    with ids.seeded(seed):
        _begin(story)
        _raise_needs(story, 34, first=-205, last=-152)
        bundles.first_round(story)
        _raise_needs(story, 35, first=-100, last=-64)
        _raise_together(story, -63)
        bundles.second_round(story)
        _find_elsewhere(story, -56)
        _raise_needs(story, 16, first=-55, last=-48)
        _raise_together(story, -47)
        bundles.third_round(story)
        _raise_needs(story, 36, first=-43, last=-18)
        _raise_together(story, -17)
        _raise_together(story, -16)
        _find_elsewhere(story, -15)
        bundles.fourth_round(story)
        _raise_needs(story, 12, first=-7, last=-1, check=False)
        _leave_drafts(story)
        council.works_council_in_peine(story)
        report_without_account(story)
        _tell_the_region(story)
        let_the_workforce_speak(story)
        hold_short_courses(story)
        let_seats_change_hands(story)
    return story.cast


def _begin(story: Story) -> None:
    with story.moment(-210) as at:
        story.cast = assemble(at, story.random)
        open_market(story.cast, at)


def _raise_needs(story: Story, count: int, *, first: int, last: int, check: bool = True) -> None:
    days = sorted(story.random.randint(first, last) for _ in range(count))
    for number, offset in enumerate(days):
        with story.moment(offset, hour=8 + number % 9, minute=number * 7 % 60) as at:
            need = _raise(story, next(draw(1, at.date(), story.random)), at)
            if check:
                _check(story, need, at + timedelta(hours=3))


def _raise_together(story: Story, offset: int) -> None:
    with story.moment(offset, hour=10) as at:
        for wish in list(together(offset, at.date(), story.random)):
            _check(story, _raise(story, wish, at), at + timedelta(hours=1))


def _raise(story: Story, wish: Wish, at: datetime) -> Need:
    raiser = story.cast.speaker(wish.organisation)
    return needs.raise_and_submit(_draft(story, wish), organisation=_firm(story, wish), by=raiser, at=at)


def _find_elsewhere(story: Story, offset: int) -> None:
    """Firms whose time has run out found a course themselves, or say that nobody needs it any more."""
    with story.moment(offset, hour=11) as at:
        waiting = Need.objects.filter(state=NeedState.IN_POOL, window_until__lt=at.date() + timedelta(days=30))
        for number, need in enumerate(waiting.order_by("number")):
            firm = story.cast.speaker_of(need.organisation)
            if number % 3:
                needs.cover_elsewhere(need, reason="Wir haben selbst einen Kurs gefunden.", by=firm, at=at)
            else:
                needs.withdraw_need(need, reason="Die Anlage kommt erst im nächsten Jahr.", by=firm, at=at)


def _draft(story: Story, wish: Wish) -> NeedDraft:
    """One wall in the region: a supplier does not want its large customer to learn what it lacks."""
    hidden = (story.cast.organisations["nordstern"].pk,) if wish.organisation == "edemissen" else ()
    return NeedDraft(**wish.fields, hidden_from=hidden)


def _firm(story: Story, wish: Wish) -> Organisation:
    return story.cast.organisations[wish.organisation]


def _check(story: Story, need: Need, at: datetime) -> None:
    needs.check_and_release(need, topic=_topic_of(need), by=story.cast.coordinator, at=at)


def _topic_of(need: Need) -> Topic:
    if need.topic is None:
        raise LookupError(need.topic_text)
    return need.topic


def _tell_the_region(story: Story) -> None:
    """The week's figures, as the first tick of Monday would set them."""
    with story.moment(0, hour=0) as at:
        disclosure.take_snapshot(by=None, at=at)


def _leave_drafts(story: Story) -> None:
    with story.moment(-1, hour=15) as at:
        for wish in draw(3, at.date(), story.random):
            raiser = story.cast.speaker(wish.organisation)
            needs.raise_need(_draft(story, wish), organisation=_firm(story, wish), by=raiser, at=at)
