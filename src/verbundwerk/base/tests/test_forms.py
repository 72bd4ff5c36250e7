"""What people type wrongly is named, kept and explained; what they type rightly is understood."""

import html
import io
import re
import zipfile
from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.fields import cents_in
from verbundwerk.base.figures import euro_text
from verbundwerk.base.forms import (
    DateField,
    EuroField,
    FilterForm,
    Form,
    PlainText,
    PostalCodeField,
    UploadField,
    once_key,
)

COLOURS = [("red", "Rot"), ("blue", "Blau")]
MEGABYTE = 1024 * 1024


class Sample(Form):
    name = PlainText(label="Name", help_text="Wie man Sie ruft.")
    story = PlainText(label="Geschichte", lines=4, required=False)
    old_style = forms.CharField(label="Altes Feld", required=False)
    count = forms.IntegerField(
        label="Anzahl", min_value=1, max_value=500, error_messages={"required": "Wie viele brauchen Sie?"}
    )
    price = EuroField(label="Preis", required=False)
    on = DateField(label="Tag")
    postal_code = PostalCodeField(label="PLZ", required=False)
    email = forms.EmailField(label="E-Mail", required=False)
    shade = forms.ChoiceField(label="Farbe", choices=COLOURS, widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Gelesen")


GOOD = {"name": "Ada", "count": "3", "on": "2026-03-05", "shade": "red", "agreed": "on"}


def sent(**changes: str) -> Sample:
    query = QueryDict(mutable=True)
    query.update({**GOOD, **changes})
    return Sample(query)


def message(field: str, typed: str) -> str:
    form = sent(**{field: typed})
    assert not form.is_valid()
    assert set(form.errors) == {field}
    return form.errors[field][0]


def test_a_good_form_is_taken_as_it_is():
    form = sent(name="Çağla 🦊👩‍🔧 O'Neill <b>", price="1.200,50 €", postal_code="38100")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Çağla 🦊👩‍🔧 O'Neill <b>"
    assert form.cleaned_data["price"] == 120_050
    assert form.cleaned_data["on"] == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("field", "typed", "parts"),
    [
        ("name", "", ["Bitte füllen Sie dieses Feld aus."]),
        ("name", "x" * 201, ["201 Zeichen", "höchstens 200", "kürzen"]),
        ("name", "gut\u202egetarnt", ["Stelle 4", "U+202E", "löschen"]),
        ("name", "a\u200fb", ["U+200F"]),
        ("name", "a\u2066b", ["U+2066"]),
        ("name", "a\x00b", ["U+0000"]),
        ("name", "a\x1bb", ["U+001B"]),
        ("old_style", "a\u202eb", ["U+202E"]),
        ("old_style", "x" * 201, ["höchstens 200"]),
        ("story", "x" * 4001, ["höchstens 4000"]),
        ("count", "", ["Wie viele brauchen Sie?"]),
        ("count", "abc", ["„abc“ ist keine ganze Zahl"]),
        ("count", "3,5", ["„3,5“ ist keine ganze Zahl"]),
        ("count", "0", ["0 ist zu wenig", "1"]),
        ("count", "501", ["501 ist zu viel", "500"]),
        ("count", "9" * 5000, ["keine ganze Zahl"]),
        ("price", "viel", ["„viel“ ist kein Betrag", "1.200,50"]),
        ("price", "-5", ["„-5“"]),
        ("price", "1,200", ["„1,200“"]),
        ("price", "10.000.000,01", ["zu viel", "10.000.000,00"]),
        ("on", "", ["Bitte füllen"]),
        ("on", "31.02.2026", ["„31.02.2026“ ist kein Datum"]),
        ("on", "0026-03-05", ["Jahr", "0026"]),
        ("on", "morgen", ["„morgen“"]),
        ("postal_code", "1234", ["„1234“", "fünf Ziffern"]),
        ("postal_code", "٣٨١٠٠", ["fünf Ziffern"]),
        ("postal_code", "00000", ["fünf Ziffern"]),
        ("email", "ada(at)x", ["„ada(at)x“", "name@beispiel.de"]),
        ("shade", "", ["Bitte wählen Sie etwas aus."]),
        ("shade", "green", ["„green“ steht nicht zur Auswahl"]),
        ("agreed", "", ["Häkchen"]),
    ],
)
def test_what_is_wrong_is_named_with_the_way_out(field, typed, parts):
    said = message(field, typed)
    assert all(part in said for part in parts), said
    assert "%(" not in said


