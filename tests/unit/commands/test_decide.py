"""`accept` and `plan`: what a person decides is kept encrypted, shows with its day, and is never taken for fine."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from privacyaudit import audit
from privacyaudit.catalogue import loading
from privacyaudit.cli.dialogs import decisions
from privacyaudit.cli.prompts import Nobody
from privacyaudit.cli.prompts.sentences import Choices
from privacyaudit.journal import Journal
from privacyaudit.model import Verdict
from privacyaudit.plan import plan
from privacyaudit.readers.answers import AnswersReader
from tests.support import in_process

WORDS = "a quiet morning by the lake\n"
CHECK = "facebook.friends-list"


def today() -> datetime:
    return datetime.now(UTC)


def day(days: int) -> str:
    return (today().date() + timedelta(days=days)).isoformat()


def run(*words: str, typed: str = WORDS, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = in_process.run(*words, typed=typed)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done


@pytest.fixture(scope="module")
def options() -> dict[str, str]:
    """Return an option of the check that is to change, and one that is fine, for anybody."""
    _loaded, check = loading.catalogue().check(CHECK)
    return {
        verdict.value: next(option.id for option in check.options if option.verdict_for("everyone") is verdict)
        for verdict in (Verdict.FAIL, Verdict.PASS)
    }


def audited(folder: Path, option: str) -> dict[str, Any]:
    """Put an audit with one answer into the history, through the files that a person would use."""
    answers = folder / "answers.yaml"
    answers.write_text(f"{CHECK}: {json.dumps(option)}\n")
    out = folder / f"out-{len(list(folder.iterdir()))}"
    run("audit", "facebook", "--answers", str(answers), "--no-input", "--no-keep", "--out", str(out))
    [record] = out.glob("*.json")
    run("history", "import", str(record), "--passphrase-stdin")
    made: dict[str, Any] = json.loads(record.read_text())
    return made


def test_accepting_says_until_when_and_lists_the_reason_for_that_person_alone(
    tmp_path: Path, options: dict[str, str]
) -> None:
    audited(tmp_path, options["fail"])
    words = ["accept", CHECK, "--until", day(90), "--because", "My aunt's group needs it", "--passphrase-stdin"]
    assert "You accept this risk until" in run(*words).stdout
    listed = run("accept", "--passphrase-stdin").stdout
    assert CHECK in listed
    assert "My aunt's group needs it" in listed
    due = json.loads(run("due", "--json", "--passphrase-stdin", code=10).stdout)
    assert CHECK not in [one["check"] for part in due["platforms"] for one in part["due"]]
    run("accept", CHECK, "--withdraw", "--passphrase-stdin")
    assert "not accepted anything" in run("accept", "--passphrase-stdin").stdout
    due = json.loads(run("due", "--json", "--passphrase-stdin", code=10).stdout)
    assert CHECK in [one["check"] for part in due["platforms"] for one in part["due"]]


def test_planning_takes_the_check_out_of_what_is_due_until_its_day(tmp_path: Path, options: dict[str, str]) -> None:
    audited(tmp_path, options["fail"])
    assert "You plan to change this by" in run("plan", CHECK, "--by", day(14), "--passphrase-stdin").stdout
    due = json.loads(run("due", "--json", "--passphrase-stdin", code=10).stdout)
    assert CHECK not in [one["check"] for part in due["platforms"] for one in part["due"]]
    assert CHECK in run("plan", "--passphrase-stdin").stdout
    assert "not accepted anything" in run("accept", "--passphrase-stdin").stdout


def test_only_what_is_to_change_can_be_decided_about(tmp_path: Path, options: dict[str, str]) -> None:
    audited(tmp_path, options["pass"])
    told = run("plan", CHECK, "--by", day(14), "--passphrase-stdin", code=2).stderr
    assert "does not say that" in told
    assert "“Fine”" in told
    told = run("plan", "facebook.old-posts", "--by", day(14), "--passphrase-stdin", code=2).stderr
    assert "facebook.old-posts" in told or "does not say that" in told


def test_what_cannot_be_is_told_and_changes_nothing(tmp_path: Path, options: dict[str, str]) -> None:
    audited(tmp_path, options["fail"])
    for words, sentence in (
        (["plan", CHECK], "To plan a change, say by when"),
        (["plan", CHECK, "--by", "soon"], "soon is not a date"),
        (["plan", CHECK, "--by", "2999-01-01"], "is not between tomorrow and"),
        (["plan", CHECK, "--by", day(0)], "is not between tomorrow and"),
        (["plan", CHECK, "--by", day(370)], "is not between tomorrow and"),
        (["accept", CHECK, "--until", day(9)], "until when and why"),
        (["accept", "facebook.nothing", "--until", day(9), "--because", "x"], "There is no check"),
        (["accept", CHECK, "--until", day(9), "--because", "x" * 201], "longer than 200"),
    ):
        told = run(*words, "--passphrase-stdin", code=2)
        assert sentence in told.stderr
        assert "Traceback" not in told.stderr
    assert "not accepted anything" in run("accept", "--passphrase-stdin").stdout
    run("plan", CHECK, "--by", day(1), "--passphrase-stdin")
    run("plan", CHECK, "--by", day(364), "--passphrase-stdin")


def test_without_a_history_there_is_nothing_to_decide_about() -> None:
    told = run("accept", CHECK, "--until", day(9), "--because", "x", code=2).stderr
    assert "You have not kept an audit yet" in told


# -- at the end of an audit ------------------------------------------------------------------------


class Agrees(Nobody):
    """Says yes, takes what is proposed, and notes what that was."""

    def __init__(self) -> None:
        super().__init__()
        self.proposed: list[str | None] = []

    def confirm(self, question: str, default: bool) -> bool:
        return True

    def choose_one(self, question: str, choices: Choices, *, chosen: str | None = None) -> str:
        self.proposed.append(chosen)
        return chosen or choices[0][0]

    def line(self, question: str) -> str:
        return "My family group needs it"


def test_who_left_a_setting_as_it_is_is_proposed_to_accept_it_and_of_all_else_nothing_is_proposed() -> None:
    catalogue = loading.catalogue()
    facebook = catalogue.checklist("facebook")
    of = plan([facebook], "teacher", {})
    wrong = {
        item.check.id: option.id
        for item in of.items[:8]
        for option in item.check.options
        if option.verdict_for("teacher") is Verdict.FAIL
    }
    made, _stopped = audit.run(of, [AnswersReader(wrong)], Journal(None, of.header()))
    failing = [row.check for row in made.findings if row.verdict is Verdict.FAIL]
    assert len(failing) > 1
    person = Agrees()
    decided = decisions.offer(made, catalogue, person, {failing[1]})
    assert [(one.kind, one.check) for one in decided] == [("accept", failing[1])]
    assert [one for one in person.proposed if one in ("leave", "accept")] == [
        "accept" if name == failing[1] else "leave" for name in failing
    ]
