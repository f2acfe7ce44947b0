"""The site: pages for phones, papers to print, and two pages for readers, as a folder that any web server can give out.

This says what is in it. `site_folder` prints the papers and writes the folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from privacyaudit import __version__, clock, i18n
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import N_, _
from privacyaudit.model import Role, Verdict
from privacyaudit.offline import first_aid, handout, keeping, out_there
from privacyaudit.offline.page import build, consent
from privacyaudit.report.counts import signs
from privacyaudit.report.drawing import draw

HOME = "index.html"
START = "check.html"
OUT_THERE = "out-there.html"
NOT_HERE = "not-here.html"
"""What a browser shows in place of a page that it has not kept, where there is no network."""
READERS = ("representatives.html", "more.html")
GUIDE = "read/"
"""The folder with the pages of the guide, which Sphinx makes."""

EVERYONE = "everyone"
POSTER = "paper/poster.pdf"


@dataclass(frozen=True, slots=True)
class Selection:
    """A page for a few services or a short time, which asks who the person is. No services mean all of them."""

    file: str
    name: str
    about: str
    platforms: tuple[str, ...]
    quick: bool = False


CLINIC = Selection(
    "set-clinic.html",
    N_("Facebook, WhatsApp and everyday habits"),
    N_("What matters most in ten minutes. Made for an hour in a group."),
    ("everyday", "facebook", "whatsapp"),
    quick=True,
)
SETS = (
    Selection(
        "set-ten-minutes.html",
        N_("Ten minutes, any services"),
        N_("Tick what you use, and look at what matters most there."),
        (),
        quick=True,
    ),
    CLINIC,
    Selection(
        "set-pictures.html",
        N_("Instagram, Snapchat and TikTok"),
        N_("All settings of three services for pictures and films."),
        ("instagram", "snapchat", "tiktok"),
    ),
    Selection(
        "set-messages.html",
        N_("WhatsApp, Messenger, Signal and Telegram"),
        N_("All settings of four services for messages."),
        ("whatsapp", "messenger", "signal", "telegram"),
    ),
    Selection(
        "set-public.html",
        N_("X, Facebook, LinkedIn and YouTube"),
        N_("All settings of four services on which people speak in public."),
        ("x", "facebook", "linkedin", "youtube"),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A file of the site, what it is called where a page links to it, and a sentence about it."""

    file: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """What there is on paper for a role."""

    name: str
    papers: tuple[Link, ...]


def pages(catalogue: Catalogue, *, today: date | None = None) -> dict[str, str]:
    """Return every page of the site but the guide's, and its manifest, by file name, in the language spoken now."""
    day = today or clock.today()
    phone = {START: build(catalogue, kept=True, today=day)}
    phone |= {_for(role): build(catalogue, role=role.id, kept=True, today=day) for role in catalogue.roles}
    phone |= {one.file: build(catalogue, one.platforms, quick=one.quick, kept=True, today=day) for one in SETS}
    home = _drawn(
        "site/home.html.j2",
        day,
        start=START,
        out_there=OUT_THERE,
        consent=consent(),
        roles=[Link(_for(role), _(role.name), _(role.summary)) for role in catalogue.roles if role.id != EVERYONE],
        sets=[_link(one) for one in SETS],
        papers=_papers_at_home(),
    )
    representatives = _drawn(
        "site/representatives.html.j2",
        day,
        clinic=_link(CLINIC),
        mark=signs()[Verdict.FAIL].shape,
        poster=POSTER,
        first_aid=_first_aid_papers(),
        printed=[Printed(_(role.name), _papers_for(role.id)) for role in catalogue.roles],
    )
    more = _drawn("site/more.html.j2", day)
    not_here = _drawn("site/not-here.html.j2", day, start=START)
    readers = dict(zip(READERS, (representatives, more), strict=True))
    steps = out_there.build(catalogue, kept=True, today=day)
    return {
        HOME: home,
        **readers,
        NOT_HERE: not_here,
        **phone,
        OUT_THERE: steps,
        keeping.MANIFEST: keeping.manifest(START),
    }


def papers(catalogue: Catalogue, *, today: date | None = None) -> dict[str, str]:
    """Return what is printed for the site, as HTML by the name of the PDF."""
    day = today or clock.today()
    made = {_first_aid(name): html for name, html in first_aid.papers(day).items()}
    made[POSTER] = draw("site/poster.html.j2", (), "", style="site/poster.css", language=i18n.language())
    for role in catalogue.roles:
        some, every, card = (link.file for link in _papers_for(role.id))
        made[some] = handout.sheets(catalogue, CLINIC.platforms, role=role.id, today=day)
        made[every] = handout.sheets(catalogue, role=role.id, today=day)
        made[card] = handout.card(catalogue, role=role.id, today=day)
    return made


def parts(files: Sequence[str]) -> list[list[str]]:
    """Return the files that a browser keeps, in the parts in which it keeps them: the first at once.

    Each other page for phones is a part of its own, and the guide is one. Papers, and what the guide offers to
    download, are not kept.
    """
    guide = [name for name in files if name.startswith(GUIDE) and "/_downloads/" not in name]
    alone = [name for name in files if name.startswith(("for-", "set-", OUT_THERE))]
    at_once = [name for name in files if "/" not in name and name not in (*alone, keeping.WORKER)]
    return [at_once, *([name] for name in alone), *([guide] if guide else [])]


def whole(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return all files of the site, where all but its fixed ones and its worker are made, by name in their order."""
    files = {**made, **keeping.fixed()}
    files[keeping.WORKER] = keeping.worker(files, parts(sorted(files)), NOT_HERE).encode()
    return dict(sorted(files.items()))


def _drawn(template: str, day: date, **values: Any) -> str:
    return draw(
        template,
        (),
        _("Not evidence of anything."),
        style="site/site.css",
        register=keeping.register(),
        icon=keeping.icon(),
        language=i18n.language(),
        version=__version__,
        day=i18n.day(day),
        **values,
    )


def _for(role: Role) -> str:
    return f"for-{role.id.replace('_', '-')}.html"


def _link(one: Selection) -> Link:
    return Link(one.file, _(one.name), _(one.about))


def _papers_for(role: str) -> tuple[Link, Link, Link]:
    name = role.replace("_", "-")
    return (
        Link(f"paper/sheets-{name}.pdf", _("Three services")),
        Link(f"paper/all-sheets-{name}.pdf", _("All services")),
        Link(f"paper/card-{name}.pdf", _("Card")),
    )


def _first_aid(name: str) -> str:
    return f"paper/{name}.pdf"


def _first_aid_papers() -> list[Link]:
    return [Link(_first_aid(file), _(name)) for file, name in first_aid.NAMES.items()]


def _papers_at_home() -> list[Link]:
    _some, every, card = _papers_for(EVERYONE)
    return [
        Link(
            every.file,
            _("Sheets for all services"),
            _("What matters most in each service, on A4 sheets with boxes to tick (PDF)."),
        ),
        Link(card.file, _("The card “Before you post”"), _("Three questions to ask before you post, on A5 (PDF).")),
        *_first_aid_papers(),
    ]
