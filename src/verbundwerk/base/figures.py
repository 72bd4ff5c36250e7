"""Numbers, money and days as people write them, in the language of the page."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

TIED = "\u00a0"  # keeps a figure and its unit on one line


GERMAN = str.maketrans(",.", ".,")


def number_text(value: int | float | Decimal, places: int | None = None) -> str:
    """German: 1.234,5, English: 1,234.5. The two languages of the house need no table of all countries' habits."""
    if places is None and isinstance(value, float):
        value = Decimal(str(round(value, 2))).normalize()
        places = max(0, -int(value.as_tuple().exponent))
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return text if _is_english() else text.translate(GERMAN)


def euro_text(cents: int, places: int = 2) -> str:
    """German: 1.234,50 €, English: €1,234.50."""
    amount = number_text(abs(Decimal(cents)) / 100, places)
    sign = "\u2212" if cents < 0 else ""
    return f"{sign}€{amount}" if _is_english() else f"{sign}{amount}{TIED}€"


def whole_euro_text(cents: float) -> str:
    """For axes and rough figures: 1.235 €."""
    return euro_text(round(cents / 100) * 100, places=0)


def range_text(least: int, most: int) -> str:
    """„6 bis 15“, or the one number where both are the same."""
    if least == most:
        return number_text(most)
    return _("%(least)s bis %(most)s") % {"least": number_text(least), "most": number_text(most)}


def date_text(day: date) -> str:
    """German 05.03.2026, English 5 Mar 2026: nobody has to guess which number is the month."""
    return formats.date_format(day, "j M Y" if _is_english() else "d.m.Y")


def datetime_text(moment: datetime) -> str:
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{date_text(local.date())}, {local:%H:%M}"


def _is_english() -> bool:
    return (get_language() or "de").startswith("en")
