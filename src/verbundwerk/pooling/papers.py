"""The words of the pooling room: why a need is left over, what would help, and what the letters say.

No sentence here names another firm.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.days import day_text, span_text
from verbundwerk.base.figures import euro_text

from .models import Bid, Commitment, LeftOver, Pool
from .planner import Missing, Standing

Numbers = Mapping[str, Any]


# --- why a need is left over ------------------------------------------------------------------
def reason_of(left: LeftOver, monday: date) -> str:
    """One sentence; `monday` is the first day of the plan's horizon."""
    if left.stage == "too_few_partners":
        return _too_few(left.numbers, monday)
    tell = REASONS.get(left.stage)
    return tell(left.numbers) if tell else _("Für diesen Bedarf hat der Plan keinen Platz gefunden.")


def _too_few(numbers: Numbers, monday: date) -> str:
    missing = int(numbers.get("missing", 0))
    if missing < 1 or int(numbers.get("week", -1)) < 0:
        return _("Noch sucht kein anderer Betrieb zur selben Zeit dasselbe.")
    return ngettext(
        "Es fehlt %(count)d Person in der Kalenderwoche %(week)d.",
        "Es fehlen %(count)d Personen in der Kalenderwoche %(week)d.",
        missing,
    ) % {"count": missing, "week": week_number(monday, int(numbers["week"]))}


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
        name: euro_text(int(numbers[name]) * 100) for name in ("price", "budget", "missing")
    }


