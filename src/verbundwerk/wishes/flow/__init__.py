"""The only writer of this room, in chapters: one's own wishes, talks with mentors, surveys."""

from .forgetting import forget_wishes
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

__all__ = [
    "WishWords",
    "change_wish",
    "decline_wish",
    "delete_wish",
    "forget_wishes",
    "release_wish",
    "take_back_wish",
    "take_wish",
    "write_wish",
]
