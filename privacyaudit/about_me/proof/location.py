"""Whether a picture says where it was taken. Pure: it looks at bytes and decodes no picture.

Cameras write it as Exif (TIFF 6.0 tags; the GPS part is tag 0x8825, in it latitude 2 and longitude 4) or as XMP.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from privacyaudit.model.proof import FileKind, Location

_GPS = 0x8825
_WHERE = {2, 4}
_HEADERS = {b"II*\0": "<", b"MM\0*": ">"}
_XMP = (b"GPSLatitude", b"GPSLongitude")
_MOST_HEADERS = 10_000  # of chance finds in a large file
_MOST_TAGS = 1_000
_ENTRY = 12  # bytes
_HIDES = {FileKind.HEIC, FileKind.PDF}
"""What may hold a location in parts that are packed, into which we do not look."""


def location(kind: FileKind, raw: bytes) -> Location:
    """Return whether a file says where it was taken; where we cannot look into all of it, that is unknown."""
    if any(word in raw for word in _XMP) or any(_says_where(raw, at, order) for at, order in _headers(raw)):
        return Location.FOUND
    return Location.UNKNOWN if kind in _HIDES else Location.NONE_FOUND


def _headers(raw: bytes) -> Iterator[tuple[int, str]]:
    """Yield where Exif may begin, and its byte order."""
    for header, order in _HEADERS.items():
        at = raw.find(header)
        for _turn in range(_MOST_HEADERS):
            if at == -1:
                break
            yield at, order
            at = raw.find(header, at + 1)


def _says_where(raw: bytes, start: int, order: str) -> bool:
    tags = _tags(raw, start, 4, order)
    return _GPS in tags and not _WHERE.isdisjoint(_tags(raw, start, start + tags[_GPS], order, absolute=True))


def _tags(raw: bytes, start: int, pointer: int, order: str, *, absolute: bool = False) -> dict[int, int]:
    """Return the tags of a list and the value of each; `pointer` leads to the list, or is its place if `absolute`."""
    try:
        at = pointer if absolute else start + struct.unpack_from(f"{order}I", raw, start + pointer)[0]
        (number,) = struct.unpack_from(f"{order}H", raw, at)
        places = range(at + 2, at + 2 + min(number, _MOST_TAGS) * _ENTRY, _ENTRY)
        return {
            struct.unpack_from(f"{order}H", raw, place)[0]: struct.unpack_from(f"{order}I", raw, place + 8)[0]
            for place in places
        }
    except struct.error:
        return {}
