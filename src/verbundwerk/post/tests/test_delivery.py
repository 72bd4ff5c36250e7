"""The mail server is slow, away, or refuses; workers race and die. No letter is lost."""

import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, connections

from verbundwerk.base.verdicts import Refused
from verbundwerk.post import flow, rules
from verbundwerk.post.models import Letter

from . import make

AT = make.AT
MOMENT = timedelta(seconds=2)  # what the machine itself may need


class Server:
    """A mail server as it behaves today."""

    trouble: Exception | None = None
    while_sending = staticmethod(lambda: None)


class Backend(EmailBackend):
    def send_messages(self, messages):
        assert not connection.in_atomic_block or getattr(Server, "inside_test", False)
        if Server.trouble:
            raise Server.trouble
        Server.while_sending()
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Backend"
    for name, value in {"trouble": None, "while_sending": staticmethod(lambda: None), "inside_test": True}.items():
        monkeypatch.setattr(Server, name, value, raising=False)
    return Server


def reload(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


@pytest.mark.django_db
def test_a_waiting_letter_goes_out_once():
    letter = make.letter()
    assert [flow.deliver_due(AT), flow.deliver_due(AT)] == [1, 0]
    assert len(mail.outbox) == 1
    assert reload(letter).state == "sent"


@pytest.mark.django_db
def test_a_letter_whose_time_has_not_come_waits():
    make.letter(next_try_at=AT + timedelta(seconds=1))
    assert flow.deliver_due(AT) == 0


@pytest.mark.django_db
def test_after_days_of_downtime_everything_that_waited_goes_out():
    for _ in range(30):
        make.letter()
    assert flow.deliver_due(AT + timedelta(days=9), limit=20) == 20
    assert flow.deliver_due(AT + timedelta(days=9), limit=20) == 10


@pytest.mark.django_db
def test_a_server_that_is_down_costs_one_attempt_not_one_per_letter(server):
    letters = [make.letter() for _ in range(5)]
    server.trouble = ConnectionRefusedError()
    assert flow.deliver_due(AT) == 0
    assert sorted(reload(one).attempts for one in letters) == [0, 0, 0, 0, 1]
    server.trouble = None
    assert flow.deliver_due(AT + timedelta(minutes=1) + MOMENT) == 5


@pytest.mark.django_db
def test_a_letter_is_tried_for_three_days_and_then_given_up(server):
    letter, at, tries = make.letter(), AT, []
    server.trouble = TimeoutError()
    while reload(letter).state == "waiting":
        flow.deliver_due(at)
        tries.append(timedelta(minutes=round((at - AT) / timedelta(minutes=1))))
        at = max(at, reload(letter).next_try_at)
    assert tries[:3] == [timedelta(0), timedelta(minutes=1), timedelta(minutes=6)]
    assert timedelta(days=3) < tries[-1] < timedelta(days=3, hours=6)
    assert reload(letter).state == "given_up"


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_given_up_at_once_and_does_not_stop_the_others(server):
    letter, other = make.letter(), make.letter()
    server.trouble = smtplib.SMTPRecipientsRefused({letter.to: (550, b"no such user " + letter.to.encode())})
    flow.deliver_due(AT, limit=1)
    server.trouble = None
    assert flow.deliver_due(AT) == 1
    states = sorted((reload(one).state, reload(one).last_error) for one in (letter, other))
    assert states == [("given_up", "SMTPRecipientsRefused 550"), ("sent", "")]


@pytest.mark.django_db
def test_a_full_mailbox_is_tried_again(server):
    letter = make.letter()
    server.trouble = smtplib.SMTPRecipientsRefused({letter.to: (452, b"mailbox full")})
    flow.deliver_due(AT)
    assert reload(letter).state == "waiting"


@pytest.mark.django_db
def test_no_address_stands_in_the_log(server, caplog):
    letter = make.letter()
    server.trouble = smtplib.SMTPDataError(554, f"<{letter.to}> looks like spam".encode())
    flow.deliver_due(AT)
    assert "SMTPDataError 554" in caplog.text
    assert letter.to not in caplog.text
    assert letter.to not in reload(letter).last_error


@pytest.mark.django_db
def test_a_worker_killed_between_sending_and_noting_sends_again_under_the_same_name(monkeypatch):
    letter = make.letter()
    with monkeypatch.context() as broken:
        broken.setattr(flow, "_sent", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            flow.deliver_due(AT)
    assert flow.deliver_due(AT + rules.LEASE - MOMENT) == 0, "the dead worker's lease still holds"
    assert flow.deliver_due(AT + rules.LEASE + MOMENT) == 1
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert reload(letter).state == "sent"


@pytest.mark.django_db
def test_what_opens_a_door_is_gone_once_it_is_sent():
    secret, plain = make.letter(secret=True, text="Code 4711"), make.letter()
    flow.deliver_due(AT)
    assert reload(secret).text == reload(secret).html == ""
    assert reload(plain).text == "Guten Tag"


@pytest.mark.django_db
def test_a_given_up_letter_can_be_tried_again_while_its_words_exist(server):
    letter, empty = make.letter("given_up", attempts=11), make.letter("given_up", text="")
    flow.try_again(letter, at=AT)
    assert flow.deliver_due(AT) == 1
    with pytest.raises(Refused):
        flow.try_again(empty, at=AT)


def race(monkeypatch, server) -> int:
    """Two workers look into the same outbox before either of them has sent anything."""
    letter, together = make.letter(), threading.Barrier(2, timeout=5)
    looked = flow.queries.waiting

    def look(at):
        found = list(looked(at))
        together.wait()
        return found

    def work():
        try:
            flow.deliver_due(AT)
        finally:
            connections.close_all()

    monkeypatch.setattr(flow.queries, "waiting", look)
    server.inside_test = False
    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(20)
    assert reload(letter).state == "sent"
    return len(mail.outbox)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_the_claim_two_workers_would_send_twice(monkeypatch, server):
    """The negative control: the race below is a real one."""
    monkeypatch.setattr(flow, "_claim", lambda *_: True)
    assert race(monkeypatch, server) == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_letter_once(monkeypatch, server):
    assert race(monkeypatch, server) == 1
