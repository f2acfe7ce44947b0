"""Pretend settings pages of platforms that cannot be run here, written from the facts, and a way to read them.

A variant is one way in which a platform may build its pages. Each has two users with opposite settings, and says which
option of each probed check is true for them: None where the pages cannot tell, so that the answer must be *unknown*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit.browser import find
from privacyaudit.catalogue import faults, sites, strictyaml
from privacyaudit.catalogue.loading import Loaded
from privacyaudit.clock import now
from privacyaudit.judge import judge
from privacyaudit.model import SITE, Checklist, Finding, Observation
from privacyaudit.plan import Item, plan
from privacyaudit.readers.web import guarded_reading
from tests.support.site import Reply, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

CHECKLISTS = Path(__file__).parents[3] / "checklists"
ROLE = "teacher"

Pages = Mapping[str, Reply | Callable[..., Reply]]


@dataclass(frozen=True)
class Variant:
    """One way in which a platform may build its pages.

    `truths` maps each of two users to check id → option id, for every check that has a probe. `pages` gives what stands
    at each path for a user, with relative addresses only; `hosts` are further hosts of the platform that the pages use,
    which are served from the same place. `shown` has the answers that a page shows but does not prove: a change
    can make them ones that can be told.
    """

    platform: str
    name: str
    truths: Mapping[str, Mapping[str, str | None]]
    pages: Callable[[str], Pages]
    shown: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)


def moved(platform: str, host: str) -> Loaded:
    """Return a shipped checklist as if all its hosts were `host` (127.0.0.1 and a port) without https or a sign-in.

    The same goes for the site of a platform that asks for one.
    """
    path = CHECKLISTS / f"{platform}.yaml"
    shipped = strictyaml.parse(path.read_text(encoding="utf-8"), str(path))
    entry = faults.validate(Checklist, shipped, path).platform
    text = path.read_text(encoding="utf-8")
    for name in sorted(set(entry.hosts) - {SITE}, key=len, reverse=True):
        text = text.replace(f"https://{name}", f"http://{host}")
        text = re.sub(rf"(?<![\w./-]){re.escape(name)}(?![\w/-])", host, text)
    parsed = strictyaml.parse(text, str(path))
    made = faults.validate(Checklist, parsed, path)
    if entry.site:
        made = sites.bind(made, f"http://{host}")
    made = made.model_copy(update={"platform": made.platform.model_copy(update={"sign_in": None, "sign_out": None})})
    return Loaded(made, path, "0" * 64, "built-in", parsed)


def read(driver: Playwright, variant: Variant, user: str) -> dict[str, Finding]:
    """Read the pages of a user in a real guarded browser; return the finding of every check that has a probe."""
    with Site() as site:
        site.pages.update(variant.pages(user))
        loaded = moved(variant.platform, site.host)
        items = [item for item in plan([loaded], ROLE, {}).items if item.check.probes]
        found: dict[str, list[Observation]] = {item.check.id: [] for item in items}
        program = find.find(headless=True)
        refused: list[str] = []
        for check, observation in guarded_reading(
            driver,
            program,
            loaded.checklist,
            items,
            {"cookies": [], "origins": []},
            headless=True,
            refused=refused,
        ):
            found[check].append(observation)
        assert not site.writes, site.writes
    return {item.check.id: _judged(item, found[item.check.id]) for item in items}


def _judged(item: Item, observations: list[Observation]) -> Finding:
    return judge(item.check, observations, ROLE, now().date())
