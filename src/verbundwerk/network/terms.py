"""The fixed lists of words of the network."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    COMPANY = "company", _("Unternehmen")
    PROVIDER = "provider", _("Bildungsanbieter")
    CHAMBER = "chamber", _("Kammer")
    UNION = "union", _("Gewerkschaft")
    UNIVERSITY = "university", _("Hochschule")
    MUNICIPALITY = "municipality", _("Kommune")
    AGENCY = "agency", _("Agentur für Arbeit")
    OTHER = "other", _("Sonstige")


class SizeClass(IntegerChoices):
    """Staff by head count, as the funder's figures ask for it."""

    MICRO = 1, _("1 bis 9 Beschäftigte")
    SMALL = 10, _("10 bis 49 Beschäftigte")
    MEDIUM = 50, _("50 bis 249 Beschäftigte")
    UPPER_MEDIUM = 250, _("250 bis 499 Beschäftigte")
    LARGE = 500, _("500 und mehr Beschäftigte")


class Section(TextChoices):
    """Sections of the classification of economic activities, edition 2008 (WZ 2008)."""

    A = "A", _("A – Land- und Forstwirtschaft, Fischerei")
    B = "B", _("B – Bergbau")
    C = "C", _("C – Verarbeitendes Gewerbe")
    D = "D", _("D – Energieversorgung")
    E = "E", _("E – Wasser, Abwasser, Abfall")
    F = "F", _("F – Baugewerbe")
    G = "G", _("G – Handel, Kfz-Reparatur")
    H = "H", _("H – Verkehr und Lagerei")
    I = "I", _("I – Gastgewerbe")  # noqa: E741 - the letter of the classification
    J = "J", _("J – Information und Kommunikation")
    K = "K", _("K – Finanzen und Versicherungen")
    L = "L", _("L – Grundstücks- und Wohnungswesen")
    M = "M", _("M – Freiberufliche und technische Dienstleistungen")
    N = "N", _("N – Sonstige wirtschaftliche Dienstleistungen")
    O = "O", _("O – Öffentliche Verwaltung")  # noqa: E741 - the letter of the classification
    P = "P", _("P – Erziehung und Unterricht")
    Q = "Q", _("Q – Gesundheits- und Sozialwesen")
    R = "R", _("R – Kunst, Unterhaltung, Erholung")
    S = "S", _("S – Sonstige Dienstleistungen, Verbände")


class District(TextChoices):
    """The eight districts of the region, by their official keys."""

    BRAUNSCHWEIG = "03101", _("Braunschweig")
    SALZGITTER = "03102", _("Salzgitter")
    WOLFSBURG = "03103", _("Wolfsburg")
    GIFHORN = "03151", _("Gifhorn")
    GOSLAR = "03153", _("Goslar")
    HELMSTEDT = "03154", _("Helmstedt")
    PEINE = "03157", _("Peine")
    WOLFENBUETTEL = "03158", _("Wolfenbüttel")


class Representation(TextChoices):
    """Who speaks for the staff of a site. None is a legal path, not an error (BetrVG § 1)."""

    NONE = "none", _("keine Interessenvertretung")
    WORKS_COUNCIL = "works_council", _("Betriebsrat")
    STAFF_COUNCIL = "staff_council", _("Personalrat")
    CHURCH_COUNCIL = "church_council", _("Mitarbeitervertretung")


class BodyKind(TextChoices):
    PLENARY = "plenary", _("Plenum")
    STEERING = "steering", _("Steuerkreis")
    WORKING_GROUP = "working_group", _("Arbeitskreis")
    ADVISORY = "advisory", _("Beirat")


class Role(TextChoices):
    """What a person does for an organisation, an alliance or a body."""

    COORDINATION = "coordination", _("Verbundkoordination")
    FINANCE = "finance", _("Projektleitung und Finanzen")
    HR = "hr", _("Personalverantwortung")
    FOREMAN = "foreman", _("Führungskraft im Betrieb")
    WORKS_COUNCIL = "works_council", _("Betriebsrat")
    MENTOR = "mentor", _("Weiterbildungsmentorin oder -mentor")
    EMPLOYEE = "employee", _("Beschäftigte")
    PROVIDER = "provider", _("Bildungsanbieter")
    LECTURER = "lecturer", _("Lehrkraft")
    HOST = "host", _("Gastgebendes Großunternehmen")
    ADVISER = "adviser", pgettext_lazy("role", "Beratung")
    GROUP_LEAD = "group_lead", _("Arbeitskreisleitung")
    GROUP_MEMBER = "group_member", _("Arbeitskreis")
    STEERING = "steering", _("Steuerkreis")
    AUDITOR = "auditor", _("Fördergeber und Prüfung")
    DATA_PROTECTION = "data_protection", _("Datenschutz")
    ADMIN = "admin", _("Technische Administration")
