"""The way of a text: screen, tokenize, decide, apply."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .config import Config
from .decide import decide
from .edits import Analysis, Edit, apply
from .shields import find_shields
from .tokens import decode, encode, tokenize

PASSES = 4


class Normalizer:
    """Restores letters, as its `Config` allows."""

    def __init__(self, config: Config = Config()) -> None:
        self.config = config

    def analyze(self, text: str) -> Analysis:
        edits, reviews = self._edits(text)
        return Analysis(text, edits, reviews)

    def normalize(self, text: str) -> str:
        if text.isascii():
            return text
        for _ in range(PASSES):
            edits, _r = self._edits(text)
            if not edits:
                break
            text = apply(text, edits)
        return text

    def normalize_many(self, texts: Iterable[str | None]) -> list[str | None]:
        return [None if t is None else self.normalize(t) for t in texts]

    def normalize_utf8(self, data: bytes) -> bytes:
        return self.normalize(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def _edits(self, text: str):
        points = encode("\n" + text + "\n")
        words = tokenize(points, find_shields(points))
        if not len(words):
            return (), ()
        d = decide(words, self.config)
        rows = [
            (ok, Edit(int(words.start[w]) - 1, int(words.end[w]) - 1, words.text(w), decode(new), str(why), float(score)))
            for w, why, score, ok, new in zip(d.word, d.reason, d.score, d.applied, d.new)
        ]
        return tuple(e for ok, e in rows if ok), tuple(e for ok, e in rows if not ok)


_default = Normalizer()
normalize = _default.normalize
normalize_many = _default.normalize_many
analyze = _default.analyze
