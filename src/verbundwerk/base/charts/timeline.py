"""Rows with bars over weeks or months, and a line where today is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..figures import date_text
from .drawing import Chart, LegendEntry, Text, element, percent, together, words, wrapped

WHAT = gettext_lazy("Was")
HEAD, LINE, BAR, GAP = 34, 19, 16, 16
MOST_TICKS = 7


@dataclass(frozen=True)
class Span:
    """Both days belong to it."""

    starts_on: date
    ends_on: date
    label: Text
    tone: str = "main"


@dataclass(frozen=True)
class Track:
    label: Text
    spans: Sequence[Span]


@dataclass(frozen=True)
class Timeline(Chart):
    """`starts_on` and `ends_on` frame it (default: from the first to the last span)."""

    title: Text
    tracks: Sequence[Track]
    today: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    label: Text = WHAT
    tones: Sequence[tuple[str, Text]] = ()
    description: Text = ""

    # -- words ----------------------------------------------------------------------
    def legend(self) -> list[LegendEntry]:
        return [LegendEntry(label, tone) for tone, label in self.tones]

    def table(self) -> tuple[list[Text], list[list[Text]]]:
        lines: list[list[Text]] = [
            [track.label, span.label, date_text(span.starts_on), date_text(span.ends_on)]
            for track in self.tracks
            for span in track.spans
        ]
        return [self.label, _("Abschnitt"), _("Beginn"), _("Ende")], lines

    def sentence(self) -> str:
        first, last = self._frame
        return _("%(count)d Zeilen vom %(first)s bis zum %(last)s.") % {
            "count": len(self.tracks),
            "first": date_text(first),
            "last": date_text(last),
        }

    # -- scale ----------------------------------------------------------------------
    @property
    def _frame(self) -> tuple[date, date]:
        days = [day for track in self.tracks for span in track.spans for day in (span.starts_on, span.ends_on)]
        given = [day for day in (self.starts_on, self.ends_on, self.today) if day]
        first = self.starts_on or min(days or given, default=date.min)
        return first, self.ends_on or max([*(days or given), first], default=first)

    def _share(self, day: date) -> float:
        first, last = self._frame
        return min(1, max(0, (day - first).days / ((last - first).days + 1)))

    def _ticks(self) -> list[tuple[date, str]]:
        first, last = self._frame
        days = list(_mondays(first, last)) if (last - first).days <= 70 else list(_months(first, last))
        every = -(-len(days) // MOST_TICKS) or 1
        return [(day, self._tick_text(day)) for day in days[::every]]

    def _tick_text(self, day: date) -> str:
        first, last = self._frame
        if (last - first).days <= 70:
            return date_format(day, "j.n.")
        return date_format(day, "M y") if day.month == 1 else date_format(day, "M")

    # -- picture --------------------------------------------------------------------
    def drawing(self) -> tuple[SafeString, dict[str, Any]]:
        top, shapes = HEAD, []
        for track in self.tracks:
            lines = wrapped(track.label)
            shapes += [
                words(line, x=0, y=top + 14 + nr * LINE, class_="chart-text chart-halo")
                for nr, line in enumerate(lines)
            ]
            top += len(lines) * LINE
            shapes.append(self._track(track, top))
            top += BAR + GAP
        return together([self._scale(top), *shapes, self._today(top)]), {"width": "100%", "height": top}

    def _track(self, track: Track, top: int) -> SafeString:
        rail = element("rect", x=0, y=top, width="100%", height=BAR, rx=3, class_="chart-rail")
        return together([rail, *(self._span(span, top) for span in track.spans)])

    def _span(self, span: Span, top: int) -> SafeString:
        start, end = self._share(span.starts_on), self._share(span.ends_on + timedelta(days=1))
        box = {"x": percent(start), "y": top, "width": percent(max(end - start, 0.006)), "height": BAR, "rx": 3}
        return self.striped(span.tone, **box)

    def _scale(self, bottom: int) -> SafeString:
        shapes = []
        for day, text in self._ticks():
            place = percent(self._share(day))
            shapes.append(element("line", x1=place, x2=place, y1=HEAD - 8, y2=bottom, class_="chart-grid"))
            shapes.append(words(text, x=place, dx=3, y=HEAD - 12, class_="chart-text chart-tick"))
        return together(shapes)

    def _today(self, bottom: int) -> SafeString:
        first, last = self._frame
        if not self.today or not first <= self.today <= last:
            return together([])
        share = self._share(self.today)
        anchor = "end" if share > 0.5 else "start"
        line = element("line", x1=percent(share), x2=percent(share), y1=HEAD - 8, y2=bottom, class_="chart-mark")
        label = words(
            _("heute"), x=percent(share), y=9, text_anchor=anchor, class_="chart-text chart-tick chart-figure"
        )
        return together([line, label])


def _mondays(first: date, last: date) -> Iterator[date]:
    day = first + timedelta(days=-first.weekday() % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _months(first: date, last: date) -> Iterator[date]:
    day = first if first.day == 1 else (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)
