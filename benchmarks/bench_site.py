"""How large the page is with which the site starts, and how much a browser asks for to show it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.bench_measure import Figure, Part, conditions, size
from privacyaudit.browser import find, launch
from privacyaudit.offline import site, site_folder
from tests.support import whole_site

MOST_BYTES, MOST_REQUESTS = 250_000, 1


def measure() -> Part:
    """Build the site, and open it as somebody who was never there."""
    program = find.find(headless=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        site_folder.write(folder, whole_site.made())
        home = (folder / site.HOME).stat().st_size
        with whole_site.Server(folder) as server, launch.playwright() as driver:
            browser = driver.chromium.launch(executable_path=str(program.path))
            asked: list[str] = []
            page = browser.new_context(service_workers="block").new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.goto(server.origin, wait_until="networkidle")
            browser.close()
    requests = [url for url in asked if not url.startswith("data:")]
    limit = f"{MOST_REQUESTS}"
    return Part(
        (
            size("The site's first page, size", home, MOST_BYTES),
            Figure("… what a browser asks for to show it", f"{len(requests)}", "limit", limit, len(requests), 1.0),
        ),
        (
            "The browser does not keep the site meanwhile, which it does afterwards.",
            conditions(program.path.name),
        ),
    )
