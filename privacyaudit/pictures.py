"""Pictures that are decoded: the only module that touches Pillow, which the extra `qr` brings."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

KINDS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")  # named one by one: for some others, Pillow starts another program
_QUALITY = 92
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, OverflowError, TypeError, struct.error)
"""What Pillow raises for broken pictures, as found by changing bytes at random."""


class UnreadableError(Exception):
    """What was opened cannot be decoded as a picture."""


class TooBigError(Exception):
    """A picture has more dots than fit into memory safely."""


@contextmanager
def opened(source: Path | io.BytesIO) -> Iterator[Image]:
    """Open a picture. Raises UnreadableError and TooBigError, also while it is used; ImportError without Pillow."""
    import PIL.Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are printed, and tell a person nothing
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(source, formats=KINDS) as picture:
                yield picture
    except (PIL.Image.DecompressionBombWarning, PIL.Image.DecompressionBombError, MemoryError) as error:
        raise TooBigError from error
    except _BROKEN as error:
        raise UnreadableError from error


def grey_on_white(picture: Image) -> Image:
    """Return a picture in shades of grey on white paper: light parts that are see-through would be black on black."""
    import PIL.Image

    if not picture.has_transparency_data:
        return picture.convert("L")
    layers = picture.convert("RGBA")
    paper = PIL.Image.new("RGBA", layers.size, "white")
    return PIL.Image.alpha_composite(paper, layers).convert("L")


def bare_copy(raw: bytes, longest: int | None = None) -> tuple[str, bytes]:
    """Return a copy of a picture that holds nothing but what one sees, with the ending of its name: `jpg` or `png`.

    Of pictures that move, that is the first one. `longest` makes its longer side that many dots at most. Raises as
    `opened`.
    """
    import PIL.Image

    with opened(io.BytesIO(raw)) as picture:
        seen = _upright(picture).convert("RGBA" if picture.has_transparency_data else "RGB")
        if longest:
            seen.thumbnail((longest, longest))
        bare = PIL.Image.frombytes(seen.mode, seen.size, seen.tobytes())
        made = io.BytesIO()
        if picture.format == "JPEG":
            bare.save(made, "JPEG", quality=_QUALITY)
            return "jpg", made.getvalue()
        bare.save(made, "PNG")
        return "png", made.getvalue()


def _upright(picture: Image) -> Image:
    """Return a picture as its camera was held; where what it says of that is broken, as it is."""
    import PIL.ImageOps

    with suppress(*_BROKEN):
        return PIL.ImageOps.exif_transpose(picture)
    return picture
