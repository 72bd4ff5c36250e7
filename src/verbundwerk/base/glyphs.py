"""Which signs a TrueType font can draw: reads the font's own character map (tables "cmap" 4 and 12)."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from struct import unpack_from

MISSING = "\ufffd"  # "replacement character": says that something stood here


@lru_cache(maxsize=4)
def coverage(folder: Path) -> frozenset[str]:
    """What every cut in the folder has."""
    cuts = [frozenset(map(chr, _code_points(file.read_bytes()))) for file in sorted(folder.glob("*.ttf"))]
    return frozenset.intersection(*cuts)


def drawable(text: str, signs: frozenset[str]) -> str:
    """Accessible PDF refuses signs without a glyph; people type them all the same. Control signs vanish."""
    return "".join(_drawn(sign, signs) for sign in unicodedata.normalize("NFC", text))


def _drawn(sign: str, signs: frozenset[str]) -> str:
    if sign in signs or sign in "\n\t":
        return sign
    return "" if unicodedata.category(sign).startswith(("C", "M")) else MISSING


def _code_points(font: bytes) -> Iterable[int]:
    start = _cmap_start(font)
    count = unpack_from(">H", font, start + 2)[0]
    found: set[int] = set()
    for nr in range(count):
        at = start + unpack_from(">L", font, start + 4 + nr * 8 + 4)[0]
        kind = unpack_from(">H", font, at)[0]
        if kind in (4, 12):
            found.update(_segments(font, at) if kind == 4 else _groups(font, at))
    return found


def _cmap_start(font: bytes) -> int:
    for nr in range(unpack_from(">H", font, 4)[0]):
        name, _sum, offset, _length = unpack_from(">4sLLL", font, 12 + nr * 16)
        if name == b"cmap":
            return int(offset)
    raise ValueError("not a TrueType font with a character map")


def _segments(font: bytes, at: int) -> Iterator[int]:
    double = unpack_from(">H", font, at + 6)[0]
    ends = unpack_from(f">{double // 2}H", font, at + 14)
    starts = unpack_from(f">{double // 2}H", font, at + 16 + double)
    for first, last in zip(starts, ends, strict=True):
        if last != 0xFFFF:
            yield from range(first, last + 1)


def _groups(font: bytes, at: int) -> Iterator[int]:
    for nr in range(unpack_from(">L", font, at + 12)[0]):
        first, last, _glyph = unpack_from(">LLL", font, at + 16 + nr * 12)
        yield from range(first, last + 1)
