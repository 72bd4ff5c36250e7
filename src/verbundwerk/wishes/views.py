"""Own wishes, and how the firm answers them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, get_or_post, paginate, render_form, sent, signed_in
from verbundwerk.base.verdicts import Verdict, require
from verbundwerk.needs.forms import NeedForm
from verbundwerk.needs.terms import Occasion
from verbundwerk.network.models import Person
from verbundwerk.network.queries import organisations_visible_to
from verbundwerk.pooling.models import Pool
from verbundwerk.pooling.queries import public_pool_for

from . import flow, queries, rules, rules_surveys, rules_talks
from .forms import DeclineForm, WishForm
from .models import Wish

TONES = {"private": "neutral", "released": "info", "taken": "success", "declined": "warning"}


def here(request: HttpRequest) -> Person:
    """Who is there; `signed_in` has made sure that it is somebody."""
    assert isinstance(request.user, Person)
    return request.user


def crumbs(*ways: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Belegschaft"), reverse("wishes:home")), *ways]


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The door of the room: what concerns this person, in a few cards."""
    person = here(request)
    require(rules.may_enter(person))
    context = {
        "wishes": bool(rules.may_wish(person)),
        "answers": bool(rules.may_answer_wishes(person)),
        "mentors": bool(rules_talks.may_mentor(person)),
        "surveys": bool(rules_surveys.may_enter_surveys(person)),
        "hints": bool(rules_talks.may_read_hints(person)),
        "crumbs": [(_("Belegschaft"), "")],
    }
    return render(request, "wishes/home.html", context)


# --- one's own --------------------------------------------------------------------------
@signed_in
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    require(rules.may_wish(here(request)))
    page = paginate(queries.wishes_of(here(request)), request)
    _toned(page)
    return render(request, "wishes/own.html", {"page": page, "crumbs": crumbs((_("Meine Wünsche"), ""))})


def _toned(wishes: Any) -> None:
    for one in wishes:
        one.tone = TONES[one.state]


@signed_in
@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.may_wish(person))
    form = WishForm(sent(request), employers=queries.employers_of(person))
    if accepted(form, lambda: _written(request, form)):
        return redirect("wishes:own")
    context = {"form": form, "crumbs": crumbs((_("Meine Wünsche"), reverse("wishes:own")), (_("Neuer Wunsch"), ""))}
    return render_form(request, "wishes/new.html", context)


def _written(request: HttpRequest, form: WishForm) -> None:
    once = form.cleaned_data["once"]
    flow.write_wish(form.words(), organisation=form.employer, by=here(request), at=clock.now(), once=once)
    messages.success(request, _("Ihr Wunsch ist aufgeschrieben. Nur Sie können ihn lesen."))


@signed_in
@require_GET
def pools(request: HttpRequest) -> HttpResponse:
    """Pools on their way: whoever would like to come says so, to themselves first."""
    person = here(request)
    require(rules.may_wish(person))
    ways = crumbs((_("Meine Wünsche"), reverse("wishes:own")), (_("Gemeinsame Kurse in Vorbereitung"), ""))
    return render(request, "wishes/pools.html", {"pools": queries.pools_to_choose(person), "crumbs": ways})


