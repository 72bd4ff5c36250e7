"""What the pages of this room share."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Plan, Pool

Crumbs = list[tuple[str, str]]


def crumbs(*steps: tuple[str, str]) -> Crumbs:
    return [(_("Bündel"), reverse("pooling:list")), *steps]


def pool_crumbs(pool: Pool, here: str = "") -> Crumbs:
    if not here:
        return crumbs((pool.label, ""))
    return crumbs((pool.label, reverse("pooling:pool", args=[pool.pk])), (here, ""))


def plan_crumbs(plan: Plan | None = None, here: str = "") -> Crumbs:
    """`here`: a page below the plan, or below the list of plans."""
    steps = [(_("Berechnungen"), reverse("pooling:plans") if plan or here else "")]
    if plan:
        steps.append((_("Bündelvorschläge"), reverse("pooling:plan", args=[plan.pk]) if here else ""))
    return crumbs(*steps, *([(here, "")] if here else []))
