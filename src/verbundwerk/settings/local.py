"""One machine, loopback only: what `./verbundwerk start` runs."""

from .common import *  # noqa: F403
from .mail import *  # noqa: F403
from .people import *  # noqa: F403
