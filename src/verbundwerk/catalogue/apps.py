from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "verbundwerk.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs loaded apps

        offer(NavigationEntry(_("Angebote"), "catalogue:list", order=50))
