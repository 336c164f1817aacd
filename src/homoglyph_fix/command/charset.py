"""Files that are not UTF-8: in which encoding they are, read as UTF-8 and written back as they were.

A byte order mark is a character like any other, U+FEFF: it is read, kept and written back.
"""

from __future__ import annotations

import codecs
import functools
import re
from typing import TYPE_CHECKING, Any

from ..errors import EncodingError, FileError, UsageError
from .messages import _

if TYPE_CHECKING:
    from .streams import Stream

UTF8 = "utf-8"
AUTO = "auto"
"""What is said in the place of a name, for each file to be looked at."""

SNIFF = 1 << 13
"""Bytes at the start of a file by which binary files and UTF-16 are told; git and grep look at as many."""

INSTALL = "pip install 'homoglyph-fix[encodings]'"

_WIDE = re.compile("utf-(?:16|32)(?:-[lb]e)?")

_MARKS = (
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_STATEFUL = re.compile(r"utf-7|hz|iso2022.*|punycode|idna|.*escape|undefined|mbcs|oem")
# What a byte means there hangs on those before it, or two spellings mean the same: such text cannot be written back line by line.

_SAMPLE = 1 << 15
# Bytes of words that are not ASCII by which an encoding is told; chardet looks at them for 6 ms.

_FEW = 5
# Fewer bytes than this that are not UTF-8 tell nothing: they are damage, or a name in a foreign language.

_UNSURE = 0.03
# Below this chardet guesses: with ten letters it is wrong in one case of six, with 60 in none, and says 0.05 to 0.3 where it is right.

_WITH_UKRAINIAN = {"koi8-r": "koi8-u", "cp866": "cp1125"}
# The encoding with Ukrainian letters that is the same but for these. Where all і are damaged chardet cannot know, and a repair needs them.

_SOUND = 0.95
# So many of the characters must be printable and in use in Ukrainian text for UTF-16 without a mark.


def codec_named(name: str) -> str:
    """Return the name of an encoding as Python has it; raise UsageError if there is none or text cannot be written back in it.

    >>> codec_named("windows-1251"), codec_named("KOI8_U"), codec_named("utf8"), codec_named("auto")
    ('cp1251', 'koi8-u', 'utf-8', 'auto')
    """
    if name == AUTO:
        _require_chardet()
        return AUTO
    try:
        codec = codecs.lookup(name)
        "".encode(name)  # LookupError for what is none of text, as hex
    except (LookupError, ValueError) as error:
        raise UsageError(_("--encoding {name}: no such encoding").format(name=name)) from error
    found = codec.name.replace("_", "-")
    if _STATEFUL.fullmatch(found):
        raise UsageError(_("--encoding {name}: text cannot be written back as it was in this encoding").format(name=name))
    return UTF8 if found == "utf-8-sig" else found


def _require_chardet() -> None:
    """Raise UsageError unless encodings can be found out."""
    if _chardet() is None:
        raise UsageError(_("--encoding auto needs chardet 7 or newer: {install}").format(install=INSTALL))


@functools.cache
def _chardet() -> Any:  # noqa: ANN401  # it need not be there, for a type checker neither
    """Return the module, None if it is missing or too old: versions before 7 take koi8-u for Japanese."""
    try:
        import chardet  # noqa: PLC0415  # 70 ms, and only files that are not UTF-8 need it
    except ImportError:
        return None
    return chardet if int(chardet.__version__.partition(".")[0]) >= 7 else None


def wide_encoding(head: bytes) -> str | None:
    r"""Return in which encoding a text is, as its mark or its zeros tell; None if neither does.

    >>> wide_encoding(b"\xff\xfe\x16\x04"), wide_encoding("це ж".encode("utf-16-be")), wide_encoding("це ж".encode())
    ('utf-16-le', 'utf-16-be', None)
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if b"\0" not in head and b"\4" not in head:  # the high bytes of ASCII and of Cyrillic letters
        return None
    return next((encoding for _, encoding in _MARKS[1:] if _is_sound(head, encoding)), None)


def _is_sound(head: bytes, encoding: str) -> bool:
    """Tell whether bytes make sense in an encoding; of three characters at least."""
    unit = 4 if "32" in encoding else 2
    text = head[: len(head) // unit * unit].decode(encoding, "replace")
    sound = sum(c in "\t\r\n" or (c.isprintable() and (c < "\u0100" or "\u0400" <= c < "\u0530" or "\u2000" <= c < "\u2300")) for c in text)
    return len(text) >= 3 and sound >= _SOUND * len(text)


def is_wide(encoding: str) -> bool:
    """Tell whether there are zeros in the text of an encoding.

    >>> is_wide("utf-16-le"), is_wide("utf-16"), is_wide("cp1251")
    (True, True, False)
    """
    return _WIDE.fullmatch(encoding) is not None


def family(encoding: str) -> str:
    """Return the name of an encoding without its byte order, in capitals if it is one of Unicode.

    >>> family("utf-16-le"), family("utf-8"), family("cp1251")
    ('UTF-16', 'UTF-8', 'cp1251')
    """
    found = re.match(r"utf-(8|16|32)", encoding)
    return found[0].upper() if found else encoding


def byte_order(encoding: str, head: bytes) -> str:
    """Return an encoding with its byte order, by the beginning of the file; little, if nothing speaks for it.

    >>> byte_order("utf-16", "ні, це".encode("utf-16-be")), byte_order("utf-16", b""), byte_order("cp1251", b"")
    ('utf-16-be', 'utf-16-le', 'cp1251')
    """
    if encoding not in ("utf-16", "utf-32"):
        return encoding
    found = wide_encoding(head) or ""
    return found if found.startswith(encoding) else f"{encoding}-le"


def likely_encoding(data: bytes) -> str | None:
    """Return the encoding that a text seems to have which is not UTF-8; None if nothing tells.

    UTF-8 with a few bad bytes is damaged UTF-8, and nothing else.
    """
    sample = _sample(data)
    if _is_damaged(sample) or (chardet := _chardet()) is None:
        return None
    found = chardet.detect(sample)
    if found["encoding"] is None or found["confidence"] < _UNSURE:
        return None
    try:
        encoding = codec_named(found["encoding"])
    except UsageError:
        return None
    wider = _WITH_UKRAINIAN.get(encoding)
    if wider and sample.decode(encoding, "replace") == sample.decode(wider, "replace"):
        return wider
    return None if encoding == UTF8 else byte_order(encoding, sample)


def _sample(data: bytes) -> bytes:
    """Return the words that are not ASCII, as many as are needed.

    Of text in which one word of ten is Ukrainian chardet names the encoding in 9 cases of 100, of these words alone in all.
    """
    return b" ".join(word for word in data.split() if not word.isascii())[:_SAMPLE]


def _is_damaged(sample: bytes) -> bool:
    """Tell whether bytes are more likely to be UTF-8 with faults than text in another encoding; few bytes are not told apart."""
    text = sample.decode(errors="surrogateescape")
    odd = sum("\udc80" <= c <= "\udcff" for c in text)
    whole = len(text) - odd - sum(c.isascii() for c in text)
    return odd < _FEW or whole > odd


def hint(data: bytes) -> str:
    """Return what to add to the message about text that is not in the encoding that was expected: what to do next.

    >>> hint("Це добре".encode() + bytes([255]))
    ''
    """
    if _is_damaged(_sample(data)):
        return ""
    found = likely_encoding(data)
    if found:
        return _(", likely {encoding} (--encoding auto)").format(encoding=found)
    return " (--encoding NAME)" if _chardet() else _(" (--encoding NAME, or auto)")


class Decoded:
    """A stream of text in another encoding, as UTF-8.

    Raises EncodingError where it cannot be decoded, FileError where it would not be written back the same.
    """

    def __init__(self, stream: Stream, encoding: str, name: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._name = name
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._offset = 0  # of the bytes that have not been decoded yet
        self._rest = b""
        self._ended = False

    def read(self, size: int, /) -> bytes:
        """Return so many bytes or more, fewer at the end only: characters stay whole."""
        pieces: list[bytes] = []
        while size > 0 and not self._ended:
            raw = self._stream.read(wanted := max(1, size // 2))  # a Cyrillic letter of one byte becomes two
            self._ended = len(raw) < wanted
            piece = self._decode(raw).encode()
            size -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def _decode(self, raw: bytes) -> str:
        """Decode what comes next, and see that it can be written back."""
        data = self._rest + raw
        try:
            text = self._decoder.decode(raw, self._ended)
        except UnicodeDecodeError as error:
            at = len(data) - len(error.object) + error.start
            note = hint(data) if not is_wide(self._encoding) else ""
            raise EncodingError(self._name, self._offset + at, family(self._encoding), note) from error
        again = text.encode(self._encoding, "replace")
        if not data.startswith(again):
            raise FileError(self._name, _("{encoding} text that would not be written back the same").format(encoding=self._encoding))
        self._offset += len(again)
        self._rest = data[len(again) :]
        return text


def encode(data: bytes, encoding: str, name: str) -> bytes:
    """Return UTF-8 in another encoding; raise FileError if it lacks a letter.

    >>> encode("їжак".encode(), "cp1251", "a.txt").hex()
    'bfe6e0ea'
    """
    try:
        return data.decode().encode(encoding)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        shown = f"{letter} (U+{ord(letter):04X})" if letter.isprintable() else f"U+{ord(letter):04X}"
        raise FileError(name, _("cannot be repaired in {encoding}, which lacks {shown}").format(encoding=encoding, shown=shown)) from error
    except UnicodeDecodeError as error:  # what is read again has other letters than before
        raise FileError(name, _("changed by another program meanwhile, not replaced")) from error
