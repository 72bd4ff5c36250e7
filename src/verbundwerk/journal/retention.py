"""How long the history is kept."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, Span, keep, not_personal

keep(
    Kept(
        key="journal",
        fields=("journal.JournalEntry.actor", "journal.JournalEntry.details"),
        what=_("Journal: wer wann was geändert hat, als Kennung ohne Namen; dazu Zahlen, Auswahlen und Gründe"),
        purpose=_("damit nachvollziehbar ist, wie eine Buchung, ein Preis oder eine Bescheinigung zustande kam"),
        span=Span(years=10),
        since=_("nach dem Eintrag"),
        then=_("gelöscht"),
        ground=_("Art. 6 Abs. 1 Buchst. f DSGVO: Nachweis bei Streit, so lange Ansprüche bestehen können (§ 199 BGB)"),
    )
)
not_personal(
    "names a kind of event or a thing, not a person",
    "journal.JournalEntry.verb",
    "journal.JournalEntry.kind",
    "journal.JournalEntry.subject",
)
