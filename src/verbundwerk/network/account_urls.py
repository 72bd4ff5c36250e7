"""The sign-in pages we offer, and no others. The names are the package's: it looks for them itself."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from .views.account import SignIn, how_to_join

PASSKEY = "passkeys/<int:pk>/"

urlpatterns = [
    path("anmelden/", SignIn.as_view(), name="account_login"),
    path("anmelden/code/", account.request_login_code, name="account_request_login_code"),
    path("anmelden/code/eingeben/", account.confirm_login_code, name="account_confirm_login_code"),
    path("anmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/zweiter-faktor/", mfa.authenticate, name="mfa_authenticate"),
    path("abmelden/", account.logout, name="account_logout"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("mitmachen/", how_to_join, name="account_signup"),
    path("passwort/", account.password_change, name="account_change_password"),
    path("passwort/festlegen/", account.password_set, name="account_set_password"),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("passwort/vergessen/unterwegs/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("passwort/neu/fertig/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bestaetigen/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("sicherheit/", mfa.index, name="mfa_index"),
    path("sicherheit/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("sicherheit/app/entfernen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("sicherheit/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("sicherheit/passkeys/neu/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("sicherheit/" + PASSKEY + "aendern/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("sicherheit/" + PASSKEY + "entfernen/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("sicherheit/notfallcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("sicherheit/notfallcodes/neu/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sicherheit/notfallcodes/datei/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
