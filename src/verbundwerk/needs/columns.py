"""Which column of somebody's list means what: headings in any spelling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.words import search_key
from verbundwerk.topics.rules import slips

Text = str | Promise


@dataclass(frozen=True)
class Field:
    """`words` are headings as search keys, parted by " | "."""

    label: Text
    words: str

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(self.words.split(" | "))


FIELDS: dict[str, Field] = {
    "firm": Field(
        _("Betrieb"),
        "firma | betrieb | unternehmen | organisation | arbeitgeber | firmenname | mitgliedsbetrieb",
    ),
    "topic_text": Field(
        _("Thema"),
        "thema | schulung | thema schulung | schulungsthema | schulungsbedarf | kurs | kursthema | "
        "lehrgang | seminar | qualifizierung | weiterbildung | weiterbildungsthema | weiterbildungsbedarf | "
        "fortbildung | massnahme | bedarf | inhalt | titel | was "
        "| was wird gebraucht | was wollen wir schulen | was soll geschult werden | topic",
    ),
    "seats": Field(
        _("Anzahl"),
        "anzahl | anzahl tn | tn | tn zahl | tn anzahl | ma zahl | ma anzahl | personenzahl | mitarbeiterzahl | "
        "platzzahl | teilnehmer | teilnehmende | teilnehmerzahl | anzahl "
        "teilnehmer | anzahl teilnehmende | anzahl ma | anzahl mitarbeiter | anzahl personen | anzahl "
        "plaetze | personen | wie viele | wieviele | wie viele personen | plaetze | mitarbeiter | ma | "
        "koepfe | leute | anzahl leute | menge | seats",
    ),
    "window": Field(
        _("Zeitraum"),
        "zeitraum | wann | zeitfenster | termin | wunschtermin | zeit | wunschzeitraum | wunschdatum",
    ),
    "window_from": Field(
        _("Ab"),
        "von | ab | ab wann | fruehestens | fruehestens ab | beginn | start | von datum",
    ),
    "window_until": Field(
        _("Bis"),
        "bis | bis wann | spaetestens | spaetestens bis | bis spaetestens | bis zum | faellig | deadline | "
        "frist | ende | bis datum",
    ),
    "place": Field(
        _("Ort"),
        "plz | ort | plz ort | postleitzahl | standort | werk | einsatzort | arbeitsort | betriebsstaette | place",
    ),
    "shift": Field(
        _("Schicht"),
        "schicht | schichten | schichtmodell | schichtsystem | arbeitszeit | arbeitszeitmodell",
    ),
    "level": Field(
        _("Niveau"),
        "niveau | level | kenntnisstand | lernziel | stufe",
    ),
    "format": Field(
        _("Format"),
        "format | form | praesenz online | durchfuehrung | art | online praesenz",
    ),
    "occasion": Field(
        _("Anlass"),
        "anlass | grund | warum | begruendung | ausloeser",
    ),
    "urgency": Field(
        _("Dringlichkeit"),
        "dringlichkeit | prio | prioritaet | eilt | wie eilig",
    ),
    "budget_cents": Field(
        _("Budget je Person"),
        "budget | budget max | budget max eur | max budget | kosten | kosten max | preis | preis max | "
        "max preis | budget pro person | budget je tn | budget pro tn | kosten pro person | kosten je tn "
        "| max kosten",
    ),
    "travel_minutes_max": Field(
        _("Anfahrt"),
        "fahrzeit | max fahrzeit | anfahrt | anfahrt max | fahrzeit min | max anfahrt | anfahrt in min",
    ),
    "hours_max": Field(
        _("Dauer"),
        "dauer | max dauer | stunden | umfang | stundenumfang | dauer max",
    ),
    "block": Field(
        _("Zeitform"),
        "block | zeitform | unterrichtsform | am liebsten",
    ),
    "rotation": Field(
        _("Schichtplan"),
        "schichtplan | schichtrhythmus | rhythmus",
    ),
    "language": Field(
        _("Sprache"),
        "sprache | kurssprache",
    ),
    "accessibility": Field(
        _("Barrierefreiheit"),
        "barrierefreiheit | barrierefrei | unterstuetzung",
    ),
    "wants_funding": Field(
        _("Förderung"),
        "foerderung | foerderung gewuenscht | foerderwunsch",
    ),
    "mandatory": Field(
        _("Pflicht"),
        "pflicht | pflichtschulung | vorgeschrieben",
    ),
    "confidentiality": Field(
        _("Vertraulichkeit"),
        "vertraulichkeit | vertraulich | sichtbarkeit",
    ),
    "details": Field(
        _("Bemerkung"),
        "bemerkung | bemerkungen | kommentar | anmerkung | anmerkungen | notiz | notizen | hinweis | "
        "hinweise | beschreibung | details | sonstiges",
    ),
}
# Columns many lists have and nobody needs here; ours stand in the list of wrong rows we hand out.
IGNORED = frozenset({"nr", "lfd nr", "lfd", "pos", "zeile", "was nicht stimmt", "nummer", "status", "stand", "datum"})
# May be spread over several columns, in the order of the list.
JOINED = frozenset({"place", "details"})
NOISE = frozenset(
    {"eur", "euro", "netto", "brutto", "ca", "min", "std", "h", "in", "der", "die", "das", "den", "des", "wird"}
)

# How the last part of a compound says what the column is: „Weiterbildungsthema“, „Wunschzeitraum“, „Teilnehmeranzahl“.
ENDS: dict[str, str] = {
    "thema": "topic_text", "themen": "topic_text", "inhalt": "topic_text",
    "inhalte": "topic_text", "titel": "topic_text", "bedarf": "topic_text",
    "anzahl": "seats", "zeitraum": "window", "zeitfenster": "window", "zeitrahmen": "window", "beginn": "window_from",
    "standort": "place", "schicht": "shift", "schichtmodell": "shift",
    "bemerkung": "details", "bemerkungen": "details", "anmerkung": "details", "anmerkungen": "details",
    "budget": "budget_cents", "dauer": "hours_max",
}  # fmt: skip
# Words before the one that counts: „Gewünschter Zeitraum“, „benötigte Plätze“.
WISHES = ("gewuenscht", "benoetigt", "geplant", "voraussichtlich", "notwendig", "erforderlich", "moeglich", "ungefaehr")

_KNOWN: dict[str, str] = {head: name for name, field in FIELDS.items() for head in field.heads}
HEADS: tuple[str, ...] = tuple(_KNOWN)


@dataclass(frozen=True)
class Columns:
    """Field -> headings in the list; what we could not place stands in `unknown`."""

    of: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]

    def has(self, *names: str) -> bool:
        return any(name in self.of for name in names)


def columns_of(header: Iterable[str]) -> Columns:
    found: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for head in header:
        name = field_of(head)
        if name is None and search_key(head) in IGNORED:
            continue
        if name is None or (name in found and name not in JOINED):
            unknown.append(head)
        else:
            found[name] = (*found.get(name, ()), head)
    return Columns(found, tuple(unknown))


def columns_as_said(header: Iterable[str], meant: Mapping[str, str]) -> Columns:
    """As a person says: heading -> field, "" for a column that is not taken over."""
    found: dict[str, tuple[str, ...]] = {}
    for head in header:
        if name := meant.get(head, ""):
            found[name] = (*found.get(name, ()), head)
    return Columns(found, ())


def field_of(head: str) -> str | None:
    """Exactly, without the small words, or with one slip of the finger."""
    key = search_key(head)
    telling = " ".join(word for word in key.split() if word not in NOISE and not word.startswith(WISHES))
    for one in (key, telling, " ".join(sorted(telling.split()))):
        if one in _KNOWN:
            return _KNOWN[one]
    near = [name for known, name in _KNOWN.items() if len(known) >= 5 and slips(telling, known) <= 1]
    return near[0] if near else _by_first_word(telling) or _by_end(telling)


def _by_first_word(telling: str) -> str | None:
    """„Thema der Schulung“, „Anzahl Azubis“: the first word says it when the whole is not known."""
    first = telling.split()[:1]
    return _KNOWN.get(first[0]) if first and len(first[0]) >= 4 else None


def _by_end(telling: str) -> str | None:
    """„Weiterbildungsthema“: what a compound is, its last part says; the longest part that is known."""
    first = telling.split()[:1]
    ends = sorted((end for end in ENDS if first and first[0].endswith(end)), key=len)
    return ENDS[ends[-1]] if ends else None
