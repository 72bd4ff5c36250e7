"""Where people mean: a postal code, a place, or both, in any spelling."""

import re

from django.utils.translation import gettext as _

from verbundwerk.network import region

from .moments import unclear

MIDDLE = "38100"


def postal_code_in(value: object) -> str:
    """„38226 SZ-Lebenstedt“, „BS“, „Braunschw.“, a large firm's own postal code. Raises Unclear."""
    text = str(value).strip()
    if place := region.find_place(text):
        return place.postal_code
    if (code := re.search(r"(?<!\d)\d{5}(?!\d)", text)) and region.estimate(code[0], MIDDLE) != region.FAR:
        return code[0]
    raise unclear(
        _("„%(found)s“ ist kein Ort in unserer Region. Bitte geben Sie die Postleitzahl an, zum Beispiel 31224."), value
    )


def district_of(postal_code: str) -> str:
    """The official key, or nothing for a postal code that has no place of its own."""
    try:
        return region.place_of(postal_code).district
    except region.UnknownPlace:
        return ""


def place_name(postal_code: str) -> str:
    """„31224 Peine“; the bare number where it has no place of its own."""
    try:
        return f"{postal_code} {region.place_of(postal_code).name}"
    except region.UnknownPlace:
        return postal_code
