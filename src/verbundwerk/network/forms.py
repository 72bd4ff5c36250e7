from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.forms import DateField, Form, NameText, PlainText, PostalCodeField

from .models import Alliance, Organisation, Site
from .region import UnknownPlace, place_of
from .rules import BODY_ROLES, Standing, roles_to_hand_on
from .terms import BodyKind, OrganisationKind, Representation, Role, Section, SizeClass

NOT_CHOSEN = ("", _("keine Angabe"))


class OrganisationForm(Form):
    name = NameText(label=_("Name der Organisation"))
    kind = forms.ChoiceField(label=_("Art"), choices=OrganisationKind.choices)
    size_class = forms.TypedChoiceField(
        label=_("Größe"), choices=[NOT_CHOSEN, *SizeClass.choices], required=False, coerce=int, empty_value=None
    )
    section = forms.ChoiceField(
        label=_("Wirtschaftszweig"),
        choices=[NOT_CHOSEN, *Section.choices],
        required=False,
        help_text=_("Abschnitt der Klassifikation WZ 2008, den auch die Statistik verwendet."),
    )
    website = forms.URLField(label=_("Internetseite"), required=False, max_length=200, assume_scheme="https")
    public = forms.BooleanField(
        label=_("Im öffentlichen Verzeichnis zeigen"),
        required=False,
        initial=True,
        help_text=_("Gezeigt werden Name, Art, Ort und Verbünde, nie Personen oder Bedarfe."),
    )

    def __init__(self, *args: Any, coordinates: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not coordinates:
            del self.fields["kind"], self.fields["public"]

    @classmethod
    def of(cls, one: Organisation) -> dict[str, Any]:
        return {name: getattr(one, name) for name in cls.base_fields}


class SiteForm(Form):
    name = PlainText(label=_("Bezeichnung"), max_length=80, help_text=_("Zum Beispiel „Hauptsitz“ oder „Werk 2“."))
    street = PlainText(label=_("Straße und Hausnummer"), max_length=120, required=False)
    postal_code = PostalCodeField(label=_("Postleitzahl"))
    place = PlainText(label=_("Ort"), max_length=80)
    representation = forms.ChoiceField(
        label=_("Interessenvertretung der Beschäftigten"),
        choices=Representation.choices,
        help_text=_("Gibt es keine, ist auch das in Ordnung: Dann fragen wir die Beschäftigten selbst."),
    )

    def clean_postal_code(self) -> str:
        code: str = self.cleaned_data["postal_code"]
        try:
            place_of(code)
        except UnknownPlace:
            sentence = _("Die Postleitzahl %(found)s liegt nicht in der Region der Verbünde.")
            raise ValidationError(sentence, code="outside", params={"found": code}) from None
        return code

    @property
    def site(self) -> dict[str, str]:
        """What was entered, and the district the postal code lies in."""
        return {**self.cleaned_data, "district": place_of(self.cleaned_data["postal_code"]).district}

    @classmethod
    def of(cls, one: Site) -> dict[str, Any]:
        return {name: getattr(one, name) for name in cls.base_fields}


class InvitationForm(Form):
    sometimes = ("alliance",)
    name = NameText(label=_("Vor- und Nachname"))
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        help_text=_("An diese Adresse geht die Einladung. Mit ihr meldet sich die Person später an."),
    )
    role = forms.ChoiceField(label=_("Rolle"), widget=forms.RadioSelect)
    alliance = forms.ModelChoiceField(
        label=_("Verbund"),
        queryset=Alliance.objects.none(),
        required=False,
        empty_label=_("keiner"),
        help_text=_("Nötig für Koordination, Projektleitung und Prüfung."),
    )

    def __init__(self, *args: Any, who: Standing, organisation: Organisation, alliances: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        open_roles = roles_to_hand_on(who, organisation.pk) - BODY_ROLES
        self.fields["role"].choices = _labels(open_roles)  # type: ignore[attr-defined]
        if who.coordinates:
            self.fields["alliance"].queryset = alliances  # type: ignore[attr-defined]
        else:
            del self.fields["alliance"]


def _labels(roles: Collection[str]) -> list[tuple[str, Any]]:
    return [(role.value, role.label) for role in Role if role in roles]


class JoinForm(Form):
    alliance = forms.ModelChoiceField(label=_("Verbund"), queryset=Alliance.objects.none())

    def __init__(self, *args: Any, alliances: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["alliance"].queryset = alliances  # type: ignore[attr-defined]


class EndForm(Form):
    on = DateField(
        label=_("Letzter Tag"),
        help_text=_("Bis zum Ende dieses Tages gilt die Rolle noch. Mit dem gestrigen Datum endet sie sofort."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, initial={"on": today}, **options)
        self.earliest = today - timedelta(days=1)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day < self.earliest:
            raise ValidationError(_("Das Datum liegt in der Vergangenheit. Frühestens geht das gestrige Datum."))
        return day


class ProfileForm(Form):
    name = NameText(label=_("Vor- und Nachname"))
    phone = PlainText(label=_("Telefon"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Sprache der Seiten und E-Mails"),
        choices=[("de", "Deutsch"), ("en", "English")],
        widget=forms.RadioSelect,
    )


class AcceptForm(Form):
    name = NameText(label=_("Vor- und Nachname"), help_text=_("So erscheinen Sie auf Listen und Bescheinigungen."))


class BodyForm(Form):
    kind = forms.ChoiceField(label=_("Art"), choices=BodyKind.choices)
    name = NameText(label=_("Name"))
    mission = PlainText(label=_("Auftrag"), lines=4, max_length=2000, required=False)


class SeatForm(Form):
    """Somebody takes a seat in a body."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse der Person"), max_length=254, help_text=_("Die Person muss schon angemeldet sein.")
    )
    organisation = forms.ModelChoiceField(label=_("Für welche Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Rolle"), choices=_labels(BODY_ROLES))

    def __init__(self, *args: Any, organisations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
