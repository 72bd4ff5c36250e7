from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verbundwerk.base.moves import Table, move


class RoundState(TextChoices):
    OPEN = "open", pgettext_lazy("round", "läuft")
    CLOSED = "closed", pgettext_lazy("round", "beendet")


R = RoundState
ROUND = Table(R, R.OPEN, [move("close", [R.OPEN], R.CLOSED, _("Runde beenden"))])


class TicketState(TextChoices):
    """Spent says that somebody has answered. What they said stands nowhere near it."""

    OPEN = "open", pgettext_lazy("ticket", "noch offen")
    SPENT = "spent", pgettext_lazy("ticket", "eingelöst")


T = TicketState
TICKET = Table(T, T.OPEN, [move("spend", [T.OPEN], T.SPENT, _("Antwort abgeben"))])
