"""The report in a real Chromium: for everybody's eyes and hands, on a phone, in the dark and on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.catalogue import guidance
from privacyaudit.errors import BrowserError
from privacyaudit.model import Reason, Verdict
from privacyaudit.report.formats import pdf as html_pdf
from privacyaudit.report.formats import plan
from privacyaudit.report.formats.html import page as draw
from privacyaudit.report.view import build
from privacyaudit.report.writing import write
from tests.support import html_checker, nursery, records
from tests.support.chromium import chromium
from tests.support.records import CALENDAR, GUIDE, TODAY, audit, catalogue, check, checklist

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
FILES = ["privacy-audit-2026-11-22-1014.html", "privacy-audit-2026-11-22-1014.json"]


browser = pytest.fixture(scope="module")(chromium)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(draw(records.whole()[0]), tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(plan.page(records.whole()[0]), tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    record, known = records.long()
    assert (record.summary[Verdict.FAIL], len(record.findings)) == (45, 153)
    html = draw(build(record, known, guidance.guides(), TODAY, FILES))
    return save(html, tmp_path_factory.mktemp("long"))


def save(html: str, folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


def opened(browser: Browser, path: Path, width: int = 1280, scheme: Any = "light") -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto(path.as_uri())
    return page


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_axe_finds_nothing_with_parts_folded_and_open(browser: Browser, report: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(browser, report, width, scheme)
    for _state in ("folded", "open"):
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
        unfold(page)
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_axe_finds_nothing_in_the_plan(browser: Browser, sheet: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(browser, sheet, width, scheme)
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
    page.context.close()


# -- not too much of it ----------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height", "most"), [(1280, 900, 9), (390, 844, 14)])
def test_a_report_of_45_changes_in_153_checks_is_no_longer_than_somebody_reads(
    browser: Browser, long: Path, width: int, height: int, most: int
) -> None:
    page = opened(browser, long, width)
    assert page.evaluate("document.documentElement.scrollHeight") <= most * height
    assert len(page.locator("body").inner_text().split()) <= 2200
    page.context.close()


COVERED = """() => {
  const shown = (element) => {
    const range = document.createRange(); range.selectNodeContents(element); return [...range.getClientRects()]
  };
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom;
  return [...document.querySelectorAll('.things > li')].filter(line => {
    const fold = line.querySelector('summary');
    const texts = [...line.querySelectorAll(':scope > label, :scope > p, :scope > .note')].flatMap(shown);
    return fold && shown(fold).some(one => texts.some(text => meet(one, text)))
  }).map(line => line.innerText)
}"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_word_of_a_fold_covers_no_other_word(browser: Browser, long: Path, width: int) -> None:
    page = opened(browser, long, width)
    assert page.locator(".things > li summary").count() > 45
    assert page.evaluate(COVERED) == []
    page.context.close()


