"""What came with the program is found, in the source tree and in an installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit import shipped


@pytest.mark.parametrize("kind", ["checklists", "reports", "locale"])
def test_what_came_with_the_program_is_found(kind: str) -> None:
    assert shipped.folder(kind).is_dir()


def test_the_folder_inside_an_installed_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "privacyaudit")
    assert shipped.folder("locale") == tmp_path / "locale"
    (tmp_path / "privacyaudit" / "data" / "locale").mkdir(parents=True)
    assert shipped.folder("locale") == tmp_path / "privacyaudit" / "data" / "locale"
