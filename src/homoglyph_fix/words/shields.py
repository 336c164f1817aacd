"""Regions that are never touched: addresses, markup, code, placeholders, names of files and of program objects.

A shield needs a mark that prose does not have (a slash, an at sign, a bracket, a dot between letters); where a text has none of them
no pattern runs. Left out of the shield, so that the rules for words decide, are domain and e-mail labels that mix scripts
(`fаcebook.com`), identifiers that do (`Diр_Аdvisоr`), and the attributes of tags that people see (`title="Вiдповiдь"`).
"""

from __future__ import annotations

import string
from functools import cache, lru_cache
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from ..arrays.ragged import Index, any_of, ranges, where
from ..letters.apostrophes import CONSONANTS, IOTATED
from ..letters.confusables import IDENTICAL, confusables
from ..letters.properties import (
    CYRILLIC,
    DOT,
    HOST,
    HYPHEN,
    IDENTIFIER,
    LATIN,
    LETTER,
    SHIELD,
    STRONG,
    properties,
    slots,
)
from ..text.encodings import BLANK, LINE_END, Points, decode
from .tokens import Bits

MARKUP: Final = 0x3C, 0x60  # < and the back-quote: what they enclose may have spaces

# Top-level domains that stand in Ukrainian text without "www": all of two letters in use there, and the common long ones.
_DOMAINS: Final = frozenset(
    "ua ru by pl de uk us eu fr it es ro md kz ge am az lt lv ee cz sk hu at ch se no fi dk nl be io me tv cc co ai fm ly gg su in to "
    "com org net info biz gov edu mil int pro dev app xyz online site store shop club news media live blog agency name today press".split()
)
_FILES: Final = (
    "txt|md|csv|tsv|json|jsonl|xml|html?|css|js|ts|py|ipynb|rb|java|cpp|cs|go|rs|php|sh|bat|sql|ya?ml|toml|ini|cfg|conf|log|lock|"
    "docx?|xlsx?|pptx?|od[tsp]|pdf|djvu|epub|fb2|rtf|tex|jpe?g|png|gif|svg|webp|bmp|tiff?|ico|mp[34]|wav|ogg|flac|avi|mkv|mov|webm|"
    "zip|rar|7z|tar|gz|bz2|xz|exe|msi|dll|apk|iso|dic|aff|ttf|otf"
)
# Every quantifier is bounded or begins where no other match can: the cost of a search grows with the text, whatever the text.
_PATTERNS: Final = (
    # code in back-quotes, opened by no apostrophe: `сім`я`
    ("code", r"(?<!`)(?!(?<=[CONSONANTS])`[IOTATED])`{1,3}(?!`)[^`\n]{1,2000}`{1,3}"),
    ("tag", r"(?P<tag><[/!?]?[A-Za-z][A-Za-z0-9:-]{0,40}(?=[\s/>])[^<>\n]{0,2000}>)"),  # tags of HTML and XML
    ("tag", r"\[/?[A-Za-z*]{1,12}(?:=[^\[\]\x00-\x20]{0,200})?\]"),  # tags of BBCode
    ("entity", r"&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,10}[0-9]{0,2});"),
    ("address", r'\b(?:https?|ftp|file|mailto|tg|magnet)://?[^\x00-\x20\s<>"«»“”]+'),  # addresses with a scheme
    ("address", r'\bwww\.[^\x00-\x20\s<>"«»“”]+'),
    ("e-mail address", r"(?<![\w.+-])[\w.+-]{1,64}@(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})"),
    ("handle", r"(?<![\w@])@\w{1,64}(?:\.\w{1,64}){0,4}"),
    (
        "escape",
        r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[A-Za-z]\d{1,3}|[A-Za-z][a-z]{2,31}\*?\d{0,3}|f[BIPR]|[abefhnrtvN0]|[A-Za-z]{1,2}|\d{1,2})",
    ),
    ("code of formatting", r'(?:§|\^(?![^"\n]{0,80}\$")|(?<!\w)&)(?:[A-Za-z]{1,2}\d?(?![A-Za-z])|\d)'),
    (
        "code of formatting",  # `{xСтатус{x`
        r"\{[A-Za-z]{1,2}\d{0,4}(?=[^\s{}]{1,60}\{[A-Za-z])|(?<=\{[A-Za-z]{1,2}\d{0,4}[^\s{}]{1,60})\{[A-Za-z]{1,2}\d{0,4}",
    ),
    ("range of letters", r"""[^\s\[\]"'/]{0,60}(?:[aа]-[zя]|[AА]-[ZЯ])[^\s\[\]"'/]{0,60}"""),  # character classes
    ("path", r"(?:\b[A-Za-z]:|(?<![\w.])[~.]{0,2})[\\/](?:[\w.~-]{1,100}[\\/]){1,40}[\w.~-]{0,100}"),
    ("placeholder", r"%\((?P<name>\w{1,40})\)[sdifr] | %\d{1,3}\$[-^+]?\w\d?"),  # printf, with the order of arguments
    ("placeholder", r"(?<!\d\s?)%[-+]?\d{0,4}(?:\.\d{1,3})?(?:[A-Za-z](?![A-Za-z])|[sdifuxXc](?![^\W\d_A-Z])|(?<=\d)(?=[^\W\d_]))"),
    ("placeholder", r"(?<!\d\s?)%[-+]?\d{0,4}(?:ll?|z)[diux](?![A-Za-z])"),
    (
        "placeholder",  # of templates
        r"\$\{{1,2}(?P<name>[^{}\x00-\x20]{0,200})\}{1,2} | \$(?P<name>\w{3,64}) | \{\{?[A-Za-z0-9_.:!|%$^]{0,64}\}\}? | \{\d\{\w",
    ),
    ("placeholder", r"\$\w{1,2}"),
    ("file name", r"(?<![\w-])[\w-]{1,100}\.(?:FILES)\b"),
    ("identifier", r"(?<!\w)(?P<name>[^\W_]{1,64}(?:_{1,4}[^\W_]{1,64}){1,20}) | _{1,4}[A-Za-z]{1,64}_{0,4}"),
    ("address", r"(?<![\w.@-])(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?P<top>[^\W\d_]{2,6}))(?![\w@-])"),  # bare domains
    ("name with dots", r"(?<![\w.@-])(?P<path>[^\W\d]\w{0,63}(?:\.[^\W\d]\w{0,63}){1,8})(?!\w|:/|\.(?:FILES)\b)"),  # identifiers with dots
)

