"""What every test module may use."""

from __future__ import annotations

import pytest

from commands import SOURCE
from homoglyph_fix.command.messages import speak


@pytest.fixture(autouse=True)
def _same_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let other processes find the package under test, installed or not."""
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the language of whoever runs the tests change nothing."""
    monkeypatch.setenv("LANGUAGE", "en")
    speak()


@pytest.fixture(autouse=True)
def _no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the wishes of whoever runs the tests change nothing."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
