"""A plan is asked for, calculated by a worker, and stored whole."""

from .asking import cancel_plan, request_plan, stop_plan
from .calculating import carry_out_plan
from .failing import fail_stale_plans
from .steering import SteeringData, replan, steer_plan, unsteer_plan

__all__ = [
    "SteeringData",
    "cancel_plan",
    "carry_out_plan",
    "fail_stale_plans",
    "replan",
    "request_plan",
    "steer_plan",
    "stop_plan",
    "unsteer_plan",
]
