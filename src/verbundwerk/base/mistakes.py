"""What a form says when something is wrong: what is the matter, what was found, and the way out.

Every sentence may use %(found)s: what the person typed.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Sentence: TypeAlias = "str | StrPromise"
Sentences: TypeAlias = "Mapping[str, Sentence]"

_PLEASE_CHOOSE = _("Bitte wählen Sie etwas aus.")
_NOT_ON_THE_LIST = _("„%(found)s“ steht nicht zur Auswahl. Bitte wählen Sie einen Eintrag aus der Liste.")
_NOT_A_NUMBER = _("„%(found)s“ ist keine Zahl. Bitte geben Sie nur Ziffern ein, zum Beispiel 12 oder 12,5.")
_TOO_SMALL = _("%(found)s ist zu wenig. Der kleinste erlaubte Wert ist %(limit_value)s.")
_TOO_BIG = _("%(found)s ist zu viel. Der größte erlaubte Wert ist %(limit_value)s.")

# The most general kind first: what comes later is more exact and wins.
SENTENCES: list[tuple[type[forms.Field], Sentences]] = [
    (forms.Field, {"required": _("Bitte füllen Sie dieses Feld aus.")}),
    (
        forms.CharField,
        {
            "max_length": _(
                "Der Text hat %(show_value)s Zeichen, erlaubt sind höchstens %(limit_value)s. Bitte kürzen Sie ihn."
            ),
            "min_length": _("Der Text hat %(show_value)s Zeichen, nötig sind mindestens %(limit_value)s."),
        },
    ),
    (
        forms.EmailField,
        {"invalid": _("„%(found)s“ ist keine E-Mail-Adresse. Eine Adresse sieht so aus: name@beispiel.de.")},
    ),
    (
        forms.URLField,
        {"invalid": _("„%(found)s“ ist keine Internetadresse. Eine Adresse beginnt mit https://.")},
    ),
    (
        forms.IntegerField,
        {
            "invalid": _("„%(found)s“ ist keine ganze Zahl. Bitte geben Sie nur Ziffern ein, zum Beispiel 12."),
            "min_value": _TOO_SMALL,
            "max_value": _TOO_BIG,
        },
    ),
    (forms.FloatField, {"invalid": _NOT_A_NUMBER}),
    (
        forms.DecimalField,
        {
            "invalid": _NOT_A_NUMBER,
            "max_digits": _("„%(found)s“ hat zu viele Ziffern, erlaubt sind höchstens %(max)s."),
            "max_decimal_places": _("„%(found)s“ hat zu viele Stellen nach dem Komma, erlaubt sind höchstens %(max)s."),
            "max_whole_digits": _("„%(found)s“ ist zu groß, vor dem Komma sind höchstens %(max)s Ziffern erlaubt."),
        },
    ),
    (
        forms.DateField,
        {"invalid": _("„%(found)s“ ist kein Datum. Bitte geben Sie Tag, Monat und Jahr an, zum Beispiel 31.03.2027.")},
    ),
    (
        forms.TimeField,
        {"invalid": _("„%(found)s“ ist keine Uhrzeit. Bitte geben Sie Stunde und Minute an, zum Beispiel 14:30.")},
    ),
    (
        forms.DateTimeField,
        {"invalid": _("„%(found)s“ ist kein Zeitpunkt. Bitte geben Sie ihn so an: 31.03.2027 14:30.")},
    ),
    (forms.BooleanField, {"required": _("Bitte setzen Sie hier das Häkchen.")}),
    (forms.ChoiceField, {"required": _PLEASE_CHOOSE, "invalid_choice": _NOT_ON_THE_LIST}),
    (
        forms.MultipleChoiceField,
        {"required": _PLEASE_CHOOSE, "invalid_choice": _NOT_ON_THE_LIST, "invalid_list": _PLEASE_CHOOSE},
    ),
    (forms.ModelChoiceField, {"required": _PLEASE_CHOOSE, "invalid_choice": _NOT_ON_THE_LIST}),
    (
        forms.ModelMultipleChoiceField,
        {"invalid_list": _PLEASE_CHOOSE, "invalid_choice": _NOT_ON_THE_LIST, "invalid_pk_value": _NOT_ON_THE_LIST},
    ),
    (
        forms.UUIDField,
        {"invalid": _("„%(found)s“ ist keine gültige Kennung. Bitte laden Sie die Seite neu.")},
    ),
    (
        forms.FileField,
        {
            "required": _("Bitte wählen Sie eine Datei aus."),
            "missing": _("Bitte wählen Sie eine Datei aus."),
            "invalid": _("Es ist keine Datei angekommen. Bitte wählen Sie die Datei noch einmal aus."),
            "empty": _("Die Datei ist leer. Bitte wählen Sie eine Datei mit Inhalt aus."),
            "max_length": _("Der Dateiname hat %(length)d Zeichen, erlaubt sind höchstens %(max)d."),
        },
    ),
]


def speak_plainly(field: forms.Field) -> None:
    """Replace the framework's own sentences; what a room wrote for its field stays."""
    for kind, sentences in SENTENCES:
        if isinstance(field, kind):
            for code, sentence in sentences.items():
                if not _written_by_a_room(field, code):
                    field.error_messages[code] = sentence


def _written_by_a_room(field: forms.Field, code: str) -> bool:
    said = field.error_messages.get(code)
    return said is not None and not any(said is default for default in _defaults(type(field), code))


def _defaults(kind: type[forms.Field], code: str) -> list[Sentence]:
    """The framework's sentences for this code, and ours that came before."""
    of_django = [
        one.__dict__.get("default_error_messages", {}).get(code)
        for one in kind.__mro__
        if one.__module__.startswith("django.")
    ]
    ours = [sentences[code] for _kind, sentences in SENTENCES if code in sentences]
    return [sentence for sentence in [*of_django, *ours] if sentence is not None]
