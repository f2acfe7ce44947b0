"""A fault in the middle of a letter, also while it is written or noted as sent: no word that was typed is anywhere."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from privacyaudit.about_me import letters
from privacyaudit.model import Taken
from privacyaudit.model.letter import Fills
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from privacyaudit.over_time.step_shelf import StepShelf
from tests.support import in_process
from tests.support.histories import KEY

NAME, ADDRESS, PAGE = "Canary Nightingale", "9 Canary Lane, Nesttown", "https://example.org/canary/nest"
SECRETS = ("canary", "nightingale", "nesttown", "example.org")
SENT, TODAY = "y", ""
A_NOTE = 1_000
"""More bytes than a line of the ledger has, and fewer than the letter."""
Breaks = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "TMPDIR", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    pytest.importorskip("apsw", reason="the extra [history] is not installed")
    monkeypatch.setattr(history, "keyring_key", lambda: KEY)
    History.open(KEY).close()
    return tmp_path


def answers() -> list[str]:
    """Return a line for each question about the blanks of the letter: a name, an address, a page, or a choice."""
    lines: list[str] = []
    for blank in letters.blanks_of(letters.letter("school-site")):
        if blank.choices:
            lines.append("1")
        elif blank.many:
            lines += [PAGE, ""]
        else:
            lines.append(PAGE if blank.fills is Fills.ADDRESS else f"{NAME}, {ADDRESS}")
    return lines


def letter(*more: str, out: Path | None = None) -> tuple[int, str, str]:
    words = ("letter", "school-site", "--plain", *(["--out", str(out)] if out else []))
    done = in_process.run(*words, typed="".join(f"{line}\n" for line in (*answers(), *more)))
    return done.returncode, done.stdout, done.stderr


def traces(folder: Path) -> list[Path]:
    """Return the files below a folder in whose name or content there is a word that was typed."""
    found = []
    for path in folder.rglob("*"):
        text = path.name.lower() + (path.read_bytes().decode("latin-1").lower() if path.is_file() else "")
        found += [path for word in SECRETS if word in text]
    return found


def fault(*_words: Any, **_more: Any) -> NoReturn:
    """Raise what has all that was typed in it, and in the fault that was before it."""
    raise ValueError(NAME, ADDRESS, PAGE) from OSError(5, NAME, PAGE)


def in_the_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("privacyaudit.about_me.letters.write", fault)


def in_the_page(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("privacyaudit.report.formats.letter.draw", fault)


def on_the_disk(patch: pytest.MonkeyPatch) -> None:
    sync = os.fsync
    patch.setattr(os, "fsync", lambda handle: fault() if os.fstat(handle).st_size > A_NOTE else sync(handle))


def before_it_is_in_its_place(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Path, "replace", fault)


def while_the_step_is_kept(patch: pytest.MonkeyPatch) -> None:
    def keep(shelf: StepShelf, taken: Taken) -> None:
        with shelf._change():
            shelf._connection.execute("insert into steps (taken) values (?)", (taken.model_dump_json(),))
            fault()

    patch.setattr(StepShelf, "keep", keep)


def when_the_day_is_worked_out(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("privacyaudit.about_me.follow_up.taken", fault)


@pytest.mark.parametrize(
    ("breaks", "into_a_file"),
    [
        (in_the_words, False),
        (in_the_words, True),
        (in_the_page, True),
        (on_the_disk, True),
        (before_it_is_in_its_place, True),
        (while_the_step_is_kept, False),
        (when_the_day_is_worked_out, False),
    ],
)
def test_when_it_breaks_in_the_middle_no_word_is_in_a_file_a_log_or_the_report_of_the_fault(
    breaks: Breaks, into_a_file: bool, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with monkeypatch.context() as patch:
        breaks(patch)
        code, said, wrong = letter(SENT, TODAY, out=home / "mine.html" if into_a_file else None)
    assert code == 3
    assert "ValueError" in wrong
    assert "Traceback" not in said + wrong
    assert not any(word in (wrong + caplog.text).lower() for word in SECRETS)
    assert traces(home) == []
    with History.open(KEY) as kept:
        assert kept.steps.all() == []


def test_without_a_fault_the_words_are_in_the_letter_and_the_day_is_kept(home: Path) -> None:
    code, _said, wrong = letter(SENT, TODAY, out=home / "mine.html")
    assert (code, wrong) == (0, "")
    assert {path.name for path in traces(home)} == {"mine.html"}, "else the test above shows nothing"
    with History.open(KEY) as kept:
        assert [one.taken.step for one in kept.steps.all()] == ["letter.school-site"]
