from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from verbundwerk.base.figures import date_text, datetime_text, euro_text, number_text, range_text, whole_euro_text


@pytest.mark.parametrize(
    ("cents", "german", "english"),
    [(123_450, "1.234,50 €", "€1,234.50"), (-5, "\u22120,05 €", "\u2212€0.05"), (0, "0,00 €", "€0.00")],
)
def test_money_reads_as_people_write_it(cents, german, english):
    assert euro_text(cents).replace("\u00a0", " ") == german
    with translation.override("en"):
        assert euro_text(cents) == english


def test_rough_money_has_no_cents_in_either_language():
    assert whole_euro_text(100_049).replace("\u00a0", " ") == "1.000 €"
    with translation.override("en"):
        assert whole_euro_text(100_000) == "€1,000"


def test_numbers_show_the_digits_they_have():
    assert [number_text(one) for one in (7, 7.5, 7.0, 1234.567, 120_000)] == ["7", "7,5", "7", "1.234,57", "120.000"]


def test_a_day_cannot_be_misread_in_english():
    assert date_text(date(2026, 3, 5)) == "05.03.2026"
    assert datetime_text(datetime(2026, 7, 1, 10, 30, tzinfo=UTC)) == "01.07.2026, 12:30"
    with translation.override("en"):
        assert date_text(date(2026, 3, 5)) == "5 Mar 2026"


def test_a_range_of_one_is_one_number():
    assert [range_text(6, 15), range_text(2, 2)] == ["6 bis 15", "2"]
