"""Who gets which answer at which address of the catalogue."""

from verbundwerk.catalogue.tests import make

OFFERING = "coordination provider host"
MATRIX = {
    "catalogue:list": {"*": "200"},
    "catalogue:csv": {"*": "200"},
    "catalogue:xlsx": {"*": "200"},
    "catalogue:detail": {"*": "200"},
    "catalogue:new": {"anonymous": "302", OFFERING: "200", "*": "404"},
    "POST catalogue:new": {"anonymous": "302", OFFERING: "422", "*": "404"},
    "catalogue:venue": {"anonymous": "302", f"{OFFERING} hr": "200", "*": "404"},
    "POST catalogue:venue": {"anonymous": "302", f"{OFFERING} hr": "422", "*": "404"},
    "catalogue:upload": {"anonymous": "302", OFFERING: "200", "*": "404"},
    "POST catalogue:upload": {"anonymous": "302", OFFERING: "422", "*": "404"},
    "catalogue:take": {"anonymous": "302", "*": "405"},
    "POST catalogue:take": {"anonymous": "302", OFFERING: "422", "*": "404"},
    "catalogue:edit": {"anonymous": "302", "coordination": "200", "*": "404"},
    "POST catalogue:edit": {"anonymous": "302", "coordination": "422", "*": "404"},
}

OBJECTS = {
    "catalogue:detail": lambda: {"offer_id": make.offer().pk},
    "catalogue:edit": lambda: {"offer_id": make.offer().pk},
}
