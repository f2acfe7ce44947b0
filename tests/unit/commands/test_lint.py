"""The `lint` command brings checklists of schema 1 up to date; until then they work, and every command says how."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from privacyaudit.about_me import occasions
from tests.support import machines
from tests.support.everyday_audit import found
from tests.support.in_process import run
from tests.support.samples import OLD, alter

MINE = alter(("pond", "lake"), ("Pond", "Lake"), text=OLD)


def own(folder: Path, text: str = MINE, name: str = "lake.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def said(words: tuple[str, ...]) -> tuple[int, str]:
    result = run(*words)
    text = " ".join((result.stdout + result.stderr).split())
    assert "Traceback" not in text
    return result.returncode, text


def test_a_checklist_of_schema_1_works_and_the_way_to_bring_it_up_to_date_is_told(tmp_path: Path) -> None:
    path = own(tmp_path)
    sentence = f"{path}, line 1: this file has schema 1. It still works. To bring it up to date, type:"
    command = f"privacyaudit lint --upgrade {path}"
    answers = tmp_path / "answers.yaml"
    answers.write_text("lake.profile: everyone\nlake.mail: 'off'\nlake.tags: 'yes'\n")
    out = tmp_path / "out"
    audit = ("audit", "lake", "--checklists", str(path), "--answers", str(answers), "--no-input", "--out", str(out))
    for words in (("lint", str(path)), ("list", "lake", "--checklists", str(path)), audit):
        code, text = said(words)
        assert code == 0, text
        assert sentence in text
        assert command in text
    assert found(out) == {"lake.profile": "everyone", "lake.mail": "off", "lake.tags": "yes"}
    assert path.read_text() == MINE


def test_dates_by_seen_work_and_the_way_to_bring_them_up_to_date_is_told(tmp_path: Path) -> None:
    dated = alter(
        ("pond", "lake"), ("    guidance: [guide-1]\n", ""), ("page: 2026-08, read: 2026-11", "seen: 2026-08")
    )
    path = own(tmp_path, dated)
    code, text = said(("lint", str(path)))
    line = dated[: dated.index("seen: 2026-08")].count("\n") + 1
    assert code == 0
    assert (
        f"{path}, line {line}: “page” and “read” have replaced “seen”. The file still works. To bring it up to "
        f"date, type:" in text
    )
    code, text = said(("lint", "--upgrade", str(path)))
    assert code == 0
    assert f"{path}: 1 source now has “page” and “read”. If its page has a different date" in text
    assert "page: 2026-08, read: 2026-08" in path.read_text()
    assert "this is already up to date" in said(("lint", "--upgrade", str(path)))[1]


def test_a_path_with_a_blank_in_it_can_be_copied_from_the_sentence(tmp_path: Path) -> None:
    path = own(tmp_path, name="my lake.yaml")
    assert f'privacyaudit lint --upgrade "{path}"' in said(("lint", str(path)))[1]


def test_doctor_tells_of_a_checklist_of_schema_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_DATA", str(tmp_path))
    from privacyaudit.storage import folders

    folders.own_checklists().mkdir(parents=True)
    path = own(folders.own_checklists())
    monkeypatch.setattr("privacyaudit.cli.commands.doctor.PARTS", {})
    assert f"privacyaudit lint --upgrade {path}" in said(("doctor",))[1]


def test_upgrade_writes_the_file_anew_says_what_it_did_and_does_it_once(tmp_path: Path) -> None:
    path = own(tmp_path)
    code, text = said(("lint", "--upgrade", str(path)))
    assert code == 0
    assert f"{path}: this file now has schema 2. 3 checks are on 2 screens." in text
    assert f"{path}: the program can use this (3 checks)." in text
    assert "schema 1" not in text
    first = path.read_text()
    code, text = said(("lint", "--upgrade", str(path)))
    assert code == 0
    assert f"{path}: this is already up to date, so nothing was changed." in text
    assert path.read_text() == first


def test_upgrade_takes_a_folder_and_goes_on_after_a_file_that_it_cannot_use(tmp_path: Path) -> None:
    own(tmp_path, alter(("severity: high", "severity: dreadful"), text=MINE), "a.yaml")
    good = own(tmp_path)
    code, text = said(("lint", "--upgrade", str(tmp_path)))
    assert code == 2
    assert "a.yaml, line 12: checks.0.severity: choose from: high, medium, low" in text
    assert f"{good}: this file now has schema 2." in text
    assert (tmp_path / "a.yaml").read_text().startswith('schema: "1"')


def test_upgrade_without_a_file_and_of_one_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    assert said(("lint", "--upgrade")) == (
        2,
        "Name at least one checklist file. For example: privacyaudit lint mine.yaml",
    )
    code, text = said(("lint", "--upgrade", str(tmp_path / "nowhere.yaml")))
    assert code == 2
    assert "nowhere.yaml cannot be read" in text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_upgrade_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lake.yaml")
    code, text = said(("lint", "--upgrade", str(tmp_path / "lake.yaml")))
    assert code == 2
    assert "lake.yaml is not a file." in text


def test_a_file_that_cannot_be_written_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    path = own(place)
    inner = (
        "import subprocess, sys\n"
        f"place, path = {str(place)!r}, {str(path)!r}\n"
        "subprocess.run(['mount', '--bind', place, place], check=True)\n"
        "subprocess.run(['mount', '-o', 'remount,bind,ro', place], check=True)\n"
        "sys.exit(subprocess.run([sys.executable, '-m', 'privacyaudit', 'lint', '--upgrade', path]).returncode)\n"
    )
    done = machines.run(["-c", inner])
    assert done.returncode == 1, done.stderr
    text = " ".join((done.stdout + done.stderr).split())
    assert f"{path} could not be written: Read-only file system." in text
    assert "Traceback" not in text
    assert path.read_text() == MINE
    assert list(place.iterdir()) == [path]


def test_a_word_that_we_do_not_write_is_named_in_a_file_too(tmp_path: Path) -> None:
    text = alter(("Can strangers write to you?", "By whom can you be written to?"), text=MINE)
    _code, words = said(("lint", str(own(tmp_path, text))))
    line = text[: text.index("By whom")].count("\n") + 1
    assert f"lake.yaml, line {line}: We do not write “whom”. Better: who." in words


def test_a_walk_that_names_what_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    text = occasions.path().read_text("utf-8")
    code, words = said(("lint", str(own(tmp_path, text, "occasions.yaml"))))
    assert (code, "the program can use these lists of tasks" in words) == (0, True)
    wrong = alter(("route: google.privacy", "route: google.nowhere"), text=text)
    code, words = said(("lint", str(own(tmp_path, wrong, "occasions.yaml"))))
    assert code == 2
    line = wrong[: wrong.index("google.nowhere")].count("\n") + 1
    assert f"occasions.yaml, line {line}: job names 'google.nowhere', which does not exist." in words
