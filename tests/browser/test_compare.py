"""The comparison of two audits in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.report.changes import page
from tests.support.chromium import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser
from tests.support.comparisons import (
    shown_example,
)

# -- the page --------------------------------------------------------------------------------------

browser = pytest.fixture(scope="module")(chromium)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_asked_for(browser: Browser, tmp_path: Path, width: int, scheme: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    path = tmp_path / "comparison.html"
    path.write_text(page(shown_example(quick=True)), encoding="utf-8")
    opened = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(path.as_uri())
    for _state in ("folded", "open"):
        result = axe.run(opened)
        assert result.violations_count == 0, result.generate_report()
        opened.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    small = opened.evaluate(
        """[...document.querySelectorAll('a, summary')]
           .map(one => [one.textContent, one.getBoundingClientRect().height]).filter(([text, height]) => height < 44)"""
    )
    assert small == []
    assert asked == [path.as_uri()]
    assert said == []
    opened.context.close()
