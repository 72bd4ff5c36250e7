"""The public page on which anybody who holds a certificate can see that it is true."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from verbundwerk.base.callers import address_of
from verbundwerk.base.http import render_form, sent, unlisted
from verbundwerk.base.limits import Limit
from verbundwerk.base.pdf import pdf_response

from .. import papers, queries
from ..forms import CodeForm, NameForm
from ..models import Certificate

# The code cannot be guessed; this only keeps machines from asking all day.
CHECKS = Limit("courses-check", 30, 60)


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """For those who have the paper but no camera."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("courses:check", form.cleaned_data["code"].rstrip("/").rpartition("/")[2] or "-")
    return unlisted(render_form(request, "courses/proof_ask.html", {"form": form}))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """A name that is no longer kept is never shown; whoever reads one on the paper may ask whether it is right."""
    if _too_often(request):
        return unlisted(render(request, "courses/proof_slow.html", status=429))
    try:
        certificate = queries.certificate_proof_for(code)
    except Http404:
        return unlisted(render(request, "courses/proof_unknown.html", {"form": CodeForm()}, status=404))
    context = {"certificate": certificate, "facts": papers.certificate_facts(certificate.content)}
    if "name" in certificate.content:
        return unlisted(render(request, "courses/proof.html", context))
    answer = unlisted(render_form(request, "courses/proof.html", context | _asked_name(request, certificate)))
    # A browser that may not say at all where a form comes from sends it as from nowhere, and it is refused.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _asked_name(request: HttpRequest, certificate: Certificate) -> dict[str, Any]:
    form = NameForm(sent(request))
    asked = form.is_bound and form.is_valid()
    right = asked and papers.says_name(certificate.content, form.cleaned_data["name"])
    return {"form": form, "asked": asked, "right": right}


@require_GET
def paper(request: HttpRequest, code: str) -> HttpResponse:
    if _too_often(request):
        return unlisted(render(request, "courses/proof_slow.html", status=429))
    certificate: Certificate = queries.certificate_proof_for(code)
    if "name" not in certificate.content:  # a paper without a name certifies nothing
        raise Http404
    return unlisted(pdf_response(papers.certificate_pdf(certificate), f"{_('Bescheinigung')} {certificate.number}"))


def _too_often(request: HttpRequest) -> bool:
    return not CHECKS.admits(address_of(request))
