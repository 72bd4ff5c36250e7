"""Answers of the addresses that belong to no room: the doors django-allauth brings, and the choice of language."""

from collections.abc import Callable
from typing import Any

Line = dict[str, str]

# Who is inside already needs no door and is sent on.
DOOR: Line = {"anonymous": "200", "*": "302"}
# A step of signing in: nobody begins in the middle.
STEP: Line = {"*": "302"}
# Everybody's own account; who is outside is sent to the door.
OWN: Line = {"anonymous": "302", "*": "200"}
# Nobody in the matrix has a password or a second factor to prove themselves with.
NO_PROOF: Line = {"anonymous": "302", "*": "403"}
# Looks at what this person has not set up.
NOT_SET_UP: Line = {"anonymous": "302", "*": "404"}
NO_POST: Line = {"*": "405"}
NO_POST_INSIDE: Line = {"anonymous": "302", "*": "405"}
ALL: Line = {"*": "200"}

BOTH_WAYS: dict[str, Line] = {
    "account_login": DOOR,
    "account_request_login_code": DOOR,
    "account_confirm_login_code": STEP,
    "account_reauthenticate": NO_PROOF,
    "account_change_password": STEP,
    "account_set_password": OWN,
    "account_reset_password": ALL,
    "account_reset_password_from_key": ALL,
    "mfa_authenticate": STEP,
    "mfa_login_webauthn": STEP,
    "mfa_reauthenticate": NO_PROOF,
    "mfa_reauthenticate_webauthn": NO_PROOF,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "mfa_add_webauthn": OWN,
    "mfa_remove_webauthn": NOT_SET_UP,
    "mfa_edit_webauthn": NOT_SET_UP,
    "set_language": STEP,
}

MATRIX: dict[str, Line] = {
    **BOTH_WAYS,
    **{f"POST {name}": line for name, line in BOTH_WAYS.items()},
    "account_logout": {"anonymous": "302", "*": "200"},
    "POST account_logout": {"*": "302"},
    # Nobody signs up alone: the page says how one comes in.
    "account_signup": ALL,
    "POST account_signup": NO_POST,
    "account_inactive": ALL,
    "POST account_inactive": NO_POST,
    "account_reset_password_done": ALL,
    "POST account_reset_password_done": NO_POST,
    "account_reset_password_from_key_done": ALL,
    "POST account_reset_password_from_key_done": NO_POST,
    "mfa_index": OWN,
    "POST mfa_index": NO_POST_INSIDE,
    "mfa_list_webauthn": OWN,
    "POST mfa_list_webauthn": NO_POST_INSIDE,
    "mfa_view_recovery_codes": NOT_SET_UP,
    "POST mfa_view_recovery_codes": NO_POST_INSIDE,
}

OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "account_reset_password_from_key": lambda: {"uidb36": "1", "key": "unknown"},
    "mfa_remove_webauthn": lambda: {"pk": 1},
    "mfa_edit_webauthn": lambda: {"pk": 1},
}
