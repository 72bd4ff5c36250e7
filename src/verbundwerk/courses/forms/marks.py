"""Who is there: one row per person, as a lecturer ticks them off with a thumb."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from verbundwerk.base.forms import Form

from ..models import Attendance, Seat
from ..terms import IN_SHORT, Presence


@dataclass(slots=True)
class Mark:
    """One row: what is chosen, what stood there when the page was shown, and what there is to say about it."""

    seat: Seat
    chosen: str = ""
    before: str = ""
    note: str | Promise = ""
    tone: str = ""

    @property
    def key(self) -> str:
        return key_of(self.seat)

    @property
    def choices(self) -> list[tuple[str, str | Promise, str | Promise, bool]]:
        """(value, in short, in full, chosen)"""
        return [(one.value, IN_SHORT[one], one.label, one.value == self.chosen) for one in Presence]


class AttendanceForm(Form):
    """One choice per person; what is left open stays open."""

    marks_optional = False

    def __init__(self, data: Any = None, *, people: Iterable[Seat], known: Mapping[UUID, str]) -> None:
        self.people, self.known = list(people), dict(known)
        self.differs: Mapping[UUID, Attendance] = {}
        super().__init__(data)
        for seat in self.people:
            self.fields[key_of(seat)] = forms.ChoiceField(
                label=seat.name, choices=Presence.choices, required=False, initial=known.get(seat.pk, "")
            )

    @property
    def rows(self) -> list[Mark]:
        return [self.row(seat) for seat in self.people]

    def row(self, seat: Seat) -> Mark:
        chosen = str(self[key_of(seat)].value() or "")
        mark = Mark(seat, chosen, self.known.get(seat.pk, ""))
        if seat.pk in self.differs:
            mark.note, mark.tone = differs_text(self.differs[seat.pk]), "warning"
        return mark

    @property
    def open_count(self) -> int:
        """How many have no mark yet in the house, whatever is ticked on the page."""
        return sum(not self.known.get(seat.pk) for seat in self.people)

    @property
    def presences(self) -> dict[UUID, str]:
        """Those that were chosen."""
        chosen = {seat.pk: self.cleaned_data.get(key_of(seat), "") for seat in self.people}
        return {seat: presence for seat, presence in chosen.items() if presence}

    @property
    def everybody_there(self) -> dict[UUID, str]:
        """Whoever has no mark yet is present; what somebody has chosen otherwise stays."""
        unmarked = {seat.pk: Presence.PRESENT for seat in self.people if not self.known.get(seat.pk)}
        return unmarked | self.presences

    @property
    def seen(self) -> dict[UUID, str]:
        """What stood there when the page was shown; a page without this says what stands there now."""
        return {seat.pk: self._before(seat) for seat in self.people}

    def _before(self, seat: Seat) -> str:
        return str(self.data.get(f"was_{seat.pk.hex}", self.known.get(seat.pk, "")))

    def tell(self, differs: Mapping[UUID, Attendance], known: Mapping[UUID, str]) -> None:
        """Whoever presses again has read what somebody else had marked."""
        self.differs, self.known = differs, dict(known)


def key_of(seat: Seat) -> str:
    return f"seat_{seat.pk.hex}"


def differs_text(other: Attendance) -> str:
    text = _("Inzwischen von %(who)s eingetragen: %(what)s. Noch einmal speichern, wenn Ihre Angabe gelten soll.")
    who = other.taken_by.name if other.taken_by else _("jemand anderem")
    return text % {"what": other.get_presence_display(), "who": who}
