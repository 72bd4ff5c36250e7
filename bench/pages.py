"""How long the pages people open most take with the full demo region: python bench/pages.py

Prints median and 95th percentile of the answer time, processor time per page and the size of each page.
"""

import statistics
import time
import urllib.request

import stage

ROUNDS = 60


def main() -> None:
    with stage.own_folder() as folder:
        stage.prepare(folder)
        stage.manage("demo_region")
        import django

        django.setup()
        with stage.server() as server:
            _measure(server)


def _measure(server: stage.Stage) -> None:
    print(f"{'page':<34}{'median ms':>10}{'p95 ms':>9}{'cpu ms':>8}{'KB':>7}")
    for name, path, cookie in _pages():
        times, cpu, size = _ask(server, path, cookie)
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name:<34}{statistics.median(times):>10.1f}{p95:>9.1f}{cpu:>8.1f}{size / 1024:>7.1f}")


def _ask(server: stage.Stage, path: str, cookie: str) -> tuple[list[float], float, int]:
    request = urllib.request.Request(server.url + path, headers={"Cookie": cookie} if cookie else {})
    size = len(_read(request))
    for _ in range(8):
        _read(request)
    before, times = server.cpu_seconds(), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        _read(request)
        times.append((time.perf_counter() - began) * 1000)
    return times, (server.cpu_seconds() - before) * 1000 / ROUNDS, size


def _read(request: urllib.request.Request) -> bytes:
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


def _pages() -> list[tuple[str, str, str]]:
    from django.urls import reverse

    from verbundwerk.network.models import Mandate, Person
    from verbundwerk.network.terms import Role
    from verbundwerk.pooling.models import Plan, Pool

    def signed_in(role: str) -> str:
        person = Person.objects.filter(pk__in=Mandate.objects.filter(role=role).values("person"))
        return f"sessionid={stage.session_of(person.order_by('sort_key')[0])}"

    coordination, planner = signed_in(Role.COORDINATION), signed_in(Role.HR)
    plan = Plan.objects.filter(state="done").latest("requested_at")
    return [
        ("start page (nobody signed in)", reverse("portal:start"), ""),
        ("Heute, coordination", reverse("portal:today"), coordination),
        ("Heute, planner", reverse("portal:today"), planner),
        ("need form", reverse("needs:new"), planner),
        ("needs, coordination", reverse("needs:list"), coordination),
        ("pool list, coordination", reverse("pooling:list"), coordination),
        ("plan page", reverse("pooling:plan", args=[plan.pk]), coordination),
        ("pool page", reverse("pooling:pool", args=[Pool.objects.latest("opened_at").pk]), coordination),
        ("course list", reverse("courses:list"), coordination),
    ]


if __name__ == "__main__":
    main()
