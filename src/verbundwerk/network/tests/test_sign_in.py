"""Code by e-mail, password with a second factor, passkey. Nobody learns whether an address has an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.core.internal.ratelimit import cache_lock
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache, caches
from django.db import connections
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock, jobs
from verbundwerk.network import flow
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db
GERMAN_YOU = re.compile(r"\b([Dd]u|[Dd]ein(e[mnrs]?)?|[Dd]ich|[Dd]ir)\b")


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


@pytest.fixture
def client():
    return Client()


def ask_for_code(client: Client, email: str):
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def last_letter() -> str:
    jobs.work_off()
    return mail.outbox[-1].body


def code_in(letter: str) -> str:
    return re.search(r"^([0-9A-Z]{3,}(?:-[0-9A-Z]+)*)$", letter, re.MULTILINE).group(1)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("network:profile")).status_code == 200


def sign_in_by_code(client: Client, email: str):
    ask_for_code(client, email)
    return client.post(reverse("account_confirm_login_code"), {"code": code_in(last_letter())})


def test_a_code_by_email_signs_in(client):
    anna = make.person(email="anna@x.example")
    page = ask_for_code(client, "Anna@X.example")
    assert page.status_code == 200
    assert "Wir haben eine Nachricht an anna@x.example geschickt." in page.content.decode()
    client.post(reverse("account_confirm_login_code"), {"code": code_in(last_letter())})
    assert is_signed_in(client)
    assert mail.outbox[-1].to == [anna.email]
    assert not Letter.objects.get().text, "the code is not kept"


def test_whoever_mistyped_the_address_can_type_another_one(client):
    make.person(email="anna@x.example")
    page = ask_for_code(client, "ana@x.example").content.decode()
    assert "Andere Adresse" in page
    back = client.post(reverse("account_logout"), {"next": reverse("account_login")}, follow=True)
    assert back.redirect_chain[-1][0] == reverse("account_login")
    assert 'name="login"' in back.content.decode() or 'name="email"' in back.content.decode()
    sign_in_by_code(client, "anna@x.example")
    assert is_signed_in(client)


def test_a_wrong_code_does_not_sign_in_and_five_wrong_ones_end_it(client):
    make.person(email="anna@x.example")
    ask_for_code(client, "anna@x.example")
    pages = [client.post(reverse("account_confirm_login_code"), {"code": "AAAA-BBBB"}) for _ in range(5)]
    assert "Dieser Code stimmt nicht." in pages[0].content.decode()
    assert pages[-1].status_code == 302
    client.post(reverse("account_confirm_login_code"), {"code": code_in(last_letter())})
    assert not is_signed_in(client)


def test_known_and_unknown_addresses_get_the_same_page_and_a_letter_each():
    make.person(email="known@x.example")
    pages = [ask_for_code(Client(), f"{who}@x.example") for who in ("known", "unknown")]
    bodies = [re.sub(r"(un)?known@|csrfmiddlewaretoken\S+ \S+", "", page.content.decode()) for page in pages]
    known_page, unknown_page = pages
    assert known_page.redirect_chain == unknown_page.redirect_chain
    assert bodies[0] == bodies[1]
    jobs.work_off()
    known, unknown = sorted(mail.outbox, key=lambda one: one.to)
    assert code_in(known.body)
    assert "gibt es kein Konto" in unknown.body
    assert reverse("account_signup") in unknown.body


def test_a_password_of_an_unknown_address_is_refused_with_the_same_words(client):
    person = make.person(email="known@x.example")
    person.set_password("richtig langes passwort")
    person.save()
    said = [
        client.post(reverse("account_login"), {"login": f"{who}@x.example", "password": "falsch"}).content.decode()
        for who in ("known", "unknown")
    ]
    assert all("Die E-Mail-Adresse oder das Passwort stimmt nicht." in page for page in said)


def test_resetting_a_password_says_the_same_for_both(client):
    make.person(email="known@x.example")
    answers = [
        client.post(reverse("account_reset_password"), {"email": f"{who}@x.example"}).headers["Location"]
        for who in ("known", "unknown")
    ]
    assert len(set(answers)) == 1
    assert Letter.objects.count() == 2


def test_a_new_password_by_link_and_the_link_leads_to_our_own_address(client, settings):
    settings.BASE_URL = "https://verbund.example"
    person = make.person(email="anna@x.example")
    client.post(reverse("account_reset_password"), {"email": "anna@x.example"}, headers={"host": "localhost"})
    link = re.search(r"https://verbund\.example(/\S+)", last_letter()).group(1)
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    unequal = client.post(address, {"password1": "sehr langes kennwort", "password2": "ein anderes kennwort"})
    assert "Die beiden neuen Passwörter sind nicht gleich." in unequal.content.decode()
    client.post(address, {"password1": "sehr langes kennwort", "password2": "sehr langes kennwort"})
    person.refresh_from_db()
    assert person.check_password("sehr langes kennwort")
    assert "Dieser Link gilt nicht mehr" in Client().get(link, follow=True).content.decode()


def with_app(person) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def app_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


@pytest.mark.parametrize("way", ["password", "code"])
def test_who_has_a_second_factor_is_asked_for_it_whatever_the_first_was(client, way):
    person = make.person(email="anna@x.example")
    secret = with_app(person)
    if way == "password":
        person.set_password("sehr langes kennwort")
        person.save()
        client.post(reverse("account_login"), {"login": person.email, "password": "sehr langes kennwort"})
    else:
        sign_in_by_code(client, person.email)
    assert not is_signed_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Dieser Code stimmt nicht." in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert is_signed_in(client)


def test_a_copy_of_the_database_shows_nobodys_second_factor():
    secret = with_app(make.person("hr"))
    assert secret not in str(Authenticator.objects.get().data)


def test_a_recovery_code_opens_once():
    person = make.person(email="anna@x.example")
    with_app(person)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    for expected in (True, False):
        cache.clear()
        client = Client()
        sign_in_by_code(client, person.email)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client) is expected


def test_a_passkey_can_be_asked_for(client):
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "challenge" in answer.json()["request_options"]["publicKey"]


def test_asking_for_codes_ends_after_three_a_minute_for_one_address():
    answers = [Client().post(reverse("account_request_login_code"), {"email": "a@x.example"}) for _ in range(4)]
    assert [one.status_code for one in answers][:3] == [302, 302, 302]
    assert answers[3].status_code in {200, 429}
    assert Letter.objects.count() == 3
    assert Client().post(reverse("account_request_login_code"), {"email": "b@x.example"}).status_code == 302


def test_guessing_a_password_ends_after_five_attempts(client):
    person = make.person(email="anna@x.example")
    person.set_password("sehr langes kennwort")
    person.save()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": person.email, "password": "falsch"})
    right = client.post(reverse("account_login"), {"login": person.email, "password": "sehr langes kennwort"})
    assert "Das waren zu viele Versuche." in right.content.decode()
    assert not is_signed_in(client)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_counters_are_one_for_all_workers(settings):
    """The table of the migration, used by several workers at once: none of their attempts is lost."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "verbundwerk_cache",
            "TIMEOUT": 60,
        }
    }

    def attempt(_):
        shared = caches["default"]
        try:
            with cache_lock("attempts") as locked:
                if locked:
                    shared.set("attempts", shared.get("attempts", 0) + 1)
            return locked
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        counted = sum(workers.map(attempt, range(12)))
    assert caches["default"].get("attempts") == counted > 0


