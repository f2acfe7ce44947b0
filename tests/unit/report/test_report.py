"""The report without a browser: what it says, what it never says, and the files it leaves."""

from __future__ import annotations

import base64
import csv
import errno
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from html import unescape
from io import StringIO
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import BaseModel, ValidationError
from typer.testing import CliRunner

from privacyaudit import __version__, effort, i18n, labels, model, walk
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue, Loaded
from privacyaudit.cli.commands.report import app
from privacyaudit.clock import today
from privacyaudit.errors import RecordError, SaveError, UsageError
from privacyaudit.model import (
    Area,
    AuditRecord,
    Check,
    Checklist,
    Count,
    Earlier,
    Flag,
    Observation,
    Reason,
    Refusals,
    Row,
    Severity,
    SignedOut,
    Verdict,
    WrittenRecord,
    tally,
)
from privacyaudit.over_time.compare import compare
from privacyaudit.plan import Item
from privacyaudit.reminders.calendar import for_report
from privacyaudit.report import changes
from privacyaudit.report.formats import comparison_json, plan
from privacyaudit.report.formats.csv import COLUMNS
from privacyaudit.report.formats.html import page
from privacyaudit.report.headline import HeadlineForm, headline
from privacyaudit.report.view import CalendarFile, View, build
from privacyaudit.report.writing import FORMATS, read_record, read_written, write
from privacyaudit.storage import files
from tests.support import records
from tests.support.drawn import Brackets, Reader, outside_brackets
from tests.support.records import (
    CALENDAR,
    FINISHED,
    GUIDE,
    SPRING,
    TODAY,
    audit,
    catalogue,
    check,
    checklist,
    finding,
    sized,
)

ROOT = Path(__file__).parents[3]
FAIL, CHOICE, UNKNOWN, ACCEPTED, PASS, APART = Verdict


def shown(record: AuditRecord, known: Catalogue, today: date = TODAY, **changes: Any) -> View:
    return build(record, known, [GUIDE], today, **changes)


def drawn(record: AuditRecord, known: Catalogue, today: date = TODAY) -> str:
    return page(shown(record, known, today))


def whole() -> str:
    """Draw a second audit with everything that a report can have."""
    return page(records.whole()[0])


def of(*verdicts: Verdict, **changes: Any) -> tuple[AuditRecord, Catalogue]:
    """One platform with one check for each verdict."""
    known = catalogue(checklist("photobook", max(1, len(verdicts))))
    return audit(known, verdicts, **changes), known


