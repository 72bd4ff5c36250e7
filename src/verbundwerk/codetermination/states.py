from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verbundwerk.base.moves import Table, move


class CaseState(TextChoices):
    NOT_REQUIRED = "not_required", _("nicht erforderlich")
    OPEN = "open", pgettext_lazy("works council", "noch nicht unterrichtet")
    INFORMED = "informed", _("unterrichtet")
    CONSULTING = "consulting", _("in Beratung")
    AGREED = "agreed", _("zugestimmt")
    REFUSED = "refused", _("abgelehnt")
    CONCILIATION = "conciliation", _("Einigungsstelle")


S = CaseState
PENDING = (S.INFORMED, S.CONSULTING)
UNSETTLED = (S.OPEN, *PENDING, S.REFUSED, S.CONCILIATION)
CASE = Table(
    S,
    S.NOT_REQUIRED,
    [
        move("require", [S.NOT_REQUIRED], S.OPEN, _("Betriebsrat beteiligen")),
        move("inform", [S.OPEN], S.INFORMED, _("Betriebsrat unterrichten")),
        move("talk", [S.OPEN, S.INFORMED, S.REFUSED], S.CONSULTING, _("Gespräch gewünscht")),
        move("agree", [*PENDING, S.REFUSED], S.AGREED, _("Zustimmen")),
        move("refuse", PENDING, S.REFUSED, _("Ablehnen")),
        move("conciliate", [S.CONSULTING, S.REFUSED], S.CONCILIATION, _("Einigungsstelle anrufen")),
        move("award_agreed", [S.CONCILIATION], S.AGREED, _("Einigung eintragen")),
        move("award_refused", [S.CONCILIATION], S.REFUSED, _("Keine Einigung eintragen")),
        move("drop", UNSETTLED, S.NOT_REQUIRED, _("Vorhaben aufgeben")),
    ],
)


class ProposalState(TextChoices):
    SUBMITTED = "submitted", _("vorgelegt")
    ACCEPTED = "accepted", _("angenommen")
    DECLINED = "declined", _("abgelehnt mit Gründen")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


P = ProposalState
PROPOSAL = Table(
    P,
    P.SUBMITTED,
    [
        move("accept", [P.SUBMITTED], P.ACCEPTED, _("Vorschlag annehmen")),
        move("decline", [P.SUBMITTED], P.DECLINED, _("Vorschlag ablehnen")),
        move("withdraw", [P.SUBMITTED], P.WITHDRAWN, _("Vorschlag zurückziehen")),
    ],
)
