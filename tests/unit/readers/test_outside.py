"""The outside view: the truth or unknown, whatever a server answers; one GET, no cookie, and no trace of the name."""

from __future__ import annotations

import io
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from privacyaudit.audit import run
from privacyaudit.catalogue import loading, translators
from privacyaudit.clock import now
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.journal import Header, begin
from privacyaudit.judge import judge, settled
from privacyaudit.model import Observation, Outside, OutsideProbe, Reason, Verdict
from privacyaudit.plan import Plan, plan
from privacyaudit.readers.outside import OutsideReader, answer_of, fetch, names_typed
from privacyaudit.report.writing import write
from tests.browser.replicas import moved
from tests.support.a_proxy import Proxy
from tests.support.outside_look import CATALOGUE, look, shipped
from tests.support.site import Reply, Site

LOOKUP = "/api/v1/accounts/lookup"
ABOUT = "/user/robin/about.json"
PRIVATE = {
    "locked": True,
    "discoverable": False,
    "indexable": False,
    "noindex": True,
    "hide_collections": True,
    "fields": [],
}
OPEN = {
    "locked": False,
    "discoverable": True,
    "indexable": True,
    "noindex": False,
    "hide_collections": False,
    "fields": [{"name": "Website"}],
}
MASTODON = {
    "robin": {
        "approve-followers": "off",
        "discovery": "off",
        "post-search": "off",
        "search-engines": "off",
        "network": "off",
        "links": "none",
    },
    "sam": {
        "approve-followers": "on",
        "discovery": "on",
        "post-search": "on",
        "search-engines": "on",
        "network": "on",
        "links": "some",
    },
}


def mastodon(site: Site) -> Plan:
    return plan([shipped("mastodon")], "teacher", {"mastodon": site.origin})


def account(name: str, **fields: Any) -> Reply:
    return as_json({"id": "1", "username": name, "acct": name, "bot": False, **PRIVATE, **fields})


def as_json(value: Any) -> Reply:
    return Reply(json.dumps(value), kind="application/json")


class Raw:
    """A server that says exactly what it is told to, and keeps the first request as it came."""

    def __init__(self, answer: Callable[[socket.socket], object]) -> None:
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.request = b""

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        client, _address = self._listener.accept()
        with client:
            while b"\r\n\r\n" not in self.request:
                self.request += client.recv(65_536)
            try:
                self._answer(client)
            except OSError:
                return


def ask(raw: Raw, *, seconds: float = 10) -> Any:
    return fetch(f"http://{raw.host}/x", [raw.host], seconds=seconds)


# -- the truth -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "fields"), [("robin", PRIVATE), ("sam", OPEN)])
def test_mastodon_tells_the_truth_for_two_people_with_opposite_settings(
    name: str, fields: dict[str, Any], site: Site
) -> None:
    site.pages[LOOKUP] = account(name, **fields)
    assert look(mastodon(site), name) == MASTODON[name]


def test_what_mastodon_leaves_empty_means_what_its_documents_say(site: Site) -> None:
    site.pages[LOOKUP] = account("robin", discoverable=None, hide_collections=None, noindex=None, indexable=None)
    seen = look(mastodon(site), "robin")
    assert (seen["discovery"], seen["network"]) == ("off", "on")
    assert (seen["search-engines"], seen["post-search"]) == (Reason.NOT_FOUND, Reason.NOT_FOUND)


def test_a_key_that_is_not_there_at_all_means_nothing(site: Site) -> None:
    site.pages[LOOKUP] = as_json({"acct": "robin"})
    assert set(look(mastodon(site), "robin").values()) == {Reason.NOT_FOUND}


@pytest.mark.parametrize(
    ("hidden", "truth"),
    [
        (True, {"search-engines": "off", "followers": "off", "mature-profile": "off"}),
        (False, {"search-engines": "on", "followers": "on", "mature-profile": "on"}),
    ],
)
def test_reddit_tells_the_truth_for_two_people_with_opposite_settings(
    hidden: bool, truth: dict[str, str], site: Site
) -> None:
    data = {"name": "robin", "hide_from_robots": hidden, "accept_followers": not hidden}
    site.pages[ABOUT] = as_json({"kind": "t2", "data": {**data, "subreddit": {"over_18": not hidden}}})
    what = plan([moved("reddit", site.host)], "teacher", {})
    assert look(what, "robin") == truth
    site.pages[ABOUT] = as_json({"kind": "t2", "data": {"name": "robin", "is_suspended": True}})
    assert set(look(what, "robin").values()) == {Reason.NOT_FOUND}


