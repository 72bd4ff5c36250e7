"""What the office types about plans."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.forms import DateField, Form
from verbundwerk.needs.models import Need
from verbundwerk.network.models import Organisation

from .. import queries
from ..flow import SteeringData
from ..models import Plan, Proposal
from ..terms import Effort, SteeringKind

OFFERED = (Effort.QUICK, Effort.THOROUGH, Effort.DEEP)
CHOOSE = _("Bitte wählen")
ABOUT_A_RUN = (SteeringKind.KEEP, SteeringKind.NO_WEEK, SteeringKind.NO_ROOM)


class EffortForm(Form):
    """How long the calculation may take."""

    sometimes = ("effort",)  # one of them is always chosen
    effort = forms.ChoiceField(
        label=_("Wie gründlich?"),
        choices=[(one.value, one.label) for one in OFFERED],
        initial=Effort.THOROUGH,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Einen brauchbaren Plan gibt es nach wenigen Sekunden. Mit mehr Zeit wird er meist noch besser."),
    )

    def clean_effort(self) -> str:
        return self.cleaned_data["effort"] or Effort.THOROUGH


class PlanForm(EffortForm):
    """When the plan begins and how far it looks."""

    horizon_from = DateField(
        label=_("Frühester Kursbeginn"),
        required=False,
        help_text=_("Wenn Sie nichts angeben, beginnt der Plan in zwei Wochen."),
    )
    weeks = forms.IntegerField(label=_("Wochen"), min_value=4, max_value=52, initial=26)
    field_order = ("horizon_from", "weeks", "effort")

    def clean_horizon_from(self) -> date | None:
        day: date | None = self.cleaned_data["horizon_from"]
        if day and day < clock.today():
            raise ValidationError(_("Der %(found)s liegt schon zurück. Bitte wählen Sie einen Tag ab heute."))
        return day


class RunSteeringForm(Form):
    """One press at a run: keep it, or not in this week."""

    kind = forms.ChoiceField(label=_("Vorgabe"), choices=[(one.value, one.label) for one in ABOUT_A_RUN])
    proposal = forms.ModelChoiceField(label=_("Kurs"), queryset=Proposal.objects.none())

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["proposal"].queryset = queries.proposals_in(plan)  # type: ignore[attr-defined]

    def data_for_steering(self) -> SteeringData:
        return SteeringData.of_run(self.cleaned_data["kind"], self.cleaned_data["proposal"])


class ApartForm(Form):
    firm = forms.ModelChoiceField(label=_("Dieser Betrieb"), queryset=Organisation.objects.none(), empty_label=CHOOSE)
    other_firm = forms.ModelChoiceField(
        label=_("nicht zusammen mit"), queryset=Organisation.objects.none(), empty_label=CHOOSE
    )

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("firm", "other_firm"):
            self.fields[name].queryset = queries.firms_in_plan(plan)  # type: ignore[attr-defined]

    def data_for_steering(self) -> SteeringData:
        return SteeringData(kind=SteeringKind.APART, **self.cleaned_data)


class NeedField(forms.ModelChoiceField):
    def label_from_instance(self, need: Any) -> str:
        return f"{need.label} {need.topic.name if need.topic else need.topic_text}, {need.organisation.name}"


class LeaveOutForm(Form):
    need = NeedField(label=_("Dieser Bedarf"), queryset=Need.objects.none(), empty_label=CHOOSE)

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["need"].queryset = queries.needs_in(plan)  # type: ignore[attr-defined]

    def data_for_steering(self) -> SteeringData:
        return SteeringData(kind=SteeringKind.LEAVE_OUT, **self.cleaned_data)
