"""60 seats, 300 people who press "book" at once, 16 clients over HTTP: python bench/booking.py

Everybody opens the page of the course first; then all press. Prints who got a seat, whether anybody was told
something that is not so, and what it cost. With VERBUNDWERK_DATABASE it makes a database of its own beside that one.
"""

import http.client
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

import stage

SEATS, PEOPLE, CLIENTS = 60, 300, 16
TOLD_FULL = "kein Platz mehr frei"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]+)"')


@dataclass
class Person:
    session: str
    organisation: str
    csrf: str = ""
    form: str = ""


@dataclass(frozen=True)
class Press:
    person: Person
    status: int
    told: str
    seconds: float


def main() -> None:
    with stage.own_folder() as folder, own_database():
        stage.prepare(folder)
        import django

        django.setup()
        course, path, people = _set_up()
        with stage.server() as server:
            pages, page_cpu = _timed(server, lambda one: _open(server, path, one), people)
            presses, press_cpu = _timed(server, lambda one: _press(server, path, one), people)
        _tell(course, presses)
        _cost("page", [one.seconds for one in pages], page_cpu)
        _cost("press", [one.seconds for one in presses], press_cpu)


@contextmanager
def own_database() -> Iterator[None]:
    """On PostgreSQL a fresh database, dropped afterwards; SQLite lies in the folder of the run anyway."""
    url = os.environ.get("VERBUNDWERK_DATABASE", "")
    if not url:
        yield
        return
    import psycopg

    name, parts = f"verbundwerk_bench_{os.getpid()}", urlsplit(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        os.environ["VERBUNDWERK_DATABASE"] = urlunsplit(parts._replace(path=f"/{name}"))
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _set_up() -> tuple[object, str, list[Person]]:
    from django.urls import reverse

    from verbundwerk.courses.tests import make

    day = date.today() + timedelta(days=30)  # noqa: DTZ011 - any day that is still to come
    course = make.course(capacity=SEATS, starts_on=day, ends_on=day)
    firms = [make.firm() for _ in range(PEOPLE)]
    people = [Person(stage.session_of(make.hr(one)), str(one.pk)) for one in firms]
    return course, reverse("courses:detail", args=[course.pk]), people


def _timed(server: stage.Stage, act: Callable[[Person], Press], people: list[Person]) -> tuple[list[Press], float]:
    before = server.cpu_seconds()
    with ThreadPoolExecutor(CLIENTS) as clients:
        done = list(clients.map(act, people))
    return done, (server.cpu_seconds() - before) / len(people)


def _open(server: stage.Stage, path: str, person: Person) -> Press:
    """The page with its form; what is hidden in it comes along with the press."""
    began = time.perf_counter()
    status, headers, page = _ask(server, "GET", path, f"sessionid={person.session}")
    seconds = time.perf_counter() - began
    cookie = headers.get("Set-Cookie", "")
    person.csrf = cookie.partition("csrftoken=")[2].partition(";")[0]
    person.form = urlencode({**dict(HIDDEN.findall(page)), "organisation": person.organisation, "seats": "1"})
    return Press(person, status, "", seconds)


def _press(server: stage.Stage, path: str, person: Person) -> Press:
    cookies = f"sessionid={person.session}; csrftoken={person.csrf}"
    began = time.perf_counter()
    status, headers, page = _ask(server, "POST", f"{path}buchen/", cookies, person.form)
    seconds = time.perf_counter() - began
    if status == 302 and "/buchungen/" in headers.get("Location", ""):
        return Press(person, status, "booked", seconds)
    return Press(person, status, "full" if status == 422 and TOLD_FULL in page else f"status {status}", seconds)


def _ask(
    server: stage.Stage, method: str, path: str, cookies: str, body: str | None = None
) -> tuple[int, http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    headers = {"Cookie": cookies, "Referer": server.url, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def _tell(course: object, presses: list[Press]) -> None:
    from django.db import connection

    from verbundwerk.courses.models import Booking

    course.refresh_from_db()  # type: ignore[attr-defined]
    have = {str(one) for one in Booking.objects.filter(course=course).values_list("organisation", flat=True)}
    wrong = sum((one.told == "booked") != (one.person.organisation in have) for one in presses)
    told = Counter(one.told for one in presses)
    print(f"{connection.vendor}: {PEOPLE} people, {SEATS} seats, {CLIENTS} clients")
    print(f"  told: {dict(told)}")
    print(f"  booked {len(have)}, counter {course.taken}, exactly {SEATS}: {'yes' if len(have) == SEATS else 'NO'}")  # type: ignore[attr-defined]
    print(f"  told wrong: {wrong}, server errors: {sum(one.status >= 500 for one in presses)}")


def _cost(name: str, seconds: list[float], cpu: float) -> None:
    p95 = statistics.quantiles(seconds, n=20)[-1]
    median = statistics.median(seconds)
    print(f"  {name:<6} median {median * 1000:6.0f} ms, p95 {p95 * 1000:6.0f} ms, processor {cpu * 1000:5.1f} ms each")


if __name__ == "__main__":
    main()
