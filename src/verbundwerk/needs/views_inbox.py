"""The coordination's inbox: look at what came in, confirm the topic, release it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import get_or_post, paginate, render_form, sent, signed_in
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Person
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import recognised, suggest_many

from . import flow, queries, rules
from .forms import ReasonForm, TopicForm
from .models import Need
from .views import crumbs_below, detail_page, here

UNTICKED = "inbox_unticked"  # in the session: ids of needs, of nobody
RELEASED = "inbox_released"  # and those this person released last


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    require(rules.coordinates(here(request)))
    page = paginate(queries.inbox_of(here(request)), request)
    rows = _rows(here(request), list(page), unticked=set(request.session.get(UNTICKED, [])))
    crumbs = [(_("Bedarfe"), reverse("needs:list")), (_("Zu prüfen"), "")]
    back = queries.released_and_waiting(here(request), request.session.get(RELEASED, []))
    return render(request, "needs/inbox.html", {"page": page, "rows": rows, "back": back, "crumbs": crumbs})


def _rows(person: Person, needs: list[Need], *, unticked: set[str]) -> list[dict[str, Any]]:
    """Whoever left a row out last time finds it left out."""
    texts = [need.topic_text for need in needs]
    twins = queries.already_open(person, [queries.wanted_in(need) for need in needs])
    found = zip(needs, recognised(texts), suggest_many(texts), twins, strict=True)
    rows = [{**_row(need, need.topic or exact, like), "alike": alike} for need, exact, like, alike in found]
    return [{**row, "ticked": _speaks_for_itself(row) and str(row["need"].pk) not in unticked} for row in rows]


def _row(need: Need, sure: Topic | None, like: list[Topic]) -> dict[str, Any]:
    others = [one for one in like if one != sure]
    return {"need": need, "sure": sure, "choices": [*([sure] if sure else []), *others]}


def _speaks_for_itself(row: dict[str, Any]) -> bool:
    return bool(row["sure"]) and not row["alike"]


@signed_in
@require_POST
def release_many(request: HttpRequest) -> HttpResponse:
    """Every row that is meant goes into the pool with the topic chosen in it."""
    require(rules.coordinates(here(request)))
    meant = _rows_meant(request.POST)
    released = {one: label for one in meant if (label := _release_row(request, one))}
    text = ngettext(
        "%(n)d Bedarf ist freigegeben: %(labels)s", "%(n)d Bedarfe sind freigegeben: %(labels)s", len(released)
    )
    if released:
        messages.success(request, text % {"n": len(released), "labels": ", ".join(released.values())})
        request.session[RELEASED] = list(released)
    if left := len(meant) - len(released):
        text = ngettext(
            "%(n)s Bedarf blieb liegen: Er hat kein Thema oder wurde inzwischen geprüft oder geändert.",
            "%(n)s Bedarfe blieben liegen: Sie haben kein Thema oder wurden inzwischen geprüft oder geändert.",
            left,
        )
        messages.warning(request, text % {"n": left})
    request.session[UNTICKED] = sorted(_rows_shown(request.POST) - set(meant))
    if not meant:
        messages.info(request, _("Sie haben keinen Bedarf angekreuzt und in keiner Zeile ein Thema gewählt."))
    return redirect("needs:inbox")


@signed_in
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """The way back after many were released at once: what nobody has bundled lies here again, without a tick."""
    require(rules.coordinates(here(request)))
    ids = request.session.pop(RELEASED, [])
    back = [need for need in queries.released_and_waiting(here(request), ids) if _taken_back(request, need)]
    request.session[UNTICKED] = sorted({*request.session.get(UNTICKED, []), *(str(need.pk) for need in back)})
    if back:
        text = ngettext("%(n)s Bedarf liegt wieder hier.", "%(n)s Bedarfe liegen wieder hier.", len(back))
        messages.success(request, text % {"n": len(back)})
    if len(back) < len(ids) or not back:
        messages.info(request, _("Was inzwischen in einem Bündel steht oder beendet ist, bleibt, wo es ist."))
    return redirect("needs:inbox")


def _taken_back(request: HttpRequest, need: Need) -> bool:
    try:
        flow.take_back_release(need, by=here(request), at=clock.now())
    except AlreadyMoved:
        return False
    return True


def _rows_shown(said: QueryDict) -> set[str]:
    return {name.removeprefix("shown-") for name in said if name.startswith("shown-")}


def _rows_meant(said: QueryDict) -> list[str]:
    """Ticked rows; and those in which somebody chose another topic than stood there: who chooses means the row."""
    chosen = [name.removeprefix("topic-") for name, topic in said.items() if name.startswith("topic-") and topic]
    other = [one for one in chosen if said[f"topic-{one}"] != said.get(f"shown-{one}", said[f"topic-{one}"])]
    return list(dict.fromkeys([*said.getlist("need"), *other]))


def _release_row(request: HttpRequest, need_id: str) -> str:
    """What people call the need; empty when it stays where it is."""
    need = queries.need_to_check(need_id)
    said = {name: request.POST.get(f"{name}-{need_id}") for name in ("topic", "edition")}
    form = TopicForm(said)
    if need is None or not form.is_valid():
        return ""
    try:
        _release(request, need, form)
    except (AlreadyMoved, flow.ChangedMeanwhile):
        return ""
    return need.label


def _release(request: HttpRequest, need: Need, form: TopicForm) -> None:
    said = form.cleaned_data
    flow.check_and_release(need, topic=said["topic"], by=here(request), at=clock.now(), seen=said["edition"])


@signed_in
@require_POST
def release(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Confirm the topic of one need and release it."""
    need = queries.need_for(here(request), need_id)
    require(rules.coordinates(here(request)))
    form = TopicForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte wählen Sie ein Thema."))
        return redirect("needs:detail", need.pk)
    try:
        _release(request, need, form)
    except flow.ChangedMeanwhile:
        text = _("Der Betrieb hat %(label)s inzwischen geändert. Bitte sehen Sie noch einmal hin.")
        messages.warning(request, text % {"label": need.label})
        return detail_page(request, queries.need_for(here(request), need_id), status=HTTPStatus.CONFLICT)
    messages.success(request, _("%(label)s wartet jetzt auf Partner.") % {"label": need.label})
    return redirect("needs:inbox")


@signed_in
@get_or_post
def set_aside(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    require(rules.may_set_aside(need, here(request)))
    form = ReasonForm(sent(request))
    if form.is_valid():
        flow.set_aside_need(need, reason=form.cleaned_data["reason"], by=here(request), at=clock.now())
        messages.success(request, _("%(label)s ist als nicht bündelbar vermerkt.") % {"label": need.label})
        return redirect("needs:detail", need.pk)
    title = _("%(label)s zurücklegen") % {"label": need.label}
    context = {"form": form, "need": need, "title": title, "crumbs": crumbs_below(need, title)}
    return render_form(request, "needs/set_aside.html", context)
