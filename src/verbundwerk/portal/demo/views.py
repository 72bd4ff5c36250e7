from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from verbundwerk.base.callers import is_at_this_machine
from verbundwerk.network import queries as network

from . import links


@require_safe
def demo_login(request: HttpRequest, token: str) -> HttpResponse:
    """Signs somebody in as a person of the demo region. Anywhere else this address does not exist."""
    if not (settings.DEMO and is_at_this_machine(request)):
        raise Http404
    person = network.demo_person_for(links.person_id_in(token))
    if person is None:
        raise Http404
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("portal:today")
