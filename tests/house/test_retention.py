"""Every field that can hold something about a person says why it is kept and how long, or why it is harmless."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from verbundwerk.base import retention

# What can hold a name, an address or a sentence somebody wrote; numbers, dates and our own fixed choices cannot.
WORDS = (
    models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField, models.UUIDField,
    models.GenericIPAddressField,
)  # fmt: skip
# Kept by the framework in tables without a model.
WITHOUT_MODEL = {"verbundwerk_cache"}


def _fields() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.Field) and field.concrete and _may_say_something(field):
                yield f"{model._meta.label}.{field.name}"


def _may_say_something(field: models.Field) -> bool:
    if field.is_relation:
        return field.related_model is get_user_model()
    return isinstance(field, WORDS) and not field.choices and not field.primary_key


def _personal() -> set[str]:
    return {field for line in retention.table() for field in line.fields}


def test_every_field_is_declared_personal_or_harmless() -> None:
    missing = set(_fields()) - _personal() - set(retention.harmless())
    assert sorted(missing) == [], "say it in the room's retention.py: keep(Kept(…)) or not_personal(reason, …)"


def test_no_field_is_declared_both() -> None:
    assert _personal() & set(retention.harmless()) == set()


def test_the_table_names_no_field_that_is_gone() -> None:
    known = {f"{model._meta.label}.{one.name}" for model in apps.get_models() for one in model._meta.get_fields()}
    assert (_personal() | set(retention.harmless())) - known - WITHOUT_MODEL == set()


@pytest.mark.parametrize("line", retention.table(), ids=lambda one: one.key)
def test_every_line_ends_by_itself(line: retention.Kept) -> None:
    """Either somebody forgets it, or it ends together with a line that somebody forgets."""
    ended = {one.key for one, _work in retention.work()}
    assert (line.key in ended) != bool(line.goes_with)
    assert not line.goes_with or line.goes_with in ended


@pytest.mark.parametrize("line", retention.table(), ids=lambda one: one.key)
def test_every_line_says_why_how_long_and_on_which_ground(line: retention.Kept) -> None:
    said = [line.what, line.purpose, line.since, line.then, line.ground]
    assert all(str(one).strip() for one in said)
    assert "DSGVO" in str(line.ground)


def test_no_work_is_done_for_a_line_nobody_can_read() -> None:
    assert set(retention._forgetters) <= {one.key for one in retention.table()}
