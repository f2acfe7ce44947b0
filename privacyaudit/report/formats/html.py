"""A report as one self-contained HTML page."""

from __future__ import annotations

from privacyaudit.i18n import _
from privacyaudit.report.drawing import draw
from privacyaudit.report.view import View


def page(view: View) -> str:
    """Draw a report as one self-contained HTML page."""
    foot = _("Privacy audit, {day}. Not evidence of anything.").format(day=view.finished)
    return draw("report.html.j2", view.signs, foot, view=view)
