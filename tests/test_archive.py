"""Zip archives in which some members are written anew: all else is copied, whoever wrote the archive."""

from __future__ import annotations

import io
import random
import shutil
import struct
import subprocess
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import COMMAND, run
from document_files import MAIN, members_of, of_lines, packed, to_lines, unpacked, xml_of
from homoglyph_fix import Normalizer
from homoglyph_fix.command import blocks
from homoglyph_fix.command.outcome import Refusal
from homoglyph_fix.command.packages import archive
from homoglyph_fix.command.packages.archive import Archive
from homoglyph_fix.command.packages.form import Package
from homoglyph_fix.command.packages.refusing import RefusedError
from strategies import few

OLD, NEW = b"<a>old</a>" * 50, b"<a>another</a>" * 70


class _Pipe(io.RawIOBase):
    """What cannot be rewound: zipfile then writes the sizes of members behind them."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes are all that comes
        self.data += data
        return len(data)


def _written(seed: int) -> bytes:
    """Return an archive of some members, each written in another way."""
    rng = random.Random(seed)
    pipe = _Pipe() if rng.random() < 0.5 else io.BytesIO()
    if rng.random() < 0.3 and isinstance(pipe, io.BytesIO):
        pipe.write(b"#!/bin/sh\n")
    with zipfile.ZipFile(pipe, "w") as file:
        for number in range(rng.randint(1, 5)):
            info = zipfile.ZipInfo(f"п{number}.xml", (2000 + number, 1, 2, 3, 4, 6))
            info.compress_type = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
            info.external_attr, info.internal_attr = rng.choice([0, 0o644 << 16]), rng.choice([0, 1])
            info.create_system = rng.choice([0, 3])
            info.comment = rng.choice([b"", b"remark"])
            info.extra = rng.choice([b"", struct.pack("<HH3s", 0xCAFE, 3, b"abc"), struct.pack("<HHB", 0x5455, 1, 0)])
            with file.open(info, "w", force_zip64=rng.random() < 0.4) as member:
                member.write(OLD)
        file.comment = rng.choice([b"", b"all of it"])
    return bytes(pipe.data) if isinstance(pipe, _Pipe) else pipe.getvalue()


def _raw(data: bytes, info: zipfile.ZipInfo, end: int) -> bytes:
    """Return a member with its header and all that follows it."""
    return data[info.header_offset : end]


def _facts(info: zipfile.ZipInfo) -> dict[str, object]:
    """Return what the directory says of a member, but its place and its sums."""
    names = "filename date_time compress_type comment create_system create_version extract_version flag_bits internal_attr external_attr"
    return {name: getattr(info, name) for name in names.split()}


@pytest.mark.parametrize("seed", range(60))
def test_every_way_to_write(seed: int, tmp_path: Path) -> None:
    """Changed members have their new contents; others are the same bytes, and what is said of all of them stays."""
    data = _written(seed)
    names = Archive(data).names
    changed = {name: NEW for name in sorted(names) if random.Random(f"{seed}{name}").random() < 0.5} or {min(names): NEW}

    new = Archive(data).rewritten(changed)

    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(new)) as after:
        assert after.testzip() is None
        assert after.comment == before.comment
        assert [_facts(info) for info in after.infolist()] == [_facts(info) for info in before.infolist()]
        ends = [[*[info.header_offset for info in file.infolist()][1:], file.start_dir] for file in (before, after)]
        for old_info, new_info, old_end, new_end in zip(before.infolist(), after.infolist(), *ends, strict=True):
            assert after.read(new_info) == changed.get(new_info.filename, OLD)
            if new_info.filename not in changed:
                assert _raw(new, new_info, new_end) == _raw(data, old_info, old_end)
        assert new[: after.infolist()[0].header_offset] == data[: before.infolist()[0].header_offset]
    assert Archive(new).rewritten(dict.fromkeys(changed, OLD))[-len(data) :] == data  # deflate is the one that wrote it
    if shutil.which("unzip"):
        assert _verdict(tmp_path, new) == _verdict(tmp_path, data)


def _verdict(folder: Path, data: bytes) -> int:
    """Return what unzip thinks of an archive; it has remarks about some that zipfile writes."""
    (folder / "a.zip").write_bytes(data)
    return subprocess.run(["unzip", "-tq", folder / "a.zip"], capture_output=True, check=False).returncode


def test_wide_numbers() -> None:
    """A directory that says its sizes and places in 64 bits, in both of its forms, goes on to do so."""
    with zipfile.ZipFile(file := io.BytesIO(), "w") as made:
        made.writestr("a", OLD)
        made.writestr("b", OLD)
    data = file.getvalue()
    start = data.index(b"PK\1\2")
    entries, most = b"", 0xFFFFFFFF
    for offset in (0, data.index(b"PK\3\4", 4)):
        extra = struct.pack("<HHQQQ", 1, 24, len(OLD), len(OLD), offset)
        before, sums, lengths = (45, 3, 45, 0, 0, 0, 0, 0), (zlib.crc32(OLD), most, most), (1, len(extra), 0, 0, 0)
        entries += struct.pack("<4s4B4H3L5H2L", b"PK\1\2", *before, *sums, *lengths, 0, most)
        entries += (b"a" if offset == 0 else b"b") + extra
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 2, 2, len(entries), start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, start + len(entries), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, most, most, 0)
    data = data[:start] + entries + wide + locator + end

    new = Archive(data).rewritten({"a": NEW})

    assert unpacked(new) == {"a": NEW, "b": OLD}
    assert Archive(new).rewritten({"a": OLD}) == data


DOCX = members_of("docx", xml_of("docx", "<w:p><w:r><w:t>Oт</w:t></w:r></w:p>"))
ODT = members_of("odt", xml_of("odt", "<text:p>Oт</text:p>"))
EPUB = members_of("epub", xml_of("epub", "<p>Oт</p>"))
LOCKED = '<e xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><CipherReference URI="{}"/></e>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def _flagged(data: bytes) -> bytes:
    """Return an archive of which each member is said to be encrypted."""
    out = bytearray(data)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + place] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


def _spoiled(data: bytes, name: str) -> bytes:
    """Return an archive in which some bytes of a member are others."""
    at = data.index(name.encode()) + len(name) + 50
    return data[:at] + bytes(4) + data[at + 4 :]


_ODD_XML = {"word/document.xml": "<w:document"}
REFUSED = [
    ("docx", packed(DOCX | {"_xmlsignatures/sig1.xml": "<x/>"}), "signed: a repair would break the signature"),
    ("odt", packed(ODT | {"META-INF/documentsignatures.xml": "<x/>"}), "signed: a repair would break the signature"),
    ("epub", packed(EPUB | {"META-INF/signatures.xml": "<x/>"}), "signed: a repair would break the signature"),
    ("docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted: save it without a password"),
    ("docx", _flagged(packed(DOCX)), "encrypted: save it without a password"),
    ("odt", packed(ODT | {"META-INF/manifest.xml": "<m><f><encryption-data/></f></m>"}), "encrypted: save it without a password"),
    ("epub", packed(EPUB | {"META-INF/encryption.xml": LOCKED.format(MAIN["epub"])}), "encrypted: save it without a password"),
    ("docx", OLE, "damaged: a file of Word before 2007"),
    ("docx", b"", "damaged: no zip archive, or cut off"),
    ("docx", packed(DOCX)[:-30], "damaged: no zip archive, or cut off"),
    ("docx", _spoiled(packed(DOCX), MAIN["docx"]), "damaged: word/document.xml cannot be unpacked"),
    ("docx", packed({}), "damaged: [Content_Types].xml is missing"),
    ("docx", packed(ODT), "damaged: [Content_Types].xml is missing"),
    ("docx", packed({"[Content_Types].xml": "<x/>"}), "damaged: no part of it is a text of Word"),
    ("docx", packed({"[Content_Types].xml": "<x>"}), "damaged: [Content_Types].xml is no XML (no element found: line 1, column 3)"),
    ("docx", packed(DOCX | _ODD_XML), "damaged: word/document.xml is no XML (unclosed token: line 1, column 0)"),
    ("odt", packed(EPUB), "damaged: content.xml is missing"),
    ("epub", packed(ODT), "damaged: META-INF/container.xml is missing"),
    ("epub", packed(EPUB | {"OEBPS/book.opf": "<x/>"}), "damaged: it lists no chapter"),
    ("epub", packed(EPUB | {MAIN["epub"]: b"<?xml version='1.0' encoding='no-such'?><p/>"}), "damaged: OEBPS/a.xhtml is not no-such"),
    ("epub", packed(EPUB | {MAIN["epub"]: "<?xml version='1.0' encoding='utf-16'?><p/>"}), None),
]


@pytest.mark.parametrize(("kind", "data", "said"), REFUSED)
def test_refused(kind: str, data: bytes, said: str | None) -> None:
    """What must not be touched, or cannot be read, stays, with a reason; said the same by both ways of work."""
    outcome = blocks.repair(Normalizer(), data, Package(kind))

    assert outcome.new is None
    assert outcome.refused is not None
    assert outcome == blocks.find(Normalizer(), data, Package(kind))
    if said is not None:
        assert f"{outcome.refused.kind}: {outcome.refused.reason}" == said


def test_fonts_may_be_locked() -> None:
    """In most books with anything encrypted it is the fonts alone."""
    data = packed(EPUB | {"META-INF/encryption.xml": LOCKED.format("OEBPS/font.otf")})

    assert blocks.repair(Normalizer(), data, Package("epub")).new is not None


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to more than there may be is not unpacked further, though its header may say that it is small."""
    monkeypatch.setattr(archive, "LARGEST", 1 << 20)
    data = packed(DOCX | {"word/document.xml": b" " * (1 << 21)})

    outcome = blocks.repair(Normalizer(), data, Package("docx"))

    assert outcome.refused == Refusal("too large", "more than 1 MB of text")


