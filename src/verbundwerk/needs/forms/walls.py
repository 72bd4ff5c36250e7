"""Who must never learn of a need: firms are named in words, matched against the directory, and kept as a list.

No page shows the whole directory: it would grow with every firm, and nobody finds one of five hundred in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verbundwerk.base.plain import shown
from verbundwerk.network.models import Organisation

from .. import queries

BETWEEN = ";"
MOST = 30


@dataclass(slots=True)
class Walls:
    """`chosen`: stay behind the wall; `offered`: may have been meant; `problems`: what was typed and not found."""

    chosen: list[Organisation] = field(default_factory=list)
    offered: list[Organisation] = field(default_factory=list)
    problems: list[ValidationError] = field(default_factory=list)


def walls_of(chosen: Iterable[Organisation], typed: str, others: QuerySet[Organisation]) -> Walls:
    """Every name that was typed leads to one firm, or to a question."""
    walls = Walls(list(chosen))
    for name in names_in(typed)[:MOST]:
        _add(walls, name, others)
    return walls


def names_in(typed: str) -> list[str]:
    return [name.strip() for name in typed.split(BETWEEN) if name.strip()]


def _add(walls: Walls, name: str, others: QuerySet[Organisation]) -> None:
    found = queries.firms_called(name, others)
    if any(one in walls.chosen for one in found):
        return  # ticked below while its name still stands in the field
    if len(found) == 1:
        walls.chosen.append(found[0])
        return
    walls.offered += [one for one in found if one not in walls.offered]
    walls.problems.append(_several(name) if found else _nobody(name))


def _several(name: str) -> ValidationError:
    text = _("Auf „%(found)s“ passen mehrere Betriebe. Bitte kreuzen Sie den richtigen an oder schreiben Sie mehr.")
    return ValidationError(text, params={"found": shown(name)})


def _nobody(name: str) -> ValidationError:
    text = _("Einen Betrieb „%(found)s“ kennen wir nicht. Bitte prüfen Sie den Namen oder fragen Sie die Koordination.")
    return ValidationError(text, params={"found": shown(name)})


def offers(typed: str, chosen: Iterable[Any], others: QuerySet[Organisation]) -> Walls:
    """While somebody types: what is ticked, and what the last words may mean."""
    kept = queries.firms_by_id(chosen, others)
    names = names_in(typed)
    found = queries.firms_called(names[-1], others) if names else []
    return Walls(kept, [one for one in found if one not in kept])
