"""People, what they say about themselves, and their mandates."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Refused, no, require, yes_if
from verbundwerk.journal.flow import record

from .. import queries, rules
from ..models import Alliance, Body, Mandate, Organisation, Person
from ..queries import standing
from .common import ask, day_of, once


class MandateScope(TypedDict, total=False):
    alliance: Alliance | None
    body: Body | None
    from_on: date | None
    until_on: date | None


class PersonDetails(TypedDict, total=False):
    language: str
    phone: str


@transaction.atomic
def welcome_person(
    *, name: str, email: str, by: Person | None, at: datetime, **details: Unpack[PersonDetails]
) -> Person:
    """A person who can sign in: the address counts as proven, because every way in is a letter to it."""
    ask(rules.may_coordinate(standing(by)), by)
    with once(_("Eine Person mit dieser Adresse gibt es schon.")):
        person = Person(name=name, email=email, created_at=at, **details)
        person.set_unusable_password()
        person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record(by, "person.welcomed", person, at=at)
    return person


@transaction.atomic
def change_own_profile(*, name: str, phone: str, language: str, by: Person, at: datetime) -> Person:
    by.name, by.phone, by.language = name, phone, language
    by.save(update_fields=["name", "sort_key", "phone", "language"])
    record(by, "person.changed", by, at=at)
    return by


@transaction.atomic
def sign_out_everywhere(*, by: Person, at: datetime) -> Person:
    """All sessions end, on every device; the view keeps the present one alive."""
    by.signed_out_at = at
    by.save(update_fields=["signed_out_at"])
    record(by, "person.signed_out_everywhere", by, at=at)
    return by


@transaction.atomic
def give_mandate(
    person: Person,
    organisation: Organisation,
    role: str,
    *,
    by: Person | None,
    at: datetime,
    **scope: Unpack[MandateScope],
) -> Mandate:
    """From today on unless said otherwise; a mandate in a body also counts for the body's alliance."""
    body = scope.get("body")
    alliance = body.alliance if body else scope.get("alliance")
    ask(rules.may_hand_on(standing(by), organisation.pk, role), by)
    require(rules.fits_together(role, alliance=alliance is not None, body=body is not None))
    with once(_("Die Person hat diese Rolle schon.")):
        mandate = Mandate.objects.create(
            person=person, organisation=organisation, role=role, alliance=alliance, body=body,
            from_on=scope.get("from_on") or day_of(at), until_on=scope.get("until_on"),
        )  # fmt: skip
    queries.forget_standing(person)
    record(by, "mandate.given", mandate, at=at, role=role, organisation=str(organisation.pk))
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Person | None, at: datetime, on: date) -> Mandate:
    """`on` is the last day the mandate counts."""
    own = by is not None and by.pk == mandate.person_id
    ask(rules.may_end(standing(by), queries.held(mandate), own=own), by)
    require(yes_if(on >= mandate.from_on, _("Das Mandat beginnt erst später. Der letzte Tag liegt davor.")))
    if not queries.still_ending_after(mandate, on).update(until_on=on):
        raise Refused(no(_("Dieses Mandat endet schon früher.")))
    mandate.until_on = on
    queries.forget_standing(mandate.person)
    record(by, "mandate.ended", mandate, at=at, role=mandate.role, on=on.isoformat())
    return mandate
