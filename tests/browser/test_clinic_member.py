"""One member at a clinic, from the join code to the second share, in a real browser against the real program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.model import Verdict
from privacyaudit.plan import plan
from tests.support.chromium import chromium
from tests.support.clinic_desk import desk, free_port, named
from tests.support.offline_page import run
from tests.support.page_in_browser import PHONE, answer_all, copied, headline, in_order, press, titles

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PLATFORMS = ("everyday", "facebook", "whatsapp")
ROLE = "teacher"
KNOWN = loading.catalogue()
ITEMS = in_order(plan([KNOWN.checklist(name) for name in PLATFORMS], ROLE, {}, quick=True).items, ROLE)


browser = pytest.fixture(scope="module")(chromium)


def option(number: int, *verdicts: Verdict) -> int:
    """Return the place of the first answer of a question that has one of these verdicts."""
    options = ITEMS[number].check.options
    return next(place for v in verdicts for place, one in enumerate(options) if one.verdict_for(ROLE) is v)


def everything_to_change(number: int, _count: int) -> int:
    return option(number, Verdict.FAIL)


def share(page: Page, button: str) -> int:
    with page.expect_response("**/share") as reply:
        press(page, button)
    return reply.value.status


def saved_answers(page: Page, path: Path) -> dict[str, Any]:
    path.write_text(copied(page, "Show my answers to copy"))
    made: dict[str, Any] = json.loads(path.read_text())["answers"]
    return made


def audited(answers: Path, folder: Path) -> dict[str, list[str]]:
    """Run the program with an answers file and return the titles of its findings by verdict, in the walk's order."""
    options = ("--answers", answers, "--role", ROLE, "--quick", "--no-input", "--out", folder)
    done = run("audit", *PLATFORMS, *map(str, options), cwd=answers.parent)
    assert done.returncode == 0, done.stderr
    [record] = folder.glob("*.json")
    verdicts = {finding["check"]: finding["verdict"] for finding in json.loads(record.read_text())["findings"]}
    found: dict[str, list[str]] = {}
    for item in ITEMS:
        found.setdefault(verdicts[item.check.id], []).append(item.check.title)
    return found


def test_a_member_joins_answers_prints_saves_shares_changes_something_and_shares_again(
    browser: Browser, tmp_path: Path
) -> None:
    words = (*named("Ysgol X", tmp_path / "out"), *PLATFORMS, "--quick", "--role", ROLE, "--port", free_port())
    with desk(*words) as clinic:
        clinic.opened()
        context = browser.new_context(viewport={"width": PHONE, "height": 844}, has_touch=True)
        page = context.new_page()
        asked: list[str] = []
        context.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
        page.goto(f"http://127.0.0.1:{clinic.port}/")
        page.get_by_label("code").fill(clinic.code)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Start", exact=True).wait_for()
        press(page, "Start")
        given = answer_all(page, everything_to_change)
        assert len(given) == len(ITEMS)
        assert headline(page) == f"{len(ITEMS)} to change, out of {len(ITEMS)} checks."

        page.emulate_media(media="print")
        paper = page.pdf(path=str(tmp_path / "page.pdf"))
        assert paper.startswith(b"%PDF")
        assert not page.get_by_role("button", name="Show my answers to copy").is_visible()
        page.emulate_media(media="screen")

        answers = saved_answers(page, tmp_path / "first.json")
        assert answers == {item.check.id: one for item, one in zip(ITEMS, given, strict=True)}
        assert titles(page) == audited(tmp_path / "first.json", tmp_path / "first")
        before = [line for line in asked if "/share" in line]
        assert before == []
        assert share(page, "Share counts with this clinic") == 204

        number = next(n for n, item in enumerate(ITEMS) if item.check.severity == "high")
        check = ITEMS[number].check
        page.locator(f"[id='{check.id}'] summary").click()
        page.get_by_role("button", name=f"Answer again: {check.title}").click()
        line = page.get_by_role("group", name=check.question, exact=True)
        line.locator("[data-answer]").nth(option(number, Verdict.PASS)).click()
        press(page, "Continue")
        page.get_by_role("button", name="Share what I changed").wait_for()
        assert headline(page) == f"{len(ITEMS) - 1} to change, out of {len(ITEMS)} checks."
        assert share(page, "Share what I changed") == 204
        changed = saved_answers(page, tmp_path / "second.json")
        assert [check for check in answers if answers[check] != changed[check]] == [ITEMS[number].check.id]
        context.close()

        assert all(line.startswith("GET ") for line in asked if "/share" not in line)
        said = clinic.end()
        assert "1" in said
    [record] = (tmp_path / "out").glob("*.json")
    made = json.loads(record.read_text())
    assert made["taking_part"] == 1
    assert {(row["told"], row["to_change"], row["fixed"]) for row in made["checks"]} == {(None, None, None)}
