"""How often something may happen, counted where all processes see it; nobody is told apart by more than a hash."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in any `seconds`, wherever one begins to count."""

    name: str
    times: int
    seconds: int

    def admits(self, who: str, now: float | None = None) -> bool:
        """Counts this time too when it is admitted. Of two at the very same moment one may slip through uncounted."""
        key, now = self._key(who), time.time() if now is None else now
        kept = admitted(cache.get(key, ()), now, self)
        if kept is not None:
            cache.set(key, kept, self.seconds)
        return kept is not None

    def _key(self, who: str) -> str:
        return f"limit:{self.name}:{salted_hmac('base.limits', who, algorithm='sha256').hexdigest()}"


def admitted(before: Sequence[float], now: float, limit: Limit) -> tuple[float, ...] | None:
    """The moments that count from now on, this one included; None when there were too many. Pure."""
    recent = tuple(one for one in before if now - limit.seconds < one <= now)
    return (*recent, now) if len(recent) < limit.times else None
