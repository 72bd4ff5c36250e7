"""What a new plan changes, in one line."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..queries import Comparison


def changes_in(found: Comparison) -> str:
    """One sentence; only what changed is said."""
    told = [
        (len(found.only_after), ngettext("%(n)d Kurs ist neu", "%(n)d Kurse sind neu", len(found.only_after))),
        (len(found.only_before), ngettext("%(n)d Kurs entfällt", "%(n)d Kurse entfallen", len(found.only_before))),
        (len(found.moved), ngettext("%(n)d Kurs liegt anders", "%(n)d Kurse liegen anders", len(found.moved))),
        (
            len(found.gained),
            ngettext("%(n)d Bedarf hat jetzt einen Platz", "%(n)d Bedarfe haben jetzt einen Platz", len(found.gained)),
        ),
        (
            len(found.lost),
            ngettext("%(n)d Bedarf hat keinen Platz mehr", "%(n)d Bedarfe haben keinen Platz mehr", len(found.lost)),
        ),
    ]
    lines = [words % {"n": count} for count, words in told if count]
    return f"{', '.join(lines)}." if lines else _("Es ändert sich nichts.")
