"""The bridge to poolplan: rows become plain values, a plan becomes rows, commitments become a price.

Nothing is written here. Ids inside a problem: needs, offers and rooms by their own id; a topic is
(topic, level); a company is (organisation, postal code, walls), because walls belong to single needs.
"""

from .efforts import seconds_of
from .prices import Missing, Standing, cheapest, price_curve, standing_of
from .problem import Scene, horizon_of, problem_of, scene_of
from .solving import Calculated, Drawn, InvalidPlan, Left, Listener, calculate
from .steering import Contradiction

__all__ = [
    "Calculated",
    "Contradiction",
    "Drawn",
    "InvalidPlan",
    "Left",
    "Listener",
    "Missing",
    "Scene",
    "Standing",
    "calculate",
    "cheapest",
    "horizon_of",
    "price_curve",
    "problem_of",
    "scene_of",
    "seconds_of",
    "standing_of",
]
