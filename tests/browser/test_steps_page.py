"""The page of steps in a real browser: for everyone, without loading anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.about_me import ladder, occasions, places
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.about_me.leads import known
from privacyaudit.about_me.places import Atlas
from privacyaudit.catalogue import loading
from privacyaudit.model import Author, Harm
from privacyaudit.report.formats import steps
from tests.support.chromium import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

browser = pytest.fixture(scope="module")(chromium)

TODAY = date(2026, 11, 30)


def pages() -> dict[str, str]:
    atlas = places.atlas()
    case = Case(Harm.FAKE_ACCOUNT, "tiktok", Author.PUPIL, work=True)
    return {
        "plan": steps.page(ladder.plan(case, atlas, TODAY), TODAY),
        "card": steps.card(first_hour(atlas, child=False), TODAY),
        "walk": walk(atlas),
    }


def walk(atlas: Atlas) -> str:
    occasion = occasions.occasion("new-name")
    made = occasions.steps(
        occasion, ["facebook", "google-account", "mastodon"], known(loading.catalogue(), atlas), TODAY
    )
    sections = occasions.sections(made, occasions.left(made, [], TODAY))
    return steps.sheet(occasion.title, sections, TODAY, about=occasions.about(occasion, atlas))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["plan", "card", "walk"])
def test_axe_finds_nothing_and_nothing_is_asked_for(
    browser: Browser, tmp_path: Path, name: str, width: int, scheme: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    path = tmp_path / "steps.html"
    path.write_text(pages()[name], encoding="utf-8")
    opened = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(path.as_uri())
    result = axe.run(opened)
    assert result.violations_count == 0, result.generate_report()
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    heights = opened.evaluate("[...document.querySelectorAll('a')].map(one => one.getBoundingClientRect().height)")
    assert heights
    assert all(height >= 44 for height in heights)
    assert asked == [path.as_uri()]
    assert said == []
    opened.context.close()
