"""What replies say in their keys and values, of whatever kind, and what only looks like it."""

from __future__ import annotations

from typing import Any

import pytest

from privacyaudit.browser.failed_replies import (
    has_failed,
    has_nothing,
    is_an_error,
    is_handed_an_error,
    says_in_headers,
)
from privacyaudit.browser.in_effect import has_no_effect
from privacyaudit.browser.reply_bodies import in_page, values_in
from privacyaudit.model.reply_path import keys_of

READ: dict[str, Any] = {"privacy": {"hidden": True}}
PATH = ("privacy", "hidden")
AMISS: list[Any] = [
    {"error_code": "7"},
    {"errcode": 40001, "errmsg": "invalid token"},
    {"Err": {"Code": 5}},
    {"error-description": "x"},
    {"isError": "true"},
    {"hasErrors": 1},
    {"request_failed": True},
    {"fetchError": "x"},
    {"loadFailed": True},
    {"exceptionMessage": "x"},
    {"faultCode": "Server"},
    {"faultstring": "x"},
    {"problems": ["x"]},
    {"serverErrors": [{"m": 1}]},
    {"errorCount": 2},
    {"error": {"code": 0, "message": "boom"}},
    {"success": "no"},
    {"isSuccess": False},
    {"is_ok": "0"},
    {"request_ok": False},
    {"ok": "FALSE"},
    {"succeeded": 0},
    {"status": "PARTIAL_CONTENT"},
    {"status": "service_unavailable"},
    {"status": "timed out"},
    {"state": "degraded"},
    {"source": "cache"},
    {"dataSource": "fallback"},
    {"origin": "stale-cache"},
    {"cache": "HIT"},
    {"cached": True},
    {"isCached": "true"},
    {"served_from_cache": 1},
    {"usingFallback": True},
    {"fallbackUsed": "true"},
    {"timeout": True},
    {"timedOut": 1},
    {"partial_failure": True},
    {"incomplete_results": True},
    {"is_partial": True},
    {"stale": "true"},
    {"data": {"degraded": True}},
    {"meta": {"stale": True}},
    {"meta": {"partial": True}},
    {"code": "-1"},
    {"code": "E_TIMEOUT"},
    {"code": "RATE_LIMITED", "message": "x"},
    {"code": 14, "message": "unavailable"},
    {"code": 3, "message": "bad", "details": []},
    {"status": {"code": 500}},
    {"status": -2},
    {"resultCode": 7},
    {"rc": 1},
    {"return_code": -3},
    {"ret": "7"},
    {"statusCode": "503"},
    {"code": "500"},
    {"http_status": 502},
    {"message": "Request timed out"},
    {"msg": "Too many requests"},
    {"detail": [{"loc": ["q"], "msg": "field required"}]},
    {"message": "Not Found", "documentation_url": "https://x"},
    {"type": "https://x/probs/t", "title": "X", "status": 503},
    {"title": "Service unavailable", "status": 503},
    {"message": "Something went wrong"},
    {"warnings": ["profile could not be loaded"]},
    [{"error": {"message": "x"}}],
    [{"status": 500, "body": ""}],
    {"responses": [{"id": 1, "status": 503, "body": {}}]},
    {"a": {"b": {"errorMessage": "x", "settings": {}}}},
    {"errors": ["x"], "data": {}},
    {"_errors": ["x"]},
    {"timed_out": "yes"},
]
NOBODY: list[Any] = [
    {"loggedIn": None},
    {"logged_in": "0"},
    {"signed_in": "no"},
    {"isAuthenticated": 0},
    {"is_guest": 1},
    {"user": {"isGuest": True}},
    {"user": {"anonymous": True, "is_anonymous": True}},
    {"logged_out": True},
    {"status": "NOT_LOGGED_IN"},
    {"code": "401"},
    {"status": "unauthorized"},
    {"query": 1, "user": {"anon": ""}},
    {"isAnonymous": "true"},
    {"session": 1, "user": None},
]
ORDINARY: list[Any] = [
    {"error": None},
    {"errors": []},
    {"error_count": 0},
    {"error": "none"},
    {"error": "0"},
    {"errors": {}},
    {"err": 0},
    {"errno": 0, "errmsg": "ok"},
    {"errcode": 0, "errmsg": "success"},
    {"errorMessage": ""},
    {"error": {"code": 0, "message": "OK"}},
    {"errorReportingEnabled": True},
    {"error_reporting": True},
    {"failed_login_alerts": True},
    {"warnings_enabled": True},
    {"content_warnings": True},
    {"warnings": []},
    {"warnings": {"main": {"*": "Parameter x is deprecated."}}},
    {"cache_ttl": 300},
    {"cacheControl": "no-cache"},
    {"cache": {"ttl": 60}},
    {"cache": "miss"},
    {"cached": False},
    {"fromCache": False},
    {"cacheable": True},
    {"cache": False},
    {"cache_key": "abc"},
    {"status": "active"},
    {"code": "en"},
    {"code": "GB", "name": "UK"},
    {"country_code": -1},
    {"countryCode": 44},
    {"language": {"code": "en"}},
    {"type": "profile"},
    {"code": 0},
    {"code": "0000", "msg": "成功"},
    {"code": 200},
    {"code": 20000, "message": "success"},
    {"code": 1, "msg": "ok"},
    {"ret": 0},
    {"retcode": 0, "message": ""},
    {"status": 1},
    {"status": 0},
    {"status": "1", "message": "Saved"},
    {"code": 10000, "success": True},
    {"is_guest": False},
    {"hide_from_guests": True},
    {"allow_anonymous": True},
    {"anonymous_posts": True},
    {"allowAnonymousQuestions": True},
    {"anonymous": False},
    {"guest": None},
    {"guests": 4},
    {"guest_access": True},
    {"is_private": True, "anonymous": True, "searchable": False},
    {"partial_profile": True},
    {"partial": False},
    {"fallback": "en"},
    {"fallback_language": "en"},
    {"fallbackAvatar": "/x.png"},
    {"fallback": "/img/x.png"},
    {"timeout": 30000},
    {"timeout_ms": 500},
    {"session_timeout": True},
    {"expires_at": "2027"},
    {"stale": False},
    {"maintenance": None},
    {"maintenance": {"planned": "2027"}},
    {"degraded": []},
    {"message": "pong"},
    {"message": "ok"},
    {"message": "Welcome back"},
    {"title": "News", "message": "Dark mode is here"},
    {"detail": None},
    {"status": "ok", "message": "Saved"},
    {"message": None},
    {"type": "news", "title": "x", "body": "y"},
    {"success": True},
    {"success": "Saved"},
    {"success": None, "error": None},
    {"ok": 1},
    {"isOk": True},
    {"loggedIn": True},
    {"authenticated": 1},
    {"requires_login_verification": False},
    {"allow_logged_out_device_personalization": False},
    {"emailauthenticated": "2020"},
    {"emailConfirmed": False, "active": True},
    {"available": False},
    {"found": False},
    {"exists": False},
    {"verified": False},
    {"enabled": False},
    {"batchcomplete": "", "query": {"userinfo": {"id": 12, "options": {"echo-login-fail": True}}}},
    {"payments": [{"status": "failed"}]},
    {"role": {"id": "-99"}},
    {"failover": True},
    {"default": True},
    {"isDefault": True},
    {"problem_reports": True},
    {"report_a_problem": "x"},
    {"notify_on_failure": True},
    {"login_failed_email": True},
    {"email_on_error": True},
    {"error_emails": True},
    {"error_page": "/500"},
    {"mode": "dark"},
    {"origin": "https://x.test"},
    {"source": "web"},
    {"source": {"privacy": "public"}},
    {"state": "CA"},
    {"state": "published"},
    {"health": "ok"},
    {"quality": "hd"},
    {"results": []},
    {"result": "published"},
    {"plan": {"status": "expired"}},
    {"status": "expired"},
    {"status": "pending"},
    {"unavailable_message": "I am away"},
    {"out_of_office": True},
    {"presence": "away"},
    {"last_error_at": None},
    {"lastError": None},
    {"retries": 3},
    {"next": None},
    {"id": -1},
    {"version": 404},
    {"total": 500},
    {"offset": -1},
    {"timezone_offset": -60},
    {"score": -5},
    {"balance": -20},
]
ONLY_WHEN_DRAWN: list[Any] = [
    {"charges": [{"failure_code": "declined", "metadata": {}, "data": []}]},
    {"role": "guest"},
    {"complete": False},
    {"uploads": {"failed": 2}},
    {"words": {"error": "Error"}},
    {"id": 1, "message": "Your parcel could not be delivered", "from": "x"},
]
"""Of a reply that is read itself more is wanted."""

