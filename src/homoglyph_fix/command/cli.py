"""The command line: parse, plan, carry out."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from ..errors import HomoglyphFixError, UsageError
from .console import Talk, printable
from .flags import make_parser
from .messages import speak
from .output import write_out

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from .parser import Parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    _keep_standard_files()
    speak()
    parser = make_parser()
    try:
        options = _parse(parser, sys.argv[1:] if argv is None else list(argv))
        with _signals():
            return _run(parser, options)
    except UsageError as error:
        parser.error(str(error))
    except HomoglyphFixError as error:
        Talk().error(error)
        return 2
    except BrokenPipeError:
        return 141  # 128 + SIGPIPE: as if the signal had ended us, and as quietly
    except KeyboardInterrupt:
        return 130


def _parse(parser: Parser, arguments: list[str]) -> argparse.Namespace:
    """Read the arguments: options may stand between files, and everything behind the first `--` is a PATH.

    That is cut off here, for `parse_intermixed_args` takes options out there too; as with argparse, `--` is no value of an option.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options, unknown = parser.parse_known_intermixed_args(arguments[:end])
    if unknown:
        parser.unknown(unknown[0])
    options.paths = [*options.paths, *arguments[end + 1 :]]
    return options


def _run(parser: Parser, options: argparse.Namespace) -> int:
    """Do what the options say. What is slow to load is loaded here, so that --help is quick."""
    if options.version:
        return _show_version(options.verbose)
    from .configuration import settle  # noqa: PLC0415

    remark = settle(parser, options)
    if remark:
        Talk(options.quiet).note(printable(remark))
    if options.show_config:
        from .reports.settings import settings_page  # noqa: PLC0415

        write_out(settings_page(parser, options).encode())
        return 0
    try:
        return _carry_out(options)
    except UsageError as error:
        raise options.origins.at_fault(error) or error from error


def _carry_out(options: argparse.Namespace) -> int:
    """Plan, and do what is planned."""
    # Before the first import of NumPy, which would start threads that are not needed: with it one line takes 180 ms of CPU, without 280.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from .options import make_plan  # noqa: PLC0415

    plan = make_plan(options)
    from .run import carry_out  # noqa: PLC0415

    return carry_out(plan)


def _show_version(verbose: bool) -> int:
    """Print the version; looking it up takes longer than all of --help."""
    from .. import BEHAVIOUR, __version__  # noqa: PLC0415  # slow

    text = f"homoglyph-fix {__version__}, behaviour {BEHAVIOUR}\n"
    if verbose:
        text += _details()
    write_out(text.encode())
    return 0


def _details() -> str:
    """Say what may matter in a report of a fault; raise DataError if a file of data is not as it was built."""
    import numpy as np  # noqa: PLC0415

    from ..letters.data_files import DATA, verify  # noqa: PLC0415

    programs = f"Python {sys.version.split()[0]}, NumPy {np.__version__}, {sys.platform}"
    return f"{programs}\n{verify()} files of data in {DATA}, as they were built\n"


def _keep_standard_files() -> None:
    """Fill a closed standard file, the wrong way round: else a file of ours could get its number and its output."""
    for handle, mode in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(handle)
        except OSError:
            os.open(os.devnull, mode)


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    """Let a request to end be an exception, so that temporary files are removed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), _end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End as the shell expects it of a program ended by a signal."""
    raise SystemExit(128 + number)
