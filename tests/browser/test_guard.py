"""The gate against pages that try to write in every way we know of. What arrived outside is the judge."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate, replies
from privacyaudit.browser.gate.rules import Refusal
from tests.support import by_day, hostile
from tests.unit.browser.test_gate import RULES

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = pytest.mark.browser
PROGRAMS = {"headless shell": "chromium-headless-shell", "whole browser": "chromium"}

POST_FORM = (
    "(()=>{const f=document.createElement('form');f.method='post';f.action='/form';"
    "document.body.append(f);f.submit()})()"
)
MOVES = {
    "nothing more happens": "",
    "the page moves itself": "location.href='/evil/next'",
    "the page reloads": "location.reload()",
    "a form is sent": POST_FORM,
    "the page goes to log out": "location.href='/logout'",
    "a popup": "window.open('/evil/popup')",
    "the page is sent to another host": "location.href='/away'",
    "frames are removed": "document.querySelectorAll('iframe').forEach(f => f.remove())",
}
LEAVING = (
    "navigator.sendBeacon('/frame-beacon','x');"
    "fetch('/frame-keepalive',{method:'POST',keepalive:true,body:'x'}).catch(()=>0);"
)


def everything() -> dict[str, dict[str, Any]]:
    """Return every hostile page; the one that tries everything at once is there once for each thing that may happen."""
    page = {
        "whole": (Path(__file__).parent / "pages" / "hostile.html").read_text(encoding="utf-8"),
        "headers": {
            "content-security-policy": (
                "script-src 'unsafe-inline' blob: 'self'; report-uri ORIGIN/csp-report; report-to main"
            ),
            "reporting-endpoints": 'main="ORIGIN/report", default="ORIGIN/report"',
            "report-to": '{"group":"main","max_age":600,"endpoints":[{"url":"ORIGIN/report-to"}]}',
            "speculation-rules": '"/rules.json"',
            "nel": '{"report_to":"main","max_age":600,"success_fraction":1}',
        },
        "pages": {
            "/frame": f"<!doctype html><script>addEventListener('pagehide',()=>{{{LEAVING}}})</script>",
            "/rules.json": '{"prefetch":[{"source":"list","urls":["/session/revoke-by-header"]}]}',
        },
        "kinds": {"/rules.json": "application/speculationrules+json"},
        "redirects": {"/pixel": "OTHER/pixel", "/away": "OTHER/landed"},
        "extra": {"/file": {"content-disposition": "attachment"}},
    }
    moved = {f"all at once, {move}": page | {"move": script} for move, script in MOVES.items()}
    return {"all at once, and the page is left": page} | hostile.pages() | moved


def program(name: str) -> find.Browser:
    if not (path := shutil.which(PROGRAMS[name])):
        pytest.skip(f"{PROGRAMS[name]} is not installed")
    return find.Browser(Path(path), window=name == "whole browser")


def got_out(driver: Playwright, name: str, scheme: str, *, headless: bool = True) -> dict[str, list[str]]:
    pages = dict(by_day.part(everything().items(), 5))
    with hostile.trusted_site() as certificate:
        scenes = hostile.tried(
            driver, program(name), pages, certificate if scheme == "https" else None, headless=headless
        )
        return {one.name: found for one in scenes if (found := one.got_out())}


WAYS = [("headless shell", "http"), ("whole browser", "https"), ("headless shell", "https"), ("whole browser", "http")]
SHELL = [way for way in WAYS if "shell" in way[0]]
"""One of these each day, with a fifth of the pages, so that all have had their turn after ten days. A whole browser
does more on its own, and takes three minutes: `nox -s thorough` has them."""


@pytest.mark.parametrize(("name", "scheme"), WAYS if by_day.ALL else by_day.part(SHELL, 2))
def test_no_hostile_page_writes_or_reaches_another_host(name: str, scheme: str, driver: Playwright) -> None:
    assert got_out(driver, name, scheme) == {}


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed, so there is no screen for a window")
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL) as server:
        os.close(write_end)
        monkeypatch.setenv("DISPLAY", ":" + os.read(read_end, 20).decode().strip())
        yield
        server.terminate()
        server.wait(timeout=10)


@pytest.mark.usefixtures("screen")
@pytest.mark.skipif(
    not by_day.ALL, reason="in the ordinary run, a browser without a window stands for one with a window"
)
def test_no_hostile_page_gets_anything_out_of_a_window(driver: Playwright) -> None:
    assert got_out(driver, "whole browser", "https", headless=False) == {}


LEAKS = {
    "METHOD": "a-sandboxed-frame",
    "UPGRADE": "sockets",
    "AHEAD": "links-in-the-page",
    "WORKER": "workers-from-addresses",
    "OVERRIDE": "more-headers-with-a-method",
    "DANGEROUS": "addresses-that-hide-a-danger",
    "UNASKED": "led-away-by-script",
    "OTHER_HOST": "addresses-of-somebody-else",
}
"""A page for each rule, which gets something out where the rule is not there. What is missing here is what no browser
sends any more; `tests/unit/browser/test_gate.py` says all of it over a socket."""


@pytest.mark.usefixtures("one_browser")
@pytest.mark.parametrize("rule", LEAKS)
def test_without_a_rule_of_the_gate_something_gets_out(
    rule: str, driver: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    _request, take_away = RULES[rule]
    take_away(monkeypatch)
    page = {LEAKS[rule]: hostile.pages()[LEAKS[rule]]}
    for one in hostile.tried(driver, program("headless shell"), page, None):
        assert [word for word in one.got_out() if "never opened" not in word], (
            "nothing got out: either the rule is not needed or this test is blind"
        )


@pytest.mark.usefixtures("own_browser")
def test_without_the_switches_for_calls_something_goes_past_the_gate(
    driver: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "FENCE", [flag for flag in launch.FENCE if "webrtc" not in flag])
    page = {"calls": hostile.pages()["calls-between-browsers"]}
    for one in hostile.tried(driver, program("headless shell"), page, None):
        assert "udp" in one.got_out(), "nothing got out: either the switches are not needed or this test is blind"


FENCED = ("payments", "an-account-that-is-disconnected", "rules-in-a-closed-root", "reports-of-a-policy", "sockets")


@pytest.mark.usefixtures("own_browser")
def test_the_gate_holds_without_the_other_switches_and_has_more_to_refuse(
    driver: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "FENCE", [flag for flag in launch.FENCE if "webrtc" in flag])
    gates: list[Gate] = []

    def noted(hosts: tuple[str, ...]) -> Gate:
        gates.append(Gate(hosts))
        return gates[-1]

    monkeypatch.setattr(hostile, "Gate", noted)
    pages = {name: hostile.pages()[name] for name in FENCED}
    refused: set[Refusal | None] = set()
    with hostile.trusted_site() as certificate:
        for one in hostile.tried(driver, program("whole browser"), pages, certificate):
            assert one.got_out() == [], one.name
            refused |= {entry.refusal for entry in one.gate.traffic.all()}
    assert {Refusal.BY_ITSELF, Refusal.AHEAD, Refusal.UPGRADE} <= refused
    called = {entry.host for gate in gates for entry in gate.traffic.all()}
    assert called == {entry.host for gate in gates for entry in gate.traffic.refused()}
    assert "accounts.google.com" in called, "the browser calls its maker, and the switches keep it from that"


ASKED_FOR_BY_A_HEADER = {
    "moved-by-a-header": "/evil/refresh-header",
    "rules-in-a-header-at-an-address": "/rules.json",
    "reports-of-a-policy": "/w/csp-only",
}
"""What a header of a reply makes a browser ask for. Of the others that are taken out, none does in this browser."""

TWICE = "a-page-that-wants-to-be-asked-twice"


def _asked(driver: Playwright) -> tuple[set[str], int]:
    """Return the pages whose header made the browser ask for something, and how often one page was asked for."""
    found, times = set(), 0
    pages = {name: page for name, page in hostile.pages().items() if name in {*ASKED_FOR_BY_A_HEADER, TWICE}}
    for one in hostile.tried(driver, program("headless shell"), pages, None):
        paths = [entry.path for entry in one.gate.traffic.all()]
        if one.name == TWICE:
            times = paths.count(hostile.START)
        elif ASKED_FOR_BY_A_HEADER[one.name] in paths:
            found.add(one.name)
    return found, times


@pytest.mark.usefixtures("one_browser")
def test_headers_that_make_a_browser_ask_by_itself_do_not_reach_it(
    driver: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _asked(driver) == (set(), 1)
    monkeypatch.setattr(replies, "ASKS_BY_ITSELF", frozenset())
    assert _asked(driver) == (set(ASKED_FOR_BY_A_HEADER), 2)
