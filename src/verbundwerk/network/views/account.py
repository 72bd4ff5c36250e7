"""The two sign-in pages that are ours; the others are the package's, in our frame and words."""

from typing import Any

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..sign_in_forms import RequestLoginCodeForm


class SignIn(LoginView):
    """All ways in on one page, the code by e-mail first."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, code_form=RequestLoginCodeForm())


@require_safe
def how_to_join(request: HttpRequest) -> HttpResponse:
    """Nobody makes an account alone; this page says how one comes in."""
    return render(request, "network/how_to_join.html")
