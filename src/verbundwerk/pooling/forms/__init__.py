"""What people type in this room."""

from .plans import ApartForm, EffortForm, LeaveOutForm, PlanForm, RunSteeringForm
from .pools import AskForm, BidForm, CommitForm, CorrectForm, DatesField, FailForm, MergeForm, UntilForm, chosen_needs

__all__ = [
    "ApartForm",
    "AskForm",
    "BidForm",
    "CommitForm",
    "CorrectForm",
    "DatesField",
    "EffortForm",
    "FailForm",
    "LeaveOutForm",
    "MergeForm",
    "PlanForm",
    "RunSteeringForm",
    "UntilForm",
    "chosen_needs",
]
