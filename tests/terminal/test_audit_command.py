"""The `audit` command in a real terminal and with a real keyring: nothing that was answered is lost."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.support import on_the_way
from tests.support.everyday_audit import LAST, WALK, found
from tests.support.secret_service import private_keyring
from tests.support.secret_service import run as run_with
from tests.support.terminal import BACK, DONT_KNOW, QUIT, SKIP, Terminal


def window(tmp_path: Path, *words: str) -> Terminal:
    command = [sys.executable, "-m", "privacyaudit", "audit", *words, "--no-open", "--out", str(tmp_path / "out")]
    return Terminal(command, env={"PRIVACYAUDIT_STATE": str(tmp_path / "state"), "HOME": str(tmp_path)})


def wait_for_question(shown: Terminal, number: int) -> None:
    on_the_way.wait_for_question(shown, WALK, number)


def reply(shown: Terminal, number: int, key: str) -> None:
    wait_for_question(shown, number)
    shown.reply(key)


@pytest.mark.terminal
@pytest.mark.parametrize("style", [[], ["--plain"]], ids=["rich", "plain"])
def test_back_skip_quit_and_resume_end_in_the_right_record(style: list[str], tmp_path: Path) -> None:
    with window(tmp_path, "everyday", "--quick", *style) as shown:
        reply(shown, 1, "1")
        reply(shown, 2, "1")
        reply(shown, 3, BACK)
        reply(shown, 2, "2")
        reply(shown, 3, QUIT)
        shown.wait_for("Every answer you gave is kept")
    [unfinished] = (tmp_path / "out").glob("*.json")
    unfinished.unlink()
    with window(tmp_path, "--resume", *style) as shown:
        reply(shown, 3, SKIP)
        for number in range(4, LAST):
            reply(shown, number, "1")
        reply(shown, LAST, DONT_KNOW)
        on_the_way.put_off_until(shown, "Is this your own computer")
        shown.reply("n")
        shown.wait_for("Written:")
    expected = [check.options[0].id for check in WALK]
    expected[1] = WALK[1].options[1].id
    expected[2], expected[-1] = "(skipped)", "(dont_know)"
    assert found(tmp_path / "out") == dict(zip([check.id for check in WALK], expected, strict=True))
    assert not (tmp_path / "state" / "unfinished.jsonl").exists()


@pytest.mark.terminal
def test_a_kill_in_the_middle_loses_no_given_answer_and_the_next_start_offers_to_go_on(tmp_path: Path) -> None:
    with window(tmp_path, "everyday", "--quick", "--plain") as shown:
        reply(shown, 1, "2")
        reply(shown, 2, "1")
        wait_for_question(shown, 3)
        os.kill(shown.pid, signal.SIGKILL)
    with window(tmp_path, "--plain") as shown:
        shown.wait_for("Continue it?")
        shown.reply("y")
        for number in range(3, LAST + 1):
            reply(shown, number, "1")
        on_the_way.put_off_until(shown, "Is this your own computer")
        shown.reply("n")
        shown.wait_for("Written:")
    answers = found(tmp_path / "out")
    assert [answers[check.id] for check in WALK[:2]] == [WALK[0].options[1].id, WALK[1].options[0].id]


@pytest.mark.keyring
def test_an_audit_is_kept_when_asked_and_from_then_on_until_the_history_is_cleaned_away(tmp_path: Path) -> None:
    with private_keyring() as env:
        env |= {"PRIVACYAUDIT_STATE": str(tmp_path / "state"), "PRIVACYAUDIT_DATA": str(tmp_path / "data")}
        audit = ("audit", "everyday", "--quick", "--no-input", "--out", str(tmp_path / "out"))
        kept = []
        for words in ((*audit, "--no-keep"), (*audit, "--keep"), audit, (*audit, "--no-keep")):
            assert run_with(env, *words).returncode == 0
            kept.append(run_with(env, "history", "list").stdout.count("everyday"))
        assert kept == [0, 1, 2, 2]
        cleaned = run_with(env, "clean", "--history", "--yes")
        assert cleaned.returncode == 0, cleaned.stderr
        assert "history.db" in cleaned.stdout.replace("\n", "")
        assert not list((tmp_path / "data").glob("history.db*"))
        assert "no history yet" in run_with(env, "history", "list").stdout


@pytest.mark.keyring
def test_without_a_keyring_keeping_is_a_sentence_before_anything_is_asked(tmp_path: Path) -> None:
    with private_keyring("no bus") as env:
        env |= {"PRIVACYAUDIT_STATE": str(tmp_path / "state"), "PRIVACYAUDIT_DATA": str(tmp_path / "data")}
        words = ("audit", "everyday", "--quick", "--no-input", "--out", str(tmp_path / "out"), "--keep")
        result = run_with(env, *words)
    assert result.returncode == 1
    assert "keyring" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "state" / "unfinished.jsonl").exists()