WORDPRESS_USERS = "/wp-json/wp/v2/users"
WRITER = {"id": 1, "slug": "robin", "name": "A. Nickname"}


@pytest.mark.parametrize(
    ("users", "author_list", "display_name"),
    [
        ([], Reason.NOT_FOUND, Reason.NOT_FOUND),
        ([WRITER], "shown", Reason.NOT_FOUND),
        ([{**WRITER, "name": "robin"}], "shown", "login"),
        ([{**WRITER, "slug": "sam", "name": "robin"}, WRITER], "shown", Reason.NOT_FOUND),
        ([{**WRITER, "slug": "sam"}], Reason.NOT_FOUND, Reason.NOT_FOUND),
        ([{"id": 1}], Reason.NOT_FOUND, Reason.NOT_FOUND),
        ({}, Reason.NOT_FOUND, Reason.NOT_FOUND),
        ({"code": "rest_user_cannot_view"}, Reason.NOT_FOUND, Reason.NOT_FOUND),
        (None, Reason.NOT_FOUND, Reason.NOT_FOUND),
    ],
)
def test_wordpress_never_says_that_a_log_in_name_is_hidden(
    users: Any, author_list: str | Reason, display_name: str | Reason, site: Site
) -> None:
    site.pages[WORDPRESS_USERS] = as_json(users)
    what = plan([shipped("wordpress")], "teacher", {"wordpress": site.origin})
    seen = look(what, "Robin")
    assert (seen["author-list"], seen["display-name"]) == (author_list, display_name)


@pytest.mark.parametrize(
    ("files", "option"), [([], None), ([{"id": 7}], "listed"), ([[]], None), ([{}], None), ({}, None), (None, None)]
)
def test_wordpress_lists_files_or_says_nothing(files: Any, option: str | None, site: Site) -> None:
    site.pages["/wp-json/wp/v2/media"] = as_json(files)
    what = plan([shipped("wordpress")], "teacher", {"wordpress": site.origin})
    assert look(what, "robin")["media-list"] == (option or Reason.NOT_FOUND)


# -- a name that is nobody's -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        Reply('{"error": "Record not found"}', status=404, kind="application/json"),
        Reply('{"error": "gone"}', status=410, kind="application/json"),
        account("somebody-else"),
        account("robin@other.example"),
        account("robin", suspended=True),
        account("robin", limited=True),
        as_json({**PRIVATE}),
        as_json([]),
        as_json(None),
        as_json("robin"),
    ],
    ids=["404", "410", "another", "elsewhere", "suspended", "limited", "no name", "list", "null", "word"],
)
def test_a_name_that_the_site_does_not_know_is_never_a_pass(reply: Reply, site: Site) -> None:
    site.pages[LOOKUP] = reply
    what = mastodon(site)
    assert set(look(what, "robin").values()) == {Reason.NOT_FOUND}
    for item in what.items:
        seen = [made for check, made in OutsideReader({"mastodon": "robin"}).read([item], {}) if check == item.check.id]
        assert judge(item.check, seen, "teacher", now().date()).verdict is Verdict.UNKNOWN


def test_the_person_hears_that_nobody_has_that_name_without_the_name(site: Site) -> None:
    site.pages[LOOKUP] = Reply("{}", status=404, kind="application/json")
    said: list[str] = []
    list(OutsideReader({"mastodon": "robin_canary"}, tell=said.append).read(mastodon(site).items, {}))
    assert any("not show anyone with that name" in sentence for sentence in said)
    assert "robin_canary" not in " ".join(said)


