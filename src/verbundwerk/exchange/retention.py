"""What this room keeps about people: who acted for a firm, nothing else."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.network.retention import acts

acts(
    "exchange",
    _("Wer Plätze abgegeben, sich in eine Warteliste eingetragen oder Gastplätze geöffnet hat"),
    "exchange.ListEntry.joined_by",
    "exchange.GivenSeat.given_by",
    "exchange.SeatCondition.fund_agreed_by",
    "exchange.Hosted.opened_by",
    "exchange.SecondDate.asked_by",
)
