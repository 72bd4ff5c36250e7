from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.forms import DateField, EuroField, Form, PlainText
from verbundwerk.base.uploads import check_size
from verbundwerk.network.models import Organisation, Site
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import all_topics
from verbundwerk.topics.terms import Level

from .flow import Entry, EntryDate, OfferData
from .imports import BYTES_AT_MOST, CatalogueError, read_openqcat
from .models import Offer, Venue
from .terms import OfferKind, Pattern

MOST_SEATS = 999
SALT = "catalogue.preview"
PREVIEW_LASTS = 24 * 60 * 60


class ProviderForm(Form):
    """Asks for whom only where somebody acts for several."""

    provider = forms.ModelChoiceField(label=_("Anbieter"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, providers: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = providers
        if len(known := list(providers[:2])) == 1:
            field.initial, field.widget = known[0].pk, forms.HiddenInput()


class OfferForm(ProviderForm):
    title = PlainText(label=_("Titel"), max_length=200)
    topic = forms.ModelChoiceField(
        label=_("Thema"),
        queryset=Topic.objects.none(),
        required=False,
        help_text=_("Ohne Thema kann das Angebot nicht in Bündelvorschläge eingehen."),
    )
    level = forms.TypedChoiceField(label=_("Niveau"), choices=Level, coerce=int)
    kind = forms.ChoiceField(label=_("Art"), choices=OfferKind, initial=OfferKind.COURSE)
    description = PlainText(label=_("Was Teilnehmende lernen"), lines=6, max_length=8000, required=False)
    days = forms.IntegerField(label=_("Kurstage"), min_value=1, max_value=1000)
    teaching_units = forms.IntegerField(
        label=_("Unterrichtseinheiten (45 Minuten)"), min_value=1, max_value=10_000, required=False
    )
    seats_min = forms.IntegerField(label=_("Kleinste Gruppe"), min_value=1, max_value=MOST_SEATS, initial=6)
    seats_max = forms.IntegerField(label=_("Größte Gruppe"), min_value=1, max_value=MOST_SEATS, initial=15)
    fixed_cents = EuroField(label=_("Fester Preis für den ganzen Kurs"), required=False)
    per_seat_cents = EuroField(label=_("Preis je Platz"), required=False, help_text=_("Kommt zum festen Preis dazu."))
    online_cents = EuroField(label=_("Aufpreis, wenn der Kurs online ist"), required=False)
    onsite = forms.BooleanField(label=_("in Präsenz"), required=False, initial=True)
    online = forms.BooleanField(label=_("online"), required=False)
    patterns = forms.MultipleChoiceField(
        label=_("Mögliche Rhythmen"), choices=Pattern, widget=forms.CheckboxSelectMultiple, required=False
    )
    venues = forms.ModelMultipleChoiceField(
        label=_("Räume"),
        queryset=Venue.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Ohne Auswahl kommt jeder passende Raum der Region infrage."),
    )
    reference = PlainText(label=_("Ihre eigene Angebotsnummer"), max_length=80, required=False)
    expires_on = DateField(label=_("Angebot gilt bis"), required=False)
    published = forms.BooleanField(label=_("Im Katalog zeigen"), required=False, initial=True)

    def __init__(self, *args: Any, venues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["venues"].queryset = venues  # type: ignore[attr-defined]
        self.fields["topic"].queryset = all_topics()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        small, large = data.get("seats_min"), data.get("seats_max")
        if small and large and small > large:
            self.add_error("seats_max", _("Die größte Gruppe (%(found)s) ist kleiner als die kleinste."))
        if not (data.get("onsite") or data.get("online")):
            self.add_error("onsite", _("Bitte wählen Sie Präsenz, online oder beides."))
        return data

    def offer_data(self) -> OfferData:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "provider"}
        typed |= {"patterns": tuple(typed["patterns"]), "venues": tuple(typed["venues"])}
        return OfferData(**{**typed, "online_cents": typed["online_cents"] or 0})


def initial_of(offer: Offer) -> dict[str, Any]:
    """What the form shows for a stored offer."""
    names = [name for name in OfferForm.base_fields if name not in {"venues", "topic", "provider"}]
    stored = {name: getattr(offer, name) for name in names}
    return {**stored, "topic": offer.topic_id, "venues": offer.venues.all(), "provider": offer.provider_id}


class VenueForm(Form):
    site = forms.ModelChoiceField(label=_("Standort"), queryset=Site.objects.none())
    name = PlainText(label=_("Name des Raums"), max_length=80)
    capacity = forms.IntegerField(label=_("Plätze"), min_value=1, max_value=MOST_SEATS)
    rent_cents = EuroField(label=_("Miete je Tag"), required=False)
    equipment = PlainText(label=_("Ausstattung"), max_length=300, required=False)
    accessible = forms.BooleanField(label=_("barrierefrei erreichbar"), required=False)

    def __init__(self, *args: Any, sites: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["site"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = sites


class UploadForm(ProviderForm):
    """A catalogue file; `entries` after it was read."""

    file = forms.FileField(
        label=_("open-Qcat-Datei (XML, höchstens 5 MB)"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".xml"}),
    )

    def clean_file(self) -> list[Entry]:
        file = self.cleaned_data["file"]
        check_size(file, BYTES_AT_MOST)
        try:
            entries = read_openqcat(BytesIO(file.read()))
        except CatalogueError as wrong:
            raise ValidationError(str(wrong.reason), code="catalogue") from wrong
        if not entries:
            raise ValidationError(_("In dieser Datei steht kein Angebot."), code="empty")
        return entries


class TakeForm(ProviderForm):
    """Carries what was previewed, signed, so that nothing is stored before somebody says yes."""

    entries = forms.CharField(widget=forms.HiddenInput, max_length=4_000_000)

    def clean_entries(self) -> list[Entry]:
        try:
            packed = signing.loads(self.cleaned_data["entries"], salt=SALT, max_age=PREVIEW_LASTS)
        except signing.BadSignature as wrong:
            raise ValidationError(
                _("Diese Vorschau ist abgelaufen oder verändert. Bitte laden Sie die Datei noch einmal hoch."),
                code="preview",
            ) from wrong
        return [_unpacked(one) for one in packed]


def packed(entries: Iterable[Entry]) -> str:
    rows = [
        {**{name: getattr(one, name) for name in Entry.__slots__}, "dates": [_plain(day) for day in one.dates]}
        for one in entries
    ]
    return signing.dumps(rows, salt=SALT, compress=True)


def _plain(day: EntryDate) -> list[Any]:
    return [day.starts_on.isoformat(), day.ends_on.isoformat(), day.place, day.postal_code, day.price_cents]


def _unpacked(row: dict[str, Any]) -> Entry:
    dates = tuple(EntryDate(date.fromisoformat(a), date.fromisoformat(b), *rest) for a, b, *rest in row["dates"])
    return Entry(**{**row, "dates": dates})
