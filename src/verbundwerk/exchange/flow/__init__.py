"""The only writer of this room. Whoever moves seats of a course locks the course first."""

from .giving import Giving, give_back_now, give_seats, withdraw_given
from .lists import accept_offer, ask_for_fewer, decline_offer, join_list, leave_list
from .nightly import turn_over_seats

__all__ = [
    "Giving",
    "accept_offer",
    "ask_for_fewer",
    "decline_offer",
    "give_back_now",
    "give_seats",
    "join_list",
    "leave_list",
    "turn_over_seats",
    "withdraw_given",
]
