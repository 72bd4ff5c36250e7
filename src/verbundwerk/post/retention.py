"""How long letters are kept."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, Span, keep, not_personal

from .rules import WORDS_KEPT

LEGAL = _("Art. 6 Abs. 1 Buchst. b und f DSGVO: Sie zu benachrichtigen gehört zur Zusammenarbeit")

keep(
    Kept(
        key="letter_words",
        fields=("post.Letter.text", "post.Letter.html", "post.Letter.attachments"),
        what=_("Inhalt und Anhänge der E-Mails, die wir schicken"),
        purpose=_("damit eine E-Mail ankommt, auch wenn der Mailserver gerade nicht antwortet"),
        span=WORDS_KEPT,
        since=_("nach dem Schreiben; bei E-Mails mit Anmeldecode sofort nach dem Versand"),
        then=_("gelöscht"),
        ground=LEGAL,
    ),
    Kept(
        key="letters",
        fields=("post.Letter.to", "post.Letter.subject", "post.Letter.last_error"),
        what=_("Empfängeradresse, Betreff und Versandstand der E-Mails"),
        purpose=_("damit niemand dieselbe E-Mail zweimal bekommt und Zustellfehler auffallen"),
        span=Span(months=12),
        since=_("nach dem Schreiben"),
        then=_("gelöscht"),
        ground=LEGAL,
    ),
)
not_personal("names the occasion by ids", "post.Letter.key")