def thing(html: str, check_id: str) -> str:
    found = re.findall(rf'<li id="{re.escape(check_id)}">.*?(?=<li id="|</section>)', html, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def section(html: str, name: str) -> str:
    found = re.findall(rf'<section[^>]* aria-labelledby="{name}">.*?</section>', html, re.DOTALL)
    return str(found[0]) if found else ""


# -- the headline ----------------------------------------------------------------------------------


def written_by(*what: Any, **how: Any) -> list[Path]:
    """Write a report and return its files."""
    return write(*what, **how)[1]


@pytest.mark.parametrize(
    ("verdicts", "form", "sentence"),
    [
        ([FAIL], HeadlineForm.CHANGE, "1 to change, out of 1 check."),
        ([FAIL, PASS, PASS], HeadlineForm.CHANGE, "1 to change, out of 3 checks."),
        ([FAIL, FAIL, UNKNOWN], HeadlineForm.CHANGE, "2 to change, and we could not tell about 1, out of 3 checks."),
        ([FAIL, CHOICE, ACCEPTED, APART], HeadlineForm.CHANGE, "1 to change, out of 4 checks."),
        ([UNKNOWN], HeadlineForm.UNSURE, "Nothing to change, but we could not tell about 1, out of 1 check."),
        (
            [UNKNOWN, PASS, PASS],
            HeadlineForm.UNSURE,
            "Nothing to change, but we could not tell about 1, out of 3 checks.",
        ),
        ([UNKNOWN, APART], HeadlineForm.UNSURE, "Nothing to change, but we could not tell about 1, out of 2 checks."),
        ([], HeadlineForm.UNSURE, "Nothing was checked, so we cannot say anything."),
        ([APART], HeadlineForm.UNSURE, "Nothing was checked: the only check does not apply."),
        ([APART, APART], HeadlineForm.UNSURE, "Nothing was checked: the 2 checks do not apply."),
        (
            [CHOICE],
            HeadlineForm.UNSURE,
            "Nothing to change, but the only check does not count as fine: 1 is your choice.",
        ),
        (
            [CHOICE, CHOICE, ACCEPTED, APART],
            HeadlineForm.UNSURE,
            (
                "Nothing to change, but no check counts as fine. "
                "Of 4 checks, 2 are your choice, 1 is accepted and 1 does not apply."
            ),
        ),
        ([PASS], HeadlineForm.FINE, "The one thing checked looks fine."),
        ([PASS, PASS], HeadlineForm.FINE, "All 2 things checked look fine."),
        ([PASS, PASS, CHOICE], HeadlineForm.FINE, "All 2 things checked look fine. Of 3 checks, 1 is your choice."),
        (
            [PASS, PASS, CHOICE, CHOICE, ACCEPTED, ACCEPTED, APART, APART],
            HeadlineForm.FINE,
            "All 2 things checked look fine. Of 8 checks, 2 are your choice, 2 are accepted and 2 do not apply.",
        ),
    ],
)
def test_the_headline_has_three_honest_forms(verdicts: list[Verdict], form: HeadlineForm, sentence: str) -> None:
    record, known = of(*verdicts)
    assert headline(record.summary).form is form
    assert headline(record.summary).sentence == sentence
    assert f"<h1>{sentence}</h1>" in drawn(record, known)


def stopped(*verdicts: Verdict) -> tuple[AuditRecord, Catalogue]:
    """Return an audit that was stopped before each of its unknown checks but the first."""
    record, known = of(*verdicts, stopped=True)
    open_ = [one for one in record.findings if one.verdict is UNKNOWN]
    findings = tuple(
        one.model_copy(update={"reason": Reason.STOPPED if one in open_[1:] else Reason.SKIPPED})
        if one.verdict is UNKNOWN
        else one
        for one in record.findings
    )
    return record.model_copy(update={"findings": findings}), known


@pytest.mark.parametrize(
    ("verdicts", "reached", "sentence"),
    [
        (
            [FAIL, UNKNOWN, UNKNOWN],
            1,
            "1 to change, and we could not tell about 1, and you have not reached 1, out of 3 checks.",
        ),
        (
            [PASS, UNKNOWN, UNKNOWN, UNKNOWN],
            1,
            "Nothing to change, but we could not tell about 1, and you have not reached 2, out of 4 checks.",
        ),
        ([PASS, UNKNOWN, UNKNOWN, UNKNOWN], 0, "Nothing to change, but you have not reached 3, out of 4 checks."),
        ([FAIL, UNKNOWN], 0, "1 to change, and you have not reached 1, out of 2 checks."),
    ],
)
def test_what_was_not_reached_is_told_apart_and_never_as_fine(
    verdicts: list[Verdict], reached: int, sentence: str
) -> None:
    record, known = stopped(*verdicts)
    if not reached:
        every = (one.model_copy(update={"reason": Reason.STOPPED}) if one.reason else one for one in record.findings)
        record = record.model_copy(update={"findings": tuple(every)})
    seen = shown(record, known)
    assert seen.headline.sentence == sentence
    assert seen.headline.form is not HeadlineForm.FINE
    html = drawn(record, known)
    rest = verdicts.count(UNKNOWN) - reached
    assert f'…</span> Not reached yet <span class="number">({rest})' in html
    assert html.index("Continue the audit where you left off: that takes about") > 0
    assert ("we could not tell" in sentence) == bool(section(html, "unknown")) == bool(reached)
    assert [segment.count for segment in seen.tables[0].rows[0].segments][-1] == rest
    assert f"Not reached yet ({rest})" in plan.text(seen)


def test_a_record_in_which_a_stop_stands_beside_an_answer_hides_nothing() -> None:
    record, known = of(FAIL, PASS, stopped=True)
    findings = tuple(one.model_copy(update={"reason": Reason.STOPPED}) for one in record.findings)
    seen = shown(record.model_copy(update={"findings": findings}), known)
    assert seen.headline.sentence == "1 to change, out of 2 checks."
    assert [shelf.sign.name for shelf in seen.shelves] == [FAIL, PASS]


def test_only_a_stopped_audit_has_what_was_not_reached() -> None:
    seen = shown(*of(FAIL, UNKNOWN, PASS))
    assert [sign.name for sign in seen.signs] == [verdict.value for verdict in Verdict]
    assert "Not reached yet" not in drawn(*of(FAIL, UNKNOWN, PASS))


def test_no_mix_of_verdicts_gives_a_false_all_clear() -> None:
    for size in range(6):
        for verdicts in combinations_with_replacement(Verdict, size):
            counts = {verdict: verdicts.count(verdict) for verdict in Verdict}
            found = headline(counts)
            fine = not counts[FAIL] and not counts[UNKNOWN] and counts[PASS]
            assert (found.form is HeadlineForm.FINE) == bool(fine)
            assert ("look" in found.sentence) == bool(fine)
            if counts[FAIL]:
                assert found.sentence.startswith(f"{counts[FAIL]} to change")
            if counts[UNKNOWN]:
                assert f"we could not tell about {counts[UNKNOWN]}" in found.sentence
            if fine:
                all_of = f"All {counts[PASS]} things checked look fine"
                assert found.sentence.startswith("The one thing checked" if counts[PASS] == 1 else all_of)
            if found.sentence.endswith(("checks.", "check.")) or (fine and size > counts[PASS]):
                assert f"of {size} check" in found.sentence.lower()


def test_a_verdict_that_is_missing_from_the_summary_counts_as_none() -> None:
    assert headline({}) == headline(tally([]))
    assert headline({PASS: 2}).sentence == "All 2 things checked look fine."


# -- what a person reads ---------------------------------------------------------------------------


def test_the_parts_stand_in_the_order_that_helps_most() -> None:
    html = whole()
    order = ["<h1>", 'id="first"', '<h2 id="fail"', 'id="counts"', 'id="since"']
    order += [f'<h2 id="{verdict}"' for verdict in (UNKNOWN, CHOICE, ACCEPTED, PASS, APART)]
    order += [f'id="{name}"' for name in ("again", "limits", "more", "sessions", "guides", "help", "consent")]
    order += ["<footer>"]
    places_of = [html.index(mark) for mark in order]
    assert places_of == sorted(places_of)


def test_the_first_three_are_the_worst_then_the_essential_then_the_quick() -> None:
    checks = [
        check("photobook", 0, severity="low", essential=True, minutes=1),
        check("photobook", 1, severity="high", essential=False, minutes=1),
        check("photobook", 2, severity="high", essential=True, minutes=5),
        check("photobook", 3, severity="high", essential=True, minutes=2),
        check("photobook", 4, severity="medium", essential=True, minutes=1),
    ]
    one = checklist("photobook", 5, checks)
    known = catalogue(one)
    first = shown(audit(known, [FAIL]), known).first
    assert [card.id for card in first.cards] == [checks[3].id, checks[2].id, checks[1].id]
    assert first.sentence == "These matter most. Together they take about 1 minute."
    html = section(drawn(audit(known, [FAIL]), known), "first")
    assert re.findall(r'<li><a href="#(.*?)">', html) == [card.id for card in first.cards]


def test_the_minutes_are_those_of_the_model_and_add_up_to_what_is_shown() -> None:
    lists = [
        checklist(name, 30, screens=[{"id": "settings", "title": "Settings", "menu": ["Settings"]}]) for name in "ab"
    ]
    known = catalogue(*lists)
    view = shown(audit(known, [FAIL]), known)
    seconds = effort.OPEN_S + sum(effort.changing(one) for one in lists[0].checks)
    assert [part.minutes for part in view.shelves[0].parts] == [effort.minutes(seconds)] * 2
    together = 2 * effort.minutes(seconds)
    assert view.lead == f"These changes take about {together} minutes."
    assert f"30 to change, about {together // 2} minutes" in section(page(view), "fail")


# -- by service and by screen ----------------------------------------------------------------------

SCREENS = (
    {"id": "settings", "title": "Settings", "menu": ["Settings"]},
    {"id": "tags", "title": "Tags", "web": "https://photobook.example/tags", "menu": ["Settings", "Tags"]},
    {"id": "phone", "title": "The phone", "ios": ["Cog", "Tags"], "android": ["Dots", "Tags"]},
)


def by_screen(*severities: str) -> tuple[Checklist, Catalogue]:
    """One platform whose checks are on three screens in turn, with these severities."""
    checks = [
        check("photobook", number, where={}, screen=SCREENS[number % 3]["id"], severity=severity)
        for number, severity in enumerate(severities)
    ]
    one = checklist("photobook", len(checks), checks, SCREENS)
    return one, catalogue(one, checklist("habits", 3, group="practice", hosts=[], links={}, limits=()))


@pytest.mark.parametrize("verdict", [FAIL, UNKNOWN])
def test_what_is_to_do_goes_from_screen_to_screen_in_the_order_of_the_walk(verdict: Verdict) -> None:
    one, known = by_screen("low", "medium", "high", "low", "high", "high")
    record = audit(known, [verdict])
    items = [Item(entry.checklist, found) for entry in known.loaded.values() for found in entry.checklist.checks]
    stops = walk.stops(items, record.role)
    assert [stop.screen.id for stop in stops] != ["settings", "tags", "phone", "settings"], (
        "the order is not that of the file"
    )
    part = section(drawn(record, known), verdict)
    assert re.findall(r'<li id="(.*?)">', part) == [item.check.id for stop in stops for item in stop.items]
    places = [part.index(f">{stop.screen.title}") for stop in stops[:-1]]
    assert places == sorted(places)
    assert part.index("Photobook") < part.index("Habits")
    assert one.platform.id == stops[0].checklist.platform.id


def test_a_screen_says_once_how_to_get_there() -> None:
    _one, known = by_screen(*(["high"] * 6))
    part = section(drawn(audit(known, [FAIL]), known), "fail")
    heads = re.findall(r'<div class="head">(.*?)</div>', part, re.DOTALL)
    assert len(heads) == 4
    [tags] = [head for head in heads if "Tags <small>" in head]
    assert 'href="https://photobook.example/tags"' in tags
    assert '<p class="way paper"><span>Menu: Settings › Tags</span>' in tags
    [phone] = [head for head in heads if "The phone" in head]
    assert '<p class="way"><span>iPhone: Cog › Tags</span> <span>Android: Dots › Tags</span>' in phone


def test_each_thing_to_change_has_a_box_its_step_and_a_fold_and_nothing_else_has_a_box() -> None:
    record, known = records.example()
    html = drawn(record, known)
    failed = [one.check for one in record.findings if one.verdict is FAIL]
    assert html.count('type="checkbox"') == section(html, "fail").count('type="checkbox"') == len(failed)
    for name in failed:
        found = known.loaded[name.split(".")[0]].checklist.check(name)
        assert found
        line, fold = unescape(thing(html, name)).split("<details>")
        assert f'<label><input type="checkbox"> {found.title}</label>' in line
        assert found.fix[0] in line
        assert found.why not in line
        assert found.why in fold
        assert fold.startswith(f"<summary>{'Read first' if found.caution else 'Why'}</summary>")


@pytest.mark.parametrize(
    ("steps", "glance", "whole"),
    [
        (["Turn it off."], "Turn it off.", True),
        (["Open it.", "Turn it off."], "Open it. Turn it off.", True),
        (["Open it.", f"Press {'very ' * 12}hard.", "Wait."], f"Open it. Press {'very ' * 12}hard.", False),
        ([f"Press {'very ' * 30}hard.", "Wait."], f"Press {'very ' * 30}hard.", False),
    ],
)
def test_as_many_steps_as_are_read_at_a_glance_stand_beside_the_box(steps: list[str], glance: str, whole: bool) -> None:
    known = catalogue(checklist("photobook", 1, [check("photobook", 0, fix=steps)]))
    html = thing(drawn(audit(known, [FAIL]), known), known.loaded["photobook"].checklist.checks[0].id)
    line, fold = html.split("<details>")
    assert glance in line
    assert ("…" in line) == (not whole)
    assert ("What to do" in fold) == (not whole)
    assert whole or all(step in fold for step in steps)


def test_what_could_not_be_told_is_one_line_for_each_screen() -> None:
    _one, known = by_screen(*(["high"] * 6))
    part = section(drawn(audit(known, [UNKNOWN]), known), "unknown")
    assert "check these settings again" in part
    assert sorted(re.findall(r'<summary>(.*?) <span class="number">\((\d)\)</span></summary>', part)) == [
        ("Settings", "2"),
        ("Settings", "3"),
        ("Tags", "2"),
        ("The phone", "2"),
    ]
    assert '<a href="https://photobook.example/tags" rel="noreferrer">Open photobook.example</a>' in part


# -- what was changed during the audit -------------------------------------------------------------


def test_what_was_changed_during_the_audit_is_counted_and_shown_with_how_it_was() -> None:
    known = catalogue(checklist("photobook", 3))
    checks = known.loaded["photobook"].checklist.checks
    record = audit(known, findings=(*map(records.changed, checks[:2]), finding(checks[2], FAIL)))
    view = shown(record, known)
    assert view.lead == "You changed 2 today. You have 1 left to change: about 1 minute."
    html = page(view)
    part = section(html, "done")
    assert re.findall(r'<li><a href="#(.*?)">.*?</a> (.*?) → <b>(.*?)</b>', part) == [
        (one.id, "Everyone", "Friends") for one in checks[:2]
    ]
    assert "You changed this during the audit. Before: Everyone." in thing(html, checks[0].id)
    later = shown(record, known, TODAY + timedelta(days=1))
    assert later.lead == "On 22 November 2026 you changed 2. You have 1 left to change: about 1 minute."
    alone = audit(known, findings=(records.changed(checks[0]),))
    assert shown(alone, known).lead == "You changed 1 today. Nothing is left to change."


def test_a_change_that_the_page_did_not_show_does_not_count_as_one() -> None:
    known = catalogue(checklist("photobook", 1))
    one = known.loaded["photobook"].checklist.checks[0]
    seen = (*records.changed(one).observations, Observation(reader="web", option="everyone", at=FINISHED))
    html = drawn(audit(known, findings=(finding(one, FAIL, observations=seen),)), known)
    assert not section(html, "done")
    assert "You changed" not in html


def test_a_change_of_a_check_that_is_gone_is_shown_too() -> None:
    known = catalogue(checklist("photobook", 1))
    record = audit(known, findings=(records.changed(known.loaded["photobook"].checklist.checks[0]),))
    html = drawn(record, catalogue())
    assert "everyone → <b>friends</b>" in section(html, "done")
    assert "Before: everyone." in html


def test_a_record_from_before_changes_and_confirmations_were_kept_is_read(tmp_path: Path) -> None:
    record, known = records.example()
    raw = json.loads(FORMATS["json"](shown(record, known)))
    for found in raw["findings"]:
        for seen in found["observations"]:
            del seen["changed_from"], seen["confirmed"]
    path = tmp_path / "record.json"
    path.write_text(json.dumps(raw))
    assert read_record(path) == record


@pytest.mark.parametrize(
    ("verdicts", "cards", "sentence"),
    [
        ([FAIL, PASS], 1, "This is the one thing to change. It takes about 1 minute."),
        ([FAIL, FAIL, UNKNOWN], 2, "These are the 2 things to change. Together they take about 1 minute."),
        (
            [UNKNOWN, PASS],
            1,
            (
                "We found nothing to change, but could not tell about one check. "
                "Look at it yourself. It takes about 1 minute."
            ),
        ),
        (
            [UNKNOWN] * 5,
            3,
            (
                "We found nothing to change, but could not tell about 5 checks. "
                "Begin with these. They take about 1 minute."
            ),
        ),
        ([PASS, CHOICE], 0, "There is nothing to do now."),
        ([CHOICE, APART], 0, "You do not have to change anything. Read “Your choice” below"),
        ([APART], 0, "Nothing was checked."),
        ([], 0, "Nothing was checked."),
    ],
)
def test_there_is_always_a_next_thing_to_do(verdicts: list[Verdict], cards: int, sentence: str) -> None:
    first = shown(*of(*verdicts)).first
    assert len(first.cards) == cards
    assert first.sentence.startswith(sentence)


def test_a_card_says_everything_that_is_known() -> None:
    one = check(
        "photobook",
        0,
        caution="Your old tags stay.",
        where={
            "web": "https://photobook.example/tags",
            "menu": ["Settings", "Tags"],
            "ios": ["Profile", "Cog"],
            "android": ["Dots", "Cog"],
        },
        sources=[
            {"url": "https://photobook.example/help", "page": "2026-08", "read": "2026-11"},
            {"url": "https://photobook.example/news", "page": "2026-09-14", "read": "2026-11"},
        ],
        confidence="medium",
    )
    known = catalogue(checklist("photobook", 1, [one]))
    html = thing(drawn(audit(known, [FAIL]), known), one.id)
    clauses = [clause for clause in GUIDE.clauses if clause.id in one.guidance]
    for part in (
        *(one.title, "Matters", one.question, "<b>Everyone</b>", "You said this."),
        *(one.why, "Your old tags stay.", *one.fix, 'href="https://photobook.example/tags"', "Open photobook.example"),
        *("Settings › Tags", "iPhone<dd>Profile › Cog", "Android<dd>Dots › Cog"),
        *("A new account starts with: Everyone.", labels.confidence(one.confidence), "newest 14 September 2026"),
        *(clause.id for clause in clauses),
    ):
        assert part in html
    line, fold = html.split("<details>")
    assert fold.startswith('<summary>Read first</summary>\n<p class="caution">')
    assert one.title in line
    guides = section(drawn(audit(known, [FAIL]), known), "guides")
    assert all(clause.id in guides and clause.text in guides for clause in clauses)


def test_devices_that_share_a_path_share_a_line() -> None:
    way = ["Settings", "Tags"]
    one = check("photobook", 0, where={"menu": ["Profile"], "ios": way, "android": way})
    known = catalogue(checklist("photobook", 1, [one]))
    html = thing(drawn(audit(known, [FAIL]), known), one.id)
    assert "<dt>Menu<dd>Profile<dt>iPhone, Android<dd>Settings › Tags</dl>" in html


@pytest.mark.parametrize(
    ("observations", "sentences"),
    [
        ([("ask", "everyone")], "You said this."),
        ([("web", "everyone")], "The page showed this."),
        ([("answers", "everyone")], "Your answers file said this."),
        ([("ask", "friends"), ("web", "everyone")], "You said: Friends. The page showed this."),
        ([("answers", "friends"), ("web", "everyone")], "Your answers file said: Friends. The page showed this."),
    ],
)
def test_a_card_says_how_the_answer_was_found(observations: list[tuple[str, str]], sentences: str) -> None:
    known = catalogue(checklist("photobook", 1))
    one = known.loaded["photobook"].checklist.checks[0]
    seen = tuple(
        Observation.model_validate({"reader": reader, "option": option, "at": FINISHED})
        for reader, option in observations
    )
    record = audit(known, findings=(finding(one, FAIL, observations=seen),))
    assert f"<b>Everyone</b> <small>{sentences}</small>" in drawn(record, known)


@pytest.mark.parametrize("reason", Reason)
def test_what_could_not_be_told_says_why_and_what_to_do(reason: Reason) -> None:
    known = catalogue(checklist("photobook", 1))
    one = known.loaded["photobook"].checklist.checks[0]
    html = thing(drawn(audit(known, findings=(finding(one, UNKNOWN, reason=reason),)), known), one.id)
    text = Reader(html).texts
    assert any(labels.reason(reason) in part for part in text)
    assert any(labels.next_step(reason) in part for part in text)


DAY = date(2027, 3, 3)


def one_found(verdict: Verdict, today: date = TODAY, **changes: Any) -> tuple[str, str]:
    """Return the page of a report with one finding, and the article of it in one line."""
    known = catalogue(checklist("photobook", 1))
    one = known.loaded["photobook"].checklist.checks[0]
    html = drawn(audit(known, findings=(finding(one, verdict, **changes),)), known, today)
    return html, thing(html, one.id).replace("\n", "")


@pytest.mark.parametrize("today", [DAY - timedelta(days=1), DAY])
def test_an_accepted_finding_says_until_when(today: date) -> None:
    html, card = one_found(ACCEPTED, today, until=DAY)
    assert "Accepted until 3 March 2027.<" in card
    assert card in section(html, "accepted").replace("\n", "")
    assert "1 is accepted" in html
    endless, card = one_found(ACCEPTED, until=None)
    assert "Accepted, with no date to check it again." in card
    assert section(endless, "accepted")


def test_an_accepted_finding_is_to_change_from_the_day_after_its_day_on() -> None:
    html, card = one_found(ACCEPTED, DAY + timedelta(days=1), until=DAY)
    assert "Accepted until 3 March 2027. That day has passed, so decide again." in card
    assert card in section(html, "fail").replace("\n", "")
    assert not section(html, "accepted")
    assert "<h1>1 to change, out of 1 check.</h1>" in html
    assert "That day has passed" in card.split("<details>")[0]


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        (DAY - timedelta(days=1), "You plan to change this by 3 March 2027."),
        (DAY, "You planned to change this by 3 March 2027. It is now due."),
        (DAY + timedelta(days=1), "You planned to change this by 3 March 2027. It is now due."),
    ],
)
def test_a_planned_change_says_its_day_and_stays_to_change(today: date, sentence: str) -> None:
    html, card = one_found(FAIL, today, planned=DAY)
    assert f'<p class="note">{sentence}<' in card
    assert "<h1>1 to change, out of 1 check.</h1>" in html
    assert sentence in card.split("<details>")[0]


