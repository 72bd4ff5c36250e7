"""Who brings in whom, how one comes in, and when the door closes."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock, jobs
from verbundwerk.base.verdicts import Refused
from verbundwerk.network import flow, queries, rules
from verbundwerk.network.models import Invitation, Person
from verbundwerk.network.states import InvitationState
from verbundwerk.network.terms import Role

from . import make

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/netzwerk/einladung/\S+/")


@pytest.fixture
def firm():
    return make.organisation(name="Heidkamp GmbH")


@pytest.fixture
def hr(firm):
    return make.person(Role.HR, firm)


def invite(firm, by, role=Role.EMPLOYEE, email="neu@x.example", **fields):
    return flow.invite(firm, email=email, name="Neue Kollegin", role=role, by=by, at=clock.now(), **fields)


def link() -> str:
    jobs.work_off()
    return LINK.search(mail.outbox[-1].body).group()


def token() -> str:
    return link().split("/")[-2]


# --- who may ------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.HR, Role.FOREMAN, Role.MENTOR, Role.EMPLOYEE])
def test_personnel_invites_colleagues(firm, hr, role):
    assert invite(firm, hr, role).state == "open"


def test_personnel_never_names_the_works_council(firm, hr):
    with pytest.raises(Refused, match="benennt der Betriebsrat selbst"):
        invite(firm, hr, Role.WORKS_COUNCIL)


def test_the_works_council_names_its_members_and_cannot_hire(firm):
    council = make.person(Role.WORKS_COUNCIL, firm)
    invite(firm, council, Role.WORKS_COUNCIL)
    with pytest.raises(Refused):
        invite(firm, council, Role.HR, email="other@x.example")


def test_personnel_cannot_end_the_mandate_of_the_works_council(firm, hr):
    council = make.person(Role.WORKS_COUNCIL, firm)
    with pytest.raises(Refused):
        flow.end_mandate(council.mandates.get(), by=hr, at=clock.now(), on=clock.today())


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.FOREMAN, Role.MENTOR, Role.ADMIN, Role.FINANCE])
def test_others_invite_nobody(firm, role):
    with pytest.raises(Refused):
        invite(firm, make.person(role, firm))


def test_nobody_invites_for_another_firm(hr):
    with pytest.raises(Refused):
        invite(make.organisation(), hr)


def test_the_coordination_office_invites_into_an_alliance_and_must_name_it(firm):
    office, alliance = make.coordinator(), make.alliance()
    with pytest.raises(Refused, match="Bitte wählen Sie ihn aus"):
        invite(firm, office, Role.FINANCE)
    invite(firm, office, Role.FINANCE, alliance=alliance)
    person = flow.accept_invitation(token(), name="F", at=clock.now())
    assert queries.standing(person).alliances == {alliance.pk}


def test_one_may_lay_down_a_mandate_but_the_coordination_office_hands_over(firm, hr):
    flow.end_mandate(hr.mandates.get(), by=hr, at=clock.now(), on=clock.today())
    office = make.coordinator()
    with pytest.raises(Refused, match="andere Person"):
        flow.end_mandate(office.mandates.get(), by=office, at=clock.now(), on=clock.today())
    flow.end_mandate(office.mandates.get(), by=make.coordinator(), at=clock.now(), on=clock.today())


def test_a_mandate_cannot_end_before_it_began_nor_later_than_agreed(hr):
    mandate = hr.mandates.get()
    with pytest.raises(Refused):
        flow.end_mandate(mandate, by=None, at=clock.now(), on=mandate.from_on - timedelta(days=1))
    flow.end_mandate(mandate, by=None, at=clock.now(), on=clock.today())
    with pytest.raises(Refused):
        flow.end_mandate(mandate, by=None, at=clock.now(), on=clock.today() + timedelta(days=9))


def test_a_role_is_held_once(firm, hr):
    with pytest.raises(Refused, match="diese Rolle schon"):
        make.mandate(hr, firm, Role.HR)


def test_a_seat_belongs_to_a_body_and_counts_for_its_alliance():
    body, person = make.body(), make.person()
    with pytest.raises(Refused, match="gehört zu einem Gremium"):
        flow.give_mandate(person, make.organisation(), Role.GROUP_MEMBER, by=None, at=make.AT)
    make.mandate(person, role=Role.GROUP_MEMBER, body=body)
    assert queries.standing(person).bodies == {body.pk}
    assert queries.standing(person).alliances == {body.alliance_id}


# --- coming in ----------------------------------------------------------------------
def test_from_the_letter_to_the_first_page(firm, hr):
    invite(firm, hr)
    client = Client()
    page = client.get(link())
    assert "Heidkamp GmbH" in page.content.decode()
    answer = client.post(link(), {"name": "Neue Kollegin"}, follow=True)
    assert "Willkommen bei Verbundwerk." in answer.content.decode()
    person = Person.objects.get(email="neu@x.example")
    assert queries.standing(person).organisations(Role.EMPLOYEE) == {firm.pk}
    assert not person.has_usable_password()


def test_the_link_stands_nowhere_but_in_the_letter(firm, hr):
    invitation = invite(firm, hr)
    secret = token()
    invitation.refresh_from_db()
    stored = str(list(Invitation.objects.values_list())) + str(list(invitation.organisation.invitations.values()))
    assert secret not in stored


def test_a_link_counts_once_and_says_so_kindly(firm, hr):
    invite(firm, hr)
    Client().post(link(), {"name": "Neue Kollegin"})
    second = Client().post(link(), {"name": "Neue Kollegin"})
    assert second.status_code == 404
    assert "Diese Einladung gilt nicht mehr" in second.content.decode()


def test_after_two_weeks_the_link_is_dead_even_before_anybody_tidies_up(firm, hr):
    invitation = invite(firm, hr)
    later = clock.now() + flow.INVITATION_LASTS
    with clock.stopped(later):
        assert Client().get(link()).status_code == 404
        assert [flow.expire_invitations(later), flow.expire_invitations(later)] == [1, 0]
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.EXPIRED


def test_a_withdrawn_invitation_opens_nothing(firm, hr):
    flow.withdraw_invitation(invite(firm, hr), by=hr, at=clock.now())
    assert Client().get(link()).status_code == 404


def test_who_has_an_account_gets_the_role_but_is_not_signed_in_by_the_link(firm, hr):
    known = make.person(email="neu@x.example", name="Schon Da")
    invite(firm, hr)
    client = Client()
    client.post(link())
    assert queries.standing(known).organisations(Role.EMPLOYEE) == {firm.pk}
    assert client.get(reverse("network:profile")).status_code == 302
    known.refresh_from_db()
    assert known.name == "Schon Da"


def test_somebody_else_signed_in_cannot_take_the_invitation(firm, hr):
    invite(firm, hr)
    client = Client()
    client.force_login(make.person())
    page = client.post(link(), {"name": "Ich"})
    assert "Sie sind mit einer anderen Adresse angemeldet" in page.content.decode()
    assert not Person.objects.filter(email="neu@x.example").exists()


def test_nobody_is_invited_twice_into_the_same_role(firm, hr):
    invite(firm, hr)
    with pytest.raises(Refused, match="schon eingeladen"):
        invite(firm, hr, email="NEU@x.example")
    invite(firm, hr, Role.FOREMAN)
    with pytest.raises(Refused, match="diese Rolle schon"):
        invite(firm, hr, Role.HR, email=hr.email)


# --- names --------------------------------------------------------------------------
def test_names_in_a_history_are_known_to_colleagues_and_to_the_office(firm, hr):
    stranger = make.person(Role.HR)
    both = {hr.pk, stranger.pk}
    colleague = make.person(Role.EMPLOYEE, firm)
    assert queries.names_known_to(colleague)(both) == {hr.pk: hr.name}
    assert queries.names_known_to(make.coordinator())(both) == {hr.pk: hr.name, stranger.pk: stranger.name}
    assert queries.names_known_to(make.person())(both) == {}


def test_every_role_that_may_be_handed_on_is_a_role():
    for roles in rules.HANDED_ON.values():
        assert roles <= set(Role)
        assert Role.COORDINATION not in roles
