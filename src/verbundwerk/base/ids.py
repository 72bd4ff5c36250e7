"""Public ids: random, never reused, never changed. A seed makes them repeatable for the demo region.

What our own lists name has the same id in every installation, so that two of them can speak of the same thing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from uuid import UUID, uuid4, uuid5

LISTS = UUID("6f5b0d0e-2d0f-5a39-9a55-1c1a7a0c2b11")

_seeded: ContextVar[Random | None] = ContextVar("seeded", default=None)


def new_id() -> UUID:
    source = _seeded.get()
    return uuid4() if source is None else UUID(int=source.getrandbits(128), version=4)


def id_in_list(name: str, entry: str) -> UUID:
    """The id of an entry of one of our own lists, such as the shared words for what people learn."""
    return uuid5(LISTS, f"{name}/{entry}")


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    token = _seeded.set(Random(seed))  # noqa: S311 - repeatable on purpose, never used for secrets
    try:
        yield
    finally:
        _seeded.reset(token)
