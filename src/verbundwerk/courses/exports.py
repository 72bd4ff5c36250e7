"""The list of courses as a table to look at and to take along."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.days import span_text
from verbundwerk.base.tables import Column, Filter, Table
from verbundwerk.network.queries import standing
from verbundwerk.network.rules import Standing

from . import queries, rules
from .models import Course
from .states import AHEAD, BookingState, CourseState

TONES = {
    CourseState.PLANNED: "neutral",
    CourseState.OPEN: "info",
    CourseState.SECURED: "success",
    CourseState.RUNNING: "success",
    CourseState.COMPLETED: "neutral",
    CourseState.CANCELLED_BY_PROVIDER: "danger",
    CourseState.CANCELLED_BY_POOL: "danger",
}
SHOW = [("mine", _("mit meiner Beteiligung")), ("free", _("mit freien Plätzen"))]


def courses_table(person: Any, params: Mapping[str, str]) -> Table:
    who = standing(person)
    return Table(
        caption=_("Kurse"),
        columns=[
            Column("number", _("Nummer"), value="label", sort="number"),
            Column(
                "title",
                _("Kurs"),
                value="name",
                sort="title",
                href=lambda one: reverse("courses:detail", args=[one.pk]),
            ),
            Column("starts_on", _("Beginn"), kind="date", sort=("starts_on", "number")),
            Column("place", _("Ort"), sort="place"),
            Column("provider", _("Anbieter"), value="provider.name", sort="provider__sort_key"),
            Column("free", _("Freie Plätze"), value=lambda one: _free(person, who, one)),
            Column("price", _("Preis je Platz"), value="price_cents", kind="cents", sort="price_cents"),
            Column("state", _("Stand"), value="get_state_display", kind="state", sort="state", tone=tone),
        ],
        rows=queries.courses_visible_to(person).select_related("provider"),
        params=params,
        filters=[
            Filter("stand", _("Stand"), [("ahead", _("geplant oder im Gange")), *CourseState.choices], _in_state),
            Filter("zeige", _("Zeigen"), SHOW, lambda rows, chosen: _narrowed(person, rows, chosen)),
        ],
        search=("title", "place", "provider__search_key", "topic__search_key"),
        order="-starts_on",
        empty=_("Hier stehen Kurse, sobald ein Bündel zustande kommt oder ein Bildungsanbieter einen Kurs öffnet."),
        downloads={"csv": reverse("courses:csv"), "xlsx": reverse("courses:xlsx")},
    )


def _free(person: Any, who: Standing, course: Course) -> str | None:
    """Of a course that is over nobody asks."""
    if course.state not in rules.BEFORE_START:
        return None
    return str(rules.free_told(who, course, person.pk) or 0)


def tone(course: Course) -> str:
    return TONES[CourseState(course.state)]


def _in_state(rows: QuerySet[Course], chosen: str) -> QuerySet[Course]:
    return rows.filter(state__in=AHEAD if chosen == "ahead" else [chosen])


def _narrowed(person: Any, rows: QuerySet[Course], chosen: str) -> QuerySet[Course]:
    if chosen == "free":
        return rows.filter(queries.with_free_seats(clock.today()))
    return rows.filter(queries.takes_part(person))


def bookings_table(person: Any, course: Course, params: Mapping[str, str]) -> Table:
    """Own seats; all firms with their numbers for those who hold or arrange the course."""
    who = standing(person)
    teaches, own = rules.teaches(who, course, person.pk), who.organisations(*rules.FIRM_ROLES)

    def page(one: Any) -> str | None:
        opens = not teaches and (who.coordinates or one.organisation_id in own)
        return reverse("courses:booking", args=[one.pk]) if opens else None

    order = ("organisation__sort_key", "state", "booked_at")  # what was cancelled stands below what counts
    return Table(
        caption=_("Gebuchte Plätze") if teaches or standing(person).coordinates else _("Ihre Plätze"),
        columns=[
            Column("firm", _("Betrieb"), value="organisation.name", sort=order, href=page),
            Column("seats", _("Plätze"), kind="number", sort="seats"),
            Column("named", _("Benannt"), kind="number"),
            Column("booking", _("Stand"), value="get_state_display", kind="state", tone=_booking_tone),
        ],
        rows=queries.bookings_shown(person, course),
        params=params,
        prefix="b.",
        order="firm",
        empty=_("Noch sind keine Plätze gebucht."),
    )


def _booking_tone(booking: Any) -> str:
    return {BookingState.BINDING: "success", BookingState.RESERVED: "info"}.get(booking.state, "neutral")


def certificates_table(person: Any, course: Course, params: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Ausgestellte Bescheinigungen"),
        columns=[
            Column("number", _("Nummer"), sort="number", href=_check),
            Column("name", _("Name"), value=lambda one: one.content.get("name")),
            # Not to sort by: who got the paper late is nobody's ranking.
            Column("issued", _("Ausgestellt am"), value="issued_at", kind="date"),
            Column("pdf", _("Papier"), value=_paper_text, href=_paper),
        ],
        rows=queries.certificates_shown(person, course),
        params=params,
        order="number",
        empty=_("Eine Bescheinigung bekommt, wer an mindestens drei Vierteln der halben Tage dabei war."),
    )


def own_certificates_table(person: Any, params: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Meine Bescheinigungen"),
        columns=[
            Column("title", _("Kurs"), value=lambda one: one.content["title"]),
            Column("when", _("Zeitraum"), value=_days_of),
            Column("provider", _("Bildungsanbieter"), value=lambda one: one.content["provider"]),
            Column("number", _("Nummer"), sort="number"),
            Column("issued", _("Ausgestellt am"), value="issued_at", kind="date", sort="issued_at"),
            Column("pdf", _("Papier"), value=_paper_text, href=_paper),
            Column("check", _("Prüfen"), value=lambda _one: _("Prüfseite öffnen"), href=_check),
        ],
        rows=queries.own_certificates(person),
        params=params,
        empty=_("Noch ist keine Bescheinigung für Sie ausgestellt. Nach einem Kurs finden Sie sie hier."),
    )


def _days_of(certificate: Any) -> str:
    content = certificate.content
    return span_text(date.fromisoformat(content["starts_on"]), date.fromisoformat(content["ends_on"]))


def _check(certificate: Any) -> str:
    return reverse("courses:check", args=[certificate.code])


def _paper_text(certificate: Any) -> str:
    return str(_("PDF herunterladen")) if _paper(certificate) else ""


def _paper(certificate: Any) -> str | None:
    """Only as long as the name is kept: a paper without one certifies nothing."""
    return reverse("courses:certificate", args=[certificate.pk]) if "name" in certificate.content else None
