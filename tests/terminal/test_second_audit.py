"""Two audits after each other, as a person sees them: in a real terminal, with a history under a real keyring."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.model import Check, Verdict
from tests.support.secret_service import private_keyring, run
from tests.support.terminal import Terminal

LIST = [check for check in loading.catalogue().checklist("everyday").checklist.checks if check.essential]


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


def answer(shown: Terminal, number: int, of: int, key: str) -> None:
    def asked() -> bool:
        text = shown.everything().rstrip()
        ready = text.endswith(("Your answer:", "Stop and go on later"))
        return ready and re.findall(rf"(\d+)\s+of\s+{of},", text)[-1:] == [str(number)]

    shown.wait_until(asked, f"question {number} of {of}")
    shown.reply(key)


@pytest.mark.terminal
@pytest.mark.keyring
@pytest.mark.parametrize("style", [[], ["--plain"]], ids=["rich", "plain"])
def test_the_second_audit_asks_less_and_the_report_says_what_changed(
    style: list[str], env: dict[str, str], tmp_path: Path
) -> None:
    count = len(LIST)
    with window(env, tmp_path / "first", "everyday", "--quick", *style) as shown:
        answer(shown, 1, count, str(option(LIST[0], Verdict.FAIL)))
        answer(shown, 2, count, str(option(LIST[1], Verdict.FAIL)))
        for number, check in enumerate(LIST[2:], 3):
            answer(shown, number, count, str(option(check, *FINE)))
        shown.wait_for("Is this your own computer")
        shown.reply("y")
        shown.wait_for("so that the next one asks less")
        shown.reply("y")
        shown.wait_for("Set days for them now")
        shown.reply("y")
        shown.wait_for(LIST[0].title)
        shown.reply("2")
        shown.wait_for("Until when?")
        shown.reply("2")
        shown.wait_for("This is for you alone")
        shown.reply("My-own-reason")
        shown.wait_for(LIST[1].title)
        shown.reply("3")
        shown.wait_for("Written:")
        shown.end()
    first = json.loads(written(tmp_path / "first"))
    assert first["findings"][0]["verdict"] == "accepted"
    assert first["findings"][0]["until"]
    assert first["findings"][1]["verdict"] == "fail"
    assert all("My-own-reason" not in path.read_text(encoding="utf-8-sig") for path in (tmp_path / "first").iterdir())
    assert "My-own-reason" in run(env, "accept").stdout

    with window(env, tmp_path / "second", "--quick", *style) as shown:
        shown.wait_for("The same services as before: Everyday habits.")
        shown.wait_for("1 was to change")
        answer(shown, 1, 1, str(option(LIST[1], *FINE)))
        shown.wait_for(f"{count - 1} answers of audits before still count")
        shown.reply("y")
        shown.wait_for("1 better, 0 worse")
        shown.wait_for("Written:")
        shown.end()
    second = json.loads(written(tmp_path / "second"))
    assert second["findings"][0]["verdict"] == "accepted"
    assert second["findings"][1]["verdict"] != "fail"
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
    assert three["findings"][0]["option"] == LIST[0].options[0].id
    assert len(run(env, "history", "list").stdout.strip().splitlines()) == 2
