"""What the gallery shows: invented, and in every state a component has."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from .charts import Bar, BarChart, Curve, CurveChart, Level, Progress, Range, RangeChart, Span, Timeline, Track
from .forms import DateField, EuroField, Form, PlainText, PostalCodeField, TimeField, UploadField, once_key
from .tables import Column, Filter, Table
from .templatetags.ui import Step, Tab
from .verdicts import YES, no

COLOURS = [
    ("blau", "Blau"),
    ("gruen", "Grün"),
    ("grau", "Grau, mit einem Text, der auf dem Telefon umbricht"),
]


class ExampleForm(Form):
    once = once_key()
    name = PlainText(label="Bezeichnung", help_text="So kurz, dass man sie am Telefon vorlesen kann.")
    text = PlainText(label="Beschreibung", lines=4, required=False)
    count = forms.IntegerField(
        label="Anzahl",
        min_value=1,
        max_value=500,
        error_messages={"required": "Bitte geben Sie an, wie viele Sie brauchen."},
    )
    price = EuroField(label="Höchstbetrag", help_text="Zum Beispiel 480 oder 1.200,50.", required=False)
    on = DateField(label="Tag")
    at = TimeField(label="Uhrzeit", required=False)
    postal_code = PostalCodeField(label="Postleitzahl")
    email = forms.EmailField(label="E-Mail-Adresse", required=False)
    shade = forms.ChoiceField(label="Farbe", choices=[("", "Bitte wählen"), *COLOURS])
    one = forms.ChoiceField(label="Eine davon", choices=COLOURS, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label="Mehrere davon", choices=COLOURS, widget=forms.CheckboxSelectMultiple, required=False
    )
    file = UploadField(label="Datei", help_text="Excel (XLSX) oder CSV, höchstens 5 MB.", required=False)
    agreed = forms.BooleanField(label="Ich habe alles geprüft.")


STEPS = [
    Step("Bestellt", "done", date(2026, 3, 3)),
    Step("Geprüft", "done", date(2026, 3, 5), "Zwei Rückfragen, beide beantwortet."),
    Step("Wird eingebunden", "now", date(2026, 3, 10), "Acht Bände sind beisammen, drei fehlen noch."),
    Step("Steht im Regal", "ahead"),
    Step("Zurückgezogen", "stopped", date(2026, 4, 1)),
]
BADGES = [
    ("Entwurf", "neutral"),
    ("In Prüfung", "info"),
    ("Verliehen", "success"),
    ("Frist läuft ab", "warning"),
    ("Verloren", "danger"),
]

TONES = {"da": "success", "verliehen": "info", "vermisst": "danger"}
BOOKS = [
    {"title": f"Buch {number}", "pages": 120 + 7 * number, "cents": 990 + 100 * number, "state": state}
    for number, state in enumerate([*TONES] * 12, start=1)
]


def table(request: HttpRequest) -> Table:
    return Table(
        caption="Bücher",
        columns=[
            Column("title", "Titel", sort="title", href=lambda _book: "#knoepfe"),
            Column("pages", "Seiten", kind="number", sort="pages"),
            Column("cents", "Preis", kind="cents", sort="cents"),
            Column("state", "Stand", kind="state", tone=lambda book: TONES[book["state"]]),
        ],
        rows=BOOKS,
        params=request.GET,
        filters=[Filter("state", "Stand", [(state, state) for state in TONES], "state")],
        search=("title",),
        per_page=8,
    )


SHADES = [(0, "leicht"), (1, "mittel"), (2, "schwer")]


def charts() -> list[Any]:
    return [
        BarChart(
            "Bücher je Regal", [Bar("Garten", 12), Bar("Technik", 31), Bar("Geschichte", 7)], value_label="Bücher"
        ),
        CurveChart(
            "Preis je Buch",
            [Curve("Preis", [(4, 900), (8, 520), (12, 410)])],
            "Bestellungen",
            "Preis in Euro",
            levels=[Level("Ihre Grenze", 600)],
        ),
        Timeline("Ausleihen", [Track("Buch 1", [Span(date(2026, 3, 2), date(2026, 4, 1), "verliehen", "main")])]),
        Progress("Regale gefüllt", 63, 100, "%"),
        RangeChart("Schwierigkeit je Regal", [Range("Garten", 0, 1), Range("Technik", 1, 2)], SHADES),
    ]


def shown(request: HttpRequest) -> dict[str, Any]:
    return {
        "crumbs": [("Startseite", "/"), ("Entwicklung", request.path), ("Bausteine", "")],
        "tabs": [Tab("Übersicht", request.path, current=True), Tab("Termine", "?a=1", count=3), Tab("Verlauf", "?a=2")],
        "table": table(request),
        "charts": charts(),
        "steps": STEPS,
        "badges": BADGES,
        "allowed": YES,
        "forbidden": no("Das geht erst, wenn mindestens drei Leute es lesen wollen. Bisher sind es zwei."),
        "cents": 152_000,
        "start": date(2026, 3, 30),
        "end": date(2026, 4, 2),
    }
