"""What kind of page was looked at (one without words is named by its room), and what one may delete oneself."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROOMS: dict[str, str | Promise] = {
    "network": _("Organisation und ihre Personen"),
    "needs": _("Bedarfe"),
    "pooling": _("Bündel, Angebote und Zusagen"),
    "courses": _("Kurse, Plätze und Bescheinigungen"),
    "wishes": _("Wünsche aus der Belegschaft"),
    "feedback": _("Rückmeldungen zu Kursen"),
    "portal": _("Überblick und Suche"),
    "privacy": _("Einsichtsprotokoll"),
}
PAGES: dict[str, str | Promise] = {
    "network:letters": _("Postausgang"),
    "network:letter": _("E-Mail im Postausgang"),
    "network:organisation": _("Seite der Organisation"),
    "needs:list": _("Liste der Bedarfe"),
    "needs:csv": _("Liste der Bedarfe als Datei"),
    "needs:xlsx": _("Liste der Bedarfe als Datei"),
    "needs:inbox": _("Bedarfe zu prüfen"),
    "needs:detail": _("Bedarf"),
    "pooling:detail": _("Bündel"),
    "courses:detail": _("Kurs"),
    "courses:certificates": _("Bescheinigungen eines Kurses"),
    "courses:attendance": _("Anwesenheitsliste"),
    "portal:today": _("Seite „Heute“"),
    "portal:search": _("Suche"),
    "portal:trail": _("Weg eines Bedarfs"),
}


def page_text(page: str) -> str:
    return str(PAGES.get(page) or ROOMS.get(page.partition(":")[0]) or page)


class OwnData(TextChoices):
    """What somebody gave of their own free will and may delete at any time."""

    WISHES = "wishes", _("Alle meine Wünsche, auch freigegebene")
    CHECKS = "checks", _("Meine Selbst-Checks vor Kursen")
    CALENDAR = "calendar", _("Die geheime Adresse meines Kalenders")
    PHONE = "phone", _("Meine Telefonnummer")
