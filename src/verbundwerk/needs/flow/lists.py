"""Lists people bring: kept as they were understood, taken over in one go, forgotten after a while."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation, Person

from .. import rules
from ..draft import NeedDraft
from ..models import ImportBatch, Need
from ..states import IMPORT
from .raising import store, submit_need


@transaction.atomic
def upload_import(
    content: dict[str, Any], *, organisation: Organisation | None, file_name: str, by: Person, at: datetime
) -> ImportBatch:
    """Keep a list as it was understood; no need exists before it is taken over."""
    require(rules.may_import_for(organisation.pk if organisation else None, by))
    batch = ImportBatch.objects.create(
        organisation=organisation,
        uploaded_by=by,
        uploaded_at=at,
        file_name=file_name[-200:],
        content=content,
        **_counted(content),
    )
    record(by, "import.uploaded", batch, at=at, rows=batch.row_count, wrong=batch.wrong_count)
    return batch


@transaction.atomic
def read_import_again(batch: ImportBatch, content: dict[str, Any], *, by: Person, at: datetime) -> ImportBatch:
    """Somebody said which column is what; nothing of the list is a need yet."""
    require(rules.may_read_again(batch, by))
    IMPORT.advance(batch, "read_again", content=content, **_counted(content))
    record(by, "import.read_again", batch, at=at, **_counted(content))
    return batch


def _counted(content: dict[str, Any]) -> dict[str, int]:
    rows = content["rows"]
    return {"row_count": len(rows), "wrong_count": sum(bool(row["errors"]) for row in rows)}


@transaction.atomic
def take_over_import(batch: ImportBatch, *, only_correct: bool, by: Person, at: datetime) -> list[Need]:
    """Every correct row becomes a submitted need; rows with mistakes are left out only on purpose."""
    require(rules.may_take(batch, by), rules.leaves_out_on_purpose(batch, only_correct))
    good = [row for row in batch.content["rows"] if not row["errors"]]
    IMPORT.advance(batch, "take", taken_at=at, taken_count=len(good))
    firms = Organisation.objects.in_bulk({UUID(row["organisation"]) for row in good})
    needs = [_take_row(batch, row, firms[UUID(row["organisation"])], by=by, at=at) for row in good]
    record(by, "import.taken", batch, at=at, needs=len(needs))
    return needs


@transaction.atomic
def discard_import(batch: ImportBatch, *, by: Person, at: datetime) -> ImportBatch:
    require(rules.may_discard(batch, by))
    IMPORT.advance(batch, "discard")
    record(by, "import.discarded", batch, at=at)
    return batch


def _take_row(batch: ImportBatch, row: dict[str, Any], firm: Organisation, *, by: Person, at: datetime) -> Need:
    once = uuid5(batch.pk, str(row["line"]))
    need = store(NeedDraft.from_json(row["draft"]), organisation=firm, by=by, at=at, once=once)
    # A list may lie for days: what has passed meanwhile stays a draft and can be given a new date.
    ahead = rules.still_ahead(need, timezone.localdate(at))
    return submit_need(need, by=by, at=at) if ahead else need
