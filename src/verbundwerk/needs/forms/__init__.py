"""What people type about needs, one file per kind of page."""

from .need import NeedForm, PlaceField, SeatsField
from .quick import AssignForm, LinkForm, NewFirmForm, QuickForm
from .small import ELSEWHERE, WITHDRAW, ColumnsForm, EndForm, EvaluationForm, ReasonForm, TopicForm, UploadForm
from .walls import Walls, walls_of

__all__ = [
    "ELSEWHERE",
    "WITHDRAW",
    "AssignForm",
    "ColumnsForm",
    "EndForm",
    "EvaluationForm",
    "LinkForm",
    "NeedForm",
    "NewFirmForm",
    "PlaceField",
    "QuickForm",
    "ReasonForm",
    "SeatsField",
    "TopicForm",
    "UploadForm",
    "Walls",
    "walls_of",
]
