"""What is written into the outbox, and how it reads."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from verbundwerk.base import clock, jobs
from verbundwerk.post.flow import forget_words, send_letter
from verbundwerk.post.models import Letter
from verbundwerk.post.papers import message
from verbundwerk.post.rules import WORDS_KEPT

from . import make

pytestmark = pytest.mark.django_db
AT = make.AT


def write(key: str = "need/1", to="a@firma.example", **contents) -> list[Letter]:
    send_letter(key=key, to=to, subject=contents.pop("subject", "Betreff"), at=AT, **{"text": "Guten Tag", **contents})
    return list(Letter.objects.order_by("to"))


def test_a_letter_to_three_people_is_three_letters():
    assert [one.to for one in write(to=["c@x.example", "a@x.example", "b@x.example"])] == [
        "a@x.example", "b@x.example", "c@x.example",
    ]  # fmt: skip


def test_the_same_key_enters_once_per_address():
    write(to=["a@x.example"])
    write(to=["A@x.example", "b@x.example"], text="Ein zweiter Versuch")
    assert [(one.to, "zweiter" in one.text) for one in Letter.objects.order_by("to")] == [
        ("a@x.example", False), ("b@x.example", True),
    ]  # fmt: skip


def test_a_cause_that_is_rolled_back_leaves_no_letter():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_everybody_reads_their_own_language():
    anna = SimpleNamespace(email="anna@x.example", language="en")
    german, english = write(to=["a@x.example", anna])
    assert "Antworten an diese Adresse liest niemand." in german.text
    assert 'lang="en"' in english.html
    assert 'lang="de"' in german.html


def test_what_people_typed_is_text_in_both_forms():
    [letter] = write(text='Thema: <b>"Schweißen" & mehr</b>\n\nhttps://verbund.example/bedarfe/1/')
    assert '<b>"Schweißen" & mehr</b>' in letter.text
    assert "&lt;b&gt;&quot;Schweißen&quot; &amp; mehr&lt;/b&gt;" in letter.html
    assert '<a href="https://verbund.example/bedarfe/1/"' in letter.html


def test_a_subject_cannot_smuggle_in_a_header():
    [letter] = write(subject="Bedarf\r\nBcc: alle@x.example " + "x" * 300)
    assert letter.subject.startswith("Bedarf Bcc: alle@x.example")
    assert len(letter.subject) == 200
    assert "Bcc" not in message(letter).message()


def test_an_attachment_arrives_as_it_was_given():
    [letter] = write(attachments=[("termine.ics", "text/calendar", "BEGIN:VCALENDAR ü".encode())])
    [(name, content, mime)] = message(letter).attachments
    assert (name, content, mime) == ("termine.ics", "BEGIN:VCALENDAR ü", "text/calendar")


def test_after_a_month_the_words_are_gone_and_the_fact_stays():
    old, young = make.letter("sent"), make.letter("sent", created_at=AT + timedelta(days=30))
    waiting = make.letter("waiting")
    assert forget_words(WORDS_KEPT.before(AT + timedelta(days=45)), 10) == 1
    texts = dict(Letter.objects.values_list("pk", "text"))
    assert (texts[old.pk], texts[young.pk], texts[waiting.pk]) == ("", "Guten Tag", "Guten Tag")


def test_a_code_does_not_wait_for_the_next_tick():
    write(text="Guten Tag")
    assert jobs.work_off() == 0
    with clock.stopped(AT):
        write(key="code/1", secret=True)
        assert jobs.work_off() == 1
    assert Letter.objects.get(key="code/1").state == "sent"
