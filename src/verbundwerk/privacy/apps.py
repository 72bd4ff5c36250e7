from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "retention.applied": _("Aufbewahrungszeit vorbei: gelöscht oder anonymisiert"),
    "person.own_data_deleted": _("Eigene freiwillige Angaben gelöscht"),
    "calendar.dropped": _("Kalenderadresse gelöscht"),
}


class PrivacyConfig(AppConfig):
    name = "verbundwerk.privacy"
    label = "privacy"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - rooms load before their models
        from verbundwerk.journal.terms import say  # noqa: PLC0415

        say(SENTENCES)
        looked = _("Wer hat hingeschaut?")
        offer(NavigationEntry(_("Meine Daten"), "privacy:own_data", order=60, visible=_is_somebody, place="person"))
        offer(NavigationEntry(looked, "privacy:own_looks", order=70, visible=_is_somebody, place="person"))


def _is_somebody(request: Any) -> bool:
    return bool(request.user.is_authenticated)