def test_entities_that_grow() -> None:
    """Entities of its own that a part declares are not resolved."""
    levels = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 30))
    xml = f'<!DOCTYPE html [<!ENTITY a0 "Oт">{levels}<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&a29; &x; Oт</p>'

    outcome = blocks.repair(Normalizer(), packed(EPUB | {MAIN["epub"]: xml}), Package("epub"))

    assert outcome.new is not None
    assert unpacked(outcome.new)[MAIN["epub"]].decode() == xml.replace(" Oт", " От")


def test_deep_nesting() -> None:
    """Elements a hundred thousand deep are read."""
    xml = f"{'<div>' * 100_000}Oт{'</div>' * 100_000}"

    outcome = blocks.repair(Normalizer(), packed(EPUB | {MAIN["epub"]: xml}), Package("epub"))

    assert outcome.new is not None
    assert unpacked(outcome.new)[MAIN["epub"]].decode() == xml.replace("Oт", "От")


def test_members_that_overlap() -> None:
    """An archive of which two entries name one member is read, and not written."""
    data = bytearray(packed(DOCX | {"word/media/image2.png": b"x"}))
    second = data.rindex(b"PK\1\2")
    data[second + 42 : second + 46] = struct.pack("<I", 0)

    with pytest.raises(RefusedError, match="directory"):
        Archive(bytes(data)).rewritten({"word/document.xml": b"<x/>"})


