from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from verbundwerk.base import clock
from verbundwerk.network.models import Organisation
from verbundwerk.portal.demo.story import build


class Command(BaseCommand):
    help = "Build the demo region, once, into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor", type=date.fromisoformat, help="the day the region lives around; today if not told"
        )
        parser.add_argument("--if-empty", action="store_true", help="leave a database alone that holds something")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo region is only for installations started with VERBUNDWERK_DEMO=1.")
        if Organisation.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The database is not empty. The demo region is only built into an empty one.")
        build(options["anchor"] or clock.today())
        self.stdout.write("The demo region is built.")
