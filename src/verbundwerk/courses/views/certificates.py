"""Certificates: of a course for those who hold it and the firms, of a person for the person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from verbundwerk.base import clock
from verbundwerk.base.http import signed_in
from verbundwerk.base.pdf import pdf_response
from verbundwerk.network.queries import standing

from .. import exports, flow, papers, queries, rules
from .tools import PersonRequest, course_crumbs, crumbs


@signed_in
@require_GET
def own(request: PersonRequest) -> HttpResponse:
    """Everything this person has earned, wherever it was."""
    table = exports.own_certificates_table(request.user, request.GET.dict())
    context = {"table": table, "crumbs": crumbs((_("Meine Bescheinigungen"), ""))}
    return render(request, "courses/own_certificates.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_for(request.user, course_id)
    if request.method == "POST":
        issued = flow.issue_certificates(course, by=request.user, at=clock.now())
        messages.success(request, _issued_text(len(issued)))
        return redirect("courses:certificates", course.pk)
    who = standing(request.user)
    context = {
        "course": course,
        "certificates": exports.certificates_table(request.user, course, request.GET.dict()),
        "seats": queries.names_for(request.user, course),
        "teaches": rules.teaches(who, course, request.user.pk),
        "issuable": rules.may_issue(course, queries.waiting_for_paper(course)),
        "crumbs": course_crumbs(course, _("Bescheinigungen")),
    }
    return render(request, "courses/certificates.html", context)


def _issued_text(count: int) -> str:
    if not count:
        return _("Es ist nichts mehr auszustellen.")
    text = ngettext("%(count)d Bescheinigung ist ausgestellt.", "%(count)d Bescheinigungen sind ausgestellt.", count)
    return text % {"count": count}


@signed_in
@require_GET
def certificate(request: PersonRequest, certificate_id: UUID) -> HttpResponse:
    found = queries.certificate_for(request.user, certificate_id)
    return pdf_response(papers.certificate_pdf(found), found.number)
