"""A rule answers yes, or no with a sentence: shown beside the grey button, on the refusal page, in the test."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    ok: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.ok

    def __and__(self, other: "Verdict") -> "Verdict":
        """The first refusal speaks: a person mends one thing after the other."""
        return other if self.ok else self


YES = Verdict(ok=True)


def no(reason: str | Promise) -> Verdict:
    return Verdict(ok=False, reason=reason)


def yes_if(condition: bool, otherwise: str | Promise) -> Verdict:
    return YES if condition else no(otherwise)


class Refused(Exception):
    """Raised by a flow when a rule says no; the middleware shows the reason."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


def require(*verdicts: Verdict) -> None:
    for verdict in verdicts:
        if not verdict:
            raise Refused(verdict)
