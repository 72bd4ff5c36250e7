from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "feedback.opened": _("Runde der Rückmeldung begonnen"),
    "feedback.invited": _("Teilnehmende um Rückmeldung gebeten"),
    "feedback.people_left": _("Selbst-Checks von Personen gelöscht, die nicht mehr benannt sind"),
    "feedback.answered": _("Eine Rückmeldung gezählt"),
    "feedback.check_kept": _("Ein Selbst-Check gespeichert"),
    "feedback.check_dropped": _("Ein Selbst-Check gelöscht"),
    "feedback.own_checks_deleted": _("Eigene Selbst-Checks gelöscht"),
    "feedback.closed": _("Runde der Rückmeldung beendet"),
}


class FeedbackConfig(AppConfig):
    name = "verbundwerk.feedback"
    label = "feedback"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs loaded apps
        from verbundwerk.courses.queries import offer_link  # noqa: PLC0415
        from verbundwerk.journal.terms import say  # noqa: PLC0415

        from .queries import link_of  # noqa: PLC0415

        say(SENTENCES)
        offer_link(link_of)
        mine = _("Meine Rückmeldungen")
        offer(NavigationEntry(mine, "feedback:own", order=52, place="person", visible=_is_here, marks_room=False))


def _is_here(request: Any) -> bool:
    return bool(request.user.is_authenticated)
