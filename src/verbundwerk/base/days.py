"""Days as people say them: „Di., 3. März 2026“, „3.–5. März 2026“."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

DASH = "–"


def _is_english() -> bool:
    return (get_language() or "de").startswith("en")


def local_day(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day_text(value: date) -> str:
    return date_format(local_day(value), "D j F Y" if _is_english() else "D., j. F Y")


def moment_text(value: datetime) -> str:
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    time = date_format(local, "H:i")
    return f"{day_text(local)}, {time}" if _is_english() else f"{day_text(local)}, {time} Uhr"


def hours_text(start: datetime, end: datetime) -> str:
    """„Di., 3. März 2026, 08:30–11:45 Uhr“"""
    from_, until = (timezone.localtime(one) if timezone.is_aware(one) else one for one in (start, end))
    hours = f"{day_text(from_)}, {date_format(from_, 'H:i')}–{date_format(until, 'H:i')}"
    return hours if _is_english() else f"{hours} Uhr"


def span_text(start: date | None, end: date | None) -> str:
    """From one day to another, saying what they share only once; open ends are „ab …“ and „bis …“."""
    if start is None or end is None:
        return _open_span(start, end)
    first, last = local_day(start), local_day(end)
    if first == last:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{date_format(first, 'j' if _is_english() else 'j.')}{DASH}{date_format(last, _long())}"
    start_format = _long() if first.year != last.year else _long().removesuffix(" Y")
    return f"{date_format(first, start_format)} {DASH} {date_format(last, _long())}"


def _open_span(start: date | None, end: date | None) -> str:
    if start is not None:
        return gettext("ab %(day)s") % {"day": day_text(start)}
    if end is not None:
        return gettext("bis %(day)s") % {"day": day_text(end)}
    return gettext("offen")


def _long() -> str:
    return "j F Y" if _is_english() else "j. F Y"
