"""Files that somebody gives as proof: what is taken, what is refused, and what is said of what was taken."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit import extras, pictures
from privacyaudit.about_me.proof import entries, kinds, rules
from privacyaudit.about_me.proof.entries import Taken
from privacyaudit.about_me.proof.location import location
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import FileKind, Location

CHOOSE = N_("Choose a picture or a PDF.")


def take(raw: bytes) -> Taken:
    """Return a file as a picture. Raises UsageError for what is none."""
    if taken := entries.take(raw):
        return taken
    if not raw:
        raise UsageError(_("This file is empty."), _(CHOOSE))
    if kinds.is_text(raw):
        raise UsageError(
            _("This file holds text and not a picture, whatever its name says."),
            _("Take a picture of the screen. Or type the words later, as your own note."),
        )
    raise UsageError(
        _("The program does not know this kind of file. It takes PNG, JPEG, WebP, HEIC, GIF and PDF."),
        _("Take a picture of the screen."),
    )


def what_it_is(taken: Taken) -> str:
    """Say what was taken."""
    return _("This is {kind} of {size}.").format(kind=rules.kind(taken.kind), size=rules.size(len(taken.raw)))


def can_be_shown(taken: Taken) -> bool:
    """Tell whether a picture can be decoded, as far as we can try."""
    if not taken.whole:
        return False
    if taken.kind in (FileKind.HEIC, FileKind.PDF) or not extras.installed("copies"):
        return True
    try:
        pictures.bare_copy(taken.raw, 1)
    except pictures.UnreadableError:
        return False
    except pictures.TooBigError:
        return True
    return True


def broken() -> str:
    """Say that a picture cannot be shown as a whole."""
    return _("It is broken, or was cut off. Other programs may show it in part, or not at all.")


def where(taken: Taken) -> Iterator[str]:
    """Yield what is said of the place in a picture, where there is one or may be one."""
    found = location(taken.kind, taken.raw)
    if found is not Location.NONE_FOUND:
        yield rules.location(found)
    if found is Location.FOUND:
        yield _(
            "That can be proof, so the program changes nothing in the file. When you export it for others, choose "
            "copies: they do not have it."
        )
