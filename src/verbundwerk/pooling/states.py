from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.moves import Table, move


class PlanState(TextChoices):
    QUEUED = "queued", _("wartet")
    RUNNING = "running", _("wird berechnet")
    STOPPING = "stopping", _("wird abgeschlossen")
    DONE = "done", _("fertig")
    FAILED = "failed", _("fehlgeschlagen")
    CANCELLED = "cancelled", _("abgebrochen")


P = PlanState
UNFINISHED = (P.QUEUED, P.RUNNING, P.STOPPING)
PLAN = Table(
    P,
    P.QUEUED,
    [
        move("begin", [P.QUEUED], P.RUNNING, _("Berechnung beginnen")),
        move("stop", [P.RUNNING], P.STOPPING, _("Anhalten und das Beste bis hierher nehmen")),
        move("finish", [P.RUNNING, P.STOPPING], P.DONE, _("Berechnung abschließen")),
        move("fail", UNFINISHED, P.FAILED, _("Fehler vermerken")),
        move("cancel", UNFINISHED, P.CANCELLED, _("Berechnung abbrechen")),
    ],
)


class PoolState(TextChoices):
    PROPOSED = "proposed", _("Vorschlag")
    SOUNDING = "sounding", _("Sondierung")
    ENQUIRY = "enquiry", _("Angebote angefragt")
    BID_CHOSEN = "bid_chosen", _("Angebot gewählt")
    COMMITTING = "committing", _("Zusagen laufen")
    GAP = "gap", _("Lücke: kurz vor dem Ziel")
    CAME_ABOUT = "came_about", _("zustande gekommen")
    FAILED = "failed", _("nicht zustande gekommen")


B = PoolState
OPEN = (B.SOUNDING, B.ENQUIRY, B.BID_CHOSEN, B.COMMITTING, B.GAP)
GROWING = (B.SOUNDING, B.ENQUIRY)  # no price yet: further needs may be taken in
ANSWERING = (B.COMMITTING, B.GAP)  # firms may commit
POOL = Table(
    B,
    B.PROPOSED,
    [
        move("sound_out", [B.PROPOSED], B.SOUNDING, _("Sondierung beginnen")),
        move("enquire", [B.SOUNDING], B.ENQUIRY, _("Anbieter anfragen")),
        move("choose_bid", [B.ENQUIRY], B.BID_CHOSEN, _("Angebot wählen")),
        move("open_commitments", [B.BID_CHOSEN], B.COMMITTING, _("Zusagen eröffnen")),
        move("find_gap", [B.COMMITTING], B.GAP, _("Lücke melden")),
        move("extend", [B.COMMITTING, B.GAP], B.COMMITTING, _("Zusagefrist verlängern")),
        move("come_about", [B.COMMITTING, B.GAP], B.CAME_ABOUT, _("Zustandekommen feststellen")),
        move("fail", [B.PROPOSED, B.SOUNDING, B.ENQUIRY, B.BID_CHOSEN, B.COMMITTING, B.GAP], B.FAILED, _("Aufgeben")),
        move("revive", [B.FAILED], B.SOUNDING, _("Neu sondieren")),
    ],
)


class EnquiryState(TextChoices):
    SENT = "sent", _("angefragt")
    ANSWERED = "answered", _("beantwortet")
    DECLINED = "declined", _("abgesagt")
    CLOSED = "closed", _("geschlossen")


E = EnquiryState
ENQUIRY = Table(
    E,
    E.SENT,
    [
        move("answer", [E.SENT], E.ANSWERED, _("Angebot abgeben")),
        move("decline", [E.SENT], E.DECLINED, _("Anfrage absagen")),
        move("withdraw", [E.ANSWERED], E.DECLINED, _("Angebot zurückziehen")),
        move("close", [E.SENT, E.ANSWERED], E.CLOSED, _("Anfrage schließen")),
    ],
)


class BidState(TextChoices):
    SUBMITTED = "submitted", _("eingereicht")
    ACCEPTED = "accepted", _("angenommen")
    REJECTED = "rejected", _("nicht gewählt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    LAPSED = "lapsed", _("abgelaufen")


O = BidState  # noqa: E741 - one letter per table, as above
BID = Table(
    O,
    O.SUBMITTED,
    [
        move("accept", [O.SUBMITTED], O.ACCEPTED, _("Angebot annehmen")),
        move("correct", [O.SUBMITTED], O.SUBMITTED, _("Angebot ändern")),
        move("reject", [O.SUBMITTED], O.REJECTED, _("Angebot nicht wählen")),
        move("withdraw", [O.SUBMITTED], O.WITHDRAWN, _("Angebot zurückziehen")),
        move("lapse", [O.SUBMITTED, O.ACCEPTED], O.LAPSED, _("Angebot verfallen lassen")),
    ],
)


class CommitmentState(TextChoices):
    STANDING = "standing", _("zugesagt")
    MET = "met", _("verbindlich")
    NOT_MET = "not_met", _("Bedingung nicht erfüllt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


C = CommitmentState
COMMITMENT = Table(
    C,
    C.STANDING,
    [
        move("meet", [C.STANDING], C.MET, _("Zusage verbindlich machen")),
        move("miss", [C.STANDING], C.NOT_MET, _("Bedingung nicht erfüllt")),
        move("withdraw", [C.STANDING], C.WITHDRAWN, _("Zusage zurückziehen")),
        move("renew", [C.NOT_MET, C.WITHDRAWN], C.STANDING, _("Erneut zusagen")),
    ],
)


class ChangeState(TextChoices):
    ASKED = "asked", _("gefragt")
    AGREED = "agreed", _("ja")
    REFUSED = "refused", _("nein")
    LAPSED = "lapsed", _("verfallen")


H = ChangeState
CHANGE = Table(
    H,
    H.ASKED,
    [
        move("agree", [H.ASKED], H.AGREED, _("Ja sagen")),
        move("refuse", [H.ASKED], H.REFUSED, _("Nein sagen")),
        move("lapse", [H.ASKED], H.LAPSED, _("Frage verfallen lassen")),
    ],
)
