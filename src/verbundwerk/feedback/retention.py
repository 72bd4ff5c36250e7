"""How long it is kept who was asked, what people think they can do, and what they wrote."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, keep, not_personal
from verbundwerk.network.retention import DELETED

from .rules import CHECKS_KEPT_FOR, TEXTS_KEPT_FOR

FREELY = _("Art. 6 Abs. 1 Buchst. a DSGVO: Sie antworten freiwillig")

keep(
    Kept(
        key="self_checks",
        fields=("feedback.Ticket.address", "feedback.SelfCheck.levels"),
        what=_(
            "Wer zu Selbst-Check und Rückmeldung eingeladen ist, und was Sie im Selbst-Check angekreuzt haben."
            " Nach dem Kurs endet die Einladung mit der Runde; was Sie dort antworten, ist mit Ihnen nicht verbunden"
        ),
        purpose=_("damit jede Person einmal antworten und ihren Selbst-Check wieder ansehen kann"),
        span=CHECKS_KEPT_FOR,
        since=_("nach dem letzten Kurstag; Sie selbst löschen jederzeit"),
        then=DELETED,
        ground=FREELY,
    ),
    Kept(
        key="feedback_texts",
        fields=("feedback.Round.texts",),
        what=_("Freie Worte zum Kurs, ohne Namen, ohne Zeit und nach Buchstaben sortiert"),
        purpose=_("damit Lehrkraft, Anbieter und Koordination den nächsten Kurs besser machen"),
        span=TEXTS_KEPT_FOR,
        since=_("nachdem die Runde beendet ist"),
        then=DELETED,
        ground=FREELY,
    ),
)
not_personal(
    "numbers of a whole group, in which nobody can be found", "feedback.Round.counts", "feedback.Round.profile"
)
not_personal("describes a course", "feedback.Round.items")
not_personal("a key made by us", "feedback.Ticket.token_hash")
