"""What is handed on has no form that attacks have, in any variant: mail filters hold back such files unread."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clinic import pages, record, session
from privacyaudit.model import Verdict
from privacyaudit.offline import handout, out_there, page
from privacyaudit.over_time.compare import compare
from privacyaudit.report import changes
from privacyaudit.report.view import build
from privacyaudit.report.writing import FORMATS, PLANS, write
from tests.support import records
from tests.support.records import TODAY

SMUGGLES = {
    "a file inside the page": r"\bdata:(?!image/)[a-z]+/|;\s*base64\s*,",
    "a file made by a script": r"createObjectURL|\bBlob\b|\bnew File\b|msSave|showSaveFilePicker|FileReader",
    "a link that saves": r"<a\b[^>]*\sdownload\b|\.download\b|[\"']download[\"']",
    "words made of numbers": r"\batob\b|\bbtoa\b|fromCharCode|unescape\(|\\x[0-9a-f]{2}\\x",
    "text that becomes program": r"\beval\(|new Function|document\.write|javascript:",
    "a clipboard that is written to": r"clipboard|execCommand",
    "a page in a page": r"<(iframe|object|embed|base)\b|http-equiv=.?refresh",
}
"""What public rules for mail look for, by its kind."""


def known() -> Catalogue:
    return loading.catalogue()


def reports() -> list[str]:
    first, catalogue = records.example()
    view, _known = records.whole()
    earlier = records.earlier(first)
    compared = changes.view(compare(earlier, first, catalogue), catalogue, TODAY)
    shapes = [records.audit(catalogue, [verdict] * 30) for verdict in Verdict]
    ways = [*FORMATS.values(), *PLANS.values()]
    views = [view, *(build(one, catalogue, [records.GUIDE], TODAY) for one in shapes)]
    made = [way(one) for one in views for way in ways]
    return [*made, changes.page(compared)]


def clinic() -> list[str]:
    plan = session.plan(known(), "X", None, ["everyday"], quick=True, address="192.168.43.57", port=8360, today=TODAY)
    tally = session.tally(known(), plan, TODAY)
    made = record.make(plan, tally)
    return [
        pages.join("Ysgol X"),
        pages.note("Ysgol X", "It has ended.", "Thank you."),
        pages.board(plan, tally, pages.Titles(known()), "192.168.43.57:8360", "<svg></svg>"),
        pages.report(made, [made], known()),
    ]


VARIANTS: dict[str, Callable[[], list[str]]] = {
    "reports and comparison": reports,
    "page": lambda: [
        page.build(known()),
        page.build(known(), ["facebook", "dating"], role="teacher", quick=True),
        page.build(known(), ["everyday"], clinic="Ysgol X"),
    ],
    "something out there": lambda: [out_there.build(known())],
    "sheets and card": lambda: [
        handout.sheets(known()),
        handout.sheets(known(), ["facebook"], role="teacher"),
        handout.card(known()),
        *(handout.card(known(), role=role.id) for role in known().roles),
    ],
    "clinic": clinic,
}


@pytest.mark.parametrize("name", VARIANTS)
def test_nothing_that_is_handed_on_has_the_form_of_an_attack(name: str) -> None:
    for text in VARIANTS[name]():
        for kind, pattern in SMUGGLES.items():
            found = re.search(pattern, text, re.IGNORECASE)
            assert found is None, (kind, text[max(0, found.start() - 80) : found.end() + 40])


def test_the_rules_find_what_this_program_did_before() -> None:
    before = (
        ("a file inside the page", '<a href="data:text/calendar;charset=utf-8;base64,QkVHSU4=">'),
        ("a link that saves", '<a download="look-again.ics" href="x">'),
        ("a link that saves", "link.download = name;"),
        ("a file made by a script", "URL.createObjectURL(new Blob([content], { type }))"),
    )
    for kind, text in before:
        assert re.search(SMUGGLES[kind], text, re.IGNORECASE), kind
    assert not re.search(SMUGGLES["a file inside the page"], "sha256-abc=; img-src data:; your data: all of it")


def test_a_report_names_nothing_beside_it_that_was_not_written(tmp_path: Path) -> None:
    made, catalogue = records.example()
    _view, paths = write(made, catalogue, tmp_path / "out", ["html"], calendar=records.CALENDAR)
    named = re.findall(r"<code>([\w.-]+\.(?:ics|html|json|csv|pdf))</code>", paths[0].read_text(encoding="utf-8"))
    assert set(named) == {path.name for path in (tmp_path / "out").iterdir()}
