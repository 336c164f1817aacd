"""Why a package is not touched."""

from __future__ import annotations

from typing import Final

from ..messages import later

DAMAGED: Final = later("damaged")
"""The kind of most packages that are refused; what is wrong with one is said with it."""

TOO_LARGE: Final = later("too large")

SIGNED: Final = later("signed"), later("a repair would break the signature")
ENCRYPTED: Final = later("encrypted"), later("save it without a password")
"""Other kinds, with their reason."""


class RefusedError(Exception):
    """Tell why a package is not touched: in a word or two, which may stand before the ending of its name, and the reason."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason
