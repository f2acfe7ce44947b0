"""What is to change on one sheet and as text: what stands there, what does not fit, and the files it leaves."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.model import AuditRecord, Verdict
from privacyaudit.report.formats import plan
from privacyaudit.report.view import View, build
from privacyaudit.report.writing import write
from privacyaudit.storage import files
from tests.support import records
from tests.support.drawn import Reader
from tests.support.records import CALENDAR, GUIDE, TODAY, audit, catalogue, check, checklist


def shown(record: AuditRecord, known: Catalogue) -> View:
    return build(record, known, [GUIDE], TODAY)


def test_the_text_has_each_thing_to_change_with_its_steps_in_the_order_of_the_report() -> None:
    view, known = records.whole()
    lines = plan.text(view).splitlines()
    assert lines[:3] == ["Privacy audit, 22 November 2026", view.headline.sentence, view.lead]
    cards = [card for shelf in view.shelves if shelf.to_change for card in shelf.cards]
    boxes = [line for line in lines[: lines.index("Could not tell: check these again")] if line.startswith("[ ]")]
    assert boxes == [f"[ ] {card.title}" for card in cards]
    for card in cards:
        found = known.loaded[card.place[0]].checklist.check(card.id)
        assert found
        assert all(f"    {step}" in lines for step in found.fix)
        assert not found.caution or f"    Before you start: {found.caution}" in lines
    assert "Photobook: 3 to change, about 1 minute" in lines
    assert "    You plan to change this by 24 December 2026." in lines


def test_the_text_says_where_to_look_once_more() -> None:
    known = catalogue(checklist("photobook", 3))
    text = plan.text(shown(audit(known, [Verdict.UNKNOWN]), known))
    assert "\nCould not tell: check these again\n[ ] Photobook: Settings (3)\n" in text


def test_a_text_without_anything_to_do_is_the_headline() -> None:
    known = catalogue(checklist("photobook", 3))
    assert plan.text(shown(audit(known, [Verdict.PASS]), known)) == (
        "Privacy audit, 22 November 2026\nAll 3 things checked look fine.\n"
    )


def test_an_address_that_only_the_record_knows_says_so_in_the_text() -> None:
    screens = [{"id": "settings", "title": "Settings", "web": "{site}/settings"}]
    site = {"ask": "Which server?", "default": "https://usual.example"}
    known = catalogue(checklist("elephant", 1, [check("elephant", 0, where={})], screens, site=site))
    part = records.platform(known.loaded["elephant"], site="https://false.example")
    text = plan.text(shown(audit(known, [Verdict.FAIL], platforms=(part,)), known))
    assert "https://false.example/settings (from the record, not the checklist)" in text


@pytest.mark.parametrize(("count", "steps", "large"), [(1, True, True), (6, True, True), (20, True, False)])
def test_a_sheet_has_the_steps_and_large_letters_as_long_as_there_is_room(count: int, steps: bool, large: bool) -> None:
    known = catalogue(checklist("photobook", count))
    [shelf] = shown(audit(known, [Verdict.FAIL]), known).shelves
    made = plan.sheet(shelf.parts)
    assert (made.steps, made.large, made.rest) == (steps, large, 0)


def test_what_does_not_fit_on_a_sheet_is_counted_there_and_the_first_things_are_kept() -> None:
    known = records.sized(300)[1]
    view = shown(audit(known, [Verdict.FAIL]), known)
    made = plan.sheet(view.shelves[0].parts)
    kept = [card.id for part in made.parts for card in part.cards]
    assert kept == [card.id for card in view.shelves[0].cards][: len(kept)]
    assert len(kept) + made.rest == 300
    html = plan.page(view)
    assert f"{made.rest} more things to do did not fit on this page." in html
    assert html.count('type="checkbox"') == len(kept)


def test_the_sheet_loads_nothing_and_says_what_it_is_not() -> None:
    html = plan.page(records.whole()[0])
    assert not {tag for tag, _attrs in Reader(html).tags} & {"script", "link", "img", "iframe", "form", "base", "a"}
    assert "Content-Security-Policy" in html[: html.index("<style>")]
    assert r"Not evidence of anything" in html


def test_the_plan_is_two_files_named_by_the_minute_and_never_written_over(tmp_path: Path) -> None:
    record, known = records.example()
    _view, paths = write(record, known, tmp_path, ["plan", "html"], calendar=CALENDAR)
    assert [path.name for path in paths] == [
        "privacy-audit-2026-11-22-1015.html",
        "privacy-plan-2026-11-22-1015.html",
        "privacy-plan-2026-11-22-1015.txt",
        "look-again-2026-11-22-1015.ics",
    ]
    assert set(paths) <= set(files.written())
    listed = re.findall(r"<code>(privacy-[\w.-]+)</code>", unescape(paths[0].read_text("utf-8")))
    assert listed == [path.name for path in paths[:3]]
    _view, again = write(record, known, tmp_path, ["plan"], calendar=CALENDAR)
    assert [path.name for path in again] == [
        "privacy-plan-2026-11-22-1015-2.html",
        "privacy-plan-2026-11-22-1015-2.txt",
    ]
