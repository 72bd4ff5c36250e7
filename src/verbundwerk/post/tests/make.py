from datetime import UTC, datetime
from itertools import count
from typing import Any

from verbundwerk.post.models import Letter
from verbundwerk.post.states import LETTER

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_number = count(1)


def letter(state: str = LETTER.start, **fields: Any) -> Letter:
    n = next(_number)
    plausible = {
        "key": f"test/{n}", "to": f"person{n}@firma.example", "subject": "Eine E-Mail", "text": "Guten Tag",
        "created_at": AT, "next_try_at": AT, "sent_at": AT if state == "sent" else None,
    }  # fmt: skip
    return Letter.objects.create(state=state, **{**plausible, **fields})


STATEFUL = {LETTER: letter}
