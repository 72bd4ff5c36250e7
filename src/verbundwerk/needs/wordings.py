"""Single values as people write them in lists: „2-3“, „ca. 5“, „drei“, „Frühschicht“, „max. 480 €“."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from verbundwerk.base.fields import cents_in
from verbundwerk.base.words import search_key
from verbundwerk.topics.terms import Level

from .moments import Unclear, unclear
from .terms import Block, Confidentiality, Format, Occasion, Shift, Urgency

Term = TypeVar("Term")
NUMBER_WORDS = {
    "kein": 0,
    "null": 0,
    "ein": 1,
    "eine": 1,
    "einen": 1,
    "eins": 1,
    "zwei": 2,
    "zwo": 2,
    "drei": 3,
    "vier": 4,
    "fuenf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwoelf": 12,
}
PEOPLE = r"(?:tn|teilnehm\w*|personen|person|pers|leute|ma|mitarbeit\w*|beschaeftigte\w*|plaetze|platz|x|azubis?)"
ABOUT = r"(?:ca|circa|etwa|rund|ungefaehr|zirka|so um die)"
MOST_SEATS = 999

SHIFTS: list[tuple[str, Shift]] = [
    (r"konti|vollkonti|durchlauf|vier schicht|4 schicht|fuenf schicht|5 schicht", Shift.CONTINUOUS),
    (r"\b3\b|drei|nacht.*(frueh|spaet)|(frueh|spaet).*nacht|\b3er\b", Shift.THREE),
    (r"\b2\b|zwei|wechsel|frueh.*spaet|spaet.*frueh", Shift.TWO),
    (r"wochenend|samstag|sonntag", Shift.WEEKEND),
    (r"frueh|^f$", Shift.EARLY),
    (r"spaet|^s$", Shift.LATE),
    (r"\btag|normal|gleitzeit|buero|\b1\b|ein schicht|einschicht|keine|^n$|^t$", Shift.DAY),
]
FORMATS: list[tuple[str, Format]] = [
    (r"egal|beides|hybrid|oder|blended|gemischt", Format.EITHER),
    (r"online|digital|virtuell|webinar|remote|teams|e learning|fern", Format.ONLINE),
    (r"praesenz|vor ort|inhouse|in haus|werkstatt|onsite", Format.ONSITE),
]
LEVELS: list[tuple[str, Level]] = [
    (r"vermitteln|trainer|multiplikator|\b3\b|schulen", Level.TEACH),
    (r"beherrschen|expert|profi|spezial|\b2\b|vertiefung", Level.MASTER),
    (r"anwend|fortgeschr|aufbau|\b1\b|mittel|praxis", Level.APPLY),
    (r"einstieg|anfaeng|grundl|basis|\b0\b|einfuehr|ohne vor|keine", Level.ENTRY),
]
URGENCIES: list[tuple[str, Urgency]] = [
    (r"dringend|sofort|hoch|eilt|^a$|^1$|prio 1|asap", Urgency.URGENT),
    (r"normal|mittel|^b$|^2$|prio 2", Urgency.NORMAL),
    (r"zeit|niedrig|gering|spaeter|^c$|^3$|prio 3|kann warten", Urgency.LATER),
]
OCCASIONS: list[tuple[str, Occasion]] = [
    (r"anlage|maschine|software|einfuehrung|invest|system", Occasion.NEW_EQUIPMENT),
    (r"produkt|anlauf|modell|umstellung|baureihe", Occasion.PRODUCT_CHANGE),
    (r"pflicht|gesetz|vorschrift|unterweis|auffrisch|bg", Occasion.DUTY),
    (r"nachfolge|rente|ruhestand|vertretung", Occasion.SUCCESSION),
    (r"sicherung|arbeitsplatz|umqualifi", Occasion.JOB_SECURITY),
    (r"wunsch|belegschaft|interesse", Occasion.WISH),
    (r"ander|sonst", Occasion.OTHER),
]
BLOCKS: list[tuple[str, Block]] = [
    (r"halb|vormittag|nachmittag", Block.HALF_DAYS),
    (r"abend|feierabend", Block.EVENINGS),
    (r"woche|block", Block.WEEK),
    (r"tag", Block.DAYS),
    (r"egal|beliebig|flexibel", Block.ANY),
]
CONFIDENTIALITIES: list[tuple[str, Confidentiality]] = [
    (r"nur.*thema|thema", Confidentiality.TOPIC_ONLY),
    (r"^nein$|offen|oeffentlich|keine|normal", Confidentiality.OPEN),
    (r"vertraulich|geheim|streng|^ja$|^x$|intern", Confidentiality.CONFIDENTIAL),
]


def seats_in(value: object) -> tuple[int, int]:
    """(at least, at most): „2-3“ is (2, 3), „ca. 5“ and „5 TN“ are (1, 5), „mind. 4“ is (4, 4). Raises Unclear."""
    if isinstance(value, date):
        raise Unclear(
            _(
                "Das Tabellenprogramm hat aus der Anzahl ein Datum gemacht (%(found)s). "
                "Bitte schreiben Sie zum Beispiel „2 bis 3“."
            )
            % {"found": f"{value:%d.%m.%Y}"}
        )
    text = re.sub(r"[^a-z0-9,.\-–+ ]", " ", _folded(value))
    text = re.sub(rf"(?:\b|(?<=\d)){PEOPLE}\b\.?|\b{ABOUT}\b\.?", " ", text)
    text = re.sub(r"(\d+)[.,]0+\b", r"\1", " ".join(text.split()).strip(" ."))
    least, most = _two_numbers(text, value)
    if not 1 <= least <= most <= MOST_SEATS:
        raise _no_seats(value)
    return least, most


def _two_numbers(text: str, value: object) -> tuple[int, int]:
    if match := re.fullmatch(r"(?:mind|mindestens|min)\.? ?(\w+)", text):
        number = _number(match[1], value)
        return number, number
    text = re.sub(r"^(?:max|maximal|hoechstens|bis zu|bis)\.? ?", "", text)
    parts = re.split(r"\s*(?:-|–|\bbis\b|\boder\b)\s*", text)
    if len(parts) == 2:
        return _number(parts[0], value), _number(parts[1], value)
    return 1, _number(text, value)


def _number(word: str, value: object) -> int:
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if not re.fullmatch(r"\d{1,4}", word):
        raise _no_seats(value)
    return int(word)


def _no_seats(value: object) -> Unclear:
    return unclear(
        _("„%(found)s“ ist keine Anzahl von Personen. Möglich sind Zahlen von 1 bis 999, zum Beispiel 3 oder 2-3."),
        value,
    )


def word_in(value: object, words: list[tuple[str, Term]], examples: str) -> Term:
    """The first term whose wording occurs. Raises Unclear and names some wordings we know."""
    key = search_key(str(value))
    for pattern, term in words:
        if re.search(pattern, key):
            return term
    raise unclear(_("„%(found)s“ kennen wir hier nicht. Möglich sind: %(examples)s."), value, examples=examples)


def budget_in(value: object) -> int:
    """Cents per person: „max. 480 €/TN“, „ca. 1.200,50“, 500. Raises Unclear."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        cents = round(value * 100) if 0 <= value <= 1_000_000 else None
    else:
        cents = cents_in(
            re.sub(
                rf"(?i)\b(?:max|maximal|bis|{ABOUT}|netto|brutto|pro|je|p\.?\s?p|kopf|{PEOPLE})\b\.?|/", " ", str(value)
            ).strip(" .")
        )
    if cents is None or cents > 100_000_000:
        raise unclear(_("„%(found)s“ ist kein Betrag in Euro. Bitte schreiben Sie ihn so: 480 oder 1.200,50."), value)
    return cents


