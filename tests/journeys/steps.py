"""The steps of the way from a need to a certificate, each as one person takes it, in the words of the pages."""

import re
from datetime import date, timedelta
from io import BytesIO

from pypdf import PdfReader
from tests.journeys.conftest import Calendar, Enter, Region
from tests.journeys.visitors import Visitor

LIMIT = "650"
FIRST_NAMES = ("Anna", "Bert", "Cem", "Dana", "Elif", "Fritz", "Gesa", "Hans", "Ines")


def raise_need(visitor: Visitor, calendar: Calendar, *, seats: int) -> str:
    """Somebody needs a training; returns the number people say on the telephone."""
    visitor.open("/")
    visitor.follow("Bedarf melden")
    visitor.fill("Was sollen die Menschen können", "HV-Schulung")
    visitor.fill("Für wie viele Personen?", str(seats))
    visitor.fill("Frühestens ab", calendar.after(14))
    visitor.fill("Spätestens bis", calendar.after(150))
    visitor.fill("Längste Anfahrt in Minuten", "60")
    visitor.press("Speichern und einreichen")
    assert visitor.reads("ist eingereicht")
    return found(r"B-\d{4}", visitor)


def found(pattern: str, visitor: Visitor) -> str:
    match = re.search(pattern, visitor.text)
    assert match, f"no {pattern} in {visitor.text[:800]}"
    return match.group()


def check_needs(office: Visitor, waiting: str, *, twice: tuple[str, ...] = (), released: str = "") -> None:
    """Topics we know are ticked already, but not what a firm seems to have reported `twice`; whatever else lies there
    waits for somebody who reads it."""
    office.open("/heute/")
    office.follow(waiting)
    for one in twice:
        office.choose(one)
    office.press("Angekreuzte freigeben")
    assert office.reads(released or "Bedarfe sind freigegeben:")


def check_by_hand(office: Visitor, need: str) -> None:
    office.open("/bedarfe/pruefen/")
    office.follow(f"{need} ansehen")
    office.press("Thema bestätigen und freigeben")
    assert office.reads(f"{need} wartet jetzt auf Partner.")


def calculate_plan(office: Visitor) -> None:
    office.open("/heute/")
    office.follow("Bündelpläne")
    office.press("Bündelvorschläge berechnen")
    office.open("/heute/")
    office.follow("Bündelvorschl")
    assert office.reads("Gemeinsame Kurse")


def accept_proposal(office: Visitor) -> str:
    office.press("Als Bündel annehmen")
    return found(r"V-\d{4}", office)


def ask_provider(office: Visitor, calendar: Calendar, provider: str) -> None:
    office.follow("Anbieter fragen")
    office.fill("Antwort bis", calendar.after(10))
    office.choose(provider)
    office.press("Anfragen")
    assert office.reads("Die Anbieter sind gefragt.")


def bid(provider: Visitor, calendar: Calendar) -> list[str]:
    """A fixed part of 3,600 euros and 60 per seat, over two days; returns the days as typed."""
    days = [calendar.after(42), calendar.after(49)]
    provider.open("/heute/")
    provider.follow("Anfrage beantworten")
    provider.fill("Fester Preis für den ganzen Kurs", "3.600")
    provider.fill("Dazu je Platz", "60")
    provider.fill("Kurstage", ", ".join(days))
    provider.fill("Ort", "Werkstatt 1, 31224 Peine")
    provider.fill("Unterrichtseinheiten", "16")
    provider.fill("Umsatzsteuer", "19 % Umsatzsteuer")
    provider.fill("Gilt bis", calendar.after(40))
    provider.press("Angebot abgeben")
    assert provider.reads("Das Angebot ist eingetragen.")
    return days


def open_commitments(office: Visitor, calendar: Calendar, label: str) -> None:
    office.open("/heute/")
    office.follow(label)
    office.press("Dieses Angebot wählen")
    office.follow("Zusagen eröffnen")
    office.fill("Zusagen möglich bis", calendar.after(14))
    office.press("eröffnen")
    assert office.reads("Zusagen laufen")


