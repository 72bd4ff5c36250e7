from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "verbundwerk.needs"
    label = "needs"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs loaded apps
        from verbundwerk.disclosure.queries import offer_parts  # noqa: PLC0415

        from .queries import parts, sees_lists  # noqa: PLC0415
        from .terms import DEMAND  # noqa: PLC0415

        offer_parts(DEMAND, self.label, parts)
        offer(NavigationEntry(_("Bedarfe"), "needs:list", order=20, visible=lambda request: sees_lists(request.user)))
