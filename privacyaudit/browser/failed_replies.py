"""What a reply in JSON says by its values: that it failed, or that it has nothing, or nothing for this person.

A reply speaks of itself in its outermost object, and in what that one wraps up: `data`, `meta` and their like. Further
in it speaks of other things: the error of a payment, the words of a translation. There an error counts only where it
stands beside nothing in place of what was asked for. Of a reply that is read itself, more is wanted: nothing in it may
speak of a fault or a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from privacyaudit.browser import key_words as say
from privacyaudit.browser.key_words import letters

_WRAPS = frozenset({"data", "result", "response", "payload", "body", "meta", "metadata", "status", "envelope"})
_MAY_BE_EMPTY = frozenset({"meta", "status", "body"})
_MANY = frozenset({"responses", "replies", "results", "batch"})
_PERSON = frozenset({"me", "user", "viewer", "account", "currentuser", "loggedinuser"})
_SETTINGS = re.compile(r".*(?:settings|preferences|prefs)")
_TEXTS = ("message", "msg", "detail", "details", "reason", "title")
_ABOUT_ITSELF = re.compile(
    r"message|msg|details?|reason|title|type|instance|path|trace|traceid|requestid|timestamp|time|version|help|"
    r"documentationurl|href|id|logid|ts"
)
_A_PROBLEM = re.compile(r"about:blank|(?:https?|urn|tag):\S*", re.IGNORECASE)
_ONLY_NAMES = re.compile(r"[a-z]{2,3}(?:[-_]\w+)?|\S*[/.#]\S*")
"""What a fallback may be in a list of settings: a language, a file, a page."""

_MAY_SAY = re.compile(r"(?!.*cache)(?:x-|grpc-)")
"""Headers of the sites' own; those of caches are read elsewhere."""

_NOBODY = (401, 403)
_DEPTH = 6
_DEEP = 4
_FEW = 50
_SHEET = 2
"""An object with so many more yes-or-no values is a sheet of settings: there `cached` is one of them."""


def has_failed(reply: Any, *, is_read: bool = False) -> bool:
    """Tell whether a reply says that something went wrong, or where it `is_read` itself, that it is not whole."""
    return (
        any(_tells_failure(one, is_read) for one in _outermost(reply))
        or has_error_for_nothing(reply)
        or (isinstance(reply, list) and any(_is_only_an_error(one) for one in reply[:_FEW]))
        or (is_read and any(_tells_a_fault(one) for one in objects(reply, _DEEP)))
    )


def has_nothing(reply: Any, *, is_read: bool = False) -> bool:
    """Tell whether a reply has nothing in it, was refused, or says that there is no such person."""
    return _is_empty(reply) or any(_tells_refusal(one, is_read) for one in _outermost(reply))


def has_error_for_nothing(reply: Any) -> bool:
    """Tell whether an error stands anywhere in a reply beside nothing in place of what was asked for."""
    return any(_stands_for_nothing(keys, listed) for keys, listed in _walked(reply, _DEPTH))


def is_an_error(data: Any) -> bool:
    """Tell whether data that a page has for its scripts are an error in place of them, and not words for one."""
    return has_error_for_nothing(data) or any(
        (_is_only_an_error(keys) and not all(map(_is_in_words, keys.values())))
        or any(400 <= code < 600 for code in _codes(keys, only="status"))
        for keys in _outermost(data)
    )


def is_handed_an_error(data: Any) -> bool:
    """Tell whether data that a program hands over are an error."""
    codes = (code for keys in _outermost(data) for code in _codes(keys))
    return is_an_error(data) or _is_only_an_error(data) or any(400 <= code < 600 for code in codes)


def says_in_headers(headers: Mapping[str, str]) -> bool:
    """Tell whether headers (names in small letters) say that a reply failed or is in part, as its values could."""
    keys = {letters(name.removeprefix("x-")): value for name, value in headers.items() if _MAY_SAY.match(name)}
    return (
        _tells_a_fault(keys)
        or any(_codes(keys))
        or any(say.HOW.fullmatch(key) and say.says_bad(value) for key, value in keys.items())
    )


def _stands_for_nothing(keys: dict[str, Any], listed: bool) -> bool:
    """Tell whether an error is there and what was asked for is not; what is listed may be about nobody."""
    empty: tuple[Any, ...] = () if listed else ({}, [])
    gone = [
        key
        for key, value in keys.items()
        if _may_hold(key) and (value is None or (value in empty and key not in _MAY_BE_EMPTY))
    ]
    is_amiss = _errors(keys) or any(say.WELL.fullmatch(key) and value is False for key, value in keys.items())
    if is_amiss and not (_PERSON if listed else frozenset()).issuperset(gone):
        return True
    return bool(keys.get("typename") and re.search(r"(?:Error|Exception)$", str(keys["typename"])))


