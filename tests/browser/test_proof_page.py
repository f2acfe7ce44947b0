"""Proof as a page and as a PDF in a real Chromium: everybody can read it, and it loads nothing."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.about_me.proof import entries
from privacyaudit.about_me.proof.sheet import Sheet
from privacyaudit.report.formats.pdf import print_pdf
from privacyaudit.report.formats.proof import page, page_with_pictures
from tests.support.chromium import chromium
from tests.support.proofs import ADDRESS, CANARY, WHEN, png, seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)

LONG = "https://example.org/" + "a-very-long-word" * 40
NOTE = "Gŵyl y tŷ: مرحبا"


def sheet() -> Sheet:
    said = seen(png(), png(), note=NOTE, addresses=(ADDRESS, LONG))
    return Sheet(WHEN, (entries.entry(said, 1, None, WHEN, "0" * 64),), last="ab" * 32)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_axe_finds_nothing_and_nothing_is_asked_for_or_cut_off(
    browser: Browser, tmp_path: Path, width: int, scheme: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    path = tmp_path / "proof.html"
    path.write_text(page(sheet(), beside={"0001-1.png": "pictures/0001-1.png"}), encoding="utf-8")
    opened = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(path.as_uri())
    result = axe.run(opened)
    assert result.violations_count == 0, result.generate_report()
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [path.as_uri()]
    assert said == []
    opened.context.close()


def test_the_page_that_is_printed_shows_each_picture(browser: Browser) -> None:
    pytest.importorskip("PIL.Image", reason="the extra [qr] is not installed")
    opened = browser.new_context().new_page()
    opened.set_content(page_with_pictures(sheet(), lambda _number, _place: png()))
    widths = opened.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert widths == [1, 1]
    opened.context.close()


def test_a_pdf_holds_welsh_arabic_and_whole_addresses_as_text(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext")
    path = tmp_path / "proof.pdf"
    html = page_with_pictures(sheet(), lambda _number, _place: png())
    with ThreadPoolExecutor(1) as apart:  # the driver of this file's browser is in this thread
        path.write_bytes(apart.submit(print_pdf, html).result())
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    whole = "".join(text.split())
    for words in (CANARY, "Gŵyl y tŷ", ADDRESS, LONG, "SHA-256", "ab" * 32):
        assert "".join(words.split()) in whole, words
    assert any("\u0600" <= sign <= "\u06ff" or "\ufe70" <= sign <= "\ufeff" for sign in whole)
    assert whole.count("a-very-long-word") == 40, "an address is printed once"
