"""What decides the result, in one number: the rules and the data. `make tables` writes it into the package, which hashes nothing.

Rules are compared by their syntax tree, so that comments, docstrings and layout do not matter; the tree is written down here, for
`ast.dump` differs between versions of Python.
"""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import homoglyph_fix
from homoglyph_fix.letters.data_files import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = Path(homoglyph_fix.__file__).parent
PATH: Final = PACKAGE / "behaviour.py"
SPEAKING: Final = ("__init__", "__main__", "analysis", "behaviour", "errors", "command", "integrations", "views")
"""Modules and wings that tell of results or hand texts over, and have no say in what becomes of them."""


def rules() -> Iterator[Path]:
    """Yield the modules that decide, in the same order everywhere."""
    for path in sorted(PACKAGE.rglob("*.py"), key=lambda path: path.relative_to(PACKAGE).as_posix()):
        if path.relative_to(PACKAGE).with_suffix("").parts[0] not in SPEAKING and path.name != "__init__.py":
            yield path


def behaviour() -> str:
    """Return the hash of all rules and tables: 16 hexadecimal digits."""
    told = hashlib.sha256()
    for path in [*rules(), *sorted(DATA.glob("*.npy"))]:
        content = written(ast.parse(path.read_text("utf-8"))).encode() if path.suffix == ".py" else path.read_bytes()
        told.update(f"{path.relative_to(PACKAGE).as_posix()} {len(content)}\n".encode() + content)
    return told.hexdigest()[:16]


def written(node: object) -> str:
    r"""Write a syntax tree down without what says nothing: docstrings, places, and fields that are empty.

    >>> written(ast.parse("x = 1  # one")) == written(ast.parse('"Say so."\n\nx = (1)'))
    True
    >>> written(ast.parse("x = 1")) == written(ast.parse("x = 2"))
    False
    """
    if isinstance(node, ast.AST):
        fields = ((name, value) for name, value in ast.iter_fields(node) if value not in (None, []) and name != "kind")
        return f"{type(node).__name__}({', '.join(f'{name}={written(value)}' for name, value in fields)})"
    if isinstance(node, list):
        return f"[{', '.join(written(item) for item in node if not _is_docstring(item))}]"
    return ascii(node)


def _is_docstring(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def module() -> str:
    """Return the module of the package that holds the hash."""
    return f'''"""The hash of the rules and the data; written by `make tables` (see `data/behaviour.py`)."""

from typing import Final

BEHAVIOUR: Final = "{behaviour()}"
'''


if __name__ == "__main__":
    PATH.write_text(module(), "utf-8")
