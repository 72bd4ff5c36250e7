"""What can go wrong, each with a name: bad input, no possible plan, a fault of our own."""

from __future__ import annotations


class ProblemError(ValueError):
    """The problem (or a file) contradicts itself; names the field and the reason."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class FormatError(ProblemError):
    """A file is not what its format promises."""


class NoPlanError(RuntimeError):
    """The frozen runs cannot all be kept within the rules; `breaches` says which and why."""

    def __init__(self, breaches: tuple[object, ...]) -> None:
        super().__init__("frozen runs break rules: " + "; ".join(str(b) for b in breaches[:3]))
        self.breaches = breaches


class InternalError(RuntimeError):
    """The solver built a plan its own independent check refuses: never returned, always raised."""


def require(ok: bool, field: str, reason: str) -> None:
    """Raise `ProblemError(field, reason)` unless `ok`."""
    if not ok:
        raise ProblemError(field, reason)


def require_whole(value: object, field: str, least: int = 0) -> None:
    """A whole number of at least `least`; True and 3.0 are not whole numbers here."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    require(whole, field, f"must be a whole number, not {value!r}")
    require(value >= least, field, f"must be at least {least}, not {value}")  # type: ignore[operator]