def test_what_was_answered_before_is_shown_and_does_not_count() -> None:
    old = Earlier(option="friends", on=SPRING.date())
    html, card = one_found(UNKNOWN, reason=Reason.EXPIRED, earlier=old)
    assert "On 3 March 2026 the answer was: Friends. That is too old to count." in card
    assert labels.next_step(Reason.EXPIRED) in card
    assert labels.reason(Reason.EXPIRED) not in card
    assert "<h1>Nothing to change, but we could not tell about 1, out of 1 check.</h1>" in html
    _html, card = one_found(UNKNOWN, reason=Reason.SKIPPED, earlier=old)
    assert "On 3 March 2026 the answer was: Friends. This time we could not tell." in card
    assert labels.reason(Reason.SKIPPED) in card


def test_decisions_about_a_check_that_is_gone_are_shown_too() -> None:
    known = catalogue(checklist("photobook", 3))
    checks = known.loaded["photobook"].checklist.checks
    old = Earlier(option="friends", on=SPRING.date())
    findings = (
        finding(checks[0], FAIL, planned=DAY),
        finding(checks[1], ACCEPTED, until=DAY),
        finding(checks[2], UNKNOWN, reason=Reason.EXPIRED, earlier=old),
    )
    html = drawn(audit(known, findings=findings), catalogue())
    for sentence in ("by 3 March 2027.", "Accepted until 3 March 2027.", "the answer was: friends."):
        assert sentence in html


