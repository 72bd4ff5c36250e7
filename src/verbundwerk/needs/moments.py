"""Spans of time as people write them in lists: „KW 12“, „März 2027“, „Q2/27“, „15.03.27“, „ab sofort bis Juni“."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from verbundwerk.base.plain import shown
from verbundwerk.base.words import search_key

MONTHS = ["jan", "feb", "maerz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"]
SPELLINGS = {"mrz": 3, "maer": 3, "mar": 3, "march": 3, "may": 5, "oct": 10, "dec": 12}
SEASONS = {"fruehjahr": (3, 5), "fruehling": (3, 5), "sommer": (6, 8), "herbst": (9, 11)}
AT_ONCE = frozenset({"sofort", "ab sofort", "asap", "schnellstmoeglich", "baldmoeglichst", "so bald wie moeglich"})
THIRDS = {"anfang": (1, 10), "mitte": (11, 20), "ende": (21, 31)}
FEASTS = ("ostern", "pfingsten", "weihnachten", "ferien", "karneval", "werksferien", "betriebsferien")
LAST_YEAR = 2100


class Unclear(ValueError):
    """Somebody wrote something we do not want to guess; the text says what was found and the way out."""


def unclear(text: str, value: object, **more: str) -> Unclear:
    """`text` quotes what was written as %(found)s."""
    return Unclear(text % {"found": shown(value), **more})


@dataclass(frozen=True, slots=True)
class Span:
    """Open ends are None."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class _Period:
    """Found in a text; `year` is None when the text leaves it open."""

    year: int | None
    span: Callable[[int], tuple[date, date]]


def span_in(value: object, today: date) -> Span:
    """What a cell says about time. A text without a year means the next time after `today`. Raises Unclear."""
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return Span(_possible(day, value), day)
    text = _plain(value)
    if text in AT_ONCE:
        return Span(today, None)
    return _open_or_closed(text, value, today)


def _open_or_closed(text: str, value: object, today: date) -> Span:
    start, text = _without(text, ("ab", "von", "vom", "fruehestens", "nicht vor", "seit"))
    until, rest = _without(text, ("bis spaetestens", "bis zum", "bis", "spaetestens", "vor"))
    if until:
        return Span(None, _closed(rest, value, today)[1])
    parts = [
        one.strip()
        for one in re.split(r"\s+(?:bis zum|bis)\s+|\s*[–—]\s*|\s+-\s+|(?<=[a-z0-9.])-(?=[a-z0-9])", text)
        if one.strip()
    ]
    if len(parts) == 2 and not re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        return _from_to(parts[0], parts[1], value, today)
    first, last = _closed(text, value, today)
    return Span(first, None) if start else Span(first, last)


def _from_to(left: str, right: str, value: object, today: date) -> Span:
    if left in AT_ONCE:
        return Span(today, _closed(right, value, today)[1])
    # „KW 10-14“, „10. - 14.3.2027“: the first part borrows what only the second one says
    if re.fullmatch(r"kw ?\d{1,2}", left) and re.match(r"\d{1,2}\b", right) and "." not in right:
        right = f"kw {right}"
    if re.fullmatch(r"\d{1,2}\.?", left) and (found := re.match(r"\d{1,2}(\..*)", right)):
        left = left.rstrip(".") + found[1]
    first, last = _period(left, value), _period(right, value)
    end_year = last.year or _next_year(last, today)
    end = last.span(end_year)[1]
    begin = first.span(first.year or end_year)[0]
    if begin > end and first.year is None:
        begin = first.span(end_year - 1)[0]
    if begin > end:
        raise unclear(_("„%(found)s“ endet, bevor es beginnt. Bitte tauschen Sie die beiden Zeiten."), value)
    return Span(begin, end)


def _closed(text: str, value: object, today: date) -> tuple[date, date]:
    found = _period(text, value)
    return found.span(found.year or _next_year(found, today))


def _next_year(found: _Period, today: date) -> int:
    return today.year if found.span(today.year)[1] >= today else today.year + 1


def _period(text: str, value: object) -> _Period:
    for pattern, read in READERS:
        if match := pattern.fullmatch(text):
            try:
                return _checked(read(match))
            except ValueError:
                continue
    raise _unclear(text, value)


def _checked(period: _Period) -> _Period:
    """Reading is lazy; a 31st of February or a week 60 must be noticed here."""
    year = period.year or 2028
    if not 2000 <= year <= LAST_YEAR:
        raise ValueError(year)
    period.span(year)
    return period


def _unclear(text: str, value: object) -> Unclear:
    if any(feast in text for feast in FEASTS):
        return unclear(
            _(
                "„%(found)s“ liegt jedes Jahr anders. Bitte schreiben Sie einen Tag oder einen Monat, "
                "zum Beispiel 15.03.2027 oder März 2027."
            ),
            value,
        )
    return unclear(
        _(
            "„%(found)s“ ist kein Datum, das wir verstehen. "
            "Möglich sind zum Beispiel 15.03.2027, März 2027, KW 12 oder Q2/27."
        ),
        value,
    )


def _possible(day: date, value: object) -> date:
    if not 2000 <= day.year <= LAST_YEAR:
        raise _unclear("", value)
    return day


