from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "verbundwerk.disclosure"
    label = "disclosure"
