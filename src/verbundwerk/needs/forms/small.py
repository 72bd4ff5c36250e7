"""Short forms about a need that is already there, and the upload of a list."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.forms import Form, PlainText, UploadField, prepare
from verbundwerk.network.models import Organisation
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import all_topics

from ..columns import FIELDS, JOINED
from ..terms import Fit


class TopicForm(Form):
    """The coordination confirms or chooses the topic."""

    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("Thema"), empty_label=_("Bitte wählen"),
        error_messages={"required": _("Bitte wählen Sie ein Thema.")},
    )  # fmt: skip
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

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


class EvaluationForm(Form):
    """One press and, for whoever likes, one sentence."""

    fit = forms.ChoiceField(
        label=_("Hat der Kurs gepasst?"), choices=Fit, widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine Antwort.")},
    )  # fmt: skip
    note = PlainText(
        label=_("Was sollten wir beim nächsten Mal anders machen?"), required=False, lines=2, max_length=300,
        help_text=_("Ein Satz genügt. Ihre Antwort liest nur die Koordination."),
    )  # fmt: skip


class ColumnsForm(Form):
    """Which column of a list is what; a name may be given twice only where cells are put together."""

    marks_optional = False

    def __init__(self, data: Any = None, *, content: dict[str, Any]) -> None:
        super().__init__(data)
        self.heads = list(content["header"])
        choices = [("", _("nicht übernehmen")), *((name, field.label) for name, field in FIELDS.items())]
        for number, head in enumerate(self.heads):
            field = forms.ChoiceField(
                label=head, choices=choices, required=False, initial=content["fields"].get(head, "")
            )
            prepare(field)
            self.fields[f"column_{number}"] = field

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for key, name in list(values.items()):
            if name and name not in JOINED and first.setdefault(name, key) != key:
                text = _("„%(field)s“ steht schon bei der Spalte „%(head)s“. Bitte wählen Sie nur eine davon.")
                labels = {"field": FIELDS[name].label, "head": self.fields[first[name]].label}
                self.add_error(key, text % labels)
        return values

    @property
    def meant(self) -> dict[str, str]:
        return {head: self.cleaned_data[f"column_{number}"] for number, head in enumerate(self.heads)}


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
