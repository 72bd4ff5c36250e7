from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.frame import NavigationEntry, offer, offer_search


def _signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


class PortalConfig(AppConfig):
    name = "verbundwerk.portal"
    label = "portal"

    def ready(self) -> None:
        from verbundwerk.disclosure.queries import offer_parts  # noqa: PLC0415 - models are loaded only now

        from .queries.figures import ATTENDANCE, attended  # noqa: PLC0415

        offer_parts(ATTENDANCE, self.label, attended)
        offer_search("portal:search")
        offer(NavigationEntry(_("Heute"), "portal:today", order=10, visible=_signed_in, marks_room=False))
        offer(NavigationEntry(_("Impressum"), "portal:imprint", order=10, place="footer"))
        offer(NavigationEntry(_("Datenschutz"), "portal:privacy", order=20, place="footer"))
        offer(NavigationEntry(_("Barrierefreiheit"), "portal:accessibility", order=30, place="footer"))
