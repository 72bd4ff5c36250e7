from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "verbundwerk.journal"
    label = "journal"
