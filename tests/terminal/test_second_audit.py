"""Two audits after each other, as a person sees them: in a real terminal, with a history under a real keyring."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.model import Check, Verdict
from tests.support import on_the_way
from tests.support.everyday_audit import EVERYDAY, WALK
from tests.support.secret_service import private_keyring, run
from tests.support.terminal import Terminal

LIST = WALK


def option(check: Check, *verdicts: Verdict) -> int:
    """Return the number, from 1, of the first option that has one of these verdicts for everyone."""
    return next(n for v in verdicts for n, o in enumerate(check.options, 1) if o.verdict_for("everyone") is v)


FINE = (Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.CHOICE)


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    with private_keyring() as environment:
        own = {"HOME": tmp_path, "PRIVACYAUDIT_STATE": tmp_path / "state", "PRIVACYAUDIT_DATA": tmp_path / "data"}
        yield environment | {name: str(path) for name, path in own.items()}


def window(env: dict[str, str], out: Path, *words: str) -> Terminal:
    command = [sys.executable, "-m", "privacyaudit", "audit", *words, "--no-open", "--out", str(out)]
    needed = {name: value for name, value in env.items() if os.environ.get(name) != value}
    return Terminal(command, env=needed, rows=50)


def written(out: Path, kind: str = "json") -> str:
    [path] = out.glob(f"*.{kind}")
    return path.read_text(encoding="utf-8-sig")


def row(record: dict[str, Any], check: Check) -> dict[str, Any]:
    [found] = [finding for finding in record["findings"] if finding["check"] == check.id]
    return dict(found)


def answer(shown: Terminal, number: int, key: str) -> None:
    on_the_way.wait_for_question(shown, LIST, number)
    shown.reply(key)


@pytest.mark.terminal
@pytest.mark.keyring
@pytest.mark.parametrize("style", [[], ["--plain"]], ids=["rich", "plain"])
def test_the_second_audit_asks_less_and_the_report_says_what_changed(
    style: list[str], env: dict[str, str], tmp_path: Path
) -> None:
    count = len(LIST)
    kept, left = sorted(LIST[:2], key=EVERYDAY.index)
    with window(env, tmp_path / "first", "everyday", "--quick", *style) as shown:
        answer(shown, 1, str(option(LIST[0], Verdict.FAIL)))
        answer(shown, 2, str(option(LIST[1], Verdict.FAIL)))
        for number, check in enumerate(LIST[2:], 3):
            answer(shown, number, str(option(check, *FINE)))
        on_the_way.put_off_until(shown, "Is this your own computer")
        shown.reply("y")
        shown.wait_for("Then the next audit will ask less")
        shown.reply("y")
        shown.wait_for("Set days for them now")
        shown.reply("y")
        shown.wait_for(kept.title)
        shown.reply("2")
        shown.wait_for("Until when?")
        shown.reply("2")
        shown.wait_for("Only you see this")
        shown.reply("My-own-reason")
        shown.wait_for(left.title)
        shown.reply("3")
        shown.wait_for("Written:")
        shown.end()
    first = json.loads(written(tmp_path / "first"))
    assert row(first, kept)["verdict"] == "accepted"
    assert row(first, kept)["until"]
    assert row(first, left)["verdict"] == "fail"
    assert all("My-own-reason" not in path.read_text(encoding="utf-8-sig") for path in (tmp_path / "first").iterdir())
    assert "My-own-reason" in run(env, "accept").stdout

    with window(env, tmp_path / "second", "--quick", *style) as shown:
        shown.wait_for("the same services as before: Everyday habits.")
        shown.wait_for("1 needed changing")
        shown.wait_for(f"{count - 1} answers still count")
        answer(shown, 1 + LIST.index(left), str(option(left, *FINE)))
        screens = {check.screen for check in LIST if check is not left}
        assert on_the_way.keep_all_until(shown, "1 better, 0 worse") == len(screens)
        shown.wait_for("Written:")
        shown.end()
    second = json.loads(written(tmp_path / "second"))
    assert row(second, kept)["verdict"] == "accepted"
    assert row(second, left)["verdict"] != "fail"
    assert second["before"]["id"] == first["id"]
    assert second["comparison"]["counts"]["better"] == 1
    assert len(second["over_time"]) == 2
    page = written(tmp_path / "second", "html")
    assert "Since your last audit" in page
    assert "My-own-reason" not in page


@pytest.mark.keyring
def test_leaving_the_history_alone_neither_reads_nor_adds(env: dict[str, str], tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text(f"{LIST[0].id}: {json.dumps(LIST[0].options[0].id)}\n")
    words = ["audit", "everyday", "--quick", "--no-input", "--out"]
    assert run(env, *words, str(tmp_path / "one"), "--answers", str(answers), "--keep").returncode == 0
    assert run(env, *words, str(tmp_path / "two"), "--no-keep").returncode == 0
    two: dict[str, Any] = json.loads(written(tmp_path / "two"))
    assert {finding["reason"] for finding in two["findings"]} == {"skipped"}
    assert "before" not in two
    assert len(json.loads(written(tmp_path / "one"))["findings"]) == len(LIST)
    assert run(env, *words, str(tmp_path / "three")).returncode == 0
    three: dict[str, Any] = json.loads(written(tmp_path / "three"))
    assert row(three, LIST[0])["option"] == LIST[0].options[0].id
    assert len(run(env, "history", "list").stdout.strip().splitlines()) == 2
