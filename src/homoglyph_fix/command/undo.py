"""What undoes a repair: a backup beside the file, and its piece of a patch. Either is there before the file is replaced."""
# Paths are used as they were typed, and os.open is needed for O_EXCL:
# ruff: noqa: PTH108, PTH112, PTH113, PTH114, PTH120

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Protocol

from ..errors import FileError, OutputError, UsageError
from .atomic import Replacement
from .charset import encode, family
from .console import printable
from .messages import _
from .output import write_all
from .reports import Checked
from .reports.diff import DiffPrinter
from .unread import UNDO_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .outcome import Outcome
    from .reading import Piece, Source


class Undo(Protocol):
    """Takes the blocks of one file in order; then `keep` just before the file is replaced, or `drop` if it is not."""

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Take one block."""

    def keep(self) -> None:
        """Be safe on the disk, or raise FileError: then the file is not replaced."""

    def drop(self) -> None:
        """Take back what was kept."""


class Undoing:
    """How all that a command repairs can be undone: by backups with this suffix, by a patch, or by both."""

    def __init__(self, suffix: str | None, patch: Patch | None) -> None:
        self._suffix = suffix
        self._patch = patch

    def of(self, source: Source, path: str) -> list[Undo]:
        """Return what undoes the repair of one file, which lies at `path` when all links are followed.

        A file of which a patch cannot be made has its backup, or is refused when there is something to repair in it.
        """
        found: list[Undo] = []
        if self._suffix:
            found.append(_Backup(source, path, self._suffix))
        if self._patch:
            found.append(_PieceOfPatch(source, self._patch.name_of(path), self._patch, bool(self._suffix)))
        return found


class _Backup:
    """The old file under its name with a suffix.

    It is the old file itself, by a second link: whole at once, with its mode, owner and times, and without a byte of the disk.
    Where there are no such links it is a copy. What is there already under that name stays: it must be the same, or the file
    is not replaced.
    """

    def __init__(self, source: Source, path: str, suffix: str) -> None:
        self._source = source
        self._suffix = suffix
        self._path = path
        self._backup = path + suffix
        self._name = (path if os.path.islink(source.name) else source.name) + suffix
        self._is_new = False

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Do nothing, for the file is still there; but see that it is no backup itself."""
        if outcome.new is not None and self._path.endswith(self._suffix):
            raise FileError(self._source.name, _("a backup by its name, not replaced (--backup {suffix})").format(suffix=self._suffix))

    def keep(self) -> None:
        """Give the old file its second name."""
        if os.path.lexists(self._backup):
            if not self._is_same():
                raise FileError(self._source.name, _("not replaced: there is another backup, {name}").format(name=self._name))
            return
        self._is_new = True  # already now, for an interruption may come at any moment
        try:
            os.link(self._path, self._backup)
        except FileExistsError as error:
            self._is_new = False
            raise FileError.of(self._name, error) from error
        except OSError:  # no links on this file system, or not of files of others
            self._copy()

    def drop(self) -> None:
        """Remove the second name, if the file still has its first."""
        with contextlib.suppress(OSError):
            if self._is_new and self._is_same():
                os.unlink(self._backup)

    def _copy(self) -> None:
        """Copy the old file with its mode and times."""
        import shutil  # noqa: PLC0415  # seldom needed

        new = Replacement(self._backup, self._source.state, self._name)
        try:
            new.copy_head(self._path, self._source.state.st_size if self._source.state else 0)
            new.commit()
            shutil.copystat(self._path, self._backup)
        except OSError as error:
            raise FileError.of(self._name, error) from error
        finally:
            new.discard()

    def _is_same(self) -> bool:
        """Tell whether the backup has the very bytes of the file, and will have them when that is replaced."""
        import filecmp  # noqa: PLC0415  # seldom needed

        if os.path.islink(self._backup) or not os.path.isfile(self._backup):
            return False
        try:
            return filecmp.cmp(self._path, self._backup, shallow=False)
        except OSError as error:
            raise FileError.of(self._name, error) from error


