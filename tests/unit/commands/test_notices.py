"""The notice of a platform is shown and agreed to once, before its first browser session, and never passed over."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

from privacyaudit.catalogue import loading
from privacyaudit.cli import program
from privacyaudit.cli.dialogs.browser import Beside
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.errors import UsageError
from privacyaudit.plan import Part, plan
from privacyaudit.readers.beside import NOTICES, agreed, remember_yes
from privacyaudit.storage import files, folders


def part(platform: str) -> Part:
    return plan([loading.catalogue().checklist(platform)], "teacher", {}).parts[0]


def say(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))


def test_a_notice_is_shown_each_time_and_asked_about_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wikipedia = part("wikipedia")
    say(monkeypatch, "y\n")
    Beside(at_terminal(plain=True)).agree([wikipedia])
    first = capsys.readouterr().out
    assert "rules on robots are about editing" in first
    assert "Continue?" in first
    say(monkeypatch, "")
    Beside(at_terminal(plain=True)).agree([wikipedia])
    second = capsys.readouterr().out
    assert "rules on robots are about editing" in second
    assert "Continue?" not in second


def test_a_yes_is_for_one_platform_only(monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, "y\nn\n")
    with pytest.raises(UsageError, match="You said no"):
        Beside(at_terminal(plain=True)).agree([part("wikipedia"), part("demo")])
    assert agreed(part("wikipedia").checklist.platform)
    assert not agreed(part("demo").checklist.platform)


def test_a_no_is_not_remembered_as_a_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, "n\n")
    with pytest.raises(UsageError, match="You said no"):
        Beside(at_terminal(plain=True)).agree([part("wikipedia")])
    assert not (folders.state() / NOTICES).exists()


def test_a_notice_that_says_something_else_is_asked_about_again() -> None:
    platform = part("wikipedia").checklist.platform
    remember_yes(platform)
    remember_yes(platform)
    assert agreed(platform)
    assert len((folders.state() / NOTICES).read_text().splitlines()) == 1
    assert not agreed(platform.model_copy(update={"notice": f"{platform.notice} And more."}))


def test_where_nobody_can_be_asked_it_goes_on_only_after_a_yes_before() -> None:
    wikipedia = part("wikipedia")
    with pytest.raises(UsageError, match="Nobody has agreed to the notice for Wikipedia yet") as caught:
        Beside(at_terminal(asks=False)).agree([wikipedia])
    assert "keys add" in caught.value.advice
    remember_yes(wikipedia.checklist.platform)
    Beside(at_terminal(asks=False)).agree([wikipedia])


def test_the_note_of_a_yes_goes_with_clean() -> None:
    remember_yes(part("wikipedia").checklist.platform)
    removed, kept = files.remove_all()
    assert folders.state() / NOTICES in removed
    assert kept == []


def test_the_list_says_of_each_platform_without_a_browser_why_that_is_so() -> None:
    told = " ".join(CliRunner().invoke(program(), ["list"]).output.split())
    reasons = [one.checklist.platform.by_hand_because for one in loading.catalogue().loaded.values()]
    assert sum(map(bool, reasons)) > 20
    assert [reason for reason in reasons if reason and " ".join(reason.split()) not in told] == []


@pytest.mark.parametrize("words", [["--browser"], []])
def test_an_audit_says_which_platforms_no_browser_is_opened_for_and_why(words: list[str], tmp_path: Path) -> None:
    made = CliRunner().invoke(program(), ["audit", "everyday", *words, "--quick", "--no-input", "--out", str(tmp_path)])
    assert made.exit_code == 0, made.output
    assert ("A program cannot read your habits from a page" in made.output) == bool(words)
