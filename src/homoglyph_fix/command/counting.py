"""How many words there are in a block."""

from __future__ import annotations

import numpy as np

_LETTERS = (*b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", *range(0xC3, 0xE2), *range(0xE3, 0xF0))
# Bytes that are letters, or begin one: those from U+00C0 to U+1FFF, and from U+3000 to U+FFFF. What lies between are signs and symbols,
# and so are most of the characters beyond U+FFFF.

_WHITE = b" \t\n\r\x0b\x0c"
_OTHERS = bytes(byte for byte in range(256) if byte not in _LETTERS and byte not in _WHITE)
_KINDS = bytes(byte in _LETTERS for byte in range(256))


def words_in(data: bytes) -> int:
    r"""Return the number of words of a text in UTF-8: of what stands between white space of ASCII and has a letter in it.

    Of each word the letters are kept, or their first bytes, as ones, of white space zeros; then it begins where a one follows a zero. This
    takes a tenth of the time of splitting the text.

    >>> words_in("Це — «слово-друге», 25 і MD5.\n".encode())
    4
    """
    letters = np.frombuffer(b"\0" + data.translate(_KINDS, _OTHERS), np.bool_)
    return int(np.count_nonzero(letters[1:] > letters[:-1]))
