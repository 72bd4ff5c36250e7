"""What this room keeps itself."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, keep, not_personal, of
from verbundwerk.network.retention import DELETED

from .rules import LOOKS_KEPT

keep(
    Kept(
        key="looks",
        fields=of("privacy.Look", "viewer", "role", "page", "person"),
        what=_(
            "Einsichtsprotokoll: wer von außen wann welche Art von Seite mit Daten eines Betriebs oder einer Person sah"
        ),
        purpose=_("damit Betriebe, Beschäftigte und die oder der Datenschutzbeauftragte prüfen können, wer hinschaut"),
        span=LOOKS_KEPT,
        since=_("nach der Einsicht"),
        then=DELETED,
        ground=_("Art. 6 Abs. 1 Buchst. c und f DSGVO mit Art. 5 Abs. 2 und Art. 32: Nachweis und Sicherheit"),
    )
)
not_personal("names an organisation", "privacy.Look.organisation")
not_personal("names a line of the table", "privacy.Forgetting.line")
