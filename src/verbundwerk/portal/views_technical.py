"""Answers for machines: is it well, what may be indexed, whom to write about a hole."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from verbundwerk.base import clock

from .queries import health as well

NOT_FOR_ROBOTS = ("/heute/", "/suche/", "/weg/", "/konto/", "/demo/", "/gesund/")
SECURITY_NOTICE_HOLDS = timedelta(days=180)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """503 when the database does not answer: somebody who balances load takes this process out."""
    answers = well.database_answers()
    background = well.background(clock.now()) if answers else {}
    return JsonResponse({"database": answers, **background}, status=200 if answers else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return _plain(lines)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask without reading the page, which names the mark itself."""
    return redirect(static("base/verbund.svg"))


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; only where somebody has said who reads such letters."""
    if not settings.OPERATOR.security_email:
        raise Http404
    until = timezone.make_aware(datetime.combine(clock.today() + SECURITY_NOTICE_HOLDS, time()))
    here = request.build_absolute_uri(reverse("portal:security"))
    return _plain(
        [
            f"Contact: mailto:{settings.OPERATOR.security_email}",
            f"Expires: {until.isoformat()}",
            "Preferred-Languages: de, en",
            f"Canonical: {here}",
        ]
    )


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