# -- whatever a server answers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("{}", status=400, kind="application/json"), Reason.NOT_FOUND),
        (Reply("{}", status=401, kind="application/json"), Reason.CHALLENGE),
        (Reply("{}", status=403, kind="application/json"), Reason.CHALLENGE),
        (Reply("{}", status=429, kind="application/json"), Reason.CHALLENGE),
        (Reply("{}", status=500, kind="application/json"), Reason.SITE_ERROR),
        (Reply("{}", status=503, kind="application/json"), Reason.SITE_ERROR),
        (Reply("", status=204, kind="application/json"), Reason.SITE_ERROR),
        (Reply(json.dumps({"acct": "robin", **PRIVATE})), Reason.PAGE_MOVED),
        (Reply('{"acct": "robin"', kind="application/json"), Reason.SITE_ERROR),
        (Reply('{"acct": "robin", "locked": NaN}', kind="application/json"), Reason.SITE_ERROR),
        (Reply('{"acct": "robin", "locked": false, "locked": true}', kind="application/json"), Reason.SITE_ERROR),
        (Reply("[" * 100_000, kind="application/json"), Reason.SITE_ERROR),
        (Reply("", kind="application/json"), Reason.SITE_ERROR),
        (Reply(b"\xff\xfe\xfd", kind="application/json"), Reason.SITE_ERROR),
        (Reply("{}", kind="application/json", headers=(("content-encoding", "gzip"),)), Reason.SITE_ERROR),
        (Reply('{"a": "' + "x" * 20_000_000 + '"}', kind="application/json"), Reason.SITE_ERROR),
    ],
    ids=[
        *("400", "401", "403", "429", "500", "503", "204", "HTML", "half", "NaN", "a key twice", "deep", "empty"),
        *("no text", "compressed", "20 MB"),
    ],
)
def test_every_answer_that_is_no_answer_ends_in_unknown(reply: Reply, reason: Reason, site: Site) -> None:
    site.pages[LOOKUP] = reply
    assert set(look(mastodon(site), "robin").values()) == {reason}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int, site: Site) -> None:
    with Site() as elsewhere:
        elsewhere.pages[LOOKUP] = account("robin")
        site.pages[LOOKUP] = Reply("", status=status, headers=(("location", f"{elsewhere.origin}{LOOKUP}"),))
        assert set(look(mastodon(site), "robin").values()) == {Reason.PAGE_MOVED}
        assert elsewhere.log == []


@pytest.mark.parametrize("value", ["yes", "true", 1, 0, [], {}, {"value": True}, 1.5, ""], ids=repr)
def test_a_value_that_is_not_listed_is_unknown(value: Any, site: Site) -> None:
    site.pages[LOOKUP] = account("robin", locked=value)
    expected = "off" if value == "true" else Reason.UNLISTED_VALUE
    assert look(mastodon(site), "robin")["approve-followers"] == expected


MUTATIONS: dict[str, Callable[[dict[str, Any], str], dict[str, Any]]] = {
    "removed": lambda said, key: {name: value for name, value in said.items() if name != key},
    "renamed": lambda said, key: {f"{name}_2" if name == key else name: value for name, value in said.items()},
    "in a list": lambda said, key: {**said, key: [said[key]]},
    "one deeper": lambda said, key: {**said, key: {"value": said[key]}},
    "a word": lambda said, key: {**said, key: "sometimes"},
    "a number": lambda said, key: {**said, key: 1},
    "all moved": lambda said, _key: {"acct": said["acct"], "settings": said},
    "in an envelope": lambda said, _key: {"data": said},
}


@pytest.mark.parametrize("how", list(MUTATIONS))
@pytest.mark.parametrize("key", list(PRIVATE))
def test_a_reply_that_has_another_shape_gives_the_truth_or_unknown(key: str, how: str, site: Site) -> None:
    site.pages[LOOKUP] = as_json(MUTATIONS[how]({"acct": "robin", **PRIVATE}, key))
    seen = look(mastodon(site), "robin")
    changed = {check: option for check, option in seen.items() if option != MASTODON["robin"][check]}
    assert changed
    assert all(isinstance(option, Reason) for option in changed.values())


