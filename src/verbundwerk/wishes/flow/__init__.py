"""The only writer of this room, in chapters: one's own wishes, talks with mentors, surveys."""

from .forgetting import forget_surveys, forget_talks, forget_wishes
from .own import (
    WishWords,
    change_wish,
    decline_wish,
    delete_own_words,
    delete_wish,
    release_wish,
    take_back_wish,
    take_wish,
    write_wish,
)
from .surveys import (
    SurveyWords,
    answer_survey,
    build_survey,
    change_survey,
    close_due_surveys,
    close_survey,
    drop_survey,
    lay_before,
    open_survey,
    raise_from_survey,
)
from .talks import TalkWords, delete_talk, keep_back, note_talk, pass_on, raise_from_talks

__all__ = [
    "SurveyWords",
    "TalkWords",
    "WishWords",
    "answer_survey",
    "build_survey",
    "change_survey",
    "change_wish",
    "close_due_surveys",
    "close_survey",
    "decline_wish",
    "delete_own_words",
    "delete_talk",
    "delete_wish",
    "drop_survey",
    "forget_surveys",
    "forget_talks",
    "forget_wishes",
    "keep_back",
    "lay_before",
    "note_talk",
    "open_survey",
    "pass_on",
    "raise_from_survey",
    "raise_from_talks",
    "release_wish",
    "take_back_wish",
    "take_wish",
    "write_wish",
]
