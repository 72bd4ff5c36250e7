"""Why a need is left over, and what would help."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.days import day_text
from verbundwerk.base.figures import whole_euro_text

from ..models import LeftOver

Numbers = Mapping[str, Any]


# --- why a need is left over ------------------------------------------------------------------
def reason_of(left: LeftOver, monday: date) -> str:
    """One sentence; `monday` is the first day of the plan's horizon."""
    if left.stage == "too_few_partners":
        return _too_few(left, monday)
    tell = REASONS.get(left.stage)
    return tell(left.numbers) if tell else _("Für diesen Bedarf hat der Plan keinen Platz gefunden.")


def _too_few(left: LeftOver, monday: date) -> str:
    """What was tried and works is more than what was counted: then both columns say the same number and week."""
    tried = next((one for one in left.changes if one["kind"] == "more_persons"), None)
    if tried:
        return _missing(_tried_words, int(tried["amount"]), week_number(monday, int(tried["week"])))
    counted, week = int(left.numbers.get("missing", 0)), int(left.numbers.get("week", -1))
    if counted < 1 or week < 0:
        return _("Noch sucht kein anderer Betrieb zur selben Zeit dasselbe.")
    return _missing(_counted_words, counted, week_number(monday, week))


def _missing(words: Callable[[int], str], count: int, week: int) -> str:
    return words(count) % {"count": count, "week": week}


def _tried_words(count: int) -> str:
    return ngettext(
        "Es fehlt %(count)d Person in der Kalenderwoche %(week)d.",
        "Es fehlen %(count)d Personen in der Kalenderwoche %(week)d.",
        count,
    )


def _counted_words(count: int) -> str:
    return ngettext(
        "Es fehlt mindestens %(count)d Person in der Kalenderwoche %(week)d.",
        "Es fehlen mindestens %(count)d Personen in der Kalenderwoche %(week)d.",
        count,
    )


def _travel(numbers: Numbers) -> str:
    nearest = int(numbers.get("nearest", -1))
    if nearest < 0:
        return _("Für dieses Thema ist noch kein Raum eingetragen.")
    return _("Der nächste Raum ist %(nearest)d Minuten entfernt, angegeben sind höchstens %(most)d.") % {
        "nearest": nearest,
        "most": numbers["accepted"],
    }


def _too_dear(numbers: Numbers) -> str:
    return _("Der günstigste Platz kostet %(price)s, das Budget ist %(budget)s. Es fehlen %(missing)s.") % {
        name: whole_euro_text(int(numbers[name]) * 100) for name in ("price", "budget", "missing")
    }


def _parts(numbers: Numbers) -> str:
    asked = int(numbers.get("asked", 1))
    if asked == 1:
        return _("In den passenden Kursen ist kein Platz mehr frei.")
    return _("Es sind nicht genug Plätze auf einmal frei: Der Betrieb braucht mindestens %(asked)d zusammen.") % {
        "asked": asked
    }


REASONS: dict[str, Callable[[Numbers], str]] = {
    "outside_horizon": lambda n: _("Im Zeitraum des Bedarfs liegt keine ganze Woche dieses Plans."),
    "no_template": lambda n: _("Zu diesem Thema und Niveau gibt es noch kein Angebot mit Preis."),
    "no_slot_in_window": lambda n: _("Kein Kurstermin passt zum Zeitraum und zur Schicht."),
    "format": lambda n: _("Den Kurs gibt es nicht in der gewünschten Form."),
    "travel": _travel,
    "closed": lambda n: _("In den passenden Wochen ist kein Raum oder keine Lehrkraft verfügbar."),
    "parts_used_up": _parts,
    "price_ceiling": _too_dear,
    "competitor": lambda n: _("Mit den passenden Betrieben soll dieser Betrieb nicht zusammen lernen."),
    "slot_taken": lambda n: _("Raum oder Lehrkraft sind in den passenden Wochen schon vergeben."),
    "run_full": lambda n: _("Der passende Kurs ist voll."),
    "not_worth": lambda n: _("Ein Kurs nur dafür würde mehr kosten, als er nützt."),
    "possible": lambda n: _("Ein Platz ist inzwischen möglich. Bitte berechnen Sie die Vorschläge neu."),
}


def week_number(monday: date, week: int) -> int:
    """The calendar week of a week of the horizon."""
    return (monday + timedelta(weeks=week)).isocalendar().week


# --- what would help ----------------------------------------------------------------------------
def changes_of(left: LeftOver, monday: date) -> list[str]:
    """Sentences, the smallest burden first; each change was tried out and works."""
    return [sentence for _change, sentence in offers_of(left, monday)]


def offers_of(left: LeftOver, monday: date) -> list[tuple[Numbers, str]]:
    """Each change with its sentence."""
    return [(change, _help(change, monday)) for change in left.changes if change["kind"] in IF]


def _help(change: Numbers, monday: date) -> str:
    return _("%(condition)s, passt ein Kurs in der Woche ab %(day)s für %(price)s je Platz.") % {
        "condition": IF[change["kind"]](int(change["amount"])),
        "day": day_text(monday + timedelta(weeks=int(change["week"]))),
        "price": whole_euro_text(int(change["price_cents"])),
    }


def _weeks_later(weeks: int) -> str:
    return ngettext(
        "Wenn der Zeitraum eine Woche später endet",
        "Wenn der Zeitraum %(count)d Wochen später endet",
        weeks,
    ) % {"count": weeks}


def _weeks_earlier(weeks: int) -> str:
    return ngettext(
        "Wenn der Zeitraum eine Woche früher beginnt",
        "Wenn der Zeitraum %(count)d Wochen früher beginnt",
        weeks,
    ) % {"count": weeks}


def _more_people(persons: int) -> str:
    return ngettext(
        "Wenn noch eine Person mit demselben Bedarf dazukommt",
        "Wenn noch %(count)d Personen mit demselben Bedarf dazukommen",
        persons,
    ) % {"count": persons}


IF: dict[str, Callable[[int], str]] = {
    "more_persons": _more_people,
    "later": _weeks_later,
    "earlier": _weeks_earlier,
    "online": lambda n: _("Wenn auch online möglich ist"),
    "travel": lambda n: _("Wenn der Weg %(minutes)d Minuten länger sein darf") % {"minutes": n},
    "budget": lambda n: _("Wenn das Budget um %(amount)s je Platz steigt") % {"amount": whole_euro_text(n * 100)},
    "no_wall": lambda n: _("Wenn die Trennung von anderen Betrieben entfällt"),
    "split": lambda n: _("Wenn die Gruppe auf mehrere Kurse verteilt werden darf"),
}
