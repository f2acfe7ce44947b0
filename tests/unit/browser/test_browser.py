"""The parts around the browser: finding one, the gate, dangerous addresses, the workspace."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from privacyaudit.browser import find, policies, workspace
from privacyaudit.browser.gate import Gate, addresses
from privacyaudit.browser.gate.addresses import begins, dangerous, fits
from privacyaudit.catalogue import loading
from privacyaudit.errors import BrowserError
from tests.support.site import Site


def ask(gate: Gate, request: str, then: str = "") -> str:
    """Send a request to the gate and return its first line; after a CONNECT also what the far side says to `then`."""
    with socket.create_connection(("127.0.0.1", gate.port), timeout=5) as line:
        line.sendall(request.encode() + b"\r\n\r\n")
        first = line.recv(65_536).decode()
        if not then or " 200 " not in first:
            return first.split("\r\n")[0]
        line.sendall(then.encode() + b"\r\n\r\n")
        return line.recv(65_536).decode().split("\r\n")[0]


def test_what_playwright_logs_of_a_call_that_was_cut_short_is_not_printed() -> None:
    code = "import logging, privacyaudit.browser.launch; logging.getLogger('playwright').error('cut short')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_the_gate_lets_a_listed_host_through_on_its_port_only(site: Site) -> None:
    gate = Gate([site.host])
    assert " 200 " in ask(gate, f"GET {site.origin}/page HTTP/1.1\r\nHost: {site.host}")
    assert " 200 " in ask(
        gate, f"CONNECT {site.host} HTTP/1.1\r\nHost: {site.host}", f"GET /tunnel HTTP/1.1\r\nHost: {site.host}"
    )
    assert " 403 " in ask(gate, "GET http://127.0.0.1:1/x HTTP/1.1\r\nHost: 127.0.0.1:1")
    assert " 403 " in ask(gate, "CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example")
    assert [seen.path for seen in site.log] == ["/page", "/tunnel"]
    assert [(one.method, one.host) for one in gate.traffic.refused()] == [
        ("GET", "127.0.0.1:1"),
        ("CONNECT", "elsewhere.example"),
    ]
    gate.close()


def test_a_host_without_a_port_means_https_only() -> None:
    gate = Gate(["en.wikipedia.org"])
    assert gate.allows("en.wikipedia.org", 443)
    assert not gate.allows("en.wikipedia.org", 80)
    assert not gate.allows("evil.en.wikipedia.org", 443)
    gate.close()


def test_a_closed_gate_cuts_what_is_open_and_lets_nobody_in(site: Site) -> None:
    gate = Gate([site.host])
    with (
        socket.create_connection(("127.0.0.1", gate.port), timeout=5) as tunnel,
        socket.create_connection(("127.0.0.1", gate.port), timeout=5) as late,
    ):
        tunnel.sendall(f"CONNECT {site.host} HTTP/1.1\r\nHost: {site.host}\r\n\r\n".encode())
        assert b" 200 " in tunnel.recv(1000)
        gate.close()
        assert tunnel.recv(1000) == b""
        with suppress(OSError):
            late.sendall(f"GET {site.origin}/late HTTP/1.1\r\nHost: {site.host}\r\n\r\n".encode())
            assert late.recv(1000) == b""
    with pytest.raises(ConnectionRefusedError):
        ask(gate, f"GET {site.origin}/after HTTP/1.1\r\nHost: {site.host}")
    assert site.paths() == []


@pytest.mark.parametrize("request_line", ["", "GET", "GET / HTTP/1.1", "CONNECT :443 HTTP/1.1", "CONNECT a:b HTTP/1.1"])
def test_nonsense_at_the_gate_is_dropped_and_does_not_stop_it(request_line: str, site: Site) -> None:
    gate = Gate([site.host])
    assert " 200 " not in ask(gate, request_line)
    assert " 200 " in ask(gate, f"GET {site.origin}/page HTTP/1.1\r\nHost: {site.host}")
    gate.close()


def test_many_slow_clients_do_not_stop_others(site: Site) -> None:
    gate = Gate([site.host])
    idle = [socket.create_connection(("127.0.0.1", gate.port)) for _number in range(60)]
    assert " 200 " in ask(gate, f"GET {site.origin}/page HTTP/1.1\r\nHost: {site.host}")
    for one in idle:
        one.close()
    gate.close()


def test_signing_in_by_hand_may_go_anywhere_but_not_where_browsers_call_on_their_own() -> None:
    gate = Gate(None)
    assert gate.allows("captcha.example", 443)
    assert not gate.allows("update.googleapis.com", 443)
    gate.close()


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/logout",
        "https://a.example/accounts/logout/",
        "https://a.example/logout.php?h=1",
        "https://a.example/m/log-out",
        "https://a.example/wiki/Special:UserLogout",
        "https://a.example/index.php?title=Special:UserLogout",
        "https://a.example/wp-login.php?action=logout&_wpnonce=1",
        "https://a.example/entry/signout",
        "https://a.example/Sign-Out",
        "https://a.example/mypreferences/d/close-accounts",
        "https://a.example/settings/delete",
        "https://a.example/x?delete=5",
        "https://a.example/settings/deactivate",
        "https://a.example/apps/revoke/3",
        "https://a.example/settings/backup-codes",
        "https://a.example/2fa/recovery_codes",
        "https://a.example/%6cogout",
        "https://a.example/logout.js?now=1",
        "https://a.example/%256cogout",
        "https://a.example/logout;jsessionid=1",
        "https://a.example/api/v1/accounts/account_security_info/",
        "https://a.example/friends/remove/",
        "https://a.example/2fa/disable",
        "https://a.example/wp-admin/users.php?action=resetpassword&_wpnonce=1",
        "https://a.example/settings/profile?_method=PATCH",
        "https://a.example/settings?_verb=DELETE",
        "https://a.example/connect/endsession",
        "https://a.example/session/end",
        "https://a.example/forum;action=logout",
        "https://a.example/x;y=1;a=deleteUser/z.css",
        "https://a.example/account/deactivateAccount",
        "https://a.example/disable2fa",
        "https://a.example/session/close",
        "https://a.example/2fa/turn-off",
        "https://a.example/exit",
        "https://a.example/logout.php/x.css",
        "https://a.example/logout%0A.css",
        "https://a.example/log%E2%80%8Bout",
        "https://a.example/d\u00e9connexion",
        "https://a.example/users/sign_out.ico",
        "https://a.example/index.php?action=do_logout",
        "https://a.example/?a=1;action=logout",
    ],
)
def test_addresses_that_end_delete_or_reveal_are_dangerous(url: str) -> None:
    assert dangerous(url)


DISGUISES = {
    "letters large and small": "/x/LoGoUt /x/dElete /x/DeLeTeAcCoUnT /LoG/oUt ?op=dElete",
    "one word of two": "/deleteaccount /revoketoken /dologout /removefriend /friendremove /closeaccount /logmeout"
    " /deleteme /leavegroup /doremove /endallsessions /x/signmeout /logoutofalldevices /unsubscribeme /softdelete"
    " ?op=deleteaccount ?deleteaccount=1 ?x=accountdelete ?token[revoketoken]=1",
    "words apart": "/leave-group /users/block-user /x/log-me-out /end-all-sessions /cancel_membership.php",
    "other languages": "/sair /salir /kirjaudu-ulos /gorffen /allgofnodi /d%C3%A9connexion /abmelden"
    " /uitloggen /wyloguj /se-d%C3%A9connecter /cerrarsesion /logga-ut /log-ud /skr%C3%A1-%C3%BAt /log-a-mach"
    " /terminarsessao /kontoloeschen /konto-l%C3%B6schen /kontoschlie%C3%9Fen /supprimercompte /eliminarcuenta"
    " /usu%C5%84 /dileu /poista /%C3%A7%C4%B1k%C4%B1%C5%9F",
    "parameters of a path": "/x;delete=1 /x;a=b;delete /x;a=1/y;revoke/z /x;logout%3d1 /x;a,delete=1",
    "a part of a part": "/group:leave /users/3:block /Users(3):cancel /block.php /leave.do /x!exit",
    "a name that says what is to be done": "?action=block ?cmd=photo.delete ?do=leave ?op=user/delete ?_action=close"
    " ?action[]=leave ?friend[delete]=1 ?a.b.delete=1 ?command=users:kick",
    "older percent signs": "/%u0064elete ?a=%u0064elete /d%E9connexion ?a=d%E9connexion",
    "a name that is enough": "?leave ?block=1 ?cancel=true ?force_delete=1 ?really[unfriend]",
    "what is within a value": "?xml=%3Ca%3E%3Cdelete/%3E%3C/a%3E ?a={b{deleteIt}} ?a=(leave;revoke) ?u=x%5Clogout",
    "words of other programs": "/api/conversations.kick /api/friends.leave /block. /-block- /decline /un-block",
    "a method in disguise": "?_meth%256fd=PUT ?%5Fmethod=%2550ATCH ?_method%00=DELETE",
    "a file that is none": "/delete.css? /logout.php.css /logout%20.css /logout%3F.css /logout%23.js /logout,.css",
}


@pytest.mark.parametrize("kind", ["", "style", "empty"])
@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_disguise_of_a_danger_is_let_through(disguise: str, kind: str) -> None:
    asked = [f"https://a.example{'' if one[0] == '/' else '/x'}{one}" for one in DISGUISES[disguise].split()]
    assert [url for url in asked if not dangerous(url, kind=kind)] == []


CHANGES = (
    "mutation{x}",
    "#a\nmutation{x}",
    "#a\rmutation{x}",
    ",mutation{x}",
    " \t\n mutation M($a:Int){x}",
    "\ufeffmutation{x}",
    "query Q{a} mutation M{b}",
    'query Q($a:String="}"){a(b:"{")} mutation{b}',
    "fragment F on X{a} mutation{b}",
    'query Q{a(b:"""\\"""{""")} mutation{b}',
    "{a} subscription{b}",
    "#%22%22%22\nmutation{x}#\n%22%22%22",
    '{"query":"mutation{x}"}',
    '[{"a":{"query":"#\\n\\u006dutation{x}"}}]',
    "useFollowMutation",
)


