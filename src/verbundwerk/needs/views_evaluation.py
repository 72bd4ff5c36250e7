"""Did the course fit? One short page, signed in or by the link of the letter."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from verbundwerk.base import clock
from verbundwerk.base.http import get_or_post, render_form, sent, signed_in
from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Person

from . import flow, queries, rules
from .forms import EvaluationForm
from .models import Need
from .views import crumbs_below, here


@signed_in
@get_or_post
def evaluation(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    asked = queries.evaluation_of(need)
    # A second press is told with 409 by the flow; only who opens the page too late reads the reason here.
    require(rules.may_act(need, here(request)), rules.was_asked(asked))
    if request.method == "GET":
        require(rules.may_evaluate(need, asked, here(request)))
    form = EvaluationForm(sent(request))
    if form.is_valid():
        _evaluate(need, form, here(request))
        messages.success(request, _("Danke für Ihre Rückmeldung."))
        return redirect("needs:detail", need.pk)
    context = {"need": need, "form": form, "asked": asked, "crumbs": crumbs_below(need, _("Rückmeldung"))}
    return render_form(request, "needs/evaluation.html", context)


@never_cache
@get_or_post
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: three answers, no signing in."""
    need, person = queries.evaluation_letter_for(token)
    asked = queries.evaluation_of(need)
    verdict, form, answered = rules.may_evaluate(need, asked, person), EvaluationForm(sent(request)), False
    if verdict and form.is_valid():
        _evaluate(need, form, person)
        answered = True
    context = {"need": need, "form": form, "asked": asked, "verdict": verdict, "answered": answered}
    return render_form(request, "needs/evaluation_letter.html", context)


def _evaluate(need: Need, form: EvaluationForm, person: Person) -> None:
    flow.evaluate_need(need, **form.cleaned_data, by=person, at=clock.now())