KINDS: Final = tuple(dict.fromkeys(kind for kind, _ in _PATTERNS))
"""What a shield may hide, as --explain says it."""
_QUOTED: Final = r"""\s?=\s?(?:"(?P<value>[^"<>\n]*)"|'(?P<value>[^'<>\n]*)')"""


@cache
def _pattern() -> regex.Pattern[str]:
    return _compiled("|".join(pattern for _, pattern in _PATTERNS))


@cache
def _kinds() -> list[tuple[str, regex.Pattern[str]]]:
    """Return each kind of shield with its pattern; of those that match at a place, the first is the one that `_pattern` takes."""
    return [(kind, _compiled(pattern)) for kind, pattern in _PATTERNS]


def _compiled(pattern: str) -> regex.Pattern[str]:
    letters = {"FILES": _FILES, "CONSONANTS": CONSONANTS, "IOTATED": IOTATED}
    for name, some in letters.items():
        pattern = pattern.replace(name, some)
    return regex.compile(pattern, regex.VERBOSE)


@cache
def _path() -> regex.Pattern[str]:
    return regex.compile(r"[^\W\d]\w{0,63}(?:\.[^\W\d]\w{0,63}){1,8}")


@cache
def _attributes() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    """Return the attributes that people see, those that they see on a button, and what says that a tag is one."""
    names = "title|alt|placeholder|label|aria-label"
    button = r"<input\s(?:[^>]*\s)?type\s?=\s?[\x22']?(?:submit|button|reset)\b"
    patterns = rf"(?<=\s)(?:{names}){_QUOTED}", rf"(?<=\s)(?:{names}|value){_QUOTED}", button
    plain, on_button, is_button = (regex.compile(pattern, regex.IGNORECASE) for pattern in patterns)
    return plain, on_button, is_button


