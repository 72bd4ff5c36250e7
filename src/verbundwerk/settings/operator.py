"""Who runs this installation, for imprint and privacy notice. Empty: not yet said, and the pages say so."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    name: str = ""
    address: tuple[str, ...] = ()
    represented_by: str = ""
    email: str = ""
    phone: str = ""
    register: str = ""
    privacy_email: str = ""
    security_email: str = ""

    @property
    def is_named(self) -> bool:
        """Enough for an imprint: who, where, and a quick way to reach them (DDG § 5)."""
        return bool(self.name and self.address and self.email)


def _setting(name: str) -> str:
    return os.environ.get(f"VERBUNDWERK_{name}", "").strip()


OPERATOR = Operator(
    name=_setting("OPERATOR"),
    address=tuple(line.strip() for line in _setting("OPERATOR_ADDRESS").split("|") if line.strip()),
    represented_by=_setting("OPERATOR_REPRESENTED_BY"),
    email=_setting("OPERATOR_EMAIL"),
    phone=_setting("OPERATOR_PHONE"),
    register=_setting("OPERATOR_REGISTER"),
    privacy_email=_setting("PRIVACY_EMAIL"),
    security_email=_setting("SECURITY_EMAIL"),
)
