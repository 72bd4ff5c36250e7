"""The fields of a need in people's words: their names, and what stands in them."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbundwerk.base.days import span_text
from verbundwerk.base.figures import euro_text, number_text, range_text

from .models import Need
from .places import place_name

# Several columns may be one thing for people; their order is that of the page.
NAMES: dict[str, str | Promise] = {
    "topic_text": gettext_lazy("Wortlaut"),
    "topic_id": gettext_lazy("Thema"),
    "level": gettext_lazy("Niveau"),
    "seats": gettext_lazy("Personen"),
    "seats_min": gettext_lazy("Personen"),
    "window_from": gettext_lazy("Zeitraum"),
    "window_until": gettext_lazy("Zeitraum"),
    "shift": gettext_lazy("Schicht"),
    "rotation": gettext_lazy("Schichtplan"),
    "postal_code": gettext_lazy("Ort"),
    "travel_minutes_max": gettext_lazy("Anfahrt"),
    "format": gettext_lazy("Format"),
    "occasion": gettext_lazy("Anlass"),
    "urgency": gettext_lazy("Dringlichkeit"),
    "block": gettext_lazy("Zeitform"),
    "hours_max": gettext_lazy("Dauer"),
    "budget_cents": gettext_lazy("Budget je Person"),
    "language": gettext_lazy("Sprache"),
    "accessibility": gettext_lazy("Barrierefreiheit"),
    "mandatory": gettext_lazy("Pflicht"),
    "changes_work": gettext_lazy("Tätigkeit"),
    "wants_funding": gettext_lazy("Förderung"),
    "confidentiality": gettext_lazy("Wer darf es wissen"),
    "hidden_from": gettext_lazy("Wer es nicht wissen darf"),
    "details": gettext_lazy("Bemerkung"),
}


def words_of(fields: Iterable[str]) -> list[str]:
    """The names people know these columns by, each once, in the order of the page."""
    known = set(fields)
    return list(dict.fromkeys(str(name) for field, name in NAMES.items() if field in known))


def said(need: Need, fields: Iterable[str]) -> list[tuple[str, str]]:
    """(name, what stands there now) for these columns."""
    known = set(fields)
    return list(dict.fromkeys((str(name), _value(need, field)) for field, name in NAMES.items() if field in known))


def _value(need: Need, field: str) -> str:
    match field:
        case "topic_id":
            return need.topic.name if need.topic else _("noch nicht zugeordnet")
        case "seats" | "seats_min":
            return range_text(need.seats_min, need.seats) if need.seats_min > 1 else number_text(need.seats)
        case "window_from" | "window_until":
            return span_text(need.window_from, need.window_until)
        case _:
            return _other(need, field)


def _other(need: Need, field: str) -> str:
    if field == "postal_code":
        return place_name(need.postal_code)
    if field == "hidden_from":
        return ", ".join(one.name for one in need.hidden_from.all()) or _("niemand")
    if field == "budget_cents":
        return _("keine Angabe") if need.budget_cents is None else euro_text(need.budget_cents)
    shown = getattr(need, f"get_{field}_display", None)
    value = shown() if shown else getattr(need, field)
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    return str(value) if value not in (None, "") else _("keine Angabe")