@pytest.mark.parametrize("name", ["query", "q", "gql", "operations", "x", "operationName"])
def test_a_change_in_graphql_is_found_whatever_stands_before_it(name: str) -> None:
    urls = [f"https://a.example/graphql?{name}={quote(one, safe='')}" for one in CHANGES]
    assert [url for url in urls if not dangerous(url)] == []
    assert dangerous(f"https://a.example/graphql?{quote(CHANGES[0])}")
    assert dangerous(f"https://a.example/graphql/{quote(CHANGES[0])}")


QUESTIONS = (
    "{me{id}}",
    "query Q{mutation{x}}",
    'query Q($a:String="mutation{x}"){a}',
    'query Q{a(b:"""mutation{x}""")} #mutation',
    '{"query":"query Q{mutations{x}}","variables":{"a":"b"}}',
    '{"a":"subscription"}',
    "subscription",
    "MutationsList",
    "AllFriendsQuery",
)


def test_questions_in_graphql_are_asked() -> None:
    urls = [f"https://a.example/graphql?query={quote(one, safe='')}" for one in QUESTIONS]
    assert [url for url in urls if dangerous(url)] == []


@pytest.mark.parametrize("kind", ["", "empty", "document", "iframe", "object", "worker", "image"])
def test_a_file_is_excused_only_as_what_its_name_says(kind: str) -> None:
    assert dangerous("https://a.example/api/delete-my-account.png", kind=kind)
    assert dangerous("https://a.example/api/deleteAccount.js", kind=kind)
    assert dangerous("https://a.example/static/delete.css", kind=kind)
    assert dangerous("https://a.example/static/how-we-delete-things.png", kind="script" if kind == "image" else kind)


