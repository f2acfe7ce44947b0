"""Sheets and the card, as a real browser prints them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.offline import handout, site
from privacyaudit.report.formats.pdf import print_pdf
from tests.support import handouts, records
from tests.support.chromium import BROWSERS
from tests.support.offline_page import run
from tests.support.site import Site

known = pytest.fixture(scope="module")(handouts.known)


# -- on paper --------------------------------------------------------------------------------------


def sheets_of(pdf: bytes, folder: Path) -> tuple[dict[str, str], list[str]]:
    """Return what pdfinfo says about a PDF, and the text of each of its sheets."""
    for tool in ("pdfinfo", "pdftotext"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} (poppler-utils) is not installed")
    path = folder / "made.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    facts = {name: value.strip() for name, value in (line.split(":", 1) for line in told.splitlines())}
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return facts, text.split("\f")[:-1]


def need_browser() -> None:
    pytest.importorskip("playwright", reason="the extra “browser” is not installed")
    if not any(Path(path).exists() for path in BROWSERS):
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")


@pytest.mark.browser
def test_a_sheet_is_tagged_a4_and_a_platform_begins_a_new_one(known: Catalogue, tmp_path: Path) -> None:
    need_browser()
    names = ["everyday", "facebook", "whatsapp", "wikipedia"]
    facts, sheets = sheets_of(print_pdf(handout.sheets(known, names)), tmp_path)
    assert facts["Tagged"] == "yes"
    assert facts["Page size"].endswith("(A4)")
    assert facts["JavaScript"] == "no"
    assert len(sheets) == len(names)
    way = dict.fromkeys(re.findall("<h2>(.*?)</h2>", handout.sheets(known, names)))
    in_order = sorted(names, key=lambda name: list(way).index(known.checklist(name).checklist.platform.name))
    for name, sheet in zip(in_order, sheets, strict=True):
        assert known.checklist(name).checklist.platform.name in sheet.strip().splitlines()[1]
        assert "Not evidence of anything." in sheet.rstrip().splitlines()[-1]


@pytest.mark.browser
def test_the_card_is_one_tagged_sheet_of_a5(known: Catalogue, tmp_path: Path) -> None:
    need_browser()
    for role in (known.roles[0], max(known.roles, key=lambda one: len("".join(one.signposts)))):
        facts, sheets = sheets_of(print_pdf(handout.card(known, role=role.id)), tmp_path)
        assert (facts["Tagged"], len(sheets)) == ("yes", 1)
        width, height = map(float, re.findall(r"[\d.]+", facts["Page size"])[:2])
        assert (round(width), round(height)) == (420, 595)


@pytest.mark.browser
def test_the_poster_of_the_site_is_one_tagged_sheet_of_a4(known: Catalogue, tmp_path: Path) -> None:
    need_browser()
    facts, sheets = sheets_of(print_pdf(site.papers(known)[site.POSTER]), tmp_path)
    assert (facts["Tagged"], len(sheets)) == ("yes", 1)
    assert facts["Page size"].endswith("(A4)")
    assert "Who can see" in sheets[0]


@pytest.mark.browser
def test_a_platform_with_many_checks_goes_on_on_the_next_sheet_and_none_is_cut(tmp_path: Path) -> None:
    need_browser()
    checks = [
        records.check(
            "pond",
            number,
            essential=True,
            title=f"Begin {number}.",
            fix=["Open it.", *(["Look again."] * (number % 9)), f"End {number}."],
        )
        for number in range(14)
    ]
    one = records.checklist("pond", 14, checks)
    _facts, sheets = sheets_of(print_pdf(handout.sheets(records.catalogue(one), ["pond"])), tmp_path)
    assert len(sheets) > 1
    for number in range(14):
        begun = [sheet for sheet in sheets if f"Begin {number}." in sheet]
        assert len(begun) == 1
        assert f"End {number}." in begun[0]
    assert all("Pond" in sheet for sheet in sheets)


@pytest.mark.browser
def test_printing_runs_no_script_and_reaches_nothing(tmp_path: Path) -> None:
    need_browser()
    html = '<!DOCTYPE html><title>x</title><p id="p">before</p><script>p.textContent = "after"</script>'
    with Site() as site:
        _facts, sheets = sheets_of(print_pdf(f'{html}<img src="{site.origin}/x.png" alt="not loaded">'), tmp_path)
        assert site.log == []
    assert "before" in sheets[0]
    assert "after" not in sheets[0]


@pytest.mark.browser
def test_the_command_writes_each_paper_as_pdf(tmp_path: Path) -> None:
    need_browser()
    done = run("page", "texting", "--print", "--pdf", "--role", "teacher", "-o", "paper.pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    papers = ["paper", "paper-card", "paper-first-hour", "paper-first-hour-under-18", "paper-fake-account"]
    assert done.stdout.splitlines() == [f"Written: {paper}.pdf" for paper in papers]
    for paper in papers:
        assert (tmp_path / f"{paper}.pdf").read_bytes().startswith(b"%PDF-")
