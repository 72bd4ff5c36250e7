"""„Heute“: what waits, what is late, what comes, from all rooms."""

from datetime import datetime
from typing import Any

from verbundwerk.base.lines import Line, most_pressing
from verbundwerk.codetermination import queries as codetermination
from verbundwerk.courses import queries as courses
from verbundwerk.exchange import queries as exchange
from verbundwerk.feedback import queries as feedback
from verbundwerk.needs import queries as needs
from verbundwerk.network import queries as network
from verbundwerk.pooling import queries as pooling
from verbundwerk.wishes import queries as wishes

LINES = 7
ROOMS = (network, codetermination, needs, pooling, courses, wishes, exchange, feedback)


def lines_for(person: Any, at: datetime) -> list[Line]:
    """At most seven, from all rooms: late ones first."""
    told = [line for room in ROOMS for line in room.waiting_for(person, at)]
    return most_pressing(told, limit=LINES)
