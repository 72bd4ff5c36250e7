"""The words of a questionnaire as the works council reads them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from verbundwerk.topics.models import Topic


def questionnaire(intro: str, topics: Iterable[Topic]) -> str:
    """All that is asked and all that is kept: the consent is to exactly this."""
    ticks = "\n".join(f"– {one.label}" for one in topics)
    asked = _("Frage 1: Was davon möchten Sie lernen? Mehrere Antworten, auch keine.")
    shift = _("Frage 2: In welcher Schicht arbeiten Sie?")
    kept = _(
        "Geantwortet wird ohne Konto und ohne Namen. Gespeichert werden nur Zahlen je Thema und je Schicht, keine"
        " einzelne Antwort. Gezeigt wird erst nach dem Ende und ab fünf Antworten; ein Thema, das weniger als fünf"
        " wollen, ohne Zahl."
    )
    return "\n\n".join(filter(None, [intro, f"{asked}\n{ticks}", shift, kept]))[:4000]
