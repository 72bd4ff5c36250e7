"""How people sign in: code by e-mail, password with a second factor, passkey."""

import os

from .mail import BASE_URL

ACCOUNT_ADAPTER = "verbundwerk.network.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up; but the package offers signing in with a password only where signing up asks for one.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_UNIQUE_EMAIL = True
# Whether an address has an account is told to nobody but the address: it always gets a letter,
# with a code or with the way in, so that pages and answering times are the same for both.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
# The address is proven by the invitation letter or by the code itself.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "login": "verbundwerk.network.sign_in_forms.LoginForm",
    "request_login_code": "verbundwerk.network.sign_in_forms.RequestLoginCodeForm",
    "confirm_login_code": "verbundwerk.network.sign_in_forms.ConfirmLoginCodeForm",
    "change_password": "verbundwerk.network.sign_in_forms.ChangePasswordForm",
    "set_password": "verbundwerk.network.sign_in_forms.SetPasswordForm",
    "reset_password": "verbundwerk.network.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "verbundwerk.network.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "verbundwerk.network.sign_in_forms.ReauthenticateForm",
}

MFA_ADAPTER = "verbundwerk.network.sign_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Verbundwerk"
# Browsers allow passkeys without TLS on this machine only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://")
MFA_FORMS = {
    "authenticate": "verbundwerk.network.sign_in_forms.MFAAuthenticateForm",
    "reauthenticate": "verbundwerk.network.sign_in_forms.MFAReauthenticateForm",
    "activate_totp": "verbundwerk.network.sign_in_forms.ActivateTOTPForm",
    "add_webauthn": "verbundwerk.network.sign_in_forms.AddWebAuthnForm",
    "edit_webauthn": "verbundwerk.network.sign_in_forms.EditWebAuthnForm",
}

# Attempts per address ("key", an e-mail address) and per computer ("ip").
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
# How many proxies of ours stand before the application: only their word counts for where a request comes from.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("VERBUNDWERK_PROXIES", "0"))

# The counters must be one for all web workers and hosts. The database is the only thing they share; a file cache
# cannot add a key and lock in one step, so two workers would both let the last attempt through.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "verbundwerk_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