def test_flags_are_shown_and_facts_that_grew_old_since_are_flagged() -> None:
    known = catalogue(checklist("photobook", 1))
    one = known.loaded["photobook"].checklist.checks[0]
    every = audit(known, findings=(finding(one, FAIL, flags=tuple(Flag)),))
    for flag in Flag:
        assert labels.flag(flag) in thing(drawn(every, known), one.id)
    assert labels.flag(Flag.OLD_FACTS) not in drawn(audit(known, [FAIL]), known)
    later = thing(drawn(audit(known, [FAIL]), known, date(2029, 9, 1)), one.id)
    assert later.count(labels.flag(Flag.OLD_FACTS)) == 1


DIFFERENT: list[dict[str, Any]] = [
    {"confidence": "low", "sources": []},
    {
        "confidence": "medium",
        "sources": [{"url": "https://photobook.example/help", "page": "undated", "read": "2026-11"}],
    },
    {"sources": [{"url": "https://news.example/a", "page": "2021", "read": "2026-11"}]},
]


def test_where_instructions_may_not_fit_the_card_says_what_to_do_and_has_a_text_to_send() -> None:
    made = [check("photobook", number, **said) for number, said in enumerate(DIFFERENT)]
    known = catalogue(checklist("photobook", len(made), made))
    first, *others = known.loaded["photobook"].checklist.checks
    marked = (finding(first, FAIL, flags=(Flag.LOW_CONFIDENCE,)), *(finding(one, FAIL) for one in others))
    html = drawn(audit(known, findings=marked), known)
    for one in (first, *others):
        card = thing(html, one.id)
        text = f"{one.id}, privacyaudit {__version__}. My device: … What I see: …"
        assert f'<a href="mailto:?body={quote(text)}">{text}</a>' in card
        assert "If your screen looks different, search the settings for “" in card
    page = 'Help from the platform: <a href="https://photobook.example/help"'
    helped = [page in thing(html, one.id) for one in (first, *others)]
    assert helped == [False, True, False]


def test_instructions_that_are_fresh_and_sure_have_no_such_text_until_a_person_says_that_they_differ() -> None:
    known = catalogue(checklist("photobook", 2))
    one, other = known.loaded["photobook"].checklist.checks
    differs = finding(other, UNKNOWN, reason=Reason.LOOKS_DIFFERENT)
    html = drawn(audit(known, findings=(finding(one, FAIL), differs)), known)
    assert "mailto:" not in thing(html, one.id)
    assert "mailto:" in thing(html, other.id)


def test_what_was_read_for_the_person_says_whether_they_confirmed_it() -> None:
    known = catalogue(checklist("photobook", 3))
    one, other, third = known.loaded["photobook"].checklist.checks
    page = Observation(reader="web", option="everyone", at=FINISHED)
    sure = page.model_copy(update={"confirmed": True})
    wrong = Observation(reader="web", reason=Reason.READ_WRONG, at=FINISHED)
    mine = Observation(reader="ask", option="everyone", at=FINISHED)
    findings = (
        finding(one, FAIL, observations=(page,)),
        finding(other, FAIL, observations=(sure,)),
        finding(third, FAIL, observations=(wrong, mine), flags=(Flag.READ_WRONG,)),
    )
    html = drawn(audit(known, findings=findings), known)
    assert "The page showed this." in thing(html, one.id)
    assert "Read for you, and confirmed by you." in thing(html, other.id)
    assert "The page showed this." not in thing(html, other.id)
    assert "What we read did not match what you saw, so your own answer counts." in thing(html, third.id)
    assert "mailto:" in thing(html, third.id)
    assert "mailto:" not in thing(html, other.id)


def test_every_finding_has_one_card_on_the_shelf_of_its_verdict() -> None:
    record, known = sized(100)
    html = drawn(record, known)
    for verdict in Verdict:
        mine = [found.check for found in record.findings if found.verdict is verdict]
        assert sorted(re.findall(r'<li id="(.*?)">', section(html, verdict.value))) == sorted(mine)
        assert f"({len(mine)})" in section(html, verdict.value)
    assert len(re.findall("<li id=", html)) == len(record.findings)


def test_what_is_to_do_is_open_and_the_rest_is_folded_with_its_count() -> None:
    record, known = records.example()
    html = drawn(record, known)
    for verdict in Verdict:
        part = section(html, verdict)
        head = part[: part.index("</h2>")]
        assert f"({record.summary[verdict]})" in head
        assert ('<details class="shelf"><summary><h2' in head) == (verdict not in (FAIL, UNKNOWN))


def test_the_tables_hold_the_same_figures_as_the_bars() -> None:
    record, known = records.example()
    for table in shown(record, known).tables:
        assert sum(row.total for row in table.rows) == len(record.findings)
        for number, verdict in enumerate(Verdict):
            assert sum(row.segments[number].count for row in table.rows) == record.summary[verdict]
    html = section(drawn(record, known), "counts")
    row = 'aria-label="Photobook: 2 To change, 1 Your choice, 1 Could not tell, 1 Accepted, 6 Fine, 1 Does not apply"'
    assert row in html
    assert re.search(r"<td>2<td>1<td>1<td>1<td>6<td>1<td>12\b", html)


def test_a_demonstration_says_so_beside_its_headline() -> None:
    record, known = of(PASS, demo=True)
    head = drawn(record, known).split("<main>")[0]
    assert "pretend site" in head.split("<h1>")[0]
    assert "pretend site" not in drawn(*of(PASS))


def test_the_head_says_what_the_audit_was_about() -> None:
    record, known = of(PASS, quick=True, stopped=True, areas=(Area.TAGGING, Area.CONTACT))
    scope = " ".join(shown(record, known).scope)
    for part in (
        "For: Teacher.",
        "ten-minute audit",
        "Tagging and mentions, Who can reach you",
        "stopped this audit early",
    ):
        assert part in scope
    assert "six months" not in scope
    assert "six months" in " ".join(shown(record, known, TODAY + timedelta(days=184)).scope)


