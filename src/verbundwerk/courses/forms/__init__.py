"""What people type about courses."""

from .counts import HeadcountForm
from .marks import AttendanceForm, Mark
from .office import BookForm, CancelForm, CodeForm, CourseForm, DayForm, MoveForm, NameForm, NamesForm, PlanForm

__all__ = [
    "AttendanceForm",
    "BookForm",
    "CancelForm",
    "CodeForm",
    "CourseForm",
    "DayForm",
    "HeadcountForm",
    "Mark",
    "MoveForm",
    "NameForm",
    "NamesForm",
    "PlanForm",
]
