"""LibreOffice opens each letter that is written as a document: its words are all there, on one page, with its links."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from privacyaudit.about_me import docx
from privacyaudit.about_me.letters import Written
from tests.support.letters import NAMES, PAGES, SCRIPTS, ids, written

pytestmark = pytest.mark.bed

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
AWKWARD = {"recipient": NAMES[6:7], "pages": [*PAGES, *SCRIPTS], "friend_wish": NAMES[7:8]}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every letter, filled and open, and one with each name and each script, in a folder."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed: on Debian, the package libreoffice-writer-nogui brings it")
    folder = tmp_path_factory.mktemp("letters")
    for name, one in every().items():
        (folder / f"{name}.docx").write_bytes(docx.document(one))
    return folder


def every() -> dict[str, Written]:
    made = {f"{name}-filled": written(name) for name in ids()} | {f"{name}-open": written(name, {}) for name in ids()}
    names = {f"name-{number}": written("friend", AWKWARD | {"my_name": [one]}) for number, one in enumerate(NAMES)}
    return made | names


def converted(folder: Path, ending: str, kind: str, profile: Path) -> dict[str, bytes]:
    """Let LibreOffice open all documents and save each as something else."""
    assert OFFICE
    sources = sorted(map(str, folder.glob("*.docx")))
    out = folder / ending
    command = [OFFICE, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", f"{ending}:{kind}"]
    subprocess.run([*command, "--outdir", str(out), *sources], check=True, capture_output=True, timeout=300)
    return {path.stem: path.read_bytes() for path in out.iterdir()}


def test_every_letter_opens_with_all_its_words(documents: Path, tmp_path: Path) -> None:
    texts = converted(documents, "txt", "Text (encoded):UTF8", tmp_path / "office")
    assert set(texts) == set(every())
    for name, one in every().items():
        said = [block.text for block in (*([one.subject] if one.subject else []), *one.blocks)]
        lines = texts[name].decode("utf-8-sig").splitlines()
        assert [re.sub(r"^\s*• ", "", line) for line in lines if line] == said, name


def test_every_letter_is_one_page(documents: Path, tmp_path: Path) -> None:
    papers = converted(documents, "pdf", "writer_pdf_Export", tmp_path / "office")
    pages = {name: len(re.findall(rb"/Type\s*/Page\b(?!s)", raw)) for name, raw in papers.items()}
    assert {name: count for name, count in pages.items() if count != 1 and not name.startswith("name-")} == {}
    assert set(pages) == set(every())


def test_only_addresses_of_web_pages_are_links_there(documents: Path, tmp_path: Path) -> None:
    shown = converted(documents, "html", "HTML (StarWriter)", tmp_path / "office")
    for name in (name for name in shown if name.startswith("name-")):
        links = re.findall(r'href="([^"]*)"', shown[name].decode("utf-8"))
        assert len(links) == len(PAGES), name
        assert all(link.startswith(("https://example.org/", "http://example.org/")) for link in links)
