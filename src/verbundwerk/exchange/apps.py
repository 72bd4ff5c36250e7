from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "booking.held": _("Freie Plätze für die Warteliste gehalten"),
    "booking.reserved": _("Plätze vorgemerkt"),
    "booking.bound": _("Vorgemerkte Plätze verbindlich gemacht"),
    "booking.lapsed": _("Vormerkung verfallen"),
    "booking.seats_given": _("Plätze zum Abgeben angeboten"),
    "booking.seats_passed": _("Plätze an einen anderen Betrieb übergeben"),
    "booking.seats_returned": _("Plätze zurückgegeben"),
    "course.list_changed": _("Warteliste gezählt"),
    "entry.joined": _("In die Warteliste eingetragen"),
    "entry.changed": _("Eintrag in der Warteliste geändert"),
    "entry.offered": _("Platz angeboten"),
    "entry.skipped": _("Übergangen, weil zu wenig frei war"),
    "entry.accepted": _("Platz angenommen"),
    "entry.declined": _("Platz abgelehnt"),
    "entry.expired": _("Frist für den Platz verstrichen"),
    "entry.offer_taken_back": _("Angebot zurückgenommen"),
    "entry.left": _("Aus der Warteliste ausgetragen"),
    "entry.unserved": _("Warteliste geschlossen, kein Platz"),
    "given.withdrawn": _("Abgegebenen Platz doch behalten"),
    "given.returned": _("Abgegebenen Platz zurückgegeben"),
    "given.kept": _("Niemand hat den Platz übernommen"),
}


class ExchangeConfig(AppConfig):
    name = "verbundwerk.exchange"
    label = "exchange"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs loaded apps
        from verbundwerk.courses.queries import offer_beside  # noqa: PLC0415
        from verbundwerk.journal.terms import say  # noqa: PLC0415

        from .queries.beside import beside  # noqa: PLC0415

        say(SENTENCES)
        offer_beside(beside)
        offer(NavigationEntry(_("Platzbörse"), "exchange:home", order=30, visible=_exchanges, place="person"))


def _exchanges(request: Any) -> bool:
    from verbundwerk.courses.rules import BOOKING_ROLES  # noqa: PLC0415 - models are loaded only now
    from verbundwerk.network.queries import standing  # noqa: PLC0415

    who = standing(request.user)
    return who.coordinates or who.is_a(*BOOKING_ROLES)
