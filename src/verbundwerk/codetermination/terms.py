"""The fixed lists of words of the works council's room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SubjectKind(TextChoices):
    """What a case is about. The thing itself lives in a room above; here it is an id and a label."""

    SURVEY = "survey", _("Befragung zum Bildungsbedarf")
    POOL = "pool", _("Zusage zu einem gemeinsamen Kurs")
    BOOKING = "booking", _("Buchung eines Kurses")
    PLATFORM = "platform", _("Nutzung dieser Plattform")
    GROUP_APPLICATION = "group_application", _("Sammelantrag auf Förderung")


class Duty(TextChoices):
    """What the employer owes the works council."""

    INFORM = "inform", _("unterrichten")
    CONSULT = "consult", _("beraten")
    CONSENT = "consent", _("Zustimmung einholen")


class Waiver(TextChoices):
    """Why nobody has to be asked."""

    NO_COUNCIL = "no_council", _("Es gibt keine Interessenvertretung.")
    DROPPED = "dropped", _("Das Vorhaben ist aufgegeben.")


class Side(TextChoices):
    """Who of the two spoke: some people hold both roles, so the person alone does not tell."""

    COUNCIL = "council", _("Betriebsrat")
    EMPLOYER = "employer", _("Betrieb")


class StatementKind(TextChoices):
    AGREE = "agree", _("Zustimmung")
    REFUSE = "refuse", _("Ablehnung")
    TALK = "talk", _("Gespräch gewünscht")
    CONCILIATION = "conciliation", _("Einigungsstelle angerufen")
    AWARD_AGREED = "award_agreed", _("Einigung durch die Einigungsstelle")
    AWARD_REFUSED = "award_refused", _("Keine Einigung in der Einigungsstelle")
    WORD = "word", _("Nachricht")
    MEETING = "meeting", _("Termin vorgeschlagen")
    FITS = "fits", _("Termin passt")
    TALKED = "talked", _("Gespräch geführt")


class ProposalKind(TextChoices):
    """What the works council may put to the employer on its own."""

    PARTICIPANTS = "participants", _("Teilnehmende vorschlagen (§ 98 Abs. 3 BetrVG)")
    SURVEY = "survey", _("Ermittlung des Bildungsbedarfs verlangen (§ 96 Abs. 1 BetrVG)")
    JOB_SECURITY = "job_security", _("Beschäftigung sichern (§ 92a BetrVG)")
