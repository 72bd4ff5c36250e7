"""„Bedarf melden“ for whoever comes by: the way that is open to this visitor, instead of a locked door."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbundwerk.base import clock
from verbundwerk.network.queries import coordinating

from . import queries


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Who has signed in gets the form; a visitor the short one, where exactly one alliance offers it; or the choice."""
    topic = request.GET.get("thema", "")[:200]
    words = f"?{urlencode({'thema': topic})}" if topic else ""
    form = reverse("needs:new") + words
    if request.user.is_authenticated:
        return redirect(form)
    doors = queries.doors()
    if len(doors) == 1:
        return redirect(reverse("needs:quick", args=[doors[0].code]) + words)
    context = {
        "doors": [(door.name, reverse("needs:quick", args=[door.code]) + words) for door in doors],
        "form_url": form,
        "offices": list(coordinating(clock.today())),
        "operator": settings.OPERATOR,
        "crumbs": [(_("Bedarf melden"), "")],
    }
    return render(request, "needs/report.html", context)
