"""Key figures under „Heute“: a few numbers that fit somebody's roles, each leading to its list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base import clock
from verbundwerk.base.days import day_text
from verbundwerk.base.jobs import LATELY, backlog
from verbundwerk.catalogue.queries import own_offers_on_show
from verbundwerk.courses.models import Booking, Certificate, Course, Seat
from verbundwerk.courses.queries import own_certificates, takes_part, upcoming_public
from verbundwerk.courses.states import AHEAD, BookingState, CourseState, SeatState
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


def _list(name: str, **filters: str) -> str:
    """The address of a list, narrowed to the very rows a figure counts."""
    return f"{reverse(name)}?{urlencode(filters)}" if filters else reverse(name)


def _coordination(person: Any, who: Standing) -> Iterator[Figure]:
    yield Figure(_("Bedarfe zu prüfen"), to_check().count(), url=_list("needs:inbox"))
    waiting = _("ohne Bündel")
    yield Figure(
        _("Bedarfe warten auf Partner"), poolable().count(), waiting, _list("needs:list", state=NeedState.IN_POOL)
    )
    pools = Pool.objects.filter(state__in=OPEN_POOLS).count()
    yield Figure(_("Bündel unterwegs"), pools, url=_list("pooling:list", state="open"))
    courses = Course.objects.filter(state__in=AHEAD).count()
    yield Figure(_("Kurse geplant oder im Gange"), courses, url=_list("courses:list", stand="ahead"))


def _firm(person: Any, who: Standing) -> Iterator[Figure]:
    own = needs_visible_to(person)
    open_needs = own.filter(state__in=OPEN_NEEDS).count()
    yield Figure(_("Offene Bedarfe"), open_needs, _("noch in keinem Bündel"), _list("needs:list", state="open"))
    bundled = own.filter(state=NeedState.BUNDLED).count()
    shared = _list("needs:list", state=NeedState.BUNDLED)
    yield Figure(_("Bedarfe in einem Bündel"), bundled, _("gemeinsam mit anderen"), shared)
    firms = who.organisations(*FIRM_ROLES)
    yield _courses_ahead(person, _("Kurse, die kommen"), _booked_seats(firms))
    papers = Certificate.objects.filter(seat__booking__organisation__in=firms).count()
    yield Figure(_("Bescheinigungen"), papers, _("seit Beginn"))


def _booked_seats(firms: Any) -> str:
    booked = Booking.objects.filter(organisation__in=firms, state=BookingState.BINDING, course__state__in=AHEAD)
    seats = booked.aggregate(total=Sum("seats", default=0))["total"]
    return ngettext("%(n)d gebuchter Platz", "%(n)d gebuchte Plätze", seats) % {"n": seats}


def _courses_ahead(person: Any, label: str, hint: str = "") -> Figure:
    """Planned or under way, with a part of this person in them."""
    own = Course.objects.filter(takes_part(person), state__in=AHEAD).count()
    return Figure(label, own, hint, _list("courses:list", zeige="mine", stand="ahead"))


def _provider(person: Any, who: Standing) -> Iterator[Figure]:
    yield Figure(_("Anfragen ohne Antwort"), len(pooling.enquiries_waiting(person)))
    yield _courses_ahead(person, _("Kurse, die kommen"))
    offers = own_offers_on_show(person).count()
    yield Figure(_("Unsere Angebote im Katalog"), offers, url=_list("catalogue:list", zeige="own"))


def _lecturer(person: Any, who: Standing) -> Iterator[Figure]:
    yield _courses_ahead(person, _("Kurse, die kommen"))
    completed = Course.objects.filter(takes_part(person), state=CourseState.COMPLETED).count()
    over = _list("courses:list", zeige="mine", stand=CourseState.COMPLETED)
    yield Figure(_("Abgeschlossene Kurse"), completed, url=over)


def _steering(person: Any, who: Standing) -> Iterator[Figure]:
    """The region's figures, as disclosure permits."""
    yield _told(_("Gesuchte Plätze"), said(DEMAND))
    yield _open_pools()
    yield Figure(_("Kurse abgeschlossen"), Course.objects.filter(state=CourseState.COMPLETED).count())
    yield _told(_("Teilnahmen"), said(ATTENDANCE))


def _open_pools() -> Figure:
    return Figure(_("Öffentliche Bündel"), len(pooling.published_pools()), url=_list("pooling:public"))


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
    letters = letters_for(person)
    waiting = letters.filter(state=LetterState.WAITING).count()
    yield Figure(_("E-Mails im Ausgang"), waiting, url=_list("network:letters", state=LetterState.WAITING))
    given_up = letters.filter(state=LetterState.GIVEN_UP).count()
    yield Figure(_("Nicht zustellbar"), given_up, url=_list("network:letters", state=LetterState.GIVEN_UP))
    jobs = backlog(clock.now())
    yield Figure(_("Aufträge in der Warteschlange"), jobs.waiting, _("Hintergrundarbeit"))
    yield Figure(_("Fehlgeschlagene Aufträge"), jobs.failed, _("in den letzten sieben Tagen"))


def _learner(person: Any, who: Standing) -> Iterator[Figure]:
    yield _courses_ahead(person, _("Meine Kurse, die kommen"))
    papers = own_certificates(person).count()
    yield Figure(_("Meine Bescheinigungen"), papers, url=_list("courses:own_certificates"))


def _everybody(person: Any, who: Standing) -> Iterator[Figure]:
    """Who books nothing has no list of courses; the next ones stand on the start page, for everybody."""
    yield _open_pools()
    yield Figure(_("Nächste Kurse mit freien Plätzen"), len(upcoming_public()), url=f"{_list('portal:start')}#kurse")


def _data_protection(person: Any, who: Standing) -> Iterator[Figure]:
    lately = privacy.looks_since(clock.now() - LATELY)
    yield Figure(
        _("Einsichten von außen"), lately, _("in den letzten sieben Tagen"), _list("privacy:all_looks", since="7")
    )
    total = privacy.forgotten_total()
    entries = ngettext("%(n)d Eintrag seit Beginn", "%(n)d Einträge seit Beginn", total) % {"n": total}
    emptied = len(privacy.lines_forgotten())
    yield Figure(
        _("Angaben, von denen schon etwas gelöscht ist"), emptied, entries, _list("privacy:forgotten", zeige="emptied")
    )
    late = len(privacy.lines_behind(clock.today()))
    nightly = _("die Nacht erledigt das")
    yield Figure(_("Angaben, die heute noch zu prüfen sind"), late, nightly, _list("privacy:forgotten", zeige="behind"))


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
