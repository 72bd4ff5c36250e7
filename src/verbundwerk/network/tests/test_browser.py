"""In the real browser: a passkey from set-up to sign-in, and every page for every eye."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from verbundwerk.network.terms import Role
from verbundwerk.post.tests import make as post

from . import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


def with_device(page):
    """A device that holds passkeys and knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_a_passkey_is_set_up_and_signs_in(new_page, sign_in):
    person, page = make.person(name="Anna Muster"), new_page()
    device = with_device(page)
    sign_in(page, person)
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Auch ohne E-Mail-Adresse damit anmelden").check()
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.get_by_text("Der Passkey ist eingerichtet.").wait_for()
    page.context.clear_cookies()
    page.goto(reverse("account_login") + "?next=" + reverse("network:profile"))
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_role("heading", name="Mein Profil").wait_for()
    assert "Anna Muster" in page.content()
    device.detach()


def test_a_code_by_email_signs_in_without_javascript(new_page):
    make.person(email="anna@x.example", name="Anna Muster")
    page = new_page(javascript=False, width=320)
    page.goto(reverse("account_login") + "?next=" + reverse("network:profile"))
    page.locator("#id_email").fill("anna@x.example")
    page.get_by_role("button", name="Code schicken").click()
    page.get_by_role("heading", name="Code eingeben").wait_for()
    code = re.search(r"^([0-9A-Z]{3,}(?:-[0-9A-Z]+)*)$", mail.outbox[-1].body, re.MULTILINE).group(1)
    page.get_by_label("Code").fill(code)
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()
    page.get_by_role("heading", name="Mein Profil").wait_for()


def pages(firm) -> list[str]:
    body, office = make.body(), make.coordinator()
    make.mandate(office, role=Role.GROUP_LEAD, body=body)
    make.invitation(token="t" * 20)
    return [
        reverse("network:list"),
        reverse("network:organisation", args=[firm.pk]),
        reverse("network:change", args=[firm.pk]),
        reverse("network:invite", args=[firm.pk]),
        reverse("network:register"),
        reverse("network:end_mandate", args=[make.mandate(organisation=firm, role=Role.EMPLOYEE).pk]),
        reverse("network:alliances"),
        reverse("network:bodies"),
        reverse("network:body", args=[body.pk]),
        reverse("network:accept", args=["t" * 20]),
        reverse("network:accept", args=["used"]),
        reverse("network:profile"),
        reverse("network:letters"),
        reverse("network:letter", args=[post.letter("given_up", last_error="TimeoutError").pk]),
        reverse("mfa_index"),
        reverse("mfa_activate_totp"),
        reverse("mfa_add_webauthn"),
        reverse("account_set_password"),
        reverse("account_logout"),
    ]


def test_everybody_can_use_the_pages_of_the_network(new_page, sign_in, barriers):
    alliance = make.alliance()
    firm = make.organisation(name="Fräs- und Drehtechnik Müller und Söhne GmbH", alliance=alliance)
    office = make.coordinator()
    make.invitation(organisation=firm)
    page = new_page()
    sign_in(page, office)
    assert [told for address in pages(firm) for told in barriers(page, address)] == []


def test_everybody_can_come_in_through_the_door(new_page, barriers, assert_accessible):
    page = new_page()
    doors = ("account_login", "account_request_login_code", "account_signup", "account_reset_password")
    assert [told for name in doors for told in barriers(page, reverse(name))] == []
    page.goto(reverse("account_login"))
    page.get_by_text("Mit Passwort anmelden").click()
    assert_accessible(page)
    assert not mail.outbox
