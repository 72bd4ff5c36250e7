"""The frame: what stands around every page, and what a view needs to answer."""

import re
from dataclasses import dataclass

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.views.decorators.http import require_POST

from verbundwerk.base import frame, http, views
from verbundwerk.base.moves import AlreadyMoved, Move
from verbundwerk.base.verdicts import no, require

TAGS = re.compile(r"\{% (\w+)")


def refuse(request: HttpRequest) -> HttpResponse:
    require(no("Erst müssen drei zusagen."))
    return HttpResponse()


class Thing:
    def refresh_from_db(self, fields: list[str]) -> None:
        pass

    def get_state_display(self) -> str:
        return "erledigt"


def too_late(request: HttpRequest) -> HttpResponse:
    raise AlreadyMoved(Thing(), Move("close", frozenset(), "done", "Schließen"))


def crash(request: HttpRequest) -> HttpResponse:
    raise ValueError


@require_POST
def only_sent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("angekommen")


@http.signed_in
def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("geheim")


rooms = ([path("liste/", views.gallery, name="list"), path("liste/neu/", views.gallery, name="new")], "rooms")
urlpatterns = [
    path("nein/", refuse),
    path("zu-spaet/", too_late),
    path("absturz/", crash),
    path("nur-absenden/", only_sent),
    path("privat/", private),
    path("", include("verbundwerk.base.urls")),
    path("", include(rooms)),
    path("konto/", include("allauth.urls")),
    path("sprache/", include("django.conf.urls.i18n")),
]
pytestmark = pytest.mark.urls(__name__)
ELSEWHERE = [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"HTTP_HOST": "testserver"}]
GALLERY = "/entwicklung/bausteine/"


@pytest.fixture
def client():
    return Client(SERVER_NAME="localhost")


@dataclass
class Visitor:
    is_authenticated: bool = True

    def __str__(self) -> str:
        return "Ada Beispiel"


def asked(address: str = "/", user: object = None, **headers: str) -> HttpRequest:
    request = RequestFactory().get(address, headers=headers)
    request.user = user or AnonymousUser()
    return request


@pytest.fixture
def offered(monkeypatch):
    monkeypatch.setattr(frame, "_offered", {})
    return frame._offered


# --- what stands around a page ------------------------------------------------------
def test_the_gallery_shows_every_component(client):
    source = (views_templates() / "base/gallery.html").read_text()
    from verbundwerk.base.templatetags import ui

    missing = (
        set(ui.register.tags) - set(TAGS.findall(source)) - {"breadcrumb", "errors", "field", "endalert", "endcard"}
    )
    assert missing == set()
    page = client.get(GALLERY)
    assert page.status_code == 200
    assert len(page.content) < 120_000
    for mark in ["vw-breadcrumb", "vw-trail", "vw-figure", "vw-pages", "vw-tabs", "vw-empty", "vw-refusal", "vw-badge"]:
        assert f'class="{mark}' in page.content.decode(), mark


def views_templates():
    from pathlib import Path

    return Path(views.__file__).parent / "templates"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_gallery_is_for_developers_on_their_own_machine(client, elsewhere):
    assert client.get(GALLERY, **elsewhere).status_code == 404


def test_there_is_no_gallery_where_real_people_are(client):
    with override_settings(DEMO=False, DEBUG=False):
        assert client.get(GALLERY).status_code == 404


