"""What the technical administration may do about letters."""

from datetime import datetime

from django.db import transaction

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.post.flow import try_again
from verbundwerk.post.models import Letter

from .. import rules
from ..models import Person
from ..queries import standing


@transaction.atomic
def retry_letter(letter: Letter, *, by: Person, at: datetime) -> None:
    require(rules.may_see_outbox(standing(by)))
    try_again(letter, at=at)
    record(by, "letter.tried_again", letter, at=at)
