"""Many answer at the same moment, and one presses twice. The negative control shows that it would go wrong else."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connections

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.feedback import flow
from verbundwerk.feedback.models import Round, Ticket
from verbundwerk.feedback.terms import Kind

from . import make

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PEOPLE = 10


def all_at_once(act, things):
    def run(thing):
        close_old_connections()
        try:
            with make.stopped(make.AFTERWARDS):
                return act(thing)
        except AlreadyMoved:
            return "late"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(run, things))


@pytest.fixture
def found(transactional_db) -> Round:
    return make.asked(make.finished(PEOPLE), Kind.EVALUATION, make.AFTERWARDS)


def test_reading_and_writing_back_loses_answers_the_negative_control(found):
    everybody_has_read = threading.Barrier(PEOPLE, timeout=30)

    def naive(_ticket):
        one = Round.objects.get(pk=found.pk)
        everybody_has_read.wait()
        Round.objects.filter(pk=found.pk).update(answers=one.answers + 1)

    all_at_once(naive, make.tickets(found))
    found.refresh_from_db()
    assert found.answers < PEOPLE


def test_of_ten_answers_at_once_none_is_lost(found):
    texts = {str(one.pk): f"Satz {n}" for n, one in enumerate(make.tickets(found))}

    def say(ticket):
        flow.answer_round(ticket, make.says(4, texts[str(ticket.pk)]), at=make.AFTERWARDS)
        return "counted"

    assert all_at_once(say, make.tickets(found)) == ["counted"] * PEOPLE
    found.refresh_from_db()
    assert (found.answers, found.counts["clear"], found.texts) == (PEOPLE, {"4": PEOPLE}, sorted(texts.values()))


def test_one_link_pressed_ten_times_at_once_counts_once(found):
    ticket = make.tickets(found)[0]

    def say(_n):
        flow.answer_round(Ticket.objects.get(pk=ticket.pk), make.says(), at=make.AFTERWARDS)
        return "counted"

    assert sorted(all_at_once(say, range(PEOPLE))) == ["counted", *["late"] * (PEOPLE - 1)]
    found.refresh_from_db()
    assert found.answers == 1


def test_a_crash_between_ticket_and_numbers_leaves_both_as_they_were(found, monkeypatch):
    ticket = make.tickets(found)[0]

    def crash(*_args, **_options):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("verbundwerk.feedback.flow.answers.record", crash)
        with pytest.raises(RuntimeError):
            flow.answer_round(ticket, make.says(), at=make.AFTERWARDS)
    flow.answer_round(Ticket.objects.get(pk=ticket.pk), make.says(), at=make.AFTERWARDS)
    found.refresh_from_db()
    assert found.answers == 1