@pytest.mark.parametrize(
    "path",
    [
        "/logout",
        "/wp-login.php?action=logout&_wpnonce=1",
        "/index.php?title=Special:UserLogout",
        "/users/sign_out",
        "/d%C3%A9connexion",
        "/allgofnodi",
        "/kirjaudu-ulos",
        "/LogOut",
    ],
)
def test_the_janitor_may_sign_out_and_do_nothing_else(path: str) -> None:
    more = "&" if "?" in path else "?"
    assert dangerous(f"https://a.example{path}")
    assert not dangerous(f"https://a.example{path}", leaving=True)
    assert dangerous(f"https://a.example{path}{more}delete=1", leaving=True)
    assert dangerous(f"https://a.example{path}{more}query=mutation{{x}}", leaving=True)
    assert dangerous(f"https://a.example/deleteaccount{path}", leaving=True)


def test_an_address_of_many_words_does_not_take_long() -> None:
    for text in (
        "user" * 8_000,
        "delete" * 5_000 + "x",
        "app" * 9_000,
        "?q={" + "%22%22%22a" * 5_000,
        "?q=" + "{" * 30_000,
    ):
        began = time.monotonic()
        dangerous(f"https://a.example/{text}")
        assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/wiki/Special:Preferences",
        "https://a.example/settings/privacy",
        "https://a.example/w/load.php?modules=mediawiki.page.logout%7Cjquery&lang=en",
        "https://a.example/static/logout.js",
        "https://a.example/blog/deleted-scenes",
        "https://a.example/settings/logouts-and-sessions",
        "https://a.example/wp-admin/edit.php?action=-1",
        "https://a.example/settings?_method=get",
        "https://a.example/settings/removed-posts",
        "https://a.example/exit-survey",
        "https://a.example/static/emoji/logout-and-more-things.png",
        "https://a.example/page;lang=en;v=2",
        "https://a.example/search?q=deleted+scenes",
        "https://a.example/verbs?verbose=1",
        "https://a.example/settings/votes-and-reactions",
        "https://a.example/catalogOutOfStock/designOffice/blogoutreach/logOutput/dialogOutside",
        "https://a.example/settings/deletedposts",
        "https://a.example/devices/disconnected",
        "https://a.example/lib/photoswipe/endpoints/theme/kickoff/dropout/codeblock",
        "https://a.example/settings/blocked-users",
        "https://a.example/x?fields=canDelete,name",
        "https://a.example/w/api.php?action=query&list=deletedrevs",
        "https://a.example/wiki/Mutation",
        "https://a.example/wiki/Corsair",
        "https://a.example/resources/mediawiki.action/mediawiki.action.delete.js",
        "https://a.example/static/Sign out everywhere you are.png",
    ],
)
def test_ordinary_addresses_are_not(url: str) -> None:
    assert not dangerous(url, kind={"js": "script", "png": "image", "css": "style"}.get(url.rpartition(".")[2], ""))


