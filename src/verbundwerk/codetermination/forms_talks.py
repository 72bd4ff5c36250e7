"""What the two sides type while they look for a day to talk."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.forms import DateField, Form, PlainText, TimeField

from . import rules, rules_talks
from .models import Case


class WriteForm(Form):
    text = PlainText(
        lines=5, label=_("Ihre Nachricht"),
        help_text=_("Das lesen nur die beiden Seiten Ihres Betriebs. Es bleibt beim Vorgang stehen."),
        error_messages={"required": _("Bitte schreiben Sie einen Satz.")},
    )  # fmt: skip


class MeetingForm(Form):
    day = DateField(
        label=_("Tag"), error_messages={"required": _("Bitte nennen Sie den Tag.")},
    )  # fmt: skip
    time = TimeField(
        label=_("Uhrzeit"), help_text=_("Beispiel: 14:30"),
        error_messages={"required": _("Bitte nennen Sie die Uhrzeit.")},
    )  # fmt: skip
    text = PlainText(
        lines=3, required=False, label=_("Wo, und was Sie dazu sagen möchten"),
        help_text=_("Zum Beispiel der Raum, oder ein zweiter Termin, an dem Sie könnten."),
    )  # fmt: skip

    @property
    def meets_at(self) -> datetime:
        """In the hours of the region; only after the form is valid."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("day") and values.get("time"):
            verdict = rules_talks.can_be_kept(self.meets_at, clock.now())
            if not verdict:
                self.add_error("day", str(verdict.reason))
        return values


class ExtendForm(Form):
    due_on = DateField(
        label=_("Antwort jetzt erbeten bis"),
        error_messages={"required": _("Bitte geben Sie an, bis wann Sie eine Antwort erbitten.")},
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        verdict = rules.is_longer(self.case, due_on, clock.today())
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return due_on
