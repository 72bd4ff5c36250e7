"""Who gets which answer at which address of the pooling room."""

from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.tests import make

LIST = {"anonymous": "302", "*": "200"}
OFFICE = {"anonymous": "302", "coordination": "200", "*": "404"}
OFFICE_WRONG = {"anonymous": "302", "coordination": "422", "*": "404"}
OFFICE_POST = {"anonymous": "302", "*": "405"}

MATRIX = {
    "pooling:list": LIST,
    "pooling:csv": LIST,
    "pooling:xlsx": LIST,
    "pooling:public": {"*": "200"},
    "pooling:public_pool": {"*": "200"},
    "pooling:merge": OFFICE,
    "POST pooling:merge": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:plans": OFFICE,
    "pooling:request_plan": OFFICE_POST,
    "POST pooling:request_plan": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:plan": OFFICE,
    "pooling:stop_plan": OFFICE_POST,
    "POST pooling:stop_plan": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:cancel_plan": OFFICE_POST,
    "POST pooling:cancel_plan": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:compare_plans": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:steer_run": OFFICE_POST,
    "POST pooling:steer_run": OFFICE_WRONG,
    "pooling:steer_apart": OFFICE_POST,
    "POST pooling:steer_apart": OFFICE_WRONG,
    "pooling:steer_leave_out": OFFICE_POST,
    "POST pooling:steer_leave_out": OFFICE_WRONG,
    "pooling:unsteer": OFFICE_POST,
    "POST pooling:unsteer": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:replan": OFFICE_POST,
    "POST pooling:replan": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:left_csv": OFFICE,
    "pooling:left_xlsx": OFFICE,
    "pooling:left": OFFICE,
    "pooling:ask_change": OFFICE_POST,
    "POST pooling:ask_change": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:change": OFFICE,
    "pooling:agree_change": OFFICE_POST,
    "POST pooling:agree_change": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:refuse_change": OFFICE_POST,
    "POST pooling:refuse_change": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:accept": OFFICE_POST,
    "POST pooling:accept": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:enquiry": OFFICE,
    "POST pooling:enquiry": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:correct_bid": OFFICE,
    "POST pooling:correct_bid": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:withdraw_bid": OFFICE_POST,
    "POST pooling:withdraw_bid": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:decline": OFFICE_POST,
    "POST pooling:decline": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:choose": OFFICE_POST,
    "POST pooling:choose": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:withdraw": OFFICE_POST,
    "POST pooling:withdraw": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:pool": OFFICE,
    "pooling:commit": OFFICE_POST,
    "POST pooling:commit": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:ask": OFFICE,
    "POST pooling:ask": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:open_commitments": OFFICE,
    "POST pooling:open_commitments": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:extend_commitments": OFFICE,
    "POST pooling:extend_commitments": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:close_commitments": OFFICE_POST,
    "POST pooling:close_commitments": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:publish": OFFICE_POST,
    "POST pooling:publish": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:unpublish": OFFICE_POST,
    "POST pooling:unpublish": {"anonymous": "302", "coordination": "302", "*": "404"},
    "pooling:give_up": OFFICE,
    "POST pooling:give_up": {"anonymous": "302", "coordination": "422", "*": "404"},
    "pooling:revive": OFFICE_POST,
    "POST pooling:revive": {"anonymous": "302", "coordination": "302", "*": "404"},
    # Whether a firm is named is for the firm alone to say, not even for the office.
    **{f"pooling:{name}": OFFICE_POST for name in ("allow_name", "take_back_name")},
    **{f"POST pooling:{name}": {"anonymous": "302", "*": "404"} for name in ("allow_name", "take_back_name")},
    "pooling:drop": OFFICE_POST,
    "POST pooling:drop": {"anonymous": "302", "coordination": "302", "*": "404"},
}


def _pool(state=PoolState.SOUNDING, **fields):
    return {"pool_id": make.pool_with_firms(state, **fields).pk}


def _committing():
    """Everybody has answered, so the office may close."""
    pool = make.committing()
    for firm in make.firms_of(pool):
        make.commitment(pool_of=pool, organisation=firm)
    return {"pool_id": pool.pk}


def _failed():
    topic_of = make.need()
    needs = (topic_of, *(make.need(topic=topic_of.topic) for _ in range(2)))
    return {"pool_id": make.pool(PoolState.FAILED, needs=needs).pk}


def _left():
    row = make.left_over(make.plan("done"))
    return {"plan_id": row.plan_id, "need_id": row.need_id}


def _drop():
    pool = make.pool_with_firms()
    return {"pool_id": pool.pk, "need_id": pool.members.first().need_id}


def _name():
    pool = make.pool_with_firms()
    return {"pool_id": pool.pk, "organisation_id": make.firms_of(pool)[0].pk}


def _plan(state):
    return lambda: {"plan_id": make.plan(state).pk}


OBJECTS = {
    "pooling:public_pool": lambda: _pool(published=True),
    "pooling:plan": _plan("done"),
    "pooling:stop_plan": _plan("running"),
    "pooling:cancel_plan": _plan("running"),
    "pooling:steer_run": _plan("done"),
    "pooling:steer_apart": _plan("done"),
    "pooling:steer_leave_out": _plan("done"),
    "pooling:replan": _plan("done"),
    "pooling:unsteer": lambda: {"steering_id": make.steering().pk},
    "pooling:left_csv": _plan("done"),
    "pooling:left_xlsx": _plan("done"),
    "pooling:left": _left,
    "pooling:ask_change": _left,
    "pooling:change": lambda: {"change_id": make.change_request().pk},
    "pooling:agree_change": lambda: {"change_id": make.change_request(answer_until=make.FAR).pk},
    "pooling:refuse_change": lambda: {"change_id": make.change_request(answer_until=make.FAR).pk},
    "pooling:accept": lambda: {"proposal_id": make.proposal().pk},
    "pooling:enquiry": lambda: {"enquiry_id": make.enquiry(answer_until=make.FAR).pk},
    "pooling:correct_bid": lambda: {"enquiry_id": make.bid().enquiry_id},
    "pooling:withdraw_bid": lambda: {"enquiry_id": make.bid().enquiry_id},
    "pooling:decline": lambda: {"enquiry_id": make.enquiry(answer_until=make.FAR).pk},
    "pooling:choose": lambda: {"bid_id": make.bid(valid_until=make.FAR).pk},
    "pooling:withdraw": lambda: {"commitment_id": make.commitment().pk},
    "pooling:pool": _pool,
    "pooling:commit": _committing,
    "pooling:ask": _pool,
    "pooling:open_commitments": lambda: _pool(PoolState.BID_CHOSEN),
    "pooling:extend_commitments": _committing,
    "pooling:close_commitments": _committing,
    "pooling:publish": _pool,
    "pooling:unpublish": lambda: _pool(published=False),
    "pooling:give_up": _pool,
    "pooling:revive": _failed,
    "pooling:allow_name": _name,
    "pooling:take_back_name": _name,
    "pooling:drop": _drop,
}
