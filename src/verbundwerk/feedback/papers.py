"""The words of this room's letters, in the language of whoever reads them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import Round, Ticket
from .terms import Kind


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as this room words it; `key` says what it is about, so that it goes out once."""

    key: str
    to: str
    language: str
    subject: str
    context: dict[str, str]
    template: str


def invitation(found: Round, ticket: Ticket, token: str, language: str) -> Draft:
    with override(language):
        title = found.course.name
        subject = _subject(Kind(found.kind)) % {"title": title}
    path = reverse("feedback:answer_by_link", args=[token])
    context = {"title": title, "path": path, "name": ticket.seat.name}
    return Draft(
        f"feedback:{found.kind}:{ticket.pk}", ticket.address, language, subject, context,
        f"feedback/letters/{found.kind}",
    )  # fmt: skip


def _subject(kind: Kind) -> str:
    return {
        Kind.CHECK: _("Fünf Minuten vor dem Kurs: „%(title)s“"),
        Kind.EVALUATION: _("Wie war der Kurs? „%(title)s“"),
        Kind.TRANSFER: _("Was wurde daraus? „%(title)s“"),
    }[kind]
