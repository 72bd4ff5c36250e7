"""The gallery of components, for those who build Verbundwerk, on their own machine only; and a form nobody is sure
of."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from . import gallery as examples
from .callers import is_at_this_machine
from .http import paginate, render_form
from .typed import typed_texts


def gallery(request: HttpRequest) -> HttpResponse:
    if not _is_at_home(request):
        raise Http404
    sent = request.method == "POST"
    form = examples.ExampleForm(request.POST, request.FILES) if sent else examples.ExampleForm()
    page = paginate(range(1, 241), request, per_page=20)
    return render_form(request, "base/gallery.html", {**examples.shown(request), "form": form, "page": page})


def _is_at_home(request: HttpRequest) -> bool:
    return (settings.DEMO or settings.DEBUG) and is_at_this_machine(request)


def not_sure_of(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's check against forged forms has refused this one. What was typed is shown, never sent again from here:
    whoever forges a form must not be helped to send it."""
    return render(request, "403_csrf.html", {"typed": typed_texts(request)}, status=403)
