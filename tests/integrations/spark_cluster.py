"""A standalone Spark on this machine: a master and two workers, each with one core and 900 MB, from the pip package."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyspark

from homoglyph_fix.integrations.jobs import spark as job

BIN = Path(pyspark.__file__).parent / "bin"
DEPLOY = "org.apache.spark.deploy"
LOCAL = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_NO_DAEMONIZE": "1",
    "SPARK_DAEMON_MEMORY": "256m",
    "PYSPARK_PYTHON": sys.executable,
    "PYSPARK_DRIVER_PYTHON": sys.executable,
}
PATIENCE = 900  # seconds for what takes five to thirty on an idle machine

Found = TypeVar("Found")


class Process(NamedTuple):
    """A process and the file it logs to."""

    running: subprocess.Popen[bytes]
    log: Path

    def says(self, pattern: str) -> str:
        """Wait until its log holds a pattern, and return what stands in the first group."""
        return wait_for(lambda: re.search(pattern, self.log.read_text("utf-8", "replace")), self)[1]

    def finishes(self, code: int = 0) -> None:
        """Wait until it has ended, and with this exit code."""
        assert self.running.wait(PATIENCE) == code, self.log.read_text("utf-8", "replace")[-4000:]


class Cluster(NamedTuple):
    """What runs."""

    folder: Path
    url: str
    started: list[Process]
    """The master, two workers, and every job."""

    def submit(self, *arguments: object, settings: dict[str, str] | None = None) -> Process:
        """Start the job of the package on the cluster."""
        settings = {"spark.executor.memory": "900m", "spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false", **(settings or {})}
        flags = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
        log = self.folder / f"job{len(self.started)}.log"
        self.started.append(_start(log, BIN / "spark-submit", "--master", self.url, *flags, job.__file__, *arguments))
        return self.started[-1]


def wait_for(find: Callable[[], Found | None], process: Process) -> Found:
    """Wait until something is found, while a process runs."""
    end = time.monotonic() + PATIENCE
    while not (found := find()):
        assert time.monotonic() < end
        assert process.running.poll() is None, process.log.read_text("utf-8", "replace")[-4000:]
        time.sleep(0.02)
    return found


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a cluster, and end it."""
    folder.mkdir()
    started = [_start(folder / "master.log", *_daemon("master.Master"))]
    try:
        url = started[0].says("(spark://[0-9.:]+)")
        for name in ("one", "two"):
            size = ["--cores", "1", "--memory", "900m", "--work-dir", folder / name]
            started.append(_start(folder / f"{name}.log", *_daemon("worker.Worker"), *size, url))
        for worker in started[1:]:
            worker.says("Successfully (registered) with master")
        yield Cluster(folder, url, started)
    finally:
        for process in reversed(started):
            process.running.terminate()
            process.running.wait()


def kill_with_executors(worker: Process) -> None:
    """Kill a worker at once, and the executors that are its children: nothing of theirs is tidied up."""
    tasks = Path(f"/proc/{worker.running.pid}/task").glob("*/children")
    children = [int(pid) for task in tasks for pid in task.read_text().split()]
    assert children
    for pid in (worker.running.pid, *children):
        os.kill(pid, signal.SIGKILL)
    worker.running.wait()


def _daemon(name: str) -> list[object]:
    return [BIN / "spark-class", f"{DEPLOY}.{name}", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]


def _start(log: Path, *command: object) -> Process:
    with log.open("wb") as out:
        return Process(subprocess.Popen([*map(str, command)], stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **LOCAL}), log)
