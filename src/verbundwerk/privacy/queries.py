from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, TruncDate

from verbundwerk.base.retention import Kept, table, work
from verbundwerk.journal.models import JournalEntry
from verbundwerk.journal.sight import EVERY_FIRM, seen
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.queries import standing

from . import rules
from .models import Forgetting, Look


def kept_lines() -> list[Kept]:
    """The whole retention table; everybody may read it."""
    return table()


def worked_off(on: date) -> set[str]:
    """The lines for which nothing is left to do on this day."""
    return set(Forgetting.objects.filter(done_on=on).values_list("line", flat=True))


def forgettings() -> dict[str, Forgetting]:
    """How far each line has been worked off, for `rules.may_see_all_looks`."""
    return {one.line: one for one in Forgetting.objects.all()}


def forgotten_total() -> int:
    total: int = Forgetting.objects.aggregate(total=Sum("total", default=0))["total"]
    return total


@dataclass(frozen=True, slots=True)
class Deletion:
    """On one day so many entries went by one line of the table; whose, nobody wrote down."""

    on: date
    count: int
    line: Kept | None

    @property
    def rule(self) -> str:
        return self.line.how_long if self.line else ""


def deletions() -> list[Deletion]:
    """What the journal says about every night, for `rules.may_see_all_looks`; the newest first."""
    known = {line.key: line for line in kept_lines()}
    done = JournalEntry.objects.filter(verb="retention.applied").order_by()
    done = done.annotate(on=TruncDate("at"), line=KT("details__line"), rows=Cast(KT("details__count"), IntegerField()))
    days = done.values("on", "line").annotate(count=Sum("rows")).order_by("-on", "line")
    return [Deletion(one["on"], one["count"], known.get(one["line"])) for one in days]


def lines_forgotten() -> list[Kept]:
    """Lines of which something has been deleted already; what is kept with another line goes with it."""
    emptied = {one.line for one in Forgetting.objects.filter(total__gt=0)}
    return [line for line in kept_lines() if (line.goes_with or line.key) in emptied]


def lines_behind(on: date) -> list[Kept]:
    """Lines with work of their own that nobody has worked off on this day yet."""
    done = worked_off(on)
    return [line for line, _work in work() if line.key not in done]


# --- who looked ------------------------------------------------------------------------
def looks_at_person(person: Any) -> QuerySet[Look]:
    """At this very person's data."""
    return _named(Look.objects.filter(person=person.pk))


def looks_at_firm(person: Any) -> QuerySet[Look]:
    """At the firms this person speaks for, and at lists over all firms, in which these may have stood."""
    own = Q(organisation__in=standing(person).organisations(*rules.FIRM_ROLES)) & ~Q(_within_a_list())
    return _named(Look.objects.filter(own | Q(organisation=None, person=None)))


def _within_a_list() -> Q:
    """The lines of the single people on a list; the line of the list itself says how many there were."""
    return Q(people__gt=0, person__isnull=False)


def all_looks(person: Any) -> QuerySet[Look]:
    """For the data protection officer, whose own looking is written down as well."""
    if not rules.may_see_all_looks(standing(person)):
        return Look.objects.none()
    seen(person, EVERY_FIRM)
    return _named(Look.objects.all())


def looks_since(at: datetime) -> int:
    """A number, for `rules.may_see_all_looks`."""
    return Look.objects.filter(at__gte=at).count()


def _named(looks: QuerySet[Look]) -> QuerySet[Look]:
    """With the names of today: whoever became nameless is nameless here too."""
    people = Person.objects.filter(pk=OuterRef("viewer")).values("name")
    firms = Organisation.objects.filter(pk=OuterRef("organisation")).values("name")
    named = looks.annotate(who=Subquery(people), firm=Subquery(firms), whose=Subquery(_person_named()))
    return named.order_by(F("at").desc(), "-pk")


def _person_named() -> QuerySet[Any]:
    return Person.objects.filter(pk=OuterRef("person")).values("name")
