"""The paragraphs in the XML of a part, as the grammar of its kind finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple
from xml.parsers import expat

from .paragraph import Paragraph

Attributes = dict[str, str]

OBJECT: Final = "\ufffc"
"""The letter that stands for what is no text: a picture, a formula, code."""


class Grammar(NamedTuple):
    """What the elements of a part mean: what a story does where one begins, and where it ends; their names are `namespace name`.

    `is_mixed` tells that letters stand in paragraphs themselves, not in elements of their own. `between` is what a paragraph leaves in
    the one around it.
    """

    begins: Mapping[str, Callable[[Story, Attributes], None]]
    ends: Mapping[str, Callable[[Story], None]]
    is_mixed: bool
    between: str = ""


def named(spaces: Iterable[str], names: str) -> list[str]:
    """Return the full names of elements.

    >>> named(["urn:a ", ""], "p t")
    ['urn:a p', 'urn:a t', 'p', 't']
    """
    return [space + name for space in spaces for name in names.split()]


class Story:
    """Reads the XML of a part and finds its paragraphs; raises ExpatError for what is no XML.

    `codes` are the names of the styles of code. The methods in the middle are what grammars are made of.
    """

    def __init__(self, xml: bytes, grammar: Grammar, codes: frozenset[str] = frozenset()) -> None:
        self.codes = codes
        self._grammar = grammar
        self._found: list[Paragraph] = []
        self._now: Paragraph | None = None
        self._commands: list[bool] = []  # of the fields open in this paragraph: whether each is still at its command
        self._around: list[tuple[Paragraph | None, list[bool]]] = []
        self._marks: list[tuple[Paragraph | None, int]] = []
        self._hears = grammar.is_mixed
        self._is_literal = self._is_run = self._is_code = False
        self._skipped = self._twins = 0
        self._parser = self._make_parser()
        self._parser.Parse(xml, True)
        self.paragraphs = [paragraph for paragraph in self._found if paragraph.text.strip(f"{OBJECT} \t\n\xa0")]

    def begin_paragraph(self, _: Attributes | None = None) -> None:
        """Begin a paragraph, it may be within another."""
        self.begin_aside()
        self._now = Paragraph(is_told=not self._twins)
        self._found.append(self._now)

    def end_paragraph(self) -> None:
        """Go on with the paragraph around this one."""
        self.end_aside()
        if self._now is not None and self._now.pieces and self._grammar.between:
            self._now.add(self._grammar.between)

    def begin_aside(self, _: Attributes | None = None) -> None:
        """Begin what stands beside the text, and may have paragraphs of its own."""
        self._around.append((self._now, self._commands))
        self._now, self._commands = None, []

    def end_aside(self) -> None:
        """Go on with the paragraph around it."""
        self._now, self._commands = self._around.pop()

    def begin_text(self, _: Attributes | None = None) -> None:
        """Begin an element of letters."""
        self._hears = True

    def end_text(self) -> None:
        """End it."""
        self._hears = False

    def begin_twin(self, _: Attributes | None = None) -> None:
        """Begin what says for other programs, in their way, what has been said."""
        self._twins += 1

    def end_twin(self) -> None:
        """End it."""
        self._twins -= 1

    def begin_run(self, _: Attributes | None = None) -> None:
        """Begin letters of one look."""
        self._is_run, self._is_code = True, False

    def end_run(self) -> None:
        """End them."""
        self._is_run = self._is_code = False

    def sign(self, letters: str) -> None:
        """Take an element that stands for letters."""
        if self._now is not None and not self._is_code and True not in self._commands:
            self._now.add(letters)

    def skip(self, letters: str = "") -> None:
        """Pass over the element that begins; it may stand for letters."""
        self._skipped = 1
        if letters:
            self.sign(letters)

    def see_paragraph_style(self, name: str) -> None:
        """Leave the paragraph that has just begun alone if its style is one of code."""
        if name in self.codes and self._found and self._found[-1] is self._now:
            self._found.pop()

    def see_run_style(self, name: str) -> None:
        """Leave letters alone if their style is one of code; the mark at the end of a paragraph has a style, too."""
        if self._is_run and name in self.codes:
            self.sign(OBJECT)
            self._is_code = True

    def see_field(self, mark: str) -> None:
        """See a field begin with its command, go on with its result, or end."""
        if mark == "begin":
            self._commands.append(True)
        elif self._commands and mark == "separate":
            self._commands[-1] = False
        elif self._commands and mark == "end":
            self._commands.pop()

    def begin_mark(self, _: Attributes | None = None) -> None:
        """Begin what may be the number of a note."""
        self._marks.append((self._now, len(self._now.pieces) if self._now is not None else 0))

    def end_mark(self) -> None:
        """Part the number of a note from the word behind it: `1Примітка`."""
        paragraph, start = self._marks.pop()
        if paragraph is None or paragraph is not self._now:
            return
        before, number = "".join(paragraph.pieces[:start][-1:]), "".join(paragraph.pieces[start:])
        if number[-1:].strip() and not before[-1:].strip() and not any(map(str.isalpha, number)):
            paragraph.add(" ")

    def _make_parser(self) -> expat.XMLParserType:
        """Return a parser that tells where it is. Entities that nothing declares, as those of HTML, are no error; nothing is fetched."""
        parser = expat.ParserCreate("utf-8", " ")
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)

        def read_nothing(context: str | None, *_: object) -> int:
            parser.ExternalEntityParserCreate(context).Parse(b"", True)
            return 1

        parser.ExternalEntityRefHandler = read_nothing
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        parser.DefaultHandler = self._take_entity
        parser.StartCdataSectionHandler = lambda: setattr(self, "_is_literal", True)
        parser.EndCdataSectionHandler = lambda: setattr(self, "_is_literal", False)
        return parser

    def _begin(self, name: str, attributes: Attributes) -> None:
        if self._skipped:
            self._skipped += 1
        elif act := self._grammar.begins.get(name):
            act(self, attributes)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif act := self._grammar.ends.get(name):
            act(self)

    def _is_deaf(self) -> bool:
        """Tell whether letters here are none of the text."""
        return bool(not self._hears or self._skipped or self._now is None or self._is_code or True in self._commands)

    def _take(self, letters: str) -> None:
        """Take letters, which are as they are written, or one that is escaped; the end of a line of XML is a space."""
        if self._now is None or self._is_deaf():
            return
        place = self._parser.CurrentByteIndex
        if self._grammar.is_mixed and not self._now.pieces:
            begun = letters.lstrip(" \t\n\r")  # the first letters of a paragraph are indented as the XML is
            letters, place = begun, place + len(letters) - len(begun)
            if not begun:
                return
        if self._is_literal:
            self._now.literal.add(len(self._now.pieces))
        self._now.add(" " if letters in "\n\r" else letters, place)

    def _take_entity(self, data: str) -> None:
        """Take an entity of HTML that is one letter; all else that comes here is no text."""
        if data[0] != "&" or self._now is None or self._is_deaf():
            return
        from html.entities import html5  # noqa: PLC0415  # for the few books that have any

        letter = html5.get(data[1:], OBJECT)
        if len(letter) == 1 and letter != OBJECT:
            self._now.add(letter, self._parser.CurrentByteIndex)
        else:
            self._now.add(OBJECT)
