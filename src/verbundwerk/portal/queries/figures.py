"""Key figures under „Heute“: a few numbers that fit somebody's roles, each leading to its list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from verbundwerk.base import clock
from verbundwerk.base.days import day_text
from verbundwerk.base.jobs import LATELY, backlog
from verbundwerk.catalogue.queries import own_offers
from verbundwerk.courses.models import Booking, Certificate, Course, Seat
from verbundwerk.courses.queries import concerns, upcoming_public
from verbundwerk.courses.states import BookingState, CourseState, SeatState
from verbundwerk.disclosure.queries import Said, said
from verbundwerk.disclosure.rules import Part
from verbundwerk.needs.queries import needs_visible_to, poolable, to_check
from verbundwerk.needs.states import OPEN as OPEN_NEEDS
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import DEMAND
from verbundwerk.network.queries import letters_for, standing
from verbundwerk.network.rules import Standing
from verbundwerk.network.terms import Role
from verbundwerk.pooling import queries as pooling
from verbundwerk.pooling.models import Pool
from verbundwerk.pooling.states import OPEN as OPEN_POOLS
from verbundwerk.post.states import LetterState
from verbundwerk.privacy import queries as privacy

SHOWN = 4
ATTENDANCE = "attendance"  # what is said about who came
AHEAD = (CourseState.PLANNED, CourseState.OPEN, CourseState.SECURED, CourseState.RUNNING)
FIRM_ROLES = (Role.HR, Role.HOST, Role.FOREMAN, Role.WORKS_COUNCIL)
STEERING_ROLES = (Role.STEERING, Role.AUDITOR, Role.FINANCE)


@dataclass(frozen=True, slots=True)
class Figure:
    label: str | Promise
    value: object
    hint: str = ""
    url: str = ""


def figures_for(person: Any) -> list[Figure]:
    """Those of the first role that fits; a page full of numbers says nothing."""
    who = standing(person)
    for roles, told in _BY_ROLE:
        if who.is_a(*roles):
            return list(told(person, who))[:SHOWN]
    return []


def _coordination(person: Any, who: Standing) -> Iterator[Figure]:
    yield Figure(_("Bedarfe zu prüfen"), to_check().count(), url=reverse("needs:inbox"))
    waiting = _("ohne Bündel")
    yield Figure(_("Bedarfe warten auf Partner"), poolable().count(), waiting, f"{reverse('needs:list')}?state=in_pool")
    pools = Pool.objects.filter(state__in=OPEN_POOLS).count()
    yield Figure(_("Bündel unterwegs"), pools, url=reverse("pooling:list"))
    courses = Course.objects.filter(state__in=AHEAD).count()
    yield Figure(_("Kurse geplant oder im Gange"), courses, url=reverse("courses:list"))


def _firm(person: Any, who: Standing) -> Iterator[Figure]:
    own = needs_visible_to(person)
    yield Figure(_("Offene Bedarfe"), own.filter(state__in=OPEN_NEEDS).count(), url=reverse("portal:trails"))
    bundled = own.filter(state=NeedState.BUNDLED).count()
    yield Figure(_("Bedarfe in einem Bündel"), bundled, _("gemeinsam mit anderen"), reverse("portal:trails"))
    firms = who.organisations(*FIRM_ROLES)
    booked = Booking.objects.filter(organisation__in=firms, state=BookingState.BINDING, course__state__in=AHEAD)
    seats = booked.aggregate(total=Sum("seats", default=0))["total"]
    yield Figure(_("Gebuchte Plätze"), seats, _("in Kursen, die noch kommen"), reverse("courses:list"))
    papers = Certificate.objects.filter(seat__booking__organisation__in=firms).count()
    yield Figure(_("Bescheinigungen"), papers, _("seit Beginn"))


def _provider(person: Any, who: Standing) -> Iterator[Figure]:
    yield Figure(_("Anfragen ohne Antwort"), len(pooling.enquiries_waiting(person)))
    own = Course.objects.filter(concerns(person), state__in=AHEAD)
    yield Figure(_("Kurse, die kommen"), own.count(), url=reverse("courses:list"))
    offers = own_offers(person).filter(published=True).count()
    yield Figure(_("Angebote im Katalog"), offers, url=reverse("catalogue:list"))


def _lecturer(person: Any, who: Standing) -> Iterator[Figure]:
    own = Course.objects.filter(concerns(person))
    yield Figure(_("Kurse, die kommen"), own.filter(state__in=AHEAD).count(), url=reverse("courses:list"))
    yield Figure(
        _("Abgeschlossene Kurse"), own.filter(state=CourseState.COMPLETED).count(), url=reverse("courses:list")
    )


def _steering(person: Any, who: Standing) -> Iterator[Figure]:
    """The region's figures, as disclosure permits."""
    yield _told(_("Gesuchte Plätze"), said(DEMAND))
    yield Figure(_("Öffentliche Bündel"), len(pooling.published_pools()))
    yield Figure(_("Kurse abgeschlossen"), Course.objects.filter(state=CourseState.COMPLETED).count())
    yield _told(_("Teilnahmen"), said(ATTENDANCE))


