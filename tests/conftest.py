"""What every test module may use."""

from __future__ import annotations

import pytest

from commands import SOURCE


@pytest.fixture(autouse=True)
def _same_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let other processes find the package under test, installed or not."""
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
