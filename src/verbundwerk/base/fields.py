"""Form fields that read what people really type."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from . import uploads
from .figures import euro_text, number_text
from .plain import refuse_hidden, refuse_line_ends, refuse_pictures, shown

TEN_MILLION_EUROS = 1_000_000_000
FIVE_MEGABYTES = 5 * 1024 * 1024

_MARKS = re.compile(r"(?i)€|\beuro?\b")
_GERMAN = re.compile(r"(?a)(?P<whole>\d{1,3}(?:[.\s\u00a0]\d{3})+|\d+)(?:,(?P<cents>\d{1,2}|-{1,2}|–))?")
_ENGLISH = re.compile(r"(?a)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)\.(?P<cents>\d{1,2})")


def cents_in(text: str) -> int | None:
    """„1.200,50“, „480“, „480 €“, „480,–“, also „1,200.50“: the amount in cents, or None when it is no amount."""
    plain = _MARKS.sub("", text).strip()
    found = _GERMAN.fullmatch(plain) or _ENGLISH.fullmatch(plain)
    if found is None:
        return None
    whole = int(re.sub(r"\D", "", found["whole"]))
    cents = re.sub(r"\D", "", found["cents"] or "")
    return whole * 100 + int(cents.ljust(2, "0"))


class EuroField(forms.CharField):
    """An amount of money. Cleans to integer cents; empty and optional cleans to None."""

    unit = "€"
    default_error_messages = {
        "invalid": _("„%(found)s“ ist kein Betrag in Euro. Bitte schreiben Sie ihn so: 480 oder 1.200,50."),
        "too_small": _("%(found)s ist zu wenig. Der kleinste erlaubte Betrag ist %(limit)s."),
        "too_big": _("%(found)s ist zu viel. Der größte erlaubte Betrag ist %(limit)s."),
    }

    def __init__(self, *, min_cents: int = 0, max_cents: int = TEN_MILLION_EUROS, **options: Any) -> None:
        self.min_cents, self.max_cents = min_cents, max_cents
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, empty_value=None, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return None if text is None else self._within(self._cents(text))

    def _cents(self, text: str) -> int:
        cents = cents_in(text)
        if cents is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"found": shown(text)})
        return cents

    def _within(self, cents: int) -> int:
        if self.min_cents <= cents <= self.max_cents:
            return cents
        code, limit = ("too_small", self.min_cents) if cents < self.min_cents else ("too_big", self.max_cents)
        params = {"found": euro_text(cents), "limit": euro_text(limit)}
        raise ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        """Cents become „1.200,50“; what was typed stays as it was typed."""
        return number_text(value / 100, 2) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return initial != (cents_in(data) if data else None)


class PostalCodeField(forms.CharField):
    default_error_messages = {
        "invalid": _("„%(found)s“ ist keine deutsche Postleitzahl. Sie hat fünf Ziffern, zum Beispiel 38100."),
    }

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "postal-code"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        plain = text.replace(" ", "").removeprefix("D-")
        if text and not (re.fullmatch(r"[0-9]{5}", plain) and "01000" < plain < "99999"):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"found": shown(text)})
        return plain


class PlainText(forms.CharField):
    """Text people write. Emoji are welcome; control characters and direction marks are refused by name."""

    def __init__(self, *, lines: int = 1, max_length: int | None = None, **options: Any) -> None:
        if lines > 1:
            options.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        super().__init__(max_length=max_length or (200 if lines == 1 else 4000), **options)
        self.validators.append(refuse_hidden if lines > 1 else refuse_line_ends)


class NameText(PlainText):
    """What a person or an organisation is called: one line, without emoji."""

    def __init__(self, *, max_length: int = 120, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self.validators.append(refuse_pictures)


class DateField(forms.DateField):
    """The browser's own calendar; understands „31.03.2027“ where there is none. Years 2000 to 2100."""

    default_error_messages = {
        "far": _("Das Jahr in „%(found)s“ kann nicht stimmen. Bitte geben Sie ein Jahr zwischen 2000 und 2100 an."),
    }
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"])
        super().__init__(**options)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not 2000 <= day.year <= 2100:
            raise ValidationError(self.error_messages["far"], code="far", params={"found": shown(value)})
        return day


class TimeField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class UploadField(forms.FileField):
    """A file of one of the kinds "xlsx", "csv", "pdf". The cleaned file carries `.kind`: what it really is."""

    def __init__(
        self, *, max_bytes: int = FIVE_MEGABYTES, kinds: tuple[str, ...] = ("xlsx", "csv"), **options: Any
    ) -> None:
        self.max_bytes, self.kinds = max_bytes, kinds
        options.setdefault("max_length", 200)
        super().__init__(**options)
        self.widget.attrs["accept"] = ",".join(uploads.ENDINGS[kind] for kind in kinds)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            uploads.check_size(file, self.max_bytes)
            file.kind = uploads.check_kind(file, self.kinds)  # type: ignore[attr-defined]
        return file


class OnceKey(forms.UUIDField):
    """A new key each time the form is shown; the flow writes it down, so a second press changes nothing."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("Diese Seite ist veraltet. Bitte laden Sie sie neu und senden Sie sie noch einmal ab."),
        "invalid": _("Diese Seite ist veraltet. Bitte laden Sie sie neu und senden Sie sie noch einmal ab."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", uuid4)
        super().__init__(**options)


def once_key() -> OnceKey:
    """`once = once_key()` in a form; `form.cleaned_data["once"]` is the UUID to remember."""
    return OnceKey()
