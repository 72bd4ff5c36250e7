from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verbundwerk.base.moves import Table, move


class WishState(TextChoices):
    """Private is where a wish begins and where it comes back to: then nobody but its owner knows of it."""

    PRIVATE = "private", _("nur für Sie")
    RELEASED = "released", pgettext_lazy("wish", "freigegeben")
    TAKEN = "taken", pgettext_lazy("wish", "als Bedarf übernommen")
    DECLINED = "declined", pgettext_lazy("wish", "nicht übernommen")


W = WishState
WISH = Table(
    W,
    W.PRIVATE,
    [
        move("release", [W.PRIVATE], W.RELEASED, _("Für die Personalverantwortung freigeben")),
        move("take_back", [W.RELEASED, W.TAKEN, W.DECLINED], W.PRIVATE, _("Zurücknehmen")),
        move("take", [W.RELEASED], W.TAKEN, _("Als Bedarf übernehmen")),
        move("decline", [W.RELEASED], W.DECLINED, _("Nicht übernehmen")),
    ],
)


class TalkState(TextChoices):
    NOTED = "noted", _("festgehalten")
    PASSED_ON = "passed_on", _("der Koordination gezeigt")
    RAISED = "raised", pgettext_lazy("talk", "als Bedarf gemeldet")


T = TalkState
TALK = Table(
    T,
    T.NOTED,
    [
        move("pass_on", [T.NOTED], T.PASSED_ON, _("Nur der Koordination zeigen")),
        move("keep_back", [T.PASSED_ON], T.NOTED, _("Zurückholen")),
        move("raise", [T.NOTED, T.PASSED_ON], T.RAISED, _("Bedarf daraus machen")),
    ],
)


class SurveyState(TextChoices):
    DRAFT = "draft", pgettext_lazy("survey", "Entwurf")
    LAID_BEFORE = "laid_before", pgettext_lazy("survey", "dem Betriebsrat vorgelegt")
    OPEN = "open", pgettext_lazy("survey", "läuft")
    CLOSED = "closed", pgettext_lazy("survey", "beendet")
    RAISED = "raised", pgettext_lazy("survey", "in Bedarfe übernommen")
    DROPPED = "dropped", pgettext_lazy("survey", "verworfen")


V = SurveyState
SURVEY = Table(
    V,
    V.DRAFT,
    [
        move("lay_before", [V.DRAFT], V.LAID_BEFORE, _("Dem Betriebsrat vorlegen")),
        move("open", [V.LAID_BEFORE], V.OPEN, _("Befragung starten")),
        move("close", [V.OPEN], V.CLOSED, _("Befragung beenden")),
        move("raise", [V.CLOSED], V.RAISED, _("Bedarfe daraus machen")),
        move("drop", [V.DRAFT, V.LAID_BEFORE], V.DROPPED, _("Verwerfen")),
    ],
)
