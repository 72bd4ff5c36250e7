"""A need without an account: written, confirmed by its sender, looked through by the firm, and forgotten in time."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from verbundwerk.base.jobs import due
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.flow import SiteData, invite, register_organisation
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.region import place_of
from verbundwerk.network.terms import OrganisationKind, Role
from verbundwerk.post.flow import send_letter, take_back_letters

from .. import rules, rules_quick
from ..draft import NeedDraft
from ..models import Need, QuickLink, QuickNeed
from ..queries import quick as queries
from ..states import QUICK, QuickState
from .raising import raise_need, submit_need


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWords:
    """What somebody without an account wrote, checked."""

    topic_text: str
    seats: int
    window_until: date
    email: str
    seats_min: int = 1
    shift: str = "day"
    topic_id: UUID | None = None
    name: str = ""
    firm_name: str = ""
    language: str = settings.LANGUAGE_CODE


# --- written and confirmed ------------------------------------------------------------
@transaction.atomic
def send_quick(link: QuickLink, words: QuickWords, *, once: UUID, at: datetime) -> None:
    """A draft and the letter that asks its sender to confirm, both or neither. The caller learns nothing of what
    became of it: too many letters to one address today are not written, and the page says the same."""
    link = QuickLink.objects.select_for_update().get(pk=link.pk)
    require(rules_quick.takes_reports(link, timezone.localdate(at)))
    if known := QuickNeed.objects.filter(once=once).first():
        _put_right(known, words, at)
    elif queries.letters_lately(words.email, at) < rules_quick.PER_MAILBOX:
        quick = QuickNeed.objects.create(
            link=link, organisation_id=link.organisation_id, once=once, sent_at=at, **asdict(words)
        )
        QuickLink.objects.filter(pk=link.pk).update(sent_count=F("sent_count") + 1)
        record(None, "quick.sent", quick, at=at, link=str(link.pk))
        _ask_to_confirm(quick, at)


def _put_right(quick: QuickNeed, words: QuickWords, at: datetime) -> None:
    """Somebody went back and sent the same page again: nothing new, or the same draft with better words."""
    moved = words.email != quick.email
    if quick.state != QuickState.UNCONFIRMED or quick.edition >= rules_quick.CORRECTED_AT_MOST:
        return
    if moved and queries.letters_lately(words.email, at) >= rules_quick.PER_MAILBOX:
        return
    for name, value in asdict(words).items():
        setattr(quick, name, value)
    quick.edition += moved
    quick.save()
    if moved:
        take_back_letters(about(quick))
        _ask_to_confirm(quick, at)
    record(None, "quick.put_right", quick, at=at)


def about(quick: QuickNeed) -> str:
    """How the keys of all letters to the sender begin, so that they can be forgotten with the draft."""
    return f"quick:{quick.pk}:"


def _ask_to_confirm(quick: QuickNeed, at: datetime) -> None:
    """Not a word of what was typed: nobody shall have us deliver their words to a stranger."""
    send_letter(
        key=f"{about(quick)}confirm:{quick.edition}",
        to=quick.email,
        subject=_in(quick, _("Bitte bestätigen: Bedarf an Weiterbildung")),
        at=at,
        template="needs/letters/quick_confirm",
        context={"link": quick.link, "path": _status_path(quick), "days": rules_quick.UNCONFIRMED_FOR.days},
        language=quick.language,
        secret=True,
    )


def _in(quick: QuickNeed, words: object) -> str:
    with override(quick.language):
        return str(words)


def _status_path(quick: QuickNeed) -> str:
    return reverse("needs:quick_status", args=[queries.status_token(quick)])


@transaction.atomic
def confirm_quick(quick: QuickNeed, *, at: datetime) -> QuickNeed:
    """The address is the sender's. Whoever may raise needs for the firm has raised this one; else the firm looks."""
    QUICK.advance(quick, "confirm", confirmed_at=at)
    QuickLink.objects.filter(pk=quick.link_id).update(confirmed_count=F("confirmed_count") + 1)
    record(None, "quick.confirmed", quick, at=at)
    found = queries.sender(quick)
    draft = _whole_draft(quick, found[1], at) if found else None
    if found and draft:
        _belongs_to(quick, found[1])
        _become_need(quick, draft, submit=True, by=found[0], at=at)
    else:
        _ask_to_look(quick, at)
    return quick


def _whole_draft(quick: QuickNeed, firm: Organisation, at: datetime) -> NeedDraft | None:
    """None when a person has to complete it: nobody knows where the firm is, or the time has passed."""
    site, today = firm.sites.first(), timezone.localdate(at)
    if site is None or quick.window_until < today:
        return None
    return NeedDraft(
        topic_text=quick.topic_text, topic=quick.topic_id, seats=quick.seats, seats_min=quick.seats_min,
        window_from=today, window_until=quick.window_until, postal_code=site.postal_code, shift=quick.shift,
    )  # fmt: skip


