"""Compile what every character is and what it may stand for into `_data/`.

Sources, in the order in which they win: the hand-kept rows of `confusables.tsv`; the rows of `likeness.tsv` that are kept; styled letters
through NFKC; UTS #39 through the package confusable-homoglyphs. `pairs.tsv` lists what comes out, and which sources say so. Properties
come from Unicode's own names and categories through unicodedata2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import unicodedata2 as unicodedata
from confusable_homoglyphs.confusables import confusables_data
from numpy.typing import NDArray

from homoglyph_fix.letters import properties as scripts
from homoglyph_fix.letters.confusables import KINDS, OPTIONS, READING
from homoglyph_fix.letters.data_files import DATA
from homoglyph_fix.letters.language import APOSTROPHES, CYRILLIC, LATIN

HERE = Path(__file__).parent
LIKENESS = HERE / "likeness.tsv"
PAIRS = HERE / "pairs.tsv"
LETTERS = CYRILLIC.rstrip("'")
ALPHABET = LETTERS + LETTERS.upper()
# Letters whose shape Latin has too. All others of the alphabet are strong.
WEAK_CYRILLIC = "асеіорхуїёАВСЕІКМНОРТХУЇЁ"
HAND, ALIKE, NFKC, UTS39 = "hand", "likeness", "NFKC", "UTS #39"
FAR = 3.0  # a pair that costs this much leaves its glyph strong: R for Я does not make R a Cyrillic letter
UTS39_COST = 0.5
STYLED_COST = 0.2
STYLES = ("<font>", "<wide>", "<circle>", "<square>", "<compat>")  # not <super> and <sub>: º, ³ and ₙ are no letters of words
ROMAN = "IVXLCDMІХСМⅠⅩⅭⅯ"
INVISIBLE = [0xAD, 0x34F, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), *range(0xFE00, 0xFE10), 0xFEFF]
PUNCTUATION = {
    scripts.APOSTROPHE: APOSTROPHES,
    scripts.SENTENCE_END: ".!?…",
    scripts.DOT: ".",
    scripts.HYPHEN: "-‐‑",
    scripts.DASH: "–—−",
    scripts.COMMA: ",;:",
    scripts.OPENING: "([{«“„‘‚‹\"'",
    scripts.CLOSING: ")]}»”’›\"'",
    scripts.TECHNICAL: "/\\@#_=+*<>{}|~^&%$±×÷≤≥≈≠°∆∂∑∫√∞∈′″·",
    scripts.NEWLINE: "\n",
    scripts.ROMAN: ROMAN,
    scripts.HUNDREDS: "CDMСМⅭⅯ",
    scripts.DIGIT: "0123456789",
    scripts.DIGIT_LETTER: "01346",
    scripts.PLAIN_LATIN: LATIN + LATIN.upper(),
    scripts.VOWEL: "аеєиіїоуюяыэёАЕЄИІЇОУЮЯЫЭЁaeiouyAEIOUY",
}


class Pair(NamedTuple):
    """One row: the character found, the letter meant, what that costs, of which kind it is and who says so."""

    kind: str
    glyph: str
    letter: str
    cost: float
    source: str


class Judged(NamedTuple):
    """One row of `likeness.tsv`: a pair that was measured, and what was made of it."""

    verdict: str  # "kept", "refused", or "?" as long as it waits for one
    glyph: str
    letter: str
    likeness: float
    shape: str
    font: str
    reason: str

    @property
    def kept(self) -> bool:
        """Tell whether the glyph may stand for the letter."""
        return self.verdict == "kept"

    @property
    def cost(self) -> float:
        """0.3 for the very shape, as other sources have it, four nats more for none in common; the letter in italic costs 1 at least."""
        return round(max(0.3 + 4 * (1 - self.likeness), 1.0 if self.shape == "italic" else 0.3), 1)


def point_of(slot: int) -> int | None:
    """Return the code point of a row; None for the row that stands for all the rest."""
    for block in scripts.BLOCKS:
        if slot < len(block):
            return block[slot]
        slot -= len(block)
    return None


def hand_kept() -> Iterator[Pair]:
    """Read `confusables.tsv`."""
    for line in (HERE / "confusables.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, glyph, letter, cost, _reason = line.split("\t")
            yield Pair(kind, unicodedata.lookup(glyph), unicodedata.lookup(letter), float(cost), HAND)


def judged() -> Iterator[Judged]:
    """Read `likeness.tsv`."""
    for line in LIKENESS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            verdict, glyph, letter, likeness, shape, font, reason = line.split("\t")
            yield Judged(verdict, unicodedata.lookup(glyph), unicodedata.lookup(letter), float(likeness), shape, font, reason)


def alike() -> Iterator[Pair]:
    """Return the pairs that were measured and kept; a glyph with a case stands for the letter of that case, whatever its height."""
    for row in judged():
        if row.kept:
            case = case_bits(row.glyph)
            letter = row.letter.lower() if case == scripts.LOWER else row.letter.upper() if case == scripts.UPPER else row.letter
            yield Pair(kind_of(row.glyph), row.glyph, letter, row.cost, f"{ALIKE} {row.likeness:.2f}")


def uts39() -> Iterator[Pair]:
    """Every letter and number letter that UTS #39 calls confusable with a letter of our alphabet, itself outside our alphabet.

    Not the digits and signs: `likeness.tsv` says what is made of those that look most like a letter.
    """
    for letter in ALPHABET:
        direct = confusable(letter)
        second = [other for glyph in direct for other in confusable(glyph)]
        for glyph in dict.fromkeys(direct + second):
            if len(glyph) == 1 and is_letter(glyph) and glyph not in ALPHABET and not is_plain(glyph):
                yield Pair(kind_of(glyph), glyph, letter, UTS39_COST, UTS39)


def confusable(glyph: str) -> list[str]:
    """Return what UTS #39 lists for a character; it puts marks of direction around letters that are written from right to left."""
    return [row["c"].strip("\u200e") for row in confusables_data.get(glyph, ())]


