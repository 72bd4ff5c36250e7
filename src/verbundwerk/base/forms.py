"""Forms in the look of the house: one renderer for every form, and a base class that says plainly what is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from .controls import DRAWN
from .days import day_text
from .fields import (
    DateField,
    EuroField,
    NameText,
    OnceKey,
    PlainText,
    PostalCodeField,
    TimeField,
    UploadField,
    once_key,
)
from .mistakes import speak_plainly
from .plain import refuse_hidden, refuse_line_ends, shown

__all__ = [
    "DateField",
    "EuroField",
    "FilterForm",
    "Form",
    "KernRenderer",
    "ModelForm",
    "NameText",
    "OnceKey",
    "PlainText",
    "PostalCodeField",
    "TimeField",
    "UploadField",
    "once_key",
]

ONE_LINE, MANY_LINES = 200, 4000
OWN_TEMPLATES = {
    "django/forms/widgets/radio.html": "base/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "base/forms/choices.html",
    "django/forms/widgets/clearable_file_input.html": "base/forms/upload.html",
}
GROUPS = {"django/forms/widgets/radio.html", "django/forms/widgets/checkbox_select.html"}
CHECKS = {"checkbox": "kern-form-check__checkbox", "radio": "kern-form-check__radio"}


class KernRenderer(DjangoTemplates):
    """Renders every form, also those of other packages, with KERN markup."""

    form_template_name = "base/forms/form.html"
    field_template_name = "base/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if "widget" in context:
            context = {**context, "widget": _dressed(context["widget"])}
            if drawn := DRAWN.get(template_name):
                return drawn(context["widget"])
        return super().render(OWN_TEMPLATES.get(template_name, template_name), context, request)


def _dressed(widget: dict[str, Any]) -> dict[str, Any]:
    """The widget with the classes its kind and its state call for."""
    if widget.get("is_hidden") or widget["template_name"] in GROUPS:
        return widget
    block = CHECKS.get(widget.get("type", ""), _block(widget))
    wrong = f"{block}--error" if "aria-invalid" in widget["attrs"] else ""
    classes = " ".join(filter(None, [block, wrong, widget["attrs"].get("class", "")]))
    return {**widget, "attrs": {**widget["attrs"], "class": classes}}


def _block(widget: dict[str, Any]) -> str:
    return "kern-form-input__select" if widget["template_name"].endswith("/select.html") else "kern-form-input__input"


class HouseRules:
    """What `Form` and `ModelForm` share: plain sentences, safe texts, nothing typed is cut off silently.

    `sometimes`: fields that may stay empty now and are needed then; their hint says when, so no mark says otherwise."""

    marks_optional = True
    sometimes: tuple[str, ...] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            prepare(field)
            field.sometimes = name in self.sometimes  # type: ignore[attr-defined]  # for the template of a field

    @property
    def explains_marks(self) -> bool:
        """Where some fields say that they are optional, one sentence says that the others are not."""
        asked = [
            one for one in self.fields.values() if not (one.widget.is_hidden or isinstance(one, forms.BooleanField))
        ]
        optional = [one for one in asked if not one.required and not getattr(one, "sometimes", False)]
        return self.marks_optional and 0 < len(optional) < len(asked)

    def add_error(self, field: str | None, error: Any) -> None:
        """Every sentence may quote what was typed as %(found)s."""
        if field:
            error = error if isinstance(error, ValidationError) else ValidationError(error)
            self._quote(field, error)
        super().add_error(field, error)  # type: ignore[misc]  # the form below this class has it

    def _quote(self, name: str, error: ValidationError) -> None:
        typed = self[name].data  # type: ignore[index]
        said = _as_day(self.fields[name], typed) or shown("" if typed is None else typed)
        for one in error.error_list:
            one.params = {"found": said, **(one.params or {})}


def _as_day(field: forms.Field, typed: Any) -> str:
    """A browser's calendar sends 2027-03-02; nobody has typed it like that."""
    if not isinstance(field, forms.DateField) or isinstance(field, forms.DateTimeField):
        return ""
    try:
        day = field.to_python(typed)
    except ValidationError:
        return ""
    return day_text(day) if day else ""


def prepare(field: forms.Field) -> None:
    speak_plainly(field)
    if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField | forms.JSONField):
        _guard_text(field)
    if isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
        _show_what_was_typed(field)
    if isinstance(field, forms.ModelChoiceField):
        _name_the_empty_choice(field)
    if type(field) is forms.DateField:
        field.widget = forms.DateInput(attrs={**field.widget.attrs, "type": "date"}, format="%Y-%m-%d")


def _name_the_empty_choice(field: forms.ModelChoiceField) -> None:
    """Instead of nine hyphens, or of nothing at all."""
    if field.empty_label in ("", BLANK_CHOICE_DASH[0][1]):
        field.empty_label = _("Bitte wählen") if field.required else _("keine Angabe")


def _guard_text(field: forms.CharField) -> None:
    field.validators = [one for one in field.validators if not isinstance(one, ProhibitNullCharactersValidator)]
    guard = refuse_hidden if isinstance(field.widget, forms.Textarea) else refuse_line_ends
    if guard not in field.validators:
        field.validators.append(guard)
    if field.max_length is None:
        field.max_length = MANY_LINES if isinstance(field.widget, forms.Textarea) else ONE_LINE
        field.validators.append(forms.CharField(max_length=field.max_length).validators[0])
    # The browser would cut off what is pasted and tell nobody.
    field.widget.attrs.pop("maxlength", None)


def _show_what_was_typed(field: forms.Field) -> None:
    """type=number sends nothing at all when a letter slipped in; then nobody could say what was found."""
    widget = field.widget
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        widget.attrs = {key: value for key, value in widget.attrs.items() if key not in {"min", "max", "step"}}
        widget.attrs.setdefault("inputmode", "numeric" if type(field) is forms.IntegerField else "decimal")


class Form(HouseRules, forms.Form):
    pass


class ModelForm(HouseRules, forms.ModelForm):
    pass


class FilterForm(Form):
    """Filters above a list: GET, everything optional, nothing marked as optional."""

    marks_optional = False
