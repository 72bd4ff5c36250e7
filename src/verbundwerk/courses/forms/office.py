"""What providers, firms and the office type about courses."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.forms import DateField, EuroField, Form, NameText, PlainText, TimeField, once_key, prepare
from verbundwerk.network.models import Organisation, Person
from verbundwerk.pooling.terms import RunFormat
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import all_topics

from .. import rules
from ..flow import CourseData, PersonName
from ..models import Booking, Course, Seat, Session
from ..rules import HalfDay
from ..states import SeatState

PARTS = [
    ("day", _("ganzer Tag")),
    ("morning", _("Vormittag")),
    ("afternoon", _("Nachmittag")),
    ("evening", _("Abend")),
]
RHYTHMS = [("daily", _("jeden Werktag")), ("weekly", _("einmal in der Woche"))]
LONGEST = timedelta(days=366)


class BookForm(Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Betrieb"), empty_label=None)
    seats = forms.IntegerField(
        label=_("Wie viele Plätze?"), min_value=1, max_value=rules.SEATS_AT_ONCE, initial=1,
        widget=forms.NumberInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Bitte geben Sie an, wie viele Plätze Sie brauchen.")},
    )  # fmt: skip
    once = once_key()

    def __init__(self, *args: Any, firms: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = firms
        self.one_firm = len(firms) == 1
        if self.one_firm:
            field.widget, field.initial = forms.HiddenInput(), firms[0]


# -- seats --------------------------------------------------------------------------------
class NamesForm(Form):
    """All seats of a booking in one table. A name left empty sets the seat free again."""

    marks_optional = False

    def __init__(self, data: Any = None, *, booking: Booking) -> None:
        self.seats = [one for one in booking.places.all() if one.state in {SeatState.FREE, SeatState.NAMED}]
        super().__init__(data)
        for seat in self.seats:
            self._add(seat)

    def _add(self, seat: Seat) -> None:
        number = {"number": seat.position}
        name = NameText(label=_("Name, Platz %(number)d") % number, required=False, initial=seat.name)
        email = forms.EmailField(
            label=_("E-Mail, Platz %(number)d") % number, max_length=254, required=False, initial=seat.email
        )
        for key, field in {"name": name, "email": email}.items():
            field.widget.attrs["autocomplete"] = "off"
            prepare(field)
            self.fields[f"{key}_{seat.position}"] = field

    @property
    def rows(self) -> Iterator[tuple[Seat, BoundField, BoundField]]:
        return ((seat, self[f"name_{seat.position}"], self[f"email_{seat.position}"]) for seat in self.seats)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for seat in self.seats:
            if data.get(f"email_{seat.position}") and not data.get(f"name_{seat.position}"):
                self.add_error(f"name_{seat.position}", _("Bitte geben Sie zu der Adresse auch den Namen an."))
        return data

    @property
    def names(self) -> list[PersonName]:
        data = self.cleaned_data
        return [PersonName(p, data[f"name_{p}"], data[f"email_{p}"]) for p in (seat.position for seat in self.seats)]


# -- days ---------------------------------------------------------------------------------
class DayForm(Form):
    on = DateField(label=_("Tag"))
    part = forms.ChoiceField(label=_("Zeit"), choices=PARTS, widget=forms.RadioSelect, initial="day")

    @property
    def halves(self) -> list[HalfDay]:
        day = self.cleaned_data["on"]
        return rules.half_days([{"date": day.isoformat(), "part": self.cleaned_data["part"]}], day, day)


class MoveForm(Form):
    on = DateField(label=_("Tag"))
    begins = TimeField(label=_("Beginn"))
    ends = TimeField(label=_("Ende"))
    place = PlainText(label=_("Ort"), max_length=200, required=False)
    later_too = forms.BooleanField(
        label=_("Alle späteren Termine um ebenso viele Tage mitverschieben"), required=False,
        help_text=_("Sie behalten ihre Uhrzeit. Alle Beteiligten bekommen eine einzige Nachricht."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, session: Session, later: bool = True) -> None:
        start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        kept = {"on": start.date(), "begins": start.time(), "ends": end.time(), "place": session.place}
        super().__init__(data, initial=kept)
        if not later:
            del self.fields["later_too"]

    def clean_ends(self) -> Any:
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data["ends"]
        if begins and ends <= begins:
            raise ValidationError(_("Das Ende muss nach dem Beginn liegen."))
        return ends

    def at(self, name: str) -> datetime:
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data[name], rules.REGION)


# -- the course -----------------------------------------------------------------------------
class _About(Form):
    sometimes = ("goals", "contents")
    title = PlainText(label=_("Titel"), max_length=200)
    goals = PlainText(
        label=_("Ziel"), lines=3, max_length=2000, required=False,
        help_text=_("Was können die Teilnehmenden danach? Steht auf der Bescheinigung; ohne Ziel gibt es keine."),
    )  # fmt: skip
    contents = PlainText(
        label=_("Inhalte"), lines=6, max_length=4000, required=False,
        help_text=_("Eine Zeile je Inhalt. Steht auf der Bescheinigung; ohne Inhalte gibt es keine."),
    )  # fmt: skip
    place = PlainText(label=_("Ort"), max_length=200, required=False)
    capacity = forms.IntegerField(label=_("Plätze insgesamt"), min_value=1, max_value=999)
    bookable_until = DateField(
        label=_("Anmeldung bis"), required=False, help_text=_("Ohne Angabe: bis zum ersten Kurstag.")
    )


class CourseForm(_About):
    teaching_units = forms.IntegerField(
        label=_("Umfang in Unterrichtseinheiten"), min_value=1, max_value=2000, help_text=_("zu je 45 Minuten")
    )
    lecturer = forms.ModelChoiceField(
        Person.objects.none(), label=_("Lehrkraft"), required=False, empty_label=_("noch offen")
    )
    field_order = [
        "title", "goals", "contents", "teaching_units", "place", "lecturer", "capacity", "bookable_until",
    ]  # fmt: skip

    def __init__(self, data: Any = None, *, course: Course, lecturers: Any) -> None:
        kept = {name: getattr(course, name) for name in self.base_fields}
        super().__init__(data, initial=kept)
        self.course = course
        if lecturers is None:
            del self.fields["lecturer"]
        else:
            field = self.fields["lecturer"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = lecturers

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        if capacity < self.course.taken:
            text = _("%(taken)d Plätze sind schon vergeben. Weniger Plätze kann der Kurs nicht haben.")
            raise ValidationError(text, params={"taken": self.course.taken})
        return capacity

    def clean_bookable_until(self) -> date | None:
        return _not_after(self.cleaned_data["bookable_until"], self.course.starts_on)


def _not_after(until: date | None, starts_on: date | None) -> date | None:
    if until and starts_on and until > starts_on:
        raise ValidationError(_("Die Anmeldung kann nicht länger offen sein als bis zum ersten Kurstag."))
    return until


class PlanForm(_About):
    provider = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Bildungsanbieter"), empty_label=_("Bitte wählen")
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Thema"), empty_label=_("Bitte wählen"))
    format = forms.ChoiceField(label=_("Form"), choices=RunFormat.choices, widget=forms.RadioSelect, initial="onsite")
    starts_on = DateField(label=_("Erster Tag"))
    ends_on = DateField(label=_("Letzter Tag"))
    rhythm = forms.ChoiceField(label=_("Rhythmus"), choices=RHYTHMS, widget=forms.RadioSelect, initial="daily")
    part = forms.ChoiceField(label=_("Zeit"), choices=PARTS, widget=forms.RadioSelect, initial="day")
    price_cents = EuroField(label=_("Preis je Platz"))
    capacity = forms.IntegerField(label=_("Plätze insgesamt"), min_value=1, max_value=999, initial=12)
    field_order = [
        "provider", "title", "topic", "goals", "contents", "starts_on", "ends_on", "rhythm", "part", "format",
        "place", "price_cents", "capacity", "bookable_until",
    ]  # fmt: skip

    def __init__(self, data: Any = None, *, providers: Any) -> None:
        super().__init__(data)
        field, topic = self.fields["provider"], self.fields["topic"]
        assert isinstance(field, forms.ModelChoiceField)
        assert isinstance(topic, forms.ModelChoiceField)
        topic.queryset = all_topics()
        field.queryset = providers
        if len(providers) == 1:
            field.initial, field.empty_label = providers[0], None

    def clean_ends_on(self) -> date:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data["ends_on"]
        if first and last < first:
            raise ValidationError(_("Der letzte Tag liegt vor dem ersten."))
        if first and last - first > LONGEST:
            raise ValidationError(_("Ein Kurs dauert hier höchstens ein Jahr."))
        return last

    def clean_bookable_until(self) -> date | None:
        return _not_after(self.cleaned_data["bookable_until"], self.cleaned_data.get("starts_on"))

    @property
    def data_of_course(self) -> CourseData:
        said = self.cleaned_data
        same = ("title", "topic", "price_cents", "capacity", "format", "place", "goals", "contents", "bookable_until")
        return CourseData(dates=self._dates(), **{name: said[name] for name in same})

    def _dates(self) -> list[dict[str, str]]:
        said = self.cleaned_data
        days = rules.rhythm_days(said["starts_on"], said["ends_on"], weekly=said["rhythm"] == "weekly")
        return [{"date": day.isoformat(), "part": said["part"]} for day in days]


class CancelForm(Form):
    reason = PlainText(
        label=_("Warum findet der Kurs nicht statt?"), lines=3, max_length=300,
        help_text=_("Dieser Satz steht in der Nachricht an alle Beteiligten."),
        error_messages={"required": _("Bitte nennen Sie den Grund. Alle Beteiligten bekommen ihn zu lesen.")},
    )  # fmt: skip


class NameForm(Form):
    name = PlainText(label=_("Name auf dem Papier"), max_length=120)


class CodeForm(Form):
    code = PlainText(label=_("Code der Bescheinigung"), max_length=100)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if rules.is_certificate_number(code):
            raise ValidationError(
                _(
                    "%(found)s ist die Nummer. Bitte tippen Sie den Code ab: Er steht am Ende der Adresse"
                    " neben dem QR-Code."
                )
            )
        return code
