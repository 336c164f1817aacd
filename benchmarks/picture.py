"""The picture of accuracy against speed, as plain SVG."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

WIDTH: Final = 760
HEIGHT: Final = 440
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 40, 56
LETTER: Final = 6.6  # mean width of a letter in pixels, to keep labels apart
LINE: Final = 14


class Dot(NamedTuple):
    """A program: MB/s, per cent of words restored, and a remark under its name."""

    name: str
    speed: float
    restored: float
    remark: str


class Box(NamedTuple):
    """Where a label stands."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes have a point in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def draw(path: Path, dots: list[Dot]) -> None:
    """Write the picture."""
    path.write_text(svg(dots), encoding="utf-8")


def svg(dots: list[Dot]) -> str:
    """Return the picture: speed on a log scale to the right, accuracy upwards, one dot a program, the first one filled."""
    low = math.floor(math.log10(min(dot.speed for dot in dots)))
    high = math.ceil(math.log10(max(dot.speed for dot in dots)))
    places = [(_x(dot.speed, low, high), _y(dot.restored)) for dot in dots]
    taken = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in places]
    marks: list[str] = []
    for number, (dot, (x, y)) in enumerate(zip(dots, places, strict=True)):
        marks += [_circle(x, y, filled=number == 0), *_label(dot, x, y, taken)]
    return "\n".join([*_frame(low, high), *marks, "</svg>", ""])


def _x(speed: float, low: int, high: int) -> float:
    return LEFT + (math.log10(speed) - low) / (high - low) * (WIDTH - LEFT - RIGHT)


def _y(restored: float) -> float:
    return TOP + (100 - restored) / 100 * (HEIGHT - TOP - BOTTOM)


def _circle(x: float, y: float, *, filled: bool) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{"#0057b7" if filled else "#ffffff"}" stroke="#0057b7" stroke-width="1.5"/>'


def _label(dot: Dot, x: float, y: float, taken: list[Box]) -> list[str]:
    """Return the two lines of a label, at the first free place around the dot."""
    width = LETTER * max(len(dot.name), len(dot.remark))
    spots = [(side, step * LINE) for step in (0, 1, -1, 2, -2, 3, -3) for side in (x + 10, x - 10 - width)]
    boxes = [Box(left, y + down - LINE, left + width, y + down + LINE) for left, down in spots]
    inside = [box for box in boxes if box.left > LEFT and box.right < WIDTH and box.bottom < HEIGHT - BOTTOM]
    free = [box for box in inside if not any(map(box.meets, taken))]
    box = (free or inside or boxes)[0]
    taken.append(box)
    return [
        _text(box.left, box.top + LINE - 3, dot.name, 'font-weight="bold"'),
        _text(box.left, box.bottom - 4, dot.remark, 'fill="#555555"'),
    ]


def _frame(low: int, high: int) -> list[str]:
    """Return the head, the grid and the axes."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        "<title>Damaged words restored against speed</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 22, "Damaged words restored, %; under each name: good words spoiled in 10,000"),
        _text(WIDTH / 2, HEIGHT - 12, "MB/s on one core (log scale); 1 % of the words damaged", 'text-anchor="middle"'),
    ]
    for power in range(low, high + 1):
        x = _x(10.0**power, low, high)
        lines += [_line(x, TOP, x, HEIGHT - BOTTOM), _text(x, HEIGHT - BOTTOM + 18, f"{10.0**power:g}", 'text-anchor="middle"')]
    for share in range(0, 101, 20):
        y = _y(share)
        lines += [_line(LEFT, y, WIDTH - RIGHT, y), _text(LEFT - 8, y + 4, str(share), 'text-anchor="end"')]
    return lines


def _line(left: float, top: float, right: float, bottom: float) -> str:
    return f'<line x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{bottom:.1f}" stroke="#dddddd"/>'


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>'.replace(" >", ">")
