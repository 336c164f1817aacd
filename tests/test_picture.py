"""The picture of the README: real output, and as fresh as the program."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import terminal


def test_the_picture_is_fresh() -> None:
    """`python -m benchmarks.terminal` draws it anew."""
    assert terminal.PICTURE.read_text("utf-8") == terminal.svg(terminal.screen())


def test_nothing_is_lost_in_the_picture() -> None:
    """The text of the picture is that of the screen, spaces and all; it is sound XML and asks nobody for anything."""
    drawn = terminal.PICTURE.read_text("utf-8")
    lines = ["".join(line.itertext()) for line in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]

    assert lines == re.sub(r"\x1b\[[0-9;]*m", "", terminal.screen()).split("\n")
    assert "url(" not in drawn
    assert "href" not in drawn


def test_the_picture_opens_the_readme() -> None:
    """It is seen before any word that looks like its double."""
    readme = (Path(terminal.FOLDER).parent / "README.md").read_text("utf-8")

    assert readme.index("](examples/check.svg)") < readme.index("Ukrainian text often")
