from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.moves import Table, move


class NeedState(TextChoices):
    DRAFT = "draft", _("Entwurf")
    SUBMITTED = "submitted", _("eingereicht")
    CHECKED = "checked", _("geprüft")
    IN_POOL = "in_pool", _("wartet auf Partner")
    BUNDLED = "bundled", _("gebündelt")
    COVERED = "covered", _("gedeckt")
    EVALUATED = "evaluated", _("ausgewertet")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    COVERED_ELSEWHERE = "covered_elsewhere", _("anderweitig gedeckt")
    EXPIRED = "expired", _("verfallen")
    UNPOOLABLE = "unpoolable", _("nicht bündelbar")


S = NeedState
OPEN = (S.SUBMITTED, S.CHECKED, S.IN_POOL)
NEED = Table(
    S,
    S.DRAFT,
    [
        move("submit", [S.DRAFT], S.SUBMITTED, _("Bedarf einreichen")),
        move("check", [S.SUBMITTED, S.CHECKED, S.UNPOOLABLE], S.CHECKED, _("Als geprüft vermerken")),
        move("check_again", [S.CHECKED, S.IN_POOL, S.UNPOOLABLE], S.SUBMITTED, _("Noch einmal prüfen lassen")),
        move("release", [S.CHECKED, S.UNPOOLABLE], S.IN_POOL, _("Zum Bündeln freigeben")),
        move("bundle", [S.IN_POOL], S.BUNDLED, _("In ein Bündel nehmen")),
        move("unbundle", [S.BUNDLED], S.IN_POOL, _("Aus dem Bündel lösen")),
        move("cover", [S.BUNDLED], S.COVERED, _("Als gedeckt vermerken")),
        move("give_back", [S.COVERED], S.IN_POOL, _("Wieder auf Partner warten lassen")),
        move("evaluate", [S.COVERED], S.EVALUATED, _("Auswerten")),
        move("set_aside", OPEN, S.UNPOOLABLE, _("Als nicht bündelbar vermerken")),
        move("withdraw", [S.DRAFT, *OPEN, S.UNPOOLABLE], S.WITHDRAWN, _("Bedarf zurückziehen")),
        move("cover_elsewhere", [*OPEN, S.UNPOOLABLE], S.COVERED_ELSEWHERE, _("Anderweitig gedeckt")),
        move("expire", [S.DRAFT, *OPEN, S.UNPOOLABLE], S.EXPIRED, _("Verfallen lassen")),
    ],
)


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("hochgeladen")
    TAKEN = "taken", _("übernommen")
    DISCARDED = "discarded", _("verworfen")


IMPORT = Table(
    ImportState,
    ImportState.UPLOADED,
    [
        move("read_again", [ImportState.UPLOADED], ImportState.UPLOADED, _("Spalten anders zuordnen")),
        move("take", [ImportState.UPLOADED], ImportState.TAKEN, _("Zeilen übernehmen")),
        move("discard", [ImportState.UPLOADED], ImportState.DISCARDED, _("Liste verwerfen")),
    ],
)


class LinkState(TextChoices):
    OPEN = "open", _("gilt")
    REVOKED = "revoked", _("widerrufen")


LINK = Table(
    LinkState,
    LinkState.OPEN,
    [move("revoke", [LinkState.OPEN], LinkState.REVOKED, _("Link widerrufen"))],
)


class QuickState(TextChoices):
    """Of what somebody wrote without an account. What nobody confirms is not kept in any state: it is gone."""

    UNCONFIRMED = "unconfirmed", _("Adresse noch nicht bestätigt")
    WAITING = "waiting", _("wartet auf den Betrieb")
    TAKEN_OVER = "taken_over", _("als Bedarf übernommen")
    DECLINED = "declined", _("abgelehnt")
    LAPSED = "lapsed", _("ohne Antwort geblieben")


QUICK = Table(
    QuickState,
    QuickState.UNCONFIRMED,
    [
        move("confirm", [QuickState.UNCONFIRMED], QuickState.WAITING, _("Bestätigen")),
        move("take_over", [QuickState.WAITING], QuickState.TAKEN_OVER, _("Als Bedarf übernehmen")),
        move("decline", [QuickState.WAITING], QuickState.DECLINED, _("Ablehnen")),
        move("lapse", [QuickState.WAITING], QuickState.LAPSED, _("Ohne Antwort schließen")),
    ],
)
