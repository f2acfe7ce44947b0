"""The whole program against a real MediaWiki, signed in through a real Secret Service keyring."""

from __future__ import annotations

import html
import json
import re
import signal
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from privacyaudit.catalogue import loading
from tests.beds.recipes import mediawiki
from tests.support import secret_service
from tests.support.whole_program import audit, command, eventually, leftovers, reading, save_key, stop

pytestmark = [pytest.mark.bed, pytest.mark.browser, pytest.mark.keyring]

ON_OFF = {"1": "on", "0": "off"}
PROBED: dict[str, Callable[[dict[str, str]], str | None]] = {
    "wikipedia.email-from-others": lambda truth: "off" if truth["disablemail"] == "1" else "on",
    "wikipedia.email-from-new-users": lambda truth: (
        None if truth["disablemail"] == "1" else ON_OFF[truth["email-allow-new-users"]]
    ),
    "wikipedia.reveal-address": lambda truth: ON_OFF[truth["enotifrevealaddr"]],
    "wikipedia.reset-needs-both": lambda truth: ON_OFF[truth["requireemail"]],
    "wikipedia.gender": lambda truth: "unknown" if truth["gender"] == "unknown" else "told",
    "wikipedia.real-name": lambda truth: None if truth["realname"] else "blank",
    "wikipedia.signature": lambda truth: None if truth["nickname"] else "usual",
}
"""What the true answer is, from MediaWiki's own view of the preferences. None: words are there, and only a person can
judge them, or the box is greyed out, because another one is off."""

NOT_ON_THIS_WIKI = {"wikipedia.login-alert", "wikipedia.mention-alert"}
"""Checks on the Echo extension, which Wikipedia has and this bed has not."""

ASKED_WHEN_FINE = {"wikipedia.email-address"}
"""A page that shows a confirmed address does not say whose it is: that is for the person to tell."""


CANARIES = ("Alice", "Bob", "Carol", "Robert Example", "Springfield", "@example.org")
"""Words of the people of this wiki, their names and their addresses."""


def test_every_probed_check_tells_the_truth_and_nothing_is_written(
    env: dict[str, str], wiki: mediawiki.Wiki, tmp_path: Path
) -> None:
    """Bob, who has the opposite of each setting that Carol has at the end of her two audits further down."""
    save_key(env, wiki, "Bob")
    record = audited_truly("Bob", env, wiki, tmp_path / "out")
    assert option_of(record, "wikipedia.two-factor") == "none"


def option_of(record: dict[str, Any], check: str) -> str | None:
    """Return the option that was found for a check."""
    [option] = [finding["option"] for finding in record["findings"] if finding["check"] == check]
    return cast("str | None", option)


def audited_truly(user: str, env: dict[str, str], wiki: mediawiki.Wiki, out: Path, *words: str) -> dict[str, Any]:
    """Audit, hold the record against the wiki's own view, and return it; nothing of the person stands in the files."""
    before = wiki.dump()
    record, _result = audit(env, wiki, out, *words)
    assert wiki.dump() == before
    tells_the_truth(record, wiki.truth(user))
    assert wiki.live_sessions() == []
    assert leftovers(env) == []
    holds_no_page_text(out, wiki)
    return record


def tells_the_truth(record: dict[str, Any], truth: dict[str, str]) -> None:
    found = {finding["check"]: finding for finding in record["findings"]}
    probed = {check for check, finding in found.items() if any(o["reader"] == "web" for o in finding["observations"])}
    assert probed == {*PROBED, *NOT_ON_THIS_WIKI, *ASKED_WHEN_FINE, "wikipedia.two-factor"}
    assert {check: found[check]["option"] for check in PROBED} == {check: tell(truth) for check, tell in PROBED.items()}
    for check in NOT_ON_THIS_WIKI | ASKED_WHEN_FINE:
        assert (found[check]["verdict"], found[check]["reason"]) == ("unknown", "not_found")
    assert record["platforms"][0]["signed_out"] == "confirmed"


def holds_no_page_text(out: Path, wiki: mediawiki.Wiki) -> None:
    for file in out.iterdir():
        text = file.read_text(encoding="utf-8-sig")
        for canary in (*CANARIES, wiki.password):
            assert not re.search(rf"\b{re.escape(canary)}\b" if canary[0].isalpha() else re.escape(canary), text), (
                f"{canary} stands in {file.name}"
            )
    [page] = out.glob("*.html")
    assert "Signed out: confirmed" in page.read_text()


@pytest.mark.parametrize(
    ("password", "secret", "sentence"),
    [
        ("wrong-password-1", "", "did not accept the user name or password"),
        ("", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "did not accept the one-time code"),
    ],
    ids=["wrong password", "wrong code"],
)
def test_a_refusal_is_one_sentence_and_no_second_try(
    password: str, secret: str, sentence: str, env: dict[str, str], wiki: mediawiki.Wiki, tmp_path: Path
) -> None:
    save_key(env, wiki, "Carol", password=password, secret=secret)
    record, result = audit(env, wiki, tmp_path / "out")
    assert result.stderr.count(sentence) == 1
    assert "Traceback" not in result.stderr
    posts = [path for method, path in wiki.log() if method == "POST"]
    assert len(posts) == (2 if secret else 1)
    readable = [f for f in record["findings"] if any(o["reader"] == "web" for o in f["observations"])]
    assert {f["verdict"] for f in readable} == {"unknown"}
    assert {f["reason"] for f in readable} == {"not_signed_in"}
    assert wiki.live_sessions() == []
    assert leftovers(env) == []