def _belongs_to(quick: QuickNeed, firm: Organisation) -> None:
    QuickNeed.objects.filter(pk=quick.pk).update(organisation=firm)
    quick.organisation = firm


def _ask_to_look(quick: QuickNeed, at: datetime) -> None:
    """One letter a day at most, however much comes in."""
    for person in queries.people_to_look(quick):
        send_letter(
            key=f"quick-waiting:{quick.organisation_id}:{timezone.localdate(at)}",
            to=person,
            subject=_("Aus Ihrem Betrieb wurde ein Bedarf gemeldet"),
            at=at,
            template="needs/letters/quick_waiting",
            context={"person": person, "firm": quick.firm, "path": reverse("needs:quick_list")},
        )


# --- looked through ---------------------------------------------------------------------
@transaction.atomic
def take_over_quick(quick: QuickNeed, draft: NeedDraft, *, submit: bool, by: Person, at: datetime) -> Need:
    """Completed by the firm, it becomes a need on the usual way. Of two at once the second gets AlreadyMoved."""
    require(rules_quick.may_look_through(quick, by))
    return _become_need(quick, draft, submit=submit, by=by, at=at)


def _become_need(quick: QuickNeed, draft: NeedDraft, *, submit: bool, by: Person, at: datetime) -> Need:
    QUICK.advance(quick, "take_over", closed_at=at, closed_by=by)
    assert quick.organisation is not None  # may_take_over and sender() have made sure
    need = raise_need(draft, organisation=quick.organisation, by=by, at=at)
    if submit:
        submit_need(need, by=by, at=at)
    QuickNeed.objects.filter(pk=quick.pk).update(need=need)
    QuickLink.objects.filter(pk=quick.link_id).update(taken_count=F("taken_count") + 1)
    quick.need = need
    record(by, "quick.taken_over", quick, at=at, need=str(need.pk))
    _tell_sender(quick, at)
    return need


@transaction.atomic
def decline_quick(quick: QuickNeed, *, reason: str, by: Person, at: datetime) -> QuickNeed:
    require(rules_quick.may_decline(quick, by), rules.gives_reason(reason))
    QUICK.advance(quick, "decline", closed_at=at, closed_by=by, reason=reason)
    record(by, "quick.declined", quick, at=at)
    _tell_sender(quick, at)
    return quick


def _tell_sender(quick: QuickNeed, at: datetime) -> None:
    send_letter(
        key=f"{about(quick)}outcome",
        to=quick.email,
        subject=_in(quick, _("Was aus Ihrem gemeldeten Bedarf geworden ist")),
        at=at,
        template="needs/letters/quick_outcome",
        context={"quick": quick, "path": _status_path(quick), "days": rules_quick.KEPT_AFTER.days},
        language=quick.language,
        secret=True,
    )


@transaction.atomic
def assign_quick(quick: QuickNeed, organisation: Organisation, *, by: Person, at: datetime) -> QuickNeed:
    """The office knows which firm was meant; its people look through it. The second of two gets AlreadyMoved."""
    require(rules_quick.may_assign(quick, by))
    unassigned = QuickNeed.objects.filter(pk=quick.pk, state=QuickState.WAITING, organisation=None)
    if not unassigned.update(organisation=organisation):
        raise AlreadyMoved(quick, QUICK["take_over"])
    quick.organisation = organisation
    record(by, "quick.assigned", quick, at=at, organisation=str(organisation.pk))
    _ask_to_look(quick, at)
    return quick


@dataclass(frozen=True, slots=True)
class NewFirm:
    """A firm the region did not know, and whom we invite to answer for it."""

    name: str
    postal_code: str
    email: str
    person: str


@transaction.atomic
def settle_quick(quick: QuickNeed, firm: NewFirm, *, by: Person, at: datetime) -> Organisation:
    """Take the firm in, invite somebody to answer for it, and give it what was written."""
    require(rules_quick.may_assign(quick, by))
    place = place_of(firm.postal_code)
    site = SiteData(name=str(_("Hauptsitz")), postal_code=place.postal_code, place=place.name, district=place.district)
    organisation = register_organisation(
        name=firm.name, kind=OrganisationKind.COMPANY, main_site=site, public=False, by=by, at=at
    )
    invite(organisation, by=by, at=at, email=firm.email, name=firm.person, role=Role.HR)
    assign_quick(quick, organisation, by=by, at=at)
    return organisation


# --- nobody looked --------------------------------------------------------------------
@due
def lapse_quick(at: datetime) -> int:
    """Nobody looked for sixty days: closed, and the sender reads it. What is decided in the same moment stays so."""
    return sum(_lapse(one, at) for one in queries.waited_too_long(at).select_related("link", "organisation"))


@transaction.atomic
def _lapse(quick: QuickNeed, at: datetime) -> bool:
    try:
        QUICK.advance(quick, "lapse", closed_at=at)
    except AlreadyMoved:
        return False
    record(None, "quick.lapsed", quick, at=at)
    _tell_sender(quick, at)
    return True