UNDONE: list[Any] = [
    {"isEffective": "false"},
    {"effective": "0"},
    {"in_effect": False},
    {"inForce": 0},
    {"overriddenBy": "admin"},
    {"is_overridden": 1},
    {"overridden_by_policy": True},
    {"superseded": True},
    {"actual_hidden": False},
    {"hiddenEffective": "no"},
    {"pending": True},
    {"status": "pending"},
    {"state": "INACTIVE"},
    {"active": False},
    {"applied": False},
    {"disabled": True},
    {"suspended_at": "2026"},
    {"pendingHidden": False},
    {"paused": "true"},
    {"ignored": True},
    {"bypassed": True},
]
IN_EFFECT: list[Any] = [
    {"effective": True},
    {"enforced": True},
    {"overridden": False},
    {"overrides": []},
    {"overrides": {}},
    {"override_times": []},
    {"pending": None},
    {"pending": 3},
    {"pending": []},
    {"active": True},
    {"hiddenEffective": True},
    {"hidden_default": False},
    {"default": False},
    {"hiddenUpdatedAt": "x"},
    {"disabled": False},
    {"a": True, "b": False, "paused": True},
    {"status": "active"},
    {"muted": True, "blocked": False, "disabled": True},
    {"locked": True},
    {"inherited": True},
    {"disabled_languages": ["x"]},
    {"pending_requests": 4},
    {"hidden_from": "x"},
    {"effective_date": "2026"},
    {"overridable": True},
    {"enforceable": False},
]
UNDONE_ELSEWHERE: list[Any] = [
    {**READ, "overrides": {"hidden": False}},
    {**READ, "effective": {"hidden": False}},
    {**READ, "data": {"actual": {"privacy": {"hidden": 0}}}},
    {**READ, "effectiveSettings": {"privacy": {"hidden": "false"}}},
]


