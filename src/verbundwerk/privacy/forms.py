from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.forms import Form


class DeleteForm(Form):
    what = forms.MultipleChoiceField(
        label=_("Was soll gelöscht werden?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Das geschieht sofort und lässt sich nicht zurückholen."),
        error_messages={"required": _("Bitte kreuzen Sie an, was gelöscht werden soll.")},
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["what"]
        field.choices = choices
