"""The face of the package: its names, what `help` shows of them, and what an import costs."""

from __future__ import annotations

import ast
import doctest
import importlib.machinery
import json
import pickle
import pkgutil
import pydoc
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from data import behaviour

import homoglyph_fix
from commands import run

NAMES = homoglyph_fix.__all__


@pytest.fixture(scope="module")
def shown() -> str:
    """What `help(homoglyph_fix)` prints."""
    return pydoc.render_doc(homoglyph_fix, renderer=pydoc.plaintext)  # type: ignore[attr-defined]


def python(code: str) -> str:
    """Return what a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60).stdout


def test_the_names() -> None:
    """Sorted, and all that `dir` and a star import give but the version."""
    names: dict[str, object] = {}
    exec("from homoglyph_fix import *", names)

    assert sorted(NAMES, key=lambda name: (not name.isupper(), name)) == NAMES
    assert set(NAMES) == names.keys() - {"__builtins__"}
    assert set(dir(homoglyph_fix)) == {*NAMES, "__version__"}


def test_no_other_name() -> None:
    """A slip of the pen is an error as with any module."""
    with pytest.raises(AttributeError, match="module 'homoglyph_fix' has no attribute 'normalise'"):
        _ = homoglyph_fix.normalise  # type: ignore[attr-defined]


def test_names_stay_in_the_module() -> None:
    """Once looked up, they are found without a call."""
    code = (
        "import homoglyph_fix, json; before = set(vars(homoglyph_fix)); "
        "[getattr(homoglyph_fix, name) for name in dir(homoglyph_fix)]; "
        "print(json.dumps(sorted(set(vars(homoglyph_fix)) - before)))"
    )
    added = json.loads(python(code))

    assert {*NAMES, "__version__"} - {"HomoglyphFixError"} <= set(added)


def test_an_import_loads_little() -> None:
    """Neither NumPy nor names of characters, which cost a hundred times what the rest does, nor any table; `fold` needs no names."""
    code = (
        "import sys, homoglyph_fix; heavy = {'numpy', 'regex', 'ftfy', 'unicodedata2', 'importlib.metadata', 'hashlib', 'dataclasses'}; "
        "print(sorted(heavy & set(sys.modules))); homoglyph_fix.normalize('Oт і все'); homoglyph_fix.fold('Oт'); "
        "print('unicodedata2' in sys.modules, 'ftfy' in sys.modules); homoglyph_fix.analyze('Oт і все').letters; "
        "print('unicodedata2' in sys.modules)"
    )

    assert python(code).split("\n")[:3] == ["[]", "False False", "True"]


def test_help_shows_what_is_public(shown: str) -> None:
    """Every name with what it does."""
    for name in NAMES:
        value = getattr(homoglyph_fix, name)
        assert re.search(rf"\b{name}\b", shown)
        if callable(value):
            assert (value.__doc__ or "").partition("\n")[0] in shown
    assert f"VERSION\n    {homoglyph_fix.__version__}\n" in shown


def test_help_shows_no_inner_module(shown: str) -> None:
    """The section of contents is empty, and no wing is named as one."""
    contents = shown.partition("PACKAGE CONTENTS\n")[2].partition("CLASSES")[0]

    assert not contents.strip()
    assert "(package)" not in shown
    assert "SUBMODULES" not in shown


def test_inner_modules_are_found_all_the_same() -> None:
    """By import, and by whoever asks for a finder; they are only not listed."""
    folder = homoglyph_fix.__path__[0]
    finder = pkgutil.get_importer(folder)

    assert list(pkgutil.iter_modules(homoglyph_fix.__path__)) == []
    assert finder is not None
    assert importlib.machinery.PathFinder.find_spec("homoglyph_fix.analysis", homoglyph_fix.__path__) is not None
    importlib.invalidate_caches()
    code = "import importlib, homoglyph_fix; importlib.invalidate_caches(); import homoglyph_fix.views.cell as cell; print(cell.MOST)"
    assert python(code) == "200\n"


@pytest.mark.parametrize("name", NAMES)
def test_public_names_are_described(name: str) -> None:
    """In a docstring that begins with one line; a call has an example, and its examples are true."""
    value = getattr(homoglyph_fix, name)
    if name == "BEHAVIOUR":
        return
    purpose, _, rest = (value.__doc__ or "").partition("\n")

    assert purpose.endswith((".", ":"))
    if callable(value) and not isinstance(value, type):
        assert ">>>" in rest
        assert "Raises:" in rest
    for test in doctest.DocTestFinder(exclude_empty=True).find(value, name, globs={**vars(homoglyph_fix), **_module_of(value)}):
        assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def _module_of(value: object) -> dict[str, object]:
    module: ModuleType | None = sys.modules.get(getattr(value, "__module__", ""))
    return dict(vars(module)) if module else {}


def test_values_go_between_processes() -> None:
    """What the calls return can be pickled."""
    analysis = homoglyph_fix.analyze("Oт і все")
    letters = analysis.letters

    assert pickle.loads(pickle.dumps(analysis)) == analysis
    assert pickle.loads(pickle.dumps(letters)) == letters


def test_behaviour_is_that_of_the_sources() -> None:
    """If a rule or a table was changed: `make tables`."""
    assert behaviour.behaviour() == homoglyph_fix.BEHAVIOUR
    assert behaviour.PATH.read_text("utf-8") == behaviour.module()
    assert re.fullmatch("[0-9a-f]{16}", homoglyph_fix.BEHAVIOUR)


def test_behaviour_knows_what_decides() -> None:
    """The wings that decide, and none that only tell of it."""
    parts = {path.relative_to(behaviour.PACKAGE).with_suffix("").parts[0] for path in behaviour.rules()}

    assert {"config", "thresholds", "arrays", "letters", "text", "words", "decisions", "screen", "verdicts", "normalizer"} <= parts
    assert not parts & set(behaviour.SPEAKING)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("x = 1  # one", "# a figure\nx = (1)\n", True),
        ('def f():\n    """Say a."""\n    return 1', 'def f():\n    """Say b."""\n    return 1', True),
        ("x = 1", "x = 2", False),
        ("x = 'а'", "x = 'a'", False),
        ("a, b", "b, a", False),
        ("x = None", "x = 0", False),
        ("f(a)", "f(*a)", False),
        ("x: int = 1", "x = 1", False),
    ],
)
def test_behaviour_is_told_by_what_runs(before: str, after: str, same: bool) -> None:
    """Not by comments, docstrings and layout."""
    assert (behaviour.written(ast.parse(before)) == behaviour.written(ast.parse(after))) == same


def test_the_command_tells_version_and_behaviour() -> None:
    """In one line, for reports of faults and for caches."""
    done = run("--version")

    assert done.stdout.decode() == f"homoglyph-fix {homoglyph_fix.__version__}, behaviour {homoglyph_fix.BEHAVIOUR}\n"
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_version_is_that_of_the_project() -> None:
    """It is written down in one place."""
    project = (Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8")

    assert f'version = "{homoglyph_fix.__version__}"' in project
    assert homoglyph_fix.__version__ is homoglyph_fix.__version__
