"""A written letter as a file: plain text, a page for the browser, or a document for Word and LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from privacyaudit import i18n
from privacyaudit.about_me import documents, docx
from privacyaudit.about_me.letters import Written, told
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.report.drawing import draw

Format = Callable[[Written], str | bytes]


def page(written: Written) -> str:
    """Return a letter as a page of HTML that loads and runs nothing; what is said to its sender is not printed."""
    return draw(
        "letter.html.j2",
        (),
        "",
        style="letter.css",
        written=written,
        told=told(written.letter),
        language=i18n.language(),
    )


FORMATS: Mapping[str, Format] = {".txt": documents.text, ".html": page, ".docx": docx.document}
"""What makes a letter, by the ending of its file."""


def format_of(path: Path) -> Format:
    """Return what makes a letter for a file. Raises UsageError for an ending that we do not write."""
    if make := FORMATS.get(path.suffix.lower()):
        return make
    raise UsageError(
        _("The program cannot tell from “{name}” what kind of file you want.").format(name=path.name),
        _("Choose a name that ends with {endings}.").format(endings=", ".join(FORMATS)),
    )
