"""A teacher with Facebook, Instagram, WhatsApp and TikTok, from `privacyaudit audit` to the report: in a real terminal.

What is asked, how it should be and what fails is read from the catalogue, and the order from the walk. With `-s` it
prints how many keys were pressed and how many words were shown, beside what the model of a person's time says.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bench_person import ROLE
from privacyaudit import labels
from privacyaudit.model import Check, Verdict
from privacyaudit.report.headline import headline
from privacyaudit.walk import Stop, aim
from tests.support.on_the_way import without_spaces
from tests.support.teacher import (
    ALL_SO,
    DIFFERENT,
    LATER,
    LEAVE,
    WHY,
    Answer,
    Asked,
    Replies,
    Teacher,
    checks,
    compare,
    fine,
    key,
    many,
    way,
    wrong,
)
from tests.support.terminal import BACK, QUIT, Terminal

pytestmark = pytest.mark.terminal

SitDown = Callable[..., Teacher]

in_each_window = pytest.mark.parametrize(
    ("style", "size"),
    [(style, size) for style in ("rich", "plain") for size in ((80, 24), (100, 40))],
    ids=lambda one: one if isinstance(one, str) else "x".join(map(str, one)),
)


@pytest.fixture
def sit_down(tmp_path: Path, style: str, size: tuple[int, int]) -> Iterator[Callable[..., Teacher]]:
    """Start `privacyaudit audit` in a window; its reports go to a folder of their own."""
    with ExitStack() as windows:

        def sat_down(way: Sequence[Stop], out: str, *words: str) -> Teacher:
            command = [sys.executable, "-m", "privacyaudit", "audit", *words, "--no-open", "--out", str(tmp_path / out)]
            command += ["--format", "html,json,plan", *(["--plain"] if style == "plain" else [])]
            env = {"PRIVACYAUDIT_STATE": str(tmp_path / "state"), "HOME": str(tmp_path)}
            window = windows.enter_context(Terminal(command, columns=size[0], rows=size[1], env=env))
            return Teacher(window, style, size, way)

        yield sat_down


def record(out: Path) -> dict[str, Any]:
    [path] = out.glob("*.json")
    made: dict[str, Any] = json.loads(path.read_text())
    return made


def answers(record: Mapping[str, Any]) -> dict[str, Answer]:
    found = record["findings"]
    assert len({one["check"] for one in found}) == len(found)
    before = [next((seen["changed_from"] for seen in one["observations"]), None) for one in found]
    return {one["check"]: (one["option"], one["reason"], was) for one, was in zip(found, before, strict=True)}


def label(check: Check, option: str) -> str:
    return next(one.label for one in check.options if one.id == option)


def all_fine(way: Iterable[Stop]) -> dict[str, Answer]:
    return {check.id: (fine(check), None, None) for check in checks(way)}


def assert_planned(out: Path, way: Sequence[Stop], answers: Mapping[str, Answer]) -> None:
    """The plan has what fails, once each and in the order of the walk, and then the screens to look at again."""
    [path] = out.glob("privacy-plan-*.txt")
    listed, _sep, again = path.read_text().partition("Could not tell")
    fails = [check for check in checks(way) if is_wrong(check, answers)]
    assert re.findall(r"^\[ \] (.+)$", listed, re.MULTILINE) == [check.title for check in fails]
    different = [sum(answers[check.id][1] == "looks_different" for check in checks([stop])) for stop in way]
    names = [f"{stop.checklist.platform.name}: {stop.screen.title}" for stop in way]
    unknown = [f"{name} ({number})" for name, number in zip(names, different, strict=True) if number]
    assert re.findall(r"^\[ \] (.+)$", again, re.MULTILINE) == unknown
    [page] = out.glob("privacy-plan-*.html")
    places = [page.read_text().find(html.escape(check.title)) for check in fails]
    assert -1 not in places
    assert places == sorted(places)


def is_wrong(check: Check, answers: Mapping[str, Answer]) -> bool:
    option = check.option(answers[check.id][0] or "")
    return option is not None and option.verdict_for(ROLE) is Verdict.FAIL


@in_each_window
def test_the_short_way_with_every_move_ends_in_exactly_the_right_record(
    sit_down: SitDown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = way(quick=True)
    first, second, *rest = walk
    back, then = checks([first])[-1], checks([second])[0]
    several = next(stop for stop in walk[1:] if many(stop))
    different = next(stop for stop in rest if stop is not several and stop.screen.has_way)
    later, leave = [check for check in checks(s for s in rest if s not in (several, different)) if wrong(check)][:2]
    replies: Replies = {
        ("question", back.id): [WHY, key(back, fine(back)), key(back, wrong(back))],
        ("question", then.id): [BACK],
        ("question", later.id): [key(later, wrong(later))],
        ("question", leave.id): [key(leave, wrong(leave))],
        ("change", later.id): [LATER],
        ("change", leave.id): [LEAVE],
    }
    replies.setdefault(("question", checks([several])[0].id), []).append(ALL_SO)
    replies[("question", checks([different])[0].id)] = [DIFFERENT]
    expected = all_fine(walk) | {
        back.id: (fine(back), None, wrong(back)),
        later.id: (wrong(later), None, None),
        leave.id: (wrong(leave), None, None),
        **{check.id: (None, "looks_different", None) for check in checks([different])},
    }
    asked: list[Asked] = []
    for stop in walk:
        here = checks([stop])
        asked += [("question", check.id) for check in (here[:1] if stop in (several, different) else here)]
        asked += [("change", check.id) for check in here if check in (later, leave)]
    asked.insert(asked.index(("question", back.id)), ("question", back.id))
    place = asked.index(("question", then.id))
    asked[place:place] = [("question", then.id), ("question", back.id), ("change", back.id)]

    teacher = sit_down(walk, "out")
    teacher.begin(chooses_time=True)
    assert teacher.go(replies).asked == asked
    shown = without_spaces(teacher.shown)
    assert without_spaces(back.why) in shown
    assert without_spaces(f"Earlier, you answered: {label(back, fine(back))}") in shown
    if teacher.style == "plain":
        lists = [without_spaces(f"{check.question} 1. {check.options[0].label}") for check in checks(walk)]
        assert sum(shown.count(one) for one in set(lists)) == sum(kind == "question" for kind, _check in asked)
    made = record(tmp_path / "out")
    assert answers(made) == expected
    assert (made["quick"], made["stopped"], made["role"]) == (True, False, ROLE)
    assert_planned(tmp_path / "out", walk, expected)
    compare("The short way with every move", [teacher], [back, later, leave], monkeypatch, more=3)


@in_each_window
def test_a_teacher_who_stops_has_a_report_and_goes_on_where_they_were(
    sit_down: SitDown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = way(quick=True)
    middle = len(walk) // 2
    before, after = checks(walk[:middle]), checks(walk[middle:])
    later = next(check for check in reversed(before) if wrong(check))
    answered = all_fine(walk) | {later.id: (wrong(later), None, None)}
    replies = {
        ("question", later.id): [key(later, wrong(later))],
        ("change", later.id): [LATER],
        ("question", after[0].id): [QUIT],
    }
    asked: list[Asked] = []
    for stop in walk[:middle]:
        asked += [("question", check.id) for check in checks([stop])]
        asked += [("change", later.id)] if later in checks([stop]) else []
    asked.append(("question", after[0].id))

    teacher = sit_down(walk, "first")
    teacher.begin(chooses_time=True)
    assert teacher.go(replies).asked == asked
    made = record(tmp_path / "first")
    so_far = answered | {check.id: (None, "stopped", None) for check in after}
    assert answers(made) == so_far
    assert made["stopped"]
    assert_planned(tmp_path / "first", walk, so_far)
    summary = {Verdict(name): number for name, number in made["summary"].items()}
    sentence = headline(summary, len(after)).sentence
    assert without_spaces(sentence) in without_spaces(teacher.shown)
    [report] = (tmp_path / "first").glob("privacy-audit-*.html")
    assert sentence in report.read_text()
    assert labels.not_reached() in report.read_text()
    [sheet] = (tmp_path / "first").glob("privacy-plan-*.txt")
    assert f"{labels.not_reached()} ({len(after)})" in sheet.read_text()

    again = sit_down(walk, "second", "--resume")
    again.look_again()
    assert again.go({}).asked == [("question", check.id) for check in after]
    made = record(tmp_path / "second")
    assert answers(made) == answered
    assert not made["stopped"]
    assert_planned(tmp_path / "second", walk, answered)
    compare("The short way", [teacher, again], [later], monkeypatch, more=1)


@pytest.mark.parametrize(("style", "size"), [("rich", (100, 40))], ids=["rich-100x40"])
def test_the_full_way_is_mostly_one_key_for_each_screen(
    sit_down: SitDown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = way(quick=False)
    alone = [stop for stop in walk if len(stop.items) == 1 and wrong(stop.items[0].check)]
    later, leave = checks(alone[:1]), checks(alone[-1:])
    large = next(stop for stop in walk if len(stop.items) > 2 and wrong(stop.items[0].check))
    changed, then = checks([large])[:2]
    replies: Replies = {("change", later[0].id): [LATER], ("change", leave[0].id): [LEAVE]}
    replies |= {("question", check.id): [key(check, wrong(check))] for check in (*later, *leave, changed)}
    replies[("question", then.id)] = [ALL_SO]
    expected = all_fine(walk) | {check.id: (wrong(check), None, None) for check in (*later, *leave)}
    expected[changed.id] = (fine(changed), None, wrong(changed))
    asked: list[Asked] = []
    for stop in walk:
        here = checks([stop])
        some = here[:1] + [check for check in here[1:] if not (many(stop) and aim(check, ROLE))]
        asked += [("question", check.id) for check in ([changed, then] if stop is large else some)]
        asked += [("change", check.id) for check in some if check in (*later, *leave, changed)]

    teacher = sit_down(walk, "out", "--full")
    teacher.begin(chooses_time=False)
    assert teacher.go(replies, all_so=True).asked == asked
    made = record(tmp_path / "out")
    assert answers(made) == expected
    assert (made["quick"], made["stopped"], made["role"]) == (False, False, ROLE)
    assert_planned(tmp_path / "out", walk, expected)
    compare("The full way", [teacher], [*later, *leave, changed], monkeypatch)
