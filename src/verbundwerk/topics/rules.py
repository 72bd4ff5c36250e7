"""How alike two wordings are: whole words, beginnings, parts of compounds, one or two slips of the finger.

Pure and deterministic; likeness ranks suggestions and never decides anything. What decides is `meaning`: the same
telling words and the same level, however they are put.
"""

import re
from dataclasses import dataclass

# Words that say "somebody should learn something" and nothing about what.
FILLERS = frozenset(
    [
        *("und", "oder", "fuer", "mit", "im", "in", "am", "an", "der", "die", "das", "den", "dem", "des", "zu", "zum"),
        *("zur", "von", "vom", "bei", "als", "auf", "ein", "eine", "einen", "the", "and", "for", "of"),
        *("schulung", "schulungen", "kurs", "kurse", "lehrgang", "seminar", "training", "weiterbildung"),
        *("qualifizierung", "fortbildung", "workshop", "course", "schein"),
    ]
)
# The last part of a compound that says no more than the fillers: „Hochvoltschulung“ is „Hochvolt“.
FILLING_ENDS = ("schulung", "kurs", "lehrgang", "seminar", "training", "weiterbildung", "fortbildung", "unterricht")
WORTH_SHOWING = 0.42
WHOLE, BEGINNING, PART, SLIP = 1.0, 0.85, 0.7, 0.6


def words_of(key: str) -> list[str]:
    """The telling words of a search key; when nothing but fillers is there, the fillers."""
    words = key.split()
    return [one for one in words if one not in FILLERS] or words


def likeness(asked: str, known: str) -> float:
    """0 (nothing in common) to 1 (the same) for two search keys. O(words of one x words of the other)."""
    if asked == known:
        return 1.0
    left, right = words_of(asked), words_of(known)
    if not left or not right:
        return 0.0
    there = sum(max(_word_likeness(word, other) for other in right) for word in left) / len(left)
    back = sum(max(_word_likeness(word, other) for word in left) for other in right) / len(right)
    # What was asked for weighs more: „Stapler“ means the long label that contains it.
    return 0.99 * (0.65 * there + 0.35 * back) if there and back else 0.0


def _word_likeness(asked: str, known: str) -> float:
    if asked == known:
        return WHOLE
    short, long = sorted((asked, known), key=len)
    # Somebody may still be typing, but no abbreviation we know begins another word: „AuS“ is not in „auswerten“.
    if len(short) < 3 or len(known) < 4:
        return 0.0
    if long.startswith(short):
        return BEGINNING
    if len(short) >= 4 and short in long:
        return PART
    return SLIP if _one_slip_apart(asked, known) else 0.0


def _one_slip_apart(one: str, other: str) -> bool:
    """Short words allow one slip, words from eight letters two; very short ones none: SPS is not SAP."""
    allowed = 0 if min(len(one), len(other)) < 4 else 1 if min(len(one), len(other)) < 8 else 2
    return allowed > 0 and abs(len(one) - len(other)) <= allowed and slips(one, other) <= allowed


def slips(one: str, other: str) -> int:
    """Letters missing, added, wrong or swapped with the neighbour (optimal string alignment). O(n·m)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


# --- levels -------------------------------------------------------------------------
LEVEL_WORDS = frozenset({"stufe", "stufen", "level"})
ROMAN = {"i": "1", "ii": "2", "iii": "3"}
_LETTERED = re.compile(r"([1-3])[es]")  # „2E“ and „2S“ are level 2, for making cars and for mending them


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a wording is about, and which levels it names: none, one, or several."""

    words: frozenset[str]
    levels: frozenset[str]


def meaning(key: str) -> Meaning:
    """„hv schulung stufe 2e“ is about „hv“ at level 2."""
    telling: set[str] = set()
    levels: set[str] = set()
    words, counting = key.split(), False
    for place, word in enumerate(words):
        level = _level_in(word, counting, last=place > 0 and place == len(words) - 1)
        if level:
            levels.add(level)
        elif word not in FILLERS and word not in LEVEL_WORDS:
            telling.add(_without_filling(word))
        counting = word in LEVEL_WORDS or (counting and (bool(level) or word in FILLERS))
    return Meaning(frozenset(telling), frozenset(levels))


def _level_in(word: str, counting: bool, *, last: bool) -> str:
    """After „Stufe“ any number or „S“ is a level; elsewhere „2E“, and a small number that ends the wording."""
    if lettered := _LETTERED.fullmatch(word):
        return lettered[1]
    if counting:
        return word if word.isdigit() or word == "s" else ROMAN.get(word, "")
    return word if last and word in {"1", "2", "3"} else ""


def _without_filling(word: str) -> str:
    end = next((one for one in FILLING_ENDS if word.endswith(one) and len(word) >= len(one) + 2), "")
    return word.removesuffix(end)


def means(asked: Meaning, known: Meaning, levels: frozenset[str]) -> bool:
    """Whether both say the same. `levels`: all the known topic has; a level is never taken for another one."""
    if not asked.words or asked.words != known.words:
        return False
    return asked.levels == known.levels or (not known.levels and asked.levels == levels)


def levels_apart(asked: frozenset[str], known: frozenset[str]) -> bool:
    """Both name levels, and none of them is the same."""
    return bool(asked) and bool(known) and asked.isdisjoint(known)
