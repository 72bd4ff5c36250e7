"""Waiting for seats, and giving seats away."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.days import day_text
from verbundwerk.base.figures import euro_text
from verbundwerk.base.forms import Form
from verbundwerk.courses.models import Booking
from verbundwerk.courses.rules import SEATS_AT_ONCE
from verbundwerk.network.models import Organisation

from .. import queries
from ..flow import Giving
from ..models import ListEntry
from ..rules import Fee, fee_cents
from ..terms import Otherwise

ALL, SOME = "all", "some"
GROUPS = [(ALL, _("alle oder keinen")), (SOME, _("auch weniger"))]


class JoinForm(Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Betrieb"), empty_label=None)
    seats = forms.IntegerField(
        label=_("Wie viele Plätze?"), min_value=1, max_value=SEATS_AT_ONCE, initial=1,
        error_messages={"required": _("Bitte geben Sie an, wie viele Plätze Sie brauchen.")},
    )  # fmt: skip
    group = forms.ChoiceField(label=_("Nehmen Sie auch einen Teil?"), choices=GROUPS, widget=forms.RadioSelect)
    least = forms.IntegerField(
        label=_("Mindestens so viele"), min_value=1, max_value=SEATS_AT_ONCE, required=False,
        help_text=_("Nur wenn Sie „auch weniger“ gewählt haben."),
    )  # fmt: skip
    sometimes = ("least",)

    def __init__(self, data: Any = None, *, firms: Any, entry: ListEntry | None = None) -> None:
        super().__init__(data, initial=_known(entry))
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = firms
        self.one_firm = len(firms) == 1
        if self.one_firm:
            field.widget, field.initial = forms.HiddenInput(), firms[0]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        seats, least = said.get("seats"), said.get("least")
        if said.get("group") == SOME and "least" in said and least is None:
            self.add_error("least", _("Bitte sagen Sie, mit wie vielen Plätzen Sie noch etwas anfangen können."))
        elif said.get("group") == SOME and least and seats and least > seats:
            self.add_error("least", _("Das sind mehr, als Sie brauchen. Bitte nennen Sie höchstens ebenso viele."))
        return said

    @property
    def at_least(self) -> int:
        said = self.cleaned_data
        return int(said["least"] if said["group"] == SOME else said["seats"])


def _known(entry: ListEntry | None) -> dict[str, Any]:
    if entry is None:
        return {"group": ALL}
    group = ALL if entry.all_or_none else SOME
    return {"seats": entry.seats, "group": group, "least": None if entry.all_or_none else entry.at_least}


KEEP, TODAY = "keep", "today"


class GiveForm(Form):
    seats = forms.IntegerField(label=_("Wie viele Plätze geben Sie ab?"), min_value=1, initial=1)
    otherwise = forms.ChoiceField(label=_("Und wenn niemand den Platz übernimmt?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, booking: Booking, fees: Sequence[Fee]) -> None:
        super().__init__(data, initial={"otherwise": KEEP})
        self.most, self.price, self.fees = len(queries.seats_to_give(booking)), booking.price_cents, list(fees)
        seats = self.fields["seats"]
        assert isinstance(seats, forms.IntegerField)
        seats.max_value = self.most
        choice = self.fields["otherwise"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = self._choices()

    def _choices(self) -> list[tuple[str, str]]:
        keep = _now("Der Platz bleibt unserer. Wir zahlen ihn und können bis zum Beginn jemanden schicken.")
        days = [(fee.until.isoformat(), self._on(fee)) for fee in self.fees if fee.percent < 100]
        today = [(TODAY, self._today(self.fees[0]))] if self.fees else []
        return [*days, (KEEP, keep), *today]

    def _on(self, fee: Fee) -> str:
        text = _now("Bis %(day)s anbieten, dann zurückgeben: %(cost)s je Platz")
        return text % {"day": day_text(fee.until), "cost": self._cost(fee)}

    def _today(self, fee: Fee) -> str:
        return _now("Gar nicht anbieten, sofort zurückgeben: %(cost)s je Platz") % {"cost": self._cost(fee)}

    def _cost(self, fee: Fee) -> str:
        cents = fee_cents(self.price, fee.percent)
        return f"{euro_text(cents)} ({fee.percent} %)" if cents else _now("kostenlos")

    @property
    def fee_rows(self) -> list[dict[str, Any]]:
        """For the page: until which day what is due per seat."""
        return [
            {"until": fee.until, "percent": fee.percent, "cents": fee_cents(self.price, fee.percent)}
            for fee in self.fees
        ]

    @property
    def now(self) -> bool:
        return bool(self.cleaned_data["otherwise"] == TODAY)

    @property
    def giving(self) -> Giving:
        seats, chosen = self.cleaned_data["seats"], self.cleaned_data["otherwise"]
        if chosen == KEEP:
            return Giving(seats)
        return Giving(seats, Otherwise.RETURN, date.fromisoformat(chosen))