@pytest.mark.parametrize("reply", AMISS + NOBODY)
def test_a_reply_says_that_something_is_amiss(reply: Any) -> None:
    assert has_failed(reply) or has_nothing(reply)
    assert not isinstance(reply, dict) or _is_unsound(READ | reply)


@pytest.mark.parametrize("reply", ORDINARY)
def test_an_ordinary_reply_is_believed(reply: Any) -> None:
    assert not has_failed(reply)
    assert not has_nothing(reply)
    assert not _is_unsound(READ | reply)


@pytest.mark.parametrize("reply", ONLY_WHEN_DRAWN)
def test_of_a_reply_that_is_read_more_is_wanted(reply: Any) -> None:
    assert not has_failed(reply)
    assert not has_nothing(reply)
    assert _is_unsound(READ | reply)


@pytest.mark.parametrize("beside", UNDONE)
def test_words_beside_a_value_say_that_it_has_no_effect(beside: Any) -> None:
    assert has_no_effect({"privacy": {"hidden": True} | beside}, PATH)


@pytest.mark.parametrize("reply", UNDONE_ELSEWHERE)
def test_another_value_is_in_effect(reply: Any) -> None:
    assert has_no_effect(reply, PATH)


@pytest.mark.parametrize("beside", IN_EFFECT)
def test_words_beside_a_value_say_nothing_against_it(beside: Any) -> None:
    assert not has_no_effect({"privacy": {"hidden": True} | beside}, PATH)


def test_a_path_into_what_is_in_effect_is_read_there() -> None:
    assert not has_no_effect({"hidden": False, "effective": {"hidden": True}}, ("effective", "hidden"))


@pytest.mark.parametrize(
    "headers",
    [
        {"grpc-status": "14"},
        {"x-error": "timeout"},
        {"x-error-code": "5"},
        {"x-partial": "true"},
        {"x-degraded": "1"},
        {"x-status": "error"},
        {"x-data-source": "fallback"},
        {"x-stale": "true"},
    ],
)
def test_a_header_says_that_something_is_amiss(headers: dict[str, str]) -> None:
    assert says_in_headers(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"grpc-status": "0"},
        {"x-cache": "HIT"},
        {"x-xss-protection": "0"},
        {"x-content-type-options": "nosniff"},
        {"x-error": "none"},
        {"x-status": "ok"},
        {"x-request-id": "1"},
        {"x-ratelimit-remaining": "0"},
        {"x-frame-options": "DENY"},
        {"x-robots-tag": "none"},
        {"x-timeout": "30"},
        {"x-error-reporting": "on"},
        {"x-varnish": "1 2"},
        {"x-cache-status": "HIT"},
        {"x-response-time": "5"},
        {"x-dns-prefetch-control": "off"},
        {"x-ua-compatible": "ie"},
        {"x-app-version": "500"},
        {"x-runtime": "0.5"},
        {"x-fallback": "0"},
        {"x-served-by": "cache-lhr-7"},
        {"x-timer": "S1"},
        {"x-response-code": "200"},
    ],
)
def test_an_ordinary_header_is_believed(headers: dict[str, str]) -> None:
    assert not says_in_headers(headers)


