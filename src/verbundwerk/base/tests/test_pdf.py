"""Papers everybody can read, also with a screen reader; nothing typed by people acts inside them."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from django.template import TemplateDoesNotExist
from hypothesis import given
from hypothesis import settings as checking
from hypothesis import strategies as st
from pypdf import PdfReader

from verbundwerk.base.glyphs import MISSING, coverage, drawable
from verbundwerk.base.pdf import FONTS, PAPERS, Head, PaperError, Sender, pdf_response, typeset

PAPER = """#import "letterhead.typ": *
#show: letterhead.with(data)
#paragraphs(data.text)
== Tage
#sheet(data.heads, data.lines, numeric: (1,))
#facts(data.facts)
"""
PICTURE = """#import "letterhead.typ": *
#show: letterhead.with(data)
#picture(data.svg, data.alt)
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
DATA = {
    "text": "Grüße aus Köln",
    "heads": ["Tag", "Plätze"],
    "lines": [["Mo.", "12"]],
    "facts": [["Umfang", "16 Stunden"]],
}
HEAD = Head(
    title="Bestätigung", sender=Sender("Verbund Öst", ("Weg 1", "38100 Braunschweig")), dated_on=date(2026, 3, 5),
    number="2026-17", recipient=("Änne Beispiel",), footer="Prüfbar unter der Nummer",
)  # fmt: skip


@pytest.fixture(autouse=True)
def papers(tmp_path_factory, settings):
    folder = tmp_path_factory.mktemp("templates") / "orchard"
    folder.mkdir()
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(folder.parent)]}]
    for name, text in {"paper.typ": PAPER, "picture.typ": PICTURE}.items():
        (folder / name).write_text(text)
    return folder


def read(head: Head = HEAD, **changes) -> PdfReader:
    return PdfReader(BytesIO(typeset("orchard/paper.typ", head, DATA | changes)))


def words(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def titled(title: str) -> Head:
    return Head(title=title, sender=HEAD.sender, dated_on=HEAD.dated_on)


def test_a_paper_is_tagged_titled_and_speaks_its_language():
    root = read().trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read().metadata.title == "Bestätigung"
    assert "<pdfuaid:part>1</pdfuaid:part>" in read().xmp_metadata.stream.get_data().decode()


def test_everything_said_stands_on_the_page():
    told = words(read())
    for said in (
        "Verbund Öst",
        "Änne Beispiel",
        "Grüße aus Köln",
        "05.03.2026 · Nr. 2026-17",
        "Seite 1 von 1",
        "16 Stunden",
    ):
        assert said in told


@pytest.mark.parametrize(
    "typed", ['#import "x"', "*fett* $x$ @wer <b>", '#read("/etc/passwd")', "\\u{41} // weg", "= Titel"]
)
def test_markup_people_type_stays_what_they_typed(typed):
    assert typed in words(read(text=typed))
    assert typed in words(read(head=titled(typed)))


def test_the_same_data_gives_the_same_bytes():
    assert typeset("orchard/paper.typ", HEAD, DATA) == typeset("orchard/paper.typ", HEAD, DATA)


def test_a_paper_without_a_title_is_refused():
    with pytest.raises(PaperError, match="title"):
        read(head=titled(" "))


def test_a_picture_without_words_is_refused():
    with pytest.raises(PaperError, match="picture needs words"):
        typeset("orchard/picture.typ", HEAD, {"svg": SVG, "alt": " "})
    assert typeset("orchard/picture.typ", HEAD, {"svg": SVG, "alt": "Ein Quadrat"})


@pytest.mark.parametrize(
    "reach", ['#read("/etc/hostname")', '#read("../../../etc/hostname")', '#import "@preview/x:1.0.0": y']
)
def test_a_template_gets_at_no_file_and_no_package(papers, reach):
    (papers / "paper.typ").write_text(reach)
    with pytest.raises(PaperError):
        read()


def test_a_paper_that_does_not_exist_is_named():
    with pytest.raises(TemplateDoesNotExist, match="orchard/none"):
        typeset("orchard/none.typ", HEAD, DATA)


def test_long_lists_run_over_pages_and_count_them():
    told = words(read(lines=[[f"Tag {nr}", "1"] for nr in range(80)]))
    assert "Seite 1 von 3" in told
    assert "Tag 79" in told


def test_signs_no_font_has_are_marked_and_control_signs_vanish():
    told = words(read(text="Ja 😀 漢\u200bŁódź\x07"))
    assert f"Ja {MISSING} {MISSING}Łódź" in told


@checking(deadline=None, max_examples=25)
@given(st.text(max_size=40))
def test_no_text_at_all_keeps_a_paper_from_being_set(typed):
    assert typeset("orchard/paper.typ", HEAD, DATA | {"text": typed}).startswith(b"%PDF-")


def test_our_fonts_have_what_german_and_its_neighbours_need():
    text = "ÄÖÜẞäöüß€„“‚‘–—…§°½×→≤ŁłŚśŽžČčŞşĞğİıÇçÑñÉéØøÅå"
    assert drawable(text, coverage(FONTS)) == text


def test_nobody_edited_the_fonts():
    for line in (FONTS / "CHECKSUMS").read_text().splitlines():
        wanted, name = line.split()
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == wanted


def test_no_paper_runs_text_as_code():
    assert not [file for file in PAPERS.glob("*.typ") if "eval(" in file.read_text()]


def test_a_paper_travels_as_a_file_with_a_plain_name():
    response = pdf_response(b"%PDF-", "Bestätigung 2026/17")
    assert response["Content-Disposition"] == 'attachment; filename="bestaetigung-2026-17.pdf"'
    assert response["Content-Type"] == "application/pdf"
