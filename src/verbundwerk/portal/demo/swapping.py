"""A full course whose seats change hands: three firms wait, one gives a seat away, the firm in Peine has an offer."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from verbundwerk.courses import flow as courses
from verbundwerk.courses.models import Booking, Course
from verbundwerk.exchange import flow as exchange
from verbundwerk.exchange.flow import Giving
from verbundwerk.topics.models import Topic

from .cast import day

if TYPE_CHECKING:
    from .story import Story

PROVIDER, TOPIC, LESSONS = "fuhse", "gabelstapler", (31, 32)
# Who has seats, and who waits: the group of three needs all of them together, so it is passed over and keeps its place.
SEATED = (("ilsede", 2), ("fuhsetal", 2), ("lehndorf", 2))
WAITING = (("cremlingen", 3, 3, -12), ("heidkamp", 1, 1, -11), ("steuerwerk", 2, 1, -9))
GIVES = "ilsede"


def let_seats_change_hands(story: Story) -> None:
    course = _full_course(story)
    for firm, seats, at_least, offset in WAITING:
        with story.moment(offset, hour=11) as at:
            exchange.join_list(
                course,
                story.cast.organisations[firm],
                seats=seats,
                at_least=at_least,
                by=story.cast.speaker(firm),
                at=at,
            )
    yesterday = timezone.make_aware(datetime.combine(story.today - timedelta(days=1), time(17)))
    with story.at(yesterday):
        booking = Booking.objects.get(course=course, organisation=story.cast.organisations[GIVES])
        exchange.give_seats(booking, Giving(1), by=story.cast.speaker(GIVES), at=yesterday)


def _full_course(story: Story) -> Course:
    provider, by = story.cast.organisations[PROVIDER], story.cast.speaker(PROVIDER)
    dates = [{"date": day(story.anchor, offset).isoformat(), "part": "day"} for offset in LESSONS]
    data = courses.CourseData(
        title="Gabelstapler: Fahrausweis", topic=Topic.objects.get(slug=TOPIC), dates=dates, price_cents=29_000,
        capacity=sum(seats for _firm, seats in SEATED), place="Technikakademie Fuhse, Peine",
        goals="Die Teilnehmenden führen Gabelstapler sicher.", contents="Recht und Technik; Fahrübungen; Prüfung.",
    )  # fmt: skip
    with story.moment(-21, hour=10) as at:
        course = courses.open_course(courses.plan_course(data, provider=provider, by=by, at=at), by=by, at=at)
        for firm, seats in SEATED:
            key = f"{course.label}-{firm}"
            courses.book_seats(
                course, story.cast.organisations[firm], seats, key=key, by=story.cast.speaker(firm), at=at
            )
    with story.moment(-20, hour=10) as at:
        courses.secure_course(course, by=by, at=at)
    return course
