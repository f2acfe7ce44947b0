"""A written letter as plain text, to paste into a mail or a form; `docx` makes a document of it."""

from __future__ import annotations

from privacyaudit.about_me.letters import Written
from privacyaudit.i18n import _


def text(written: Written) -> str:
    """Return a letter as plain text, with an empty line between paragraphs."""
    lines = [_("Subject: {subject}").format(subject=written.subject.text), ""] if written.subject else []
    for number, block in enumerate(written.blocks):
        follows = number > 0 and not (block.point and written.blocks[number - 1].point)
        lines += [""] if follows else []
        lines.append(f"- {block.text}" if block.point else block.text)
    return "\n".join(lines) + "\n"
