"""Every component says what it should, for eyes and for screen readers."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from verbundwerk.base.days import day_text, span_text
from verbundwerk.base.templatetags.ui import Step, Tab
from verbundwerk.base.verdicts import YES, no

SOON = date(2026, 3, 3)


def drawn(source: str, address: str = "/liste/", **values) -> str:
    request = RequestFactory().get(address)
    return " ".join(Template(source).render(Context({"request": request, "csrf_token": "geheim", **values})).split())


def test_the_breadcrumb_ends_with_this_page_and_does_not_link_it():
    page = drawn("{% breadcrumb crumbs %}", crumbs=[("Start", "/"), ("Liste", "/liste/")])
    assert '<a class="vw-breadcrumb__link" href="/">Start</a>' in page
    assert '<span aria-current="page">Liste</span>' in page
    assert drawn("{% breadcrumb crumbs %}", crumbs=[]) == ""


def test_a_button_with_an_address_is_a_link_and_without_one_it_submits():
    assert drawn('{% button "Weiter" url="/x/" %}').startswith("<a ")
    submit = drawn('{% button "Weiter" name="step" value="2" %}')
    assert submit.startswith('<button type="submit"')
    assert 'name="step" value="2"' in submit


def test_a_post_button_is_a_form_with_its_token():
    page = drawn('{% post_button "/weg/" "Löschen" kind="danger" reason="alt" %}')
    assert '<form class="vw-post" method="post" action="/weg/">' in page
    assert 'name="csrfmiddlewaretoken" value="geheim"' in page
    assert '<input type="hidden" name="reason" value="alt">' in page


def test_a_refused_button_cannot_be_pressed_and_says_why():
    page = drawn('{% verdict_button "/x/" "Senden" verdict %}', verdict=no("Es fehlen noch zwei."))
    assert 'aria-disabled="true"' in page
    assert "Es fehlen noch zwei." in page
    assert "<form" not in page
    assert "/x/" not in page


@pytest.mark.parametrize(("method", "tag"), [("post", "<form"), ("get", "<a ")])
def test_an_allowed_button_is_the_button(method, tag):
    page = drawn('{% verdict_button "/x/" "Senden" verdict method=method %}', verdict=YES, method=method)
    assert page.startswith(tag)
    assert "aria-disabled" not in page


def test_what_people_wrote_is_escaped_in_every_component():
    bad = "<script>x</script>"
    source = (
        "{% badge bad 'info' %}{% button bad url='/' %}{% empty bad bad %}{% key_figure bad bad bad %}{% trail steps %}"
        "{% tabs tabs bad %}{% breadcrumb crumbs %}{% alert 'info' bad %}{{ bad }}{% endalert %}"
        "{% card bad %}{{ bad }}{% endcard %}"
    )
    page = drawn(
        source, bad=bad, steps=[Step(bad, "now", detail=bad)], tabs=[Tab(bad, "/")], crumbs=[(bad, "/"), (bad, "")]
    )
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 15


def test_an_alert_without_content_is_only_its_title():
    assert "kern-alert__body" not in drawn('{% alert "success" "Fertig" %} {% endalert %}')
    assert "<p>Ja</p>" in drawn('{% alert "success" "Fertig" %}<p>Ja</p>{% endalert %}')


def test_leafing_keeps_the_other_parameters():
    page = Paginator(range(100), 10).page(5)
    links = drawn("{% pagination page %}", "/liste/?ort=Peine&seite=5", page=page)
    assert 'href="?ort=Peine&amp;seite=6"' in links
    assert 'aria-current="page"' in links
    assert "…" in links
    assert drawn("{% pagination page %}", page=Paginator(range(5), 10).page(1)) == ""


def test_an_address_can_be_changed_in_one_parameter():
    assert drawn("{% with_query seite=2 ort='' %}", "/liste/?ort=x&q=a") == "?q=a&amp;seite=2"
    assert drawn("{% with_query q='' %}", "/liste/?q=a") == "/liste/"


def test_the_current_tab_is_marked():
    page = drawn("{% tabs tabs 'Ansichten' %}", tabs=[Tab("A", "?a", current=True), Tab("B", "?b", count=0)])
    assert page.count("aria-current") == 1
    assert 'aria-label="Ansichten"' in page
    assert "0</span>" in page


def test_a_trail_says_in_words_where_it_stands():
    page = drawn(
        "{% trail steps %}", steps=[Step("A", "done", SOON), Step("B", "now"), Step("C"), Step("D", "stopped")]
    )
    for word in ["erledigt", "jetzt", "kommt noch", "beendet", "Di., 3. März 2026"]:
        assert word in page
    assert page.count('aria-current="step"') == 1


def test_a_whole_form_brings_token_errors_and_a_way_back():
    from django import forms

    from verbundwerk.base.forms import Form

    class One(Form):
        name = forms.CharField(label="Name")

    page = drawn('{% whole_form form "Sichern" back="/zurueck/" %}', form=One({}))
    for part in ["novalidate", "geheim", "vw-summary", "/zurueck/", "Sichern"]:
        assert part in page
    by_hand = drawn("{% errors form %}{% field form.name %}", form=One({}))
    assert "vw-summary" in by_hand
    assert 'for="id_name"' in by_hand


def test_figures_and_days_are_written_as_people_say_them():
    assert drawn("{{ 152000|euro }} {{ 1234567|number }} {{ none|euro }}", none=None) == "1.520,00 € 1.234.567 –"
    assert drawn("{{ day|day }}", day=SOON) == "Di., 3. März 2026"
    night = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    assert drawn("{{ at|moment }}", at=night) == "Mi., 4. März 2026, 00:30 Uhr"
    assert day_text(night) == "Mi., 4. März 2026"
    with translation.override("en"):
        assert drawn("{{ 152000|euro }} {{ day|day }}", day=SOON) == "€1,520.00 Tue 3 March 2026"


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (date(2026, 3, 3), "Di., 3. März 2026"),
        (date(2026, 3, 5), "3.–5. März 2026"),
        (date(2026, 4, 2), "3. März – 2. April 2026"),
        (date(2027, 1, 2), "3. März 2026 – 2. Januar 2027"),
        (None, "ab Di., 3. März 2026"),
    ],
)
def test_a_span_says_what_its_days_share_only_once(end, said):
    assert span_text(SOON, end) == said
    assert drawn("{{ start|span:end }}", start=SOON, end=end) == said


def test_a_span_may_be_open_at_either_end():
    assert span_text(None, SOON) == "bis Di., 3. März 2026"
    assert span_text(None, None) == "offen"


def test_a_qr_code_grows_with_its_place():
    """A drawing with a size of its own stays as small as that, however large its place is."""
    from verbundwerk.base.qr import qr_svg

    head = qr_svg("https://verbundwerk.example/x").partition(">")[0]
    assert "viewBox" in head
    assert "width" not in head
