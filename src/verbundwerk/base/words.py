"""Keys to sort and find German words by: SQLite compares them wrongly, so we store our own."""

import re
import unicodedata

_FOLD = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def sort_key(text: str) -> str:
    """DIN 5007-1: umlauts sort like their base letter, ß like ss; case, accents and marks do not count."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return _NOT_WORD.sub(" ", "".join(one for one in plain if not unicodedata.combining(one))).strip()


def search_key(text: str) -> str:
    """Both spellings of an umlaut find each other: Müller, Mueller and mueller have one key."""
    spelled = unicodedata.normalize("NFC", text).casefold().translate(_FOLD)
    plain = unicodedata.normalize("NFKD", spelled)
    return _NOT_WORD.sub(" ", "".join(one for one in plain if not unicodedata.combining(one))).strip()
