"""What people type about a need: one page, little of it required."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.forms import DateField, EuroField, Form, PlainText, once_key
from verbundwerk.network.models import Organisation
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import all_topics, suggest
from verbundwerk.topics.terms import Level

from ..draft import NeedDraft
from ..models import Need
from ..moments import Unclear
from ..places import postal_code_in
from ..rules import MOVABLE
from ..terms import Block, Confidentiality, Format, Occasion, Shift, Urgency
from ..wordings import seats_in
from .walls import Walls, walls_of

NOT_DRAFTED = ("organisation", "hidden_from", "hidden_names", "reason", "edition")
# Shown folded; unfolded when something in them is filled in or wrong.
RARE = (
    "urgency", "hours_max", "block", "rotation", "language", "accessibility", "wants_funding", "mandatory",
    "changes_work",
)  # fmt: skip


class SeatsField(forms.CharField):
    """„3“, „2-3“, „drei“. Cleans to (at least, at most)."""

    def clean(self, value: Any) -> Any:
        return read_plainly(seats_in, super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            least, most = value
            return str(most) if least == 1 else f"{least}-{most}"
        return value


class PlaceField(forms.CharField):
    """A postal code or a place; cleans to the postal code."""

    def clean(self, value: Any) -> Any:
        return read_plainly(postal_code_in, super().clean(value))


def read_plainly(reader: Any, text: str) -> Any:
    if not text:
        return text
    try:
        return reader(text)
    except Unclear as unclear:
        # The form fills in words for %(…)s; what somebody typed is no such hole.
        raise ValidationError(str(unclear).replace("%", "%%"), code="unclear") from unclear


class NeedForm(Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Für welchen Betrieb?"), empty_label="")
    topic_text = PlainText(
        label=_("Was sollen die Menschen können oder lernen?"),
        help_text=_("In Ihren Worten, zum Beispiel „HV-Schulung Stufe 2“ oder „SPS-Grundlagen“."),
        error_messages={"required": _("Bitte schreiben Sie in ein paar Worten, worum es geht.")},
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), required=False, widget=forms.HiddenInput)
    seats = SeatsField(
        label=_("Für wie viele Personen?"),
        help_text=_("Eine Zahl wie 3 oder eine Spanne wie 2-3."),
        error_messages={"required": _("Bitte geben Sie an, wie viele Personen es lernen sollen.")},
    )
    window_from = DateField(label=_("Frühestens ab"))
    window_until = DateField(
        label=_("Spätestens bis"),
        error_messages={"required": _("Bitte geben Sie an, bis wann die Schulung gelaufen sein soll.")},
    )
    shift = forms.ChoiceField(label=_("In welcher Schicht arbeiten die Personen?"), choices=Shift)
    occasion = forms.ChoiceField(label=_("Warum wird es gebraucht?"), choices=Occasion)
    level = forms.TypedChoiceField(label=_("Wie gut sollen sie es können?"), choices=Level, coerce=int)
    format = forms.ChoiceField(label=_("Vor Ort oder online?"), choices=Format, widget=forms.RadioSelect)
    place = PlaceField(
        label=_("Wo arbeiten die Personen?"),
        help_text=_("Postleitzahl oder Ort. Von dort rechnen wir die Anfahrt."),
        error_messages={"required": _("Bitte geben Sie eine Postleitzahl oder einen Ort an.")},
    )
    travel_minutes_max = forms.IntegerField(
        label=_("Längste Anfahrt in Minuten"), min_value=0, max_value=240,
        error_messages={"required": _("Bitte geben Sie an, wie lange die Anfahrt höchstens dauern darf.")},
    )  # fmt: skip
    budget_cents = EuroField(
        label=_("Höchstens je Person"), required=False, max_cents=100_000_00, help_text=_("Was ein Platz kosten darf.")
    )
    confidentiality = forms.ChoiceField(
        label=_("Wer darf davon wissen?"), choices=Confidentiality, widget=forms.RadioSelect,
        help_text=_("Ihren Namen erfährt kein anderer Betrieb, solange Sie ihn nicht selbst nennen."),
    )  # fmt: skip
    details = PlainText(
        lines=4,
        max_length=2000,
        required=False,
        label=_("Was sollten wir noch wissen?"),
        help_text=_(
            "Das lesen nur Ihr Betrieb und die Koordination. Bitte nichts über Löhne, Aufträge, Kunden oder "
            "einzelne Personen."
        ),
    )

    urgency = forms.TypedChoiceField(label=_("Wie eilig ist es?"), choices=Urgency, coerce=int)
    hours_max = forms.IntegerField(label=_("Höchstens so viele Stunden"), required=False, min_value=1, max_value=2000)
    block = forms.ChoiceField(label=_("Am liebsten"), choices=Block)
    rotation = PlainText(
        label=_("Schichtplan"), required=False, help_text=_("Zum Beispiel: gerade Wochen früh, ungerade spät.")
    )
    language = PlainText(label=_("Sprache des Kurses"), required=False, max_length=40)
    accessibility = PlainText(
        label=_("Was muss barrierefrei sein?"), required=False,
        help_text=_("Was der Kurs braucht, nicht wer es braucht."),
    )  # fmt: skip
    wants_funding = forms.BooleanField(label=_("Wir möchten wissen, ob es Förderung gibt"), required=False)
    mandatory = forms.BooleanField(label=_("Die Schulung ist vorgeschrieben"), required=False)
    changes_work = forms.BooleanField(label=_("Die Arbeit dieser Personen ändert sich dadurch"), required=False)
    hidden_from = forms.ModelMultipleChoiceField(Organisation.objects.none(), required=False)
    hidden_names = PlainText(
        label=_("Name des Betriebs"), required=False, max_length=1000,
        help_text=_("Zum Beispiel ein Kunde, der aus Ihrem Bedarf auf einen Auftrag schließen könnte. "
                    "Mehrere Namen trennen Sie mit einem Semikolon."),
    )  # fmt: skip
    reason = PlainText(
        lines=2, max_length=300, label=_("Warum ändern Sie das?"), help_text=_("Der Betrieb liest diesen Satz."),
        error_messages={
            "required": _("Bitte schreiben Sie, warum Sie das ändern. Der Betrieb liest diesen Satz.")
        },
    )  # fmt: skip
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = once_key()

    def __init__(
        self, *args: Any, firms: QuerySet[Organisation], others: QuerySet[Organisation], need: Need | None = None,
        corrects: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        """`others`: whom this person may know of. `corrects`: the office changes the words of a firm."""
        self.firms, self.need, self.others, self.corrects = list(firms), need, others, corrects
        given = options.pop("initial", None) or {}
        initial = {**(_of_need(need) if need else _of_firm(self.firms)), **given}
        super().__init__(*args, initial=initial, **options)
        self._choices(firms)
        self._found: Walls | None = None

    def _choices(self, firms: QuerySet[Organisation]) -> None:
        self._field("topic").queryset = all_topics()
        self._field("hidden_from").queryset = self.others
        if self.need or len(self.firms) == 1:
            del self.fields["organisation"]
        else:
            self._field("organisation").queryset = firms
        if self.need:
            del self.fields["once"]  # what keeps two presses apart here is the edition
        if self.corrects:
            self._offer_all_topics()
        else:
            del self.fields["reason"]

    def _offer_all_topics(self) -> None:
        """The office knows the topics and looks nothing up."""
        topic = self._field("topic")
        topic.widget, topic.label, topic.empty_label = forms.Select(), _("Thema"), _("noch nicht zugeordnet")
        topic.widget.choices = topic.choices
        topic.label_from_instance = lambda one: one.name

    def _field(self, name: str) -> Any:
        return self.fields[name]

    # -- for the template ------------------------------------------------------------
    @property
    def suggestions(self) -> list[Topic]:
        """What is like the words; first the topic the need has already, so that it is not lost unseen."""
        found = suggest(str(self["topic_text"].value() or ""))
        known = self.need.topic if self.need else None
        return found if known is None or known in found else [known, *found]

    @property
    def chosen_topic(self) -> Any:
        return self["topic"].value()

    @property
    def rare(self) -> list[Any]:
        return [self[name] for name in RARE]

    @property
    def rare_open(self) -> bool:
        """Unfolded when something in them is wrong, or when somebody stands behind a wall."""
        return any(self.errors.get(name) for name in (*RARE, "hidden_names")) or bool(self.walls.chosen)

    @property
    def looks_again(self) -> bool:
        """Whether weighty changes bring the need back to the office."""
        return self.need is not None and self.need.state not in MOVABLE and not self.corrects

    @property
    def walls(self) -> Walls:
        """Who stands behind the wall, and who may have been meant."""
        if self._found is None:
            self._found = Walls([] if self.is_bound else self._kept_before())
        return self._found

    def _kept_before(self) -> list[Organisation]:
        return list(self.others.filter(pk__in=self.initial.get("hidden_from", ())))

    # -- what follows from it --------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("window_from"), values.get("window_until")
        if last and last < clock.today():
            self.add_error("window_until", _("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren."))
        elif first and last and last < first:
            self.add_error("window_until", _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie beide Tage."))
        self._put_up_walls(values)
        return values

    def _put_up_walls(self, values: dict[str, Any]) -> None:
        if self.errors.pop("hidden_from", None):
            self.add_error("hidden_names", _("Einen der angekreuzten Betriebe kennen wir nicht mehr."))
        self._found = walls_of(values.get("hidden_from") or [], values.get("hidden_names") or "", self.others)
        for problem in self._found.problems:
            self.add_error("hidden_names", problem)
        if any(one.pk == self._firm_id(values) for one in self._found.chosen):
            self.add_error("hidden_names", _("Vor dem eigenen Betrieb lässt sich ein Bedarf nicht verbergen."))

    def _firm_id(self, values: dict[str, Any]) -> UUID | None:
        chosen = self.need.organisation if self.need else values.get("organisation")
        firm = chosen or (self.firms[0] if len(self.firms) == 1 else None)
        return firm.pk if firm else None

    @property
    def firm(self) -> Organisation:
        """For whom; only after the form is valid."""
        if self.need:
            return self.need.organisation
        return self.firms[0] if len(self.firms) == 1 else self.cleaned_data["organisation"]

    def draft(self) -> NeedDraft:
        values = dict(self.cleaned_data)
        least, most = values.pop("seats")
        topic, place = values.pop("topic"), values.pop("place")
        for name in NOT_DRAFTED:
            values.pop(name, None)
        return NeedDraft(
            **values,
            seats=most,
            seats_min=least,
            postal_code=place,
            topic=topic.pk if topic else None,
            hidden_from=self._hidden(),
        )

    def _hidden(self) -> tuple[UUID, ...]:
        """Also those this person may not know of: a wall somebody else has put up stays."""
        unseen = self.need.hidden_from.exclude(pk__in=self.others.values("pk")) if self.need else []
        return tuple(one.pk for one in (*self.walls.chosen, *unseen))

    def renew(self, need: Need) -> None:
        """Somebody was faster: whoever presses again has now seen what stands there."""
        typed: Any = self.data
        typed = typed.copy()
        typed["edition"] = str(need.edition)
        self.need, self.data = need, typed


def _of_firm(firms: Sequence[Organisation]) -> dict[str, Any]:
    """A new form: what most firms would choose, and the place of their main site."""
    today = clock.today()
    usual = {
        "window_from": today, "shift": Shift.DAY, "occasion": Occasion.OTHER, "level": Level.APPLY,
        "format": Format.EITHER, "travel_minutes_max": 45, "confidentiality": Confidentiality.OPEN,
        "urgency": Urgency.NORMAL, "block": Block.ANY,
    }  # fmt: skip
    main = firms[0].sites.first() if len(firms) == 1 else None
    return {**usual, "place": f"{main.postal_code} {main.place}" if main else ""}


def _of_need(need: Need) -> dict[str, Any]:
    plain = {name: getattr(need, name) for name in NeedForm.base_fields if hasattr(need, name)}
    return {
        **plain,
        "topic": need.topic_id,
        "seats": (need.seats_min, need.seats),
        "place": need.postal_code,
        "hidden_from": [one.pk for one in need.hidden_from.all()],
    }
