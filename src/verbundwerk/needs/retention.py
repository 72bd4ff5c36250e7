"""How long the words of a need are kept. Numbers, topic and dates stay: they name no person."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, Span, keep, not_personal, of
from verbundwerk.network.retention import CONTRACT, DELETED, acts

from .rules import IMPORTS_KEPT_FOR
from .rules_quick import KEPT_AFTER, UNCONFIRMED_FOR

QUICK_WORDS = of("needs.QuickNeed", "name", "email", "firm_name", "topic_text")

keep(
    Kept(
        key="need_words",
        fields=of(
            "needs.Need", "raised_by", "topic_text", "sort_key", "search_key", "details", "rotation", "language",
            "accessibility", "reason",
        ),
        what=_("Freie Worte eines Bedarfs und wer ihn gemeldet hat; Thema, Anzahl und Zeitraum bleiben"),
        purpose=_("damit die Koordination den Bedarf versteht und zurückfragen kann"),
        span=Span(months=24),
        since=_("nachdem der Bedarf gedeckt, zurückgezogen oder verfallen ist"),
        then=DELETED,
        ground=CONTRACT,
    ),
    Kept(
        key="evaluations",
        fields=("needs.Evaluation.note", "needs.Evaluation.answered_by"),
        what=_("Rückmeldung eines Betriebs zum Kurs: freie Worte und wer geantwortet hat"),
        purpose=_("damit die Koordination den nächsten Kurs besser auswählt"),
        span=Span(months=24),
        since=_("nach der Antwort"),
        then=DELETED,
        ground=CONTRACT,
    ),
    Kept(
        key="quick_unconfirmed",
        fields=QUICK_WORDS,
        what=_("Ohne Konto gemeldeter Bedarf, dessen E-Mail-Adresse niemand bestätigt hat, mit den E-Mails dazu"),
        purpose=_("damit Sie die Meldung bestätigen können"),
        span=UNCONFIRMED_FOR,
        since=_("nach dem Absenden"),
        then=DELETED,
        ground=CONTRACT,
    ),
    Kept(
        key="quick_decided",
        fields=(*QUICK_WORDS, "needs.QuickNeed.reason", "needs.QuickNeed.closed_by"),
        what=_("Ohne Konto gemeldeter Bedarf: Name, E-Mail-Adresse und Worte, mit den E-Mails dazu"),
        purpose=_("damit der Betrieb entscheiden und Ihnen antworten kann; ein übernommener Bedarf bleibt ohne Sie"),
        span=KEPT_AFTER,
        since=_("nach der Entscheidung"),
        then=DELETED,
        ground=CONTRACT,
    ),
    Kept(
        key="need_lists",
        fields=of("needs.ImportBatch", "uploaded_by", "file_name", "content"),
        what=_("Hochgeladene Listen mit Bedarfen; die Datei selbst behalten wir nie"),
        purpose=_("damit Sie die Zeilen prüfen können, bevor Sie sie übernehmen"),
        span=IMPORTS_KEPT_FOR,
        since=_("nach dem Hochladen"),
        then=DELETED,
        ground=CONTRACT,
    ),
)  # fmt: skip
acts("needs", _("Wer einen Link für Meldungen ohne Konto gemacht hat"), "needs.QuickLink.made_by")
not_personal("names a firm, an event or a poster", *of("needs.QuickLink", "code", "name", "purpose"))
not_personal("a language, and a key of the form", *of("needs.QuickNeed", "language", "once"))
not_personal("says where the course should be, not where somebody lives", "needs.Need.postal_code")
not_personal("a key of the form, made by us", "needs.Need.once")
not_personal("names the course", "needs.Evaluation.about")
