from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "verbundwerk.needs"
    label = "needs"