OWN = {
    "facebook": ["https://www.facebook.com/logout.php", "https://www.facebook.com/dialog/oauth"],
    "instagram": ["https://www.instagram.com/accounts/logout/ajax/", "https://www.instagram.com/dialog/x"],
    "meta-accounts-centre": ["https://accountscenter.facebook.com/dialog", "https://x.example/a/deactivate"],
    "x": ["https://x.com/logout", "https://x.com/settings/password", "https://x.com/settings/deactivate"],
    "linkedin": [
        "https://www.linkedin.com/m/logout",
        "https://www.linkedin.com/mypreferences/d/hibernate-account",
        "https://www.linkedin.com/mypreferences/d/close-accounts",
        "https://www.linkedin.com/mypreferences/d/change-password",
    ],
    "pinterest": ["https://www.pinterest.com/resource/UserSettingsResource/update/"],
    "moneysavingexpert-forum": ["https://forums.moneysavingexpert.com/entry/signout"],
    "reddit": ["https://www.reddit.com/logout", "https://old.reddit.com/prefs/deactivate"],
    "mastodon": [
        "https://m.example/settings/applications/17",
        "https://m.example//settings/Applications/17/edit",
        "https://m.example/settings/delete",
    ],
    "wordpress": ["https://w.example/wp-login.php?action=logout&_wpnonce=1"],
    "wikipedia": [
        "https://en.wikipedia.org/wiki/Special:ResetTokens",
        "https://en.wikipedia.org/wiki/Special:UserLogout",
    ],
    "bluesky": ["https://bsky.social/@atproto/oauth-provider/~api/sign-out"],
}
"""Addresses of which the platforms' own pages and code say what they do, and that must not be opened on any method."""


@pytest.mark.parametrize("platform", OWN)
def test_each_platforms_own_dangerous_addresses_are_refused(platform: str) -> None:
    entry = loading.catalogue().checklist(platform).checklist.platform
    assert [url for url in OWN[platform] if not dangerous(url, entry.dangerous)] == []


def test_no_page_that_a_shipped_checklist_opens_is_dangerous() -> None:
    for one in loading.catalogue().loaded.values():
        entry = one.checklist.platform
        pages = {probe.open for check in one.checklist.checks for probe in check.probes}
        pages |= {entry.signed_in.open} if entry.signed_in else set()
        assert [page for page in pages if dangerous(page, entry.dangerous)] == [], entry.id


@pytest.mark.parametrize(
    ("path", "pattern", "at_the_beginning", "whole"),
    [
        ("/settings/applications/17", "/settings/applications/*", True, True),
        ("/settings/applications/17/edit", "/settings/applications/*", True, False),
        ("/settings/applications", "/settings/applications/*", False, False),
        ("/resource/UserResource/create/", "/resource/*/create", True, True),
        ("/resource/UserResource/get/", "/resource/*/create", False, False),
        ("/dialogue", "/dialog", False, False),
        ("/DIALOG/x", "/dialog", True, False),
        ("//dialog//x", "/dialog", True, False),
    ],
)
def test_a_pattern_goes_by_whole_parts_of_a_path(path: str, pattern: str, at_the_beginning: bool, whole: bool) -> None:
    assert (begins(path, pattern), fits(path, pattern)) == (at_the_beginning, whole)


def test_a_browser_that_was_named_but_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(find.VARIABLE, "/nowhere/chromium")
    with pytest.raises(BrowserError, match="/nowhere/chromium, which does not exist"):
        find.find(headless=True)