class Patch:
    """A file that takes the unified diff of each file before that is replaced, so that `patch -R` undoes all of it.

    It is made with its first piece, for its owner alone: it holds lines of files that may be private. A command that is killed
    may leave a piece at the end, cut off or whole, of a file that it did not replace; all pieces before that hold.
    Names are those below one folder, without links on the way, for patch goes neither through links nor up.
    """

    def __init__(self, path: str, paths: Sequence[str]) -> None:
        self.path = path
        self._base = _base(paths)
        self._handle: int | None = None
        self._size = 0

    @property
    def command(self) -> str:
        """What undoes the repairs, as a line of shell."""
        import shlex  # noqa: PLC0415  # seldom needed

        here = self._base == os.path.realpath(os.curdir)
        return printable(f"patch -R -p0 {'' if here else f'-d {shlex.quote(self._base)} '}< {shlex.quote(self.path)}")

    def name_of(self, path: str) -> str:
        """Return what a file is called in the patch."""
        return os.path.relpath(path, self._base)

    def tell(self) -> int:
        """Return the size."""
        return self._size

    def write(self, data: bytes) -> None:
        """Append to the patch; that it cannot be written ends the command."""
        if not data:
            return
        try:
            if self._handle is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
                self._handle = os.open(self.path, flags, 0o600)
                data = b"%b: %b\n%b" % (UNDO_MARK, self.command.encode("utf-8", "surrogateescape"), data)
            write_all(self._handle, data)
            self._size += len(data)
        except OSError as error:
            raise OutputError.of(self.path, error) from error

    def sync(self) -> None:
        """Be safe on the disk."""
        try:
            if self._handle is not None:
                os.fsync(self._handle)
        except OSError as error:
            raise OutputError.of(self.path, error) from error

    def cut(self, size: int) -> None:
        """Have only so many bytes; without any the patch is no file."""
        if self._handle is None:
            return
        with contextlib.suppress(OSError):  # what cannot be cut off is a piece of a file that was not replaced
            if size:
                os.lseek(self._handle, size, os.SEEK_SET)
                os.ftruncate(self._handle, size)
            else:
                os.close(self._handle)
                self._handle = None
                os.unlink(self.path)
        self._size = size


def _base(paths: Sequence[str]) -> str:
    """Return the folder that the names of a patch begin at: the current one, or one that all files lie in."""
    here = os.path.realpath(os.curdir)
    real = [os.path.realpath(path) for path in paths]
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in real]
    try:
        return here if os.path.commonpath([here, *folders]) == here else os.path.commonpath(folders)
    except ValueError as error:  # on several disks of Windows
        raise UsageError(_("--patch: files of several disks have no common folder")) from error


class _PieceOfPatch:
    """The part of a patch that is about one file: its bytes as they are, whatever a terminal would make of them."""

    def __init__(self, source: Source, name: str, patch: Patch, has_backup: bool) -> None:
        self._source = source
        self._patch = patch
        self._has_backup = has_backup
        self._start = patch.tell()
        self._printer = DiffPrinter(name, raw=True)
        self._line = 1

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Write the hunks that are complete after this block."""
        unfit = _unfit(self._source, outcome)
        if unfit:
            if outcome.new is not None and not self._has_backup:
                said = _("{unfit} cannot be repaired with a patch: --backup SUFFIX keeps it as it was")
                raise FileError(self._source.name, said.format(unfit=unfit))
            return
        old = self._encoded(piece.data)
        new = old if outcome.new is None else self._encoded(outcome.new)
        self._patch.write(self._printer.block(Checked(self._source.name, self._line, old, new)))
        self._line += piece.data.count(b"\n")

    def keep(self) -> None:
        """Write the rest."""
        self._patch.write(self._printer.end())
        self._patch.sync()

    def drop(self) -> None:
        """Cut the piece off."""
        self._patch.cut(self._start)

    def _encoded(self, data: bytes) -> bytes:
        """Return what stands in the file for a block."""
        return data if self._source.is_plain else encode(data, self._source.encoding, self._source.name)


def _unfit(source: Source, outcome: Outcome) -> str:
    """Return what a file is of which no patch can be made, for its lines do not end where those of a patch do; "" for all others."""
    if source.compression:
        return _("a {compression} file").format(compression=source.compression)
    if "\n".encode(source.encoding) != b"\n":
        return _("{encoding} text").format(encoding=family(source.encoding))
    return _("a document") if outcome.shown is not None else ""
