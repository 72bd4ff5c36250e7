"""From words to a letter: text and HTML in the reader's language, and what goes over the wire."""

import base64
import re
from collections.abc import Iterable, Mapping
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from .models import Letter

Attachment = tuple[str, str, bytes]  # name, media type, content
SUBJECT_AT_MOST = 200


def absolute(path: str) -> str:
    """The address of a page as it must stand in a letter."""
    return settings.BASE_URL + path


def one_line(subject: object) -> str:
    return " ".join(str(subject).split())[:SUBJECT_AT_MOST]


def body(template: str, text: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """(text, HTML). Both come from the template when it has a .html beside the .txt, else the HTML from the text."""
    values = {"base_url": settings.BASE_URL, **context}
    words = plain(f"{template}.txt", values) if template else text
    try:
        html = SafeString(render_to_string(f"{template}.html", values)) if template else _simple_html(words)
    except TemplateDoesNotExist:
        html = _simple_html(words)
    return framed(words, html)


def framed(words: str, html: SafeString) -> tuple[str, str]:
    frame = {"base_url": settings.BASE_URL, "words": words.strip(), "html": html}
    return plain("post/letter.txt", frame), render_to_string("post/letter.html", frame)


def plain(template: str, values: Mapping[str, Any]) -> str:
    """A text is no HTML: nothing in it is escaped, and a branch not taken leaves no hole."""
    rendered: str = get_template(template).template.render(Context(values, autoescape=False))  # type: ignore[attr-defined]
    return re.sub(r"\n{3,}", "\n\n", rendered).strip() + "\n"


def _simple_html(text: str) -> SafeString:
    return mark_safe(linebreaks(urlize(escape(text.strip()))))  # noqa: S308 - escaped in the innermost step


def packed(attachments: Iterable[Attachment]) -> list[dict[str, str]]:
    return [{"name": n, "mime": m, "base64": base64.b64encode(content).decode()} for n, m, content in attachments]


def message(letter: Letter) -> EmailMultiAlternatives:
    """A repeated delivery carries the same Message-ID, so that mail programs show one letter."""
    headers = {
        "Message-ID": f"<{letter.pk}@{_own_domain()}>",
        "Date": format_datetime(timezone.localtime(letter.created_at)),
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    for one in letter.attachments:
        mail.attach(one["name"], base64.b64decode(one["base64"]), one["mime"])
    return mail


def _own_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
