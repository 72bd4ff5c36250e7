"""The agency's catalogue format is read as it really comes, and nothing in it can hurt us."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from verbundwerk.catalogue.imports import BYTES_AT_MOST, CatalogueError, read_openqcat

REAL = Path(__file__).parents[5] / "shared/data/openqcat/kursnet_export_anonymised.xml"


def catalogue(*services: str, head: str = "") -> BytesIO:
    text = f'<?xml version="1.0" encoding="ISO-8859-15"?>{head}<OPENQCAT><NEW_CATALOG>{"".join(services)}'
    return BytesIO(f"{text}</NEW_CATALOG></OPENQCAT>".encode("iso-8859-15"))


def service(
    number: str = "4711", title: str = "Schweißen für Einsteiger", more: str = "", price: str = "480.50"
) -> str:
    return (
        f"<SERVICE><PRODUCT_ID>{number}</PRODUCT_ID><SERVICE_DETAILS><TITLE>{title}</TITLE>{more}</SERVICE_DETAILS>"
        f"<SERVICE_PRICE_DETAILS><SERVICE_PRICE><PRICE_AMOUNT>{price}</PRICE_AMOUNT></SERVICE_PRICE>"
        "</SERVICE_PRICE_DETAILS></SERVICE>"
    )


def days(first: str, last: str) -> str:
    return f"<SERVICE_DATE><START_DATE>{first}</START_DATE><END_DATE>{last}</END_DATE></SERVICE_DATE>"


@pytest.mark.skipif(not REAL.exists(), reason=f"the real anonymised export is not here: {REAL}")
def test_a_real_kursnet_export_is_read_completely():
    entries = read_openqcat(REAL.open("rb"))
    assert [entry.reference for entry in entries] == ["375057134", "375057142", "375057140", "375057141", "375057138"]
    first, last = entries[0], entries[-1]
    assert first.title.startswith("Umschulung Fachinformatiker Anwendungsentwicklung")
    assert "Coding-Einführung" in first.description
    assert (first.price_cents, first.seats_min, first.seats_max) == (3_546_450, 1, 12)
    assert (first.dates[0].starts_on, first.dates[0].ends_on) == (date(2027, 2, 5), date(2029, 1, 26))
    assert (first.dates[0].place, first.dates[0].postal_code) == ("Leipzig", "04315")
    assert (first.onsite, last.online) == (True, True)


def test_umlauts_of_an_old_encoding_arrive_unharmed():
    (entry,) = read_openqcat(catalogue(service(title="Fräsen und Löten für 5 €")))
    assert entry.title == "Fräsen und Löten für 5 €"


def test_days_are_counted_from_monday_to_friday():
    (entry,) = read_openqcat(
        catalogue(service(more=days("2027-03-05T00:00:00.000+01:00", "2027-03-09T00:00:00+01:00")))
    )
    assert entry.days == 3


def test_teaching_units_are_found_where_providers_write_them():
    more = "<DESCRIPTION_LONG>Umfang: 40 UE in zwei Wochen</DESCRIPTION_LONG>"
    (entry,) = read_openqcat(catalogue(service(more=more)))
    assert entry.teaching_units == 40


def test_html_in_descriptions_becomes_plain_lines():
    html = "&lt;p&gt;Erst &lt;b&gt;lesen&lt;/b&gt;&lt;/p&gt;&lt;p&gt;dann tun&lt;/p&gt;"
    more = f"<DESCRIPTION_LONG>{html}</DESCRIPTION_LONG>"
    (entry,) = read_openqcat(catalogue(service(more=more)))
    assert entry.description == "Erst lesen\ndann tun"


@pytest.mark.parametrize("price", ["", "viel", "NaN", "-3", "99999999999"])
def test_a_price_that_is_none_is_left_open(price):
    (entry,) = read_openqcat(catalogue(service(price=price)))
    assert entry.price_cents is None


def test_a_price_is_kept_to_the_cent():
    (entry,) = read_openqcat(catalogue(service(price="480.505")))
    assert entry.price_cents == 48_050


def test_a_date_that_ends_before_it_begins_is_left_out():
    (entry,) = read_openqcat(catalogue(service(more=days("2027-03-09", "2027-03-01"))))
    assert entry.dates == ()


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
STOLEN = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, STOLEN, "<!DOCTYPE x>"])
def test_declarations_that_could_explode_or_steal_are_refused(head):
    with pytest.raises(CatalogueError, match="DOCTYPE"):
        read_openqcat(catalogue(service(), head=head))


def test_a_tower_of_tags_is_refused():
    with pytest.raises(CatalogueError, match="verschachtelt"):
        read_openqcat(catalogue("<a>" * 5000 + "</a>" * 5000))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kein gültiges XML"),
        (b"PK\x03\x04", "kein gültiges XML"),
        (b"<OPENQCAT><SERVICE></OPENQCAT>", "kein gültiges XML"),
        (b'<?xml version="1.0" encoding="klingon"?><OPENQCAT/>', "kein gültiges XML"),
        (b"<rss/>", "kein open-Qcat-Katalog"),
        (b"<OPENQCAT>" + b" " * BYTES_AT_MOST, "größer als 5 MB"),
    ],
)
def test_what_is_no_catalogue_is_named(data, said):
    with pytest.raises(CatalogueError, match=said):
        read_openqcat(BytesIO(data))


def test_a_course_without_number_or_title_is_named_by_its_place():
    with pytest.raises(CatalogueError, match="Angebot 2"):
        read_openqcat(catalogue(service(), service(number="")))


def test_one_number_twice_is_named():
    with pytest.raises(CatalogueError, match="4711"):
        read_openqcat(catalogue(service(), service()))


def test_marks_that_turn_the_reading_direction_are_taken_out():
    (entry,) = read_openqcat(BytesIO(catalogue(service(title="Kurs &#x202E;txt")).getvalue()))
    assert entry.title == "Kurs txt"
