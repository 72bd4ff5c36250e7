from typing import Any

from django.core.management.base import BaseCommand

from verbundwerk.base import clock
from verbundwerk.topics.flow import load_topics


class Command(BaseCommand):
    help = "Bring the shared topics to what the house's list says; safe to run again and again."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = load_topics(by=None, at=clock.now())
        self.stdout.write(f"{changed} topics loaded or changed.")
