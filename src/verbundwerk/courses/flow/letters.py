"""What papers wrote goes to the outbox, inside the transaction that caused it."""

from collections.abc import Iterable
from datetime import datetime

from verbundwerk.post.flow import send_letter

from ..papers import Draft


def post(drafts: Iterable[Draft], *, at: datetime) -> None:
    for one in drafts:
        send_letter(key=one.key, to=one.to, subject=one.subject, text=one.text, attachments=one.attachments, at=at)
