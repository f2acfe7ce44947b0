"""`lint` tells whether routes can be used, as it does for checklists, and what could be better in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit.about_me import places, routes_lint
from tests.support.in_process import run
from tests.support.routes import GOOD


def linted(folder: Path, text: str, *more: str, name: str = "pond.yaml") -> tuple[int, str, Path]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    done = run("lint", str(path), *more)
    said = " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in said
    return done.returncode, said, path


def test_a_file_that_can_be_used_says_what_is_in_it(tmp_path: Path) -> None:
    code, said, path = linted(tmp_path, GOOD)
    assert code == 0
    assert said == f"{path}: the program can use this (1 places, 2 routes, 1 who help)."


def test_a_wrong_file_is_refused_with_file_line_and_advice(tmp_path: Path) -> None:
    code, said, path = linted(tmp_path, GOOD.replace("way: form", "way: fax"))
    assert code == 2
    assert f"{path}, line 9: routes.0.way: choose from: app, form, email" in said
    assert "See docs/mend/add-a-platform.md" in said


def test_a_fault_that_two_files_meet_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "pond.yaml"
    code, said, _path = linted(tmp_path, GOOD.replace("way: form", "way: fax"), str(path))
    assert code == 2
    assert said.count("routes.0.way: choose from") == 1


def test_a_route_may_lead_to_one_that_came_with_the_program(tmp_path: Path) -> None:
    assert linted(tmp_path, GOOD.replace("[pond.letter]", "[law.complaint]"))[0] == 0
    code, said, _path = linted(tmp_path, GOOD.replace("[pond.letter]", "[law.complain]"))
    assert code == 2
    assert "Did you mean law.complaint" in said


@pytest.mark.parametrize(
    ("before", "after", "remark"),
    [
        ("It does not stop copies.", "It does not say whom.", "We do not write “whom”. Better: who."),
        ("    refused: [pond.letter]\n", "", "pond.post does not say what to do when they say no"),
        ("https://pond.example/report", "https://lake.example/report", "That host is not in the hosts of its place."),
        ("It does not stop copies.", "It does not stop copies. " * 8, "a sentence of more than 140 characters"),
    ],
)
def test_what_could_be_better_is_said_and_is_a_fault_when_strict(
    tmp_path: Path, before: str, after: str, remark: str
) -> None:
    assert before in GOOD
    text = GOOD.replace(before, after, 1)
    code, said, _path = linted(tmp_path, text)
    assert code == 0
    assert remark in said
    code, said, _path = linted(tmp_path, text, "--strict")
    assert code == 1
    assert remark in said


def test_a_copy_of_a_file_that_came_with_the_program_can_be_worked_on(tmp_path: Path) -> None:
    text = (places.folder() / "press.yaml").read_text(encoding="utf-8")
    assert linted(tmp_path, text, name="press.yaml")[0] == 0
    code, said, path = linted(tmp_path, text, name="papers.yaml")
    assert code == 2
    assert f"{path}, line 4: " in said


def test_nothing_could_be_better_in_what_came_with_the_program() -> None:
    pytest.importorskip("textstat")
    for path in places.files(places.folder()):
        one = places.load(path)
        assert routes_lint.could_be_better(one, routes_lint.known_with(one), strict=True) == []
