"""What people type about a need: one page, little of it required."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.forms import DateField, EuroField, Form, PlainText, UploadField, once_key
from verbundwerk.network.models import Organisation
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import all_topics, suggest
from verbundwerk.topics.terms import Level

from .draft import NeedDraft
from .models import Need
from .moments import Unclear
from .places import postal_code_in
from .terms import Block, Confidentiality, Format, Occasion, Shift, Urgency
from .wordings import seats_in

USUAL_WINDOW = timedelta(days=180)
# Shown folded; unfolded when something in them is filled in or wrong.
RARE = (
    "urgency", "hours_max", "block", "rotation", "language", "accessibility", "wants_funding", "mandatory",
    "changes_work", "hidden_from",
)  # fmt: skip


class SeatsField(forms.CharField):
    """„3“, „2-3“, „drei“. Cleans to (at least, at most)."""

    def clean(self, value: Any) -> Any:
        return _read(seats_in, super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            least, most = value
            return str(most) if least == 1 else f"{least}-{most}"
        return value


class PlaceField(forms.CharField):
    """A postal code or a place; cleans to the postal code."""

    def clean(self, value: Any) -> Any:
        return _read(postal_code_in, super().clean(value))


def _read(reader: Any, text: str) -> Any:
    if not text:
        return text
    try:
        return reader(text)
    except Unclear as unclear:
        raise ValidationError(str(unclear), code="unclear") from unclear


class NeedForm(Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Für welchen Betrieb?"), empty_label="")
    topic_text = PlainText(
        label=_("Was sollen die Menschen können oder lernen?"),
        help_text=_("In Ihren Worten, zum Beispiel „HV-Schulung Stufe 2“ oder „SPS-Grundlagen“."),
        error_messages={"required": _("Bitte schreiben Sie in ein paar Worten, worum es geht.")},
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), required=False, widget=forms.HiddenInput)
    seats = SeatsField(
        label=_("Für wie viele Personen?"),
        help_text=_("Eine Zahl wie 3 oder eine Spanne wie 2-3."),
        error_messages={"required": _("Bitte geben Sie an, wie viele Personen es lernen sollen.")},
    )
    window_from = DateField(label=_("Frühestens ab"))
    window_until = DateField(
        label=_("Spätestens bis"),
        error_messages={"required": _("Bitte geben Sie an, bis wann die Schulung gelaufen sein soll.")},
    )
    shift = forms.ChoiceField(label=_("In welcher Schicht arbeiten die Personen?"), choices=Shift)
    occasion = forms.ChoiceField(label=_("Warum wird es gebraucht?"), choices=Occasion)
    level = forms.TypedChoiceField(label=_("Wie gut sollen sie es können?"), choices=Level, coerce=int)
    format = forms.ChoiceField(label=_("Vor Ort oder online?"), choices=Format, widget=forms.RadioSelect)
    place = PlaceField(
        label=_("Wo arbeiten die Personen?"),
        help_text=_("Postleitzahl oder Ort. Von dort rechnen wir die Anfahrt."),
        error_messages={"required": _("Bitte geben Sie eine Postleitzahl oder einen Ort an.")},
    )
    travel_minutes_max = forms.IntegerField(
        label=_("Längste Anfahrt in Minuten"), min_value=0, max_value=240,
        error_messages={"required": _("Bitte geben Sie an, wie lange die Anfahrt höchstens dauern darf.")},
    )  # fmt: skip
    budget_cents = EuroField(
        label=_("Höchstens je Person"), required=False, max_cents=100_000_00, help_text=_("Was ein Platz kosten darf.")
    )
    confidentiality = forms.ChoiceField(
        label=_("Wer darf davon wissen?"), choices=Confidentiality, widget=forms.RadioSelect,
        help_text=_("Ihren Namen erfährt in keinem Fall ein anderer Betrieb, bevor Sie zusagen."),
    )  # fmt: skip
    details = PlainText(
        lines=4,
        max_length=2000,
        required=False,
        label=_("Was sollten wir noch wissen?"),
        help_text=_(
            "Das lesen nur Ihr Betrieb und die Koordination. Bitte nichts über Löhne, Aufträge, Kunden oder "
            "einzelne Personen."
        ),
    )

    urgency = forms.TypedChoiceField(label=_("Wie eilig ist es?"), choices=Urgency, coerce=int)
    hours_max = forms.IntegerField(label=_("Höchstens so viele Stunden"), required=False, min_value=1, max_value=2000)
    block = forms.ChoiceField(label=_("Am liebsten"), choices=Block)
    rotation = PlainText(
        label=_("Schichtplan"), required=False, help_text=_("Zum Beispiel: gerade Wochen früh, ungerade spät.")
    )
    language = PlainText(label=_("Sprache des Kurses"), required=False, max_length=40)
    accessibility = PlainText(
        label=_("Was muss barrierefrei sein?"), required=False,
        help_text=_("Was der Kurs braucht, nicht wer es braucht."),
    )  # fmt: skip
    wants_funding = forms.BooleanField(label=_("Wir möchten wissen, ob es Förderung gibt"), required=False)
    mandatory = forms.BooleanField(label=_("Die Schulung ist vorgeschrieben"), required=False)
    changes_work = forms.BooleanField(label=_("Die Arbeit dieser Personen ändert sich dadurch"), required=False)
    hidden_from = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), required=False, label=_("Diese Betriebe sollen nie davon erfahren"),
        help_text=_("Zum Beispiel ein Kunde, der aus Ihrem Bedarf auf einen Auftrag schließen könnte."),
    )  # fmt: skip
    once = once_key()

    def __init__(
        self, *args: Any, firms: QuerySet[Organisation], others: Any, need: Need | None = None, **options: Any
    ) -> None:
        self.firms, self.need = list(firms), need
        given = options.pop("initial", None) or {}
        initial = {**(_of_need(need) if need else _of_firm(self.firms)), **given}
        super().__init__(*args, initial=initial, **options)
        self._choices(firms, others)

    def _choices(self, firms: QuerySet[Organisation], others: Any) -> None:
        self._field("topic").queryset = all_topics()
        self._field("hidden_from").queryset = others
        if self.need or len(self.firms) == 1:
            del self.fields["organisation"]
        else:
            self._field("organisation").queryset = firms

    def _field(self, name: str) -> Any:
        return self.fields[name]

    # -- for the template ------------------------------------------------------------
    @property
    def suggestions(self) -> list[Topic]:
        text = str(self["topic_text"].value() or "")
        return suggest(text)

    @property
    def chosen_topic(self) -> Any:
        return self["topic"].value()

    @property
    def rare(self) -> list[Any]:
        return [self[name] for name in RARE]

    @property
    def rare_open(self) -> bool:
        return any(self.errors.get(name) for name in RARE) if self.is_bound else False

    # -- what follows from it --------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("window_from"), values.get("window_until")
        if last and last < clock.today():
            self.add_error("window_until", _("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren."))
        elif first and last and last < first:
            self.add_error("window_until", _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie beide Tage."))
        return values

    @property
    def firm(self) -> Organisation:
        """For whom; only after the form is valid."""
        if self.need:
            return self.need.organisation
        return self.firms[0] if len(self.firms) == 1 else self.cleaned_data["organisation"]

    def draft(self) -> NeedDraft:
        values = dict(self.cleaned_data)
        least, most = values.pop("seats")
        topic, hidden = values.pop("topic"), values.pop("hidden_from")
        place = values.pop("place")
        values.pop("organisation", None)
        return NeedDraft(
            **values,
            seats=most,
            seats_min=least,
            postal_code=place,
            topic=topic.pk if topic else None,
            hidden_from=tuple(one.pk for one in hidden),
        )


def _of_firm(firms: Sequence[Organisation]) -> dict[str, Any]:
    """A new form: what most firms would choose, and the place of their main site."""
    today = clock.today()
    usual = {
        "window_from": today, "shift": Shift.DAY, "occasion": Occasion.OTHER, "level": Level.APPLY,
        "format": Format.EITHER, "travel_minutes_max": 45, "confidentiality": Confidentiality.OPEN,
        "urgency": Urgency.NORMAL, "block": Block.ANY,
    }  # fmt: skip
    main = firms[0].sites.first() if len(firms) == 1 else None
    return {**usual, "place": f"{main.postal_code} {main.place}" if main else ""}


def _of_need(need: Need) -> dict[str, Any]:
    plain = {name: getattr(need, name) for name in NeedForm.base_fields if hasattr(need, name)}
    return {
        **plain,
        "topic": need.topic_id,
        "seats": (need.seats_min, need.seats),
        "place": need.postal_code,
        "hidden_from": [one.pk for one in need.hidden_from.all()],
        "once": need.once,
    }


class TopicForm(Form):
    """The coordination confirms or chooses the topic."""

    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("Thema"), empty_label=_("Bitte wählen"),
        error_messages={"required": _("Bitte wählen Sie ein Thema.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["topic"]
        field.queryset = all_topics()
        field.label_from_instance = lambda topic: topic.name


class ReasonForm(Form):
    """Why something does not go on."""

    reason = PlainText(
        lines=3, max_length=300, label=_("Grund"),
        help_text=_("Ein Satz genügt. Er hilft uns, es beim nächsten Mal besser zu machen."),
        error_messages={"required": _("Bitte nennen Sie einen Grund.")},
    )  # fmt: skip


WITHDRAW, ELSEWHERE = "withdraw", "elsewhere"
ENDINGS: list[tuple[str, str | Promise]] = [
    (WITHDRAW, _("Wir brauchen die Schulung nicht mehr")),
    (ELSEWHERE, _("Wir haben anderswo eine Schulung gefunden")),
]


class EndForm(ReasonForm):
    ending = forms.ChoiceField(label=_("Was ist geschehen?"), choices=ENDINGS, widget=forms.RadioSelect)
    field_order = ("ending", "reason")


class UploadForm(Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), required=False, label=_("Für welchen Betrieb?"),
        empty_label=_("Der Betrieb steht in jeder Zeile"),
    )  # fmt: skip
    file = UploadField(
        label=_("Ihre Liste als XLSX oder CSV"),
        help_text=_("Höchstens 5 MB und 1.000 Zeilen. Ihre eigenen Spaltennamen sind in Ordnung."),
    )

    def __init__(self, *args: Any, firms: QuerySet[Organisation], coordinates: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.firms = list(firms)
        field: Any = self.fields["organisation"]
        field.queryset = firms
        if not coordinates:
            field.required, field.empty_label = True, None
            if len(self.firms) == 1:
                del self.fields["organisation"]

    @property
    def firm(self) -> Organisation | None:
        return self.cleaned_data["organisation"] if "organisation" in self.fields else self.firms[0]
