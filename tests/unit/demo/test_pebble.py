"""Pebble is a real site in everything that matters, and its pages show what its table of truth says."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.client import HTTPConnection, HTTPMessage
from http.cookiejar import CookieJar
from typing import IO
from urllib.parse import urlencode, urlsplit

import pytest

from privacyaudit.catalogue.lint import could_be_better
from privacyaudit.demo import accounts, drawing, pebble
from privacyaudit.demo.accounts import ACCOUNTS, SETTINGS
from privacyaudit.demo.pebble import Pebble, Request
from privacyaudit.errors import UsageError
from privacyaudit.model import JsonProbe, Take, Verdict, WebProbe
from tests.support import pebble_demo
from tests.support.pebble_demo import DEMO, LOADED

SETTINGS_PAGES = [f"/settings/{name}" for name in SETTINGS]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Visitor:
    """A browser without JavaScript that follows no redirect by itself."""

    def __init__(self, site: Pebble) -> None:
        self.site = site
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), NoRedirect)

    def send(self, path: str, form: dict[str, str] | None = None) -> tuple[int, HTTPMessage, str]:
        data = None if form is None else urlencode(form).encode()
        try:
            reply = self._opener.open(self.site.origin + path, data, timeout=10)
        except urllib.error.HTTPError as error:
            reply = error
        with reply:
            return reply.status, reply.headers, reply.read().decode()

    def sign_in(self, **more: str) -> tuple[int, HTTPMessage, str]:
        account = self.site.account
        return self.send("/sign-in", {"user": account.user, "password": account.password, **more})


site = pytest.fixture(pebble_demo.site)


@pytest.fixture
def visitor(site: Pebble) -> Visitor:
    return Visitor(site)


# -- the server ------------------------------------------------------------------------------------


def test_it_listens_on_this_computer_only_and_stops_with_the_block() -> None:
    with Pebble() as site:
        parts = urlsplit(site.origin)
        assert parts.hostname == "127.0.0.1"
        assert Visitor(site).send("/sign-in")[0] == 200
    connection = HTTPConnection("127.0.0.1", parts.port or 0, timeout=2)
    with pytest.raises(ConnectionRefusedError):
        connection.request("GET", "/sign-in")


def test_two_sites_do_not_share_settings() -> None:
    with Pebble("open") as one, Pebble("open") as other:
        one.save("tagging", {"photo_tags": "on"})
        assert one.truth["demo.photo-tags"] == "on"
        assert other.truth["demo.photo-tags"] == "off"
    assert accounts.answers("open")["demo.photo-tags"] == "off"


def test_an_unknown_account_is_refused_with_the_names_of_the_others() -> None:
    for ask in (Pebble, accounts.answers):
        with pytest.raises(UsageError) as caught:
            ask("nobody")
        assert "nobody" in caught.value.what
        assert "safe, open, mixed" in caught.value.advice


@pytest.mark.parametrize("path", ["/", *SETTINGS_PAGES, "/sign-out"])
def test_who_is_signed_out_is_sent_to_sign_in(visitor: Visitor, path: str) -> None:
    status, headers, text = visitor.send(path)
    assert (status, headers["Location"], text) == (302, "/sign-in", "")


def test_the_sign_in_page_says_what_to_type_and_names_nobody(visitor: Visitor) -> None:
    status, _, text = visitor.send("/sign-in")
    account = visitor.site.account
    assert status == 200
    assert account.user in text
    assert account.password in text
    assert account.display_name not in text
    assert "pretend site on your own computer" in text


def test_signing_in_opens_every_settings_page(visitor: Visitor) -> None:
    status, headers, _ = visitor.sign_in()
    assert (status, headers["Location"]) == (303, "/settings/privacy")
    (cookie,) = visitor.cookies
    assert cookie.value in visitor.site.sessions
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    for path in SETTINGS_PAGES:
        status, headers, text = visitor.send(path)
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert '<html lang="en">' in text
        assert visitor.site.account.display_name in text
        assert f'<a href="{path}" aria-current="page">' in text
        assert text.count('aria-current="page"') == 1
        assert '<a class="leave" href="/sign-out">Sign out</a>' in text
        assert "pretend site on your own computer" in text
    assert visitor.send("/")[1]["Location"] == "/settings/privacy"


def test_a_wrong_password_starts_no_session(visitor: Visitor) -> None:
    status, _, text = visitor.send("/sign-in", {"user": visitor.site.account.user, "password": "wrong"})
    assert status == 422
    assert "do not match" in text
    assert not visitor.site.sessions
    assert not list(visitor.cookies)


def test_keep_me_signed_in_keeps_the_cookie_for_a_month(visitor: Visitor) -> None:
    visitor.sign_in()
    assert [cookie.discard for cookie in visitor.cookies] == [True]
    visitor.sign_in(keep="on")
    (cookie,) = visitor.cookies
    assert not cookie.discard
    assert cookie.expires is not None


def test_signing_out_ends_the_session_on_the_server_too(visitor: Visitor) -> None:
    visitor.sign_in()
    (session,) = visitor.site.sessions
    status, _, text = visitor.send("/sign-out")
    assert status == 200
    assert text.count("<button") == 1
    assert visitor.site.sessions == {session}
    status, _, text = visitor.send("/sign-out", {})
    assert status == 200
    assert "You are signed out" in text
    assert visitor.site.account.display_name not in text
    assert not visitor.site.sessions
    assert not list(visitor.cookies)
    again = urllib.request.Request(
        visitor.site.origin + "/api/devices", headers={"Cookie": f"{pebble.COOKIE}={session}"}
    )
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(again, timeout=10)


def test_signing_out_leaves_other_sessions_alone(site: Pebble) -> None:
    one, other = Visitor(site), Visitor(site)
    one.sign_in()
    other.sign_in()
    one.send("/sign-out", {})
    assert one.send("/settings/privacy")[0] == 302
    assert other.send("/settings/privacy")[0] == 200


@pytest.mark.parametrize("path", ["/api/devices", "/api/preferences"])
def test_the_api_answers_only_those_who_are_signed_in(visitor: Visitor, path: str) -> None:
    status, headers, text = visitor.send(path)
    assert status == 401
    assert json.loads(text) == {"error": "sign in first"}
    visitor.sign_in()
    status, headers, text = visitor.send(path)
    assert status == 200
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert "error" not in json.loads(text)


def test_the_privacy_form_saves_what_is_ticked_and_what_is_not(visitor: Visitor) -> None:
    visitor.sign_in()
    assert visitor.site.truth["demo.search-engines"] == "on"
    status, headers, _ = visitor.send("/settings/privacy", {"online": "on", "photos": "only-me", "messages": "friends"})
    assert (status, headers["Location"]) == (303, "/settings/privacy?saved=yes")
    truth = visitor.site.truth
    assert (truth["demo.search-engines"], truth["demo.photos"], truth["demo.messages"]) == ("off", "only-me", "friends")
    assert visitor.site.account.settings["online"] == "on"
    assert "Saved." in visitor.send("/settings/privacy?saved=yes")[2]
    assert "Saved." not in visitor.send("/settings/privacy")[2]


@pytest.mark.parametrize(
    ("page", "form", "check", "before", "after"),
    [
        ("tagging", {"photo_tags": "on"}, "demo.photo-tags", "off", "on"),
        ("audience", {"future_posts": "everyone"}, "demo.future-posts", "friends", "everyone"),
        ("devices", {"two_step": "off"}, "demo.two-step", "text", "off"),
        ("devices", {"remove_app": "a2"}, "demo.apps", "unused", "none"),
        ("discovery", {"phone_lookup": "nobody"}, "demo.phone-lookup", "friends", "nobody"),
    ],
)
def test_each_page_saves_and_nothing_else_changes(
    visitor: Visitor, page: str, form: dict[str, str], check: str, before: str, after: str
) -> None:
    visitor.sign_in()
    truth = visitor.site.truth
    assert truth[check] == before
    assert visitor.send(f"/settings/{page}", form)[0] == 204
    assert visitor.site.truth == truth | {check: after}


def test_ending_sessions_leaves_the_one_in_use(visitor: Visitor) -> None:
    visitor.sign_in()
    for device in ("d1", "d2", "d3"):
        visitor.send("/settings/devices", {"end_session": device})
    assert [device.id for device in visitor.site.account.devices] == ["d1"]
    assert visitor.site.truth["demo.sessions"] == "one"


def test_nothing_is_saved_for_who_is_signed_out_or_asks_for_what_is_not_offered(visitor: Visitor) -> None:
    truth = visitor.site.truth
    assert visitor.send("/settings/tagging", {"photo_tags": "on"})[0] == 302
    visitor.sign_in()
    assert visitor.send("/settings/tagging", {"photo_tags": "maybe"})[0] == 400
    assert visitor.send("/settings/tagging", {"photos": "only-me"})[0] == 204
    assert visitor.send("/settings/tagging", {"photo_tags": "on" + 10_000 * " "})[0] == 413
    assert visitor.site.truth == truth


def test_every_request_is_remembered_whatever_its_method(visitor: Visitor) -> None:
    visitor.send("/sign-in?from=mail")
    visitor.send("/nowhere", {"a": "b"})
    for method in ("HEAD", "PUT", "DELETE"):
        asked = urllib.request.Request(visitor.site.origin + "/sign-in", method=method)
        try:
            urllib.request.urlopen(asked, timeout=10).close()
        except urllib.error.HTTPError as error:
            error.close()
    assert visitor.site.log == [
        Request("GET", "/sign-in"),
        Request("POST", "/nowhere"),
        Request("HEAD", "/sign-in"),
        Request("PUT", "/sign-in"),
        Request("DELETE", "/sign-in"),
    ]


@pytest.mark.parametrize(
    "path", ["/static/../pebble.py", "/static/privacy.html", "/static/", "/static/%2e%2e/pebble.py"]
)
def test_only_style_and_scripts_are_static(visitor: Visitor, path: str) -> None:
    assert visitor.send(path)[0] == 404
    assert visitor.send("/static/pebble.css")[1]["Content-Type"] == "text/css; charset=utf-8"


def test_no_page_names_another_site() -> None:
    svg = "http://www.w3.org/2000/svg"
    for file in drawing.PAGES.iterdir():
        assert "//" not in file.read_text(encoding="utf-8").replace(svg, "").replace("// ", ""), file.name


# -- the truth and the checklist -------------------------------------------------------------------


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_truth_answers_every_check_with_one_of_its_options(account: str) -> None:
    truth = accounts.answers(account)
    assert list(truth.keys() ^ {check.id for check in DEMO.checks}) == []
    for check in DEMO.checks:
        assert check.option(truth[check.id]), f"{check.id} has no option {truth[check.id]}"


def verdicts(account: str) -> list[Verdict]:
    truth = accounts.answers(account)
    options = [check.option(truth[check.id]) for check in DEMO.checks]
    return [option.verdict_for("default") for option in options if option]


def test_the_safe_account_has_nothing_to_change() -> None:
    assert set(verdicts("safe")) <= {Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.CHOICE}


def test_the_open_account_has_something_to_change_nearly_everywhere() -> None:
    assert verdicts("open").count(Verdict.FAIL) > len(DEMO.checks) * 2 / 3


def test_the_mixed_account_has_some_of_each() -> None:
    found = verdicts("mixed")
    assert min(found.count(verdict) for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.CHOICE)) >= 3


def test_the_checklist_uses_every_kind_of_probe() -> None:
    probes = [probe for check in DEMO.checks for probe in check.probes]
    web = [probe for probe in probes if isinstance(probe, WebProbe)]
    assert {probe.take for probe in web} == set(Take) - {Take.FILLED}
    assert any(isinstance(probe, JsonProbe) for probe in probes)
    assert any(isinstance(probe, JsonProbe) and probe.absent for probe in probes)
    assert any(probe.find.text for probe in web)
    assert any(probe.expand for probe in web)
    assert any(probe.find.within for probe in web)
    assert any(probe.find.near for probe in web)
    assert [check.id for check in DEMO.checks if not check.probes] == ["demo.second-look"]
    assert could_be_better(LOADED) == []
