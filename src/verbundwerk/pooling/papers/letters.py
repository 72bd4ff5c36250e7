"""What the letters of this room say, each in the language that is switched on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from verbundwerk.base.days import day_text, span_text
from verbundwerk.base.figures import euro_text, range_text

from ..models import Bid, Commitment, EarlierBid, Pool
from ..planner import Standing


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
            "title": pool.name,
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
    return Words(_("Gemeinsamer Kurs in Aussicht: %(title)s") % {"title": pool.name}, tuple(lines))


def asked(pool: Pool, until: date) -> Words:
    return Words(
        _("Anfrage %(label)s: %(title)s") % {"label": pool.label, "title": pool.name},
        (
            _("Mehrere Betriebe der Region suchen zusammen einen Kurs: %(title)s (%(level)s).")
            % {"title": pool.name, "level": pool.get_level_display()},
            _("Zeitraum: %(when)s. Gruppe: %(seats)s Personen. Ort: %(place)s.")
            % {
                "when": span_text(pool.starts_on, pool.ends_on),
                "seats": range_text(pool.seats_min, pool.seats_max),
                "place": pool.venue or _("steht noch nicht fest"),
            },
            _("Bitte nennen Sie bis %(day)s Preis und Termine, oder sagen Sie ab.") % {"day": day_text(until)},
        ),
    )


def not_chosen(pool: Pool) -> Words:
    return Words(
        _("Ihr Angebot zu %(label)s") % {"label": pool.label},
        (_("Für %(title)s wurde ein anderes Angebot gewählt. Danke für Ihre Mühe.") % {"title": pool.name},),
    )


def corrected(pool: Pool, bid: Bid, before: EarlierBid) -> Words:
    return Words(
        _("Angebot geändert: %(label)s, %(title)s") % {"label": pool.label, "title": pool.name},
        (
            _("Das Angebot von %(provider)s hat sich geändert.") % {"provider": bid.enquiry.provider.name},
            _("Jetzt: %(price)s, %(when)s.") % _priced(bid),
            _("Vorher: %(price)s, %(when)s.") % _priced(before),
        ),
    )


def _priced(price: Bid | EarlierBid) -> dict[str, str]:
    parts = {"fixed": euro_text(price.fixed_cents), "each": euro_text(price.per_seat_cents)}
    words = _("%(fixed)s zusammen und %(each)s je Platz") % parts
    return {"price": words, "when": span_text(price.starts_on, price.ends_on)}


def bid_withdrawn(pool: Pool, bid: Bid) -> Words:
    return Words(
        _("Angebot zurückgezogen: %(label)s, %(title)s") % {"label": pool.label, "title": pool.name},
        (
            _("Das Angebot von %(provider)s ist zurückgezogen.") % {"provider": bid.enquiry.provider.name},
            _("Solange kein Angebot gewählt ist, lässt sich der Anbieter erneut fragen."),
        ),
    )


def chosen(pool: Pool) -> Words:
    return Words(
        _("Ihr Angebot zu %(label)s ist gewählt") % {"label": pool.label},
        (
            _("Ihr Angebot für %(title)s ist gewählt. Als Nächstes fragen wir die Betriebe, ob sie dabei sind.")
            % {"title": pool.name},
            _("Verbindlich wird der Kurs, sobald genug Betriebe zugesagt haben. Wir melden uns dann."),
        ),
    )


def commit_now(pool: Pool, bid: Bid) -> Words:
    return Words(
        _("Sind Sie dabei? %(title)s") % {"title": pool.name},
        (
            _("Das Angebot ist da: %(title)s, %(when)s.")
            % {"title": pool.name, "when": span_text(bid.starts_on, bid.ends_on)},
            _("Nennen Sie bis %(day)s den Betrag, bis zu dem Sie dabei sind, und wie viele Plätze Sie brauchen.")
            % {"day": day_text(pool.commit_until or bid.starts_on)},
            _("Der Preis fällt mit jedem weiteren Platz. Sie zahlen nie mehr als Ihren Betrag."),
        ),
    )


def threshold(pool: Pool, standing: Standing) -> Words:
    return Words(
        _("Der Kurs kommt zustande: %(title)s") % {"title": pool.name},
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
        _("Es ist so weit: %(title)s findet statt") % {"title": pool.name},
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
        _("Ohne Ihren Betrieb: %(title)s") % {"title": pool.name},
        (
            _("Der Kurs findet statt, aber der Preis liegt über dem Betrag, den Sie genannt haben."),
            _("Ihre Zusage ist damit erledigt, es entstehen keine Kosten. Ihr Bedarf wartet wieder auf Partner."),
        ),
    )


def held_out(pool: Pool) -> Words:
    return Words(
        _("Ohne Ihren Betrieb: %(title)s") % {"title": pool.name},
        (
            _("Der Kurs findet statt, aber die Bedingung, die Sie selbst genannt haben, ist nicht erfüllt."),
            _("Ihre Zusage ist damit erledigt, es entstehen keine Kosten. Ihr Bedarf wartet wieder auf Partner."),
        ),
    )


def counts_now(pool: Pool) -> Words:
    return Words(
        _("Ihre Zusage zählt jetzt: %(title)s") % {"title": pool.name},
        (_("Die Bedingung, die Sie genannt haben, ist erfüllt. Ab jetzt zählen Ihre Plätze mit."),),
    )


def condition_lapsed(pool: Pool) -> Words:
    return Words(
        _("Bedingung nicht erfüllt: %(title)s") % {"title": pool.name},
        (
            _("Die Bedingung, die Sie selbst genannt haben, ist bis zu Ihrem Tag nicht erfüllt."),
            _("Ihre Zusage ist damit erledigt, es entstehen keine Kosten. Andere erfahren den Grund nicht."),
            _("Solange die Zusagefrist läuft, können Sie erneut zusagen."),
        ),
    )


def tied_in_words(until: date) -> str:
    """Stored with a record of the firm, so in German."""
    with override(settings.LANGUAGE_CODE):
        return _(
            "Der Betrieb will bei diesem gemeinsamen Kurs dabei sein, wenn der Betriebsrat bis %(day)s zustimmt. "
            "Sagt er bis dahin nicht Ja, entfällt die Zusage. Plätze und Preis stehen unter „Bündel“."
        ) % {"day": day_text(until)}


def no_need_to_answer(why: str) -> str:
    with override(settings.LANGUAGE_CODE):
        return {
            "withdrawn": _("Der Betrieb hat seine Zusage zurückgezogen."),
            "over": _("Über den gemeinsamen Kurs ist entschieden, Ihre Antwort ändert daran nichts mehr."),
        }[why]


def gap(pool: Pool, standing: Standing, firm: UUID) -> Words:
    """Each firm reads what it could do itself. What the others lack would give their limits away."""
    more = standing.gap.more_each.get(firm) if standing.gap else None
    return Words(
        _("Es fehlt nicht viel: %(title)s") % {"title": pool.name},
        (
            _("Noch reicht es nicht für den gemeinsamen Kurs."),
            *([_("Der Preis liegt %(more)s je Platz über Ihrem Betrag.") % {"more": euro_text(more)}] if more else []),
            _("Bis %(day)s können Sie Ihre Zusage noch erhöhen.")
            % {"day": day_text(pool.commit_until or pool.starts_on)},
        ),
    )


def extended(pool: Pool) -> Words:
    return Words(
        _("Mehr Zeit für Ihre Zusage: %(title)s") % {"title": pool.name},
        (_("Die Frist läuft jetzt bis %(day)s.") % {"day": day_text(pool.commit_until or pool.starts_on)},),
    )


def failed(pool: Pool) -> Words:
    return Words(
        _("Diesmal nicht: %(title)s") % {"title": pool.name},
        (
            _("Der gemeinsame Kurs kommt nicht zustande. Grund: %(reason)s.") % {"reason": pool.get_failure_display()},
            _("Es entstehen keine Kosten. Ihr Bedarf wartet wieder auf Partner."),
        ),
    )
