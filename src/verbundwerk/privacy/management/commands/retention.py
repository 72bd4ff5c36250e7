from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from verbundwerk.privacy.exports import as_markdown


class Command(BaseCommand):
    help = "Prints the retention table as it stands in the handbook (docs/handbuch/datenschutz.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        with override(settings.LANGUAGE_CODE):
            self.stdout.write(as_markdown())
