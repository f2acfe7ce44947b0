"""People who take turns at the window: what is theirs, what is the owner's, and what is left of anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from privacyaudit import journal
from privacyaudit.catalogue import loading
from privacyaudit.errors import UsageError
from privacyaudit.offline import codes
from privacyaudit.report import turns
from privacyaudit.storage import files, folders
from privacyaudit.window.presence import Presence
from privacyaudit.window.program import Program
from privacyaudit.window.turns import OPEN_TO_ALL

BEGIN = {"role": "teacher", "platforms": ["everyday"], "time": "full", "device": ""}
OF_THE_OWNER = ("resume", "keeping", "save", "unlock", "remember", "decide", "weekly", "forget", "take-turns")


@pytest.fixture
def one() -> Program:
    return Program(loading.catalogue(), Presence())


def does(one: Program, name: str, **wish: Any) -> Any:
    return one.does()[name](wish)


def answered(one: Program) -> Any:
    does(one, "begin", **BEGIN)
    assert one.sitting
    replies = [{"check": check.id, "option": check.options[-1].id} for check in one.sitting.checks]
    does(one, "answer", replies=replies)
    return does(one, "finish")


def on_disk(tmp_path: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_of_a_person_who_answered_everything_no_file_says_anything(one: Program, tmp_path: Path) -> None:
    does(one, "take-turns")
    before = on_disk(tmp_path)
    result = answered(one)
    assert (result["whole"], result["files"], result["keeps"], result["folder"]) == (True, [], False, "")
    assert on_disk(tmp_path) == before
    does(one, "next-person")
    assert (one.state()["session"], one.state()["result"], one.pages()["report"]()) == (None, None, None)


def test_a_person_who_leaves_in_the_middle_is_forgotten_too(one: Program, tmp_path: Path) -> None:
    does(one, "take-turns")
    does(one, "begin", **BEGIN)
    assert one.sitting
    check = one.sitting.checks[0]
    does(one, "answer", replies=[{"check": check.id, "option": check.options[0].id}])
    assert not does(one, "finish")["whole"]
    does(one, "next-person")
    assert one.state()["session"] is None
    assert not (folders.state() / journal.FILE).exists()
    with pytest.raises(UsageError):
        does(one, "finish")


def test_what_is_the_owners_is_not_shown_and_is_there_again_afterwards(one: Program) -> None:
    answered(one)
    written = files.written()
    does(one, "take-turns")
    assert one.pages()["report"]() is None
    result = answered(one)
    assert result["since"] == ""
    for name in OF_THE_OWNER:
        assert name not in OPEN_TO_ALL
        with pytest.raises(UsageError, match="People take turns"):
            does(one, name)
    for name in set(one.pages()) - OPEN_TO_ALL:
        with pytest.raises(UsageError, match="People take turns"):
            one.pages()[name]()
    with pytest.raises(UsageError, match="People take turns"):
        one.reads()["home"]()
    assert does(one, "end-turns") == {"said": "1 person took part. The program kept nothing about anybody."}
    assert files.written() == written
    assert (one.keeps, one.state()["turns"]) == (True, False)
    assert one.home()["last"]


def test_an_audit_of_the_owner_waits_in_its_file(one: Program) -> None:
    does(one, "begin", **BEGIN)
    assert one.sitting
    check = one.sitting.checks[0]
    does(one, "answer", replies=[{"check": check.id, "option": check.options[0].id}])
    kept = (folders.state() / journal.FILE).read_text()
    does(one, "take-turns")
    assert one.state()["session"] is None
    answered(one)
    does(one, "end-turns")
    assert (folders.state() / journal.FILE).read_text() == kept
    assert does(one, "resume")["session"]["answers"] == {check.id: check.options[0].id}


def test_an_audit_that_is_only_in_memory_is_not_thrown_away(one: Program) -> None:
    does(one, "keeping", keeps=False)
    does(one, "begin", **BEGIN)
    assert one.sitting
    check = one.sitting.checks[0]
    does(one, "answer", replies=[{"check": check.id, "option": check.options[0].id}])
    with pytest.raises(UsageError, match="not saved"):
        does(one, "take-turns")
    assert one.state()["session"]["answers"]


def test_whoever_saved_nothing_before_saves_nothing_afterwards(one: Program) -> None:
    does(one, "keeping", keeps=False)
    does(one, "take-turns")
    does(one, "end-turns")
    assert one.keeps is False


def test_a_person_counts_once_however_often_they_look_again(one: Program) -> None:
    does(one, "take-turns")
    answered(one)
    answered(one)
    does(one, "next-person")
    answered(one)
    assert does(one, "end-turns")["said"].startswith("2 people took part.")


def test_a_report_taken_along_is_noted_nowhere(one: Program, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    does(one, "take-turns")
    answered(one)
    with pytest.raises(UsageError, match="There is no folder"):
        does(one, "take-along", folder=str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="not a whole path"):
        does(one, "take-along", folder="stick")
    said = does(one, "take-along", folder=str(stick))["said"]
    [made] = stick.iterdir()
    assert said == [f"Written: {made}", said[1]]
    assert made.suffix == ".html"
    assert files.written() == []
    does(one, "next-person")
    with pytest.raises(UsageError, match="no report"):
        does(one, "take-along", folder=str(stick))


def test_the_codes_for_a_phone_say_what_matters_most_and_go_with_the_person(one: Program) -> None:
    pytest.importorskip("segno")
    assert one.pages()["codes"]() is None
    does(one, "take-turns")
    assert one.pages()["codes"]() is None
    result = answered(one)
    assert result["codes"]
    assert one.result
    short = turns.in_short(one.result.view)
    assert short[0] == result["headline"]
    number = len(codes.split(short, 69, 69))
    page = one.pages()["codes"]()
    assert isinstance(page, str)
    assert (page.count('class="code"'), f"Code 1 of {number}" in page) == (number, True)
    does(one, "next-person")
    assert one.pages()["codes"]() is None


def test_outside_of_turns_nobody_hands_over(one: Program) -> None:
    for name in ("next-person", "end-turns"):
        with pytest.raises(UsageError, match="Nobody takes turns"):
            does(one, name)
