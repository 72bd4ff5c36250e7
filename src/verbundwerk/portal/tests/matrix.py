from collections.abc import Callable
from typing import Any

from verbundwerk.needs.tests import make as needs

EVERYBODY = {"*": "200"}
SIGNED_IN = {"anonymous": "302", "*": "200"}

MATRIX: dict[str, dict[str, str]] = {
    "portal:start": EVERYBODY,
    "portal:today": SIGNED_IN,
    "portal:search": EVERYBODY,
    "portal:trails": SIGNED_IN,
    "portal:trail": {"anonymous": "302", "coordination": "200", "*": "404"},
    "portal:accessibility": EVERYBODY,
    "portal:privacy": EVERYBODY,
    "portal:imprint": EVERYBODY,
    "portal:health": EVERYBODY,
    "portal:robots": EVERYBODY,
    "portal:favicon": {"*": "302"},
    "portal:security": {"*": "404"},
    "portal:demo_login": {"*": "404"},
}
OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "portal:trail": lambda: {"need_id": needs.need(state="submitted").pk},
    "portal:demo_login": lambda: {"token": "erfunden"},
}
