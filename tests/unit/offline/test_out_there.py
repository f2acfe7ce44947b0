"""The page “Something is out there” as a file: small, with nothing that keeps or sends, and in other languages."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from privacyaudit import i18n
from privacyaudit.about_me import letters, places, searches
from privacyaudit.offline import out_there_phrases
from privacyaudit.offline.script import out_there
from tests.support import pseudo
from tests.support.in_process import run
from tests.support.out_there import page
from tests.support.pseudo import english
from tests.support.script_words import literals

MOST_PACKED = 80_000
KEEPS_OR_SENDS = r"localStorage|sessionStorage|indexedDB|\bcookie\b|\bcaches\b|\bfetch\(|XMLHttp|sendBeacon|WebSocket"


def test_it_is_small_and_holds_every_route_letter_and_search() -> None:
    html = page()
    assert len(gzip.compress(html.encode(), 9)) <= MOST_PACKED
    [told] = re.findall(r'<script type="application/json" id="known">(.*?)</script>', html)
    known = json.loads(told)
    assert list(known["case"]["routes"]) == list(places.atlas().routes)
    assert list(known["letters"]["letters"]) == [one.id for one in letters.letters()]
    assert [one["id"] for one in known["searches"]["searches"]] == [one.id for one in searches.every()]
    assert set(known["searches"]["checks"]) == {one.change for one in searches.every()}
    assert not re.search("[<>&]", told)


@pytest.mark.parametrize("saves", [True, False])
def test_the_script_keeps_nothing_sends_nothing_and_has_no_words_of_its_own(saves: bool) -> None:
    script = out_there(saves=saves)
    assert re.findall(KEEPS_OR_SENDS, script) == []
    assert ("showSaveFilePicker" in script) == saves
    source = re.sub(r"/\*\*.*?\*/|throw new Error\([^\n]*", "", script, flags=re.DOTALL)
    texts = literals(source)
    assert [text for text in texts if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text)] == []
    named = {*out_there_phrases.PHRASES, *out_there_phrases.NUMBERS}
    assert named - set(texts) == (set() if saves else {"file_not_saved"})


def test_in_the_window_it_says_nothing_but_to_the_program_and_has_no_words_of_its_own() -> None:
    script = out_there(saves=True, window=True)
    assert set(re.findall(KEEPS_OR_SENDS, script)) == {"fetch("}
    texts = literals(re.sub(r"/\*\*.*?\*/|throw new Error\([^\n]*", "", script, flags=re.DOTALL))
    assert [text for text in texts if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text)] == []
    assert set(out_there_phrases.IN_THE_WINDOW) <= set(texts)


def test_it_may_load_nothing_and_send_nothing() -> None:
    for html, program in ((page(), set()), (page(window=True), {"connect-src", "img-src"})):
        [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert set(rules) == {"default-src", "style-src", "script-src", "base-uri", "form-action"} | program
        assert rules["default-src"] == "'none'"
        assert rules.get("connect-src", "'self'") == "'self'"
        assert rules.get("img-src", "blob:") == "blob:"
        assert not re.search(r"unsafe|\*|https?:", policy)


@pytest.fixture
def pretend(tmp_path: Path) -> Iterator[None]:
    pseudo.install(tmp_path, pseudo.words())
    with pseudo.locale(tmp_path):
        i18n.use(pseudo.LANGUAGE)
        yield


def test_every_word_of_the_page_can_be_said_in_another_language(pretend: None) -> None:
    html = page(window=True)
    assert f'<html lang="{pseudo.LANGUAGE}">' in html
    said = re.sub(r"\{\w+\}", " ", "\n".join(pseudo.texts(html)))
    assert english(said, {"privacyaudit"}) == []
    known = json.loads(re.findall(r'id="known">(.*?)</script>', html)[0])
    prose = [text for text in strings(known) if " " in text]
    assert len(prose) > 1_000
    names = {one.id for one in letters.letters()}
    assert english(re.sub(r"\{\w+\}", " ", "\n".join(prose)), names) == []


UNREAD = {"kinds", "when", "query", "address", "at_work"}
"""What the script reads and nobody else: rules, and what is typed into a search."""


def strings(known: Any) -> Iterator[str]:
    """Yield every text in what the page knows that somebody reads."""
    if isinstance(known, str):
        yield known
    elif isinstance(known, list):
        of_a_rule = len(known) == 3 and isinstance(known[2], bool)
        yield from (text for one in (known[1:2] if of_a_rule else known) for text in strings(one))
    elif isinstance(known, dict):
        yield from (text for name, one in known.items() if name not in UNREAD for text in strings(one))


def test_the_command_writes_it_for_everybody(tmp_path: Path) -> None:
    done = run("page", "--out-there", "-o", "steps.html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Written: steps.html" in done.stdout
    assert "--pdf" not in done.stdout
    assert 'id="known"' in (tmp_path / "steps.html").read_text(encoding="utf-8")
    for more in (["facebook"], ["--print"], ["--quick"], ["--pdf"], ["--role", "teacher"]):
        done = run("page", "--out-there", *more, cwd=tmp_path)
        assert done.returncode == 2
        assert "--out-there writes one page for everybody." in done.stderr