def test_what_is_quoted_is_short_and_cannot_turn_the_sentence_around():
    said = message("count", "\u202e" + "y" * 300)
    assert "\u202e" not in said
    assert len(said) < 200


def test_a_script_stays_text_on_the_page():
    form = sent(name="<script>alert(1)</script>", count="<script>")
    page = str(form)
    assert "<script" not in page
    assert html.escape("<script>alert(1)</script>") in page


def test_everything_typed_is_still_there_after_a_mistake():
    page = str(sent(name="x" * 250, count="abc", price="viel", on="31.02.2026", shade="blue"))
    for kept in ["x" * 250, 'value="abc"', 'value="viel"', 'value="31.02.2026"']:
        assert kept in page
    assert re.search(r'value="blue"[^>]*checked', page)


def test_the_browser_is_never_told_to_cut_off_what_is_pasted():
    assert "maxlength" not in str(Sample())


def test_hint_and_error_belong_to_their_field_for_a_screen_reader():
    page = str(sent(name=""))
    control = re.search(r'<input[^>]*name="name"[^>]*>', page)[0]
    assert 'aria-invalid="true"' in control
    named = re.search(r'aria-describedby="([^"]+)"', control)[1].split()
    assert named == ["id_name_helptext", "id_name_error"]
    assert all(f'id="{one}"' in page for one in named)


def test_a_group_of_choices_has_a_legend_and_its_error_as_description():
    page = str(sent(shade=""))
    group = re.search(r"<fieldset.*?</fieldset>", page, re.S)[0]
    assert 'aria-describedby="id_shade_error"' in group
    assert re.search(r'<legend class="kern-label">\s*Farbe', group)
    assert group.count('type="radio"') == 2


def test_the_summary_takes_the_focus_and_leads_to_each_field():
    page = str(sent(count="abc", shade=""))
    summary = page[page.index("vw-summary") : page.index("</ul>")]
    assert "autofocus" in summary
    assert 'href="#id_count"' in summary
    assert 'href="#id_shade_0"' in summary
    assert 'id="id_shade_0"' in page
    assert "vw-summary" not in str(Sample())


def test_optional_fields_say_so_in_words_and_filters_do_not():
    class Search(FilterForm):
        text = forms.CharField(required=False)

    page = str(Sample())
    assert page.count("(freiwillig)") == 5
    assert "*" not in page
    assert "(freiwillig)" not in str(Search())


def test_what_is_needed_under_a_condition_is_never_called_optional_and_the_rest_is_explained():
    class Word(Form):
        sometimes = ("until",)
        price = forms.CharField()
        until = forms.CharField(required=False, help_text="Nur bei einer Bedingung.")

    class WithNote(Word):
        note = forms.CharField(required=False)

    assert "freiwillig" not in str(Word())
    page = str(WithNote())
    assert page.count("(freiwillig)") == 1
    assert "Wo nicht „freiwillig“ steht, brauchen wir eine Angabe." in page


def test_a_form_of_another_package_gets_the_same_clothes():
    class Foreign(forms.Form):
        name = forms.CharField()
        kind = forms.ChoiceField(choices=COLOURS)

    page = str(Foreign({}))
    assert "kern-form-input__input--error" in page
    assert "kern-form-input__select--error" in page
    assert "kern-form-input__select-wrapper" in page


def test_messages_are_english_on_an_english_page():
    with translation.override("en"):
        assert "whole number" in message("count", "abc")


# --- money --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("480", 48_000),
        ("480 €", 48_000),
        ("€ 480", 48_000),
        ("480 Euro", 48_000),
        ("480,–", 48_000),
        ("480,5", 48_050),
        ("0", 0),
        ("1.200", 120_000),
        ("1.200,50", 120_050),
        ("1 200,50", 120_050),
        ("1,200.50", 120_050),
        ("12.50", 1_250),
        ("1.2", 120),
        ("1.20,5", None),
        ("1.2000", None),
        ("1,234,5", None),
        ("12 34", None),
        ("٤٨٠", None),
        ("", None),
        ("1e9", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, cents):
    assert cents_in(typed) == cents


