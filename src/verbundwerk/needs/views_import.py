"""Lists people bring: upload, look at every row, decide, take over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.downloads import xlsx_response
from verbundwerk.base.http import get_or_post, render_form, signed_in
from verbundwerk.base.sheets import SheetError
from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Person

from . import exports, flow, queries, rules
from .forms import ColumnsForm, UploadForm
from .imports import read_again, read_needs
from .models import ImportBatch
from .samples import sample_table
from .views import here


@signed_in
@get_or_post
def upload(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.may_import(person))
    form = _upload_form(request, person)
    if form.is_valid() and (batch := _read(form, person)):
        return redirect("needs:import", batch.pk)
    crumbs = [(_("Bedarfe"), reverse("needs:list")), (_("Liste hochladen"), "")]
    context = {"form": form, "table": exports.batches_table(person, request.GET), "crumbs": crumbs}
    return render_form(request, "needs/upload.html", context)


def _upload_form(request: HttpRequest, person: Person) -> UploadForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return UploadForm(*sent, firms=queries.firms_to_import_for(person), coordinates=bool(rules.coordinates(person)))


def _read(form: UploadForm, person: Person) -> ImportBatch | None:
    file = form.cleaned_data["file"]
    try:
        content = read_needs(file, file.name, firm=form.firm, firms=form.firms, today=clock.today())
    except SheetError as problem:
        form.add_error("file", str(problem))
        return None
    return flow.upload_import(content, organisation=form.firm, file_name=file.name, by=person, at=clock.now())


@signed_in
@require_GET
def preview(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Every row with what we understood, and every reason for what we did not."""
    return _page(request, queries.import_for(here(request), batch_id))


def _page(request: HttpRequest, batch: ImportBatch, columns: ColumnsForm | None = None) -> HttpResponse:
    person = here(request)
    crumbs = [
        (_("Bedarfe"), reverse("needs:list")),
        (_("Liste hochladen"), reverse("needs:upload")),
        (batch.file_name, ""),
    ]
    table = exports.understood_table(batch, request.GET, person)
    context = {
        "batch": batch,
        "table": table,
        "twins": any(column.key == "alike" for column in table.columns),
        "wrong": exports.wrong_rows(batch),
        "good": batch.row_count - batch.wrong_count,
        "may_take": rules.may_take(batch, person),
        "columns": columns or (ColumnsForm(content=batch.content) if rules.may_read_again(batch, person) else None),
        "crumbs": crumbs,
    }
    return render_form(request, "needs/import.html", context)


@signed_in
@require_POST
def assign_columns(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Which column is what, said by hand; then the same list is read once more."""
    person, batch = here(request), queries.import_for(here(request), batch_id)
    require(rules.may_read_again(batch, person))
    form = ColumnsForm(request.POST, content=batch.content)
    if not form.is_valid() or not _read_again(form, batch, person):
        return _page(request, batch, form)
    messages.success(request, _("Die Liste ist neu gelesen."))
    return redirect("needs:import", batch.pk)


def _read_again(form: ColumnsForm, batch: ImportBatch, person: Person) -> ImportBatch | None:
    firms = queries.firms_to_import_for(person)
    try:
        content = read_again(batch.content, form.meant, firm=batch.organisation, firms=firms, today=clock.today())
    except SheetError as problem:
        form.add_error(None, str(problem))
        return None
    return flow.read_import_again(batch, content, by=person, at=clock.now())


@signed_in
@require_POST
def take(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.import_for(here(request), batch_id)
    only_correct = request.POST.get("rows") == "correct"
    needs = flow.take_over_import(batch, only_correct=only_correct, by=here(request), at=clock.now())
    text = ngettext("%(n)s Bedarf ist übernommen.", "%(n)s Bedarfe sind übernommen.", len(needs)) % {"n": len(needs)}
    messages.success(request, text)
    _say_what_lies(request, needs)
    return redirect("needs:list")


def _say_what_lies(request: HttpRequest, needs: list[Any]) -> None:
    drafts = [need.label for need in needs if need.state == "draft"]
    if drafts:
        text = _("Der Zeitraum ist inzwischen vorbei bei %(labels)s. Diese Bedarfe sind Entwürfe geblieben.")
        messages.warning(request, text % {"labels": ", ".join(drafts)})


@signed_in
@require_POST
def discard(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.import_for(here(request), batch_id)
    flow.discard_import(batch, by=here(request), at=clock.now())
    messages.success(request, _("Die Liste ist verworfen. Es wurde nichts übernommen."))
    return redirect("needs:upload")


@signed_in
@require_GET
def wrong_rows(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    batch = queries.import_for(here(request), batch_id)
    return xlsx_response(exports.wrong_rows_table(batch), _("Fehlerhafte Zeilen"))


@signed_in
@require_GET
def sample(request: HttpRequest) -> HttpResponseBase:
    """An example list people can fill in."""
    require(rules.may_import(here(request)))
    return xlsx_response(sample_table(), _("Bedarfsliste"))