def test_a_reply_that_drips_is_cut_when_the_time_is_up() -> None:
    def drip(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n")
        while True:
            client.sendall(b" ")
            time.sleep(0.05)

    started = time.monotonic()
    with Raw(drip) as raw:
        assert ask(raw, seconds=1) is Reason.TIMED_OUT
    assert time.monotonic() - started < 5


def test_a_site_that_says_nothing_is_left_when_the_time_is_up() -> None:
    done = threading.Event()
    with Raw(lambda _client: done.wait(10)) as raw:
        assert ask(raw, seconds=0.5) is Reason.TIMED_OUT
        done.set()


def test_a_head_that_never_ends_is_cut_when_the_time_is_up() -> None:
    def drip(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            client.sendall(b"x-more: 1\r\n")
            time.sleep(0.1)

    with Raw(drip) as raw:
        assert ask(raw, seconds=1) is Reason.TIMED_OUT


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n2\r\n[]\r\n",
        b"not http at all\r\n\r\n[]",
        b"",
    ],
    ids=["length", "chunks", "nonsense", "nothing"],
)
def test_a_reply_that_breaks_off_is_unknown(head: bytes) -> None:
    with Raw(lambda client: client.sendall(head)) as raw:
        assert ask(raw) in (Reason.SITE_ERROR, Reason.UNREACHABLE)


def test_a_site_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{taken.getsockname()[1]}"
        assert fetch(f"http://{host}/x", [host]) is Reason.UNREACHABLE


def test_a_certificate_of_a_signer_that_nobody_knows_is_a_network_that_opens_traffic() -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with Site(certificate=context) as site:
        site.pages["/x"] = as_json({})
        assert fetch(f"{site.origin}/x", [site.host]) is Reason.OPENED_TRAFFIC
        assert site.log == []


def test_a_certificate_for_another_name_is_unreachable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("elsewhere.example").configure_cert(context)
    with Site(certificate=context) as site:
        assert fetch(f"{site.origin}/x", [site.host]) is Reason.UNREACHABLE


def test_where_only_a_proxy_reaches_the_site_it_is_asked_to_lead_on_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Proxy({"social.invalid": "it is there"}) as proxy:
        for scheme in ("http", "https"):
            monkeypatch.setenv(f"{scheme}_proxy", proxy.address)
        assert proxy.ordinary_client("http://social.invalid/x") == "it is there"
        proxy.asked.clear()
        for url, host in (
            ("https://social.invalid/x", "social.invalid"),
            ("http://social.invalid/x", "social.invalid:80"),
        ):
            assert isinstance(fetch(url, [host]), Reason), "this proxy leads nothing on"
        assert proxy.asked == ["social.invalid:443", "social.invalid:80"]
        proxy.asked.clear()
        monkeypatch.setenv("no_proxy", "social.invalid")
        assert fetch("https://social.invalid/x", ["social.invalid"]) is Reason.UNREACHABLE
        assert proxy.asked == []


def test_over_https_a_certificate_that_is_trusted_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Site(certificate=context) as site:
        site.pages["/x"] = as_json({"locked": True})
        assert fetch(f"{site.origin}/x", [site.host]) == {"locked": True}


def test_a_host_that_is_not_listed_is_never_reached(site: Site) -> None:
    assert fetch(f"{site.origin}/x", ["127.0.0.1:1"]) is Reason.BLOCKED_BY_GUARD
    assert site.log == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["robin", "none", "!no-unauth"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "acct",
                    "query",
                    "users",
                    "userid",
                    "records",
                    "uri",
                    "value",
                    "labels",
                    "values",
                    "val",
                    "data",
                    "slug",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(reply=JSON)
def test_no_reply_makes_a_probe_stumble(reply: Any) -> None:
    for check, probe in PROBES:
        found = answer_of(probe, reply, "robin")
        assert isinstance(found, Reason) or found in [option.id for option in check.options]


PROBES = [
    (check, probe)
    for loaded in CATALOGUE.loaded.values()
    for check in loaded.checklist.checks
    for probe in check.outside
]


# -- what is sent ----------------------------------------------------------------------------------


def test_one_get_without_cookie_or_trace_of_the_person(site: Site) -> None:
    site.pages[LOOKUP] = account("robin")._replace(headers=(("set-cookie", "seen=1; path=/"),))
    look(mastodon(site), "robin")
    look(mastodon(site), "robin")
    assert [(seen.method, seen.path, seen.cookie) for seen in site.log] == [("GET", LOOKUP, "")] * 2


def test_the_request_has_these_headers_and_no_other() -> None:
    answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
    with Raw(lambda client: client.sendall(answer)) as raw:
        assert ask(raw) == {}
    lines = raw.request.decode().split("\r\n")
    assert lines[0] == "GET /x HTTP/1.1"
    headers = dict(line.split(": ", 1) for line in lines[1:] if line)
    assert headers == {
        "Host": raw.host,
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "privacyaudit",
    }


def test_a_proxy_in_the_environment_is_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with Site() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.origin)
        site.pages[LOOKUP] = account("robin")
        assert look(mastodon(site), "robin") == MASTODON["robin"]
        assert proxy.log == []


