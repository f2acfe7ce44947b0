"""A report as one self-contained HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacyaudit.i18n import _
from privacyaudit.report.view import View

if TYPE_CHECKING:
    pass
from privacyaudit.report.drawing import draw


def page(view: View) -> str:
    """Draw a report as one self-contained HTML page."""
    foot = _("Privacy audit, {day}. Not evidence of anything.").format(day=view.finished)
    return draw("report.html.j2", view.signs, foot, view=view)