def _plain(value: object) -> str:
    """Lower case without umlauts; the signs that carry meaning in dates stay."""
    text = str(value).casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("’", "'")
    text = re.sub(r"[^a-z0-9./'–—\- ]+", " ", text)
    # "15.03." keeps its last dot: it says that a day and a month were meant
    return " ".join(text.split()).strip(" -")


def _without(text: str, words: tuple[str, ...]) -> tuple[bool, str]:
    for word in words:
        if text.startswith(f"{word} "):
            return True, text[len(word) :].strip()
    return False, text


# --- what a text can say ------------------------------------------------------------
def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text)
    return number if number >= 100 else 2000 + number


def _day(match: re.Match[str]) -> _Period:
    day, month = int(match["day"]), int(match["month"])
    return _Period(_year(match["year"]), lambda year: (date(year, month, day),) * 2)


def _iso(match: re.Match[str]) -> _Period:
    day = date.fromisoformat(match[0])
    return _Period(day.year, lambda _year: (day, day))


def _months(first: int, last: int) -> Callable[[int], tuple[date, date]]:
    return lambda year: (date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _month_number(word: str) -> int:
    key = search_key(word)
    for number, name in enumerate(MONTHS, start=1):
        if key.startswith(name[:3]) and (len(key) <= 4 or key.startswith(name)):
            return number
    for spelling, number in SPELLINGS.items():
        if key.startswith(spelling):
            return number
    raise ValueError(word)


def _month(match: re.Match[str]) -> _Period:
    month = _month_number(match["month"])
    if match["part"]:
        return _Period(_year(match["year"]), _third(match["part"], month))
    return _Period(_year(match["year"]), _months(month, month))


def _third(part: str, month: int) -> Callable[[int], tuple[date, date]]:
    first, last = THIRDS[part]
    return lambda year: (date(year, month, first), date(year, month, min(last, calendar.monthrange(year, month)[1])))


def _numbered_month(match: re.Match[str]) -> _Period:
    month = int(match["month"])
    calendar.monthrange(2028, month)
    return _Period(_year(match["year"]), _months(month, month))


def _day_of_month(match: re.Match[str]) -> _Period:
    day, month = int(match["day"]), _month_number(match["month"])
    return _Period(_year(match["year"]), lambda year: (date(year, month, day),) * 2)


def _week(match: re.Match[str]) -> _Period:
    week = int(match["week"])
    return _Period(_year(match["year"]), lambda year: _of_week(year, week))


def _of_week(year: int, week: int) -> tuple[date, date]:
    monday = date.fromisocalendar(year, week, 1)
    return monday, monday + timedelta(days=6)


def _quarter(match: re.Match[str]) -> _Period:
    number = int(match["quarter"])
    return _Period(_year(match["year"]), _months(3 * number - 2, 3 * number))


def _half(match: re.Match[str]) -> _Period:
    number = int(match["half"])
    return _Period(_year(match["year"]), _months(6 * number - 5, 6 * number))


def _season(match: re.Match[str]) -> _Period:
    return _Period(_year(match["year"]), _months(*SEASONS[match["season"]]))


def _whole_year(match: re.Match[str]) -> _Period:
    return _Period(_year(match["year"]), _months(1, 12))


_YEAR = r"(?:[ ./-]*'?(?P<year>\d{4}|\d{2}))?"
READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], _Period]]] = [
    (re.compile(pattern), read)
    for pattern, read in [
        (r"\d{4}-\d{2}-\d{2}", _iso),
        (
            r"(?:(?:mo|di|mi|do|fr|sa|so)[a-z]*[., ]+)?"
            r"(?P<day>\d{1,2})[./] ?(?P<month>\d{1,2})(?:[./ ]+(?P<year>\d{4}|\d{2}))?\.?",
            _day,
        ),
        (r"(?P<month>\d{1,2})[./ ]+(?P<year>\d{4})", _numbered_month),
        (rf"kw[ .]*(?P<week>\d{{1,2}}){_YEAR}", _week),
        (rf"(?P<week>\d{{1,2}})\.? ?(?:kw|kalenderwoche|woche){_YEAR}", _week),
        (rf"kalenderwoche (?P<week>\d{{1,2}}){_YEAR}", _week),
        (rf"q(?:uartal)? ?(?P<quarter>[1-4]){_YEAR}", _quarter),
        (rf"(?P<quarter>[1-4])\.? ?(?:quartal|quart|q)\.?{_YEAR}", _quarter),
        (rf"(?P<half>[12])\.? ?(?:halbjahr|hj)\.?{_YEAR}", _half),
        (rf"h(?:j|albjahr)? ?(?P<half>[12]){_YEAR}", _half),
        (rf"(?P<season>{'|'.join(SEASONS)}){_YEAR}", _season),
        (rf"(?P<day>\d{{1,2}})\. ?(?P<month>[a-z]{{3,}})\.?{_YEAR}", _day_of_month),
        (rf"(?:(?P<part>anfang|mitte|ende) )?(?P<month>[a-z]{{3,}})\.?{_YEAR}", _month),
        (r"(?:jahr |im jahr )?(?P<year>20\d{2})", _whole_year),
    ]
]
