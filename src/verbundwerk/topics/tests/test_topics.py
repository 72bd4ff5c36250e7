from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.journal.models import JournalEntry
from verbundwerk.topics import flow, queries, rules
from verbundwerk.topics.models import Topic

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
words = st.text("abcdefgh ", min_size=1, max_size=24)


@pytest.fixture
def region(db):
    flow.load_topics(by=None, at=AT)


def best(text):
    return [one.slug for one in queries.suggest(text)][:1]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("HV", "hochvolt-2"),
        ("HV-Schulung Stufe 2", "hochvolt-2"),
        ("hochvoltschulung", "hochvolt-2"),
        ("Hochvlot Stufe 2", "hochvolt-2"),
        ("HV Stufe 3", "hochvolt-3"),
        ("SPS", "sps"),
        ("TIA-Portal Grundlagen", "sps"),
        ("Staplerschein", "gabelstapler"),
        ("Gabelstabler", "gabelstapler"),
        ("KI", "ki-grundlagen"),
        ("künstliche inteligenz", "ki-grundlagen"),
        ("SAP Grundkurs", "sap"),
        ("AdA-Schein", "ada"),
        ("Schweisserpruefung", "schweissen"),
        ("Ersthelfer", "ersthelfer"),
        ("Cobots programmieren", "cobots"),
        ("forklift", "gabelstapler"),
    ],
)
def test_what_people_write_finds_the_topic(region, text, slug):
    assert best(text) == [slug]


@pytest.mark.parametrize("text", ["Ersthelfer ausbilden", "Staplerschein", "Maschinendaten auswerten"])
def test_an_abbreviation_is_not_found_inside_other_words(region, text):
    """„AuS“ is work on live parts, and nobody wants it offered for something that merely begins alike."""
    assert not [one.slug for one in queries.suggest(text) if one.slug.startswith("hochvolt")]


def test_while_somebody_types_the_beginning_is_enough(region):
    assert best("Sta") == ["gabelstapler"]


def test_nonsense_suggests_nothing(region):
    assert queries.suggest("Xyzzy Qwertz") == []
    assert queries.suggest("") == []
    assert queries.suggest("🙂\u202e") == []


def test_an_exact_word_is_recognised_and_a_similar_one_is_not(region):
    assert queries.topic_for_text("hv-schein").slug == "hochvolt-2"
    assert queries.topic_for_text("Hochvolt Stuffe 2") is None
    assert queries.topic_for_text("") is None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hochvolt Stufe 2", "hochvolt-2"),
        ("HV Stufe 2", "hochvolt-2"),
        ("HV-Schulung Stufe 2E", "hochvolt-2"),
        ("Hochvolt 2S", "hochvolt-2"),
        ("2S", "hochvolt-2"),
        ("Schulung Hochvolt, Stufe II", "hochvolt-2"),
        ("Stufe 2 Hochvoltschulung", "hochvolt-2"),
        ("Hochvoltsicherheit Stufe 2", "hochvolt-2"),
        ("High voltage level 3", "hochvolt-3"),
        ("Hochvolt Stufe 1", "hochvolt-1"),
        ("HV-Lehrgang 3E", "hochvolt-3"),
        ("Excelkurs", "excel"),
        ("Kurs SPS", "sps"),
        ("Schulung 3D-Druck", "additive-fertigung"),
    ],
)
def test_a_firm_may_put_the_words_of_a_topic_in_its_own_way(region, text, slug):
    assert queries.topic_for_text(text).slug == slug


@pytest.mark.parametrize(
    "text",
    ["Hochvoltsicherheit Stufe 3", "Hochvolt Stufe 4", "HV Stufe 2 und 3", "Hochvolt Stufe 1-2", "Stapler Stufe 2",
     "Stufe 2", "Schulung", "Excel 2"],
)  # fmt: skip
def test_nobody_is_put_on_another_level_than_was_asked_for(region, text):
    assert queries.topic_for_text(text) is None


def test_whoever_asks_for_a_level_is_offered_no_other(region):
    offered = [one.slug for one in queries.suggest("Hochvolt-Schulung Stuffe 3E")]
    assert "hochvolt-3" in offered
    assert not {"hochvolt-1", "hochvolt-2"} & set(offered)
    assert {"hochvolt-1", "hochvolt-2", "hochvolt-3"} <= {one.slug for one in queries.suggest("Hochvolt Stufe")}


def test_loading_twice_changes_nothing(region):
    entries = JournalEntry.objects.count()
    assert flow.load_topics(by=None, at=AT) == 0
    assert JournalEntry.objects.count() == entries
    assert Topic.objects.count() >= 60


def test_every_topic_has_an_english_name_and_other_words(region):
    for topic in Topic.objects.prefetch_related("synonyms"):
        assert topic.label_en
        assert len(topic.synonyms.all()) >= 3


def test_a_changed_list_changes_the_topic_and_keeps_its_id(region, tmp_path):
    before = Topic.objects.get(slug="sps")
    file = tmp_path / "topics.toml"
    file.write_text('[sps]\nde = "SPS"\nen = "PLC"\nfield = "automation"\nalso = ["TIA"]\n', encoding="utf-8")
    assert flow.load_topics(by=None, at=AT, path=file) == 1
    after = Topic.objects.get(slug="sps")
    assert (after.pk, after.label) == (before.pk, "SPS")


def test_suggestions_need_two_queries_however_many_topics_there_are(region, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.suggest_many(["HV", "SPS", "KI"])


@given(words, words)
def test_likeness_lies_between_nothing_and_the_same_and_finds_both_ways(one, other):
    assert 0 <= rules.likeness(one, other) <= 1
    assert (rules.likeness(one, other) > 0) == (rules.likeness(other, one) > 0)


@given(words)
def test_nothing_is_more_alike_than_the_same(word):
    assert rules.likeness(word, word) == 1


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_slips_count_like_a_distance(one, other, third):
    assert rules.slips(one, other) == rules.slips(other, one)
    assert (rules.slips(one, other) == 0) == (one == other)
    assert rules.slips(one, other) <= max(len(one), len(other))
