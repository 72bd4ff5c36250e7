from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.moves import Table, move


class LetterState(TextChoices):
    WAITING = "waiting", _("wartet")
    SENT = "sent", _("verschickt")
    GIVEN_UP = "given_up", _("nicht zustellbar")


S = LetterState
LETTER = Table(
    S,
    S.WAITING,
    [
        move("deliver", [S.WAITING], S.SENT, _("Als verschickt vermerken")),
        move("give_up", [S.WAITING], S.GIVEN_UP, _("Zustellung aufgeben")),
        move("try_again", [S.GIVEN_UP], S.WAITING, _("Noch einmal versuchen")),
    ],
)
