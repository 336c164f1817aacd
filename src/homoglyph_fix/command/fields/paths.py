"""Names of fields in JSON: `text`, `meta.title`, `items[].text`, `tags[]`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...errors import UsageError
from ..messages import _

_STEP = re.compile(r"((?:[^.\[\\]|\\.)+)((?:\[\])*)(\.(?=.)|\Z)", re.DOTALL)
# A key, the lists around what it holds, and whether a key of that follows.


@dataclass(slots=True)
class Node:
    """What is asked of a value: itself, if it is a string; some of its keys; its items."""

    is_asked: bool = False
    keys: dict[str, Node] = field(default_factory=dict)
    items: Node | None = None

    def key(self, name: str) -> Node:
        """Return the node of a key, a new one if nothing has been asked of it."""
        return self.keys.setdefault(name, Node())

    def item(self) -> Node:
        """Return the node of all items."""
        if self.items is None:
            self.items = Node()
        return self.items


def tree_of(names: Iterable[str]) -> Node:
    r"""Return what the names of fields ask of an object; a backslash before a dot, bracket or backslash makes it a part of a key.

    Raises:
        UsageError: a name is none.

    >>> tree = tree_of(["text", "items[].text"])
    >>> list(tree.keys), tree.keys["items"].items.keys["text"].is_asked
    (['text', 'items'], True)
    >>> list(tree_of([r"meta\.title"]).keys)
    ['meta.title']
    """
    tree = Node()
    for name in names:
        node, at = tree, 0
        while at < len(name) or not name:
            step = _STEP.match(name, at)
            if step is None:
                raise UsageError(_("--field {name}: no name of a field: write a, a.b, a[].b, and \\. for a dot in a key").format(name=name))
            node = node.key(re.sub(r"\\(.)", r"\1", step[1], flags=re.DOTALL))
            for _bracket in range(len(step[2]) // 2):
                node = node.item()
            at = step.end()
        node.is_asked = True
    return tree
