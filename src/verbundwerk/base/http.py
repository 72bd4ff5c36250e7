"""What views need around a page: who is there, which answer a form deserves, which page of a list."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from .typed import typed_texts
from .verdicts import Refused

View = Callable[..., HttpResponseBase]
PAGE = "seite"
get_or_post = require_http_methods(["GET", "POST"])


def signed_in(view: View) -> View:
    """Anonymous people are sent to sign in and come back; what they see afterwards is kept by nobody's cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        response = view(request, *args, **options)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = resolve_url(settings.LOGIN_URL)
    if request.method == "GET":
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    if not wants_fragment(request):
        typed = typed_texts(request)
        return _signed_out(request, address, typed) if typed else redirect(address)
    # A redirect would put the sign-in page into a corner of this one.
    return HttpResponse(headers={"HX-Redirect": address})


def _signed_out(request: HttpRequest, address: str, typed: list[str]) -> HttpResponse:
    """Somebody wrote for an hour, and the session ended meanwhile."""
    context = {"typed": typed, "sign_in": address}
    return unlisted(render(request, "base/signed_out.html", context, status=403))


def wants_fragment(request: HttpRequest) -> bool:
    """True when htmx asks for a part of the page; a boosted link or a restored history wants the whole page."""
    asked = request.headers
    return "HX-Request" in asked and "HX-Boosted" not in asked and "HX-History-Restore-Request" not in asked


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; an empty sending is one too and deserves its errors."""
    return request.POST if request.method == "POST" else None


def accepted(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Do it when the form was sent and is right; what the rules refuse is said above it, and everything typed stays."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused.verdict.reason))
        return False
    return True


def render_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """422 when a form in the context was sent and is wrong; everything typed is kept by the form itself."""
    wrong = any(_is_wrong(one) for one in context.values())
    return render(request, template, {**context, "has_errors": wrong}, status=422 if wrong else 200)


def _is_wrong(value: Any) -> bool:
    if isinstance(value, BaseForm | BaseFormSet):
        return value.is_bound and not value.is_valid()
    return isinstance(value, list | tuple) and any(_is_wrong(one) for one in value if isinstance(one, BaseForm))


def paginate(things: QuerySet[Any] | Sequence[Any], request: HttpRequest, per_page: int = 25) -> Page[Any]:
    """The page asked for by ?seite=; whatever is no page number means the nearest one that exists."""
    asked = request.GET.get(PAGE, "")
    return Paginator(things, per_page).get_page(1 if asked.startswith("-") or asked == "0" else asked)


def kept_query(request: HttpRequest, without: Iterable[str] = (PAGE,)) -> str:
    """The other parameters of this address, ready to be continued with one more."""
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    text = query.urlencode()
    return f"{text}&" if text else ""


def unlisted(response: HttpResponse) -> HttpResponse:
    """A page behind a link that is nobody else's business: no search engine, no cache, no trace at the next page."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
