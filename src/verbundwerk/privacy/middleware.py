"""The one place at which it is written down who looked: after a page was shown, from what its loaders noted."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from verbundwerk.base import clock
from verbundwerk.journal.sight import taken

from .flow import note_looks

# A form that came back with its errors was shown too. A redirect showed nothing, and what was done is in the journal.
SHOWN = {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}


class looks:  # noqa: N801 - named as it reads in the settings
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        viewer: Any = getattr(request, "_cached_user", None)  # who was never asked for was shown nothing of anybody
        sights = taken(viewer)
        if sights and response.status_code in SHOWN and request.resolver_match:
            note_looks(viewer, sights, request.resolver_match.view_name, clock.now())
        return response