def commit(planner: Visitor, *, limit: str = LIMIT) -> None:
    planner.open("/heute/")
    planner.follow("Sind Sie dabei?")
    planner.fill("Dabei bis zu diesem Betrag je Platz", limit)
    planner.press("Zusagen")
    assert planner.reads("Ihre Zusage ist eingetragen.")


def close_commitments(office: Visitor, label: str) -> None:
    office.open("/buendel/")
    office.follow(label)
    office.press("Zusagen abschließen")
    assert office.reads("zustande gekommen")


def make_course(office: Visitor) -> str:
    office.open("/heute/")
    office.follow("zustande gekommen")
    office.press("Kurs anlegen")
    return found(r"K-\d{4}", office)


def name_people(planner: Visitor, names: list[str]) -> None:
    planner.open("/heute/")
    planner.follow("ohne Namen")
    for position, name in enumerate(names, 1):
        planner.fill(f"Name, Platz {position}", name)
    planner.press("Namen speichern")
    assert planner.reads("Die Namen sind gespeichert.")


def describe_course(provider: Visitor, course: str) -> None:
    open_course(provider, course)
    provider.follow("Angaben bearbeiten")
    provider.fill("Ziel", "Arbeiten an Hochvolt-Systemen sicher ausführen.")
    provider.fill("Inhalte", "Gefährdungen erkennen\nFreischalten\nMessen")
    provider.fill("Lehrkraft", "Hatice Kaya")
    provider.press("Speichern")


def open_course(visitor: Visitor, course: str) -> None:
    visitor.open(f"/suche/?q={course}")
    visitor.follow(course)


def take_attendance(lecturer: Visitor) -> None:
    """The list is one step from „Heute“, twice a day."""
    for half in ("Vormittag", "Nachmittag"):
        lecturer.open("/heute/")
        lecturer.follow("Anwesenheit eintragen")
        assert lecturer.reads(half)
        lecturer.press("Alle anwesend")
        assert lecturer.reads("Die Anwesenheit ist gespeichert.")


def certify(provider: Visitor, course: str) -> None:
    provider.open("/heute/")
    provider.follow("Kurs abschließen")
    provider.press("Kurs abschließen")
    provider.press("Bescheinigungen ausstellen")
    assert provider.reads("Bescheinigungen sind ausgestellt.")


def read_certificate(planner: Visitor, course: str) -> tuple[str, str]:
    """Text of the first certificate's PDF, and its number."""
    open_course(planner, course)
    planner.follow("Bescheinigungen dieses Kurses")
    number = found(r"VW-\d{4}-\d{6}", planner)
    paper = PdfReader(BytesIO(planner.take_along("PDF herunterladen")))
    return " ".join("".join(page.extract_text() for page in paper.pages).split()), number


def play(region: Region, calendar: Calendar, enter: Enter, label: str) -> str:
    """From the accepted pool to certificates; every firm of the region has its need in the pool."""
    office, provider = enter(region.office), enter(region.provider_person)
    planners = {name: enter(person) for name, person in region.planners.items()}
    office.open("/buendel/")
    office.follow(label)
    ask_provider(office, calendar, region.provider.name)
    days = bid(provider, calendar)
    open_commitments(office, calendar, label)
    for planner in planners.values():
        commit(planner)
    close_commitments(office, label)
    course = make_course(office)
    describe_course(provider, course)
    calendar.turn_to(date.fromisoformat(days[0]) - timedelta(days=10))
    for name, planner in planners.items():
        _name_all(planner, name)
    _hold(enter(region.lecturer), provider, calendar, days, course)
    return course


def _name_all(planner: Visitor, firm: str) -> None:
    planner.open("/heute/")
    planner.follow("ohne Namen")
    seats = planner.text.count("Name, Platz")
    name_people(planner, [f"{one} {firm.split(maxsplit=1)[0]}" for one in FIRST_NAMES[:seats]])


def _hold(lecturer: Visitor, provider: Visitor, calendar: Calendar, days: list[str], course: str) -> None:
    for day in days:
        calendar.turn_to(date.fromisoformat(day), hour=17)
        take_attendance(lecturer)
    certify(provider, course)
