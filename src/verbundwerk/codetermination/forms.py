"""What the two sides of a firm type: a plan, a date, a statement, a paper, a proposal, an answer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.forms import DateField, Form, PlainText, UploadField, once_key
from verbundwerk.base.verdicts import Verdict
from verbundwerk.network.models import Organisation, Site

from . import bases, rules
from .flow import CaseData, ProposalData
from .models import Case, Proposal
from .terms import ProposalKind, SubjectKind

# What a person opens by hand; the other kinds are opened by the rooms that know the thing.
_OPENED_BY_HAND = {SubjectKind.SURVEY, SubjectKind.PLATFORM, SubjectKind.GROUP_APPLICATION}
BY_HAND = [one for one in SubjectKind.choices if one[0] in _OPENED_BY_HAND]
USUAL_ANSWER = timedelta(days=14)


class FirmForm(Form):
    """For people who act for several firms the firm is asked; the others have only one."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Für welchen Betrieb?"), empty_label="")
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Standort"), required=False, empty_label=_("ganzer Betrieb"),
        help_text=_("Nur wenn es um einen einzelnen Standort geht."),
    )  # fmt: skip

    def __init__(self, *args: Any, firms: QuerySet[Organisation], sites: QuerySet[Site], **options: Any) -> None:
        super().__init__(*args, **options)
        self.firms = list(firms)
        self._limit("site", sites)
        self._limit("organisation", firms)
        if len(self.firms) == 1:
            del self.fields["organisation"]
        if sites.count() < 2:
            del self.fields["site"]

    def _limit(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    @property
    def firm(self) -> Organisation:
        """For whom; only after the form is valid."""
        return self.firms[0] if len(self.firms) == 1 else self.cleaned_data["organisation"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        site, firm = values.get("site"), values.get("organisation")
        if site and firm and site.organisation_id != firm.pk:
            self.add_error(
                "site", _("Dieser Standort gehört zu einem anderen Betrieb. Bitte wählen Sie einen passenden.")
            )
        return values

    def hold(self, verdict: Verdict, field: str) -> None:
        """A rule that says no becomes an error beside the field."""
        if not verdict:
            self.add_error(field, str(verdict.reason))


class CaseForm(FirmForm):
    kind = forms.ChoiceField(label=_("Worum geht es?"), choices=BY_HAND, widget=forms.RadioSelect)
    label = PlainText(
        label=_("Wie heißt das Vorhaben?"), help_text=_("Zum Beispiel „Fragebogen zum Bildungsbedarf 2027“."),
        error_messages={"required": _("Bitte geben Sie dem Vorhaben einen Namen.")},
    )  # fmt: skip
    details = PlainText(
        lines=5, required=False, label=_("Was ist geplant?"),
        help_text=_("Was, wann, für wen. Das lesen nur Sie und Ihr Betriebsrat. Bitte keine Namen einzelner Personen."),
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("Rechtsgrundlage"), required=False,
        help_text=_("Wenn Sie unsicher sind, lassen Sie die übliche stehen. Wir erklären sie auf der nächsten Seite."),
    )  # fmt: skip
    concerns_disabled = forms.BooleanField(
        label=_("Es betrifft schwerbehinderte Menschen"), required=False,
        help_text=_("Dann unterrichten und hören Sie auch die Schwerbehindertenvertretung (§ 178 Abs. 2 SGB IX)."),
    )  # fmt: skip
    concerns_young = forms.BooleanField(
        label=_("Es betrifft Auszubildende oder Jugendliche"), required=False,
        help_text=_("Dann erfährt es auch die Jugend- und Auszubildendenvertretung (§ 70 Abs. 2 BetrVG)."),
    )  # fmt: skip
    once = once_key()
    field_order = ("organisation", "site", "kind", "label", "details", "basis")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["basis"]
        field.choices = [("", _("die übliche für dieses Vorhaben")), *_basis_choices(clock.today())]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("basis") and values.get("kind"):
            line = bases.basis(values["basis"], clock.today())
            self.hold(rules.fits_subject(line.subjects, values["kind"]), "basis")
        return values

    def plan(self) -> CaseData:
        """The use of the platform is one thing per firm, however often somebody fills in the form."""
        values = self.cleaned_data
        of_the_firm = values["kind"] == SubjectKind.PLATFORM
        return CaseData(
            subject=self.firm.pk if of_the_firm else values["once"],
            site=values.get("site"),
            **{name: values[name] for name in ("kind", "label", "details", "basis")},
            **{name: values[name] for name in ("concerns_disabled", "concerns_young")},
        )


def _basis_choices(on: date) -> Iterable[tuple[str, str]]:
    kinds = {one for one, _label in BY_HAND}
    return [(one.code, one.name) for one in bases.in_force(on) if kinds & set(one.subjects)]


class InformForm(Form):
    due_on = DateField(
        label=_("Antwort erbeten bis"),
        help_text=_("Das Gesetz nennt keinen Tag, nur „rechtzeitig“. Der Tag hier ist unser Vorschlag, Sie können ihn "
                    "ändern. Lassen Sie Zeit zum Lesen und Beraten."),
        error_messages={"required": _("Bitte geben Sie an, bis wann Sie eine Antwort erbitten.")},
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, initial={"due_on": case.basis.due_on(clock.today())}, **options)

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        verdict = rules.is_a_deadline(due_on, clock.today())
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return due_on


class StatementForm(Form):
    """One box and three buttons. `says` is the button; a refusal needs words."""

    text = PlainText(
        lines=3, required=False, label=_("Ihre Worte dazu"),
        help_text=_("Zum Zustimmen nicht nötig. Wenn Sie ablehnen, schreiben Sie bitte, warum."),
    )  # fmt: skip
    says = forms.ChoiceField(
        choices=[("agree", ""), ("refuse", ""), ("talk", "")], widget=forms.HiddenInput, required=False
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        verdict = rules.says_enough(values.get("says", ""), values.get("text", ""))
        if not values.get("says"):
            self.add_error(None, _("Bitte drücken Sie einen der drei Knöpfe."))
        elif not verdict:
            self.add_error("text", str(verdict.reason))
        return values


class DocumentForm(Form):
    file = UploadField(
        label=_("Unterlage dazulegen"), kinds=("pdf", "xlsx", "csv"),
        help_text=_("PDF, XLSX oder CSV, höchstens 5 MB. Beide Seiten können sie lesen, sonst niemand."),
        error_messages={"required": _("Bitte wählen Sie eine Datei aus.")},
    )  # fmt: skip


class ReasonForm(Form):
    reason = PlainText(
        lines=2, max_length=300, label=_("Grund"),
        error_messages={"required": _("Bitte nennen Sie einen Grund.")},
    )  # fmt: skip


class ConciliationForm(Form):
    text = PlainText(lines=4, required=False, label=_("Worüber sind Sie sich nicht einig?"))


AGREED, NOT_AGREED = "agreed", "not_agreed"
OUTCOMES: list[tuple[str, str | Promise]] = [
    (AGREED, _("Es gibt eine Einigung, oder der Spruch ersetzt sie")),
    (NOT_AGREED, _("Es gibt keine Einigung")),
]


class AwardForm(Form):
    outcome = forms.ChoiceField(label=_("Was ist das Ergebnis?"), choices=OUTCOMES, widget=forms.RadioSelect)
    text = PlainText(
        lines=4, label=_("Ergebnis in Ihren Worten"),
        error_messages={"required": _("Bitte schreiben Sie, was die Einigungsstelle ergeben hat.")},
    )  # fmt: skip


class ProposalForm(FirmForm):
    kind = forms.ChoiceField(label=_("Was schlagen Sie vor?"), choices=ProposalKind, widget=forms.RadioSelect)
    title = PlainText(
        label=_("In einem Satz"), help_text=_("Zum Beispiel „Auch die Nachtschicht schulen“."),
        error_messages={"required": _("Bitte sagen Sie in einem Satz, worum es geht.")},
    )  # fmt: skip
    text = PlainText(
        lines=6, label=_("Ihr Vorschlag"),
        help_text=_("Das lesen nur Sie und die Personalverantwortlichen Ihres Betriebs."),
        error_messages={"required": _("Bitte beschreiben Sie Ihren Vorschlag.")},
    )  # fmt: skip
    answer_by = DateField(
        label=_("Antwort erwartet bis"),
        help_text=_("Das Gesetz nennt keinen Tag. Der Tag hier ist unser Vorschlag, Sie können ihn ändern."),
        error_messages={"required": _("Bitte geben Sie an, bis wann Sie eine Antwort erwarten.")},
    )  # fmt: skip
    once = once_key()
    field_order = ("organisation", "site", "kind", "title", "text", "answer_by")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial={"answer_by": clock.today() + USUAL_ANSWER}, **options)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("answer_by"):
            self.hold(rules.is_a_deadline(values["answer_by"], clock.today()), "answer_by")
        return values

    def proposal(self) -> ProposalData:
        names = ("kind", "title", "text", "answer_by", "once")
        return ProposalData(site=self.cleaned_data.get("site"), **{name: self.cleaned_data[name] for name in names})


ACCEPT, DECLINE = "accept", "decline"
DECISIONS: list[tuple[str, str | Promise]] = [
    (ACCEPT, _("Wir nehmen den Vorschlag an")), (DECLINE, _("Wir lehnen den Vorschlag ab"))
]  # fmt: skip


class AnswerForm(Form):
    decision = forms.ChoiceField(label=_("Ihre Antwort"), choices=DECISIONS, widget=forms.RadioSelect)
    answer = PlainText(
        lines=5, required=False, label=_("Begründung oder nächste Schritte"),
        help_text=_("Wenn Sie ablehnen, nennen Sie bitte Ihre Gründe."),
    )  # fmt: skip
    told_in_person = forms.BooleanField(label=_("Wir haben die Gründe im Gespräch genannt"), required=False)

    def __init__(self, *args: Any, proposal: Proposal, **options: Any) -> None:
        super().__init__(*args, **options)
        self.proposal = proposal
        if rules.must_answer_in_writing(proposal):
            del self.fields["told_in_person"]

    @property
    def accepted(self) -> bool:
        return bool(self.cleaned_data.get("decision") == ACCEPT)

    @property
    def told(self) -> bool:
        return bool(self.cleaned_data.get("told_in_person"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        words = {"answer": values.get("answer", ""), "told_in_person": self.told}
        verdict = rules.gives_reasons(self.proposal, accepted=self.accepted, **words)
        if values.get("decision") and not verdict:
            self.add_error("answer", str(verdict.reason))
        return values
