"""Turns a refusal or a lost race into a page that says why."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from .moves import AlreadyMoved
from .verdicts import Refused


class reasons:  # noqa: N801 - named as it reads in the settings
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = _with_a_page(request, self.get_response(request))
        # What somebody sees who has signed in is for nobody's cache, whichever view made it.
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, Refused):
            return render(request, "base/refused.html", {"reason": problem.verdict.reason}, status=403)
        if isinstance(problem, AlreadyMoved):
            return render(request, "base/already_moved.html", _where_it_stands(problem), status=409)
        return None


def _with_a_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An address that only takes what forms send answers a person who opens it with a page of ours."""
    if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.streaming or response.content:
        return response
    page = render(request, "base/nothing_to_read.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
    page["Allow"] = response["Allow"]
    return page


def _where_it_stands(problem: AlreadyMoved) -> dict[str, Any]:
    thing: Any = problem.thing
    thing.refresh_from_db(fields=["state"])
    return {"thing": thing, "wanted": problem.wanted.label, "state": thing.get_state_display()}