def test_every_browser_session_is_accounted_for() -> None:
    html = section(drawn(*records.example()), "sessions")
    assert "The gate refused 3 requests." in html
    assert "<li>ads.example" in html
    assert "The gate did not have to refuse any request." in html
    assert labels.signed_out(SignedOut.CONFIRMED).replace("'", "&#39;") in html
    assert labels.signed_out(SignedOut.NOT_CONFIRMED) in html
    assert 'href="https://photobook.example/sessions"' in html
    assert 'href="https://commons.example/sessions"' in html
    assert "Chatter" not in html
    assert not section(drawn(*of(PASS)), "sessions")


def test_further_pages_of_each_service_are_there_as_far_as_the_checklist_knows_them() -> None:
    links = {"export": "https://elephant.example/copy", "close": "https://help.elephant.example/close"}
    one = checklist("elephant", 1, links=links, two_factor=["Authenticator app", "Text message"])
    other = checklist("photobook", 1, links={})
    known = records.catalogue(one, other)
    html = section(drawn(records.audit(known), known), "more")
    assert "For two-step sign-in, you can use: Authenticator app, Text message." in html
    assert re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', html) == [
        ("https://elephant.example/copy", "Get a copy of your data, on elephant.example"),
        ("https://help.elephant.example/close", "Close the account, on help.elephant.example"),
    ]
    assert "Photobook" not in html
    bare = records.catalogue(other)
    assert not section(drawn(records.audit(bare), bare), "more")


def test_the_limits_the_consent_and_the_files_are_always_there() -> None:
    record, known = of()
    html = page(shown(record, known, files=["privacy-audit-2026-11-22-1014.html"]))
    assert "No site can promise privacy" in section(html, "limits")
    assert "Photobook does not say who has saved your pictures." in section(html, "limits")
    for part in ("your own accounts", "beside you", "employer must not require", "not evidence of anything"):
        assert part in section(html, "consent")
    assert "privacy-audit-2026-11-22-1014.html" in section(html, "files")
    assert "privacyaudit clean" in section(html, "files")


# -- since the last audit --------------------------------------------------------------------------


def second(before: list[Verdict], after: list[Verdict], over_time: tuple[Count, ...] = ()) -> tuple[View, Catalogue]:
    """One platform, audited in spring and now; `over_time` are counts."""
    record, known = of(*after)
    old = audit(known, before, finished=SPRING, started=SPRING)
    return shown(record, known, before=old, over_time=over_time), known


def test_what_got_worse_leads_to_its_card_on_the_same_page_and_repeats_no_steps() -> None:
    view, known = second([PASS, FAIL, FAIL, UNKNOWN, PASS], [FAIL, PASS, FAIL, FAIL, PASS])
    html = page(view)
    part = unescape(section(html, "since"))
    assert "Since 3 March 2026: 1 better, 1 worse, 1 still to change, 1 could not be compared." in part
    checks = known.loaded["photobook"].checklist.checks
    assert re.findall(r"<h3>(.*?) <", part) == ["Worse", "Still to change", "Could not be compared", "Better"]
    assert re.findall(r'<li class="(\w+)"><p><a href="#(.*?)">', part) == [
        (state, checks[number].id) for state, number in (("fail", 0), ("fail", 2), ("fail", 3), ("pass", 1))
    ]
    assert all(thing(html, one.id) for one in checks)
    assert "Cannot be compared: in the earlier audit we could not tell." in part
    assert not [step for one in checks for step in (*one.fix, one.why) if step in part]
    assert checks[4].title not in part


def test_what_the_newer_audit_did_not_ask_is_named_and_leads_nowhere() -> None:
    record, known = of(PASS, PASS)
    old = audit(known, [PASS, FAIL], finished=SPRING)
    part = section(page(shown(audit(known, findings=record.findings[:1]), known, before=old)), "since")
    title = known.loaded["photobook"].checklist.checks[1].title
    assert f'<li class="unknown"><p>Photobook: {title}' in part
    assert "No longer asked" in part
    assert "<a " not in part
    assert "✓" not in part


def test_a_renamed_check_leads_to_the_card_that_has_its_old_name() -> None:
    record, _known = of(FAIL)
    new = check("photobook", 0, id="photobook.new-name", aliases=[record.findings[0].check])
    known = catalogue(checklist("photobook", 1, [new]))
    html = page(shown(record, known, before=audit(known, [PASS], finished=SPRING)))
    assert f'<a href="#{record.findings[0].check}">' in section(html, "since")
    assert thing(html, record.findings[0].check)


def test_a_risk_whose_day_has_passed_is_to_change_in_every_part_of_the_report() -> None:
    known = catalogue(checklist("photobook", 1))
    one = known.loaded["photobook"].checklist.checks[0]
    record = audit(known, findings=(finding(one, ACCEPTED, until=TODAY),))
    old = audit(known, [PASS], finished=SPRING)
    for day, state in ((TODAY, "accepted"), (TODAY + timedelta(days=1), "fail")):
        view = shown(record, known, day, before=old)
        html = page(view)
        assert f'<li class="{state}">' in section(html, "since")
        assert thing(html, one.id) in section(html, state)
        raw = json.loads(FORMATS["json"](view))
        assert (raw["comparison"]["rows"][0]["state"], raw["findings"][0]["verdict"]) == (state, "accepted")


def test_a_first_report_has_no_comparison_no_picture_and_no_calendar() -> None:
    record, known = records.example()
    view = shown(record, known, over_time=records.counts(record, record))
    assert not section(page(view), "since")
    assert not section(page(view), "again")
    assert FORMATS["json"](view) == record.model_dump_json(by_alias=True, indent=2)


def test_the_picture_shows_the_last_eight_audits_the_newest_last() -> None:
    months = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 11)]
    audits = tuple(Count(finished=when, summary={FAIL: 10 - number}) for number, when in enumerate(months))
    view, _known = second([FAIL], [FAIL], audits)
    assert view.changes
    assert view.changes.table
    rows = view.changes.table.rows
    assert [row.name for row in rows] == [i18n.day(when.date()) for when in months[2:]]
    assert [(row.segments[0].count, row.segments[0].width, row.total) for row in rows][::7] == [
        (8, "100%", 8),
        (1, "12.5%", 1),
    ]
    part = section(page(view), "since")
    assert 'aria-label="1 October 2026: 1 To change"' in part
    assert part.index("1 March 2026<") < part.index("1 October 2026<")


def test_one_audit_makes_no_picture() -> None:
    for audits in ((), records.counts(of(PASS)[0])):
        assert "<table" not in section(page(second([FAIL], [PASS], audits)[0]), "since")


def test_the_record_keeps_what_it_was_compared_with_and_the_same_report_comes_again(tmp_path: Path) -> None:
    view, known = records.whole()
    assert view.changes
    before = view.changes.shown.comparison.old
    counts = view.changes.over_time
    paths = written_by(view.record, known, tmp_path, ["json", "html"], before, counts)
    raw = json.loads(paths[0].read_text(encoding="utf-8"))
    made = changes.view(compare(before, view.record, known), known, today())
    assert raw["comparison"] == json.loads(comparison_json.text(made))
    assert raw["before"]["id"] == before.id
    assert read_record(paths[0]) == view.record
    found = read_written(paths[0])
    assert (found.record, found.before, found.over_time, found.comparison) == (view.record, before, counts, None)
    again = written_by(found.record, known, tmp_path / "again", ["json", "html"], found.before, found.over_time)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]
    with_all = written_by(found, known, tmp_path / "all", ["json"], found.before, found.over_time)
    assert with_all[0].read_bytes() == paths[0].read_bytes()


def test_the_command_draws_the_comparison_again(tmp_path: Path) -> None:
    known = loading.catalogue()
    loaded = known.loaded["demo"]
    old, new = (
        audit(Catalogue({"demo": loaded}, known.roles), verdicts, finished=when)
        for verdicts, when in (([PASS, FAIL], SPRING), ([FAIL, PASS], FINISHED))
    )
    path = written_by(new, known, tmp_path, ["json"], old, records.counts(old, new))[0]
    done = CliRunner().invoke(app, [str(path), "--no-open", "--format", "html,json"], catch_exceptions=False)
    assert done.exit_code == 0
    drawn_again = section(next(tmp_path.glob("*-2.html")).read_text(encoding="utf-8"), "since")
    assert "Since 3 March 2026" in drawn_again
    assert "22 November 2026: " in drawn_again
    assert next(tmp_path.glob("*-2.json")).read_bytes() == path.read_bytes()