def test_signing_out_everywhere_ends_the_session_on_the_lost_phone(client):
    person, phone = make.person(), Client()
    client.force_login(person)
    phone.force_login(person)
    client.post(reverse("network:sign_out_everywhere"))
    assert is_signed_in(client)
    assert not is_signed_in(phone)


def test_a_mandate_opens_doors_until_its_last_day_and_not_the_day_after(client):
    hr, firm = make.person(), make.organisation()
    mandate = make.mandate(hr, firm)
    last_day = clock.today()
    flow.end_mandate(mandate, by=None, at=clock.now(), on=last_day)
    client.force_login(hr)
    page = reverse("network:change", args=[firm.pk])
    assert client.get(page).status_code == 200
    with clock.stopped(clock.now() + timedelta(days=1)):
        assert client.get(page).status_code == 404


PUBLIC = [
    "account_login", "account_request_login_code", "account_signup", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key_done", "account_inactive",
]  # fmt: skip
OWN = [
    "account_logout", "account_set_password", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn",
    "mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes",
]  # fmt: skip


@pytest.mark.parametrize("name", PUBLIC + OWN)
def test_every_sign_in_page_stands_in_our_frame_and_says_sie(client, name):
    if name in OWN:
        person = make.person()
        client.force_login(person)
        if "recovery" in name:
            with_app(person)
            RecoveryCodes.activate(person)
    page = client.get(reverse(name), follow=True)
    html = page.content.decode()
    assert page.status_code == 200
    assert 'class="vw-main"' in html
    assert html.count("<h1>") == 1
    text = re.sub(r"<[^>]+>", " ", html)
    assert not GERMAN_YOU.search(text)
    assert not re.search(r"\b(Password|Sign In|Submit|Email)\b", text)
    assert "style=" not in html


def test_a_page_that_changes_the_account_asks_who_is_there(client):
    person = make.person()
    person.set_password("sehr langes kennwort")
    person.save()
    client.force_login(person)
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Bitte bestätigen Sie, dass Sie es sind" in page.content.decode()


def test_scripts_of_the_sign_in_pages_come_from_files_only(client):
    html = client.get(reverse("account_login")).content.decode()
    for tag in re.findall(r"<script[^>]*>", html):
        assert "src=" in tag or 'type="application/json"' in tag
    assert not re.search(r"\son\w+=", html)


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "signup/", "password/change/", "signup/passkey/"])
def test_pages_of_the_package_that_we_do_not_offer_do_not_exist(client, path):
    assert client.get(f"/konto/{path}").status_code == 404


def test_a_notice_goes_out_when_a_password_is_set(client):
    person = make.person(email="anna@x.example")
    client.force_login(person)
    client.post(
        reverse("account_set_password"), {"password1": "sehr langes kennwort", "password2": "sehr langes kennwort"}
    )
    assert "Für Ihr Konto bei Verbundwerk gibt es jetzt ein Passwort." in last_letter()
    assert mail.outbox[-1].subject == "Ihr Passwort ist festgelegt"


NO_ADDRESS = ["", " ", "kein@", "a" * 400 + "@x.example", "<script>@x.example", "a\u202e@x.example"]


@pytest.mark.parametrize("typed", NO_ADDRESS)
def test_what_is_no_address_is_said_at_the_field(client, typed):
    page = client.post(reverse("account_request_login_code"), {"email": typed})
    assert page.status_code in {200, 422}
    assert "kern-error" in page.content.decode()
    assert not Letter.objects.exists()