@signed_in
@get_or_post
def interest(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    person, pool = here(request), public_pool_for(pool_id)
    require(rules.may_wish(person))
    form = WishForm(sent(request), employers=queries.employers_of(person), about_pool=True)
    if accepted(form, lambda: _interested(request, form, pool)):
        return redirect("wishes:own")
    ways = crumbs((_("Gemeinsame Kurse in Vorbereitung"), reverse("wishes:pools")), (pool.title, ""))
    return render_form(request, "wishes/new.html", {"form": form, "pool": pool, "crumbs": ways})


def _interested(request: HttpRequest, form: WishForm, pool: Pool) -> None:
    once = form.cleaned_data["once"]
    flow.write_wish(form.words(), organisation=form.employer, by=here(request), at=clock.now(), once=once, pool=pool)
    messages.success(request, _("Ihr Interesse ist aufgeschrieben. Nur Sie können es lesen, bis Sie es freigeben."))


@signed_in
@require_GET
def wish(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """The owner's page, or HR's once it is released."""
    person, found = here(request), queries.wish_for(here(request), wish_id)
    _toned([found])
    mine = bool(rules.owns(found, person))
    ways = {name: getattr(rules, name)(found, person) for name in ("may_change", "may_release", "may_take_back")}
    answers = {"may_take": rules.may_take(found, person), "may_decline": rules.may_decline(found, person)}
    back = (_("Meine Wünsche"), reverse("wishes:own")) if mine else (_released(), reverse("wishes:released"))
    context = {"wish": found, "mine": mine, **ways, **answers, "crumbs": crumbs(back, (found.topic_text, ""))}
    return render(request, "wishes/wish.html" if mine else "wishes/released_wish.html", context)


def _released() -> str:
    return _("Wünsche aus der Belegschaft")


@signed_in
@get_or_post
def edit(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    person, found = here(request), queries.own_wish_for(here(request), wish_id)
    require(rules.may_change(found, person))
    form = WishForm(sent(request), employers=queries.firm_of(found), wish=found, about_pool=found.pool_id is not None)
    if accepted(form, lambda: flow.change_wish(found, form.words(), by=person, at=clock.now())):
        messages.success(request, _("Ihre Änderungen sind gespeichert."))
        return redirect("wishes:wish", found.pk)
    return render_form(request, "wishes/new.html", {"form": form, "wish": found, "crumbs": _below(found, _("Ändern"))})


def _below(found: Wish, title: str) -> list[tuple[str, str]]:
    return crumbs((found.topic_text, reverse("wishes:wish", args=[found.pk])), (title, ""))


@signed_in
@require_POST
def release(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    found = queries.own_wish_for(here(request), wish_id)
    flow.release_wish(found, by=here(request), at=clock.now())
    messages.success(request, _("Ihr Wunsch ist freigegeben. Ihr Betrieb antwortet Ihnen hier."))
    return redirect("wishes:wish", found.pk)


@signed_in
@require_POST
def take_back(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    found = queries.own_wish_for(here(request), wish_id)
    flow.take_back_wish(found, by=here(request), at=clock.now())
    messages.success(request, _("Ihr Wunsch gehört wieder nur Ihnen. Ihr Betrieb sieht ihn nicht mehr."))
    return redirect("wishes:wish", found.pk)


@signed_in
@get_or_post
def delete(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """Asked once: what is gone is gone."""
    found = queries.own_wish_for(here(request), wish_id)
    if request.method == "GET":
        return render(request, "wishes/delete.html", {"wish": found, "crumbs": _below(found, _("Löschen"))})
    flow.delete_wish(found, by=here(request), at=clock.now())
    messages.success(request, _("Ihr Wunsch ist gelöscht."))
    return redirect("wishes:own")


# --- the firm answers -------------------------------------------------------------------
@signed_in
@require_GET
def released(request: HttpRequest) -> HttpResponse:
    require(rules.may_answer_wishes(here(request)))
    page = paginate(queries.released_wishes(here(request)), request)
    _toned(page)
    return render(request, "wishes/released.html", {"page": page, "crumbs": crumbs((_released(), ""))})


@signed_in
@get_or_post
def take(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """The usual form of a need, filled in with what the wish says; whoever saves it has completed it."""
    person, found = here(request), queries.wish_for(here(request), wish_id)
    # Somebody who has typed gets the page that says who was faster.
    require(rules.may_take(found, person) if request.method == "GET" else _may_answer(found, person))
    form = NeedForm(
        sent(request), firms=queries.firm_of(found), others=organisations_visible_to(person), initial=_known(found)
    )
    if accepted(form, lambda: _taken(request, found, form)):
        return redirect("needs:detail", found.need_id)
    title, back = _("Wunsch als Bedarf übernehmen"), reverse("wishes:wish", args=[found.pk])
    context = {"form": form, "title": title, "back": back, "crumbs": _below(found, title)}
    return render_form(request, "needs/form.html", context)


def _may_answer(found: Wish, person: Person) -> Verdict:
    return rules.answers_for(found.organisation_id, person)


def _known(found: Wish) -> dict[str, Any]:
    return {
        "topic_text": found.topic_text, "topic": found.topic_id, "seats": (1, 1), "shift": found.shift,
        "occasion": Occasion.WISH,
    }  # fmt: skip


def _taken(request: HttpRequest, found: Wish, form: NeedForm) -> None:
    submit = "draft" not in request.POST
    need = flow.take_wish(found, form.draft(), submit=submit, by=here(request), at=clock.now())
    said = _("Ihr Bedarf %(label)s ist eingereicht.") if submit else _("Der Entwurf %(label)s ist gesichert.")
    messages.success(request, said % {"label": need.label})


@signed_in
@get_or_post
def decline(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    person, found = here(request), queries.wish_for(here(request), wish_id)
    require(rules.may_decline(found, person) if request.method == "GET" else _may_answer(found, person))
    form = DeclineForm(sent(request))
    if accepted(form, lambda: _declined(found, form, person)):
        messages.success(request, _("Ihre Antwort ist eingetragen und als E-Mail unterwegs."))
        return redirect("wishes:released")
    back = reverse("wishes:wish", args=[found.pk])
    context = {"form": form, "wish": found, "back": back, "crumbs": _below(found, _("Nicht übernehmen"))}
    return render_form(request, "wishes/decline.html", context)


def _declined(found: Wish, form: DeclineForm, person: Person) -> None:
    flow.decline_wish(found, answer=form.cleaned_data["answer"], by=person, at=clock.now())
