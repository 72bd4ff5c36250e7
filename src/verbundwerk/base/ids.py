"""Public ids: random, never reused, never changed. A seed makes them repeatable for the demo region."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from uuid import UUID, uuid4

_seeded: ContextVar[Random | None] = ContextVar("seeded", default=None)


def new_id() -> UUID:
    source = _seeded.get()
    return uuid4() if source is None else UUID(int=source.getrandbits(128), version=4)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    token = _seeded.set(Random(seed))  # noqa: S311 - repeatable on purpose, never used for secrets
    try:
        yield
    finally:
        _seeded.reset(token)