@given(st.integers(min_value=0, max_value=1_000_000_000))
def test_every_amount_we_print_is_read_back_to_the_cent(cents):
    with translation.override("de"):
        assert cents_in(euro_text(cents)) == cents
    with translation.override("en"):
        assert cents_in(euro_text(cents)) == cents


@given(st.integers(min_value=0, max_value=1_000_000_000))
def test_a_stored_amount_survives_being_shown_and_sent_again(cents):
    assert EuroField().clean(EuroField().prepare_value(cents)) == cents


@given(st.text())
def test_no_text_breaks_the_reading_of_money(text):
    found = cents_in(text)
    assert found is None or found >= 0


def test_no_amount_is_not_zero():
    assert EuroField(required=False).clean("") is None


# --- files --------------------------------------------------------------------------
class Upload(Form):
    file = UploadField(kinds=("xlsx", "csv"), max_bytes=2 * MEGABYTE)


def workbook(name: str = "xl/workbook.xml") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "<workbook/>")
    return content.getvalue()


def uploaded(name: str, content: bytes) -> Upload:
    return Upload({}, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("liste.xlsx", workbook(), "xlsx"),
        ("umbenannt.csv", workbook(), "xlsx"),
        ("liste.csv", "Ort;Größe\nGifhorn;3".encode("cp1252"), "csv"),
        ("unicode.csv", "Ort;Größe".encode("utf-16"), "csv"),
    ],
)
def test_a_file_is_known_by_what_it_is_not_by_its_name(name, content, kind):
    form = uploaded(name, content)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["file"].kind == kind
    assert form.cleaned_data["file"].read() == content


@pytest.mark.parametrize(
    ("name", "content", "parts"),
    [
        ("gross.csv", b"a;b\n" * (10 * MEGABYTE // 4), ["10,0", "MB", "höchstens 2,0"]),
        ("leer.csv", b"", ["leer"]),
        ("brief.pdf", b"%PDF-1.7 ...", ["brief.pdf", "Excel (XLSX), CSV"]),
        ("programm.csv", b"MZ\x90\x00\x03\x00", ["programm.csv"]),
        ("text.xlsx", workbook("word/document.xml"), ["text.xlsx"]),
        ("kaputt.xlsx", b"PK\x03\x04 und dann nichts", ["kaputt.xlsx"]),
    ],
)
def test_a_file_we_cannot_use_is_refused_with_the_reason(name, content, parts):
    said = uploaded(name, content).errors["file"][0]
    assert all(part in said for part in parts), said


def test_a_forgotten_file_is_asked_for():
    assert Upload({}, {}).errors["file"] == ["Bitte wählen Sie eine Datei aus."]


# --- once ---------------------------------------------------------------------------
class Order(Form):
    once = once_key()
    name = PlainText()


def test_each_shown_form_carries_another_key_and_a_corrected_form_keeps_its_own():
    keys = {str(Order()["once"].value()) for _ in range(20)}
    assert len(keys) == 20
    key = keys.pop()
    wrong = Order({"once": key, "name": ""})
    assert f'value="{key}"' in str(wrong)
    assert str(Order({"once": key, "name": "a"}).fields["once"].clean(key)) == key


@pytest.mark.parametrize("key", ["", "none", "1234", "' OR 1=1"])
def test_a_form_without_its_key_is_not_taken(key):
    form = Order({"once": key, "name": "a"})
    assert not form.is_valid()
    assert "veraltet" in str(form)


def test_a_sentence_about_two_fields_quotes_what_was_typed_as_well():
    class Both(Form):
        low, high = forms.IntegerField(), forms.IntegerField()

        def clean(self):
            self.add_error("high", "%(found)s ist kleiner.")

    assert Both({"low": "4", "high": "3"}).errors["high"] == ["3 ist kleiner."]


def test_a_day_is_quoted_as_people_write_it_not_as_the_browser_sends_it():
    form = sent(on="2026-03-05")
    form.is_valid()
    form.add_error("on", "Der %(found)s liegt zurück.")
    assert form.errors["on"] == ["Der Do., 5. März 2026 liegt zurück."]
    assert "„32.03.2026“" in message("on", "32.03.2026")
