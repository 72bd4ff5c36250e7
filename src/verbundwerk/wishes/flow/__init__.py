"""The only writer of this room, in chapters: one's own wishes, talks with mentors, surveys."""

from .forgetting import forget_talks, forget_wishes
from .own import (
    WishWords,
    change_wish,
    decline_wish,
    delete_wish,
    release_wish,
    take_back_wish,
    take_wish,
    write_wish,
)
from .talks import TalkWords, delete_talk, keep_back, note_talk, pass_on, raise_from_talks

__all__ = [
    "TalkWords",
    "WishWords",
    "change_wish",
    "decline_wish",
    "delete_talk",
    "delete_wish",
    "forget_talks",
    "forget_wishes",
    "keep_back",
    "note_talk",
    "pass_on",
    "raise_from_talks",
    "release_wish",
    "take_back_wish",
    "take_wish",
    "write_wish",
]
