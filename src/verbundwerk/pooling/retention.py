"""What people wrote while a pool looked for its course."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, Span, keep, not_personal, of
from verbundwerk.network.retention import CONTRACT, DELETED, acts

keep(
    Kept(
        key="bid_notes",
        fields=("pooling.Bid.note", "pooling.EarlierBid.note"),
        what=_("Freie Bemerkung eines Bildungsanbieters zu seinem Angebot"),
        purpose=_("damit Angebote verglichen werden können"),
        span=Span(months=24),
        since=_("nachdem das Bündel zustande gekommen oder gescheitert ist"),
        then=DELETED,
        ground=CONTRACT,
    )
)
acts(
    "pooling",
    _(
        "Wer ein Bündel eröffnet, einen Plan verlangt oder Vorgaben dazu gemacht, nach einer Änderung gefragt, ein"
        " Angebot eingetragen oder eine Zusage gegeben hat"
    ),
    "pooling.Pool.opened_by",
    "pooling.Plan.requested_by",
    "pooling.Steering.set_by",
    "pooling.ChangeRequest.asked_by",
    "pooling.Bid.entered_by",
    "pooling.EarlierBid.entered_by",
    "pooling.Commitment.made_by",
)
not_personal(
    "describes a course that is looked for, in words of the coordination office for all firms in it",
    *of("pooling.Pool", "title", "goals", "dates"),
    *of("pooling.Bid", "dates", "place"),
    *of("pooling.EarlierBid", "dates", "place"),
)
not_personal(
    "numbers and ids of a calculation; people are counted in it, never named",
    *of("pooling.Plan", "progress", "problem", "result", "by_hand"),
    *of("pooling.Proposal", "pattern", "dates"),
    *of("pooling.LeftOver", "stage", "numbers", "changes"),
)
not_personal("a value of a need, such as the minutes of travel", *of("pooling.ChangeRequest", "was", "value"))
