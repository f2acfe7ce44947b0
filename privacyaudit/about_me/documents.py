"""A written letter as a file: plain text, a page for the browser, or a document for Word and LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from privacyaudit import i18n
from privacyaudit.about_me import docx
from privacyaudit.about_me.letters import Written, told
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.report.drawing import draw


def text(written: Written) -> str:
    """Return a letter as plain text, with an empty line between paragraphs, to paste into a mail or a form."""
    lines = [_("Subject: {subject}").format(subject=written.subject.text), ""] if written.subject else []
    for number, block in enumerate(written.blocks):
        follows = number > 0 and not (block.point and written.blocks[number - 1].point)
        lines += [""] if follows else []
        lines.append(f"- {block.text}" if block.point else block.text)
    return "\n".join(lines) + "\n"


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


FORMATS: Mapping[str, Callable[[Written], str | bytes]] = {".txt": text, ".html": page, ".docx": docx.document}
"""What makes a letter, by the ending of its file."""


def made(written: Written, path: Path) -> str | bytes:
    """Return a letter as the ending of a file wants it. Raises UsageError for another ending."""
    make = format_of(path)
    return make(written)


def format_of(path: Path) -> Callable[[Written], str | bytes]:
    """Return what makes a letter for a file. Raises UsageError for an ending that we do not write."""
    if make := FORMATS.get(path.suffix.lower()):
        return make
    raise UsageError(
        _("The program cannot tell from “{name}” what kind of file you want.").format(name=path.name),
        _("Choose a name that ends with {endings}.").format(endings=", ".join(FORMATS)),
    )
