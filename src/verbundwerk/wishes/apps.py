from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "wish.written": _("Wunsch aufgeschrieben"),
    "wish.changed": _("Wunsch geändert"),
    "wish.released": _("Wunsch freigegeben"),
    "wish.taken_back": _("Wunsch zurückgenommen"),
    "wish.taken": _("Aus dem Wunsch wurde ein Bedarf"),
    "wish.declined": _("Wunsch beantwortet"),
    "wish.deleted": _("Wunsch gelöscht"),
    "talk.noted": _("Gespräch festgehalten"),
    "talk.passed_on": _("Gespräche der Koordination gezeigt"),
    "talk.kept_back": _("Gespräche zurückgeholt"),
    "talk.raised": _("Aus Gesprächen wurde ein Bedarf"),
    "talk.deleted": _("Gespräch gelöscht"),
    "survey.built": _("Befragung angelegt"),
    "survey.changed": _("Befragung geändert"),
    "survey.laid_before": _("Befragung dem Betriebsrat vorgelegt"),
    "survey.opened": _("Befragung gestartet"),
    "survey.answered": _("Eine Antwort gezählt"),
    "survey.closed": _("Befragung beendet"),
    "survey.raised": _("Aus der Befragung wurden Bedarfe"),
    "survey.dropped": _("Befragung verworfen"),
}


class WishesConfig(AppConfig):
    name = "verbundwerk.wishes"
    label = "wishes"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs loaded apps
        from verbundwerk.journal.terms import say  # noqa: PLC0415

        say(SENTENCES)
        # Beside the name: the main row is full with seven rooms.
        offer(NavigationEntry(_("Belegschaft"), "wishes:home", order=20, visible=_belongs_here, place="person"))


def _belongs_here(request: Any) -> bool:
    from .rules import belongs_here  # noqa: PLC0415 - models are loaded only now

    return belongs_here(request.user)
