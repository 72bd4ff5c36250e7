from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import queries


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Topics like the words in ?q= (or ?topic_text=, the field of a form), as radio buttons for that form."""
    text = request.GET.get("q") or request.GET.get("topic_text") or ""
    return render(request, "topics/answer.html", {"topics": queries.suggest(text), "asked": bool(text.strip())})
