"""When a letter is tried again, and when nobody tries any more."""

from datetime import datetime, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Verdict, yes_if

from .models import Letter

# A worker that took a letter and died gives it back after this time. Longer than any mail server may keep us waiting.
LEASE = timedelta(minutes=10)
# After each failure one step further; when the steps are used up, three days have passed.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    *([timedelta(hours=12)] * 6),
)
# Sent letters lose their words after this time; that they were sent stays known for a year.
WORDS_KEPT = Span(days=30)


_AWAY = _("Der Mailserver antwortet nicht.")
_SAID = {
    "SMTPRecipientsRefused": _("Diese Adresse nimmt keine E-Mails an."),
    "SMTPAuthenticationError": _("Der Mailserver lässt uns nicht herein."),
    **dict.fromkeys(
        ("ConnectionRefusedError", "TimeoutError", "gaierror", "SMTPServerDisconnected", "SMTPConnectError"), _AWAY
    ),
}


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after this many attempts; None when it was the last."""
    return at + BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None


def is_hopeless(error: Exception) -> bool:
    """The mail server says that this address will never take a letter (5xx): trying again only annoys it."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    return False


def is_server_away(error: Exception) -> bool:
    """Not this letter is the problem: no letter would get through now."""
    if isinstance(error, SMTPException):
        return isinstance(error, SMTPAuthenticationError | SMTPConnectError | SMTPServerDisconnected)
    return isinstance(error, OSError)


def what_happened(error: Exception) -> str:
    """The kind of the problem, and the server's code. Never its words: they repeat the address."""
    code = str(error.smtp_code) if isinstance(error, SMTPResponseException) else ""
    if isinstance(error, SMTPRecipientsRefused):
        code = " ".join(str(code) for code, _reason in error.recipients.values())
    return f"{type(error).__name__} {code}".strip()[:200]


def in_words(trouble: str) -> str:
    """What `what_happened` noted, for people who have to do something about it; the code helps to look it up."""
    kind, _space, code = trouble.partition(" ")
    said = _SAID.get(kind, _("Beim Verschicken gab es eine Störung."))
    return f"{said} ({code or kind})" if trouble else ""


def has_words(letter: Letter) -> Verdict:
    return yes_if(
        bool(letter.text), _("Der Inhalt dieser E-Mail ist gelöscht. Sie kann nicht noch einmal verschickt werden.")
    )
