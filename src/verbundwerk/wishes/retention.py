"""How long what the workforce says is kept."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, keep, not_personal, of
from verbundwerk.network.retention import CONTRACT, DELETED

from .rules import KEPT_FOR
from .rules_surveys import SURVEYS_KEPT_FOR
from .rules_talks import TALKS_KEPT_FOR

keep(
    Kept(
        key="wishes",
        fields=of("wishes.Wish", "person", "topic_text", "sort_key", "details", "answer"),
        what=_("Eigene Wünsche von Beschäftigten und die Antwort des Betriebs"),
        purpose=_("damit Sie festhalten können, was Sie lernen möchten, und es freigeben, wenn Sie wollen"),
        span=KEPT_FOR,
        since=_("nachdem Sie oder Ihr Betrieb zuletzt etwas daran getan haben; Sie selbst löschen jederzeit"),
        then=DELETED,
        ground=_("Art. 6 Abs. 1 Buchst. a DSGVO: Sie schreiben ihn freiwillig auf und nehmen ihn jederzeit zurück"),
    ),
    Kept(
        key="talks",
        fields=("wishes.Talk.mentor",),
        what=_("Gespräche von Mentorinnen und Mentoren: wer sie festgehalten hat; mit wem, steht nirgends"),
        purpose=_("damit aus mehreren Gesprächen ein Bedarf wird und Sie sehen, was daraus geworden ist"),
        span=TALKS_KEPT_FOR,
        since=_("nach dem Festhalten"),
        then=DELETED,
        ground=CONTRACT,
    ),
    Kept(
        key="surveys",
        fields=of("wishes.Survey", "title", "intro", "made_by"),
        what=_("Befragungen zum Bildungsbedarf: Titel, Einleitung und wer sie angelegt hat; Antworten sind nur Zahlen"),
        purpose=_("damit beide Seiten des Betriebs belegen können, was gefragt wurde"),
        span=SURVEYS_KEPT_FOR,
        since=_("nachdem die Befragung beendet oder verworfen ist"),
        then=DELETED,
        ground=_("Art. 6 Abs. 1 Buchst. c und f DSGVO: Beteiligung nach dem Betriebsverfassungsgesetz"),
    ),
)
not_personal("a key of the form, made by us", "wishes.Wish.once", "wishes.Talk.once", "wishes.Survey.once")
not_personal("an address to hand out, made by us", "wishes.Survey.code")
