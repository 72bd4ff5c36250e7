"""What people type about pools, bids and commitments."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.figures import date_text
from verbundwerk.base.forms import DateField, EuroField, Form, PlainText
from verbundwerk.catalogue.models import Venue
from verbundwerk.needs.models import Need
from verbundwerk.network.models import Organisation
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import all_topics
from verbundwerk.topics.terms import Level

from .. import rules
from ..flow import BidData, PoolData
from ..models import Bid
from ..terms import FailureReason, Hold, RunFormat, VatCase

MOST_SEATS = 999
MOST_DATES = 60
FULL_DAY = "day"


class CommitForm(Form):
    """„Dabei bis … € je Platz, … bis … Plätze“."""

    limit_cents = EuroField(
        label=_("Dabei bis zu diesem Betrag je Platz"),
        min_cents=1,
        help_text=_("Mehr zahlen Sie nie. Meistens wird es günstiger."),
        error_messages={"required": _("Bitte nennen Sie den Betrag, den ein Platz höchstens kosten darf.")},
    )
    low = forms.IntegerField(
        label=_("Mindestens so viele Plätze"),
        min_value=1,
        max_value=MOST_SEATS,
        error_messages={"required": _("Bitte geben Sie an, wie viele Plätze Sie mindestens brauchen.")},
    )
    high = forms.IntegerField(
        label=_("Höchstens so viele Plätze"),
        min_value=1,
        max_value=MOST_SEATS,
        error_messages={"required": _("Bitte geben Sie an, wie viele Plätze Sie höchstens nehmen.")},
    )
    organisation = forms.ModelChoiceField(label=_("Für diesen Betrieb"), queryset=Organisation.objects.none())
    hold = forms.ChoiceField(
        label=_("Gilt Ihre Zusage sofort?"), required=False, widget=forms.RadioSelect,
        help_text=_("Mit einer Bedingung zählen Ihre Plätze erst, wenn sie erfüllt ist. Andere erfahren nicht, welche "
                    "Bedingung es ist."),
    )  # fmt: skip
    hold_until = DateField(
        label=_("Bis wann klärt sich die Bedingung?"), required=False,
        help_text=_("Nur bei einer Bedingung. Ist sie bis zu diesem Tag nicht erfüllt, entfällt Ihre Zusage."),
    )  # fmt: skip
    sometimes = ("hold", "hold_until")
    field_order = ("limit_cents", "low", "high", "hold", "hold_until", "organisation")

    def __init__(self, *args: Any, firms: QuerySet[Organisation], holds: Collection[Hold] = (), **options: Any) -> None:
        """`holds`: the conditions these firms may name; without any they are not asked."""
        super().__init__(*args, **options)
        self._offer(holds)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = firms
        if len(known := list(firms[:2])) == 1:
            field.initial, field.widget = known[0].pk, forms.HiddenInput()

    def _offer(self, holds: Collection[Hold]) -> None:
        if not holds:
            del self.fields["hold"], self.fields["hold_until"]
            return
        field: Any = self.fields["hold"]
        field.choices = [("", _("Ja, sie gilt sofort")), *((one.value, one.label) for one in holds)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, high = data.get("low"), data.get("high")
        if data.get("hold") and "hold_until" in data and data["hold_until"] is None:
            self.add_error("hold_until", _("Bitte nennen Sie den Tag, bis zu dem sich die Bedingung klärt."))
        if low and high and low > high:
            self.add_error("high", _("„Höchstens“ muss mindestens so groß sein wie „mindestens“ (%(found)s)."))
        return data


class AskForm(Form):
    answer_until = DateField(label=_("Antwort bis"))
    providers = forms.ModelMultipleChoiceField(
        label=_("Diese Anbieter fragen"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens einen Anbieter.")},
    )

    def __init__(self, *args: Any, providers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["providers"].queryset = providers  # type: ignore[attr-defined]


class UntilForm(Form):
    commit_until = DateField(label=_("Zusagen möglich bis"))


class FailForm(Form):
    reason = forms.ChoiceField(label=_("Grund"), choices=FailureReason, widget=forms.RadioSelect)


class DatesField(PlainText):
    """Course days, one per line or separated by commas: „02.03.2027, 09.03.2027“. Cleans to sorted dates."""

    default_error_messages = {
        "day": _("„%(day)s“ ist kein Datum. Bitte schreiben Sie die Kurstage so: 02.03.2027, 09.03.2027."),
        "many": _("Das sind mehr als 60 Kurstage. Bitte teilen Sie den Kurs auf."),
    }

    def clean(self, value: Any) -> list[date]:
        text = super().clean(value)
        words = [word.strip() for word in text.replace("\n", ",").replace(";", ",").split(",")]
        days = sorted({self._day(word) for word in words if word})
        if len(days) > MOST_DATES:
            raise ValidationError(self.error_messages["many"], code="many")
        return days

    def _day(self, word: str) -> date:
        try:
            return DateField().clean(word)  # type: ignore[return-value]  # required, so never None
        except ValidationError as wrong:
            raise ValidationError(self.error_messages["day"], code="day", params={"day": word[:40]}) from wrong

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(date_text(day) for day in value) if isinstance(value, list) else value


class BidForm(Form):
    """A provider's answer to an enquiry."""

    sometimes = ("per_seat_cents",)
    fixed_cents = EuroField(
        label=_("Fester Preis für den ganzen Kurs"), help_text=_("0, wenn nur je Platz gerechnet wird.")
    )
    per_seat_cents = EuroField(
        label=_("Dazu je Platz"),
        required=False,
        help_text=_("Leer, wenn es beim festen Preis bleibt. Eins von beiden brauchen wir."),
    )
    seats_min = forms.IntegerField(label=_("Kleinste Gruppe"), min_value=1, max_value=MOST_SEATS)
    seats_max = forms.IntegerField(label=_("Größte Gruppe"), min_value=1, max_value=MOST_SEATS)
    dates = DatesField(label=_("Kurstage"), lines=3, help_text=_("Zum Beispiel: 02.03.2027, 09.03.2027"))
    place = PlainText(label=_("Ort"), required=False)
    teaching_units = forms.IntegerField(
        label=_("Unterrichtseinheiten (45 Minuten)"), min_value=1, max_value=2000, required=False
    )
    vat = forms.ChoiceField(label=_("Umsatzsteuer"), choices=[("", _("Bitte wählen")), *VatCase.choices])
    valid_until = DateField(label=_("Gilt bis"))
    note = PlainText(label=_("Hinweis"), lines=3, max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        small, large = data.get("seats_min"), data.get("seats_max")
        if small and large and small > large:
            self.add_error(
                "seats_max", _("Die größte Gruppe (%(found)s) muss mindestens so groß sein wie die kleinste.")
            )
        return data

    def data_for_bid(self) -> BidData:
        typed = dict(self.cleaned_data)
        days: list[date] = typed.pop("dates")
        return BidData(
            **{**typed, "per_seat_cents": typed["per_seat_cents"] or 0},
            starts_on=days[0],
            ends_on=days[-1],
            dates=tuple({"date": day.isoformat(), "part": FULL_DAY} for day in days),
        )


class CorrectForm(BidForm):
    """The same once more, and which version stood on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def data_for_bid(self) -> BidData:
        self.cleaned_data.pop("seen")
        return super().data_for_bid()

    @staticmethod
    def said_in(bid: Bid) -> dict[str, Any]:
        names = [name for name in CorrectForm.base_fields if name not in {"dates", "seen"}]
        days = [date.fromisoformat(one["date"]) for one in bid.dates]
        return {**{name: getattr(bid, name) for name in names}, "dates": days, "seen": bid.version}


class MergeForm(Form):
    """Needs put together by hand, with a reason."""

    title = PlainText(label=_("Titel"), max_length=200)
    topic = forms.ModelChoiceField(label=_("Thema"), queryset=Topic.objects.none())
    level = forms.TypedChoiceField(label=_("Niveau"), choices=Level, coerce=int)
    starts_on = DateField(label=_("Frühestens ab"))
    ends_on = DateField(label=_("Spätestens bis"))
    format = forms.ChoiceField(label=_("Form"), choices=RunFormat)
    days = forms.IntegerField(label=_("Kurstage"), min_value=1, max_value=100, initial=1)
    venue = forms.ModelChoiceField(label=_("Raum"), queryset=Venue.objects.none(), required=False)
    seats_min = forms.IntegerField(label=_("Kleinste Gruppe"), min_value=1, max_value=MOST_SEATS, initial=6)
    seats_max = forms.IntegerField(label=_("Größte Gruppe"), min_value=1, max_value=MOST_SEATS, initial=15)
    firms_min = forms.IntegerField(
        label=_("Betriebe mindestens"),
        min_value=rules.FEWEST_TO_COME_ABOUT,
        max_value=20,
        initial=rules.FEWEST_TO_COME_ABOUT,
    )
    goals = PlainText(label=_("Was am Ende alle können"), lines=3, max_length=2000, required=False)
    reason = PlainText(label=_("Warum diese Bedarfe zusammengehören"), max_length=300)

    def __init__(self, *args: Any, venues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]
        self.fields["topic"].queryset = all_topics()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        _in_order(self, data, ("starts_on", "ends_on"), _("Das Ende (%(found)s) liegt vor dem Anfang."))
        _in_order(
            self, data, ("seats_min", "seats_max"), _("Die größte Gruppe (%(found)s) ist kleiner als die kleinste.")
        )
        return data

    def data_for_pool(self) -> PoolData:
        return PoolData(**{name: value for name, value in self.cleaned_data.items() if name != "reason"})


def _in_order(form: Form, data: dict[str, Any], names: tuple[str, str], sentence: Any) -> None:
    first, last = (data.get(name) for name in names)
    if first and last and first > last:
        form.add_error(names[1], sentence)


def chosen_needs(needs: Sequence[Need], ids: Iterable[str]) -> list[Need]:
    wanted = set(ids)
    return [need for need in needs if str(need.pk) in wanted]
