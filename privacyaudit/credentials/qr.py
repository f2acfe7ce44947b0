"""Read the key for one-time codes out of a picture with a QR code, such as a screenshot of a set-up page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit import extras, pictures
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 30_000_000


def read_picture(path: Path) -> str:
    """Return the otpauth address that the one QR code of a picture holds; `totp.read_totp` makes a key of it.

    Raises UsageError for a picture that cannot be read, that has no such code, or two that differ, and MissingExtra
    when the extra `qr` is not installed. No sentence repeats what a code says.
    """
    extras.need("qr")
    import zxingcpp

    picture = _open(path)
    texts = {code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.barcode_formats_from_str("QRCode"))}
    if not texts:
        raise UsageError(
            _("We found no QR code in {path}.").format(path=path),
            _(
                "Take the picture again, with the whole code in it and in focus. Or type the key that the site "
                "shows beside the code."
            ),
        )
    if len(texts) > 1:
        raise UsageError(
            _("There are {number} different QR codes in {path}.").format(number=len(texts), path=path),
            _("Crop the picture so that only the QR code for the one-time codes is left."),
        )
    text = texts.pop()
    if not text.lower().startswith(("otpauth:", "otpauth-migration:")):
        raise UsageError(
            _("The QR code in {path} is for something else. It does not contain a key for one-time codes.").format(
                path=path
            ),
            _("Use the QR code that the site shows when you set up an authenticator app."),
        )
    return text


def _open(path: Path) -> Image:
    """Return a picture in shades of grey. Raises UsageError."""
    if not path.is_file():
        raise UsageError(_("There is no file {path}.").format(path=path), _("Check the name and try again."))
    too_big = UsageError(
        _("The picture {path} is too big.").format(path=path), _("Crop the picture so that only the QR code is left.")
    )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_big
        with pictures.opened(path) as picture:
            return pictures.grey_on_white(picture)
    except pictures.TooBigError:
        raise too_big from None
    except (OSError, pictures.UnreadableError) as error:
        raise UsageError(
            _("The program cannot read {path} as a picture.").format(path=path),
            _("Use a PNG or JPEG file, such as a screenshot."),
        ) from error
