from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "alliance.founded": _("Verbund gegründet"),
    "alliance.joined": _("Verbund beigetreten"),
    "alliance.left": _("Aus einem Verbund ausgetreten"),
    "body.founded": _("Gremium eingerichtet"),
    "organisation.registered": _("Organisation aufgenommen"),
    "organisation.changed": _("Angaben zur Organisation geändert"),
    "site.added": _("Standort eingetragen"),
    "site.changed": _("Standort geändert"),
    "person.welcomed": _("Person aufgenommen"),
    "person.changed": _("Profil geändert"),
    "person.signed_out_everywhere": _("Auf allen Geräten abgemeldet"),
    "mandate.given": _("Rolle vergeben"),
    "mandate.ended": _("Ende einer Rolle eingetragen"),
    "invitation.sent": _("Einladung verschickt"),
    "invitation.accepted": _("Einladung angenommen"),
    "invitation.withdrawn": _("Einladung zurückgezogen"),
    "invitation.expired": _("Einladung verfallen"),
    "letter.tried_again": _("E-Mail noch einmal verschickt"),
}


class NetworkConfig(AppConfig):
    name = "verbundwerk.network"
    label = "network"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - rooms load before their models
        from verbundwerk.journal.terms import say  # noqa: PLC0415

        say(SENTENCES)
        offer(NavigationEntry(_("Netzwerk"), "network:list", order=60))
        offer(NavigationEntry(_("Mein Profil"), "network:profile", order=10, visible=_is_somebody, place="person"))
        offer(NavigationEntry(_("Postausgang"), "network:letters", order=80, visible=_sees_outbox, place="person"))


def _is_somebody(request: Any) -> bool:
    return bool(request.user.is_authenticated)


def _sees_outbox(request: Any) -> bool:
    from . import queries, rules  # noqa: PLC0415

    return bool(rules.may_see_outbox(queries.standing(request.user)))