def refused(wiki: mediawiki.Wiki, user: str) -> bool:
    """Type a wrong password on the sign-in page without the program or a browser; tell whether nobody was let in."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    with opener.open(f"{wiki.origin}/wiki/Special:UserLogin", timeout=30) as page:
        token = re.search(
            r'name="wpLoginToken"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="wpLoginToken"', page.read().decode()
        )
    assert token is not None
    form = {"wpName": user, "wpPassword": "wrong-password-1", "wpLoginToken": html.unescape(token[1] or token[2])}
    form |= {"authAction": "login", "wploginattempt": "Log in"}
    opener.open(f"{wiki.origin}/wiki/Special:UserLogin", urlencode(form).encode(), timeout=30).close()
    return wiki.live_sessions() == []


def test_a_locked_account_is_told_apart_and_left_alone(
    mediawiki_cache: Path, env: dict[str, str], tmp_path: Path
) -> None:
    with mediawiki.running(mediawiki_cache, tmp_path / "bed", throttle=True) as wiki:
        assert [refused(wiki, "Alice") for _ in range(5)] == [True] * 5
        save_key(env, wiki, "Alice", password="wrong-password-1")
        _record, result = audit(env, wiki, tmp_path / "out")
    assert "is not accepting sign-ins" in result.stderr


WAYS = {"Ctrl-C": signal.SIGINT, "terminate": signal.SIGTERM, "kill": signal.SIGKILL}


@pytest.mark.parametrize("way", WAYS)
def test_stopped_in_the_middle_leaves_no_session_and_no_profile(
    way: str, env: dict[str, str], wiki: mediawiki.Wiki, tmp_path: Path
) -> None:
    save_key(env, wiki, "Alice")
    with reading(env, wiki, tmp_path / "out") as process:
        assert wiki.live_sessions() == ["Alice"]
        stop(process, WAYS[way])
    assert eventually(lambda: wiki.live_sessions() == [])
    assert eventually(lambda: leftovers(env) == [])
    if way == "Ctrl-C":
        assert process.returncode == 130


def test_a_sign_in_that_points_elsewhere_gets_nothing_typed(
    env: dict[str, str], wiki: mediawiki.Wiki, tmp_path: Path
) -> None:
    save_key(env, wiki, "Alice")
    other = wiki.origin.replace("127.0.0.1", "localhost")
    words = command(wiki, tmp_path / "out")
    words[words.index(f"wikipedia={wiki.origin}")] = f"wikipedia={other}"
    result = secret_service.run(env, *words, timeout=60)
    assert "saved sign-in for" in result.stderr
    assert [entry for entry in wiki.log() if entry[0] == "POST"] == []


def test_two_audits_of_one_minute_are_compared_and_each_has_a_code_of_its_own(
    env: dict[str, str], wiki: mediawiki.Wiki, tmp_path: Path
) -> None:
    """A code works once, so the second audit waits for the next; one setting is worse by then and one better."""
    env |= {"PRIVACYAUDIT_DATA": str(tmp_path / "data")}
    save_key(env, wiki, "Carol", secret=mediawiki.TOTP_SECRET)
    wiki.change("Carol", disablemail="0", enotifrevealaddr="0")
    started = time.time()
    first = audited_truly("Carol", env, wiki, tmp_path / "first", "--keep")
    assert option_of(first, "wikipedia.two-factor") == "on"
    wiki.change("Carol", disablemail="1", enotifrevealaddr="1")
    words = ["audit", "--browser", "--headless", "--fill", "--no-input", "--out", str(tmp_path / "second")]
    second = secret_service.run(env, *words, timeout=120)
    assert second.returncode == 0, second.stderr
    assert int(started // 30) < int(time.time() // 30)

    assert "the same services as before: Wikipedia" in second.stdout
    assert "1 better, 1 worse" in second.stdout
    told = second.stdout[second.stdout.index("1 better, 1 worse") :]
    titles = {check.id: check.title for check in loading.catalogue().checklist("wikipedia").checklist.checks}
    assert titles["wikipedia.reveal-address"] in told
    assert titles["wikipedia.email-from-others"] not in told

    [path] = (tmp_path / "second").glob("*.json")
    made = json.loads(path.read_text())
    tells_the_truth(made, wiki.truth("Carol"))
    kinds = {row["check"]: row["kind"] for row in made["comparison"]["rows"]}
    assert [check for check, kind in kinds.items() if kind == "worse"] == ["wikipedia.reveal-address"]
    assert [check for check, kind in kinds.items() if kind == "better"] == ["wikipedia.email-from-others"]
    [page] = (tmp_path / "second").glob("*.html")
    text = page.read_text()
    since = text[text.index("Since your last audit") :]
    assert since.index(titles["wikipedia.reveal-address"]) < since.index(titles["wikipedia.email-from-others"])
    assert len(made["over_time"]) == 2
    assert wiki.live_sessions() == []
