"""What a firm is asked about its need: who is due, who is written to, and the link in the letter."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet
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
    return signing.dumps([str(need.pk), str(person.pk)], salt=LETTER_SALT)


def evaluation_token(need: Need, person: Person) -> str:
    """Opens the one page that asks whether the course fitted, without signing in; and nothing else."""
    return signing.Signer(salt=EVALUATION_SALT).sign_object([str(need.pk), str(person.pk)])


def letter_for(token: str) -> tuple[Need, Person]:
    """The need and the person a letter's link belongs to; 404 for a link that is wrong, old, or no longer theirs."""
    try:
        ids = signing.loads(token, salt=LETTER_SALT, max_age=LETTER_LASTS)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    return _theirs(*ids)


def evaluation_letter_for(token: str) -> tuple[Need, Person]:
    """The same for the question after the course; how old it is, the question itself knows."""
    try:
        ids = signing.Signer(salt=EVALUATION_SALT).unsign_object(token)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    need, person = _theirs(*ids)
    evaluation = evaluation_of(need)
    if evaluation is None or evaluation.asked_at + LETTER_LASTS < clock.now():
        raise Http404
    return need, person


def _theirs(need_id: str, person_id: str) -> tuple[Need, Person]:
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


# --- whose words have been kept long enough ---------------------------------------------
def closed_before(moment: datetime) -> QuerySet[Need]:
    """Closed long ago, and still in the words of whoever raised it."""
    return Need.objects.filter(closed_at__lt=moment).exclude(topic_text=rules.FORGOTTEN)


def answered_before(moment: datetime) -> QuerySet[Evaluation]:
    still = Q(answered_by__isnull=False) | ~Q(note="")
    return Evaluation.objects.filter(still, answered_at__lt=moment)
