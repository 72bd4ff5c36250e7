"""Names of people and organisations, as forms take them; and select boxes that speak."""

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType

from verbundwerk.base.forms import Form, NameText


class Named(Form):
    name = NameText(label="Name")


@pytest.mark.parametrize(
    "name", ["Çağla O'Neill-Łódź", "Müller® & Co. KG", "أحمد", "李小龙", "Anna  v. d. Heide", "2° Werk №7", "Zoë №3 ™"]
)
def test_people_and_firms_are_called_what_they_are_called(name):
    form = Named({"name": name})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == name


@pytest.mark.parametrize(
    ("name", "sign"),
    [("Anna 🙂", "🙂"), ("Werk 🛠️", "🛠"), ("Ops 👩‍🔧", "👩"), ("1️⃣ Werk", "\u20e3"), ("Flagge 🇩🇪", "🇩"), ("☎ Amt", "☎")],
)
def test_whoever_puts_a_picture_into_a_name_reads_which_sign_it_is(name, sign):
    form = Named({"name": name})
    assert not form.is_valid()
    assert f"„{sign}“" in form.errors["name"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(("required", "said"), [(True, "Bitte wählen"), (False, "keine Angabe")])
@pytest.mark.parametrize("empty", ["---------", ""])
def test_whoever_opens_a_select_box_reads_words_and_no_hyphens(required, said, empty):
    class Choosing(Form):
        topic = forms.ModelChoiceField(ContentType.objects.all(), label="Thema", required=required, empty_label=empty)

    page = str(Choosing())

    assert said in page
    assert "---" not in page
