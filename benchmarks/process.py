"""The memory of this process. Imports nothing of what is measured."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

STATUS: Final = Path("/proc/self/status")


def resident() -> float:
    """Return the memory that the process has now, in MB; where the system does not tell, the most that it had."""
    return _status("VmRSS")


def peak() -> float:
    """Return the most memory that the process has had, in MB."""
    return _status("VmHWM")


def forget_peak() -> None:
    """Start the peak anew at what the process has now, where the system can do that."""
    reset = Path("/proc/self/clear_refs")
    if reset.exists():
        reset.write_text("5", encoding="ascii")


def _status(key: str) -> float:
    if STATUS.exists():
        rows = dict(row.split(":", 1) for row in STATUS.read_text(encoding="ascii").splitlines())
        return int(rows[key].split()[0]) * 1024 / 1e6
    import resource  # noqa: PLC0415  # not on Windows

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used * 1024 / 1e6
