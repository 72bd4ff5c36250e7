from typing import Any

from django.core.management.base import BaseCommand, CommandError

from verbundwerk.base import clock
from verbundwerk.base.alone import alone
from verbundwerk.base.jobs import Done, run_due


class Command(BaseCommand):
    help = "Does everything that is due. Run it every few minutes; a second run at the same time steps aside."

    def handle(self, *args: Any, **options: Any) -> None:
        with alone("tick") as mine:
            if not mine:
                self.stdout.write("tick: another one is running")
                return
            done = run_due(clock.now())
        for one in done:
            self.stdout.write(_line(one))
        if failed := sum(one.problem is not None for one in done):
            raise CommandError(f"{failed} of {len(done)} failed")


def _line(one: Done) -> str:
    """The kind of the problem and no more: its text may name people, and these lines are kept in logs."""
    return f"{one.name}: {one.count}" if one.problem is None else f"{one.name}: failed ({type(one.problem).__name__})"
