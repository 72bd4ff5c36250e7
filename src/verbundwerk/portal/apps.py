from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "verbundwerk.portal"
    label = "portal"
