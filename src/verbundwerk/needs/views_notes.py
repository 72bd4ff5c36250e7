"""The firm and the office look through what was reported without an account."""

from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verbundwerk.base import clock
from verbundwerk.base.forms import Form
from verbundwerk.base.http import accepted, get_or_post, paginate, render_form, sent, signed_in
from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Person
from verbundwerk.network.queries import organisations_visible_to

from . import flow, queries, rules, rules_quick
from .forms import AssignForm, NeedForm, NewFirmForm, ReasonForm
from .models import QuickNeed
from .views import here


def _crumbs(quick: QuickNeed | None = None, here: str = "") -> list[tuple[str, str]]:
    ways = [(_("Bedarfe"), reverse("needs:list")), (_("Kurzmeldungen"), reverse("needs:quick_list") if quick else "")]
    if quick:
        ways += [(quick.topic_text, reverse("needs:quick_detail", args=[quick.pk]) if here else "")]
    return [*ways, (here, "")] if here else ways


@signed_in
@require_GET
def quick_list(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.may_raise_somewhere(person))
    context = {
        "page": paginate(queries.quick_needs_visible_to(person).order_by("closed_at", "confirmed_at", "pk"), request),
        "waits": rules_quick.WAITS_FOR.days,
        "crumbs": _crumbs(),
    }
    return render(request, "needs/quick_list.html", context)


@signed_in
@require_GET
def quick_detail(request: HttpRequest, quick_id: UUID) -> HttpResponse:
    person = here(request)
    quick = queries.quick_need_for(person, quick_id)
    context = {
        "quick": quick,
        "crumbs": _crumbs(quick),
        "alike": queries.like_quick(person, quick),
        "may_take_over": rules_quick.may_take_over(quick, person),
        "may_decline": rules_quick.may_decline(quick, person),
        "may_assign": rules_quick.may_assign(quick, person),
        "ask_url": _ask_address(quick),
        "coordinates": rules.coordinates(person),
    }
    return render(request, "needs/quick_detail.html", context)


def _ask_address(quick: QuickNeed) -> str:
    """Opens the reader's own mail program: whoever asks back speaks for the firm, not for us."""
    if not quick.email:
        return ""
    subject = _("Ihre Meldung: %(topic)s") % {"topic": quick.topic_text}
    return f"mailto:{quote(quick.email, safe='@')}?{urlencode({'subject': subject}, quote_via=quote)}"


def _form_page(request: HttpRequest, template: str, form: Form, quick: QuickNeed, title: str) -> HttpResponse:
    context = {"form": form, "quick": quick, "title": title, "crumbs": _crumbs(quick, title)}
    return render_form(request, template, context)


# --- decide -------------------------------------------------------------------------
@signed_in
@get_or_post
def quick_take(request: HttpRequest, quick_id: UUID) -> HttpResponse:
    """The usual form, filled in with what is known; whoever saves it has looked through it."""
    person = here(request)
    quick = queries.quick_need_for(person, quick_id)
    require(rules_quick.may_take_over(quick, person) if request.method == "GET" else _may_look(quick, person))
    form = NeedForm(
        sent(request), firms=queries.firm_of_quick(quick), others=organisations_visible_to(person),
        initial=_known(quick),
    )  # fmt: skip
    if accepted(form, lambda: _taken(request, quick, form, person)):
        return redirect("needs:detail", quick.need_id)
    title = _("Kurzmeldung als Bedarf übernehmen")
    back = reverse("needs:quick_detail", args=[quick.pk])
    context = {"form": form, "title": title, "back": back, "quick": quick, "crumbs": _crumbs(quick, title)}
    return render_form(request, "needs/form.html", context)


def _may_look(quick: QuickNeed, person: Person) -> Any:
    """Somebody faster shows by 409, with the page that says where it stands."""
    return rules_quick.may_look_through(quick, person)


def _known(quick: QuickNeed) -> dict[str, Any]:
    return {
        "topic_text": quick.topic_text, "topic": quick.topic_id, "seats": (quick.seats_min, quick.seats),
        "window_until": quick.window_until, "shift": quick.shift,
    }  # fmt: skip


def _taken(request: HttpRequest, quick: QuickNeed, form: NeedForm, person: Person) -> None:
    submit = "draft" not in request.POST
    need = flow.take_over_quick(quick, form.draft(), submit=submit, by=person, at=clock.now())
    quick.need_id = need.pk
    said = _("Ihr Bedarf %(label)s ist eingereicht.") if submit else _("Der Entwurf %(label)s ist gesichert.")
    messages.success(request, said % {"label": need.label})


@signed_in
@get_or_post
def quick_decline(request: HttpRequest, quick_id: UUID) -> HttpResponse:
    person = here(request)
    quick = queries.quick_need_for(person, quick_id)
    require(rules_quick.may_decline(quick, person) if request.method == "GET" else _may_look(quick, person))
    form = ReasonForm(sent(request))
    form.fields["reason"].help_text = _("Wer den Bedarf gemeldet hat, liest diesen Satz.")
    if form.is_valid():
        flow.decline_quick(quick, reason=form.cleaned_data["reason"], by=person, at=clock.now())
        messages.success(request, _("Die Kurzmeldung ist abgelehnt. Wer sie geschrieben hat, bekommt eine E-Mail."))
        return redirect("needs:quick_list")
    return _form_page(request, "needs/quick_decline.html", form, quick, _("Kurzmeldung ablehnen"))


# --- the office finds the firm --------------------------------------------------------
@signed_in
@get_or_post
def quick_assign(request: HttpRequest, quick_id: UUID) -> HttpResponse:
    person = here(request)
    quick = queries.quick_need_for(person, quick_id)
    require(rules_quick.may_assign(quick, person))
    form = AssignForm(sent(request), quick=quick, firms=queries.firms_to_assign)
    if form.is_valid():
        firm = form.cleaned_data["firm"]
        flow.assign_quick(quick, firm, by=person, at=clock.now())
        messages.success(request, _("Die Kurzmeldung liegt jetzt bei %(firm)s.") % {"firm": firm.name})
        return redirect("needs:quick_list")
    return _form_page(request, "needs/quick_assign.html", form, quick, _("Einem Betrieb zuordnen"))


@signed_in
@get_or_post
def quick_invite(request: HttpRequest, quick_id: UUID) -> HttpResponse:
    person = here(request)
    quick = queries.quick_need_for(person, quick_id)
    require(rules_quick.may_assign(quick, person))
    form = NewFirmForm(sent(request), quick=quick)
    if accepted(form, lambda: flow.settle_quick(quick, form.firm(), by=person, at=clock.now())):
        said = _("%(firm)s ist aufgenommen und eingeladen.")
        messages.success(request, said % {"firm": form.cleaned_data["name"]})
        return redirect("needs:quick_list")
    return _form_page(request, "needs/quick_invite.html", form, quick, _("Betrieb aufnehmen und einladen"))
