"""What ends by itself: free words to bids of pools that were decided long ago."""

from datetime import datetime

from verbundwerk.base.retention import forgets, some

from .. import queries


@forgets("bid_notes")
def forget_bid_notes(before: datetime, most: int) -> int:
    gone = some(queries.bid_notes_before(before), most).update(note="")
    return gone + some(queries.earlier_notes_before(before), most).update(note="")
