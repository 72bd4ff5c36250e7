"""The components of the house as template tags. They are built in: no {% load %} needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from ..days import day_text, hours_text, moment_text, span_text
from ..figures import euro_text, number_text, range_text, whole_euro_text
from ..http import PAGE, kept_query
from ..verdicts import Verdict

register = template.Library()

Text = str | Promise
Values = dict[str, Any]
Tone = Literal["neutral", "info", "success", "warning", "danger"]
NOTHING = "–"


@dataclass(frozen=True)
class Tab:
    label: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Step:
    """One stop of a trail. `state`: "done", "now", "ahead" or "stopped"."""

    label: Text
    state: Literal["done", "now", "ahead", "stopped"] = "ahead"
    at: date | None = None
    detail: Text = ""
    url: str = ""


# --- where one is -------------------------------------------------------------------
@register.inclusion_tag("base/ui/breadcrumb.html")
def breadcrumb(crumbs: Sequence[tuple[Text, str]] | None = None) -> Values:
    """[(label, url), …]; the last one is this page and needs no address."""
    return {"crumbs": crumbs or []}


@register.inclusion_tag("base/ui/tabs.html")
def tabs(items: Sequence[Tab], label: Text = "") -> Values:
    """Links between views of one thing; `label` names the group for screen readers."""
    return {"items": items, "label": label}


@register.inclusion_tag("base/ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> Values:
    """Previous, numbers, next; the other parameters of the address stay."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "kept": kept_query(context["request"]), "param": PAGE}


# --- what one can do ----------------------------------------------------------------
@register.inclusion_tag("base/ui/button.html")
def button(label: Text, url: str = "", kind: str = "primary", icon: str = "", **attributes: str) -> Values:
    """With `url` a link that looks like a button, without it the submit button of the form around it
    (`name=`, `value=` when a form has several). Kinds: primary, secondary, tertiary, danger."""
    return {"label": label, "url": url, "kind": kind, "icon": icon, "attributes": attributes}


@register.inclusion_tag("base/ui/post_button.html", takes_context=True)
def post_button(
    context: Context, url: str, label: Text, kind: str = "primary", icon: str = "", **hidden: Any
) -> Values:
    """One press, one POST: a form of its own with CSRF token; further words become hidden fields."""
    token = context.get("csrf_token")
    return {"url": url, "label": label, "kind": kind, "icon": icon, "hidden": hidden, "csrf_token": token}


@register.inclusion_tag("base/ui/verdict_button.html", takes_context=True)
def verdict_button(
    context: Context,
    url: str,
    label: Text,
    verdict: Verdict,
    kind: str = "primary",
    method: str = "post",
    **hidden: Any,
) -> Values:
    """The button when the rule says yes, the grey button with the reason beside it when it says no."""
    values = post_button(context, url, label, kind, **hidden)
    return {**values, "verdict": verdict, "method": method, "attributes": {}}


# --- what is the matter -------------------------------------------------------------
@register.inclusion_tag("base/ui/badge.html")
def badge(label: Text, tone: Tone = "neutral") -> Values:
    return {"label": label, "tone": tone}


@register.simple_block_tag
def alert(content: SafeString, kind: Tone = "info", title: Text = "") -> SafeString:
    """{% alert "warning" _("Titel") %}Sätze{% endalert %}; the content may be empty."""
    return render_to_string("base/ui/alert.html", {"content": content, "kind": kind, "title": title})


@register.inclusion_tag("base/ui/empty.html")
def empty(title: Text, text: Text = "", url: str = "", label: Text = "") -> Values:
    """What stands where nothing is yet, and how to begin."""
    return {"title": title, "text": text, "url": url, "label": label}


# --- what there is ------------------------------------------------------------------
@register.inclusion_tag("base/ui/key_figure.html")
def key_figure(label: Text, value: Any, hint: Text = "", url: str = "") -> Values:
    return {"label": label, "value": value, "hint": hint, "url": url}


@register.inclusion_tag("base/ui/trail.html")
def trail(steps: Sequence[Step]) -> Values:
    """A timeline of steps: what is done, where it stands, what comes."""
    return {"steps": steps}


@register.simple_block_tag
def card(content: SafeString, title: Text = "", url: str = "", preline: Text = "", level: int = 3) -> SafeString:
    """{% card title url=… preline=… level=2 %}…{% endcard %}; with `url` the whole card is the link."""
    values = {"content": content, "title": title, "url": url, "preline": preline, "level": level}
    return render_to_string("base/ui/card.html", values)


# --- forms --------------------------------------------------------------------------
@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, hint, control and error of one field."""
    return bound.as_field_group()


@register.inclusion_tag("base/forms/summary.html", name="errors")
def error_summary(form: BaseForm) -> Values:
    """What is wrong, as links to the fields; stands above the fields, empty when all is well."""
    return {"form": form}


@register.inclusion_tag("base/ui/form.html", takes_context=True)
def whole_form(context: Context, form: BaseForm, label: Text, action: str = "", back: str = "") -> Values:
    """The complete POST form: errors, fields in order, the button, and a way back when `back` is given."""
    token = context.get("csrf_token")
    return {"form": form, "label": label, "action": action, "back": back, "csrf_token": token}


# --- how things are written ---------------------------------------------------------
@register.filter
def euro(cents: int | None) -> str:
    return NOTHING if cents is None else euro_text(cents)


@register.filter
def whole_euro(cents: int | None) -> str:
    """For estimates, where cents would promise too much."""
    return NOTHING if cents is None else whole_euro_text(cents)


@register.filter
def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    return NOTHING if value is None else number_text(value, places)


@register.filter
def up_to(least: int, most: int) -> str:
    return range_text(least, most)


@register.filter
def day(value: date | None) -> str:
    """„Di., 3. März 2026“"""
    return NOTHING if value is None else day_text(value)


@register.filter
def moment(value: datetime | None) -> str:
    """„Di., 3. März 2026, 14:30 Uhr“"""
    return NOTHING if value is None else moment_text(value)


@register.filter
def hours(start: datetime, end: datetime) -> str:
    """„Di., 3. März 2026, 08:30–11:45 Uhr“"""
    return hours_text(start, end)


@register.filter
def span(start: date | None, end: date | None) -> str:
    """{{ start|span:end }}: „3.–5. März 2026“, „ab …“, „bis …“."""
    return span_text(start, end)


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The address of this page with some parameters changed; an empty value takes one away."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    text = query.urlencode()
    return f"?{text}" if text else request.path
