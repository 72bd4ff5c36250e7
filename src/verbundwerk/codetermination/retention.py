"""How long the papers between a firm and its works council are kept."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, Span, keep, not_personal, of
from verbundwerk.network.retention import DELETED

PURPOSE = _("damit beide Seiten belegen können, wer wann beteiligt war und was gesagt wurde")
GROUND = _(
    "Art. 6 Abs. 1 Buchst. c und f DSGVO: Beteiligung nach dem Betriebsverfassungsgesetz; Ansprüche verjähren in der"
    " Regel nach drei Jahren (§ 195 BGB)"
)

keep(
    Kept(
        key="council_cases",
        fields=(
            *of("codetermination.Case", "label", "sort_key", "search_key", "details", "reason", "opened_by"),
            *of("codetermination.Statement", "text", "said_by"),
            *of("codetermination.Document", "name", "file", "uploaded_by"),
        ),
        what=_("Fälle des Betriebsrats: Beschreibung, Unterlagen, Stellungnahmen und wer sie abgegeben hat"),
        purpose=PURPOSE,
        span=Span(years=3),
        since=_("nachdem der Fall erledigt ist"),
        then=DELETED,
        ground=GROUND,
    ),
    Kept(
        key="council_proposals",
        fields=of(
            "codetermination.Proposal", "title", "sort_key", "search_key", "text", "answer", "made_by", "answered_by"
        ),
        what=_("Vorschläge des Betriebsrats und die Antwort des Betriebs"),
        purpose=PURPOSE,
        span=Span(years=3),
        since=_("nach der Antwort"),
        then=DELETED,
        ground=GROUND,
    ),
)
not_personal("the id of a plan, a survey, a course", "codetermination.Case.subject")
not_personal(
    "on which side somebody spoke, and when a talk is",
    "codetermination.Statement.side",
    "codetermination.Statement.meets_at",
)
not_personal("names a paragraph", "codetermination.Case.basis_code")
not_personal("the kind of a file", "codetermination.Document.kind")
not_personal("a key of the form, made by us", "codetermination.Proposal.once")
