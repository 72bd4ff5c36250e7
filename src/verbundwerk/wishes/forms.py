"""What people type about themselves, and how the firm answers."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.forms import DateField, Form, PlainText, once_key
from verbundwerk.codetermination.forms import FirmForm
from verbundwerk.needs.terms import Shift
from verbundwerk.network.models import Organisation
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import all_topics
from verbundwerk.topics.terms import Level

from . import rules_surveys
from .flow import SurveyWords, TalkWords, WishWords
from .models import Survey, Wish
from .queries import topics_of
from .terms import Times

WORDS = ("topic_text", "details", "shift", "times", "fixed_end")


class WishForm(Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("In welchem Betrieb?"), empty_label="")
    topic_text = PlainText(
        label=_("Was möchten Sie lernen?"),
        help_text=_("In Ihren Worten, zum Beispiel „Roboter programmieren“ oder „Englisch“."),
        error_messages={"required": _("Bitte schreiben Sie in ein paar Worten, was Sie lernen möchten.")},
    )
    details = PlainText(
        lines=3, max_length=2000, required=False, label=_("Warum ist Ihnen das wichtig?"),
        help_text=_("Nur wenn Sie mögen. Das liest zuerst niemand außer Ihnen."),
    )  # fmt: skip
    shift = forms.ChoiceField(label=_("In welcher Schicht arbeiten Sie?"), choices=Shift, initial=Shift.DAY)
    times = forms.ChoiceField(label=_("Wann könnten Sie?"), choices=Times, initial=Times.ANY)
    fixed_end = forms.BooleanField(
        label=_("Ich muss pünktlich gehen können"), required=False,
        help_text=_("Zum Beispiel weil Sie Kinder betreuen oder jemanden pflegen. Den Grund müssen Sie nicht nennen."),
    )  # fmt: skip
    once = once_key()

    def __init__(
        self, *args: Any, employers: QuerySet[Organisation], wish: Wish | None = None, about_pool: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        """`about_pool`: what one wants to learn is already said by the pool."""
        self.employers = list(employers)
        if wish:
            options["initial"] = {name: getattr(wish, name) for name in WORDS}
        super().__init__(*args, **options)
        choice: Any = self.fields["organisation"]
        choice.queryset = employers
        if wish or len(self.employers) == 1:
            del self.fields["organisation"]
        if wish:
            del self.fields["once"]
        if about_pool:
            del self.fields["topic_text"]

    @property
    def employer(self) -> Organisation:
        """Where; only after the form is valid."""
        return self.cleaned_data.get("organisation") or self.employers[0]

    def words(self) -> WishWords:
        return WishWords(**{name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data})


class TalkForm(Form):
    """Nothing here takes a name, a date or a sentence."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("In welchem Betrieb?"), empty_label="")
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("Worum ging es?"), empty_label=_("Bitte wählen"),
        help_text=_("Fehlt ein Thema? Dann sagen Sie es der Koordination."),
        error_messages={"required": _("Bitte wählen Sie ein Thema.")},
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("Wie viele Personen möchten das lernen?"), min_value=1, max_value=99, initial=1,
        error_messages={"required": _("Bitte geben Sie an, wie viele Personen das lernen möchten.")},
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=_("Wie gut wollen sie es können?"), choices=Level, coerce=int, initial=Level.APPLY
    )
    shift = forms.ChoiceField(label=_("In welcher Schicht arbeiten sie?"), choices=Shift, initial=Shift.DAY)
    once = once_key()

    def __init__(self, *args: Any, firms: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.firms = list(firms)
        topic, firm = cast(Any, self.fields["topic"]), cast(Any, self.fields["organisation"])
        topic.queryset, firm.queryset = all_topics(), firms
        topic.label_from_instance = lambda one: one.name
        if len(self.firms) == 1:
            del self.fields["organisation"]

    @property
    def firm(self) -> Organisation:
        """Where; only after the form is valid."""
        return self.cleaned_data.get("organisation") or self.firms[0]

    def words(self) -> TalkWords:
        return TalkWords(**{name: self.cleaned_data[name] for name in ("topic", "people", "level", "shift")})


class SurveyForm(FirmForm):
    title = PlainText(
        max_length=160, label=_("Wie heißt die Befragung?"),
        help_text=_("Zum Beispiel „Was möchten wir 2027 lernen?“."),
        error_messages={"required": _("Bitte geben Sie der Befragung einen Namen.")},
    )  # fmt: skip
    intro = PlainText(
        lines=3, max_length=1000, required=False, label=_("Was sollen die Menschen vorher wissen?"),
        help_text=_("Worum es geht und was Sie mit dem Ergebnis machen."),
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("Welche Themen stehen zur Wahl?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens zwei Themen.")},
    )  # fmt: skip
    runs_until = DateField(
        label=_("Bis wann läuft sie?"),
        error_messages={"required": _("Bitte geben Sie an, bis wann geantwortet werden kann.")},
    )
    once = once_key()
    field_order = ("organisation", "site", "title", "intro", "topics", "runs_until")

    def __init__(self, *args: Any, survey: Survey | None = None, **options: Any) -> None:
        if survey:
            plain = {name: getattr(survey, name) for name in ("title", "intro", "runs_until", "site")}
            options["initial"] = {**plain, "topics": [one.topic_id for one in survey.topics.all()]}
        super().__init__(*args, **options)
        topics: Any = self.fields["topics"]
        topics.queryset = all_topics()
        topics.label_from_instance = lambda one: one.name
        if survey:
            for name in {"organisation", "once"} & set(self.fields):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("topics") is not None:
            self.hold(rules_surveys.enough_choice(len(values["topics"])), "topics")
        if values.get("runs_until"):
            self.hold(rules_surveys.lies_ahead(values["runs_until"], clock.today()), "runs_until")
        return values

    def words(self) -> SurveyWords:
        values = self.cleaned_data
        return SurveyWords(
            title=values["title"], intro=values["intro"], runs_until=values["runs_until"],
            topics=tuple(values["topics"]), site=values.get("site"),
        )  # fmt: skip


class AnswerForm(Form):
    """What nobody can be recognised by: topics to tick, a shift to choose, no word to write."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), required=False, label=_("Was davon möchten Sie lernen?"),
        widget=forms.CheckboxSelectMultiple, help_text=_("Sie können mehrere ankreuzen, oder keines."),
    )  # fmt: skip
    shift = forms.ChoiceField(label=_("In welcher Schicht arbeiten Sie?"), choices=Shift, widget=forms.RadioSelect)
    # Nobody sees or hears this one; who fills it in has read the code of the page.
    website = forms.CharField(
        required=False, label=_("Bitte frei lassen"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip
    once = once_key()

    def __init__(self, *args: Any, survey: Survey, **options: Any) -> None:
        super().__init__(*args, **options)
        topics: Any = self.fields["topics"]
        topics.queryset = topics_of(survey)
        topics.label_from_instance = lambda one: one.name


class DeclineForm(Form):
    answer = PlainText(
        lines=3, max_length=300, label=_("Ihre Antwort"),
        help_text=_("Wer den Wunsch hatte, liest diesen Satz."),
        error_messages={"required": _("Bitte schreiben Sie einen Satz dazu. Wer den Wunsch hatte, liest ihn.")},
    )  # fmt: skip
