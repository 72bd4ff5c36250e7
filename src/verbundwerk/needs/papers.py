"""The poster: a QR code and an address one can also type, to hang up where people work."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.base.days import day_text
from verbundwerk.base.pdf import Head, Sender, typeset
from verbundwerk.base.qr import qr_svg
from verbundwerk.post.papers import absolute

from .models import QuickLink


def address_of(link: QuickLink) -> str:
    return absolute(reverse("needs:quick", args=[link.code]))


def readable(link: QuickLink) -> str:
    """The address with its code in groups of four: easier to type, and it leads to the same page."""
    groups = "-".join(link.code[start : start + 4] for start in range(0, len(link.code), 4))
    return absolute(reverse("needs:quick", args=[groups]))


def poster_pdf(link: QuickLink, on: date) -> bytes:
    firm = link.organisation.name if link.organisation else link.name
    until = _("Gilt bis %(day)s") % {"day": day_text(link.valid_until)} if link.valid_until else ""
    head = Head(title=_("Was möchten Sie lernen?"), sender=Sender(firm), dated_on=on, footer=until)
    steps = [
        _("Code mit dem Telefon ansehen oder die Adresse eintippen."),
        _("In einem Satz schreiben, was fehlt. Das dauert gut eine Minute, ohne Konto."),
        _("Den Link in der E-Mail bestätigen. Danach sieht Ihr Betrieb den Bedarf an."),
    ]
    data = {
        "lead": _("Was sollten Sie und Ihre Kolleginnen und Kollegen können? Melden Sie es hier."),
        "steps": steps,
        "qr": qr_svg(address_of(link)),
        "qr_words": _("QR-Code zur Seite, auf der Sie den Bedarf melden"),
        "url": address_of(link),
        "readable": readable(link),
        "name": link.name,
    }
    return typeset("needs/poster.typ", head, data)
