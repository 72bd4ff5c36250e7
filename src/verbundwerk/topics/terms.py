from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Level(IntegerChoices):
    ENTRY = 0, _("Einstieg")
    APPLY = 1, _("Anwenden")
    MASTER = 2, _("Beherrschen")
    TEACH = 3, _("Vermitteln")


class Field(TextChoices):
    AUTOMOTIVE = "automotive", _("Fahrzeug und Hochvolt")
    METAL = "metal", _("Metall und Elektro")
    AUTOMATION = "automation", _("Robotik und Automatisierung")
    LOGISTICS = "logistics", _("Logistik")
    IT = "it", _("IT und Daten")
    OFFICE = "office", _("Büro und Verwaltung")
    LEADERSHIP = "leadership", _("Führung und Zusammenarbeit")
    TRANSFORMATION = "transformation", _("Transformation und Nachhaltigkeit")
    SAFETY = "safety", _("Arbeitssicherheit und Qualität")


def in_german() -> bool:
    """Whether the page, or the letter, is read in the language the shared words are kept in first."""
    return not (get_language() or "de").startswith("en")