def test_a_name_is_percent_encoded() -> None:
    name = "Zoë Q. & Söhne?x=1"
    answer = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"
    with Raw(lambda client: client.sendall(answer)) as raw:
        what = plan([shipped("wikipedia")], "teacher", {"wikipedia": f"http://{raw.host}"})
        look(what, name)
    target = raw.request.decode("ascii").split(" ")[1]
    assert "ususers=Zo%C3%AB%20Q.%20%26%20S%C3%B6hne%3Fx%3D1&usprop=" in target


# -- the name --------------------------------------------------------------------------------------


def typed(*pairs: str, answer: str = "") -> dict[str, str]:
    platforms = [one.checklist.platform for one in CATALOGUE.loaded.values()]
    return names_typed(pairs, platforms, lambda _question: answer)


@pytest.mark.parametrize(
    ("pair", "name"),
    [
        ("mastodon=robin", "robin"),
        ("mastodon=@robin", "robin"),
        ("mastodon= robin.b-2 ", "robin.b-2"),
        ("bluesky=@robin.bsky.social", "robin.bsky.social"),
        ("wikipedia=Zoë Q. Example", "Zoë Q. Example"),
        ("reddit=robin_b-2", "robin_b-2"),
        ("wordpress=robin", "robin"),
    ],
)
def test_a_name_may_be_typed_as_people_write_it(pair: str, name: str) -> None:
    assert list(typed(pair).values()) == [name]


@pytest.mark.parametrize(
    "pair",
    [
        *("mastodon=robin@mastodon.social", "mastodon=rob in", "mastodon=robin/../x", "mastodon=a?b", "mastodon=.."),
        *("bluesky=zorblatt", "bluesky=Zorblatt.bsky.social", "bluesky=did:plc:abc", "bluesky=robin.bsky.social&x=1"),
        *("wikipedia=Alice|Bob", "wikipedia=User:Alice", "wikipedia=Alice#x", "wikipedia=Al\x1fice", "wikipedia=a\nb"),
        *("reddit=ab", "reddit=../../api", "reddit=u/robin", "wordpress=robin@example.org", "wordpress=\u202erobin"),
    ],
)
def test_what_cannot_be_a_name_is_refused_and_not_repeated(pair: str) -> None:
    with pytest.raises(UsageError) as refused:
        typed(pair)
    name = pair.partition("=")[2]
    assert name not in refused.value.what + refused.value.advice


def test_a_name_that_is_left_out_is_asked_for() -> None:
    assert typed("mastodon", answer="robin") == {"mastodon": "robin"}


