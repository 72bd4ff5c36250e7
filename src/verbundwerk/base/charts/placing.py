"""Where words fit on a drawing: the first free place wins, and what fits nowhere is left to the table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH_OF_A_LETTER = 0.56  # of the height of the type, on average in our sans-serif


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        beside = self.left <= other.left and other.right <= self.right
        return beside and self.top <= other.top and other.bottom <= self.bottom


def box_around(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)


def box_of_lines(lines: Sequence[str], x: float, baseline: float, size: float, anchor: str = "middle") -> Box:
    """The room that lines of type take: the first one's baseline at `baseline`, `x` their middle, start or end."""
    width = max(len(line) for line in lines) * size * WIDTH_OF_A_LETTER
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return Box(left, baseline - size, left + width, baseline + size * (0.25 + 1.15 * (len(lines) - 1)))


@dataclass
class Taken:
    """What stands on the drawing already; nothing is placed outside the sheet."""

    sheet: Box
    boxes: list[Box] = field(default_factory=list)

    def first_free(self, places: Iterable[Box]) -> int | None:
        """The position of the first place that meets nothing, which is then taken; None if there is none."""
        for position, box in enumerate(places):
            if self.sheet.holds(box) and not any(box.meets(one) for one in self.boxes):
                self.boxes.append(box)
                return position
        return None
