"""What the verbs of the journal mean, as sentences people read. Every room says its own when it starts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Sentence = str | Promise
_said: dict[str, Sentence] = {}


def say(sentences: Mapping[str, Sentence]) -> None:
    """In a room's `AppConfig.ready()`: {"need.withdrawn": _("Bedarf zurückgezogen")}."""
    _said.update(sentences)


def sentence(verb: str) -> str:
    """A verb nobody has a sentence for is shown as it is: better a strange word than a missing line."""
    return str(_said[verb]) if verb in _said else _("Eintrag „%(verb)s“") % {"verb": verb}


def is_said(verb: str) -> bool:
    return verb in _said
