"""What ends by itself: people who left, old invitations, sessions and counters that ran out."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from verbundwerk.base.retention import forgets, some
from verbundwerk.base.words import sort_key

from .. import queries
from ..models import Invitation, Mandate, Person
from ..rules import NAMELESS, NAMELESS_AT


@forgets("person")
def forget_people(before: datetime, most: int) -> int:
    """The row stays for what points at it, and means nobody: no name, no address, no role, no way to sign in."""
    gone = list(some(queries.people_who_left(before), most).values_list("pk", flat=True))
    Mandate.objects.filter(person__in=gone).delete()
    EmailAddress.objects.filter(user__in=gone).delete()
    Authenticator.objects.filter(user__in=gone).delete()
    return Person.objects.filter(pk__in=gone).update(
        name=NAMELESS,
        sort_key=sort_key(NAMELESS),
        email=Concat(Cast(F("pk"), CharField()), Value(NAMELESS_AT)),
        phone="",
        language="de",
        password=make_password(None),
        last_login=None,
        is_active=False,
    )


@forgets("invitations")
def forget_invitations(before: datetime, most: int) -> int:
    return some(Invitation.objects.filter(closed_at__lt=before), most).delete()[0]


@forgets("sessions")
def forget_sessions(before: datetime, most: int) -> int:
    """The framework dates them by the wall clock, not by the house's: nobody is signed out before their time."""
    over = min(before, timezone.now())
    return some(Session.objects.filter(expire_date__lt=over), most).delete()[0]


@forgets("attempts")
def forget_attempts(before: datetime, most: int) -> int:
    """The cache's own table has no model; it clears itself only when it is nearly full."""
    sql = (
        "DELETE FROM verbundwerk_cache WHERE cache_key IN"
        " (SELECT cache_key FROM verbundwerk_cache WHERE expires < %s ORDER BY cache_key LIMIT %s)"
    )
    with connection.cursor() as cursor:
        over = min(before, timezone.now())  # dated by the wall clock as well
        cursor.execute(sql, [connection.ops.adapt_datetimefield_value(over), most])
        return int(cursor.rowcount)
