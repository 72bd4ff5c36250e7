from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verbundwerk.base.moves import Table, move


class InvitationState(TextChoices):
    OPEN = "open", _("offen")
    ACCEPTED = "accepted", _("angenommen")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    EXPIRED = "expired", pgettext_lazy("invitation", "abgelaufen")


S = InvitationState
INVITATION = Table(
    S,
    S.OPEN,
    [
        move("accept", [S.OPEN], S.ACCEPTED, _("Einladung annehmen")),
        move("withdraw", [S.OPEN], S.WITHDRAWN, _("Einladung zurückziehen")),
        move("expire", [S.OPEN], S.EXPIRED, _("Einladung verfallen lassen")),
    ],
)
