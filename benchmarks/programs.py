"""What is compared: homoglyph-fix, what people write by hand, and programs from PyPI, each in its best setting for Ukrainian.

`pip install -e ".[peers]"` brings the peers. One that is not installed is left out by name; they are imported only when they are
asked for, and untyped.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from homoglyph_fix import normalize

OURS: Final = "homoglyph-fix"

LATIN: Final = "aceiopxyïkmtnuABCEHIKMOPTXYÏ"
CYRILLIC: Final = "асеіорхуїкмтпиАВСЕНІКМОРТХУЇ"
"""The table that people write by hand: every Latin letter that is a Cyrillic one to the eye."""


@dataclass(frozen=True)
class Program:
    """A program under its name, its version (empty for a few lines of one's own), its setting, and the call."""

    name: str
    version: str
    setting: str
    repair: Callable[[str], str]
    by_line: bool = False

    def over(self, text: str) -> str:
        """Repair a text of many lines."""
        return "\n".join(map(self.repair, text.split("\n"))) if self.by_line else self.repair(text)


def programs() -> tuple[list[Program], list[str]]:
    """Return the programs that can be run here, ours first, and why others cannot.

    A peer's log is silenced: some report every line in another script.
    """
    logging.disable(logging.WARNING)
    found = [
        Program(OURS, our_version(), "normalize", normalize),
        Program("str.translate", "", "28 letters, everywhere", _translate),
        Program("re.sub", "", "the same, only in words with a Cyrillic letter", _substitute),
    ]
    missing = []
    for name, (setting, make, by_line) in PEERS.items():
        try:
            found.append(Program(name, version(name), setting, make(), by_line))
        except (PackageNotFoundError, ImportError) as error:
            missing.append(f"{name}: {type(error).__name__}, {error}")
    return found, missing


def our_version() -> str:
    """Return the version that is measured; a checkout that is not installed has none."""
    try:
        return version(OURS)
    except PackageNotFoundError:
        return "checkout"


_TABLE = str.maketrans(LATIN, CYRILLIC)
_OF_BOTH_SCRIPTS = re.compile(r"(?=[^\W\d_]*[А-Яа-яЄІЇҐєіїґ])(?=[^\W\d_]*[A-Za-z])[^\W\d_]+")
_WITH_CYRILLIC = re.compile(r"\w*[А-Яа-яЄІЇҐєіїґ]\w*")


def _translate(text: str) -> str:
    return text.translate(_TABLE)


def _substitute(text: str) -> str:
    return _WITH_CYRILLIC.sub(lambda found: found[0].translate(_TABLE), text)


def _wildebeest() -> Callable[[str], str]:
    tool = import_module("wildebeest.wb_normalize").Wildebeest()
    tool.load_look_alike_file()
    steps = tool.build_norm_step_dict(base="NONE", add=["look-alike"])
    return lambda line: str(tool.norm_clean_string(line, steps, lang_code="ukr"))


def _disarm() -> Callable[[str], str]:
    fold = import_module("disarm").normalize_confusables
    return lambda text: str(fold(text, target_script="cyrillic"))


def _silverspeak() -> Callable[[str], str]:
    repair = import_module("silverspeak.homoglyphs.fast_normalize").fast_normalize
    knowledge = import_module("silverspeak.homoglyphs.hkb.kb").load_default_kb()
    return lambda line: str(repair(line, knowledge, 0.0, 0.0).text)  # its command's defaults


def _ftfy() -> Callable[[str], str]:
    fix = import_module("ftfy").fix_text
    return lambda text: str(fix(text, uncurl_quotes=False))


def _decancer() -> Callable[[str], str]:
    parse = import_module("decancer_py").parse
    options = {"retain_capitalization": True, "retain_cyrillic": True, "retain_diacritics": True, "disable_bidi": True}
    return lambda line: str(parse(line, **options))


def _confusable_homoglyphs() -> Callable[[str], str]:
    tool = import_module("confusable_homoglyphs.confusables")

    @cache
    def images(letter: str) -> str:
        """Return the first Cyrillic image of a Latin letter, or the letter."""
        found: Any = tool.is_confusable(letter, greedy=True, preferred_aliases=["cyrillic"])
        cyrillic = [image["c"] for entry in found or [] for image in entry["homoglyphs"] if image["n"].startswith("CYRILLIC")]
        return str(cyrillic[0]) if cyrillic else letter

    def word(found: re.Match[str]) -> str:
        return "".join(map(images, found[0])) if tool.is_mixed_script(found[0]) else found[0]

    return lambda text: re.sub(r"\w+", word, text)


def _names_translator() -> Callable[[str], str]:
    return _in_words(import_module("names_translator.name_utils").try_to_fix_mixed_charset)


def _normalize_uk() -> Callable[[str], str]:
    tool = import_module("normalize_uk")
    options = tool.NormalizeOptions(tool.NormalizePreset.Conservative, repair_homoglyphs=True)
    return _in_words(lambda word: tool.normalize_ukrainian(word, options))


def _ukrainian_tn() -> Callable[[str], str]:
    tool = import_module("ukrainian_tn")
    options = tool.NormalizeOptions("conservative")
    options.repair_homoglyphs = True
    return _in_words(lambda word: tool.normalize_with(word, options))


def _in_words(repair: Callable[[str], Any]) -> Callable[[str], str]:
    """Let a program see only words of letters of both scripts, so that it does nothing else: two of them write out numbers and dates."""
    return lambda text: _OF_BOTH_SCRIPTS.sub(lambda found: str(repair(found[0])), text)


PEERS: Final[dict[str, tuple[str, Callable[[], Callable[[str], str]], bool]]] = {
    "wildebeest-nlp": ("only its look-alike step", _wildebeest, True),
    "disarm": ("normalize_confusables, to Cyrillic", _disarm, False),
    "silverspeak": ("fast_normalize, its command's defaults", _silverspeak, True),
    "ftfy": ("fix_text, quotes left alone", _ftfy, False),
    "decancer-py": ("parse, keeping capitals, marks and Cyrillic", _decancer, True),
    "confusable-homoglyphs": ("first Cyrillic image in each word it calls mixed", _confusable_homoglyphs, False),
    "names-translator": ("try_to_fix_mixed_charset on each word of both scripts", _names_translator, False),
    "normalize-uk": ("conservative, only repair_homoglyphs, on each word of both scripts", _normalize_uk, False),
    "ukrainian-tn": ("conservative, only repair_homoglyphs, on each word of both scripts", _ukrainian_tn, False),
}
"""Name on PyPI: setting, how to make the call, whether it wants one line at a time."""