def _outermost(reply: Any) -> Iterator[dict[str, Any]]:
    """Return the outermost object, and those that it wraps up."""
    if isinstance(reply, dict):
        keys = _keys(reply)
        yield keys
        for key, value in keys.items():
            if key in _WRAPS:
                yield from _outermost(value)
            elif key in _MANY and isinstance(value, list):
                for one in value[:_FEW]:
                    yield from _outermost(one) if _is_a_part(one) else ()
    elif isinstance(reply, list):
        for one in reply[:_FEW]:
            yield from _outermost(one) if _is_a_part(one) else ()


def _is_a_part(reply: Any) -> bool:
    """Tell whether one of several is a reply of its own: with a status and a body or headers."""
    keys = set(map(letters, reply)) if isinstance(reply, dict) else set()
    return bool(keys & {"body", "headers"}) and bool(keys & {"status", "code", "statuscode"})


def _tells_failure(keys: dict[str, Any], is_read: bool) -> bool:
    return (
        _tells_a_fault(keys)
        or any(code < 0 or (code >= 400 and code not in _NOBODY) for code in _codes(keys))
        or any(say.HOW.fullmatch(key) and say.says_bad(value) for key, value in keys.items())
        or any(key in ("code", "errorcode", "resultcode") and say.is_bad_code(value) for key, value in keys.items())
        or any(say.WARNING.fullmatch(key) and _is_warning(value, is_read) for key, value in keys.items())
        or _is_told_by_words(keys, is_read)
        or (is_read and not is_a_sheet(keys) and any(say.COMPLETE.fullmatch(k) and say.is_denied(v) for k, v in
                                                      keys.items()))
    )  # fmt: skip


def _tells_a_fault(keys: dict[str, Any]) -> bool:
    """Tell whether an object names an error that is one, or says that what it is about is in part or a copy."""
    return _errors(keys) or any(_is_in_part(key, value, keys) for key, value in keys.items())


def _is_in_part(key: str, value: Any, keys: dict[str, Any]) -> bool:
    found = say.STATE.fullmatch(key)
    if not found or say.is_no(value) or (isinstance(value, bool) and is_a_sheet(keys)):
        return False
    what = found["what"]
    if what in ("timeout", "cache", "maintenance", "expired", "unavailable"):
        return say.is_yes(value) or (what == "cache" and isinstance(value, str) and _is_kept(value))
    return not (what.startswith("fallback") and isinstance(value, str) and _ONLY_NAMES.fullmatch(value))


def _is_kept(value: str) -> bool:
    return letters(value) in ("hit", "stale", "expired", "old", "updating", "stalehit")


def _is_warning(value: Any, is_read: bool) -> bool:
    if is_read:
        return say.warns(value)
    texts = value if isinstance(value, list) else [value]
    return any(say.warns(one) and say.says_trouble(one) for one in texts)


def _is_told_by_words(keys: dict[str, Any], is_read: bool) -> bool:
    """Tell whether words of a reply on itself are about trouble, or are those of a problem.

    Beside something else, what is said may be said to people, unless the reply is read itself.
    """
    given = {key: value for key, value in keys.items() if value is not None}
    said = {key: value for key, value in given.items() if _ABOUT_ITSELF.fullmatch(key) or say.CODE.fullmatch(key)}
    if not said or (len(said) < len(given) and not is_read):
        return False
    if set(said) == {"detail"}:
        return isinstance(said["detail"], str | list) and not say.is_no(said["detail"])
    if {"type", "title"} <= set(said) and _A_PROBLEM.fullmatch(str(said["type"])):
        return True
    return any(say.says_trouble(said.get(key)) for key in _TEXTS)


def _tells_refusal(keys: dict[str, Any], is_read: bool) -> bool:
    return (
        any(say.WELL.fullmatch(key) and say.is_denied(value) for key, value in keys.items())
        or any(say.SIGNED_IN.fullmatch(key) and (value is None or say.is_denied(value)) for key, value in keys.items())
        or any(key in keys and keys[key] is None for key in _PERSON)
        or any(_is_of_a_guest(one, is_read) for one in (keys, *_persons(keys)))
        or any(say.HOW.fullmatch(key) and say.says_refused(value) for key, value in keys.items())
        or any(code in _NOBODY for code in _codes(keys))
    )