def _told(label: str, word: Said | None) -> Figure:
    if word is None:
        return Figure(label, "–", _("Diese Zahl würde zu viel über einzelne Betriebe verraten."))
    return Figure(label, word.seats, _("als Spanne, Stand: %(day)s") % {"day": day_text(word.day)})


def attended() -> list[Part]:
    """Who came, by firm: told only as the region's total."""
    came = Seat.objects.filter(state__in=[SeatState.ATTENDED, SeatState.CERTIFIED]).order_by()
    by_firm = came.values_list("booking__organisation").annotate(Count("pk"))
    return [Part("all", dict(by_firm), never=True)]


def _admin(person: Any, who: Standing) -> Iterator[Figure]:
    letters, url = letters_for(person), reverse("network:letters")
    yield Figure(_("Briefe im Ausgang"), letters.filter(state=LetterState.WAITING).count(), url=url)
    given_up = letters.filter(state=LetterState.GIVEN_UP).count()
    yield Figure(_("Nicht zustellbar"), given_up, url=f"{url}?state=given_up")
    jobs = backlog(clock.now())
    yield Figure(_("Aufträge in der Warteschlange"), jobs.waiting, _("Hintergrundarbeit"))
    yield Figure(_("Fehlgeschlagene Aufträge"), jobs.failed, _("in den letzten sieben Tagen"))


def _learner(person: Any, who: Standing) -> Iterator[Figure]:
    own = Seat.objects.filter(person=person)
    ahead = own.filter(state=SeatState.NAMED, booking__course__state__in=AHEAD).count()
    yield Figure(_("Meine Kurse, die kommen"), ahead, url=reverse("courses:list"))
    yield Figure(_("Meine Bescheinigungen"), own.filter(state=SeatState.CERTIFIED).count(), url=reverse("courses:list"))


def _everybody(person: Any, who: Standing) -> Iterator[Figure]:
    yield Figure(_("Öffentliche Bündel"), len(pooling.published_pools()))
    yield Figure(_("Kurse mit freien Plätzen"), len(upcoming_public(99)))


def _data_protection(person: Any, who: Standing) -> Iterator[Figure]:
    lately, log = privacy.looks_since(clock.now() - LATELY), reverse("privacy:all_looks")
    yield Figure(_("Einsichten von außen"), lately, _("in den letzten sieben Tagen"), f"{log}?since=7")
    yield Figure(_("Gelöschte Einträge"), privacy.forgotten_total(), _("seit Beginn"), reverse("privacy:forgotten"))
    late = privacy.lines_behind(clock.today())
    yield Figure(
        _("Angaben, die heute noch zu prüfen sind"), late, _("die Nacht erledigt das"), reverse("privacy:forgotten")
    )


Told = Callable[[Any, Standing], Iterator[Figure]]
_BY_ROLE: list[tuple[tuple[str, ...], Told]] = [
    ((Role.COORDINATION,), _coordination),
    ((Role.ADMIN,), _admin),
    ((Role.DATA_PROTECTION,), _data_protection),
    (FIRM_ROLES, _firm),
    ((Role.PROVIDER,), _provider),
    ((Role.LECTURER,), _lecturer),
    (STEERING_ROLES, _steering),
    ((Role.EMPLOYEE, Role.MENTOR), _learner),
    (tuple(Role), _everybody),
]
