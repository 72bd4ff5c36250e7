"""What somebody typed into a form that could not be taken, given back to be copied: nothing typed is lost."""

import re

from django.http import HttpRequest

# Nobody copies what the page itself put into the form, and nobody wants to see a secret again.
NOT_TYPED = re.compile(r"password|token|code|once|next|^was_", re.IGNORECASE)
ID_OR_DATE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\d\s.:,+-]+", re.IGNORECASE)
WORTH_COPYING = 10  # characters; a number or a date is quicker typed than copied


def typed_texts(request: HttpRequest) -> list[str]:
    """The longer texts of a form that was sent from one of our own pages; from elsewhere it may be anybody's."""
    if request.method != "POST" or not _is_from_here(request):
        return []
    fields = [(name, text.strip()) for name, texts in request.POST.lists() for text in texts]
    return [text for name, text in fields if len(text) >= WORTH_COPYING and _was_typed(name, text)]


def _is_from_here(request: HttpRequest) -> bool:
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own


def _was_typed(name: str, text: str) -> bool:
    return not NOT_TYPED.search(name) and not ID_OR_DATE.fullmatch(text)