def _parts(numbers: Numbers) -> str:
    return _("Es sind nicht genug Plätze auf einmal frei: Der Betrieb braucht mindestens %(asked)d zusammen.") % {
        "asked": int(numbers.get("asked", 1))
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
    return [_help(change, monday) for change in left.changes if change["kind"] in IF]


def _help(change: Numbers, monday: date) -> str:
    return _("%(condition)s, passt ein Kurs in der Woche ab %(day)s für %(price)s je Platz.") % {
        "condition": IF[change["kind"]](int(change["amount"])),
        "day": day_text(monday + timedelta(weeks=int(change["week"]))),
        "price": euro_text(int(change["price_cents"])),
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
    "budget": lambda n: _("Wenn das Budget um %(amount)s je Platz steigt") % {"amount": euro_text(n * 100)},
    "no_wall": lambda n: _("Wenn die Trennung von anderen Betrieben entfällt"),
    "split": lambda n: _("Wenn die Gruppe auf mehrere Kurse verteilt werden darf"),
}


# --- how far a plan may be from the best one ----------------------------------------------------------
def quality_of(objective: int | None, bound: int | None) -> str:
    """Honest words for the proven gap."""
    if objective is None or bound is None or objective <= 0:
        return ""
    share = round(100 * (objective - bound) / objective)
    if share == 0:
        return _("Besser geht es nicht: Kein anderer Plan ist günstiger. Das ist bewiesen.")
    return _(
        "Bewiesen ist: Kein Plan kann um mehr als %(share)d %% günstiger sein. Der wirkliche Abstand ist meist viel "
        "kleiner, denn unser Beweis rechnet noch grob."
    ) % {"share": share}


# --- the gap --------------------------------------------------------------------------------------------
def gap_of(standing: Standing) -> list[str]:
    """What is missing, and the ways out, each of which is enough on its own."""
    if standing.reached:
        return []
    if standing.price_cents is None and standing.gap and standing.gap.firms:
        return _price_gap(standing.gap)
    words = []
    if standing.price_cents is None:
        words.append(_seats_missing(standing))
    if standing.firms_missing:
        words.append(
            ngettext("Es fehlt noch ein Betrieb.", "Es fehlen noch %(count)d Betriebe.", standing.firms_missing)
            % {"count": standing.firms_missing}
        )
    return words


def _seats_missing(standing: Standing) -> str:
    missing = standing.gap.more_seats if standing.gap and standing.gap.more_seats else standing.seats_missing
    return ngettext(
        "Es fehlt noch %(count)d Platz bis zur Mindestzahl.",
        "Es fehlen noch %(count)d Plätze bis zur Mindestzahl.",
        missing,
    ) % {"count": missing}  # fmt: skip


def _price_gap(gap: Missing) -> list[str]:
    words = [
        ngettext(
            "Für %(count)d Betrieb liegt der Preis von %(price)s je Platz über seinem Betrag.",
            "Für %(count)d Betriebe liegt der Preis von %(price)s je Platz über ihrem Betrag.",
            len(gap.firms),
        )
        % {"count": len(gap.firms), "price": euro_text(gap.price_cents)}
    ]
    if gap.money_cents is not None:
        words.append(_("Es reicht, wenn zusammen %(money)s dazukommen.") % {"money": euro_text(gap.money_cents)})
    if gap.more_seats:
        words.append(
            ngettext(
                "Oder es kommt noch %(count)d Platz dazu.", "Oder es kommen noch %(count)d Plätze dazu.", gap.more_seats
            )
            % {"count": gap.more_seats}
        )
    if gap.more_each:
        most = max(gap.more_each.values())
        words.append(
            _("Oder diese Betriebe erhöhen ihren Betrag, höchstens um %(most)s je Platz.") % {"most": euro_text(most)}
        )
    return words


# --- letters ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Words:
    """A letter in the language that is switched on: subject and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


def bundled(pool: Pool, *, changed: bool) -> Words:
    lines = [
        _("Ihr Bedarf ist jetzt Teil eines Bündels: Mehrere Betriebe suchen dasselbe. Sie müssen noch nichts tun."),
        _("Thema: %(title)s (%(level)s), %(when)s.")
        % {
            "title": pool.title,
            "level": pool.get_level_display(),
            "when": span_text(pool.starts_on, pool.ends_on),
        },
        _("Wir fragen nun Anbieter nach Preis und Terminen. Danach nennen Sie den Betrag, bis zu dem Sie dabei sind."),
    ]
    if changed:
        lines.insert(
            1,
            _(
                "Zeitraum oder Niveau weichen von Ihrem Bedarf ab. "
                "Passt das nicht, steigen Sie auf der Seite wieder aus."
            ),
        )
    return Words(_("Gemeinsamer Kurs in Aussicht: %(title)s") % {"title": pool.title}, tuple(lines))


def asked(pool: Pool, until: date) -> Words:
    return Words(
        _("Anfrage %(label)s: %(title)s") % {"label": pool.label, "title": pool.title},
        (
            _("Mehrere Betriebe der Region suchen zusammen einen Kurs: %(title)s (%(level)s).")
            % {"title": pool.title, "level": pool.get_level_display()},
            _("Bitte nennen Sie bis %(day)s Preis und Termine, oder sagen Sie ab.") % {"day": day_text(until)},
        ),
    )


def not_chosen(pool: Pool) -> Words:
    return Words(
        _("Ihr Angebot zu %(label)s") % {"label": pool.label},
        (_("Für %(title)s wurde ein anderes Angebot gewählt. Danke für Ihre Mühe.") % {"title": pool.title},),
    )


def chosen(pool: Pool) -> Words:
    return Words(
        _("Ihr Angebot zu %(label)s ist gewählt") % {"label": pool.label},
        (
            _("Ihr Angebot für %(title)s ist gewählt. Die Betriebe sagen jetzt zu.") % {"title": pool.title},
            _("Verbindlich wird der Kurs, sobald genug Betriebe zugesagt haben. Wir melden uns dann."),
        ),
    )


def commit_now(pool: Pool, bid: Bid) -> Words:
    return Words(
        _("Sind Sie dabei? %(title)s") % {"title": pool.title},
        (
            _("Das Angebot ist da: %(title)s, %(when)s.")
            % {"title": pool.title, "when": span_text(bid.starts_on, bid.ends_on)},
            _("Nennen Sie bis %(day)s den Betrag, bis zu dem Sie dabei sind, und wie viele Plätze Sie brauchen.")
            % {"day": day_text(pool.commit_until or bid.starts_on)},
            _("Der Preis fällt mit jedem weiteren Platz. Sie zahlen nie mehr als Ihren Betrag."),
        ),
    )


def threshold(pool: Pool, standing: Standing) -> Words:
    return Words(
        _("Der Kurs kommt zustande: %(title)s") % {"title": pool.title},
        (
            _("Genug Betriebe haben zugesagt. Ein Platz kostet im Augenblick %(price)s.")
            % {"price": euro_text(standing.price_cents or 0)},
            _("Bis %(day)s können weitere Betriebe dazukommen. Der Preis kann bis dahin nur noch fallen.")
            % {"day": day_text(pool.commit_until or pool.starts_on)},
            _("Alle Zusagen sind jetzt verbindlich. Sie müssen nichts weiter tun."),
        ),
    )


def came_about(pool: Pool, word: Commitment) -> Words:
    return Words(
        _("Es ist so weit: %(title)s findet statt") % {"title": pool.title},
        (
            ngettext(
                "Sie haben %(seats)d Platz zu %(price)s.", "Sie haben %(seats)d Plätze zu je %(price)s.", word.seats
            )
            % {"seats": word.seats, "price": euro_text(word.price_cents or 0)},
            _("Als Nächstes nennen Sie, wer teilnimmt. Dazu bekommen Sie eine eigene Nachricht."),
        ),
    )


def not_met(pool: Pool) -> Words:
    return Words(
        _("Ohne Ihren Betrieb: %(title)s") % {"title": pool.title},
        (
            _("Der Kurs findet statt, aber der Preis liegt über dem Betrag, den Sie genannt haben."),
            _("Ihre Zusage ist damit erledigt, es entstehen keine Kosten. Ihr Bedarf wartet wieder auf Partner."),
        ),
    )


def gap(pool: Pool, standing: Standing, firm: UUID) -> Words:
    """Each firm reads what it could do itself. What the others lack would give their limits away."""
    more = standing.gap.more_each.get(firm) if standing.gap else None
    return Words(
        _("Es fehlt nicht viel: %(title)s") % {"title": pool.title},
        (
            _("Noch reicht es nicht für den gemeinsamen Kurs."),
            *([_("Der Preis liegt %(more)s je Platz über Ihrem Betrag.") % {"more": euro_text(more)}] if more else []),
            _("Bis %(day)s können Sie Ihre Zusage noch erhöhen.")
            % {"day": day_text(pool.commit_until or pool.starts_on)},
        ),
    )


def extended(pool: Pool) -> Words:
    return Words(
        _("Mehr Zeit für Ihre Zusage: %(title)s") % {"title": pool.title},
        (_("Die Frist läuft jetzt bis %(day)s.") % {"day": day_text(pool.commit_until or pool.starts_on)},),
    )


def failed(pool: Pool) -> Words:
    return Words(
        _("Diesmal nicht: %(title)s") % {"title": pool.title},
        (
            _("Der gemeinsame Kurs kommt nicht zustande. Grund: %(reason)s.") % {"reason": pool.get_failure_display()},
            _("Es entstehen keine Kosten. Ihr Bedarf wartet wieder auf Partner."),
        ),
    )
