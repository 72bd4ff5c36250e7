"""Inviting, letting go, coming in; and one's own profile."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from verbundwerk.base import clock
from verbundwerk.base.http import render_form, sent, signed_in
from verbundwerk.base.verdicts import Verdict, no, require

from .. import flow, queries, rules
from ..forms import AcceptForm, EndForm, InvitationForm, ProfileForm
from ..models import Mandate, Person
from ..queries import SignedInRequest
from ..rules import Standing
from .common import attempt, form_page, get_or_post, to_directory, to_organisation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


# --- bringing in and letting go -----------------------------------------------------
@signed_in
@get_or_post
def invite(request: SignedInRequest, organisation_id: UUID) -> HttpResponse:
    one, who = queries.organisation_inside_for(request.user, organisation_id), queries.standing(request.user)
    if not rules.roles_to_hand_on(who, one.pk):
        require(no(_("Einladen dürfen Personalverantwortliche, der Betriebsrat und die Verbundkoordination.")))
    form = InvitationForm(sent(request), who=who, organisation=one, alliances=queries.alliances())
    if attempt(form, lambda data: flow.invite(one, by=request.user, at=clock.now(), **data), "role"):
        messages.success(request, _("Die Einladung ist unterwegs. Sie gilt 14 Tage."))
        return redirect("network:organisation", one.pk)
    return form_page(request, form, _("Jemanden einladen"), one, button=_("Einladung verschicken"))


@signed_in
@require_POST
def withdraw(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    invitation = queries.invitation_for(request.user, invitation_id)
    flow.withdraw_invitation(invitation, by=request.user, at=clock.now())
    messages.success(request, _("Die Einladung ist zurückgezogen. Der Link darin gilt nicht mehr."))
    return redirect("network:organisation", invitation.organisation_id)


@signed_in
@get_or_post
def end_mandate(request: SignedInRequest, mandate_id: UUID) -> HttpResponse:
    mandate, who = queries.mandate_for(request.user, mandate_id), queries.standing(request.user)
    own = mandate.person_id == request.user.pk
    require(rules.may_end(who, queries.held(mandate), own=own))
    form = EndForm(sent(request), today=clock.today())
    if attempt(form, lambda data: flow.end_mandate(mandate, by=request.user, at=clock.now(), **data), "on"):
        messages.success(request, _("Das Ende ist eingetragen."))
        return redirect("network:profile") if own else redirect("network:organisation", mandate.organisation_id)
    crumbs = [to_directory(), to_organisation(mandate.organisation), (_("Rolle beenden"), "")]
    return render_form(request, "network/end_mandate.html", {"form": form, "mandate": mandate, "crumbs": crumbs})


# --- coming in ----------------------------------------------------------------------
@never_cache
@get_or_post
def accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = queries.open_invitation_for(token, clock.now())
    if invitation is None:
        return render(request, "network/invitation_gone.html", status=404)
    somebody_else = request.user.is_authenticated and request.user.email != invitation.email
    form = AcceptForm(sent(request), initial={"name": invitation.name})
    known = queries.person_with(invitation.email)
    if not somebody_else and (person := _come_in(form, known, token)):
        return _welcome(request, person, known)
    context = {"form": form, "invitation": invitation, "somebody_else": somebody_else, "known": bool(known)}
    return render_form(request, "network/accept.html", context)


def _come_in(form: AcceptForm, known: Person | None, token: str) -> Person | None:
    if known and form.is_bound:
        return flow.accept_invitation(token, name=known.name, at=clock.now())
    return attempt(form, lambda data: flow.accept_invitation(token, name=data["name"], at=clock.now()), "name")


def _welcome(request: HttpRequest, person: Person, known: Person | None) -> HttpResponse:
    """Who is new is signed in. Who has an account signs in as always: a link must not get round a second factor."""
    if known is None:
        login(request, person, backend=BACKEND)
        messages.success(request, _("Willkommen bei Verbundwerk. Hier sehen Sie, was über Sie gespeichert ist."))
    else:
        messages.success(request, _("Die Einladung ist angenommen. Ihre neue Rolle sehen Sie nach dem Anmelden."))
    return redirect("network:profile")


# --- oneself ------------------------------------------------------------------------
@signed_in
@require_safe
def profile(request: SignedInRequest) -> HttpResponse:
    who = queries.standing(request.user)
    mandates = [(one, _may_lay_down(who, one)) for one in queries.mandates_of(request.user)]
    return render(request, "network/profile.html", {"mandates": mandates, "crumbs": [(_("Mein Profil"), "")]})


def _may_lay_down(who: Standing, one: Mandate) -> Verdict:
    return rules.may_end(who, queries.held(one), own=True)


@signed_in
@get_or_post
def change_profile(request: SignedInRequest) -> HttpResponse:
    person = request.user
    initial = {"name": person.name, "phone": person.phone, "language": person.language}
    form = ProfileForm(sent(request), initial=initial)
    if attempt(form, lambda data: flow.change_own_profile(by=person, at=clock.now(), **data)):
        messages.success(request, _("Ihr Profil ist gespeichert."))
        return _in_language(redirect("network:profile"), person.language)
    title = _("Mein Profil ändern")
    crumbs = [(_("Mein Profil"), "../"), (title, "")]
    return render_form(request, "network/form.html", {"form": form, "title": title, "crumbs": crumbs})


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return response


@signed_in
@require_POST
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    person = flow.sign_out_everywhere(by=request.user, at=clock.now())
    update_session_auth_hash(request, person)
    messages.success(request, _("Sie sind auf allen anderen Geräten abgemeldet."))
    return redirect("network:profile")
