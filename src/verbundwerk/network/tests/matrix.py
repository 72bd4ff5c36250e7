"""What everybody gets from the network's addresses. The things behind them belong to other firms."""

from verbundwerk.post.tests import make as post

from . import make

Line = dict[str, str]

ALL: Line = {"*": "200"}
OWN: Line = {"anonymous": "302", "*": "200"}
OWN_SENT: Line = {"anonymous": "302", "*": "422"}
ONLY_POST: Line = {"anonymous": "302", "*": "405"}
# Everybody may know of the thing, only the coordination office may change it.
OFFICE: Line = {"anonymous": "302", "coordination": "200", "*": "403"}
OFFICE_SENT: Line = {"anonymous": "302", "coordination": "422", "*": "403"}
# The inside of another firm: for everybody else it does not exist.
INSIDE: Line = {"anonymous": "302", "coordination": "200", "*": "404"}
INSIDE_SENT: Line = {"anonymous": "302", "coordination": "422", "*": "404"}
INSIDE_DONE: Line = {"anonymous": "302", "coordination": "302", "*": "404"}
OUTBOX: Line = {"anonymous": "302", "coordination admin": "200", "*": "404"}

MATRIX: dict[str, Line] = {
    "network:list": ALL,
    "network:csv": ALL,
    "network:xlsx": ALL,
    "network:organisation": ALL,
    "network:alliances": ALL,
    "network:bodies": ALL,
    "network:body": ALL,
    "network:register": OFFICE,
    "POST network:register": OFFICE_SENT,
    "network:found_body": OFFICE,
    "POST network:found_body": OFFICE_SENT,
    "network:give_seat": OFFICE,
    "POST network:give_seat": OFFICE_SENT,
    **{f"network:{name}": INSIDE for name in ("change", "add_site", "change_site", "join", "invite", "end_mandate")},
    **{
        f"POST network:{name}": INSIDE_SENT
        for name in ("change", "add_site", "change_site", "join", "invite", "end_mandate")
    },
    "network:leave": ONLY_POST,
    "POST network:leave": INSIDE_DONE,
    "network:withdraw": ONLY_POST,
    "POST network:withdraw": INSIDE_DONE,
    # An invitation is for whoever holds the letter.
    "network:accept": ALL,
    "POST network:accept": {"*": "422"},
    "network:profile": OWN,
    "network:change_profile": OWN,
    "POST network:change_profile": OWN_SENT,
    "network:sign_out_everywhere": ONLY_POST,
    "POST network:sign_out_everywhere": {"*": "302"},
    "network:letters": OUTBOX,
    "network:letter": OUTBOX,
    "network:retry_letter": ONLY_POST,
    "POST network:retry_letter": {"anonymous": "302", "coordination admin": "302", "*": "404"},
}


def organisation() -> dict:
    return {"organisation_id": make.organisation().pk}


def member() -> dict:
    alliance = make.alliance()
    return {"organisation_id": make.organisation(alliance=alliance).pk, "alliance_id": alliance.pk}


def invited() -> dict:
    make.invitation(token="a-token-nobody-guesses-1")
    return {"token": "a-token-nobody-guesses-1"}


OBJECTS = {
    **{f"network:{name}": organisation for name in ("organisation", "change", "add_site", "join", "invite")},
    "network:leave": member,
    "network:change_site": lambda: {"site_id": make.site().pk},
    "network:withdraw": lambda: {"invitation_id": make.invitation().pk},
    "network:end_mandate": lambda: {"mandate_id": make.mandate().pk},
    "network:found_body": lambda: {"alliance_id": make.alliance().pk},
    "network:body": lambda: {"body_id": make.body().pk},
    "network:give_seat": lambda: {"body_id": make.body().pk},
    "network:accept": invited,
    "network:letter": lambda: {"letter_id": post.letter("given_up").pk},
    "network:retry_letter": lambda: {"letter_id": post.letter("given_up").pk},
}
