from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from verbundwerk.base import catalogues


class Command(BaseCommand):
    help = "Keeps the language catalogues: update (from the code), compile (for running), gaps (what is missing)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["update", "compile", "gaps"])
        parser.add_argument("room", nargs="?", default="", help="only this room (default: all)")

    def handle(self, *args: Any, what: str, room: str, **options: Any) -> None:
        try:
            getattr(self, f"_{what}")(room)
        except ValueError as problem:
            raise CommandError(str(problem)) from problem

    def _update(self, only: str) -> None:
        for language in catalogues.other_languages():
            for room, folder in catalogues.rooms(only).items():
                missing, dropped = catalogues.update(room, folder, language)
                self.stdout.write(f"{room}/{language}: {missing} to translate, {dropped} dropped")

    def _compile(self, only: str) -> None:
        self.stdout.write(f"{len(catalogues.compile_all(only))} catalogues compiled")

    def _gaps(self, only: str) -> None:
        found = catalogues.gaps(only)
        for gap in found:
            self.stdout.write(str(gap))
        if found:
            raise CommandError(f"{len(found)} gaps")
        self.stdout.write("no gaps")