@pytest.mark.parametrize("pairs", [("nowhere=robin",), ("telegram=robin",), ("mastodon=robin", "mastodon=sam")])
def test_a_platform_without_an_outside_view_is_one_sentence(pairs: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        typed(*pairs)


def test_the_name_is_in_no_record_journal_report_or_description_of_the_reader(site: Site, tmp_path: Path) -> None:
    name = "zorblatt_canary"
    site.pages[LOOKUP] = account(name, **OPEN)
    what = mastodon(site)
    reader = OutsideReader({"mastodon": name})
    header = Header(started=now(), role="teacher", platforms=("mastodon",), sites={"mastodon": site.origin})
    notes, _aside = begin(header)
    record, stopped = run(what, [reader], notes)
    assert stopped is None
    found = {f.check: f.option for f in record.findings if f.observations}
    assert found == {f"mastodon.{check}": option for check, option in MASTODON["sam"].items()}
    assert {o.reader for f in record.findings for o in f.observations} == {"outside"}
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    written += write(record, CATALOGUE, tmp_path / "out", ("html", "json", "csv"))[1]
    for path in written:
        assert name.encode() not in path.read_bytes(), path
    assert name not in record.model_dump_json()
    assert name not in repr(reader)


# -- what it counts for ----------------------------------------------------------------------------


def observed(reader: Any, option: str | None = None, reason: Reason | None = None) -> Observation:
    return Observation(reader=reader, option=option, reason=reason, at=now())


def check_of(check_id: str) -> Any:
    found = shipped("mastodon").checklist.check(check_id)
    assert found
    return found


def test_what_is_seen_from_outside_counts_before_what_the_person_said() -> None:
    check = check_of("mastodon.approve-followers")
    seen = [observed("outside", "on"), observed("ask", "off")]
    finding = judge(check, seen, "teacher", now().date())
    assert (finding.verdict, finding.option) == (Verdict.FAIL, "on")
    assert "page_over_person" in finding.flags
    assert settled(seen[:1])


def test_outside_and_page_that_disagree_are_unknown() -> None:
    check = check_of("mastodon.approve-followers")
    seen = [observed("web", "off"), observed("outside", "on")]
    finding = judge(check, seen, "teacher", now().date())
    assert (finding.verdict, finding.reason) == (Verdict.UNKNOWN, Reason.AMBIGUOUS)
    assert not settled(seen)


def test_an_unlisted_value_from_outside_makes_an_older_answer_not_count() -> None:
    check = check_of("mastodon.approve-followers")
    seen = [observed("answers", "off"), observed("outside", reason=Reason.UNLISTED_VALUE)]
    assert judge(check, seen, "teacher", now().date()).verdict is Verdict.UNKNOWN
    assert judge(check, [*seen, observed("ask", "off")], "teacher", now().date()).verdict is Verdict.PASS


# -- checklists ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "get",
    [
        "https://{user}.example.org/x",
        "https://example.org/{user}/{user}",
        "http://example.org/{user}",
        "{site}{user}",
        "https://example.org/{name}",
        "javascript:{user}",
        "https://a:b@example.org/{user}",
    ],
)
def test_an_address_that_could_lead_elsewhere_is_refused(get: str) -> None:
    with pytest.raises(ValidationError):
        OutsideProbe.model_validate({"get": get, "path": "reply.x", "means": {"true": "on"}})


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="regular expression"):
        Outside.model_validate({"ask": "Which name?", "written": "(["})


TEMPLATE = """
schema: "2"
platform:
  id: pond
  name: Pond
  group: social
  hosts: [pond.example]
  notice: A pretend site.
  outside: {{ ask: Which name?, written: "[a-z]+"{known} }}
screens: [{{ id: settings, title: Settings }}]
checks:
  - id: pond.seen
    title: Strangers do not see you
    area: visibility
    severity: low
    question: Are you seen?
    why: Others may look.
    screen: settings
    options: [{{ id: "yes", label: "Yes", verdict: fail }}, {{ id: "no", label: "No", verdict: pass }}]
    fix: [Turn it off.]
    confidence: low
    outside:
      - get: {get}
        path: reply.seen
        means: {{ "true": {option} }}
"""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"get": "https://elsewhere.example/{user}"}, "not in the list of hosts"),
        ({"option": "maybe"}, "not in the list of options"),
        (
            {"known": ", known: { get: 'https://elsewhere.example/{user}', path: reply.name }"},
            "not in the list of hosts",
        ),
        (
            {"absent": "\n        absent: { option: 'no', when: 'true', source: 'https://pond.example/' }"},
            "how to see that a name exists",
        ),
    ],
)
def test_a_checklist_whose_outside_view_does_not_fit_is_refused_with_a_line(
    changes: dict[str, str], words: str, tmp_path: Path
) -> None:
    values = {"get": "https://pond.example/{user}", "option": "'yes'", "known": "", **changes}
    text = TEMPLATE.format(**values).rstrip("\n") + changes.get("absent", "") + "\n"
    path = tmp_path / "pond.yaml"
    path.write_text(text)
    with pytest.raises(ChecklistError, match=words):
        loading.load(path)


def test_the_words_of_the_outside_view_are_translated_and_its_patterns_are_not() -> None:
    path = Path(__file__).parents[3] / "checklists" / "mastodon.yaml"
    texts = [text for _line, _kind, text, _notes in translators.messages(io.BytesIO(path.read_bytes()))]
    outside = shipped("mastodon").checklist.platform.outside
    assert outside
    assert outside.ask in texts
    assert outside.written not in texts
