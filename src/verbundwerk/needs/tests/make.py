"""Factories of the room: plain functions with sensible defaults."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from verbundwerk.base import clock
from verbundwerk.needs.draft import NeedDraft
from verbundwerk.needs.models import Evaluation, ImportBatch, Need, QuickLink, QuickNeed
from verbundwerk.needs.states import IMPORT, LINK, NEED, QUICK, NeedState, QuickState
from verbundwerk.needs.terms import LinkKind
from verbundwerk.network.models import Mandate, Organisation, Person, Site
from verbundwerk.network.terms import District, OrganisationKind, Role

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = AT.date()
_next = count(1)


def firm(name: str = "", *, postal_code: str = "31224", place: str = "Peine", **fields: Any) -> Organisation:
    made = Organisation.objects.create(
        name=name or f"Musterbetrieb {next(_next)} GmbH",
        created_at=AT,
        **{"kind": OrganisationKind.COMPANY, **fields},
    )
    Site.objects.create(
        organisation=made, name="Werk", postal_code=postal_code, place=place, district=District.PEINE, main=True
    )
    return made


def person(role: str | None = Role.HR, at: Organisation | None = None, name: str = "") -> Person:
    number = next(_next)
    made = Person.objects.create(
        email=f"person{number}@example.org", name=name or f"Person {number}", created_at=AT
    )  # fmt: skip
    if role is not None:
        Mandate.objects.create(person=made, organisation=at or firm(), role=role, from_on=date(2020, 1, 1))
    return made


def coordinator() -> Person:
    return person(Role.COORDINATION, firm("", kind=OrganisationKind.OTHER))


def draft(**fields: Any) -> NeedDraft:
    values: dict[str, Any] = {
        "topic_text": "Hochvolt Stufe 2",
        "seats": 3,
        "window_from": date(2027, 3, 1),
        "window_until": date(2027, 6, 30),
        "postal_code": "31224",
    }
    return NeedDraft(**{**values, **fields})


def need(*, organisation: Organisation | None = None, state: str = NeedState.DRAFT, **fields: Any) -> Need:
    """A stored need standing in that state, without the way that led there."""
    values: dict[str, Any] = {
        **draft().columns(),
        "number": 1000 + next(_next),
        "organisation": organisation or firm(),
        "created_at": AT,
        "submitted_at": None if state == NeedState.DRAFT else AT,
        "expires_on": date(2027, 11, 2),
        "state": state,
    }
    if "topic" in fields:
        del values["topic_id"]
    return Need.objects.create(**{**values, **fields})


def asked(**fields: Any) -> Need:
    """A covered need whose firm was asked whether the course fitted."""
    made = need(**{"state": NeedState.COVERED, **fields})
    Evaluation.objects.create(need=made, about="K-0003 Hochvolt Stufe 2", asked_at=clock.now())
    return made


def row(
    line: int = 2, organisation: Organisation | None = None, *errors: tuple[str, str], **fields: Any
) -> dict[str, Any]:
    """One row of an uploaded list as it was understood."""
    good = not errors
    return {
        "line": line,
        "cells": ["Hochvolt Stufe 2"],
        "errors": [{"label": label, "found": "", "text": text} for label, text in errors],
        "notes": [],
        "firm": organisation.name if organisation else "",
        "topic": "",
        "organisation": str(organisation.pk) if organisation else None,
        "draft": draft(**fields).as_json() if good else None,
    }


def batch(
    *, by: Person, organisation: Organisation, rows: list[dict[str, Any]] | None = None, **fields: Any
) -> ImportBatch:
    rows = [row(organisation=organisation)] if rows is None else rows
    values = {
        "organisation": organisation,
        "uploaded_by": by,
        "uploaded_at": AT,
        "file_name": "Bedarfe.xlsx",
        "content": {
            "header": ["Thema"],
            "raw": [[one["line"], {"Thema": "Hochvolt Stufe 2"}] for one in rows],
            "fields": {"Thema": "topic_text"},
            "missing": [],
            "unknown": [],
            "warnings": [],
            "rows": rows,
        },
        "row_count": len(rows),
        "wrong_count": sum(bool(one["errors"]) for one in rows),
    }
    return ImportBatch.objects.create(**{**values, **fields})


def _batch_in(state: str) -> ImportBatch:
    at = firm()
    return batch(by=person(Role.HR, at), organisation=at, state=state)


def link(*, organisation: Organisation | None = None, **fields: Any) -> QuickLink:
    """A link that needs no account: a firm's when a firm is named, else a poster's."""
    number = next(_next)
    values = {
        "code": f"{number:012d}",
        "kind": LinkKind.FIRM if organisation else LinkKind.POSTER,
        "organisation": organisation,
        "name": f"Aushang {number}",
        "valid_until": date(2027, 6, 30),
        "made_at": AT,
    }
    return QuickLink.objects.create(**{**values, **fields})


def quick(
    *, organisation: Organisation | None = None, state: str = QuickState.WAITING, at: datetime = AT, **fields: Any
) -> QuickNeed:
    """Something reported without an account, standing in that state; without a firm it names one."""
    values = {
        "link": fields.pop("link", None) or link(organisation=organisation),
        "organisation": organisation,
        "firm_name": "" if organisation else "Unbekannte Werke",
        "topic_text": "Hochvolt-Schulung für die Werkstatt",
        "seats": 3,
        "window_until": date(2027, 6, 30),
        "email": f"absender{next(_next)}@example.org",
        "once": uuid4(),
        "state": state,
        "sent_at": at,
        "confirmed_at": None if state == QuickState.UNCONFIRMED else at,
        "closed_at": None if state in (QuickState.UNCONFIRMED, QuickState.WAITING) else at,
    }
    return QuickNeed.objects.create(**{**values, **fields})


STATEFUL = {
    NEED: lambda state: need(state=state),
    IMPORT: _batch_in,
    LINK: lambda state: link(state=state),
    QUICK: lambda state: quick(state=state),
}