def test_what_stands_in_an_earlier_record_is_as_strict_as_the_record(tmp_path: Path) -> None:
    view, known = second([FAIL], [PASS])
    raw = json.loads(FORMATS["json"](view))
    path = tmp_path / "record.json"
    for place in ("before", "over_time"):
        wrong = json.loads(json.dumps(raw))
        wrong[place] = (wrong["before"] if place == "before" else {}) | {"note": "canary-7f3a"}
        path.write_text(json.dumps(wrong))
        with pytest.raises(RecordError, match=place) as refused:
            read_written(path)
        assert "canary" not in refused.value.what
    wrong = raw | {"comparison": {"note": "canary-7f3a"}}
    path.write_text(json.dumps(wrong))
    found = read_written(path)
    written = written_by(found, known, tmp_path / "again", FORMATS, found.before)
    assert not [one for one in written if "canary" in one.read_text(encoding="utf-8")]


# -- the calendar file -----------------------------------------------------------------------------


def test_the_calendar_file_lies_beside_the_report_which_names_it_and_what_it_does(tmp_path: Path) -> None:
    record, known = records.example()
    _view, paths = write(record, known, tmp_path, ["html", "json"], calendar=CALENDAR)
    assert [path.suffix for path in paths] == [".html", ".json", ".ics"]
    assert paths[-1].read_bytes() == CALENDAR
    assert paths[-1].stem.removeprefix("look-again") == paths[0].stem.removeprefix("privacy-audit")
    html = paths[0].read_text(encoding="utf-8")
    assert f"<code>{paths[-1].name}</code>" in section(html, "again")
    assert f"<code>{paths[-1].name}</code>" in section(html, "files")
    assert (
        "Open it, and your calendar will remind you every 3 months. The event is called “Personal admin”. "
        "You will not get a reminder until you open the file."
    ) in section(html, "again")
    _view, again = write(record, known, tmp_path, ["html"], calendar=b"another")
    assert paths[-1].read_bytes() == CALENDAR
    assert again[-1].read_bytes() == b"another"
    assert f"<code>{again[-1].name}</code>" in section(again[0].read_text(encoding="utf-8"), "again")
    _view, paths = write(record, known, tmp_path / "data", ["json", "csv"], calendar=CALENDAR)
    assert [path.suffix for path in paths] == [".json", ".csv"], "nobody reads there of a calendar file"


@pytest.mark.parametrize(("months", "often"), [(1, "every 1 month."), (12, "every 12 months.")])
def test_the_interval_is_the_one_in_the_file_that_the_program_makes(months: int, often: str) -> None:
    pytest.importorskip("icalendar", reason="the extra “remind” is not installed")
    file = for_report(months, "00000000-0000-4000-8000-000000000000", FINISHED)
    assert file
    calendar = shown(*of(PASS), calendar=CalendarFile("a.ics", file)).calendar
    assert calendar
    assert calendar.sentences[0] == f"Open it, and your calendar will remind you {often}"


def test_a_calendar_file_that_does_not_repeat_promises_no_interval() -> None:
    once = CALENDAR.replace(b"RRULE:FREQ=MONTHLY;INTERVAL=3\r\n", b"")
    calendar = shown(*of(PASS), calendar=CalendarFile("a.ics", once)).calendar
    assert calendar
    assert calendar.sentences[0] == "Open it, and your calendar will remind you."


# -- never a false all-clear -----------------------------------------------------------------------


def test_a_check_that_is_gone_keeps_its_row_and_is_never_fine() -> None:
    record, known = of(PASS, FAIL, PASS)
    gone = record.findings[0].check
    fewer = catalogue(checklist("photobook", 2, known.loaded["photobook"].checklist.checks[1:]))
    html = drawn(record, fewer)
    row = thing(html, gone)
    assert f'<p class="title">{gone} <i>' in row
    assert "no longer have the text" in row
    assert f'id="{gone}"' in section(html, "unknown")
    assert "<h1>1 to change, and we could not tell about 1, out of 3 checks.</h1>" in html


def test_a_platform_that_is_gone_keeps_all_its_rows() -> None:
    record, _known = of(PASS, FAIL, CHOICE)
    html = drawn(record, catalogue())
    assert "<h1>1 to change, and we could not tell about 1, out of 3 checks.</h1>" in html
    assert all(thing(html, found.check) for found in record.findings)
    assert "The program no longer has the checklist for photobook." in section(html, "limits")


@pytest.mark.parametrize(
    "changes",
    [
        {"revision": 2},
        {"options": [{"id": "all", "label": "All", "verdict": "pass"}, {"id": "x", "label": "X", "verdict": "fail"}]},
        {
            "options": [
                {"id": "friends", "label": "Friends", "verdict": "fail"},
                {"id": "x", "label": "X", "verdict": "pass"},
            ],
        },
    ],
    ids=["another meaning", "its answer is gone", "its answer has another verdict"],
)
def test_a_check_that_has_changed_since_is_never_fine(changes: dict[str, Any]) -> None:
    record, known = of(PASS, PASS)
    old = known.loaded["photobook"].checklist.checks
    changed = check("photobook", 0, **({"default": None} | changes))
    html = drawn(record, catalogue(checklist("photobook", 2, [changed, old[1]])))
    assert "<h1>Nothing to change, but we could not tell about 1, out of 2 checks.</h1>" in html
    assert "has changed since the audit" in thing(html, old[0].id)
    assert "has changed since the audit" not in thing(html, old[1].id)


def test_a_check_that_was_renamed_is_still_known() -> None:
    record, _known = of(PASS)
    new = check("photobook", 0, id="photobook.new-name", aliases=[record.findings[0].check])
    html = drawn(record, catalogue(checklist("photobook", 1, [new])))
    assert new.title in thing(html, record.findings[0].check)
    assert "<h1>The one thing checked looks fine.</h1>" in html


def test_a_checklist_that_is_not_the_same_file_gets_a_line() -> None:
    record, known = of(PASS)
    assert "may have changed since this audit" not in section(drawn(record, known), "limits")
    newer = catalogue(checklist("photobook", 1, notice="The terms have changed."))
    line = "The wording of the checklist for Photobook may have changed since this audit."
    assert line in section(drawn(record, newer), "limits")


def test_an_own_checklist_gets_a_line() -> None:
    known = catalogue(checklist("photobook", 1))
    record = audit(known, [PASS], platforms=(records.platform(known.loaded["photobook"], origin="own"),))
    assert "is your own. Nobody else has checked it" in section(drawn(record, known), "limits")


# -- addresses -------------------------------------------------------------------------------------


def with_sites(default: str | None) -> Catalogue:
    web = {"web": "{site}/settings", "menu": ["Settings", "Privacy"]}
    site = {"ask": "Which server?", "default": default}
    screens = [{"id": "settings", "title": "Settings", "web": "{site}/settings"}]
    checks = [check("elephant", 0, where=web)]
    one = checklist("elephant", 1, checks, screens, site=site, links={"sessions": "{site}/sessions"})
    return catalogue(one)


def test_a_platform_with_many_sites_leads_to_the_persons_own() -> None:
    known = with_sites("https://usual.example")
    part = records.platform(known.loaded["elephant"], site="https://mine.example", browser=True)
    html = drawn(audit(known, [FAIL], platforms=(part,)), known)
    assert 'href="https://mine.example/settings"' in html
    assert 'href="https://mine.example/sessions"' in html
    assert "usual.example" not in html


def test_every_link_to_an_address_that_only_the_record_knows_says_so() -> None:
    """A record that somebody handed on leads nobody to a false site unnoticed: in words, where the link is."""
    known = with_sites("https://usual.example")
    part = records.platform(known.loaded["elephant"], site="https://false.example", browser=True)
    made = audit(known, [FAIL], platforms=(part,))
    html = drawn(made, known)
    links = re.findall(r'<a [^>]*href="https://false[^>]*>(.*?)</a>', html)
    assert len(links) >= 4
    assert all("false.example (from the record, not the checklist)" in link for link in links)
    assert "lead to https://false.example. That address is from the record" in html
    [row] = rows(FORMATS["csv"](shown(made, known)))
    assert row["link"] == "https://false.example/settings (from the record, not the checklist)"
    both = changes.page(changes.view(compare(made, made, known), known, records.TODAY))
    [link] = re.findall(r'<a [^>]*href="https://false[^>]*>(.*?)</a>', both)
    assert "(from the record, not the checklist)" in link


