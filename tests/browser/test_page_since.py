"""Earlier answers on the page: its reader takes what is one, and its comparison says what the program's says."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.model import Check, Finding, Reason, Severity, Verdict
from privacyaudit.offline.page import build
from privacyaudit.over_time.compare import ChangeKind, compare
from tests.support import records
from tests.support.chromium import chromium
from tests.support.page_in_browser import functions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, JSHandle

pytestmark = pytest.mark.browser

NAMES = ("mastodon", "facebook", "everyday", "whatsapp")
READING = "readSource, sourceOf, earlierOf, answersText, goOnWith, compareWith, newSession, changesSince, readPlatforms"
CHANGES = """(page, [source, said, ids]) => {
  const platforms = page.readPlatforms(document.querySelector("#sheet"));
  const every = platforms.flatMap(one => one.checks);
  const earlier = page.earlierOf(page.sourceOf(source), platforms, ["everyone", "teacher", "councillor"]);
  const session = { ...page.newSession(), ...said };
  const asked = every.filter(one => ids.includes(one.id));
  return page.changesSince(earlier, session, asked, every).map(one => [one.check.id, one.kind, one.state, one.why]);
}"""
browser = pytest.fixture(scope="module")(chromium)


@pytest.fixture(scope="module")
def known() -> Catalogue:
    every = loading.catalogue()
    return replace(every, loaded={name: every.loaded[name] for name in NAMES})


@pytest.fixture(scope="module")
def its(browser: Browser, known: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> JSHandle:
    return functions(browser, build(known, NAMES), tmp_path_factory.mktemp("page"), READING)


# -- the comparison --------------------------------------------------------------------------------


def told(check: Check, option: str | None, role: str, revision: int) -> Finding:
    chosen = check.option(option) if option else None
    return Finding(
        check=check.id,
        revision=revision,
        verdict=chosen.verdict_for(role) if chosen else Verdict.UNKNOWN,
        option=option,
        reason=None if chosen else Reason.DONT_KNOW,
    )


def dealt(checks: list[Check], deal: random.Random) -> dict[str, str | None]:
    """Return answers to some checks; None is one that could not be told."""
    some = [check for check in checks if deal.random() < 0.8]
    return {check.id: deal.choice([*(option.id for option in check.options), None]) for check in some}


def saved(answers: dict[str, str | None], role: str, revisions: dict[str, int]) -> dict[str, Any]:
    return {
        "answers": {name: option for name, option in answers.items() if option},
        "open": {name: "dont_know" for name, option in answers.items() if not option},
        "day": "2026-05-03",
        "role": role,
        "revisions": revisions,
    }


ROLES = ("everyone", "teacher", "councillor")


@pytest.mark.parametrize(("then", "now"), list(itertools.product(ROLES, ROLES)))
@pytest.mark.parametrize("seed", range(3))
def test_the_comparison_is_the_programs(its: JSHandle, known: Catalogue, then: str, now: str, seed: int) -> None:
    checks = [check for one in known.loaded.values() for check in one.checklist.checks]
    deal = random.Random(f"{then} {now} {seed}")
    before, after = dealt(checks, deal), dealt(checks, deal)
    old = {check.id: check.revision if deal.random() < 0.8 else check.revision + 1 for check in checks}
    old |= {check.id: check.revision for check in checks if not before.get(check.id)}
    earlier = [told(check, before[check.id], then, old[check.id]) for check in checks if check.id in before]
    later = [told(check, after[check.id], now, check.revision) for check in checks if check.id in after]
    wanted = compare(
        records.audit(known, findings=tuple(earlier), role=then),
        records.audit(known, findings=tuple(later), role=now),
        known,
    ).rows
    source = saved(before, then, {name: revision for name, revision in old.items() if revision > 1})
    session = {**saved(after, now, {}), "role": now}
    found = its.evaluate(CHANGES, [source, session, list(after)])
    by_check = {row.check: [row.kind.value, row.state.value if row.state else "", row.why_not or ""] for row in wanted}
    assert {check: rest for check, *rest in found} == by_check
    assert {kind for kind, _state, _why in by_check.values()} >= set(ChangeKind) - {ChangeKind.STILL_TO_CHANGE}
    if {then, now} == {"teacher", "councillor"}:
        assert "role" in {why for _kind, _state, why in by_check.values()}
    by_id = {check.id: check for check in checks}
    severities = list(Severity)

    def place(name: str) -> tuple[object, ...]:
        check = by_id[name]
        return (*by_check[name][:2], severities.index(check.severity), not check.essential, check.minutes)

    assert [place(check) for check, *_rest in found] == [place(row.check) for row in wanted]


def test_an_answer_that_its_check_does_not_have_any_more_is_not_compared(its: JSHandle, known: Catalogue) -> None:
    check = known.loaded["facebook"].checklist.checks[0]
    fine = next(option.id for option in check.options if option.verdict_for("everyone") is Verdict.PASS)
    source = saved({check.id: "gone"}, "everyone", {check.id: check.revision})
    found = its.evaluate(CHANGES, [source, {"role": "everyone", "answers": {check.id: fine}}, [check.id]])
    assert found == [[check.id, "not_comparable", "pass", "revision"]]


def test_what_was_not_reached_is_not_compared_and_never_better(its: JSHandle, known: Catalogue) -> None:
    check = known.loaded["facebook"].checklist.checks[0]
    wrong = next(option.id for option in check.options if option.verdict_for("everyone") is Verdict.FAIL)
    source = saved({check.id: wrong}, "everyone", {check.id: check.revision})
    found = its.evaluate(CHANGES, [source, {"role": "everyone"}, [check.id]])
    assert found == [[check.id, "not_comparable", "unknown", "unknown_after"]]


def test_without_a_role_the_earlier_answers_are_judged_for_todays(its: JSHandle, known: Catalogue) -> None:
    check = next(
        one
        for one in known.loaded["mastodon"].checklist.checks
        if any(option.verdict_for("teacher") is not option.verdict_for("councillor") for option in one.options)
    )
    option = next(one for one in check.options if one.verdict_for("teacher") is not one.verdict_for("councillor"))
    for role in ("teacher", "councillor"):
        source = saved({check.id: option.id}, "", {check.id: check.revision})
        said = {"role": role, "answers": {check.id: option.id}}
        [[_check, kind, _state, why]] = its.evaluate(CHANGES, [source, said, [check.id]])
        assert why == ""
        assert kind == ("still_to_change" if option.verdict_for(role) is Verdict.FAIL else "unchanged")


# -- the reader ------------------------------------------------------------------------------------

GOOD = '{"answers": {"facebook.future-posts": "friends"}, "day": "2026-05-03", "role": "teacher", "revisions": {}}'
READ = "(page, text) => page.readSource(text)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "opened_broken"),
        ("Dear me", "opened_broken"),
        (GOOD[:-20], "opened_broken"),
        (GOOD[30:], "opened_broken"),
        ("}{", "opened_broken"),
        ("\ufeff\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "opened_no_text"),
        ("\ufffd\ufffd{}", "opened_no_text"),
        ("x" * 1_000_001, "opened_large"),
        ("{}", "opened_other"),
        ('{"answers": {}}', "opened_other"),
        ('{"answers": []}', "opened_other"),
        ('{"answers": "facebook.x"}', "opened_other"),
        ('{"answers": {"facebook.x": {"option": "on"}, "a.b": "words of people"}}', "opened_other"),
        ('{"name": "a page", "version": 3, "__proto__": {"a.b": "c"}}', "opened_other"),
        ('{"schema": "1", "tool": "privacyaudit", "findings": [{"check": "a.b", "option": "on"}]}', "opened_other"),
    ],
)
def test_what_is_no_answers_file_is_told_by_a_sentence(its: JSHandle, text: str, said: str) -> None:
    assert its.evaluate(READ, text) == said


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"\ufeff{GOOD}\n",
        f"My answers, do not lose!\n\n{GOOD}\n\nSent from my phone",
        GOOD.replace('": "', "”: „").replace('"', "“"),
        GOOD.replace(", ", ",\r\n\t"),
        GOOD.replace(", ", ",\u00a0\u202f").replace('": ', '":\u00a0'),
        GOOD.replace(", ", ",\u200b\n\ufeff"),
        "On 3 May I wrote:\n> " + GOOD.replace(", ", ",\n> ") + "\n>\n> Sent from my phone",
        ">> " + GOOD.replace(", ", ",\r\n> >\u00a0").replace('"', "”"),
        GOOD[:-1] + ', "name": "Eluned", "answered": 7}',
        GOOD.replace('"}, "day', '", "__proto__": "x", "constructor.x": 7.5, "facebook.y": null}, "day'),
    ],
    ids=[
        "plain",
        "with a mark",
        "in a mail",
        "with turned quotation marks",
        "on lines",
        "with spaces that do not break",
        "with marks that have no width",
        "quoted",
        "quoted twice",
        "with more",
        "with odd answers",
    ],
)
def test_what_mail_and_notes_make_of_a_text_is_read(its: JSHandle, text: str) -> None:
    assert its.evaluate(READ, text) == {
        "answers": {"facebook.future-posts": "friends"},
        "changed_from": {},
        "open": {},
        "day": "2026-05-03",
        "role": "teacher",
        "time": "",
        "revisions": {},
    }


def test_a_text_is_not_mended_for_long(its: JSHandle) -> None:
    for text in ("{" + "\n" * 900_000 + "}", "{" + " " * 900_000 + "}", "{" + "> " * 450_000 + "}"):
        assert its.evaluate(READ, text) in ("opened_broken", "opened_other")


@pytest.mark.parametrize("day", ["2026-05-03", "2024-02-29", "1970-01-01", "2031-01-01"])
def test_a_day_of_the_calendar_is_read(its: JSHandle, day: str) -> None:
    assert its.evaluate(READ, json.dumps({"answers": {"a.b": "c"}, "day": day}))["day"] == day


@pytest.mark.parametrize(
    "day", ["3 May", "2026-13-45", "2026-02-31", "2026-02-29", "0000-00-00", 7, None, "2026-05-03T10:00", "<b>"]
)
def test_a_day_that_is_none_is_left_out_and_so_is_an_id_that_is_none(its: JSHandle, day: object) -> None:
    found = its.evaluate(READ, json.dumps({"answers": {"a.b": "c"}, "day": day, "role": day, "revisions": day}))
    assert (found["day"], found["revisions"]) == ("", None)
    assert found["role"] in ("", day)


def test_an_older_file_and_a_plain_one_are_read(its: JSHandle) -> None:
    for text in ('{"answers": {"a.b": "c"}, "changed_from": {"a.b": "d"}}', '{"a.b": "c"}'):
        found = its.evaluate(READ, text)
        assert (found["answers"], found["day"], found["revisions"]) == ({"a.b": "c"}, "", None)


AGAIN = """(page, [said, ids, day]) => {
  const every = page.readPlatforms(document.querySelector("#sheet")).flatMap(one => one.checks);
  const text = page.answersText({ ...page.newSession(), ...said }, every.filter(one => ids.includes(one.id)), day);
  return [text, page.readSource(text)];
}"""


def test_what_the_page_saves_it_reads_again(its: JSHandle, known: Catalogue) -> None:
    checks = [check for check in known.loaded["facebook"].checklist.checks if check.revision > 1][:3]
    ids = [check.id for check in checks]
    answers = {check.id: check.options[0].id for check in checks[:2]}
    said = {
        "answers": answers,
        "open": {ids[2]: "skipped"},
        "changed": {ids[0]: checks[0].options[1].id},
        "role": "teacher",
        "time": "full",
        "platforms": ["facebook"],
    }
    text, found = its.evaluate(AGAIN, [said, ids, "2026-05-03"])
    assert list(json.loads(text)) == ["answers", "changed_from", "open", "day", "role", "time", "revisions"]
    assert found == {
        "answers": answers,
        "changed_from": said["changed"],
        "open": said["open"],
        "day": "2026-05-03",
        "role": "teacher",
        "time": "full",
        "revisions": {check.id: str(check.revision) for check in checks[:2]},
    }


FITS = """(page, source) => {
  const platforms = page.readPlatforms(document.querySelector("#sheet"));
  const found = page.earlierOf(page.sourceOf(source), platforms, ["teacher"]);
  return [found.session, found.gone.map(one => one.id), found.elsewhere];
}"""


def test_what_fits_is_told_from_what_does_not_fit_any_more_and_from_what_is_elsewhere(
    its: JSHandle, known: Catalogue
) -> None:
    one, two, three, four = known.loaded["facebook"].checklist.checks[:4]
    answers = {one.id: one.options[0].id, two.id: two.options[0].id, three.id: "gone", "tiktok.x": "on", "f.g": "h"}
    source = {
        "answers": answers,
        "open": {four.id: "dont_know", one.id: "skipped", "tiktok.y": "skipped"},
        "changed_from": {one.id: one.options[1].id, two.id: two.options[1].id},
        "day": "2026-05-03",
        "revisions": {one.id: one.revision, two.id: two.revision + 1, three.id: three.revision},
    }
    session, gone, elsewhere = its.evaluate(FITS, source)
    assert session["answers"] == session["first"] == {one.id: one.options[0].id}
    assert session["changed"] == {one.id: one.options[1].id}
    assert session["open"] == {four.id: "dont_know"}
    assert session["platforms"] == ["facebook"]
    assert (gone, elsewhere) == ([two.id, three.id], 2)


GO_ON = """(page, [session, source]) => {
  const platforms = page.readPlatforms(document.querySelector("#sheet"));
  const mine = { ...page.newSession(), ...session };
  const differ = page.goOnWith(mine, page.earlierOf(page.sourceOf(source), platforms, ["teacher", "councillor"]));
  return [mine, differ];
}"""


def test_to_go_on_keeps_what_is_there_and_asks_again_what_differs(its: JSHandle, known: Catalogue) -> None:
    one, two, three = known.loaded["facebook"].checklist.checks[:3]
    mine = {one.id: one.options[0].id, two.id: two.options[0].id}
    source = saved({two.id: two.options[1].id, three.id: three.options[0].id}, "councillor", {})
    source["revisions"] = {check.id: check.revision for check in (two, three)}
    session, differ = its.evaluate(GO_ON, [{"answers": mine, "first": mine, "role": "teacher"}, source])
    assert session["answers"] == {one.id: one.options[0].id, three.id: three.options[0].id}
    assert (session["role"], session["platforms"], differ) == ("teacher", ["facebook"], 1)