def test_each_line_of_the_plan_is_ticked_and_unfolded_by_keyboard_alone_and_without_a_script(
    browser: Browser, report: Path
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(report.as_uri())
    boxes = page.get_by_role("checkbox")
    assert boxes.count() > 3
    box = page.get_by_role("checkbox", name="Strangers cannot tag you in a photo (1)").first
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Before you start:").first.wait_for(state="visible")
    page.keyboard.press("Enter")
    page.get_by_text("Before you start:").first.wait_for(state="hidden")
    page.context.close()


def test_axe_can_find_something(browser: Browser, report: Path, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    spoilt = report.read_text(encoding="utf-8").replace('<html lang="en">', "<html>")
    page = opened(browser, save(spoilt, tmp_path))
    assert "html-has-lang" in axe.run(page).generate_report()
    page.context.close()


def test_opening_the_file_asks_for_nothing_and_nothing_complains(browser: Browser, report: Path) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(report.as_uri())
    unfold(page)
    page.wait_for_load_state("networkidle")
    assert asked == [report.as_uri()]
    assert said == []
    page.context.close()


def test_the_policy_lets_the_style_in_and_keeps_a_script_out(browser: Browser, report: Path, tmp_path: Path) -> None:
    page = opened(browser, report)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()
    bold = report.read_text(encoding="utf-8").replace("</body>", "<script>document.title = 'changed'</script></body>")
    page = opened(browser, save(bold, tmp_path))
    assert page.title() == "Privacy audit, 22 November 2026"
    page.context.close()


@pytest.mark.parametrize("kind", ["Worse", "Better"])
def test_what_changed_leads_to_its_card_also_where_that_is_folded(browser: Browser, report: Path, kind: str) -> None:
    page = opened(browser, report)
    link = page.locator(f"h3:has-text('{kind}') ~ ul.changes li").last.locator("a").first
    card = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
    link.click()
    card.wait_for(state="visible")
    assert card.evaluate("one => one.matches(':target')")
    page.context.close()


def test_the_dark_scheme_is_dark(browser: Browser, report: Path) -> None:
    page = opened(browser, report, scheme="dark")
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", shade)) < 40
    page.context.close()


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_small_phone(browser: Browser, tmp_path: Path, width: int) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenband"
    checks = [
        check(
            "photobook",
            number,
            title=f"{long} {number}",
            fix=[long],
            caution=long,
            where={"web": f"https://{'a' * 60}.example/{'b' * 300}", "menu": [long, long], "ios": [long, long, long]},
        )
        for number in range(12)
    ]
    known = catalogue(checklist("photobook", 12, checks, name=long, limits=(long,)))
    html = draw(build(audit(known), known, [GUIDE], TODAY, FILES))
    page = opened(browser, save(html, tmp_path), width)
    for _state in ("folded", "open"):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        unfold(page)
    page.context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_pressed_is_large_enough_for_a_thumb(browser: Browser, report: Path, width: int) -> None:
    page = opened(browser, report, width)
    unfold(page)
    small = page.evaluate(
        """[...document.querySelectorAll(
              'summary, label, .links a, .head a, .look > a, dd a, .legend a, .session a, .changes a')]
           .map(one => [one.textContent, one.getBoundingClientRect().height]).filter(([text, height]) => height < 44)"""
    )
    assert small == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_on_everything_that_takes_it(browser: Browser, report: Path, scheme: str) -> None:
    page = opened(browser, report, scheme=scheme)
    stops = page.evaluate(
        """[...document.querySelectorAll('a, summary, input')]
           .filter(one => !(one.tagName === 'SUMMARY' ? one.parentElement.parentElement : one)
                          .closest('details:not([open])')).length"""
    )
    seen = 0
    while True:
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
                       return [one.tagName, style.outlineStyle, style.outlineWidth] }"""
        )
        if style[0] == "BODY":
            break
        assert style[1:] == ["solid", "3px"]
        seen += 1
    assert seen == stops
    page.context.close()


# -- paper -----------------------------------------------------------------------------------------


def printed(browser: Browser, path: Path, folder: Path) -> list[str]:
    """Print a page to PDF and return the text of each sheet."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    page = opened(browser, path)
    pdf = folder / "report.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    page.context.close()
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def test_each_sheet_of_paper_has_its_number_the_date_and_what_it_is_not(
    browser: Browser, report: Path, tmp_path: Path
) -> None:
    sheets = printed(browser, report, tmp_path)
    assert len(sheets) > 5
    for number, sheet in enumerate(sheets, 1):
        foot = sheet.rstrip().splitlines()[-1]
        assert "Privacy audit, 22 November 2026. Not evidence of anything." in foot
        assert f"{number} / {len(sheets)}" in foot


def test_paper_is_a4_and_shows_what_is_folded_on_the_screen(browser: Browser, report: Path, tmp_path: Path) -> None:
    text = " ".join(" ".join(printed(browser, report, tmp_path)).split())
    view, known = records.whole()
    record = view.record
    assert "Since your last audit" in text
    assert "Save the file" not in text
    for one in record.findings:
        checklist = known.loaded[one.check.split(".")[0]].checklist
        found = checklist.check(one.check)
        assert found is not None
        web = checklist.where(found).web
        assert text.count(found.title) >= sum(1 for other in record.findings if other.check == one.check)
        if one.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE):
            continue
        assert web is None or f"({web})".replace("{site}", "https://commons.example") in text.replace(" ", "")
        assert all(step in text for step in (*found.fix, found.caution or ""))
    to_do = [one for one in record.findings if one.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE)]
    assert text.count("finds this first, and can show it") == len(to_do)
    assert "A new account starts with" not in text, "facts are for looking up"
    size = subprocess.run(["pdfinfo", tmp_path / "report.pdf"], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in size


@pytest.mark.parametrize("changes", [0, 1, 6, 30, 45, 300])
def test_the_plan_is_one_sheet_of_a4_and_says_what_is_not_on_it(browser: Browser, tmp_path: Path, changes: int) -> None:
    record, known = records.long() if changes == 45 else records.sized(changes)
    if changes not in (0, 45):
        record = audit(known, [Verdict.FAIL])
    view = build(record, known, [GUIDE], TODAY)
    html = plan.page(view)
    [text] = printed(browser, save(html, tmp_path), tmp_path)
    assert "Not evidence of anything." in text
    size = subprocess.run(["pdfinfo", tmp_path / "report.pdf"], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in size
    left = re.search(r"(\d+) more things? to do did not fit on this page", " ".join(text.split()))
    assert html.count('type="checkbox"') + (int(left[1]) if left else 0) == record.summary[Verdict.FAIL]
    assert bool(left) == (changes == 300), "45 changes fit"


def test_no_card_is_cut_and_no_heading_is_left_behind(browser: Browser, tmp_path: Path) -> None:
    checks = [
        check(
            "photobook",
            number,
            title=f"Begin {number}.",
            fix=["Open it.", "Look.", *(["Look again."] * (number % 7)), f"End {number}."],
        )
        for number in range(48)
    ]
    known = catalogue(checklist("photobook", 48, checks))
    record = audit(known, [Verdict.FAIL, Verdict.CHOICE, Verdict.FAIL, Verdict.UNKNOWN, Verdict.ACCEPTED])
    sheets = printed(browser, save(draw(build(record, known, [GUIDE], TODAY)), tmp_path), tmp_path)
    for number in range(48):
        begun = [sheet for sheet in sheets if f"Begin {number}." in sheet.replace("Photobook: Begin", "")]
        assert begun
        reached = record.findings[number].reason is not Reason.STOPPED
        assert all((f"End {number}." in sheet) == reached for sheet in begun)
    words = (
        r"(To change|Your choice|Could not tell|Not reached yet|Accepted) \(\d+\)|What to do|If .* change.*|Settings"
    )
    headings = rf"^ *(. )?({words}|Photobook \d+ to change.*|Photobook \(\d+\))$"
    for sheet in sheets:
        lines = [line for line in sheet.strip().splitlines()[:-1] if line.strip()]
        assert not re.match(headings, lines[-1]), lines[-1]


# -- the HTML itself -------------------------------------------------------------------------------


def test_the_nu_html_checker_has_no_errors(report: Path, sheet: Path, long: Path, tmp_path: Path) -> None:
    record, known = records.sized(40)
    empty = catalogue()
    first = draw(build(*records.example(), [GUIDE], TODAY, FILES))
    pages = [
        report,
        sheet,
        long,
        save(first, tmp_path),
        tmp_path / "gone.html",
        tmp_path / "nothing.html",
        tmp_path / "broken.html",
    ]
    (tmp_path / "gone.html").write_text(draw(build(record, empty, [GUIDE], TODAY)), encoding="utf-8")
    (tmp_path / "nothing.html").write_text(draw(build(audit(empty, [], demo=True), known, [], TODAY)), encoding="utf-8")
    (tmp_path / "broken.html").write_text(
        report.read_text(encoding="utf-8").replace("<h1>", "<h1><table>"), encoding="utf-8"
    )
    found = html_checker.errors(pages)
    assert {name for name, _message in found} == {"broken.html"}, found


def test_a_pdf_to_send_by_mail_holds_the_words_and_no_script_and_is_written_after_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (poppler-utils)")
    record, known = records.example()
    [kept] = write(record, known, tmp_path, ["json"])[1]
    words = [sys.executable, "-m", "privacyaudit", "report", str(kept), "--format", "pdf,html", "--no-open"]
    done = nursery.run(words, timeout=60)
    assert done.returncode == 0, done.stderr
    [pdf] = tmp_path.glob("*.pdf")
    said = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "Privacy audit, 22 November 2026" in said
    assert not re.search(rb"/JavaScript|/JS\b|/EmbeddedFile|/Launch", pdf.read_bytes())
    monkeypatch.setattr(html_pdf, "print_pdf", refused)
    with pytest.raises(BrowserError):
        write(record, known, tmp_path / "more", ["pdf", "html", "json"], calendar=CALENDAR)
    assert sorted(path.suffix for path in (tmp_path / "more").iterdir()) == [".html", ".ics", ".json"]


def refused(_html: str) -> bytes:
    raise BrowserError("It did not start.", "Try again.")