def _seen_in(tag: str) -> regex.Pattern[str]:
    plain, on_button, is_button = _attributes()
    return on_button if is_button.match(tag) else plain


def find_shields(points: Points, bits: Bits) -> NDArray[np.uint32] | None:
    """Return for each character `SHIELD`, `HOST` or `IDENTIFIER` (names that mix scripts), or 0; None where there is nothing to shield."""
    return shields_at(points, marks_of(points, bits))


def shields_at(points: Points, marks: Index) -> NDArray[np.uint32] | None:
    """Return the same, given the places of the marks."""
    if not len(marks):
        return None
    inside = _around(points, marks)
    shield = np.zeros(len(points), np.uint32)
    text = decode(points[inside])
    for match in _pattern().finditer(text):
        _mark(shield, inside, match)
    return shield


def kinds_of_shields(points: Points, bits: Bits) -> list[tuple[int, int, str]]:
    """Return where each shield begins and ends, and what it is: an address, code, a tag. For explanations only, so it may be slow."""
    marks = marks_of(points, bits)
    if not len(marks):
        return []
    inside = _around(points, marks)
    found = []
    for match in _pattern().finditer(decode(points[inside])):
        kind = next(kind for kind, pattern in _kinds() if pattern.match(match.string, match.start()))
        shield = np.zeros(len(points), np.uint32)
        _mark(shield, inside, match)
        hidden = where(shield == np.uint32(SHIELD))
        if len(hidden):
            found.append((int(hidden[0]), int(hidden[-1]) + 1, kind))
    return found


def marks_of(points: Points, bits: Bits) -> Index:
    """Return the places of the characters without which no pattern matches; each match has one of them in its own piece."""
    marks = where(MARKS.take(points, mode="clip"))
    percent = points[marks] == ord("%")
    if any_of(percent):  # after a per cent sign that means per cent nothing stands that a format has
        marks = marks[where(~percent | _IN_FORMATS.take(points[marks + 1], mode="clip"))]
    dots = where((bits & DOT) != 0)
    dots = dots[where((points[dots - 1] > BLANK) & (points[dots + 1] > BLANK))]
    last, after = points[dots - 1], points[dots + 1]
    named = ((bits[dots + 1] & LETTER) != 0) | (after == ord("7")) | (last == ord("w"))  # a domain or a file, `.7z`, `www.`
    hyphens = where((bits & HYPHEN) != 0)
    classes = hyphens[where(_FIRST.take(points[hyphens - 1], mode="clip") & _LAST.take(points[hyphens + 1], mode="clip"))]
    return np.concatenate([marks, dots[where(named)], classes])


def _around(points: Points, marks: Index) -> Index:
    """Return the places of the text to look at: the piece of each mark and the one before it in its line; for tags and code the line."""
    whole = (points[marks] == MARKUP[0]) | (points[marks] == MARKUP[1])
    spans = []
    for some, blank, more in ((marks[~whole], points <= BLANK, 1), (marks[whole], points == LINE_END, 0)):
        if len(some):
            edges = where(blank)
            place = np.unique(edges.searchsorted(some))
            first = place - 1
            first -= more * (points[edges[first]] != LINE_END)
            spans.append(np.stack([edges[np.maximum(first, 0)], edges[place] + 1], 1))
    span = np.concatenate(spans)
    span = span[np.argsort(span[:, 0], kind="stable")]
    start, end = span[:, 0], np.maximum.accumulate(span[:, 1])
    start = np.maximum(start, np.append(0, end[:-1]))  # no place twice
    return ranges(start, np.maximum(end - start, 0))


