"""The house: modules in wings, each of which imports only wings below it; no cycle, and no long chain of imports."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

import homoglyph_fix

ROOT = Path(homoglyph_fix.__file__).parent
FACE = "__init__"  # of the package: the public names
WINGS = (
    ("thresholds", "config", "errors"),
    ("arrays",),
    ("letters",),
    ("text",),
    ("words",),
    ("decisions",),
    ("behaviour",),
    ("views",),
    ("screen", "verdicts", "short_texts", "analysis", "normalizer"),
    (FACE,),
    ("command", "integrations"),
    ("__main__",),
)
"""Bottom first: a folder or a module at the top of the package. Those of one floor may import each other."""
COMMAND = """
    atomic blocks charset cli closing compression configuration console counting desk documents endings fields flags globs hints ignoring
    incoming kept leftovers lines looks messages options outcome output packages parser pool printers reading recoding report_file reports
    run shared_memory streams tally toml_keys undo unread utf8 workers writing
""".split()
SEEN_BY_COMMAND = {FACE, "errors", "letters.data_files"}  # the last to say which table is broken
LONGEST_ADAPTER = 60  # lines of a module of `integrations`; what needs more is a sign that `arrow` lacks something
ADAPTERS = {"arrow": 120}
MOST_AT_THE_TOP = 12
LONGEST_CHAIN = 10

Imports = dict[str, frozenset[str]]


def _name(path: Path) -> str:
    """Return the dotted name of a module within the package; that of a folder for its `__init__`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or FACE


@cache
def _modules() -> dict[str, Path]:
    return {_name(path): path for path in sorted(ROOT.rglob("*.py"))}


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def _statements(tree: ast.AST, types: bool) -> list[ast.Import | ast.ImportFrom]:
    """Return all imports of a module, those within functions too; those for types only where they are asked for."""
    found: list[ast.Import | ast.ImportFrom] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found.append(node)
        elif types or not _is_for_types(node):
            found += _statements(node, types)
    return found


def _targets(name: str, node: ast.Import | ast.ImportFrom) -> list[str]:
    """Return what an import names, dotted and within the package; "" for the package itself."""
    package = homoglyph_fix.__name__
    if isinstance(node, ast.Import):
        found = [alias.name for alias in node.names]
    else:
        here = [package, *name.split(".")]
        folder = here if _modules()[name].name == "__init__.py" and name != FACE else here[:-1]
        base = ".".join([*folder[: len(folder) - node.level + 1], *([node.module] if node.module else [])]) if node.level else node.module
        found = [f"{base}.{alias.name}" for alias in node.names]
    return [target.removeprefix(package).lstrip(".") for target in found if target == package or target.startswith(f"{package}.")]


def _module_of(target: str) -> str:
    """Return the module that a name stands in: the name itself, or what is left of it without what the module defines."""
    while target and target not in _modules():
        target = target.rpartition(".")[0]
    return target or FACE


@cache
def imports(*, types: bool) -> Imports:
    """Return the modules of the package that each module imports."""
    found = {}
    for name, path in _modules().items():
        nodes = _statements(ast.parse(path.read_text("utf-8")), types)
        found[name] = frozenset(_module_of(target) for node in nodes for target in _targets(name, node)) - {name}
    return found


def _wing(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def _floor(name: str) -> int:
    return next(floor for floor, wings in enumerate(WINGS) if _wing(name) in wings)


def test_imports_are_found() -> None:
    """Relative ones of every kind, of modules and of what stands in them."""
    found = imports(types=False)

    assert {"arrays.ragged", "arrays.partial", "config", "words.features", "decisions.mixed"} <= found["decisions.policy"]
    assert found["command.run"] >= {FACE, "errors", "command.output", "command.reports.explain"}
    assert found["__main__"] == {"command.cli"}
    assert found["thresholds"] == frozenset()
    assert "words.context" in imports(types=True)["words.features"] - found["words.features"]


def test_every_module_has_its_wing() -> None:
    """No module stands outside of the wings, and no wing is empty."""
    assert {_wing(name) for name in _modules()} == {wing for wings in WINGS for wing in wings}


@pytest.mark.parametrize("name", _modules())
def test_imports_go_down(name: str) -> None:
    """A module imports modules of its own floor and of floors below it, for types too."""
    upwards = [other for other in imports(types=name != FACE)[name] if _floor(other) > _floor(name)]

    assert upwards == []


def test_no_cycle_and_no_long_chain() -> None:
    """Modules have an order in which none imports a later one, and the longest chain of imports is short."""
    left = dict(imports(types=False))
    length: dict[str, int] = {}
    while left:
        ready = [name for name, others in left.items() if others <= length.keys()]
        assert ready, f"these import each other: {sorted(left)}"
        for name in ready:
            is_folder = _modules()[name].name == "__init__.py"
            length[name] = max([length[other] for other in left.pop(name)], default=0) + (not is_folder)

    assert max(length.values()) <= LONGEST_CHAIN, sorted(length.items(), key=lambda pair: pair[1])[-5:]


def test_few_modules_at_the_top() -> None:
    """What stands at the top of the package is the way of a text, and what everybody needs."""
    assert len(list(ROOT.glob("*.py"))) <= MOST_AT_THE_TOP


def test_rooms_of_the_command() -> None:
    """The command has a wing of its own, and sees only the public face of the package, its errors and whether its tables are whole."""
    rooms = {name.split(".")[1] for name in _modules() if name.startswith("command.")}
    seen = {other for name, others in imports(types=True).items() if _wing(name) == "command" for other in others}

    assert rooms == set(COMMAND)
    assert {other for other in seen if _wing(other) != "command"} <= SEEN_BY_COMMAND


def test_integrations_see_the_face_and_arrow() -> None:
    """What adapts the package to other libraries does it with what everybody has, and no adapter leans on another but `arrow`.

    A job of a cluster leans on the adapter of its name.
    """
    adapters = {name: others for name, others in imports(types=True).items() if _wing(name) == "integrations"}
    jobs = {name: adapters.pop(name) for name in [*adapters] if name.startswith("integrations.jobs.")}

    assert set().union(*adapters.values()) == {FACE, "integrations.arrow"}
    assert jobs == {name: {FACE, name.replace(".jobs", "")} for name in jobs}


@pytest.mark.parametrize("name", [name for name in _modules() if _wing(name) == "integrations"])
def test_integrations_are_thin(name: str) -> None:
    """Each is short."""
    most = ADAPTERS.get(name.rpartition(".")[2], LONGEST_ADAPTER)

    assert len(_modules()[name].read_text("utf-8").splitlines()) <= most


@pytest.mark.parametrize("wing", [wing for wings in WINGS for wing in wings if (ROOT / wing).is_dir()])
def test_each_wing_says_what_it_is_for(wing: str) -> None:
    """The face of a wing is one line of purpose, and nothing else: whoever needs something names its module."""
    tree = ast.parse((ROOT / wing / "__init__.py").read_text("utf-8"))
    purpose = ast.get_docstring(tree)

    assert purpose
    assert "\n" not in purpose
    assert len(tree.body) == 1


@pytest.mark.parametrize("name", _modules())
def test_each_module_says_what_it_is_for(name: str) -> None:
    """In its first line."""
    if name != "__main__":
        assert (ast.get_docstring(ast.parse(_modules()[name].read_text("utf-8"))) or "").partition("\n")[0].endswith((".", "?", ":"))
