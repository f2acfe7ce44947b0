"""One check in full, and the list, say how old the facts are and who has the setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.in_process import run
from tests.support.samples import alter

LAKE = alter(("pond", "lake"), ("    guidance: [guide-1]\n", ""))
PAGE = "page: 2026-08"


def said(folder: Path, text: str, *words: str) -> str:
    path = folder / "lake.yaml"
    path.write_text(text, encoding="utf-8")
    return " ".join(run(*words, "--checklists", str(path)).stdout.split())


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("page: 2024", "written 2024, read November 2026"),
        ("page: 2026-08", "written August 2026, read November 2026"),
        ("page: 2026-08-03", "written 3 August 2026, read November 2026"),
        ("page: undated", "undated, read November 2026"),
    ],
)
def test_a_source_says_when_it_was_written_and_when_it_was_read(tmp_path: Path, page: str, told: str) -> None:
    text = alter((PAGE, page), ("confidence: high", "confidence: medium"), text=LAKE)
    assert f"https://help.lake.example/profile: {told}" in said(tmp_path, text, "show", "lake.profile")


def test_who_has_a_setting_that_not_everybody_has_is_said(tmp_path: Path) -> None:
    assert "Only people who pay have this setting." not in said(tmp_path, LAKE, "show", "lake.profile")
    text = alter(
        ("    default: everyone", "    only: paid\n    default: everyone"),
        ("I have no profile, verdict", "I do not pay, absent: true, verdict"),
        text=LAKE,
    )
    assert "Only people who pay have this setting." in said(tmp_path, text, "show", "lake.profile")


def test_what_has_no_date_is_counted_in_the_list_and_never_fresh(tmp_path: Path) -> None:
    dated = alter((PAGE, "page: 2026-11"), text=LAKE)
    undated = alter((PAGE, "page: undated"), ("confidence: high", "confidence: medium"), text=LAKE)
    assert re.search(r"lake Pond 3 \d 2026-11 2 ", said(tmp_path, dated, "list"))
    assert re.search(r"lake Pond 3 \d – 3 ", said(tmp_path, undated, "list"))
    assert "lake.profile" in said(tmp_path, undated, "list", "profile", "--stale")
