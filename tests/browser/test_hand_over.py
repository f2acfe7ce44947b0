"""A real browser that is handed over arrives where it was sent, with every letter, and tells nobody where from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from privacyaudit.about_me.searches import Words, plan
from privacyaudit.model import Search, Word
from privacyaudit.serving.hand_over import open_unseen
from tests.support.chromium import chromium
from tests.support.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(chromium)
NAMES = ("Siân O'Brien-Jones", "ليلى حسن", "Llŷr ap Gwŷnedd", "J. R. Hill & Dale? #1 + 50%", "x" * 200)


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_arrives_with_every_letter_and_says_nothing_of_where_it_was(
    browser: Browser, site: Site, name: str
) -> None:
    search = Search.model_validate(
        {
            "id": "pond",
            "title": "Pond",
            "finds": "Frogs.",
            "look": "Below the leaves.",
            "query": '"{called}"',
            "address": f"{site.origin}/search?q={{query}}",
            "harm": "low",
            "change": "everyday.removal",
            "confidence": "low",
        }
    )
    [planned] = plan(Words({Word.NAME: (name,)}), [search])
    assert planned.address is not None
    context = browser.new_context()
    page = context.new_page()

    def opens(address: str) -> bool:
        page.goto(address)
        return True

    assert open_unseen(planned.address, opens)
    assert page.evaluate("document.referrer") == ""
    assert page.evaluate("history.length") <= 2
    [arrived] = [seen for seen in site.log if seen.path == "/search"]
    assert parse_qs(arrived.query) == {"q": [f'"{name}"']}
    context.close()