def _persons(keys: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in _PERSON & set(keys):
        if isinstance(keys[key], dict):
            yield _keys(keys[key])


def _is_of_a_guest(keys: dict[str, Any], is_read: bool) -> bool:
    """Tell whether a person is one without an account. A key alone, such as `anonymous`, may be a setting."""
    for key, value in keys.items():
        if say.GUEST.fullmatch(key) and (say.is_yes(value) or (key == "anon" and value == "")):
            plain = key in ("anonymous", "guest", "visitor")
            if not plain or (is_read and not is_a_sheet(keys)):
                return True
        if is_read and say.WHO.fullmatch(key) and say.says_nobody(value):
            return True
    return False


def _is_empty(reply: Any) -> bool:
    """Tell whether a reply is null, or has only null where a person or settings would be, beside words on itself."""
    if not isinstance(reply, dict):
        return reply is None
    rest = {
        key: value
        for key, value in _keys(reply).items()
        if not _is_about_itself(key) or (key in _WRAPS and not isinstance(value, str | int))
    }
    held = any(_may_hold(key) for key in rest)
    return held and all(value is None or (key in _WRAPS and _is_empty(value)) for key, value in rest.items())


def _is_only_an_error(reply: Any) -> bool:
    """Tell whether one of several replies in one has nothing but its error."""
    return isinstance(reply, dict) and _errors(keys := _keys(reply)) and all(map(_is_about_itself, keys))


def _is_in_words(value: Any) -> bool:
    return all(map(_is_in_words, value.values())) if isinstance(value, dict) else isinstance(value, str)


def _is_about_itself(key: str) -> bool:
    return any(kind.fullmatch(key) for kind in (_ABOUT_ITSELF, say.FAULT, say.WELL, say.SIGNED_IN, say.HOW, say.CODE))


def _errors(keys: dict[str, Any]) -> bool:
    return any(say.FAULT.fullmatch(key) and not say.is_no(value) for key, value in keys.items())


def is_a_sheet(keys: dict[str, Any]) -> bool:
    """Tell whether an object is a sheet of settings, in which a yes or no may be one too."""
    switches = [key for key, value in keys.items() if isinstance(value, bool) and not _speaks(key)]
    return len(switches) >= _SHEET


def _speaks(key: str) -> bool:
    return _is_about_itself(key) or bool(
        say.STATE.fullmatch(key) or say.GUEST.fullmatch(key) or say.COMPLETE.fullmatch(key)
    )


def _may_hold(key: str) -> bool:
    """Tell whether a key is one under which a reply has what was asked for: its data, a person, settings."""
    return (key in _WRAPS and key != "metadata") or key in _PERSON or bool(_SETTINGS.fullmatch(key))


def _codes(keys: dict[str, Any], *, only: str = "") -> Iterator[int]:
    """Return the numbers that speak of an error, also where they are written as text: 0 and 2xx are well.

    What a number between them means depends on its name, and on the words beside it.
    """
    well = any(say.WELL.fullmatch(key) and say.is_yes(value) for key, value in keys.items())
    words = [keys[key] for key in ("message", "msg", "reason") if isinstance(keys.get(key), str)]
    well = well or any(text and say.is_no(text) for text in words)
    for key, value in keys.items():
        found = say.CODE.fullmatch(key)
        code = say.number(value)
        if not found or not code or only not in found["what"] or 200 <= code < 300 or (well and code > 0):
            continue
        returned = found["what"] in ("rcode", "retcode", "ret", "rc") or key.startswith(("grpc", "return"))
        is_named = key.startswith(("result",)) or (found["what"] == "code" and any(words))
        if code < 0 or code >= 400 or ((returned or is_named) and not 100 <= code < 400):
            yield code if code < 0 or code >= 400 else 500


def objects(reply: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Return the objects in a reply down to some depth, with their keys in small letters and without marks."""
    for keys, _listed in _walked(reply, depth):
        yield keys


def _walked(reply: Any, depth: int, *, listed: bool = False) -> Iterator[tuple[dict[str, Any], bool]]:
    """Return the objects in a reply down to some depth, and whether each stands in a list, and may be about nobody."""
    if isinstance(reply, dict):
        yield _keys(reply), listed
    within = list(reply.values()) if isinstance(reply, dict) else reply[:_FEW] if isinstance(reply, list) else []
    for one in within if depth > 1 else ():
        yield from _walked(one, depth - 1, listed=isinstance(reply, list))


def _keys(reply: dict[str, Any]) -> dict[str, Any]:
    return {letters(key): value for key, value in reply.items()}
