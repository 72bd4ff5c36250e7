"""An employee's own wish: written for oneself, released, answered, taken back, gone."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.needs.draft import NeedDraft
from verbundwerk.needs.flow import raise_from_staff
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Shift, Source
from verbundwerk.network.models import Organisation, Person
from verbundwerk.pooling.models import Pool
from verbundwerk.post.flow import send_letter, take_back_letters
from verbundwerk.topics.queries import topic_for_text

from .. import queries, rules
from ..models import Talk, Wish
from ..states import WISH
from ..terms import Times


@dataclass(frozen=True, slots=True, kw_only=True)
class WishWords:
    """What somebody writes down for themselves."""

    topic_text: str = ""
    details: str = ""
    shift: str = Shift.DAY
    times: str = Times.ANY
    fixed_end: bool = False


@transaction.atomic
def write_wish(
    words: WishWords, *, organisation: Organisation, by: Person, at: datetime, once: UUID | None = None,
    pool: Pool | None = None,
) -> Wish:  # fmt: skip
    """Private from the first moment. The same `once` from the same person gives the same wish again.

    With `pool` it is interest in that one: once per person, under the pool's title and topic."""
    require(rules.works_at(organisation.pk, by), rules.has_room(queries.wishes_of(by).count()))
    key = uuid5(by.pk, str(pool.pk if pool else once)) if pool or once else None
    made = {**_columns(words), **_about_pool(pool), "organisation": organisation, "written_at": at, "touched_at": at}
    made["person"] = by
    wish, new = Wish.objects.get_or_create(once=key, defaults=made) if key else (Wish.objects.create(**made), True)
    if new:
        record(by, "wish.written", wish, at=at)
    return wish


def _about_pool(pool: Pool | None) -> dict[str, Any]:
    return {"pool": pool, "topic_text": pool.title, "topic": pool.topic} if pool else {}


def _columns(words: WishWords) -> dict[str, Any]:
    return {**asdict(words), "topic": topic_for_text(words.topic_text)}


@transaction.atomic
def change_wish(wish: Wish, words: WishWords, *, by: Person, at: datetime) -> Wish:
    wish = _locked(wish)
    require(rules.may_change(wish, by))
    for name, value in {**_columns(words), **_about_pool(wish.pool), "touched_at": at}.items():
        setattr(wish, name, value)
    wish.save()
    record(by, "wish.changed", wish, at=at)
    return wish


@transaction.atomic
def release_wish(wish: Wish, *, by: Person, at: datetime) -> Wish:
    """From now on HR of the firm reads it, with the name; the letter says that there is one, not what it says."""
    require(rules.owns(wish, by), rules.works_at(wish.organisation_id, by))
    WISH.advance(wish, "release", released_at=at, touched_at=at)
    record(by, "wish.released", wish, at=at)
    for person in queries.people_who_answer(wish.organisation_id):
        _tell(wish, person, f"released:{at.isoformat()}", _("Ein Wunsch aus der Belegschaft"), "released", at)
    return wish


@transaction.atomic
def take_back_wish(wish: Wish, *, by: Person, at: datetime) -> Wish:
    """As if it had never been released: HR finds it no more. A need that came of it stays; it names nobody."""
    require(rules.owns(wish, by))
    nothing = {"released_at": None, "answered_at": None, "answer": "", "need": None}
    WISH.advance(wish, "take_back", touched_at=at, **nothing)
    take_back_letters(_about(wish))
    record(by, "wish.taken_back", wish, at=at)
    return wish


@transaction.atomic
def delete_wish(wish: Wish, *, by: Person, at: datetime) -> None:
    """Gone at once, with the letters about it."""
    require(rules.may_delete(wish, by))
    record(by, "wish.deleted", wish, at=at)
    take_back_letters(_about(wish))
    wish.delete()


@transaction.atomic
def delete_own_words(*, by: Person, at: datetime) -> int:
    """All wishes of this person; what they noted as a mentor stays without them. How many wishes there were."""
    wishes = list(queries.wishes_of(by).select_for_update(of=("self",)))
    for wish in wishes:
        delete_wish(wish, by=by, at=at)
    Talk.objects.filter(mentor=by).update(mentor=None)
    return len(wishes)


# --- the firm answers -------------------------------------------------------------------
@transaction.atomic
def take_wish(wish: Wish, draft: NeedDraft, *, submit: bool = True, by: Person, at: datetime) -> Need:
    """It becomes a need of the firm, which says nothing about whose wish it was."""
    require(rules.answers_for(wish.organisation_id, by))
    WISH.advance(wish, "take", answered_at=at, touched_at=at)
    firm = wish.organisation
    need = raise_from_staff(draft, Source.EMPLOYEE, organisation=firm, by=by, at=at, submit=submit)
    Wish.objects.filter(pk=wish.pk).update(need=need)
    wish.need = need
    record(by, "wish.taken", wish, at=at)
    _tell_owner(wish, at)
    return need


@transaction.atomic
def decline_wish(wish: Wish, *, answer: str, by: Person, at: datetime) -> Wish:
    require(rules.answers_for(wish.organisation_id, by), rules.gives_an_answer(answer))
    WISH.advance(wish, "decline", answer=answer.strip(), answered_at=at, touched_at=at)
    record(by, "wish.declined", wish, at=at)
    _tell_owner(wish, at)
    return wish


def _tell_owner(wish: Wish, at: datetime) -> None:
    _tell(wish, wish.person, f"answered:{at.isoformat()}", _("Antwort auf Ihren Wunsch"), "answered", at)


def _tell(wish: Wish, person: Person, occasion: str, subject: Promise, template: str, at: datetime) -> None:
    send_letter(
        key=f"{_about(wish)}{occasion}",
        to=person,
        subject=subject,
        at=at,
        template=f"wishes/letters/{template}",
        context={"person": person, "path": reverse("wishes:wish", args=[wish.pk])},
    )


def _about(wish: Wish) -> str:
    """How the keys of all letters about a wish begin, so that they go with it."""
    return f"wish:{wish.pk}:"


def _locked(wish: Wish) -> Wish:
    """As it stands now; whoever else wants to change it waits until our transaction ends."""
    return Wish.objects.select_for_update().get(pk=wish.pk)
