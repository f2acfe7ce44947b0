"""The `letter` command: it lists letters, asks for blanks or marks them, and writes the file that one names."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit.about_me import letters
from tests.support.in_process import run
from tests.support.letters import ids

CANARY = "Siân O’Brien-Canary"


def test_without_a_name_every_letter_is_listed_and_danger_comes_first() -> None:
    done = run("letter")
    assert (done.returncode, done.stderr) == (0, "")
    assert "999" in done.stdout.splitlines()[0]
    assert [name for name in ids() if f"\n{name}: " not in done.stdout] == []


@pytest.mark.parametrize("name", ids())
def test_without_questions_every_blank_is_marked_and_listed(name: str) -> None:
    done = run("letter", name, "--no-input")
    assert (done.returncode, done.stderr) == (0, "")
    for blank in letters.blanks_of(letters.letter(name)):
        assert f"[{blank.mark}]" in done.stdout
        assert f"\n  {blank.mark}\n" in done.stdout
    assert "legal advice" in done.stdout
    assert "Nothing was sent" in done.stdout


def test_what_is_typed_is_in_the_letter_and_what_is_skipped_is_marked() -> None:
    typed = f"{CANARY}\n\njavascript:alert(1)\nhttps://example.org/a\n\n2\n"
    done = run("letter", "friend", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Hello [the name or the office]," in done.stdout
    assert "\n- javascript:alert(1)\n- https://example.org/a\n" in done.stdout
    assert "This is not a web address" in done.stdout
    assert "Could you please remove the tag with my name?" in done.stdout
    assert f"\n\n{CANARY}\n" in done.stdout


def test_a_line_that_is_too_long_is_asked_for_again() -> None:
    done = run("letter", "no-parent", typed="x" * 1001 + f"\n{CANARY}\n")
    assert "longer than 1,000 characters" in done.stdout
    assert CANARY in done.stdout


@pytest.mark.parametrize("ending", [".txt", ".html", ".docx"])
def test_a_letter_goes_into_the_file_that_one_names_and_nowhere_else(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"mine{ending}"
    done = run("letter", "no-parent", "--out", str(path), typed=f"{CANARY}\n")
    assert done.returncode == 0, done.stderr
    assert f"Written: {path}" in done.stdout
    assert CANARY not in done.stdout
    others = [one for one in tmp_path.rglob("*") if one.is_file() and one != path]
    assert others  # the ledger
    assert not [one for one in others if CANARY.encode() in one.read_bytes()]
    assert run("clean", "--yes").returncode == 0
    assert not path.exists()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("my own")
    done = run("letter", "friend", "--no-input", "--out", str(path))
    assert done.returncode == 2
    assert "already exists" in done.stderr
    assert path.read_text() == "my own"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("letter", "newspapers"), "Did you mean newspaper"),
        (("letter", "friend", "--no-input", "--out", "mine.pdf"), ".txt, .html, .docx"),
        (("letter", "--out", "mine.txt"), "--out needs a letter"),
        (("letter", "friend"), "nobody to answer"),
        (("letter", "friend", "--no-input", "--out", "/dev/null/mine.txt"), "could not be written"),
    ],
)
def test_bad_input_gets_a_sentence(words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
