"""How the sign-in package speaks and writes here: our words, our letters, nobody makes an account by themselves."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.sealed import seal, unseal
from verbundwerk.post.flow import send_letter
from verbundwerk.post.papers import absolute

from . import queries


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dieses Konto ist gesperrt."),
        "email_password_mismatch": _("Die E-Mail-Adresse oder das Passwort stimmt nicht."),
        "enter_current_password": _("Das bisherige Passwort stimmt nicht."),
        "incorrect_code": _("Dieser Code stimmt nicht. Bitte prüfen Sie, ob es der neueste ist."),
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "invalid_login": _("Die Anmeldung hat nicht geklappt."),
        "invalid_password_reset": _("Dieser Link gilt nicht mehr."),
        "rate_limited": _("Das waren zu viele Versuche. Bitte warten Sie einige Minuten."),
        "too_many_login_attempts": _("Das waren zu viele Versuche. Bitte warten Sie einige Minuten."),
        "unknown_email": _("Die Anmeldung hat nicht geklappt."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation; nobody makes an account by themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, in the language of the person; always secret, so it leaves at once and is not kept."""
        subject = lazy(lambda: render_to_string(f"{template_prefix}_subject.txt", context), str)
        send_letter(
            key=f"{template_prefix}/{uuid4()}",
            to=queries.person_with(email) or email,
            subject=subject(),
            template=f"{template_prefix}_message",
            context=context,
            language=get_language(),
            secret=True,
            at=clock.now(),
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built from our own address, never from what a request claims our address to be."""
        uid, _dash, rest = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": rest}))


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Diesen zweiten Faktor können Sie nicht entfernen."),
        "cannot_generate_recovery_codes": _("Notfallcodes gibt es erst, wenn ein zweiter Faktor eingerichtet ist."),
        "incorrect_code": _("Dieser Code stimmt nicht. Codes aus der App wechseln alle 30 Sekunden."),
        "unverified_email": _("Bitte melden Sie sich zuerst einmal mit einem Code per E-Mail an."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return str(_("Mein Passkey"))
