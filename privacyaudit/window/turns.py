"""People who take turns at this window: what each of them can do here, and how many took part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from privacyaudit import i18n
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.offline import codes
from privacyaudit.report import turns as handing_over
from privacyaudit.report.drawing import draw
from privacyaudit.report.view import View

_Work = TypeVar("_Work", bound=Callable[..., Any])

OPEN_TO_ALL = frozenset(
    {"state", "here", "begin", "answer", "finish", "take-along", "next-person", "end-turns", "end", "report", "codes"}
)
"""What the page may look at, do and open by name while people take turns; the rest is of whoever owns the computer."""


@dataclass
class Turns:
    """How many people began so far; `kept` tells whether answers were saved before, and are again afterwards."""

    kept: bool
    people: int = 0


_MODULES = 69
"""So wide a code is at most, as cells with its margin: an ordinary phone still reads it from a screen."""


def codes_page(view: View) -> str:
    """Draw what matters most of a person's report as QR codes, for the camera of their phone."""
    texts = codes.split(handing_over.in_short(view), _MODULES, _MODULES)
    return draw(
        "window-codes.html.j2",
        (),
        "",
        style="page.css",
        language=i18n.language(),
        codes=[
            (_("Code {number} of {total}").format(number=at, total=len(texts)), codes.drawn(text))
            for at, text in enumerate(texts, 1)
        ],
    )


def need_open(name: str) -> None:
    """Raise UsageError for what is not for people who take turns."""
    if name not in OPEN_TO_ALL:
        raise UsageError(
            _("People take turns at this window now, so this is not shown here."),
            _("Press “Next person”, then “End: nobody else is coming”."),
        )


def guarded(powers: Mapping[str, _Work], taken: Callable[[], bool]) -> dict[str, Callable[..., Any]]:
    """Return powers that refuse what is not for everybody while turns are taken."""

    def guard(name: str, work: _Work) -> Callable[..., Any]:
        def done(*wish: Any) -> Any:
            if taken():
                need_open(name)
            return work(*wish)

        return done

    return {name: guard(name, work) for name, work in powers.items()}
