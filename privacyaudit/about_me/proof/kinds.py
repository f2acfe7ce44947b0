"""What a file is, by its bytes and never by its ending, and whether it is all there. Pure; no picture is decoded."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

from privacyaudit.model.proof import FileKind

_PNG = b"\x89PNG\r\n\x1a\n"
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_PDF_BEGINS_WITHIN = 1_024
_PDF_ENDS_WITHIN = 2_048
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Marks of a JPEG file that have no length after them."""


def kind_of(raw: bytes) -> FileKind | None:
    """Return what the first bytes of a file say that it is; None for all else."""
    if raw.startswith(_PNG):
        return FileKind.PNG
    if raw.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if raw.startswith((b"GIF87a", b"GIF89a")):
        return FileKind.GIF
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return FileKind.WEBP
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC:
        return FileKind.HEIC
    if b"%PDF-" in raw[:_PDF_BEGINS_WITHIN]:
        return FileKind.PDF
    return None


def is_text(raw: bytes) -> bool:
    """Tell whether a file holds text, whatever its ending says."""
    beginning = raw[:4_096]
    try:
        beginning[: beginning.rfind(b"\n") + 1 or None].decode()
    except UnicodeDecodeError:
        return False
    return bool(beginning) and b"\0" not in beginning


def whole(kind: FileKind, raw: bytes) -> bool:
    """Tell whether a file has its end: one that was cut off has not."""
    return _WHOLE[kind](raw)


def _png(raw: bytes) -> bool:
    at = len(_PNG)
    while at + 12 <= len(raw):
        (size,) = struct.unpack_from(">I", raw, at)
        end = at + 8 + size
        if end + 4 > len(raw) or zlib.crc32(memoryview(raw)[at + 4 : end]) != int.from_bytes(raw[end : end + 4]):
            return False
        if raw[at + 4 : at + 8] == b"IEND":
            return True
        at = end + 4
    return False


def _jpeg(raw: bytes) -> bool:
    """Look for the end after the parts that have a length: a small picture inside one of those has an end too."""
    at = 2
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        mark = raw[at + 1]
        if mark == 0xDA:
            return raw.find(b"\xff\xd9", at) != -1
        at += 1 if mark == 0xFF else 2 if mark in _ALONE else 2 + int.from_bytes(raw[at + 2 : at + 4])
    return False


def _gif(raw: bytes) -> bool:
    return raw.rstrip(b"\0").endswith(b";")


def _webp(raw: bytes) -> bool:
    return len(raw) >= 8 + int.from_bytes(raw[4:8], "little")


def _heic(raw: bytes) -> bool:
    *_earlier, (kind, end) = [(b"", 0), *_boxes(raw)]
    return end == len(raw) and kind != b"ftyp"


def _boxes(raw: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the kind of each outer box of an ISO file and where it ends, which may be after the end of the file."""
    at = 0
    while at + 8 <= len(raw):
        size = int.from_bytes(raw[at : at + 4])
        if size == 1:
            size = int.from_bytes(raw[at + 8 : at + 16])
        end = len(raw) if size == 0 else at + size
        yield raw[at + 4 : at + 8], end
        if end <= at:
            return
        at = end


def _pdf(raw: bytes) -> bool:
    return b"%%EOF" in raw[-_PDF_ENDS_WITHIN:]


_WHOLE: Mapping[FileKind, Callable[[bytes], bool]] = {
    FileKind.PNG: _png,
    FileKind.JPEG: _jpeg,
    FileKind.GIF: _gif,
    FileKind.WEBP: _webp,
    FileKind.HEIC: _heic,
    FileKind.PDF: _pdf,
}
