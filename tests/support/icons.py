"""Draw the icons of the site again from reports/site/icon.svg: `python tests/support/icons.py`."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import sync_playwright

from privacyaudit.browser import find
from privacyaudit.offline.keeping import ICON, ICONS

HERE = Path(__file__).parents[2] / "reports" / "site"


def main() -> None:
    """Draw each size, with corners: what stands in the middle four fifths is never cut off."""
    drawing = re.sub(r' rx="\d+"', "", (HERE / ICON).read_text("utf-8"))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find.find(headless=True).path)
        for name, size in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing}")
            page.screenshot(path=HERE / name)
        browser.close()


if __name__ == "__main__":
    main()
