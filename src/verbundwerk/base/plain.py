"""Which characters a person can see, and which only confuse: control characters, marks that turn the direction."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Left-to-right and right-to-left marks, embeddings, overrides and isolates: they make a text read
# differently from what is stored. The joiner U+200D stays allowed, emoji are made with it.
DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_ENDS = frozenset("\t\n\r")
SHOWN_AT_MOST = 60


def is_hidden(character: str) -> bool:
    return character in DIRECTION or unicodedata.category(character) in {"Cc", "Cs"}


def hidden_in(text: str, allowed: frozenset[str] = LINE_ENDS) -> tuple[int, str] | None:
    """Where the first hidden character stands (counted from 1) and which it is."""
    found = ((place, one) for place, one in enumerate(text, start=1) if one not in allowed and is_hidden(one))
    return next(found, None)


# Signs that firms carry in their names and that are letters to nobody but Unicode.
IN_NAMES = frozenset("®©™℠°№")


def picture_in(text: str) -> str:
    """The first emoji or other picture, or nothing. What this Python does not know yet is one of the newest."""
    return next((one for one in text if _is_picture(one)), "")


def _is_picture(character: str) -> bool:
    kind = unicodedata.category(character)
    tone_of_skin = kind == "Sk" and character >= "\U0001f3fb"
    return (kind in {"So", "Co", "Cn"} and character not in IN_NAMES) or tone_of_skin or character == "\u20e3"


def shown(value: object) -> str:
    """What somebody typed, short and harmless enough to be quoted in a message."""
    parts = value if isinstance(value, list | tuple) else [value]
    text = ", ".join(str(part) for part in parts)
    text = "".join(one for one in text if not is_hidden(one))
    return text if len(text) <= SHOWN_AT_MOST else text[: SHOWN_AT_MOST - 1] + "…"


def refuse_hidden(text: str) -> None:
    """A validator for every text field."""
    _refuse(hidden_in(text))


def refuse_line_ends(text: str) -> None:
    """A validator for fields of one line: a line end would begin a line of its own in letters and calendars."""
    _refuse(hidden_in(text, allowed=frozenset("\t")))


def _refuse(found: tuple[int, str] | None) -> None:
    if found is None:
        return
    place, character = found
    raise ValidationError(
        _(
            "An Stelle %(place)s steht ein unsichtbares Zeichen (%(code)s), das den Text verfälschen kann. "
            "Bitte löschen Sie diese Stelle und tippen Sie sie neu ein."
        ),
        code="hidden",
        params={"place": place, "code": f"U+{ord(character):04X}"},
    )


def refuse_pictures(text: str) -> None:
    """A validator for names: they stand on certificates and in address books, which know no emoji."""
    if found := picture_in(text):
        raise ValidationError(
            _("In einem Namen geht das Zeichen „%(sign)s“ nicht. Bitte löschen Sie es."),
            code="picture",
            params={"sign": found},
        )
