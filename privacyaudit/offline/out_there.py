"""The page “Something is out there”: the steps, the letters and the searches of the terminal, in one HTML file.

Its script keeps nothing and asks for nothing. Without the script, the page shows the first hour and who helps.
"""

from __future__ import annotations

import json
from datetime import date

from privacyaudit import __version__, clock, i18n
from privacyaudit.about_me import places, words
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.offline.keeping import icon, register
from privacyaudit.offline.out_there_data import data
from privacyaudit.offline.out_there_phrases import phrases
from privacyaudit.offline.script import out_there
from privacyaudit.report.drawing import draw
from privacyaudit.report.formats.steps import linked


def build(catalogue: Catalogue, *, kept: bool = False, window: bool = False, today: date | None = None) -> str:
    """Return the page as HTML, in the language spoken now.

    A page that is `kept` belongs to a site that the browser keeps. A `window` is served by the program itself.
    """
    day = i18n.day(today or clock.today())
    atlas = places.atlas()
    cards = [first_hour(atlas, child=child) for child in (False, True)]
    return draw(
        "out-there.html.j2",
        (),
        "",
        style=("page.css", "out-there.css"),
        script=out_there(saves=kept or window, window=window),
        connect=window,
        pictures=window,
        register=register() if kept else "",
        icon=icon() if kept else "",
        language=i18n.language(),
        known=_in_html(json.dumps(data(atlas, catalogue), ensure_ascii=False, separators=(",", ":"))),
        cards=[
            (card.title, [linked(line) for line in card.lines], [linked(line) for line in card.helpers])
            for card in cards
        ],
        limits=words.limits(),
        phrases=phrases(window=window),
        window=window,
        version=__version__,
        day=day,
    )


def _in_html(text: str) -> str:
    """Return JSON so that nothing in it ends or hides the element in which it stands."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
