"""The outside view against a real Bluesky server, for people with opposite settings and one who never chose any."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.clock import now
from privacyaudit.judge import judge
from privacyaudit.model import Reason, Verdict
from privacyaudit.plan import plan
from privacyaudit.readers.outside import OutsideReader
from tests.beds.recipes import pds

pytestmark = pytest.mark.bed

WHO = {"all": "everyone"}
"""Where the server has another word than the checklist."""


@pytest.fixture(scope="module")
def server(pds_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pds.Server]:
    with pds.running(pds_cache, tmp_path_factory.mktemp("bed")) as running:
        yield running


def true_answers(records: dict[str, dict[str, Any]]) -> dict[str, str | None]:
    """Return what is true, from the records in the person's own repository; a record that is missing has a meaning."""
    labels = records.get("app.bsky.actor.profile", {}).get("labels", {}).get("values", [])
    hides = records.get("app.bsky.actor.contentVisibilityDeclaration", {}).get("hideFromAlgorithmicRecommendations")
    chat = records.get("chat.bsky.actor.declaration")
    alerts = records.get("app.bsky.notification.declaration", {"allowSubscriptions": "followers"})
    return {
        "bluesky.logged-out": "on" if {"val": "!no-unauthenticated"} in labels else "off",
        "bluesky.recommendations": "on" if hides else "off",
        "bluesky.post-alerts": alerts["allowSubscriptions"],
        "bluesky.lists": "some" if "app.bsky.graph.list" in records else "none",
        "bluesky.messages": WHO.get(chat["allowIncoming"], chat["allowIncoming"]) if chat else "following",
        "bluesky.group-chats": WHO.get(chat["allowGroupInvites"], chat["allowGroupInvites"]) if chat else None,
    }


def look(server: pds.Server, name: str) -> dict[str, str | Reason | None]:
    what = plan([loading.catalogue().checklist("bluesky")], "teacher", {"bluesky": server.origin})
    reader = OutsideReader({"bluesky": name})
    return {check: made.option or made.reason for check, made in reader.read(what.items, {})}


@pytest.mark.parametrize("user", list(pds.USERS))
def test_every_check_tells_the_truth_and_nothing_is_written(user: str, server: pds.Server) -> None:
    truth = true_answers(server.truth(user))
    server.forget_log()
    before = server.dump()
    seen = look(server, server.handle(user))
    assert server.dump() == before
    assert seen == {check: option or Reason.NOT_FOUND for check, option in truth.items()}
    assert {(method, cookies) for method, _target, cookies in server.log()} == {("GET", "")}
    assert len(server.log()) == len({target for _method, target, _cookies in server.log()}) == 6


def test_alice_and_bob_differ_in_every_check(server: pds.Server) -> None:
    alice, bob = (true_answers(server.truth(user)) for user in ("alice", "bob"))
    assert all(alice[check] != bob[check] for check in alice)


def test_a_name_that_is_nobodys_is_unknown_and_never_a_pass(server: pds.Server) -> None:
    server.forget_log()
    what = plan([loading.catalogue().checklist("bluesky")], "teacher", {"bluesky": server.origin})
    seen = dict(OutsideReader({"bluesky": "alicia.test"}).read(what.items, {}))
    assert {made.reason for made in seen.values()} == {Reason.NOT_FOUND}
    assert [target for _method, target, _cookies in server.log()] == [
        "/xrpc/com.atproto.repo.describeRepo?repo=alicia.test"
    ]
    for item in what.items:
        if item.check.id in seen:
            finding = judge(item.check, [seen[item.check.id]], "teacher", now().date())
            assert finding.verdict is Verdict.UNKNOWN


def test_the_whole_program_says_what_strangers_see_and_writes_no_name(server: pds.Server, tmp_path: Path) -> None:
    server.forget_log()
    words = [
        *("audit", "bluesky", "--site", f"bluesky={server.origin}", "--outside", "bluesky=bob.test"),
        *("--no-input", "--out", str(tmp_path / "out")),
    ]
    result = subprocess.run(
        [sys.executable, "-m", "privacyaudit", *words],
        env=os.environ | {"HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    [record] = (tmp_path / "out").glob("*.json")
    found = {finding["check"]: finding for finding in json.loads(record.read_text())["findings"]}
    assert found["bluesky.messages"]["option"] == "everyone"
    assert found["bluesky.messages"]["verdict"] == "fail"
    assert {o["reader"] for finding in found.values() for o in finding["observations"]} == {"outside"}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    for text in [result.stdout, result.stderr, *(path.read_bytes().decode(errors="replace") for path in files)]:
        assert "bob" not in text
        assert "Springfield" not in text
    assert {method for method, _target, _cookies in server.log()} == {"GET"}
