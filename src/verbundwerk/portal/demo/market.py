"""Rooms and offers of the demo region's providers."""

from datetime import datetime

from verbundwerk.catalogue import flow as catalogue
from verbundwerk.topics.models import Topic

from .cast import Cast
from .tables import rows


def open_market(cast: Cast, at: datetime) -> None:
    for row in rows("venues"):
        catalogue.add_venue(
            cast.organisations[row["organisation"]].sites.get(),
            name=row["name"],
            capacity=int(row["capacity"]),
            rent_cents=int(row["rent"]) * 100,
            equipment=row["equipment"],
            accessible=row["accessible"] == "yes",
            by=None,
            at=at,
        )
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for row in rows("offers"):
        provider = cast.organisations[row["provider"]]
        catalogue.publish_offer(
            _offer(row, topics[row["topic"]]), provider=provider, by=cast.speaker(row["provider"]), at=at
        )


def _offer(row: dict[str, str], topic: Topic) -> catalogue.OfferData:
    return catalogue.OfferData(
        title=row["title"],
        topic=topic,
        level=int(row["level"]),
        days=int(row["days"]),
        teaching_units=int(row["days"]) * 8,
        seats_min=int(row["seats_min"]),
        seats_max=int(row["seats_max"]),
        fixed_cents=int(row["fixed"]) * 100,
        per_seat_cents=int(row["per_seat"]) * 100,
        onsite=True,
        online=row["online"] == "yes",
        patterns=tuple(row["patterns"].split(",")),
    )
