"""The words of this room's e-mails: subject and paragraphs, in the language of the moment. No name of another firm."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.days import day_text, moment_text, span_text
from verbundwerk.base.figures import euro_text
from verbundwerk.courses.models import Course

from .models import ListEntry

Words = tuple[str, list[str]]
Tell = Callable[[], Words]


def _facts(course: Course) -> str:
    return f"{course.label}: {course.name}, {span_text(course.starts_on, course.ends_on)}"


def seats_in_words(seats: int) -> str:
    return ngettext("%(n)d Platz", "%(n)d Plätze", seats) % {"n": seats}


def offered(entry: ListEntry) -> Words:
    until = entry.offer_until
    assert until is not None
    subject = _("Ein Platz für Sie: %(title)s") % {"title": entry.course.name}
    lead = _("Für Ihren Betrieb ist in diesem Kurs etwas frei: %(seats)s, %(price)s je Platz.") % {
        "seats": seats_in_words(entry.offered), "price": euro_text(entry.price_cents or 0),
    }  # fmt: skip
    keep = _("Wir halten das bis %(until)s für Sie. Danach ist der nächste Betrieb an der Reihe.")
    return subject, [lead, _facts(entry.course), keep % {"until": moment_text(until)}]


def skipped(course: Course) -> Words:
    subject = _("Etwas wird frei, aber nicht genug für Sie: %(title)s") % {"title": course.name}
    lead = _("In diesem Kurs ist weniger frei geworden, als Ihr Betrieb mindestens braucht.")
    keep = _(
        "Sie behalten Ihren Platz in der Liste. Kommen Sie auch mit weniger aus, nennen Sie dort eine kleinere Zahl."
    )
    return subject, [lead, _facts(course), keep]


def expired(course: Course) -> Words:
    subject = _("Die Frist ist verstrichen: %(title)s") % {"title": course.name}
    lead = _("Ihr Betrieb hat den angebotenen Platz nicht angenommen. Er geht an den nächsten in der Liste.")
    again = _("Brauchen Sie ihn doch noch, tragen Sie sich bitte neu ein.")
    return subject, [lead, _facts(course), again]


def taken_back(course: Course) -> Words:
    subject = _("Das Angebot gilt nicht mehr: %(title)s") % {"title": course.name}
    lead = _("Der Platz, den wir Ihnen angeboten haben, ist nicht mehr frei. Das tut uns leid.")
    keep = _("Sie behalten Ihren Platz in der Liste und hören von uns, sobald wieder etwas frei wird.")
    return subject, [lead, _facts(course), keep]


def unserved(course: Course) -> Words:
    subject = _("Kein Platz mehr frei geworden: %(title)s") % {"title": course.name}
    lead = _("Die Liste dieses Kurses ist geschlossen, und für Ihren Betrieb ist kein Platz frei geworden.")
    way = _("Melden Sie den Bedarf, wenn er noch besteht. Dann suchen wir Partner für einen weiteren Kurs.")
    return subject, [lead, _facts(course), way]


def seated(course: Course, seats: int) -> Words:
    subject = _("Die Plätze gehören Ihnen: %(title)s") % {"title": course.name}
    lead = _("Ihr Betrieb hat verbindlich übernommen: %(seats)s.") % {"seats": seats_in_words(seats)}
    return subject, [lead, _facts(course), _("Bitte benennen Sie jetzt, wer teilnimmt.")]


def taken_over(course: Course, seats: int) -> Words:
    """To the firm that gave the seats away."""
    subject = _("Übernommen: Ihr Platz in %(title)s") % {"title": course.name}
    lead = _("Ein anderer Betrieb hat übernommen, was Sie abgegeben haben: %(seats)s.") % {
        "seats": seats_in_words(seats)
    }
    return subject, [lead, _facts(course), _("Dafür zahlen Sie nichts mehr.")]


def given_back(course: Course, seats: int, cents: int, day: date) -> Words:
    subject = _("Zurückgegeben: Ihr Platz in %(title)s") % {"title": course.name}
    lead = _("Niemand hat übernommen, was Sie abgeben wollten. Wie vereinbart, ist es zurückgegeben: %(seats)s.")
    cost = _("Nach den Bedingungen des Anbieters kostet das am %(day)s %(amount)s.")
    told = {"day": day_text(day), "amount": euro_text(cents)}
    return subject, [lead % {"seats": seats_in_words(seats)}, _facts(course), cost % told]


def kept(course: Course, seats: int) -> Words:
    subject = _("Nicht übernommen: Ihr Platz in %(title)s") % {"title": course.name}
    lead = _("Niemand hat übernommen, was Sie abgeben wollten: %(seats)s.") % {"seats": seats_in_words(seats)}
    return subject, [lead, _facts(course), _("Der Platz bleibt Ihrer, und Sie zahlen ihn.")]
