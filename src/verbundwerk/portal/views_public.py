"""Pages everybody may read."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verbundwerk.base import clock
from verbundwerk.base.callers import is_at_this_machine
from verbundwerk.courses.queries import upcoming_public
from verbundwerk.needs.queries import doors as open_doors
from verbundwerk.needs.rules import leads_to_the_form
from verbundwerk.network.queries import alliances, coordinating
from verbundwerk.pooling.queries import published_pools

from .demo.links import demo_links
from .queries import start as front

DATES, POOLS = 6, 6


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    members = front.members_by_district()
    doors = {"demo_links": _doors(request), "may_report": leads_to_the_form(request.user), "open_doors": _open(request)}
    return render(request, "portal/start.html", {**_news(request.user), **_region(members), **doors})


def _news(person: Any) -> dict[str, Any]:
    return {"dates": upcoming_public(DATES, person), "pools": published_pools(POOLS), "example": front.example()}


def _region(members: Mapping[str, int]) -> dict[str, Any]:
    return {
        "members": sum(members.values()),
        "districts": len(members),
        "map": front.region_map(members),
        "alliances": list(alliances()),
        "offices": list(coordinating(clock.today())),
        "operator": settings.OPERATOR,
    }


def _open(request: HttpRequest) -> list[Any]:
    """Where one reports without an account; who is signed in has a better way."""
    return [] if request.user.is_authenticated else open_doors()


def _doors(request: HttpRequest) -> list[Any]:
    """The demo region's doors, for somebody at this very machine."""
    return demo_links() if settings.DEMO and is_at_this_machine(request) else []


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html", {"operator": settings.OPERATOR})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"operator": settings.OPERATOR})


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/imprint.html", {"operator": settings.OPERATOR})
