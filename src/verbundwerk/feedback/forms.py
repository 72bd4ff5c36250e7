"""What is asked, one form per kind of round. Nothing here has to be answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.forms import Form, PlainText

from .models import Round, SelfCheck
from .rules import LONGEST_TEXT, Said
from .terms import AGREEMENT, AMOUNT, APPLIED, HINDERED, LEVELS, QUESTIONS, WOULD_HELP, Help, Hindrance, Kind, Statement

NOTHING_SAID = _("Bitte beantworten Sie mindestens eine Frage. Oder lassen Sie es: Antworten ist freiwillig.")


class CheckForm(Form):
    """One choice per competence: here all of them, because half a picture says nothing."""

    def __init__(self, *args: Any, found: Round, check: SelfCheck | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        known = check.levels if check else [None] * len(found.items)
        for number, (item, level) in enumerate(zip(found.items, known, strict=True)):
            self.fields[f"item_{number}"] = forms.TypedChoiceField(
                label=item, choices=list(LEVELS.items()), coerce=int, widget=forms.RadioSelect, initial=level,
                error_messages={"required": _("Bitte wählen Sie, was am ehesten passt.")},
            )  # fmt: skip

    @property
    def levels(self) -> list[int]:
        """Only after the form is valid."""
        return [self.cleaned_data[name] for name in self.fields]


class VoluntaryForm(Form):
    marks_optional = False

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(values.values()):
            self.add_error(None, str(NOTHING_SAID))
        return values


class EvaluationForm(VoluntaryForm):
    text = PlainText(
        lines=4, max_length=LONGEST_TEXT, required=False,
        label=_("Was war gut? Was soll beim nächsten Mal anders sein?"),
        help_text=_("Schreiben Sie nichts, woran man Sie erkennt. Gelesen wird es ohne Namen und ohne Zeit."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in Statement:
            self.fields[one.value] = _scale(str(one.label), AGREEMENT)
        self.order_fields([*Statement.values, "text"])

    def said(self) -> Said:
        values = self.cleaned_data
        chosen = {key: [values[key]] for key in Statement.values if values.get(key)}
        return Said(chosen, values["text"].strip())


class TransferForm(VoluntaryForm):
    hindered = forms.MultipleChoiceField(
        label=QUESTIONS[HINDERED], choices=Hindrance.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Sie können mehrere ankreuzen, oder keines."),
    )  # fmt: skip
    would_help = forms.MultipleChoiceField(
        label=QUESTIONS[WOULD_HELP], choices=Help.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Sie können mehrere ankreuzen, oder keines."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[APPLIED] = _scale(str(QUESTIONS[APPLIED]), AMOUNT)
        self.order_fields([APPLIED, HINDERED, WOULD_HELP])

    def said(self) -> Said:
        values = self.cleaned_data
        chosen = {APPLIED: [values[APPLIED]] if values[APPLIED] else [], HINDERED: values[HINDERED]}
        return Said({**chosen, WOULD_HELP: values[WOULD_HELP]})


def _scale(label: str, steps: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(steps.items()), required=False, widget=forms.RadioSelect)


def form_for(kind: str) -> type[EvaluationForm] | type[TransferForm]:
    return EvaluationForm if kind == Kind.EVALUATION else TransferForm
