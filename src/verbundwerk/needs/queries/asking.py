"""What a firm is asked about its need: who is due, who is written to, and the link in the letter."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from verbundwerk.base import clock
from verbundwerk.network.models import Mandate, Person
from verbundwerk.network.queries import in_force
from verbundwerk.network.terms import Role

from .. import rules
from ..models import Evaluation, Need
from ..states import NeedState
from .guarded import need_for

LETTER_SALT, EVALUATION_SALT = "needs.expiry", "needs.evaluation"
LETTER_LASTS = timedelta(days=90)


def due_to_ask(on: date) -> QuerySet[Need]:
    due = Need.objects.filter(state__in=rules.KEEPABLE, expiry_asked_at=None, expires_on__lte=on + rules.ASKED_BEFORE)
    return due.select_related("organisation", "raised_by").order_by("number")


def due_to_expire(at: datetime) -> QuerySet[Need]:
    asked = Need.objects.filter(state__in=rules.KEEPABLE, expiry_asked_at__lte=at - rules.ASKED_BEFORE)
    return asked.filter(expires_on__lte=timezone.localdate(at)).order_by("number")


def people_to_ask(need: Need) -> list[Person]:
    """Whoever raised it; when this person has left, those who hire and train in the firm."""
    if need.raised_by and need.raised_by.is_active and rules.raised(need, need.raised_by):
        return [need.raised_by]
    in_charge = Mandate.objects.filter(in_force(clock.today()), role=Role.HR, organisation=need.organisation_id)
    return list(Person.objects.filter(pk__in=in_charge.values("person"), is_active=True))


def people_to_tell(needs: Iterable[Need]) -> list[tuple[Person, list[Need]]]:
    """Each person once, with those of these needs they are asked about."""
    told: dict[Person, list[Need]] = {}
    for need in needs:
        for person in people_to_ask(need):
            told.setdefault(person, []).append(need)
    return list(told.items())


def letter_token(need: Need, person: Person) -> str:
    """Opens the one page that asks whether this need is still wanted, without signing in."""
    return _token(need, person, LETTER_SALT)


def evaluation_token(need: Need, person: Person) -> str:
    """Opens the one page that asks whether the course fitted, without signing in; and nothing else."""
    return _token(need, person, EVALUATION_SALT)


def _token(need: Need, person: Person, salt: str) -> str:
    return signing.dumps([str(need.pk), str(person.pk)], salt=salt)


def letter_for(token: str) -> tuple[Need, Person]:
    """The need and the person a letter's link belongs to; 404 for a link that is wrong, old, or no longer theirs."""
    return _opened(token, LETTER_SALT)


def evaluation_letter_for(token: str) -> tuple[Need, Person]:
    return _opened(token, EVALUATION_SALT)


def _opened(token: str, salt: str) -> tuple[Need, Person]:
    try:
        need_id, person_id = signing.loads(token, salt=salt, max_age=LETTER_LASTS)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise Http404
    return need_for(person, UUID(need_id)), person


# --- did the course fit? ------------------------------------------------------------
def evaluation_of(need: Need) -> Evaluation | None:
    """Of a need the caller has loaded through `need_for`."""
    return Evaluation.objects.filter(need=need).select_related("answered_by").first()


def evaluations_to_remind(at: datetime) -> QuerySet[Evaluation]:
    waiting = Evaluation.objects.filter(answered_at=None, reminded_at=None, need__state=NeedState.COVERED)
    return waiting.filter(asked_at__lte=at - rules.REMINDED_AFTER).select_related("need__raised_by").order_by("pk")