def styled(known: list[Pair]) -> Iterator[Pair]:
    """Characters that NFKC turns into one character which has readings: mathematical, fullwidth, circled ..."""
    by_glyph: dict[str, list[Pair]] = {}
    for pair in known:
        by_glyph.setdefault(pair.glyph, []).append(pair)
    for slot in range(scripts.SLOTS - 1):
        glyph = chr(point_of(slot) or 0)
        base = unicodedata.normalize("NFKC", glyph) if is_letter(glyph) or unicodedata.category(glyph)[0] == "S" else glyph
        base = base.strip("()")
        if base != glyph and len(base) == 1 and unicodedata.decomposition(glyph).startswith(STYLES):
            if base in ALPHABET:
                yield Pair("styled", glyph, base, STYLED_COST, NFKC)
            for pair in by_glyph.get(base, ()):
                if pair.kind not in ("to Latin", "accent"):
                    yield Pair("styled", glyph, pair.letter, pair.cost + STYLED_COST, NFKC)


def is_letter(glyph: str) -> bool:
    """Tell whether a character is a letter, or a number written as one: the Roman numerals that are one character."""
    return unicodedata.category(glyph) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl")


def is_plain(glyph: str) -> bool:
    """Tell whether hand-kept rows alone decide about the glyph: ASCII, and the letters of Latin-1 and Greek."""
    return glyph.isascii() or glyph in "αβγδεζηθικλμνξοπρστυφχψω"


def kind_of(glyph: str) -> str:
    """Name the kind of a glyph that UTS #39 relates to our alphabet."""
    name = unicodedata.name(glyph, "")
    if name.startswith("CYRILLIC"):
        return "foreign Cyrillic"
    if unicodedata.normalize("NFKC", glyph) != glyph:
        return "styled"
    return "near" if name.startswith("LATIN") else "foreign script"