UNITS: Mapping[str, Mapping[str, float]] = {
    "minutes": {"": 1, "min": 1, "minute": 1, "minuten": 1, "h": 60, "std": 60, "stunde": 60, "stunden": 60},
    "hours": {"": 1, "h": 1, "std": 1, "stunde": 1, "stunden": 1, "ue": 0.75, "tag": 8, "tage": 8, "d": 8},
}


def amount_in(value: object, unit: str, most: int) -> int:
    """Whole minutes or hours: „45 min“, „1,5 h“, „2 Tage“. Raises Unclear."""
    text = re.sub(rf"\b(?:max|maximal|bis|{ABOUT})\b\.?", " ", _folded(value)).strip(" .")
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)\.?", text)
    factor = UNITS[unit].get(match[2]) if match else None
    amount = float(match[1].replace(",", ".")) * factor if match and factor else 0
    if not 1 <= amount <= most:
        example = _("45 min") if unit == "minutes" else _("16 h oder 2 Tage")
        text = _("„%(found)s“ ist keine Dauer, die wir verstehen. Bitte schreiben Sie zum Beispiel %(example)s.")
        raise unclear(text, value, example=example)
    return round(amount)


def yes_in(value: object) -> bool:
    """„ja“, „x“, „1“; anything that says no is no. Raises Unclear."""
    key = search_key(str(value))
    if key in {"ja", "j", "x", "1", "yes", "y", "wahr", "true", "pflicht"}:
        return True
    if key in {"nein", "n", "0", "no", "falsch", "false", ""}:
        return False
    raise unclear(_("„%(found)s“ ist weder ja noch nein."), value)


def _folded(value: object) -> str:
    text = str(value).casefold().replace("ß", "ss")
    return text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").strip()
