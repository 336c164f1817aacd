"""Measure how much the letters, numbers and symbols of Unicode look like ours: `python -m data.likeness FONTS`.

FONTS is a folder with fonts, looked through with all that is in it; `CREDITS.md` names the packages whose fonts gave the figures of
`likeness.tsv`. Every glyph is drawn as it stands in a line: at one size, on the baseline, so that a small letter is not the like of its
capital; only its middle is moved to the middle of the picture. The likeness of two pictures is the share of ink that they have in
common, 2ab / (aa + bb), once they are blurred a little, at the best of nine places within a pixel around. It is lessened by what they
differ by at their worst place, or a bar or a dot would count for no more than the little ink it takes: F would pass for Г.

A glyph is compared with our letters in its own font, or in a font of like style where its own has no Cyrillic. An upright glyph is also
compared with our italic letters set upright: that is how u passes for и. What a pair comes to is the greatest figure of all fonts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import freetype
import numpy as np
import unicodedata2 as unicodedata
from numpy.typing import NDArray

from data.characters import ALPHABET, LIKENESS, Judged, all_pairs, judged

PAIRS: Final = 300
EM: Final = 32  # pixels: a stem is two or three of them wide, so two faces of one letter still overlap
WIDTH, HEIGHT, BASELINE = 44, 52, 38  # of a picture; what does not fit in is no like of a letter
FREE: Final = 3  # pixels left free at each side, for the blur and the shift
STYLES: Final = {"Regular": False, "Book": False, "Roman": False, "Italic": True, "Oblique": True}  # and which of them lean
LEAN: Final = 0.2  # tangent of the angle, near enough for all of them
LOADED: Final = freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP
BATCH: Final = 1000  # glyphs compared at once: 9 MB of pictures, and some 200 MB of pairs
LEAST: Final = 0.73  # ink in common: no pair comes to more than that, and the three-hundredth comes to 0.74
UPRIGHT, ITALIC = "upright", "italic"

Pictures = NDArray[np.float32]


class Face(NamedTuple):
    """A font in one style; `leans` and `serif` say which other is like it."""

    name: str
    path: Path
    leans: bool
    serif: bool


class Found(NamedTuple):
    """How alike a character and a letter are in the font where they are most so, and in which shape of the letter."""

    likeness: float
    letter: str
    font: str
    shape: str


NOTHING: Final = Found(0.0, "", "", "")


def main(arguments: list[str]) -> int:
    """Write the likeliest pairs that have no row, with the verdicts that are there already."""
    if len(arguments) != 1:
        print("usage: python -m data.likeness FONTS", file=sys.stderr)
        return 2
    characters, found = measure(Path(arguments[0]))
    told = {(row.glyph, row.letter.lower()): row for row in judged()}
    rows = {(pair.glyph, pair.letter.lower()) for pair in all_pairs() if pair.kind != "to Latin"}
    known = rows - {pair for pair, row in told.items() if row.kept}
    new = sorted((pair for pair in found if pair not in known), key=lambda pair: (-round(found[pair].likeness, 3), pair))
    write({pair: found[pair] for pair in new[:PAIRS]}, told)
    print(f"{len(characters)} characters beside {len(ALPHABET)} letters: {len(found)} pairs are alike, {len(new)} of them have no row")
    return 0


def measure(folder: Path) -> tuple[set[str], dict[tuple[str, str], Found]]:
    """Return which characters the fonts have and which pairs are alike, by the character and the small form of the letter."""
    seen: set[str] = set()
    found: dict[tuple[str, str], Found] = {}
    every = faces(folder)
    for face in every:
        alphabets = {UPRIGHT: draw(like(face, every), ALPHABET)}
        if not face.leans:
            alphabets[ITALIC] = draw(like(face._replace(leans=True), every), ALPHABET, set_upright=True)
        characters = drawable(face)
        seen.update(characters)
        for start in range(0, len(characters), BATCH):
            drawn, pictures = draw(face, characters[start : start + BATCH])
            for shape, (letters, alphabet) in alphabets.items():
                for row, column, likeness in alike(pictures, shifted(alphabet)):
                    pair = drawn[row], letters[column].lower()
                    if likeness > found.get(pair, NOTHING).likeness:
                        found[pair] = Found(likeness, letters[column], face.name, shape)
    return seen, found


def faces(folder: Path) -> list[Face]:
    """Return the fonts of a folder for running text: neither bold nor light nor condensed, and not for display, where bars are hairs."""
    found = []
    for path in sorted([*folder.rglob("*.ttf"), *folder.rglob("*.otf")]):
        font = freetype.Face(str(path))
        style = font.style_name.decode()
        if style in STYLES and "Display" not in path.stem:
            found.append(Face(path.stem, path, STYLES[style], "Serif" in path.stem))
    return found


def like(face: Face, every: list[Face]) -> Face:
    """Return the font whose Cyrillic a reader sees beside a glyph of this one: its own, that of its family, else Noto's of like style."""
    styled = [other for other in every if other.leans == face.leans and has_cyrillic(other)]
    own = [other for other in styled if family(other) == family(face)]
    noto = [other for other in styled if family(other) == ("NotoSerif" if face.serif else "NotoSans")]
    return (own + noto + styled)[0]


