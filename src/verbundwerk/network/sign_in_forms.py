"""The sign-in package's forms in our words. They change labels and sentences, never what is checked."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.forms import HouseRules

LABELS = {
    "email": _("E-Mail-Adresse"),
    "login": _("E-Mail-Adresse"),
    "password": _("Passwort"),
    "oldpassword": _("Bisheriges Passwort"),
    "password1": _("Neues Passwort"),
    "password2": _("Neues Passwort noch einmal"),
    "code": _("Code"),
    "name": _("Name des Passkeys"),
    "passwordless": _("Auch ohne E-Mail-Adresse damit anmelden"),
}
HINTS: dict[str, str | Promise] = {
    "password": "",
    "oldpassword": "",
    "passwordless": _("Der Passkey muss dafür durch Fingerabdruck, Gesicht oder PIN geschützt sein."),
}
UNEQUAL = _("Die beiden neuen Passwörter sind nicht gleich.")


class Plain(HouseRules):
    marks_optional = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = str(HINTS.get(name, field.help_text))
            field.widget.attrs.pop("placeholder", None)


class NewPassword(Plain):
    def add_error(self, field: str | None, error: Any) -> None:
        """The package says this one sentence itself, and says it with „Du“."""
        given = getattr(self, "cleaned_data", {})
        both = given.get("password1"), given.get("password2")
        if field == "password2" and all(both) and both[0] != both[1]:
            error = ValidationError(UNEQUAL, code="unequal")
        super().add_error(field, error)


class LoginForm(Plain, account.LoginForm):
    pass


class RequestLoginCodeForm(Plain, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(Plain, account.ConfirmLoginCodeForm):
    pass


class ChangePasswordForm(NewPassword, account.ChangePasswordForm):
    pass


class SetPasswordForm(NewPassword, account.SetPasswordForm):
    pass


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(NewPassword, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    pass


class MFAAuthenticateForm(Plain, mfa.AuthenticateForm):
    pass


class MFAReauthenticateForm(Plain, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    pass


class AddWebAuthnForm(Plain, webauthn.AddWebAuthnForm):
    pass


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    pass
