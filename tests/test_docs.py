"""The pages under docs/: every block of Python runs, in the order of its page, and shows what comes out."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec
from pathlib import Path
from types import CodeType
from typing import Final, NamedTuple

import pytest

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
PAGES: Final = {str(path.relative_to(DOCS)): path for path in sorted(DOCS.rglob("*.md"))}
NOT_RUN: Final = {"recipes/dask-and-beam.md"}
"""Pages for libraries that are not installed for the tests."""

ROOT: Final = DOCS.parent
LINKED: Final = [*sorted(ROOT.glob("*.md")), *PAGES.values()]
_LINK = re.compile(r"(?<!`)\[([^\]\n]+)\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?^```|``.*?``|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SHOWN = re.compile(r"  # (.+)$")


class Step(NamedTuple):
    """A statement of a page, and what the comment behind it says that it is worth."""

    code: CodeType
    shown: str | None


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return the language and the text of every block, padded with line ends, so that errors name the line of the page."""
    text = page.read_text("utf-8")
    return [(found[1], "\n" * (text[: found.start()].count("\n") + 1) + found[2]) for found in _FENCE.finditer(text)]


def steps(block: str, name: str) -> list[Step]:
    """Return the statements of a block. An expression with a comment behind it shows its value there, as `repr` writes it."""
    lines, found = block.splitlines(), []
    for node in ast.parse(block, name).body:
        shown = _SHOWN.search(lines[(node.end_lineno or 1) - 1])
        if isinstance(node, ast.Expr) and shown:
            found.append(Step(compile(ast.Expression(node.value), name, "eval"), shown[1]))
        else:
            found.append(Step(compile(ast.Module([node], []), name, "exec"), None))
    return found


def imported(block: str) -> set[str]:
    """Return the libraries that a block imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(block)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    own = {name.rpartition(".")[2] for name in names if name.startswith("homoglyph_fix.integrations.")}
    return {name.partition(".")[0] for name in names} | ({"pyarrow"} if own else set())


def test_there_are_pages() -> None:
    """Or nothing would be tested."""
    assert "integrations/arrow.md" in PAGES


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NOT_RUN])
def test_every_block_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of a page are one session, in an empty folder."""
    found = blocks(PAGES[name])
    for library in sorted({library for _, block in found for library in imported(block)}):
        if find_spec(library) is None:
            pytest.skip(f"needs {library}: make test-integrations")
    monkeypatch.chdir(tmp_path)
    session: dict[str, object] = {"__name__": "__main__"}
    for language, block in found:
        assert language == "python", f"a block of {language or 'nothing'} does not run; indent it if it is only to be read"
        for code, shown in steps(block, name):
            value = eval(code, session)
            assert shown is None or repr(value) == shown


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_python(name: str) -> None:
    """Also of libraries that are not here."""
    for _, block in blocks(PAGES[name]):
        assert steps(block, name)


def anchors(page: Path) -> set[str]:
    """Return the names that GitHub gives the headings of a page."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(page.read_text("utf-8"))}


@pytest.mark.parametrize("page", LINKED, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file that is there, and to a heading of it; a link that is called as a page leads to that page."""
    for words, address in _LINK.findall(_CODE.sub("", page.read_text("utf-8"))):
        if "://" in address:
            continue
        name, _, anchor = address.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), address
        assert not anchor or anchor in anchors(target), address
        assert not words.endswith(".md") or Path(words).name == target.name, address
