"""Scripts and styles are asked for once where the site allows it; pages, replies and everything else each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.guard import Guard
from tests.support.site import Reply, Site

pytestmark = pytest.mark.browser

LONG = (("cache-control", "public, max-age=3600"),)
FILES: dict[str, tuple[Reply, int]] = {
    "/long.js": (Reply("document.body.dataset.long = 'here';", kind="text/javascript", headers=LONG), 1),
    "/long.css": (Reply("p { color: rgb(1, 2, 3) }", kind="text/css", headers=LONG), 1),
    "/short.js": (Reply("1", kind="text/javascript", headers=(("cache-control", "max-age=5"),)), 2),
    "/unsaid.js": (Reply("1", kind="text/javascript"), 2),
    "/never.js": (Reply("1", kind="text/javascript", headers=(("cache-control", "no-store, max-age=3600"),)), 2),
    "/cookie.js": (Reply("1", kind="text/javascript", headers=(*LONG, ("vary", "Cookie"))), 2),
    "/broken.js": (Reply("1", 500, "text/javascript", LONG), 2),
    "/large.js": (Reply("//" + "x" * 2_000_001, kind="text/javascript", headers=LONG), 2),
    "/data": (Reply('{"on": true}', kind="application/json", headers=LONG), 2),
    "/picture.png": (Reply(b"x", kind="image/png", headers=LONG), 2),
}
PAGE = (
    '<!doctype html><html lang="en"><link rel="stylesheet" href="/long.css"><body><p>x</p>'
    + "".join(f'<script src="{path}"></script>' for path in FILES if path.endswith(".js"))
    + '<img src="/picture.png"><script>fetch("/data")</script>'
)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        running.pages |= {path: reply for path, (reply, _times) in FILES.items()}
        running.pages |= {"/one": Reply(PAGE, headers=LONG), "/two": Reply(PAGE, headers=LONG)}
        yield running


def test_only_scripts_and_styles_that_may_be_kept_are_kept_and_work_as_before(site: Site) -> None:
    gate = Gate([site.host])
    with (
        launch.playwright() as driver,
        launch.browser(driver, find.find(headless=True), gate, headless=True) as running,
    ):
        guard = Guard(gate, [site.host])
        page = guard.context(running, None).new_page()
        for path in ("/one", "/two"):
            guard.open(page, f"{site.origin}{path}", 10_000)
            page.wait_for_load_state("networkidle")
            assert page.locator("body").get_attribute("data-long") == "here"
            assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"
    assert {path: site.paths().count(path) for path in FILES} == {
        path: times for path, (_reply, times) in FILES.items()
    }
    assert site.paths().count("/one") == 1


def test_a_second_session_knows_nothing_of_the_first(site: Site) -> None:
    for _session in range(2):
        gate = Gate([site.host])
        with (
            launch.playwright() as driver,
            launch.browser(driver, find.find(headless=True), gate, headless=True) as running,
        ):
            guard = Guard(gate, [site.host])
            guard.open(guard.context(running, None).new_page(), f"{site.origin}/one", 10_000)
    assert site.paths().count("/long.js") == 2
