"""Pictures made of bytes alone, things that were seen, and the command that keeps them."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime
from typing import Any

from privacyaudit.about_me.proof.entries import Seen, Taken, take
from privacyaudit.model import Audience, Harm

WHEN = datetime(2026, 11, 30, 21, 30, tzinfo=UTC)
CANARY = "Canary O’Finch"
ADDRESS = "https://example.org/canary/1?q=ŵ"


def png(size: int = 0, *, extra: bytes = b"") -> bytes:
    """Return a PNG of one dot, with so many bytes of a part that nobody shows, and perhaps another part."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\xff\0\0"))]
    parts += [(b"prVt", bytes(size))] if size else []
    parts += [(b"eXIf", extra)] if extra else []
    raw = b"\x89PNG\r\n\x1a\n"
    for kind, content in [*parts, (b"IEND", b"")]:
        raw += struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return raw


def exif(order: str = ">", *, where: bool = True) -> bytes:
    """Return Exif with a list of places in it, which has a latitude and a longitude or nothing but a version."""
    header = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}I", 8)
    first = struct.pack(f"{order}HHHIII", 1, 0x8825, 4, 1, 26, 0)
    tags = [2, 4] if where else [0]
    places = struct.pack(f"{order}H", len(tags)) + b"".join(struct.pack(f"{order}HHII", tag, 5, 3, 26) for tag in tags)
    return header + first + places + bytes(64)


def jpeg(*, inside: bytes = b"") -> bytes:
    """Return what has the parts of a JPEG file, though no picture, and perhaps Exif."""
    app1 = b"Exif\0\0" + inside
    part = b"\xff\xe1" + struct.pack(">H", len(app1) + 2) + app1 if inside else b""
    return b"\xff\xd8" + part + b"\xff\xda\0\x02" + bytes(32) + b"\xff\xd9"


def gif() -> bytes:
    return b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"


def webp() -> bytes:
    return b"RIFF" + struct.pack("<I", 20) + b"WEBPVP8 " + bytes(12)


def heic(*, inside: bytes = b"") -> bytes:
    ftyp = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic"
    return ftyp + struct.pack(">I", 8 + 32 + len(inside)) + b"mdat" + bytes(32) + inside


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(raw: bytes) -> Taken:
    taken = take(raw)
    assert taken
    return taken


def seen(*pictures: bytes, **changes: Any) -> Seen:
    """Make what somebody says that they saw, with these pictures."""
    said: dict[str, Any] = {
        "what": Harm.POST,
        "when": WHEN,
        "zone": "GMT",
        "audience": Audience.EVERYONE,
        "addresses": (ADDRESS,),
        "account": CANARY,
        "note": f"{CANARY} مرحبا",
        "pictures": tuple(map(picture, pictures)),
    }
    return Seen(**(said | changes))
