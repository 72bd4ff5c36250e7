"""What people without an account type, and how those who hand out links and look through it decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.forms import DateField, Form, NameText, PlainText
from verbundwerk.network.models import Organisation
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import all_topics, suggest, topic_for_text

from .. import rules_quick
from ..flow import LinkData, NewFirm, QuickWords
from ..models import QuickLink, QuickNeed
from ..moments import span_in
from ..queries import Shown, page_key, shown
from ..terms import LinkKind, Shift
from .need import PlaceField, SeatsField, read_plainly


class UntilField(forms.CharField):
    """„31.03.2027“, „Ende März“, „KW 12“. Cleans to the last day."""

    default_error_messages = {
        "open": _("„%(found)s“ sagt nicht, bis wann. Bitte schreiben Sie zum Beispiel: Ende März."),
        "over": _("„%(found)s“ ist schon vorbei. Bitte nennen Sie eine spätere Zeit."),
    }

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        until = read_plainly(lambda one: span_in(one, clock.today()).last, text)
        if text and until is None:
            raise ValidationError(self.error_messages["open"], code="open")
        if text and until < clock.today():
            raise ValidationError(self.error_messages["over"], code="over")
        return until


class QuickForm(Form):
    """Six fields at most: who comes from a link without a firm names it instead of themselves."""

    topic_text = PlainText(
        label=_("Was sollen die Menschen können oder lernen?"),
        help_text=_("Ein Satz genügt, zum Beispiel: Wir brauchen die Hochvolt-Schulung für die Werkstatt."),
        widget=forms.TextInput(attrs={"list": "alle-themen", "autocomplete": "off"}),
        error_messages={"required": _("Bitte schreiben Sie in einem Satz, worum es geht.")},
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), required=False, widget=forms.HiddenInput)
    seats = SeatsField(
        label=_("Für wie viele Personen?"),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
        error_messages={"required": _("Bitte geben Sie an, wie viele Personen es lernen sollen.")},
    )
    window_until = UntilField(
        label=_("Bis wann?"),
        help_text=_("Zum Beispiel: Ende März, KW 12 oder 31.03."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Bitte schreiben Sie, bis wann die Schulung gelaufen sein soll.")},
    )
    shift = forms.ChoiceField(label=_("In welcher Schicht arbeiten die Personen?"), choices=Shift, initial=Shift.DAY)
    firm_name = NameText(
        label=_("In welchem Betrieb?"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Bitte nennen Sie den Betrieb, in dem die Personen arbeiten.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"), max_length=254,
        help_text=_("Dorthin kommt gleich eine E-Mail mit einem Link. Erst wenn Sie dort bestätigen, sieht jemand "
                    "Ihre Meldung."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Bitte geben Sie Ihre E-Mail-Adresse an, damit Sie bestätigen können.")},
    )  # fmt: skip
    name = NameText(
        label=_("Ihr Name"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    # Nobody sees or hears this one; who fills it in has read the code of the page.
    website = forms.CharField(
        required=False, label=_("Bitte frei lassen"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip
    page = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(self, *args: Any, link: QuickLink, **options: Any) -> None:
        self.link = link
        options["initial"] = {**options.get("initial", {}), "page": page_key(link, clock.now())}
        super().__init__(*args, **options)
        topics: Any = self.fields["topic"]
        topics.queryset = all_topics()
        del self.fields["firm_name" if link.organisation_id else "name"]

    def clean_topic(self) -> Topic | None:
        """Chosen from the list, or known by exactly these words."""
        chosen: Topic | None = self.cleaned_data.get("topic")
        return chosen or topic_for_text(self.cleaned_data.get("topic_text", ""))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    # -- machines --------------------------------------------------------------------
    @property
    def shown(self) -> Shown:
        return shown(self.link, str(self.data.get("page", "")))

    def is_unhurried(self) -> bool:
        """Written as people write; else it is asked for once more, with everything still there."""
        seen = self.shown
        verdict = rules_quick.left_alone(self.cleaned_data["website"]) & rules_quick.unhurried(
            seen.at, clock.now(), again=seen.again
        )
        if not verdict:
            self.add_error(None, str(verdict.reason))
            self._show_again()
        return bool(verdict)

    def slow_down(self) -> None:
        self.add_error(None, rules_quick.slow_down())
        self._show_again()

    def _show_again(self) -> None:
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed["page"] = page_key(self.link, clock.now(), known=self.shown.key, again=True)
        typed["website"] = ""

    # -- for the page ----------------------------------------------------------------
    @property
    def suggestions(self) -> list[Topic]:
        return suggest(str(self["topic_text"].value() or ""))

    @property
    def all_topics(self) -> QuerySet[Topic]:
        """What a browser without JavaScript offers while one types."""
        return all_topics()

    @property
    def chosen_topic(self) -> Any:
        return self["topic"].value()

    @property
    def typed(self) -> list[tuple[Any, Any]]:
        """Label and words of everything typed, for a page that cannot take them any more."""
        shown_fields = (self[name] for name in self.fields if name not in ("page", "website", "topic"))
        return [(one.label, one.value()) for one in shown_fields if one.value()]

    def words(self) -> QuickWords:
        said = self.cleaned_data
        least, most = said["seats"]
        topic = said["topic"]
        return QuickWords(
            topic_text=said["topic_text"], topic_id=topic.pk if topic else None, seats=most, seats_min=least,
            window_until=said["window_until"], shift=said["shift"], email=said["email"],
            name=said.get("name", ""), firm_name=said.get("firm_name", ""), language=(get_language() or "de")[:2],
        )  # fmt: skip


# --- links --------------------------------------------------------------------------
class LinkForm(Form):
    sometimes = ("organisation",)
    kind = forms.ChoiceField(label=_("Wofür ist der Link?"), widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), required=False, label=_("Für welchen Betrieb?"), empty_label=_("Bitte wählen"),
        help_text=_("Nur beim Link eines Betriebs. Sonst fragt die Seite nach dem Betrieb."),
    )  # fmt: skip
    name = PlainText(
        label=_("Name"), max_length=80, help_text=_("Das lesen alle, die den Link öffnen: Aushang am Werktor.")
    )
    purpose = PlainText(
        label=_("Notiz"), required=False, help_text=_("Nur für Sie: wo der Aushang hängt, wer ihn hat.")
    )
    valid_until = DateField(
        label=_("Gilt bis"), help_text=_("Längstens ein Jahr. Widerrufen können Sie ihn jederzeit.")
    )

    def __init__(self, *args: Any, firms: QuerySet[Organisation], coordinates: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [one for one in LinkKind.choices if one[0] != LinkKind.DOOR]
        fields: Any = self.fields
        fields["kind"].choices = kinds
        fields["organisation"].queryset = firms
        if not coordinates:
            del fields["kind"]
            fields["organisation"].required, fields["organisation"].help_text = True, ""
            fields["organisation"].initial = firms.first()

    def clean_valid_until(self) -> Any:
        last, today = self.cleaned_data["valid_until"], clock.today()
        if last < today:
            raise ValidationError(_("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren."))
        if last > today + rules_quick.LINK_LASTS:
            raise ValidationError(_("Ein Link gilt längstens ein Jahr. Bitte wählen Sie einen früheren Tag."))
        return last

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        kind = said.setdefault("kind", LinkKind.FIRM) if "kind" not in self.fields else said.get("kind")
        if kind == LinkKind.FIRM and not said.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Bitte wählen Sie den Betrieb, für den der Link gilt."))
        if kind and kind != LinkKind.FIRM:
            said["organisation"] = None
        return said

    def link(self) -> LinkData:
        return LinkData(**{name: self.cleaned_data[name] for name in LinkData.__slots__})


# --- looking through ----------------------------------------------------------------
class AssignForm(Form):
    """Which firm was meant, in words; only a name that is one firm's is taken."""

    firm = PlainText(
        label=_("Welcher Betrieb ist gemeint?"), max_length=120,
        error_messages={"required": _("Bitte nennen Sie den Betrieb.")},
    )  # fmt: skip

    def __init__(self, *args: Any, quick: QuickNeed, firms: Any, **options: Any) -> None:
        super().__init__(*args, initial={"firm": quick.firm_name}, **options)
        self._firms = firms

    def clean_firm(self) -> Organisation:
        found: list[Organisation] = self._firms(self.cleaned_data["firm"])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("Einen Betrieb namens „%(found)s“ kennen wir nicht."), code="unknown")
        names = ", ".join(f"„{one.name}“" for one in found)
        raise ValidationError(
            _("„%(found)s“ passt zu mehreren Betrieben: %(names)s. Bitte schreiben Sie den ganzen Namen."),
            code="many", params={"names": names},
        )  # fmt: skip


class NewFirmForm(Form):
    name = NameText(label=_("Name des Betriebs"))
    place = PlaceField(label=_("Wo ist der Betrieb?"), help_text=_("Postleitzahl oder Ort."))
    person = NameText(
        label=_("Vor- und Nachname der Person, die Sie einladen"),
        help_text=_("Sie bekommt die Rolle Personalverantwortung und sieht dann diese Kurzmeldung."),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-Mail-Adresse dieser Person"), max_length=254)

    def __init__(self, *args: Any, quick: QuickNeed, **options: Any) -> None:
        known = {"name": quick.firm_name, "person": quick.name, "email": quick.email}
        super().__init__(*args, initial=known, **options)

    def firm(self) -> NewFirm:
        said = self.cleaned_data
        return NewFirm(name=said["name"], postal_code=said["place"], email=said["email"], person=said["person"])