@given(st.sampled_from([packed(DOCX), packed(ODT), packed(EPUB), _written(1), _written(3)]), st.data())
@few
@pytest.mark.property
def test_any_damage(data: bytes, picks: st.DataObject) -> None:
    """Bytes of an archive that are others by chance make it refused, or repaired to an archive: never anything else."""
    broken = bytearray(data)
    for _ in range(picks.draw(st.integers(1, 4))):
        broken[picks.draw(st.integers(0, len(data) - 1))] = picks.draw(st.integers(0, 255))

    for kind in MAIN:
        outcome = blocks.find(Normalizer(), bytes(broken), Package(kind))
        if outcome.new is not None:
            with zipfile.ZipFile(io.BytesIO(outcome.new)) as file:
                assert file.namelist()


@pytest.mark.parametrize("seed", range(5))
def test_killed_at_any_time(seed: int, tmp_path: Path) -> None:
    """Each document is as before or repaired; a second command finishes the work and leaves nothing else."""
    text, whole = ("Oт і все\n" * 4_000).encode(), ("От і все\n" * 4_000).encode()
    for kind in MAIN:
        (tmp_path / f"a.{kind}").write_bytes(of_lines(kind, text))
    with subprocess.Popen([*COMMAND, "-q", "-w", "."], cwd=tmp_path) as command:
        end = time.monotonic() + 20
        while not list(tmp_path.glob(".homoglyph-fix-*")) and command.poll() is None and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(random.Random(seed).random() * 0.2)
        command.kill()

    for again in (False, True):
        if again:
            (tmp_path / "b.docx").write_bytes(of_lines("docx", text))  # so that there is something to write
            assert run("-q", "-w", ".", cwd=tmp_path).returncode == 0
        for kind in MAIN:
            assert to_lines(kind, (tmp_path / f"a.{kind}").read_bytes()) in ((whole,) if again else (text, whole))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "a.epub", "a.odt", "b.docx"]
