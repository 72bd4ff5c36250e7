from datetime import date

from verbundwerk.base.retention import Kept, table

from .models import Forgetting


def kept_lines() -> list[Kept]:
    """The whole retention table; everybody may read it."""
    return table()


def worked_off(on: date) -> set[str]:
    """The lines for which nothing is left to do on this day."""
    return set(Forgetting.objects.filter(done_on=on).values_list("line", flat=True))
