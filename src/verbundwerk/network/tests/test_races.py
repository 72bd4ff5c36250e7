"""People press at once, for real. The negative control comes first: if looking and then acting does not let two in,
the tests below would prove nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connections
from django.db.models import Count

from verbundwerk.base import clock
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network import flow, queries
from verbundwerk.network.models import Invitation, Mandate, Person
from verbundwerk.network.terms import Role
from verbundwerk.post.models import Letter

from . import make

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]  # slow: threads really race
EMAIL = "neu@x.example"


def at_once(act, times):
    """What came of each press; everybody begins at the same moment."""
    together = threading.Barrier(times, timeout=30)

    def press(number):
        close_old_connections()
        try:
            together.wait()
            return act(number)
        except (AlreadyMoved, Refused):
            return "told"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(press, range(times)))


def invited(token, **fields):
    return make.invitation(token=token, email=EMAIL, **fields)


def test_looking_and_then_letting_in_lets_two_in_the_negative_control():
    invited("t" * 20)
    both_have_looked = threading.Barrier(2, timeout=30)

    def naive(_number):
        found = queries.open_invitation_for("t" * 20, clock.now())
        both_have_looked.wait()
        return "in" if found else "told"

    assert at_once(naive, 2) == ["in", "in"]


@pytest.mark.parametrize("_trial", range(3))
def test_of_six_presses_on_one_link_one_comes_in(_trial):
    invitation = invited("t" * 20)

    def accept(_number):
        flow.accept_invitation("t" * 20, name="Neue Kollegin", at=clock.now())
        return "in"

    assert sorted(at_once(accept, 6)) == ["in", *["told"] * 5]
    assert Person.objects.filter(email=EMAIL).count() == 1
    assert Mandate.objects.filter(organisation=invitation.organisation, person__email=EMAIL).count() == 1
    assert JournalEntry.objects.filter(verb="invitation.accepted").count() == 1


@pytest.mark.parametrize("_trial", range(3))
def test_two_invitations_of_one_person_accepted_at_once_make_one_person_with_both_roles(_trial):
    firms = [make.organisation() for _ in range(2)]
    for number, firm in enumerate(firms):
        invited(str(number) * 20, organisation=firm)

    def accept(number):
        return flow.accept_invitation(str(number) * 20, name="Neue Kollegin", at=clock.now()).pk

    people = at_once(accept, 2)

    assert people[0] == people[1] == Person.objects.get(email=EMAIL).pk
    assert Mandate.objects.filter(person__email=EMAIL, organisation__in=firms).count() == 2


def test_two_colleagues_inviting_the_same_person_at_once_write_one_letter():
    firm = make.organisation()
    inviting = [make.person(Role.HR, firm) for _ in range(2)]

    def invite(number):
        said = {"email": EMAIL, "name": "Neue Kollegin", "role": Role.EMPLOYEE}
        flow.invite(firm, by=inviting[number], at=clock.now(), **said)
        return "sent"

    assert sorted(at_once(invite, 2)) == ["sent", "told"]
    assert Invitation.objects.count() == 1
    assert Letter.objects.filter(to=EMAIL).count() == 1


def test_accepting_while_it_is_withdrawn_ends_one_way_or_the_other():
    firm = make.organisation()
    hr, invitation = make.person(Role.HR, firm), invited("t" * 20, organisation=firm)

    def act(number):
        if number:
            flow.withdraw_invitation(Invitation.objects.get(pk=invitation.pk), by=hr, at=clock.now())
            return "withdrawn"
        flow.accept_invitation("t" * 20, name="Neue Kollegin", at=clock.now())
        return "in"

    came = at_once(act, 2)

    invitation.refresh_from_db()
    inside = Person.objects.filter(email=EMAIL).exists()
    assert came.count("told") == 1
    assert (invitation.state == "accepted") is inside is ("in" in came)


def test_nobody_ever_holds_a_role_twice():
    doubled = Mandate.objects.values("person", "organisation", "role").annotate(n=Count("pk")).filter(n__gt=1)
    firm = make.organisation()
    person = make.person(Role.HR, firm)

    def give(_number):
        flow.give_mandate(person, firm, Role.MENTOR, by=None, at=clock.now())
        return "given"

    assert sorted(at_once(give, 4)) == ["given", *["told"] * 3]
    assert not doubled.exists()
