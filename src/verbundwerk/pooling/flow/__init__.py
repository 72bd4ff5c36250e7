"""The only writer of the pooling room, one file per chapter of a pool's life. `by=None` means the house itself."""

from .bids import BidData, ask_providers, choose_bid, correct_bid, decline_enquiry, enter_bid, withdraw_bid
from .changes import agree_with_change, ask_for_change, lapse_changes, refuse_change
from .commitments import (
    close_commitments,
    close_due_commitments,
    commit,
    extend_commitments,
    open_commitments,
    settle_held_commitments,
    withdraw_commitment,
)
from .forgetting import forget_bid_notes
from .names import allow_name, take_back_name
from .planning import (
    SteeringData,
    cancel_plan,
    carry_out_plan,
    fail_stale_plans,
    replan,
    request_plan,
    steer_plan,
    stop_plan,
    unsteer_plan,
)
from .pools import (
    PoolData,
    accept_proposal,
    drop_member,
    fail_pool,
    open_pool,
    publish_pool,
    revive_pool,
    unpublish_pool,
)

__all__ = [
    "BidData",
    "PoolData",
    "SteeringData",
    "accept_proposal",
    "agree_with_change",
    "allow_name",
    "ask_for_change",
    "ask_providers",
    "cancel_plan",
    "carry_out_plan",
    "choose_bid",
    "close_commitments",
    "close_due_commitments",
    "commit",
    "correct_bid",
    "decline_enquiry",
    "drop_member",
    "enter_bid",
    "extend_commitments",
    "fail_pool",
    "fail_stale_plans",
    "forget_bid_notes",
    "lapse_changes",
    "open_commitments",
    "open_pool",
    "publish_pool",
    "refuse_change",
    "replan",
    "request_plan",
    "revive_pool",
    "settle_held_commitments",
    "steer_plan",
    "stop_plan",
    "take_back_name",
    "unpublish_pool",
    "unsteer_plan",
    "withdraw_bid",
    "withdraw_commitment",
]
