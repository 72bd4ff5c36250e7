from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verbundwerk.portal.demo.links import demo_links


class Command(BaseCommand):
    help = "Print one sign-in link for each role of the demo region."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--base", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        for link in demo_links(options["base"].rstrip("/")):
            self.stdout.write(f"{link.role_label:<34} {link.url}")
