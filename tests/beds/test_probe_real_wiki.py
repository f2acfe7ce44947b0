"""`privacyaudit probe` on a real MediaWiki: what it says, that it changes nothing, and what it keeps of real pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from privacyaudit.browser import launch
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.sites import bind
from tests.beds.recipes import mediawiki
from tests.support import secret_service
from tests.support.settings_page import read_probes
from tests.support.site import Reply, Site
from tests.support.whole_program import leftovers, save_key

pytestmark = [pytest.mark.bed, pytest.mark.browser, pytest.mark.keyring]

PERSONAL = ("Bob", "Robert", "Springfield", "bob@", "example.org", "mw-user", "token")


def test_the_pages_of_a_real_wiki_are_kept_without_the_person_and_read_the_same(
    env: dict[str, str], wiki: mediawiki.Wiki, tmp_path: Path
) -> None:
    save_key(env, wiki, "Bob")
    before = wiki.dump()
    words = ("--site", wiki.origin, "--headless", "--fill", "--no-input", "--save", str(tmp_path / "kept"))
    result = secret_service.run(env, "probe", "wikipedia", *words, timeout=120)
    assert (result.returncode, result.stderr) == (0, "")
    assert wiki.dump() == before
    assert wiki.live_sessions() == []
    assert leftovers(env) == []
    assert "Signed out: confirmed" in result.stdout
    assert "? wikipedia.login-alert 1: not_found" in result.stdout

    kept = json.loads((tmp_path / "kept" / "pages.json").read_text())
    for file in (tmp_path / "kept").iterdir():
        text = file.read_text()
        assert wiki.origin not in text
        assert [canary for canary in PERSONAL if canary in text and canary not in file.name] == [], file.name
    assert read_again(tmp_path / "kept", kept) == {
        (one["check"], one["probe"]): one["answer"] for page in kept["pages"] for one in page["probes"]
    }


def read_again(folder: Path, kept: dict[str, list[dict[str, str]]]) -> dict[tuple[str, int], str]:
    """Read the pages that were kept, from a site that serves nothing else."""
    with Site() as site, launch.playwright() as driver:
        for page in kept["pages"]:
            site.pages[page["open"].removeprefix("{site}")] = Reply((folder / page["file"]).read_text())
        made = bind(loading.catalogue().checklist("wikipedia").checklist, site.origin)
        found = read_probes(driver, made)
        return {(check, seen.probe + 1): str(seen.option or seen.reason) for check, seen in found}
