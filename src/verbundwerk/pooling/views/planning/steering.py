"""The office lays down what the next calculation has to keep, and starts it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, signed_in

from ... import flow, queries
from ...forms import ApartForm, EffortForm, LeaveOutForm, RunSteeringForm
from ...models import Plan
from .asking import to_the_running_one
from .page import LIST, STEER, show_plan

SteeringForm = RunSteeringForm | ApartForm | LeaveOutForm


@signed_in
@require_POST
def about_a_run(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = queries.plan_for(request.user, plan_id)
    form = RunSteeringForm(request.POST, plan=plan)
    return _steered(request, plan, form) or show_plan(request, plan, LIST, about_a_run=form)


@signed_in
@require_POST
def apart(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = queries.plan_for(request.user, plan_id)
    form = ApartForm(request.POST, plan=plan)
    return _steered(request, plan, form) or show_plan(request, plan, STEER, apart=form)


@signed_in
@require_POST
def leave_out(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = queries.plan_for(request.user, plan_id)
    form = LeaveOutForm(request.POST, plan=plan)
    return _steered(request, plan, form) or show_plan(request, plan, STEER, leave_out=form)


def _steered(request: HttpRequest, plan: Plan, form: SteeringForm) -> HttpResponse | None:
    done = accepted(
        form, lambda: flow.steer_plan(plan, form.data_for_steering(), by=request.user, at=clock.now())
    )  # fmt: skip
    if not done:
        return None
    messages.success(request, _("Die Vorgabe ist notiert. Sie gilt, sobald Sie neu berechnen."))
    return _to_the_list(plan.pk)


def _to_the_list(plan_id: UUID) -> HttpResponse:
    return redirect(f"{reverse('pooling:plan', args=[plan_id])}?ansicht={STEER}")


@signed_in
@require_POST
def remove(request: HttpRequest, steering_id: UUID) -> HttpResponse:
    wish = queries.steering_for(request.user, steering_id)
    flow.unsteer_plan(wish, by=request.user, at=clock.now())
    messages.success(request, _("Die Vorgabe gilt in der nächsten Berechnung nicht mehr."))
    return _to_the_list(wish.plan_id)


@signed_in
@require_POST
def replan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = queries.plan_for(request.user, plan_id)
    form, made = EffortForm(request.POST), []

    def start() -> None:
        made.append(flow.replan(plan, effort=form.cleaned_data["effort"], by=request.user, at=clock.now()))

    if not accepted(form, start):
        return to_the_running_one(request) or show_plan(request, plan, STEER, effort=form)
    messages.success(request, _("Die neue Berechnung ist bestellt. Sie beginnt bei diesem Plan."))
    return redirect("pooling:plan", made[0].pk)
