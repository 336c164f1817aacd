"""Findings as SARIF 2.1.0, which services that scan code take in: a result a line, written as they are found."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, metadata
from typing import TYPE_CHECKING, Any, Final

from ... import __version__
from ..console import printable
from ..lines import split_lines
from ..reading import STDIN
from ..unread import BINARY, with_way
from .jsonl import as_json
from .message import LEVELS, REPAIR, REVIEW, in_order, message
from .places import below, file_uri, top, uri
from .report import Report

if TYPE_CHECKING:
    from ...errors import FileError
    from . import Checked, Finding

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT: Final = "%SRCROOT%"
FINGERPRINT: Final = "wordInLine/v1"

_DOES: Final = {
    REPAIR: "Repairs a word with letters that only look right",
    REVIEW: "Asks you about a word with letters that only look right",
}
_HELP: Final = (
    "docs/RULES.md lists the rules, each with an example. homoglyph-fix --explain WORD tells what is decided about a word, "
    "and --ignore {} lets this rule keep its words."
)
_AROUND: Final = 40
# Characters on either side of a word by which it is known again.

_MANY: Final = 1 << 14
# Words that are counted in a file to tell those apart that have the same surroundings; then counting begins anew.

_BOM: Final = b"\xef\xbb\xbf"


class SarifReport(Report):
    """One run. The rules met, the files that were not read and the exit status stand behind the results: no result is kept waiting."""

    def __init__(self) -> None:
        super().__init__()
        self._top = top()
        self._rules: dict[str, dict[str, Any]] = {}
        self._path = ""
        self._seen: Counter[bytes] = Counter()
        self._is_first = True
        self._unread: list[dict[str, Any]] = []
        self._binary = 0

    def printer(self) -> SarifReport:
        """Return this: every result names its file."""
        return self

    def head(self) -> bytes:
        """Return what stands before the first result."""
        log = {"$schema": SCHEMA, "version": "2.1.0"}
        run = {
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\n"],
            "originalUriBaseIds": {ROOT: {"uri": file_uri(self._top).rstrip("/") + "/"}},
        }
        return b'%b, "runs": [%b, "results": [' % (as_json(log)[:-1], as_json(run)[:-1])

    def block(self, event: Checked) -> bytes:
        """Return the results of this block."""
        if event.path != self._path or event.line == 1:
            self._path = event.path
            self._seen.clear()
        results = []
        lines: list[bytes] = []
        for at, kind in in_order(event):
            lines = lines or split_lines(event.old)
            results.append(b"%b\n%b" % (b"" if self._is_first else b",", as_json(self._result(event, at, kind, lines[at.line]))))
            self._is_first = False
        return b"".join(results)

    def end(self) -> bytes:
        """Return nothing: all results have been printed with their blocks."""
        return b""

    def failed(self, error: FileError) -> bytes:
        """Keep what is wrong with a file."""
        self._unread.append(self._notification("error", error.path, error.problem))
        return b""

    def left_out(self, path: str, kind: str) -> None:
        """Keep which file was not read, if there may be text in it."""
        if kind == BINARY:
            self._binary += 1
        else:
            self._unread.append(self._notification("note", path, f"not read: {with_way(kind)}"))

    def tail(self, status: int) -> bytes:
        """Return what is known when all files are done."""
        addresses = _addresses()
        rules = [rule | _address("helpUri", addresses.get("Rules")) for rule in self._rules.values()]
        driver = {"name": "homoglyph-fix", "version": __version__, **_address("informationUri", addresses.get("Homepage")), "rules": rules}
        if self._binary:
            self._unread.append({"level": "note", "message": {"text": f"not read: {self._binary} binary"}})
        invocation = {"executionSuccessful": status != 2, "exitCode": status, "toolExecutionNotifications": self._unread}
        run: dict[str, Any] = {"tool": {"driver": driver}, "invocations": [invocation]}
        if self.statistics:
            run["properties"] = {"statistics": self.statistics.figures()}
        return b"\n], %b]}\n" % as_json(run)[1:]

    def _result(self, event: Checked, at: Finding, kind: str, line: bytes) -> dict[str, Any]:
        """Return one result."""
        old, new = at.written
        start = at.column - (event.line + at.line == 1 and line.startswith(_BOM))  # SARIF does not count the mark
        region = {"startLine": event.line + at.line, "startColumn": max(1, start), "endColumn": max(1, start) + len(old)}
        artifact = self._artifact(event.path)
        location = {"artifactLocation": artifact, "region": region} if event.is_text else {"artifactLocation": artifact}
        result: dict[str, Any] = {
            "ruleId": at.rule,
            "ruleIndex": self._rule(at, kind),
            "level": LEVELS[kind],
            "message": {"text": message(at, kind)},
            "locations": [{"physicalLocation": location}],
            "partialFingerprints": {FINGERPRINT: self._fingerprint(at, line.decode())},
        }
        if at.spot is not None:
            name = f"record {event.record + at.spot.record}, {at.spot.field}"
            result["locations"][0]["logicalLocations"] = [{"name": at.spot.field, "fullyQualifiedName": name, "kind": "member"}]
        if kind == REPAIR and event.is_text:
            change = {"artifactLocation": artifact, "replacements": [{"deletedRegion": region, "insertedContent": {"text": new}}]}
            result["fixes"] = [{"description": {"text": "Put the right letters back"}, "artifactChanges": [change]}]
        return result

    def _artifact(self, path: str) -> dict[str, Any]:
        """Return where a file lies: below the top of the checkout if it does."""
        if path == STDIN:  # it has no address
            return {"uri": uri(path), "description": {"text": "standard input"}}
        place = below(self._top, path)
        return {"uri": file_uri(path)} if place is None else {"uri": uri(place), "uriBaseId": ROOT}

    def _rule(self, at: Finding, kind: str) -> int:
        """Return the number of a rule, which is told of when it is first met."""
        if at.rule not in self._rules:
            self._rules[at.rule] = {
                "id": at.rule,
                "shortDescription": {"text": at.reason},
                "fullDescription": {"text": f"{_DOES[kind]}: {at.reason}."},
                "help": {"text": _HELP.format(at.rule)},
                "defaultConfiguration": {"level": LEVELS[kind]},
            }
        return [*self._rules].index(at.rule)

    def _fingerprint(self, at: Finding, line: str) -> str:
        """Return what a word is known by when its line has moved: the rule, the word, what stands around it, and which of several it is."""
        start = at.column - 1
        around = line[max(0, start - _AROUND) : start], line[start : start + len(at.written[0]) + _AROUND].rstrip("\r\n")
        key = blake2b("\0".join((at.rule, at.old, at.new, *around)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if len(self._seen) >= _MANY:
            self._seen.clear()
        self._seen[key] += 1
        return f"{key.hex()}:{self._seen[key]}"

    def _notification(self, level: str, path: str, text: str) -> dict[str, Any]:
        location = {"physicalLocation": {"artifactLocation": self._artifact(path)}}
        return {"level": level, "message": {"text": f"{printable(path)}: {text}"}, "locations": [location]}


def _addresses() -> dict[str, str]:
    """Return the addresses of the project by their labels, as its package names them."""
    try:
        found = metadata("homoglyph-fix").get_all("Project-URL") or []
    except PackageNotFoundError:  # not installed: a folder on the path
        return {}
    return dict(entry.split(", ", 1) for entry in found)


def _address(key: str, address: str | None) -> dict[str, str]:
    """Return a key with an address, or nothing: SARIF takes no empty one."""
    return {key: address} if address else {}