def test_an_address_that_only_takes_forms_says_so_to_whoever_opens_it(client):
    answer = client.get("/nur-absenden/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Hier gibt es nichts zu lesen" in answer.content.decode()
    assert client.post("/nur-absenden/").content == b"angekommen"


def test_a_wrong_form_answers_422_and_a_shown_one_200(client):
    assert client.get(GALLERY).status_code == 200
    answer = client.post(GALLERY, {"name": "x"})
    assert answer.status_code == 422
    assert "<title>Fehler:" in answer.content.decode()


def test_no_page_carries_inline_style_or_script(client):
    for address in [GALLERY, "/gibt-es-nicht/", "/nein/", "/zu-spaet/"]:
        page = client.get(address).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert not re.search(r"\son\w+=", page)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_a_page_has_one_heading_a_skip_link_and_its_language(client):
    page = client.get(GALLERY).content.decode()
    assert page.count("<h1") == 1
    assert 'class="vw-skip" href="#inhalt"' in page
    assert 'id="inhalt"' in page
    assert '<html lang="de">' in page
    assert '<html lang="en">' in client.get(GALLERY, headers={"accept-language": "en"}).content.decode()


def test_the_language_can_be_changed_and_leads_back(client):
    answer = client.post("/sprache/setlang/", {"language": "en", "next": GALLERY})
    assert answer.url == GALLERY
    assert '<html lang="en">' in client.get(GALLERY).content.decode()


def test_entries_stand_in_their_order_and_only_where_they_may(offered):
    frame.offer(frame.NavigationEntry("Zweite", "rooms:new", order=2))
    frame.offer(frame.NavigationEntry("Erste", "rooms:list", order=1))
    frame.offer(frame.NavigationEntry("Geheim", "base:gallery", visible=lambda request: request.user.is_authenticated))
    frame.offer(frame.NavigationEntry("Gibt es nicht", "nowhere:at-all"))
    frame.offer(frame.NavigationEntry("Impressum", "rooms:list", place="footer"))
    assert [one.label for one in frame.Frame(asked()).navigation] == ["Erste", "Zweite"]
    assert [one.label for one in frame.Frame(asked(user=Visitor())).navigation] == ["Erste", "Zweite", "Geheim"]
    assert [one.label for one in frame.Frame(asked()).footer] == ["Impressum"]


def test_the_entry_of_this_page_is_marked(offered):
    frame.offer(frame.NavigationEntry("Liste", "rooms:list"))
    assert frame.Frame(asked("/liste/")).navigation[0].current == "page"
    assert frame.Frame(asked("/privat/")).navigation[0].current == ""


def test_a_deeper_page_marks_the_room_it_belongs_to(offered, client):
    frame.offer(frame.NavigationEntry("Liste", "rooms:list"))
    page = client.get("/liste/neu/").content.decode()
    assert '<a class="vw-nav__link" href="/liste/" aria-current="true">' in page


def test_messages_are_announced(rf):
    from django.template.loader import render_to_string

    request = asked()
    request._messages = CookieStorage(request)
    messages.success(request, "Gesichert.")
    messages.error(request, "Das ging schief.")
    page = render_to_string("base/page.html", request=request)
    assert 'role="status"' in page
    assert "vw-message--success" in page
    assert "kern-icon--danger" in page


def test_who_is_signed_in_finds_the_way_out_and_who_is_not_the_way_in():
    from django.template.loader import render_to_string

    inside = render_to_string("base/page.html", request=asked(user=Visitor()))
    assert "Ada Beispiel" in inside
    assert "Abmelden" in inside
    outside = render_to_string("base/page.html", request=asked("/liste/?a=1&b=2"))
    assert "?next=/liste/%3Fa%3D1%26b%3D2" in outside


# --- pages that explain -------------------------------------------------------------
def test_a_refusal_says_why_and_leads_back(client):
    answer = client.get("/nein/", headers={"referer": "http://localhost/liste/"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Erst müssen drei zusagen." in page
    assert 'href="http://localhost/liste/"' in page
    assert "evil" not in client.get("/nein/", headers={"referer": "https://evil.example/"}).content.decode()


def test_who_came_second_learns_where_it_stands(client):
    answer = client.get("/zu-spaet/")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Jemand war schneller" in page
    assert "„Schließen“" in page
    assert "„erledigt“" in page


def test_what_does_not_exist_is_said_kindly(client):
    answer = client.get("/gibt-es-nicht/")
    assert answer.status_code == 404
    assert "Diese Seite gibt es hier nicht" in answer.content.decode()


def test_our_own_mistake_is_admitted_without_needing_anything(client):
    client.raise_request_exception = False
    answer = client.get("/absturz/")
    assert answer.status_code == 500
    assert "Bei uns ist ein Fehler aufgetreten" in answer.content.decode()


def test_a_form_from_elsewhere_is_not_taken():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(GALLERY, {"name": "x"})
    assert answer.status_code == 403
    assert "noch einmal ab" in answer.content.decode()


HOUR = "Wir brauchen zwei Plätze,\nam liebsten vormittags."
HERE = {"Origin": "http://testserver"}


def test_what_was_typed_into_a_form_that_stood_open_too_long_is_given_back_to_copy():
    from django.test import Client

    page = Client(enforce_csrf_checks=True).post(GALLERY, {"note": HOUR, "password": "streng geheim"}, headers=HERE)
    assert page.status_code == 403
    assert "Wir brauchen zwei Plätze,<br>am liebsten vormittags." in page.content.decode()
    assert "streng geheim" not in page.content.decode()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_what_somebody_elses_page_sends_is_not_shown_on_ours(origin):
    from django.test import Client

    page = Client(enforce_csrf_checks=True).post(GALLERY, {"note": HOUR}, headers={"Origin": origin})
    assert "zwei Plätze" not in page.content.decode()


def test_whoever_was_signed_out_meanwhile_gets_their_words_back_and_a_way_to_sign_in():
    request = RequestFactory().post("/privat/", {"note": HOUR, "once": "0" * 40}, headers=HERE)
    request.user = AnonymousUser()
    answer = private(request)
    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert "zwei Plätze" in page
    assert "/konto/login/" in page
    assert "0" * 40 not in page


# --- what views need ----------------------------------------------------------------
def test_strangers_are_sent_to_sign_in_and_come_back():
    answer = private(asked("/privat/?a=1"))
    assert answer.status_code == 302
    assert answer.url == "/konto/login/?next=%2Fprivat%2F%3Fa%3D1"


def test_after_a_stranger_pressed_a_button_nobody_returns_to_the_button():
    request = RequestFactory().post("/privat/")
    request.user = AnonymousUser()
    assert private(request).url == "/konto/login/"


def test_a_fragment_sends_the_whole_page_to_sign_in():
    answer = private(asked("/privat/", **{"HX-Request": "true"}))
    assert answer["HX-Redirect"].startswith("/konto/login/")


def test_what_signed_in_people_see_is_kept_by_no_cache():
    answer = private(asked(user=Visitor()))
    assert answer.content == b"geheim"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", 1), ("2", 2), ("abc", 1), ("-3", 1), ("0", 1), ("99999999999999999999", 4), ("9" * 5000, 1), ("1.5", 1)],
)
def test_whatever_page_is_asked_for_there_is_one(typed, number):
    page = http.paginate(list(range(100)), RequestFactory().get("/", {"seite": typed}))
    assert page.number == number


def test_only_a_real_fragment_request_gets_a_fragment():
    assert http.wants_fragment(asked(**{"HX-Request": "true"}))
    assert not http.wants_fragment(asked())
    assert not http.wants_fragment(asked(**{"HX-Request": "true", "HX-Boosted": "true"}))
    assert not http.wants_fragment(asked(**{"HX-Request": "true", "HX-History-Restore-Request": "true"}))