@pytest.mark.parametrize("site", [None, "https://usual.example"])
def test_the_usual_address_is_not_marked(site: str | None) -> None:
    known = with_sites("https://usual.example")
    part = records.platform(known.loaded["elephant"], site=site, browser=True)
    html = drawn(audit(known, [FAIL], platforms=(part,)), known)
    assert 'href="https://usual.example/settings"' in html
    assert "from the record" not in html


@pytest.mark.parametrize("site", [None, f"https://{'a' * 480}.example"], ids=["no site", "a site that is too long"])
def test_an_address_without_its_site_is_not_a_link(site: str | None) -> None:
    known = with_sites(None)
    part = records.platform(known.loaded["elephant"], site=site, browser=True)
    html = drawn(audit(known, [FAIL], platforms=(part,)), known)
    assert "{site}" not in html
    assert 'href="http' not in html
    assert "Settings › Privacy" in html


# -- one closed file -------------------------------------------------------------------------------


def test_the_page_loads_nothing_and_says_so_in_its_policy() -> None:
    html = whole()
    tags = Reader(html).tags
    assert not {tag for tag, _attrs in tags} & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert not [attrs for _tag, attrs in tags if "style" in attrs or any(name.startswith("on") for name in attrs)]
    assert not re.search(r"@import|url\((?!#)", html)
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles]
    policy = next(attrs["content"] for _tag, attrs in tags if attrs.get("http-equiv") == "Content-Security-Policy")
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    assert policy == f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'"
    assert "unsafe" not in html
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert ("meta", {"name": "referrer", "content": "no-referrer"}) in tags


def test_links_that_lead_outside_say_nothing_about_where_they_come_from() -> None:
    links = [attrs for tag, attrs in Reader(drawn(*records.example())).tags if tag == "a"]
    outside = [attrs for attrs in links if not str(attrs["href"]).startswith(("#", "mailto:"))]
    assert outside
    assert all(attrs["rel"] == "noreferrer" for attrs in outside)
    assert all(str(attrs["href"]).startswith("https://") for attrs in outside)


def test_links_within_the_page_lead_somewhere_and_ids_are_unique() -> None:
    tags = Reader(whole()).tags
    ids = [attrs["id"] for _tag, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = {str(attrs["href"])[1:] for tag, attrs in tags if tag == "a" and str(attrs["href"]).startswith("#")}
    named = {str(attrs["aria-labelledby"]) for _tag, attrs in tags if "aria-labelledby" in attrs}
    assert inside | named <= set(ids)


HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "100%d %(secret)s {0} {answer}",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "&lt;b&gt; & \u202etxt",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_and_do_nothing(text: str) -> None:
    plain = check("photobook", 0)
    evil = plain.model_copy(
        update={
            "title": text,
            "question": text,
            "why": text,
            "caution": text,
            "fix": (text,),
            "options": tuple(option.model_copy(update={"label": text}) for option in plain.options),
            "row": Row.model_construct(menu=(text,), ios=(text,), android=(text,)),
        }
    )
    usual = checklist("photobook", 1, [plain])
    platform = usual.platform.model_copy(update={"name": text, "limits": (text,)})
    role = records.ROLE.model_copy(update={"name": text, "signposts": (text,)})
    screens = (usual.screens[0].model_copy(update={"title": text, "menu": (text,)}),)
    bad = usual.model_copy(update={"checks": (evil,), "platform": platform, "screens": screens})
    entry = replace(records.loaded(usual), checklist=bad)
    known = Catalogue({"photobook": entry}, (role,))
    part = records.platform(entry, browser=True, refused=Refusals(count=1, hosts=(text,)))
    clause = GUIDE.clauses[0].model_copy(update={"text": text})
    guide = GUIDE.model_copy(update={"title": text, "clauses": (clause,)})
    record = audit(known, platforms=(part,), findings=(finding(plain, FAIL),))
    old = record.model_copy(update={"findings": (finding(plain, PASS),), "finished": SPRING})
    html = page(build(record, known, [guide], TODAY, [text], before=old, calendar=CalendarFile(text, text.encode())))
    harmless = page(
        build(record, catalogue(usual), [GUIDE], TODAY, ["x"], before=old, calendar=CalendarFile("x", b"x"))
    )
    assert {tag for tag, _attrs in Reader(html).tags} == {tag for tag, _attrs in Reader(harmless).tags}
    assert not [attrs for _tag, attrs in Reader(html).tags if any(name.startswith("on") for name in attrs)]
    read = "".join(Reader(html).texts)
    assert read.count(text) >= 10
    assert text in "".join(Reader(section(html, "since")).texts)


def test_a_record_has_no_room_for_the_text_of_a_page() -> None:
    record, known = of(FAIL)
    canary = "canary-7f3a"
    raw = json.loads(FORMATS["json"](shown(record, known)))
    for place in (raw, raw["platforms"][0], raw["findings"][0], raw["findings"][0]["observations"][0]):
        place["text"] = canary
        with pytest.raises(ValidationError):
            AuditRecord.model_validate_json(json.dumps(raw))
        del place["text"]
    assert AuditRecord.model_validate_json(json.dumps(raw)) == record
    with pytest.raises(ValidationError):
        records.platform(known.loaded["photobook"], site=f"https://x.example/{canary}")
    for name in FORMATS:
        assert canary not in FORMATS[name](shown(record, known))


# -- words -----------------------------------------------------------------------------------------


@pytest.fixture
def brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_current", Brackets())


@pytest.mark.usefixtures("brackets")
def test_every_sentence_can_be_translated() -> None:
    view, _known = records.whole()
    html = page(replace(view, files=("privacy.html",)))
    data = {
        *("March", "August", "November", "gone", "guide"),
        *(area.replace("_", "-") for area in Area),
        *("tracker", "ads", "example", "work"),
    }
    data |= {"photobook", "commons", "chatter", "habits", "account"}
    seen = Reader(html, ("style", "code"))
    left = set(re.findall(r"[A-Za-z]{2,}", outside_brackets(seen.said())))
    assert left <= data


def test_a_sentence_is_looked_up_for_each_report(monkeypatch: pytest.MonkeyPatch) -> None:
    record, known = records.example()
    before = drawn(record, known)
    with monkeypatch.context() as patch:
        patch.setattr(i18n, "_current", Brackets())
        patch.setattr(i18n, "_language", "cy")
        other = drawn(record, known)
    assert '<html lang="cy">' in other
    assert "22 Tachwedd 2026" in other
    assert "⟦Who can help⟧" in other
    assert drawn(record, known) == before
    assert '<html lang="en">' in before


def test_dates_are_days_in_utc() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert "Privacy audit, 23 November 2026" in drawn(*of(PASS, finished=late))
    assert "Privacy audit, 22 November 2026" in drawn(*of(PASS, finished=late.replace(tzinfo=None)))


# -- looks -----------------------------------------------------------------------------------------


def scheme(name: str) -> dict[str, str]:
    css = (ROOT / "reports" / "style.css").read_text(encoding="utf-8")
    dark = css.index("@media (prefers-color-scheme: dark)")
    part = css[:dark] if name == "light" else css[dark : css.index(".fail {", dark)]
    return dict(re.findall(r"--([a-z_-]+): (#[0-9a-f]{6});", part))


def brightness(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_pair_of_colours_has_enough_contrast(name: str) -> None:
    colours = scheme(name)
    assert colours.keys() == scheme("light").keys()
    tints = [colours[f"{verdict}-tint"] for verdict in Verdict]
    for text in ("ink", "muted", "link", *(f"{verdict}-ink" for verdict in Verdict)):
        assert contrast(colours[text], colours["paper"]) >= 4.5
    for text in ("ink", "muted", "link"):
        assert min(contrast(colours[text], tint) for tint in tints) >= 4.5
    for verdict, tint in zip(Verdict, tints, strict=True):
        assert contrast(colours[f"{verdict}-ink"], tint) >= 4.5
    assert min(contrast(colours["focus"], behind) for behind in (colours["paper"], *tints)) >= 3


def test_nothing_moves_and_the_focus_is_never_hidden() -> None:
    css = (ROOT / "reports" / "style.css").read_text(encoding="utf-8")
    assert not re.search(r"transition|animation|scroll-behavior|box-shadow|outline: *(none|0)", css)
    assert "outline: 3px solid var(--focus)" in css


# -- files -----------------------------------------------------------------------------------------


def test_files_are_named_by_the_minute_for_their_owner_only_and_never_written_over(tmp_path: Path) -> None:
    record, known = of(FAIL)
    folder = tmp_path / "reports"
    first = written_by(record, known, folder, ["html", "json", "csv", "html"])
    assert [path.name for path in first] == [f"privacy-audit-2026-11-22-1014.{end}" for end in ("html", "json", "csv")]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in first)
    assert set(first) <= set(files.written())
    before = [path.read_bytes() for path in first]
    second = written_by(record, known, folder, ["json"])
    third = written_by(record, known, folder, ["csv", "json"])
    assert [path.name for path in second + third] == [
        "privacy-audit-2026-11-22-1014-2.json",
        "privacy-audit-2026-11-22-1014-3.csv",
        "privacy-audit-2026-11-22-1014-3.json",
    ]
    assert [path.read_bytes() for path in first] == before
    for path in first:
        assert path.name in section(first[0].read_text(encoding="utf-8"), "files")


def test_a_link_that_leads_nowhere_is_not_written_over(tmp_path: Path) -> None:
    record, known = of(FAIL)
    (tmp_path / "privacy-audit-2026-11-22-1014.json").symlink_to(tmp_path / "elsewhere")
    assert written_by(record, known, tmp_path, ["json"])[0].name == "privacy-audit-2026-11-22-1014-2.json"
    assert not (tmp_path / "elsewhere").exists()


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    record, known = of(FAIL)
    with pytest.raises(UsageError, match="“docx”") as refused:
        written_by(record, known, tmp_path / "reports", ["html", "docx"])
    assert refused.value.advice == "Choose from: html, json, csv, plan, pdf."
    assert not (tmp_path / "reports").exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    record, known = of(FAIL)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SaveError, match="could not be written"):
        written_by(record, known, tmp_path / "file" / "reports", ["json"])
    assert (tmp_path / "file").read_text() == "mine"


