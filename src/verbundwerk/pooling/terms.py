from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunFormat(TextChoices):
    ONSITE = "onsite", _("in Präsenz")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("hybrid")


class FailureReason(TextChoices):
    TOO_FEW = "too_few", _("zu wenige Plätze")
    PRICE = "price", _("Preis")
    DATE = "date", _("Termin")
    PROVIDER = "provider", _("kein Anbieter")
    FUNDING = "funding", _("Förderung")
    CODETERMINATION = "codetermination", _("Mitbestimmung")
    OTHER = "other", _("anderer Grund")


class VatCase(TextChoices):
    """Value added tax is a matter of each bid (domain 4.8)."""

    EXEMPT_CERTIFICATE = "exempt_21", _("steuerfrei nach § 4 Nr. 21 UStG, Bescheinigung liegt vor")
    EXEMPT_OLD_CERTIFICATE = "exempt_21_old", _("steuerfrei nach § 4 Nr. 21 UStG, Altbescheinigung")
    EXEMPT_BODY = "exempt_22", _("steuerfrei nach § 4 Nr. 22 UStG")
    SMALL_BUSINESS = "small_19", _("Kleinunternehmen nach § 19 UStG")
    STANDARD = "standard", _("19 % Umsatzsteuer")