_UNUSUAL = ("bin/brave-browser", "bin/google-chrome-beta", ".local/share/flatpak/exports/bin/com.google.Chrome")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of programs on Linux")
@pytest.mark.parametrize("name", _UNUSUAL)
def test_a_browser_made_of_chromium_is_found_under_its_less_usual_names(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    program = tmp_path / name
    program.parent.mkdir(parents=True)
    program.touch(0o755)
    assert find.find(headless=True) == find.Browser(program)


def test_the_name_of_a_home_is_not_taken_for_a_make_of_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[policies._Kind] = []

    def note(kind: policies._Kind) -> dict[str, object]:
        asked.append(kind)
        return {}

    for reads in ("_in_folders", "_in_preferences", "_in_registry"):
        monkeypatch.setattr(policies, reads, note)
    for home in ("edgar", "bravery", "chromiumplater"):
        monkeypatch.setattr(Path, "home", lambda home=home: tmp_path / home)
        policies.of(tmp_path / home / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    policies.of(Path("/usr/bin/brave-browser"))
    assert asked == [policies._KINDS["chrome"]] * 3 + [policies._KINDS["brave"]]


def test_without_any_browser_the_advice_fits_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(BrowserError, match="found no browser") as caught:
        find.find(headless=True)
    assert find.VARIABLE in caught.value.advice or not sys.platform.startswith("linux")


def test_no_screen_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(BrowserError, match="no screen"):
        find.need_screen()


def test_the_workspace_is_gone_afterwards_and_what_a_killed_run_left_is_swept(
    monkeypatch: pytest.MonkeyPatch, runs: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(runs))
    with workspace.workspace() as folder:
        (folder / "profile").mkdir()
        assert workspace.leftovers() == [], "a run that goes on is not a leftover"
    assert not folder.exists()
    snippet = (
        "import os, tempfile; from privacyaudit.browser.workspace import workspace\n"
        f"tempfile.tempdir = {str(runs)!r}\n"
        "with workspace() as folder:\n    (folder / 'Cookies').write_text('x'); os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", snippet], check=False, timeout=30)
    [left] = workspace.leftovers()
    assert (left / "Cookies").exists()
    assert workspace.sweep() == [left]
    assert list(runs.iterdir()) == []


_NEVER = re.compile("(?!)")


@pytest.mark.parametrize(
    ("rule", "instead", "url"),
    [
        ("WORDS", frozenset(), "https://a.example/2fa/remove"),
        ("PAIRS", frozenset(), "https://a.example/session/end"),
        ("ALONE", frozenset(), "https://a.example/block/3"),
        ("BEFORE", frozenset(), "https://a.example/index.php?x=do_disable"),
        ("_SAYS_A_METHOD", _NEVER, "https://a.example/x?_method=PUT"),
        ("_HIDDEN_END", _NEVER, "https://a.example/x%0A.css"),
        ("_UNQUOTED_MOST", 0, "https://a.example/%6cogout"),
        ("_UNSHOWN", (), "https://a.example/x?a=re%E2%80%8Bmove"),
        ("_SPLIT", re.compile("[^a-zA-Z0-9]+"), "https://a.example/disableCookie"),
        ("_SPLIT", re.compile("[^a-zA-Z0-9]+"), "https://a.example/disable2steps"),
        ("_FILES", {}, "https://a.example/settings/logo-of-the-team-that-may-delete.png"),
        ("_LEAVING", frozenset(), "https://a.example/logout"),
        ("ACTIONS", frozenset(), "https://a.example/x?action=block"),
        ("AWAY", _NEVER, "https://a.example/deletebox"),
        ("OUT", _NEVER, "https://a.example/pleaselogout"),
        ("COMPOUND", _NEVER, "https://a.example/leavegroup"),
        ("_LONGEST", 0, "https://a.example/leavegroup"),
        ("_LETTERS", {}, "https://a.example/us%C5%82uga/%C3%A7%C4%B1k%C4%B1%C5%9F"),
        ("_OLD_SIGN", _NEVER, "https://a.example/%u0064elete"),
        ("_PROGRAM", _NEVER, "https://a.example/how-to-delete-it.php.png"),
    ],
)
def test_each_part_of_the_list_is_needed(rule: str, instead: object, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one of them, an address is told otherwise than it should be."""
    leaving = rule == "_LEAVING"
    before = dangerous(url, kind="image", leaving=leaving)
    monkeypatch.setattr(addresses, rule, instead)
    assert dangerous(url, kind="image", leaving=leaving) is not before
    assert before == (rule not in ("_FILES", "_LEAVING"))
