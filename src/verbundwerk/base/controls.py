"""The plain controls of a form, written out at once: templates within templates were most of a form's cost."""

from collections.abc import Iterable
from typing import Any

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("input", "text", "number", "email", "url", "password", "date", "time", "checkbox", "hidden")
)
Widget = dict[str, Any]


def drawn_input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, flatatt(widget["attrs"])
    )


def drawn_textarea(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else str(widget["value"])
    # The first line break inside a textarea is not part of its text.
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], flatatt(widget["attrs"]), value)


def drawn_select(widget: Widget) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _index in widget["optgroups"]))
    select = format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)
    if widget["attrs"].get("multiple"):
        return select
    return format_html('<div class="kern-form-input__select-wrapper">{}</div>', select)


def _group(name: Any, options: Iterable[Widget]) -> SafeString:
    inside = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((str(one["value"]), flatatt(one["attrs"]), one["label"]) for one in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


DRAWN = {
    **dict.fromkeys(INPUTS, drawn_input),
    "django/forms/widgets/textarea.html": drawn_textarea,
    "django/forms/widgets/select.html": drawn_select,
}
