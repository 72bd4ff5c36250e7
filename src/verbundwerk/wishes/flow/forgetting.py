"""What ends by itself."""

from datetime import datetime

from verbundwerk.base.retention import forgets, some

from .. import queries
from ..models import Wish


@forgets("wishes")
def forget_wishes(before: datetime, most: int) -> int:
    return some(queries.wishes_untouched_since(before), most).delete()[1].get(Wish._meta.label, 0)