def test_nothing_heavy_is_loaded_before_a_report_is_drawn() -> None:
    heavy = "{'jinja2', 'babel', 'playwright', 'keyring'}"
    code = f"import sys, privacyaudit.report.writing; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"


def test_a_report_of_three_hundred_findings_is_small() -> None:
    record, known = sized(300)
    assert len(record.findings) == 300
    assert len(drawn(record, known).encode()) <= 300_000
    old = records.earlier(record)
    compared = page(
        shown(
            record, known, before=old, over_time=records.counts(old, record), calendar=CalendarFile("a.ics", CALENDAR)
        )
    )
    assert len(compared.encode()) <= 400_000


def test_the_record_comes_back_equal(tmp_path: Path) -> None:
    record, known = records.example()
    path = written_by(record, known, tmp_path, ["json"])[0]
    assert path.read_text(encoding="utf-8") == record.model_dump_json(by_alias=True, indent=2)
    assert read_record(path) == record
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_record(path) == record


def damaged(record: AuditRecord, **changes: Any) -> str:
    return json.dumps(json.loads(record.model_dump_json(by_alias=True)) | changes)


RECORD = of(FAIL, PASS)[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is damaged"),
        (RECORD.model_dump_json(by_alias=True)[:-9], "is damaged"),
        ("[" * 100_000, "is damaged"),
        ("[]", "at “the beginning”"),
        (damaged(RECORD, schema="2"), "newer version"),
        (damaged(RECORD, schema="0"), "another version"),
        (damaged(RECORD, tool="other"), "at “tool”"),
        (damaged(RECORD, note="canary-7f3a"), "at “note”"),
        (damaged(RECORD, findings=[{"check": "canary-7f3a"}]), "at “findings.0.check”"),
        (damaged(RECORD, summary=dict.fromkeys(Verdict, 0)), "at “the beginning”"),
        (" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_not_a_record_is_refused_with_a_sentence(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "record.json"
    path.write_text(text)
    with pytest.raises(RecordError) as refused:
        read_record(path)
    assert what in refused.value.what
    assert str(path) in refused.value.what
    assert refused.value.advice
    assert "canary" not in refused.value.what.replace(str(path), "")
    assert path.read_text() == text


def test_a_record_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=re.escape(f"nowhere.json cannot be read: {os.strerror(errno.ENOENT)}")):
        read_record(tmp_path / "nowhere.json")
    with pytest.raises(RecordError, match="is not a file"):
        read_record(tmp_path)


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def test_a_planned_day_stands_in_the_plan() -> None:
    known = catalogue(checklist("photobook", 2))
    checks = known.loaded["photobook"].checklist.checks
    findings = (finding(checks[0], FAIL, planned=DAY), finding(checks[1], ACCEPTED, until=TODAY))
    record = audit(known, findings=findings)
    plan = rows(FORMATS["csv"](shown(record, known)))
    assert [(row["check_id"], row["planned_for"], row["done_on"]) for row in plan] == [(checks[0].id, "2027-03-03", "")]
    later = rows(FORMATS["csv"](shown(record, known, TODAY + timedelta(days=1))))
    assert {(row["check_id"], row["planned_for"]) for row in later} == {
        (checks[0].id, "2027-03-03"),
        (checks[1].id, ""),
    }


def test_the_plan_holds_what_fails_and_room_for_dates() -> None:
    record, known = records.example()
    plan = rows(FORMATS["csv"](shown(record, known)))
    assert {row["check_id"] for row in plan} == {one.check for one in record.findings if one.verdict is FAIL}
    assert tuple(plan[0]) == COLUMNS
    photos = known.loaded["photobook"].checklist
    one = photos.checks[0]
    [row] = [row for row in plan if row["check_id"] == one.id]
    assert row == {
        "platform": "Photobook",
        "area": "Tagging and mentions",
        "check": one.title,
        "check_id": one.id,
        "severity": labels.severity(Severity.MEDIUM),
        "answer": "Everyone",
        "steps": " ".join(f"{number}. {step}" for number, step in enumerate(one.fix, 1)),
        "link": photos.where(one).web,
        "planned_for": "",
        "done_on": "",
    }
    assert rows(FORMATS["csv"](shown(*of(PASS, UNKNOWN)))) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "＝", "\t="])
def test_no_cell_of_the_plan_is_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("https://evil.example","x")'
    plain = check("photobook", 0)
    evil = plain.model_copy(
        update={
            "title": text,
            "options": tuple(option.model_copy(update={"label": text}) for option in plain.options),
        }
    )
    usual = checklist("photobook", 1, [plain])
    entry: Loaded = replace(
        records.loaded(usual),
        checklist=usual.model_copy(
            update={"checks": (evil,), "platform": usual.platform.model_copy(update={"name": text})}
        ),
    )
    known = Catalogue({"photobook": entry}, (records.ROLE,))
    row = rows(FORMATS["csv"](shown(audit(known, findings=(finding(plain, FAIL),)), known)))[0]
    for column in ("platform", "check", "answer"):
        assert row[column] == f"'{text}"


# -- documents -------------------------------------------------------------------------------------


def fields_of(kind: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in kind.model_fields.items()}


def test_each_key_of_a_record_and_each_column_is_documented() -> None:
    text = (ROOT / "docs" / "mend" / "formats.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^##+ (.*?)\n(.*?)(?=^##|\Z)", text, re.DOTALL | re.MULTILINE))
    for heading, expected in (
        ("The audit", fields_of(model.AuditRecord)),
        ("`platforms[]`", fields_of(model.PlatformRecord)),
        ("`findings[]`", fields_of(model.Finding)),
        ("`findings[].earlier`", fields_of(model.Earlier)),
        ("`findings[].observations[]`", fields_of(model.Observation)),
        ("With an earlier audit", fields_of(WrittenRecord) - fields_of(model.AuditRecord)),
        ("`over_time[]`", fields_of(Count)),
        ("The CSV plan", set(COLUMNS)),
    ):
        first_cells = re.findall(r"^\| (`.*?) \|", parts[heading], re.MULTILINE)
        assert {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)} == expected


def test_the_builder_makes_the_same_record_every_time() -> None:
    assert sized(50) == sized(50)
    assert [len(sized(size)[0].findings) for size in (0, 1, 30, 31, 61)] == [0, 1, 30, 31, 61]
    assert isinstance(check("photobook", 3), Check)
    assert FINISHED.tzinfo is UTC