MARKS: Final = np.isin(np.arange(0x100), [ord(mark) for mark in "`<[&/\\@%${_~^§"])
_FIRST, _LAST = (np.isin(np.arange(0x500), [ord(char) for char in chars]) for chars in ("aAаА", "zZяЯ"))  # of character classes
_PARTS: Final = regex.compile(r"[^\W_]+")
_JOINED: Final = regex.compile("[а-яіїєґ][A-Z]|[a-z][А-ЯІЇЄҐ]")  # `словоType`
_IN_FORMATS: Final = np.isin(np.arange(0x80), [ord(char) for char in "(-+.0123456789" + string.ascii_letters])


def _mark(shield: NDArray[np.uint32], inside: Index, match: regex.Match[str]) -> None:
    """Shield what matched; of names only the parts that are of one script, of tags not what people see."""
    start, end = match.span()
    host = match["host"] or match["domain"]
    if match["path"] or (match["host"] and _latin(match["top"]) not in _DOMAINS):
        _mark_path(shield, inside, start, (_path().match(match.string, start) or match)[0])
        return
    shield[inside[start:end]] = SHIELD
    if match["tag"]:
        for seen in _seen_in(match["tag"]).finditer(match.string, start, end):
            shield[inside[slice(*seen.span("value"))]] = 0
            for inner in _pattern().finditer(match.string, *seen.span("value")):
                _mark(shield, inside, inner)
    elif match["name"]:
        _mark_name(shield, inside, match.start("name"), match["name"], _script_of(match["name"]))
    if host:
        place = match.start("host" if match["host"] else "domain")
        for label in host.split("."):
            if _mixes(label):
                shield[inside[place : place + len(label)]] = HOST
            place += len(label) + 1


def _mark_path(shield: NDArray[np.uint32], inside: Index, place: int, path: str) -> None:
    """Mark names with dots between them: all if they are Latin but for intruders, else only those with an underscore."""
    script = _script_of(path)
    for name in path.split("."):
        if (script == LATIN and (name.isascii() or _mixes(name))) or "_" in name:
            _mark_name(shield, inside, place, name, script if script == LATIN else _script_of(name))
        place += len(name) + 1


def _mark_name(shield: NDArray[np.uint32], inside: Index, place: int, name: str, script: int) -> None:
    """Shield a name but for its parts that mix scripts: Latin ones are marked, Cyrillic ones are words like others."""
    shield[inside[place : place + len(name)]] = SHIELD
    if script:
        for part in _PARTS.finditer(name):
            if _mixes(part[0]) or (script == LATIN and not part[0].isascii()):
                shield[inside[place + part.start() : place + part.end()]] = IDENTIFIER if script == LATIN else 0


def _script_of(name: str) -> int:
    """Return which script a name that mixes two is of: that in which alone it has letters of its own; 0 where that is not clear."""
    if not any(map(_mixes, _PARTS.findall(name))):
        return 0
    points = np.array([ord(char) for char in name], np.uint32)
    bits = properties().take(slots(points))
    if any_of(((bits & np.uint32(LETTER)) != 0) & ((bits & np.uint32(LATIN | CYRILLIC)) == 0)):
        return 0
    cyrillic = any_of((bits & np.uint32(STRONG)) != 0)
    latin = any_of(((bits & np.uint32(LATIN)) != 0) & (confusables().kind.take(slots(points)) != IDENTICAL))
    if latin == cyrillic or (cyrillic and _JOINED.search(name)):
        return 0
    return LATIN if latin else CYRILLIC


@lru_cache(maxsize=1 << 12)  # the same few end most domains; reading one takes ten microseconds
def _latin(label: str) -> str:
    """Return a label with every Cyrillic letter that looks like a Latin one replaced."""
    table = confusables()
    found = table.to_latin["letter"][table.rows(np.array([ord(c) for c in label], np.uint32))]
    return "".join(chr(new) if new else old for old, new in zip(label, found.tolist(), strict=True))


def _mixes(label: str) -> bool:
    return not label.isascii() and any(c.isascii() and c.isalpha() for c in label)