@pytest.mark.parametrize(
    "html",
    [
        '<script>window.a={"error":"x","data":null}</script>',
        '<div data-p="{&quot;errors&quot;:[1],&quot;user&quot;:null}">',
        '<script>x=JSON.parse(\'{"error":"t","settings":null}\')</script>',
        '<script>x=JSON.parse("{\\"error\\":\\"t\\",\\"settings\\":null}")</script>',
        '<script type=application/json>{"statusCode":500,"props":{}}</script>',
        '<script>push({"success":false,"data":null})</script>',
        '<meta content=\'{"errors":["x"]}\'>',
        '<script>var s = {"settings":{"data":null,"error":"x","loading":false}};</script>',
    ],
)
def test_data_in_a_page_are_an_error(html: str) -> None:
    assert any(map(is_an_error, in_page(html)))


@pytest.mark.parametrize(
    "html",
    [
        '<script>window.I18N={"error":"Error","failed":"That failed","status":"Status","settings":"S"}</script>',
        '<script>I18n.load({"errors":{"required":"Needed","format":"is wrong"},"data":{"x":"y"}})</script>',
        '<script>window.C={"error":null,"data":null,"errors":[]}</script>',
        '<div data-x=\'{"status":"open","success":false}\' data-y=\'{"code":44321}\' data-z=\'{"error":"Try again"}\'>',
        '<script>f({"code":200,"success":true})</script>',
        '<script>var t={"user":null,"loggedIn":true,"theme":"x"}</script>',
        '<script>window.e={"errorReporting":true,"dsn":"https://x","user":null}</script>',
        '<script>g({"timeout":3000,"fallback":"en","cached":true})</script>',
        '<div data-v=\'{"messages":{"error":"Please fill this in"},"rules":{"required":true}}\'>',
    ],
)
def test_ordinary_data_in_a_page_are_believed(html: str) -> None:
    assert not any(map(is_an_error, in_page(html)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('<rsp stat="fail"><err code="1" msg="x"/></rsp>', "text/xml"),
        ("<error>timeout</error>", "application/xml"),
        ("<Error><Code>AccessDenied</Code></Error>", "application/xml"),
        (
            '<s:Envelope xmlns:s="x"><s:Body><s:Fault><faultcode>x</faultcode></s:Fault></s:Body></s:Envelope>',
            "application/soap+xml",
        ),
        ("<response><status>error</status></response>", "text/xml"),
        ('<r success="false"/>', "text/xml"),
        ('cb({"error":"x"});', "text/javascript"),
        ('/**/cb({"status":"error","message":"x"})', "text/javascript"),
        ('event: e\ndata: {"error":"x"}\n\n', "text/event-stream"),
        ('--b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{"success":false}\r\n--b--', "multipart/mixed; boundary=b"),
    ],
)
def test_a_body_says_that_something_is_amiss(text: str, kind: str) -> None:
    assert any(has_failed(one) or has_nothing(one) for one in values_in(text, kind) or [])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "<rss><channel><title>Error handling</title><item><title>x</title></item></channel></rss>",
            "application/rss+xml",
        ),
        ('<rsp stat="ok"><user id="1"/></rsp>', "text/xml"),
        ('<r success="true" errors="0"/>', "text/xml"),
        ('cb({"ok":true})', "text/javascript"),
        ('data: {"on":1}\n\n', "text/event-stream"),
        ('--b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{"success":true}\r\n--b--', "multipart/mixed; boundary=b"),
    ],
)
def test_an_ordinary_body_is_believed(text: str, kind: str) -> None:
    assert not any(has_failed(one) or has_nothing(one) for one in values_in(text, kind) or [])


@pytest.mark.parametrize("text", ["<!DOCTYPE a [<!ENTITY b 'c'>]><error>&b;</error>", "<a>", "<", ""])
def test_xml_that_is_none_or_defines_words_has_nothing_in_it(text: str) -> None:
    assert values_in(text, "text/xml") == []


def _is_unsound(reply: Any) -> bool:
    return has_failed(reply, is_read=True) or has_nothing(reply, is_read=True)


def test_of_a_path_with_a_filter_only_what_leads_to_it_is_looked_beside() -> None:
    path = "settings[0].values[?selected].value"
    assert keys_of(path) == ("settings", "values")
    assert keys_of("join(' ', [a, b.c])") == ("a", "b", "c")


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        ({"code": 503, "message": "busy"}, True),
        ({"error": "x"}, True),
        ({"code": 44321}, False),
        ({"error": "Error", "a": "A"}, False),
    ],
)
def test_a_program_hands_over_an_error(data: Any, is_one: bool) -> None:
    assert is_handed_an_error(data) is is_one