def all_pairs() -> list[Pair]:
    """Return every pair once, the first source winning; its `source` names all that have it."""
    found: dict[tuple[str, str, bool], Pair] = {}
    hand, measured = list(hand_kept()), list(alike())
    for source in (hand, measured, styled(hand + measured), uts39()):
        for pair in in_both_cases(source):
            key = pair.glyph, pair.letter, pair.kind == "to Latin"
            if key in found:
                said = found[key].source.split(", ")
                found[key] = found[key]._replace(source=", ".join(dict.fromkeys([*said, pair.source])))
            elif pair.source == HAND or not passed_over(pair.glyph):
                found[key] = pair
    return list(found.values())


def in_both_cases(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Let a letter of a script without case stand for the other case of ours, too: `сл𐊫во` is `слово`."""
    for pair in pairs:
        yield pair
        if pair.kind in ("near", "foreign script") and has_no_case(pair.glyph):
            yield pair._replace(letter=pair.letter.swapcase())


def has_no_case(glyph: str) -> bool:
    """Tell which letters and numbers are of a script without case. Not signs: those in formulas (`Х⨯У`) must not pass for capitals."""
    return unicodedata.category(glyph)[0] in "LN" and not case_bits(unicodedata.normalize("NFKC", glyph))


def listing(pairs: list[Pair]) -> str:
    """Return the table as a person reads it: a line for each pair, in the order of the characters."""
    head = "# What stands for what, and who says so; written by data/characters.py.\n"
    head += "# the character, its number, the letter meant, the cost in nats, the kind, the sources, the character's name\n"
    rows = sorted(pairs, key=lambda pair: (ord(pair.glyph), pair.cost, pair.letter))
    return head + "".join(
        f"{pair.glyph}\tU+{ord(pair.glyph):04X}\t{pair.letter}\t{pair.cost:.1f}\t{pair.kind}\t{pair.source}\t{unicodedata.name(pair.glyph)}\n"
        for pair in rows
    )


def passed_over(glyph: str) -> bool:
    """Tell which characters have no readings though a source has: those without a row, common signs, letters of other Cyrillic alphabets.

    Kazakh text is full of қ ң ұ, Serbian and Macedonian text of ђ љ ќ: such a letter says that the line is in another language. The few
    that people take for look-alikes have readings.
    """
    return not has_row(glyph) or glyph in "ªµºℹ〇" or (0x400 <= ord(glyph) < 0x530 and glyph not in ALPHABET + "ѕјЅЈһҺԁԀӏӀҽҼ")


def has_row(glyph: str) -> bool:
    """Tell whether a character has a row of its own in the compiled tables (see `properties.BLOCKS`)."""
    return int(scripts.slots(np.array([ord(glyph)], np.uint32))[0]) < scripts.SLOTS - 1


def compile_readings(pairs: list[Pair]) -> tuple[NDArray[np.uint16], NDArray[np.void], NDArray[np.void]]:
    """Return the row of each slot, the Cyrillic readings and the Latin reading of each row, cheapest first."""
    glyphs = sorted({p.glyph for p in pairs})
    slots = scripts.slots(np.array([ord(g) for g in glyphs], np.uint32))
    rows = np.zeros(scripts.SLOTS, np.uint16)
    rows[slots] = np.arange(1, len(glyphs) + 1)
    cyrillic = np.zeros((len(glyphs) + 1, OPTIONS), READING)
    latin = np.zeros(len(glyphs) + 1, READING)
    for row, glyph in enumerate(glyphs, 1):
        own = sorted((p for p in pairs if p.glyph == glyph), key=lambda p: p.cost)
        found = list({p.letter.lower(): p for p in reversed(own) if p.kind != "to Latin"}.values())[::-1][:OPTIONS]
        for column, pair in enumerate(found):
            cyrillic[row, column] = ord(pair.letter), pair.cost, KINDS.index(pair.kind)
        for pair in own:
            if pair.kind == "to Latin":
                latin[row] = ord(pair.letter), pair.cost, KINDS.index(pair.kind)
    return rows, cyrillic, latin


def compile_properties(pairs: list[Pair]) -> NDArray[np.uint32]:
    """Return the property bits of every slot."""
    nearest: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda pair: pair.cost):
        if pair.kind not in ("to Latin", "digit"):
            nearest.setdefault(pair.glyph, pair)
    vowels = {p.glyph for p in pairs if p.letter in PUNCTUATION[scripts.VOWEL] and p.kind not in ("to Latin", "digit")}
    table = np.zeros(scripts.SLOTS, np.uint32)
    for slot in range(scripts.SLOTS - 1):
        table[slot] = letter_bits(chr(point_of(slot) or 0), nearest, vowels)
    table[scripts.SLOTS - 1] = 0
    for glyph in caseless(pairs):
        table[scripts.slots(np.array([ord(glyph)], np.uint32))] |= scripts.CASELESS
    for bit, characters in PUNCTUATION.items():
        for character in characters:
            table[ord(character)] |= bit
    return table


def caseless(pairs: list[Pair]) -> set[str]:
    """Return the glyphs that stand for both cases of a letter: digits, and italic n and r, which serve as capitals too."""
    found = {(p.glyph, p.letter) for p in pairs if p.kind != "to Latin"}
    return {glyph for glyph, letter in found if letter.islower() and (glyph, letter.upper()) in found}


def letter_bits(glyph: str, nearest: dict[str, Pair], vowels: set[str]) -> int:
    """Return the bits that follow from a character's name, category and readings; without a case of its own it has that of the nearest."""
    category = unicodedata.category(glyph)
    if ord(glyph) in INVISIBLE:
        return scripts.INVISIBLE
    if category[0] == "Z" or category == "Cc":
        return scripts.SPACE
    if category in ("Mn", "Me"):
        return scripts.MARK
    if glyph in APOSTROPHES + "ªµº" or unicodedata.decomposition(glyph).startswith(("<super>", "<sub>")):
        return 0
    if category[0] != "L" and glyph not in nearest:
        return scripts.TECHNICAL if category in ("So", "Sm", "Sk") else 0
    base = unicodedata.normalize("NFKC", glyph)
    bits = script_bits(glyph, glyph in nearest)
    bits |= scripts.VOWEL if glyph in vowels else 0
    bits |= case_bits(nearest[glyph].letter if glyph in nearest and has_no_case(glyph) else base)
    if bits & scripts.CYRILLIC:
        bits |= 0 if glyph in WEAK_CYRILLIC else scripts.STRONG
    elif glyph not in nearest or nearest[glyph].cost >= FAR:
        bits |= scripts.STRONG_FOREIGN
    return bits


def case_bits(base: str) -> int:
    """Return the bit of the case that all letters of a string have; `str.isupper` would ask the Unicode of this Python instead."""
    cases = {unicodedata.category(character) for character in base} & {"Lu", "Ll", "Lt"}
    return {("Lu",): scripts.UPPER, ("Ll",): scripts.LOWER}.get(tuple(cases), 0)


def script_bits(glyph: str, readable: bool) -> int:
    """Return the bit of a letter's script, as the decision sees it."""
    name = unicodedata.name(glyph, "")
    if glyph in ALPHABET:
        return scripts.CYRILLIC
    if name.startswith("CYRILLIC"):
        return scripts.FOREIGN_CYRILLIC if readable else scripts.OTHER
    if name.startswith("LATIN") and (ord(glyph) < 0x250 or 0x1E00 <= ord(glyph) < 0x1F00):
        return scripts.LATIN
    if name.startswith("GREEK") and ord(glyph) < 0x2000 and unicodedata.normalize("NFKC", glyph) == glyph:
        return scripts.GREEK
    base = unicodedata.normalize("NFKC", glyph)
    styled_latin = len(base) == 1 and base != glyph and base.isascii() and base.isalpha()
    return scripts.ALIEN if readable or styled_latin else scripts.OTHER


def compile_composed(pairs: list[Pair]) -> NDArray[np.uint32]:
    """Return, for what is one letter of ours with a breve or a diaeresis, a key and what it is composed to, in the order of the keys.

    These are и, у, і, е and all that pass for them before anything else. A pair that Unicode has as one character becomes that one, if
    it passes for the letter meant (`ï`), else the letter itself (Y with a breve). A key is twice the code point, and one for a diaeresis.
    """
    nearest: dict[str, str] = {}
    for pair in sorted(pairs, key=lambda pair: pair.cost):
        if pair.letter in ALPHABET:
            nearest.setdefault(pair.glyph, pair.letter)
    nearest |= {letter: letter for letter in ALPHABET}
    found = []
    letters = {"\u0306": {"и": "й", "И": "Й", "у": "ў", "У": "Ў"}, "\u0308": {"і": "ї", "І": "Ї", "е": "ё", "Е": "Ё"}}
    for diaeresis, (mark, wholes) in enumerate(letters.items()):
        for glyph, letter in nearest.items():
            if letter in wholes:
                one = unicodedata.normalize("NFC", glyph + mark)
                whole = one if nearest.get(one) == wholes[letter] else wholes[letter]
                found.append((ord(glyph) * 2 + diaeresis, ord(whole)))
    return np.array(sorted(found), np.uint32).T.copy()


def plain_letters(pairs: list[Pair]) -> dict[str, str]:
    """Return the letter whose shape a character has: of a styled letter the plain one, of a Latin letter the Cyrillic one.

    Styled letters of which nobody makes one of ours (`𝐝`) are among them, or `𝐝oг` would be of two styles.
    """
    shapes = {pair.glyph: pair.letter for pair in pairs if pair.kind == "identical"}
    named = {pair.glyph for pair in pairs if pair.kind == "styled"}
    for code in range(0x20000):
        glyph = chr(code)
        base = unicodedata.normalize("NFKC", glyph).strip("()")
        drawn = unicodedata.decomposition(glyph).startswith(STYLES[:-1]) and unicodedata.category(base[:1] or " ")[0] == "L"
        if base != glyph and len(base) == 1 and (drawn or glyph in named):
            shapes[glyph] = shapes.get(base, base)
    return shapes


def compile_folds(pairs: list[Pair]) -> NDArray[np.uint32]:
    """Return the characters that `fold` replaces and what each becomes: one to three code points, zeros behind them.

    A letter with marks is taken apart, its letter replaced, and the whole composed again.
    """
    shapes = plain_letters(pairs)
    found = []
    for code in range(0x20000):
        parts = unicodedata.normalize("NFD", chr(code))
        new = unicodedata.normalize("NFC", "".join(shapes.get(part, part) for part in parts))
        if parts[0] in shapes and new != chr(code):
            found.append([code, *map(ord, new.ljust(3, "\0"))])
    return np.array(found, np.uint32)


def compile_characters() -> dict[str, NDArray[np.generic]]:
    """Return every compiled table of characters by the name of its file."""
    pairs = all_pairs()
    rows, cyrillic, latin = compile_readings(pairs)
    properties, composed = compile_properties(pairs), compile_composed(pairs)
    tables = {"glyphs": rows, "to_cyrillic": cyrillic, "to_latin": latin, "properties": properties, "composed": composed}
    return {**tables, "folds": compile_folds(pairs)}


if __name__ == "__main__":
    for name, table in compile_characters().items():
        np.save(DATA / f"{name}.npy", table)
    PAIRS.write_text(listing(all_pairs()), encoding="utf-8")
