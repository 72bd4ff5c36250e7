"""Papers to print: the certificate and the list to sign. Always German, as the people who ask for them are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from verbundwerk.base.days import day_text, span_text
from verbundwerk.base.pdf import Head, Sender, typeset
from verbundwerk.base.qr import qr_svg
from verbundwerk.post.papers import absolute

from ..models import Certificate, Course, Seat, Session
from ..terms import Half

PRINTED_IN = "de"


def check_address(code: str) -> str:
    return absolute(reverse("courses:check", args=[code]))


# -- certificate ------------------------------------------------------------------------------
def certificate_pdf(certificate: Certificate) -> bytes:
    """From the frozen content alone: the paper stays the same whatever becomes of course, firm and person."""
    with override(PRINTED_IN):
        content = certificate.content
        url = check_address(certificate.code)
        head = Head(
            title=_("Teilnahmebescheinigung"),
            sender=Sender(content["provider"]),
            dated_on=date.fromisoformat(content["issued_on"]),
            number=certificate.number,
            footer=_("Bescheinigung %(number)s") % {"number": certificate.number},
        )
        return typeset("courses/certificate.typ", head, _certificate_data(certificate, url))


def _certificate_data(certificate: Certificate, url: str) -> dict[str, Any]:
    content = certificate.content
    return {
        "name": content["name"],
        "lead": _("hat an folgendem Kurs teilgenommen:"),
        "course_title": content["title"],
        "facts": certificate_facts(content),
        "parts": [[_("Ziel"), content["goals"]], [_("Inhalte"), content["contents"]]],
        "signature": _("Ort, Datum und Unterschrift: %(provider)s") % {"provider": content["provider"]},
        "qr": qr_svg(url),
        "qr_words": _("QR-Code zur Prüfseite dieser Bescheinigung"),
        "check": _("Echtheit prüfen"),
        "check_text": _("Diese Adresse zeigt, was in dieser Bescheinigung steht:"),
        "url": url,
    }


def certificate_facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Extent, days, place: as printed and as shown on the check page."""
    start, end = date.fromisoformat(content["starts_on"]), date.fromisoformat(content["ends_on"])
    units = content["teaching_units"]
    extent = ngettext(
        "%(units)d Unterrichtseinheit zu 45 Minuten", "%(units)d Unterrichtseinheiten zu 45 Minuten", units
    ) % {"units": units}
    days = ngettext("an %(days)d Tag", "an %(days)d Tagen", len(content["days"])) % {"days": len(content["days"])}
    facts = [
        (_("Umfang"), f"{extent}, {days}"),
        (_("Zeitraum"), span_text(start, end)),
        (_("Ort"), content["place"]),
        (_("Bildungsanbieter"), content["provider"]),
        (_("Kurs"), content["course"]),
    ]
    return [(label, value) for label, value in facts if value]


# -- the list to sign ----------------------------------------------------------------------------
def attendance_list(
    course: Course, sessions: Sequence[Session], people: Iterable[Seat], *, with_firms: bool = False
) -> bytes:
    """One sheet per half day. The firm stands there only when the grant asks for it."""
    with override(PRINTED_IN):
        names = [_line(seat, with_firms) for seat in people]
        head = Head(
            title=_("Teilnahmeliste"),
            subtitle=course.title,
            sender=Sender(course.provider.name),
            dated_on=course.starts_on,
            number=course.label,
            footer=f"{course.label} · {course.title}",
        )
        return typeset("courses/attendance.typ", head, _list_data(course, sessions, names, with_firms))


def _line(seat: Seat, with_firms: bool) -> list[str]:
    return [seat.name, seat.booking.organisation.name] if with_firms else [seat.name]


def _list_data(course: Course, sessions: Sequence[Session], names: list[list[str]], with_firms: bool) -> dict[str, Any]:
    heads = [_("Nr."), _("Name"), *([_("Betrieb")] if with_firms else []), _("Unterschrift")]
    lecturer = course.lecturer.name if course.lecturer else ""
    return {
        "heads": heads,
        "names": names,
        "sheets": [_sheet(one) for one in sessions],
        "lecturer": _("Unterschrift der Lehrkraft") + (f": {lecturer}" if lecturer else ""),
        "empty": _("Es ist noch niemand benannt."),
    }


def _sheet(session: Session) -> list[str]:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    units = (session.ends_at - session.starts_at).total_seconds() // 60 // 45
    when = f"{start:%H:%M}–{end:%H:%M} Uhr"
    extent = _("%(units)d UE") % {"units": units}
    where = [session.place] if session.place else []
    return [f"{day_text(start)}, {Half(session.half).label}", " · ".join([when, extent, *where])]