def family(face: Face) -> str:
    """Return what fonts that differ in style only have in common."""
    return face.name.partition("-")[0].removesuffix("Italic").removesuffix("Oblique")


@cache
def has_cyrillic(face: Face) -> bool:
    """Tell whether a font can draw all of our letters."""
    font = freetype.Face(str(face.path))
    return all(font.get_char_index(letter) for letter in ALPHABET)


def drawable(face: Face) -> str:
    """Return the letters, numbers and symbols of a font that are not of our alphabet."""
    points = (chr(point) for point, _ in freetype.Face(str(face.path)).get_chars())
    return "".join(char for char in points if unicodedata.category(char)[0] in "LNS" and char not in ALPHABET)


def draw(face: Face, characters: str, *, set_upright: bool = False) -> tuple[str, Pictures]:
    """Return the characters that a picture has room for, and their pictures, one in a row, blurred."""
    font = freetype.Face(str(face.path))
    font.set_pixel_sizes(0, EM)
    stance = freetype.Matrix(0x10000, int(-LEAN * 0x10000) if set_upright else 0, 0, 0x10000)
    drawn: list[str] = []
    pictures = np.zeros((len(characters), HEIGHT, WIDTH), np.float32)
    for character in characters:
        if render(font, character, stance, pictures[len(drawn)]):
            drawn.append(character)
    return "".join(drawn), blurred(pictures[: len(drawn)]).reshape(len(drawn), -1)


def render(font: freetype.Face, character: str, stance: freetype.Matrix, picture: Pictures) -> bool:
    """Draw a character with its middle in the middle of a picture; tell whether there is anything to draw, and room for it."""
    font.set_transform(stance, freetype.Vector(0, 0))
    font.load_char(character, LOADED)
    box = font.glyph.outline.get_bbox()
    font.set_transform(stance, freetype.Vector((WIDTH << 5) - (box.xMin + box.xMax) // 2, 0))
    font.load_char(character, LOADED | freetype.FT_LOAD_RENDER)
    bitmap, top, left = font.glyph.bitmap, BASELINE - font.glyph.bitmap_top, font.glyph.bitmap_left
    if not bitmap.rows or min(top, left) < FREE or top + bitmap.rows > HEIGHT - FREE or left + bitmap.width > WIDTH - FREE:
        return False
    ink = np.frombuffer(bytes(bitmap.buffer), np.uint8).reshape(bitmap.rows, bitmap.pitch)[:, : bitmap.width]
    picture[top : top + bitmap.rows, left : left + bitmap.width] = ink / np.float32(255)
    return True


def blurred(pictures: Pictures) -> Pictures:
    """Spread each pixel over those beside it, one half of it from column to column and from row to row."""
    for axis in (1, 2):
        pictures = (np.roll(pictures, 1, axis) + 2 * pictures + np.roll(pictures, -1, axis)) / np.float32(4)
    return pictures


def shifted(pictures: Pictures) -> Pictures:
    """Return every picture at nine places: as it is and a pixel to each side, up and down."""
    square = pictures.reshape(-1, HEIGHT, WIDTH)
    return np.stack([np.roll(square, (down, right), (1, 2)).reshape(len(square), -1) for down in (-1, 0, 1) for right in (-1, 0, 1)])


def alike(pictures: Pictures, alphabet: Pictures) -> Iterator[tuple[int, int, float]]:
    """Return the pictures and letters that are alike, by number, and how much."""
    ink = np.einsum("ij,ij->i", pictures, pictures)
    whole = np.einsum("ij,ij->i", alphabet[0], alphabet[0])  # the same at each of the nine places
    common = np.stack([pictures @ letters.T for letters in alphabet])
    share = 2 * common.max(0) / (ink[:, None] + whole)
    rows, columns = np.nonzero(share >= LEAST)
    best = alphabet[common.argmax(0)[rows, columns], columns]
    likeness = share[rows, columns] * (1 - worst(np.abs(pictures[rows] - best)))
    return zip(rows.tolist(), columns.tolist(), likeness.tolist(), strict=True)


def worst(differences: Pictures) -> NDArray[np.float32]:
    """Return what two pictures differ by where they differ most: the mean of a square of five pixels, which a stem fills by half."""
    square = differences.reshape(-1, HEIGHT, WIDTH)
    for axis in (1, 2):
        square = sum((np.roll(square, step, axis) for step in (-2, -1, 1, 2)), square) / np.float32(5)
    return square.max((1, 2))


def write(found: Mapping[tuple[str, str], Found], told: Mapping[tuple[str, str], Judged]) -> None:
    """Write the pairs, likeliest first, under the head that the table has; a new pair waits for its verdict."""
    head = [line for line in LIKENESS.read_text("utf-8").splitlines() if line.startswith("#")]
    rows = []
    for pair, (likeness, letter, font, shape) in found.items():
        verdict, reason = (told[pair].verdict, told[pair].reason) if pair in told else ("?", "?")
        names = unicodedata.name(pair[0], f"U+{ord(pair[0]):04X}"), unicodedata.name(letter)
        rows.append("\t".join([verdict, *names, f"{likeness:.3f}", shape, font, reason]))
    LIKENESS.write_text("\n".join([*head, *rows]) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
