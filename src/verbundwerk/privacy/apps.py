from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {"retention.applied": _("Aufbewahrungszeit vorbei: gelöscht oder anonymisiert")}


class PrivacyConfig(AppConfig):
    name = "verbundwerk.privacy"
    label = "privacy"

    def ready(self) -> None:
        from verbundwerk.journal.terms import say  # noqa: PLC0415 - rooms load before their models

        say(SENTENCES)
