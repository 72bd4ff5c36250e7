"""The directory, the inside of a firm, bad input, and letters that are stuck."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.network import flow, queries
from verbundwerk.network.models import Organisation
from verbundwerk.network.terms import Role
from verbundwerk.post.tests import make as post

from . import make

pytestmark = pytest.mark.django_db
RTL = "Werk\u202e GmbH"


def page_of(person=None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def html(client: Client, name: str, *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


# --- the directory ------------------------------------------------------------------
def test_everybody_finds_public_organisations_by_name_place_kind_and_alliance():
    alliance = make.alliance()
    make.organisation(name="Öffnungstechnik Süd", alliance=alliance)
    make.organisation("union", name="Gewerkschaft Mitte")
    client = page_of()
    for query in ({"q": "oeffnungs"}, {"q": "Öffn"}, {"kind": "company"}, {"alliance": alliance.slug}):
        page = html(client, "network:list", **query)
        assert "Öffnungstechnik Süd" in page
        assert "Gewerkschaft Mitte" not in page
    assert "Gewerkschaft Mitte" in html(client, "network:list", district="03157")


def test_who_left_an_alliance_is_not_found_in_it():
    alliance = make.alliance(name="Verbund Nord")
    firm = make.organisation(name="Ausgetreten GmbH", alliance=alliance)
    flow.leave_alliance(firm, alliance, by=None, at=clock.now())
    assert "Ausgetreten GmbH" not in html(page_of(), "network:list", alliance=alliance.slug)
    assert "in keinem Verbund" in html(page_of(), "network:organisation", firm.pk)


def test_who_does_not_want_to_be_listed_is_known_to_its_own_people_and_the_office_only():
    firm = make.organisation(name="Stille GmbH", public=False)
    own, office, other = make.person(Role.EMPLOYEE, firm), make.coordinator(), make.person(Role.HR)
    address = reverse("network:organisation", args=[firm.pk])
    assert [page_of(who).get(address).status_code for who in (own, office, other, None)] == [200, 200, 404, 404]
    table = b"".join(page_of(other).get(reverse("network:csv")).streaming_content)
    assert "Stille GmbH" not in table.decode()


def test_the_public_page_shows_no_person_no_street_and_no_size():
    firm = make.organisation()
    make.person(Role.HR, firm, name="Meike Sander")
    for who in (None, make.person(Role.HR), make.person(Role.ADMIN), make.person(Role.DATA_PROTECTION)):
        page = html(page_of(who), "network:organisation", firm.pk)
        assert "Peine" in page
        assert not [word for word in ("Meike Sander", "Werkstraße", "Beschäftigte<", "Betriebsrat") if word in page]


def test_colleagues_see_each_other_and_only_personnel_sees_addresses():
    firm = make.organisation()
    hr = make.person(Role.HR, firm, name="Meike Sander", email="meike@x.example")
    colleague = make.person(Role.EMPLOYEE, firm)
    seen, kept = (html(page_of(who), "network:organisation", firm.pk) for who in (colleague, hr))
    assert "Meike Sander" in seen
    assert "meike@x.example" not in seen
    assert "meike@x.example" in kept


def queries_for(name: str) -> int:
    client = page_of()
    html(client, name)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        html(client, name)
    return len(captured)


@pytest.mark.parametrize("name", ["network:list", "network:alliances", "network:bodies"])
def test_a_list_asks_no_more_with_twenty_rows_than_with_three(name):
    alliance = make.alliance()

    def add(count: int) -> None:
        for _ in range(count):
            make.organisation(alliance=alliance)
            make.body(make.alliance())

    add(3)
    few = queries_for(name)
    add(17)
    assert queries_for(name) == few


def test_a_firm_with_many_people_needs_no_more_questions():
    firm = make.organisation()
    hr = make.person(Role.HR, firm)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            html(client, "network:organisation", firm.pk)
        return len(captured)

    client = page_of(hr)
    count()
    few = count()
    for _ in range(12):
        make.person(Role.EMPLOYEE, firm)
        make.invitation(organisation=firm)
        make.site(firm)
    assert count() == few


@pytest.mark.parametrize("name", ["network:csv", "network:xlsx"])
def test_the_directory_can_be_taken_along(name):
    make.organisation(name="=1+1 GmbH")
    answer = page_of().get(reverse(name))
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert content
    assert b"\n=1+1" not in content


def test_names_of_a_bodys_members_stay_among_them():
    body = make.body()
    lead = make.person(Role.GROUP_LEAD, body=body, name="Anke Bosse")
    pages = {who: html(page_of(who), "network:body", body.pk) for who in (lead, make.person(Role.HR), None)}
    assert ["Anke Bosse" in page for page in pages.values()] == [True, False, False]
    assert "1 Mitglied" in pages[None] or "ein Mitglied" in pages[None]


# --- keeping it in order ------------------------------------------------------------
ORGANISATION = {
    "name": "Neue GmbH",
    "kind": "company",
    "size_class": "10",
    "section": "C",
    "website": "",
    "public": "on",
}
SITE = {"name": "Hauptsitz", "street": "", "postal_code": "38100", "place": "Braunschweig", "representation": "none"}


def registered(**changes):
    data = {**ORGANISATION, **{f"site-{key}": value for key, value in SITE.items()}, **changes}
    return page_of(make.coordinator()).post(reverse("network:register"), data)


def test_the_office_admits_an_organisation_and_the_district_follows_from_the_postal_code():
    answer = registered()
    one = Organisation.objects.get(name="Neue GmbH")
    assert answer.headers["Location"] == reverse("network:organisation", args=[one.pk])
    assert one.sites.get().district == "03101"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Bitte füllen Sie dieses Feld aus."),
        ("name", "x" * 121, "erlaubt sind höchstens 120"),
        ("name", RTL, "unsichtbares Zeichen (U+202E)"),
        ("name", "Null\x00 GmbH", "unsichtbares Zeichen"),
        ("kind", "castle", "steht nicht zur Auswahl"),
        ("size_class", "7", "steht nicht zur Auswahl"),
        ("website", "javascript:alert(1)", "keine Internetadresse"),
        ("site-postal_code", "3122", "keine deutsche Postleitzahl"),
        ("site-postal_code", "80331", "liegt nicht in der Region"),
        ("site-place", " ", "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_bad_input_is_named_at_the_field_and_nothing_is_saved(field, typed, said):
    before = Organisation.objects.count()
    answer = registered(**{field: typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Organisation.objects.filter(name__startswith="Neue").count() == 0
    assert Organisation.objects.count() == before + 1, "only the office of the person who asks"


@pytest.mark.parametrize("name", ["<script>alert(1)</script> GmbH", "Werk ® & Söhne", "أحمد GmbH", 'O\'Neill "Stahl"'])
def test_unusual_names_are_welcome_and_shown_as_they_are(name):
    registered(name=name)
    one = Organisation.objects.get(name=name)
    assert "<script>alert" not in html(page_of(), "network:organisation", one.pk)


def test_an_emoji_in_the_name_of_a_firm_is_refused_and_named():
    answer = registered(name="Neue Werke 🛠️")
    assert answer.status_code == 422
    assert "geht das Zeichen „🛠“ nicht" in answer.content.decode()
    assert not Organisation.objects.filter(name__startswith="Neue").exists()


def test_a_name_that_exists_is_refused_at_the_field_with_everything_typed_kept():
    make.organisation(name="neue gmbh")
    answer = registered(website="https://neu.example")
    assert answer.status_code == 422
    assert "gibt es schon" in answer.content.decode()
    assert "https://neu.example" in answer.content.decode()


def test_personnel_changes_its_firm_but_not_what_kind_it_is_nor_whether_it_is_listed():
    firm = make.organisation()
    client = page_of(make.person(Role.HR, firm))
    client.post(reverse("network:change", args=[firm.pk]), {**ORGANISATION, "kind": "union", "public": ""})
    firm.refresh_from_db()
    assert (firm.name, firm.kind, firm.public) == ("Neue GmbH", "company", True)


def test_personnel_adds_and_changes_sites():
    firm = make.organisation()
    client = page_of(make.person(Role.HR, firm))
    client.post(
        reverse("network:add_site", args=[firm.pk]), {**SITE, "name": "Werk 2", "representation": "works_council"}
    )
    site = firm.sites.get(name="Werk 2")
    assert not site.main
    client.post(reverse("network:change_site", args=[site.pk]), {**SITE, "name": "Werk 3"})
    site.refresh_from_db()
    assert (site.name, site.representation) == ("Werk 3", "none")


def test_the_office_lets_an_organisation_join_and_leave():
    firm, alliance, client = make.organisation(), make.alliance(), page_of(make.coordinator())
    client.post(reverse("network:join", args=[firm.pk]), {"alliance": alliance.pk})
    assert queries.alliances_of(firm) == [alliance]
    client.post(reverse("network:leave", args=[firm.pk, alliance.pk]))
    assert queries.alliances_of(firm) == []


def test_the_office_founds_a_body_and_gives_a_seat():
    alliance, client, person = make.alliance(), page_of(make.coordinator()), make.person(email="anke@x.example")
    client.post(
        reverse("network:found_body", args=[alliance.pk]), {"kind": "working_group", "name": "AK 1", "mission": ""}
    )
    body = alliance.bodies.get()
    seat = {"email": "niemand@x.example", "organisation": make.organisation().pk, "role": "group_lead"}
    unknown = client.post(reverse("network:give_seat", args=[body.pk]), seat)
    assert "gibt es noch niemanden" in unknown.content.decode()
    client.post(reverse("network:give_seat", args=[body.pk]), {**seat, "email": "Anke@x.example"})
    assert queries.standing(person).bodies == {body.pk}


def test_an_invitation_form_keeps_what_was_typed_and_names_the_field():
    firm = make.organisation()
    client = page_of(make.person(Role.HR, firm))
    typed = {"name": "Neue Kollegin", "email": "kein-at", "role": "works_council"}
    answer = client.post(reverse("network:invite", args=[firm.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "keine E-Mail-Adresse" in page
    assert "Neue Kollegin" in page
    assert not firm.invitations.exists()


def test_one_changes_ones_own_profile_and_the_language_follows():
    person = make.person()
    client = page_of(person)
    client.post(reverse("network:change_profile"), {"name": "Anna-Lena Müller", "phone": "05171 1", "language": "en"})
    person.refresh_from_db()
    assert (person.name, person.phone, person.language) == ("Anna-Lena Müller", "05171 1", "en")
    assert client.cookies["django_language"].value == "en"
    assert client.post(reverse("network:change_profile"), {"name": RTL, "language": "xx"}).status_code == 422
    smiling = client.post(reverse("network:change_profile"), {"name": "Anna 🙂", "language": "de"})
    assert smiling.status_code == 422
    assert "“🙂”" in smiling.content.decode()


def test_a_role_ends_at_the_earliest_yesterday():
    firm = make.organisation()
    client, mandate = page_of(make.person(Role.HR, firm)), make.mandate(organisation=firm, role=Role.EMPLOYEE)
    address = reverse("network:end_mandate", args=[mandate.pk])
    assert client.post(address, {"on": "2021-01-01"}).status_code == 422
    assert client.post(address, {"on": "31.02.2027"}).status_code == 422
    client.post(address, {"on": clock.today().isoformat()})
    mandate.refresh_from_db()
    assert mandate.until_on == clock.today()


# --- stuck letters ------------------------------------------------------------------
def test_the_administrator_sees_that_a_letter_is_stuck_but_not_what_it_says():
    letter = post.letter(
        "given_up", subject="Bedarf Laserschweißen", text="Geheimer Auftrag", last_error="TimeoutError"
    )
    admin, office = page_of(make.person(Role.ADMIN)), page_of(make.coordinator())
    for name, args in (("network:letters", []), ("network:letter", [letter.pk])):
        page = html(admin, name, *args)
        assert "Der Mailserver antwortet nicht." in page
        assert "Laserschweißen" not in page
        assert "Geheimer Auftrag" not in page
    assert "Geheimer Auftrag" in html(office, "network:letter", letter.pk)


def test_nobody_reads_a_letter_with_a_code():
    letter = post.letter("given_up", secret=True, text="Ihr Code: 4711")
    assert "4711" not in html(page_of(make.coordinator()), "network:letter", letter.pk)


def test_a_stuck_letter_stands_on_the_page_of_today_and_is_sent_again():
    letter, admin = post.letter("given_up"), make.person(Role.ADMIN)
    [line] = queries.waiting_for(admin, clock.now())
    assert page_of(admin).get(line.url).status_code == 200
    assert queries.waiting_for(make.person(Role.HR), clock.now()) == []
    page_of(admin).post(reverse("network:retry_letter", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert queries.waiting_for(admin, clock.now()) == []
