"""What is missing until a pool comes about."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.figures import euro_text

from ..planner import Missing, Standing


def gap_of(standing: Standing) -> list[str]:
    """What is missing, and the ways out, each of which is enough on its own."""
    if standing.reached:
        return []
    if standing.price_cents is None and standing.gap and standing.gap.firms:
        return _price_gap(standing.gap)
    words = []
    if standing.price_cents is None:
        words.append(_seats_missing(standing))
    if standing.firms_missing:
        words.append(
            ngettext("Es fehlt noch ein Betrieb.", "Es fehlen noch %(count)d Betriebe.", standing.firms_missing)
            % {"count": standing.firms_missing}
        )
    return words


def _seats_missing(standing: Standing) -> str:
    missing = standing.gap.more_seats if standing.gap and standing.gap.more_seats else standing.seats_missing
    return ngettext(
        "Es fehlt noch %(count)d Platz bis zur Mindestzahl.",
        "Es fehlen noch %(count)d Plätze bis zur Mindestzahl.",
        missing,
    ) % {"count": missing}  # fmt: skip


def _price_gap(gap: Missing) -> list[str]:
    words = [
        ngettext(
            "Für %(count)d Betrieb liegt der Preis von %(price)s je Platz über seinem Betrag.",
            "Für %(count)d Betriebe liegt der Preis von %(price)s je Platz über ihrem Betrag.",
            len(gap.firms),
        )
        % {"count": len(gap.firms), "price": euro_text(gap.price_cents)}
    ]
    if gap.money_cents is not None:
        words.append(_("Es reicht, wenn zusammen %(money)s dazukommen.") % {"money": euro_text(gap.money_cents)})
    if gap.more_seats:
        words.append(
            ngettext(
                "Oder es kommt noch %(count)d Platz dazu.", "Oder es kommen noch %(count)d Plätze dazu.", gap.more_seats
            )
            % {"count": gap.more_seats}
        )
    if gap.more_each:
        most = max(gap.more_each.values())
        words.append(
            _("Oder diese Betriebe erhöhen ihren Betrag, höchstens um %(most)s je Platz.") % {"most": euro_text(most)}
        )
    return words
