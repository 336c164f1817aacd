"""What is done with a package: its paragraphs are repaired together, and changed letters put back where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ..outcome import Outcome, Refusal
from ..reports import Finding, Spot
from . import epub, opendocument, word
from .archive import Archive
from .kinds import DOCX, EPUB, ODT
from .letters import patches, put
from .refusing import RefusedError

if TYPE_CHECKING:
    from ... import Edit, Normalizer
    from .letters import Patch
    from .paragraph import Paragraph
    from .parts import Part

_PARTS: dict[str, Callable[[Archive], Iterator[Part]]] = {DOCX: word.parts_of, ODT: opendocument.parts_of, EPUB: epub.parts_of}


class _Answer(NamedTuple):
    """What becomes of a paragraph, and what is told of it."""

    new: str
    edits: Sequence[Edit] = ()
    reviews: Sequence[Edit] = ()


_Ask = Callable[[list[str]], list[_Answer]]


@dataclass(frozen=True, slots=True)
class Package:
    """A package of one kind, in the place of a form of data; its block is all of the file.

    Reports are shown its paragraphs, each as one line: the line of a finding is the number of its paragraph.
    """

    kind: str

    def repair(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair the text of a package."""
        return self._outcome(data, lambda texts: [_Answer(new) for new in normalizer.normalize_many(texts)])

    def find(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair the text of a package and tell each edit, and what is left for a person to decide."""
        return self._outcome(data, lambda texts: [_Answer(one.text, one.edits, one.reviews) for one in normalizer.analyze_many(texts)])

    def text(self, data: bytes) -> bytes:
        """Return the paragraphs of a package, each as a line; none of one that is not touched."""
        shown = self._outcome(data, lambda texts: [_Answer(text) for text in texts]).shown
        return shown[0] if shown else b""

    def _outcome(self, data: bytes, ask: _Ask) -> Outcome:
        """Return what becomes of a package."""
        try:
            archive = Archive(data)
            parts = list(_PARTS[self.kind](archive))
            answers = _answers(parts, ask)
            contents = {part.name: part.encoded(put(part.xml, found)) for part in parts if (found := _settled(part, answers))}
            new = archive.rewritten(contents) if contents else None
        except RefusedError as error:
            return Outcome(refused=Refusal(error.kind, error.reason))
        told = [paragraph for part in parts for paragraph in part.paragraphs if paragraph.is_told]
        old_text, new_text = _as_lines(paragraph.text for paragraph in told), _as_lines(answers[paragraph].new for paragraph in told)
        findings = tuple(_findings(parts, {paragraph: answers[paragraph].edits for paragraph in told}))
        doubts = tuple(_findings(parts, {paragraph: answers[paragraph].reviews for paragraph in told}))
        return Outcome(new, findings=findings, doubts=doubts, shown=(old_text, old_text if new is None else new_text))


def _answers(parts: list[Part], ask: _Ask) -> dict[Paragraph, _Answer]:
    """Return what becomes of each paragraph; all are asked for at once."""
    paragraphs = [paragraph for part in parts for paragraph in part.paragraphs]
    return dict(zip(paragraphs, ask([paragraph.text for paragraph in paragraphs]), strict=True))


def _settled(part: Part, answers: dict[Paragraph, _Answer]) -> list[Patch]:
    """Return what changes in a part; a paragraph of which letters would change that stand nowhere is let stay."""
    found: list[Patch] = []
    for paragraph in part.paragraphs:
        text = paragraph.text
        if answers[paragraph].new == text:
            continue
        some = patches(part.xml, paragraph, answers[paragraph].new)
        if some is None:
            answers[paragraph] = _Answer(text)
        else:
            found += some
    return found


def _as_lines(texts: Iterator[str]) -> bytes:
    """Return paragraphs as lines: within one there is no line end, and behind one no space."""
    return "".join(text.replace("\n", " ").rstrip() + "\n" for text in texts).encode()


def _findings(parts: list[Part], edits: dict[Paragraph, Sequence[Edit]]) -> Iterator[Finding]:
    """Yield edits with the numbers of their paragraphs, in the package and in their part; paragraphs that are not told of have none."""
    line = 0
    for part in parts:
        number = 0
        for paragraph in part.paragraphs:
            if paragraph not in edits:
                continue
            number += 1
            for edit in edits[paragraph]:
                spot = Spot(part.name, number, edit.start, edit.old, edit.new)
                yield Finding(line, edit.start + 1, edit.old, edit.new, edit.reason, edit.score, edit.rule, spot)
            line += 1
