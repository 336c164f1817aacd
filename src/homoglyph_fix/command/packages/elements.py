"""The elements of a small XML file that says what a package holds: lists of parts, of styles."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from xml.parsers import expat


class Element(NamedTuple):
    """An element by its local name, with its attributes by theirs."""

    name: str
    attributes: dict[str, str]

    def get(self, attribute: str) -> str:
        """Return an attribute, "" if it is missing."""
        return self.attributes.get(attribute, "")


def elements(xml: bytes, wanted: Collection[str]) -> list[Element]:
    """Return the elements of these names in their order; raise ExpatError for what is no XML.

    >>> elements(b'<a xmlns:x="u"><x:b x:c="1"/></a>', ["b"])
    [Element(name='b', attributes={'c': '1'})]
    """
    found: list[Element] = []

    def begin(full_name: str, given: dict[str, str]) -> None:
        name = _local(full_name)
        if name in wanted:
            found.append(Element(name, {_local(key): value for key, value in given.items()}))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begin
    parser.Parse(xml, True)
    return found


def _local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]
