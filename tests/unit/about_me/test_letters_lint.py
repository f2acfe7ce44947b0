"""Letters read easily, in the words of the house; and `lint` finds one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit import shipped
from privacyaudit.about_me import letters
from privacyaudit.about_me.letters_lint import MOST_WORDS, is_letter, remarks_on
from tests.support.in_process import run
from tests.support.letters import ids

FOLDER = shipped.folder("reports") / "letters"
FRIEND = (FOLDER / "friend.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ids())
def test_a_letter_is_short_and_plain(name: str) -> None:
    assert remarks_on(letters.load(FOLDER / f"{name}.yaml"), strict=False) == []


@pytest.mark.parametrize("name", ids())
def test_a_letter_and_what_is_said_about_it_is_easy_to_read(name: str) -> None:
    pytest.importorskip("textstat")
    assert remarks_on(letters.load(FOLDER / f"{name}.yaml"), strict=True) == []


def test_the_lint_command_reads_letters_and_says_what_could_be_better(tmp_path: Path) -> None:
    done = run("lint", str(FOLDER))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("can use this letter") == len(ids())
    path = tmp_path / "mine.yaml"
    path.write_text(FRIEND.replace("Thank you!", "I write to you regarding this. " + "word " * MOST_WORDS))
    said = run("lint", str(path)).stdout
    assert "We do not write “regarding”" in said
    assert "do not fit on one page" in said
    path.write_text(FRIEND.replace("{recipient}", "{nobody}"))
    done = run("lint", str(path))
    assert done.returncode == 2
    assert "mine.yaml, line" in done.stdout
    assert "{nobody}" in done.stdout


def test_a_hard_letter_is_found(tmp_path: Path) -> None:
    pytest.importorskip("textstat")
    path = tmp_path / "mine.yaml"
    hard = "Notwithstanding considerable organisational responsibilities, deliberate publication necessitates removal."
    path.write_text(FRIEND.replace("Thank you!", " ".join([hard] * 9)))
    done = run("lint", "--strict", str(path))
    assert done.returncode == 1
    assert "hard to read" in done.stdout


def test_a_checklist_or_what_cannot_be_read_is_no_letter(tmp_path: Path) -> None:
    assert is_letter(FOLDER / "friend.yaml")
    assert not is_letter(shipped.folder("checklists") / "steam.yaml")
    assert not is_letter(tmp_path / "nothing.yaml")
