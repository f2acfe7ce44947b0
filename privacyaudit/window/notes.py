"""Short pages of the window that say why there is nothing else: what happened, and what to do."""

from __future__ import annotations

from privacyaudit import i18n
from privacyaudit.i18n import _
from privacyaudit.report.drawing import draw, draw_plain


def note(what: str, advice: str) -> str:
    """Draw a page with one sentence and what to do."""
    return draw("window-note.html.j2", (), "", style="page.css", language=i18n.language(), what=what, advice=advice)


def front(page: str) -> str:
    """Draw what is on the screen while the program is loaded; it leads to `page`, an address, by itself."""
    return draw_plain(
        "window-front.html",
        style="page.css",
        language=i18n.language().replace("_", "-"),
        page=page,
        title=_("Your privacy settings"),
        ready=_("The program is getting ready. This page changes by itself in a moment."),
        else_here=_("If it does not change, open it here."),
    )


def stranger() -> str:
    """Draw what somebody sees who comes without a ticket."""
    return note(
        _("This page opens only from the program."),
        _("Start the program again. It opens the page with a new address. If the window is open, it shows that."),
    )


def used() -> str:
    """Draw what somebody sees whose ticket was used before, or is too old."""
    return note(
        _("This address works only once, and only for ten minutes."),
        _(
            "Start the program again to get a new address. What was saved is still there. If you did not open this "
            "address before, somebody else on this computer may have: press Ctrl+C in the program's window to end it."
        ),
    )


def nothing_there() -> str:
    """Draw what stands where a report would be."""
    return note(_("There is no report to show yet."), _("Finish an audit first. Then the report opens here."))
