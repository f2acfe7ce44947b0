"""What a reply in JSON says by its values: that it failed, or that it has nothing, or nothing for this person.

A reply speaks of itself in its outermost object, and in what that one wraps up: `data`, `meta` and their like. Further
in it speaks of other things: the error of a payment, the words of a translation. There an error counts only where it
stands beside a null in place of what was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_WRAPS = frozenset({"data", "result", "response", "payload", "body", "meta", "status"})
_FAULTS = frozenset({"error", "errors", "exception", "exceptions", "fault", "errormessage", "errorcode", "errcode"})
_TRUE = frozenset({"failed", "failure", "iserror", "haserror", "haserrors"})
_FALSE = frozenset({"success", "ok", "succeeded", "successful", "issuccess", "authenticated", "isauthenticated",
                    "loggedin", "isloggedin", "signedin", "issignedin"})  # fmt: skip
_HOW = frozenset({"status", "result", "outcome", "type"})
_CODES = frozenset({"code", "status", "statuscode", "httpstatus", "httpcode", "responsecode"})
_FAILED = frozenset({"error", "errored", "fail", "failed", "failure", "exception", "timeout", "unavailable",
                     "servererror", "internalerror", "internalservererror", "nok", "ko"})  # fmt: skip
_REFUSED = frozenset({"unauthorized", "unauthorised", "unauthenticated", "forbidden", "loginrequired"})
_PERSON = frozenset({"me", "user", "viewer", "account", "currentuser", "loggedinuser"})
_SETTINGS = re.compile(r".*(?:settings|preferences|prefs)")
_ABOUT_ITSELF = _FAULTS | _FALSE | _HOW | _CODES | {"message", "msg", "requestid", "timestamp", "version"}
_NOBODY = (401, 403)
_DEPTH = 6


def has_failed(reply: Any) -> bool:
    """Tell whether a reply says that something went wrong."""
    return (
        any(_tells_failure(one) for one in _outermost(reply))
        or has_error_for_nothing(reply)
        or (isinstance(reply, list) and any(_is_only_an_error(one) for one in reply[:50]))
    )


def has_nothing(reply: Any) -> bool:
    """Tell whether a reply has nothing in it, was refused, or says that there is no such person."""
    return _is_empty(reply) or any(_tells_refusal(one) for one in _outermost(reply))


def has_error_for_nothing(reply: Any, depth: int = _DEPTH, *, listed: bool = False) -> bool:
    """Tell whether an error stands anywhere in a reply beside a null in place of what was asked for.

    What is `listed` may be about nobody: a payment, for one.
    """
    if isinstance(reply, dict):
        keys = _keys(reply)
        gone = [key for key, value in keys.items() if value is None and _may_hold(key)]
        if _errors(keys) and not (_PERSON if listed else frozenset()).issuperset(gone):
            return True
        if keys.get("typename") and re.search(r"(?:Error|Exception)$", str(keys["typename"])):
            return True
    within = list(reply.values()) if isinstance(reply, dict) else reply[:50] if isinstance(reply, list) else []
    return depth > 1 and any(has_error_for_nothing(one, depth - 1, listed=isinstance(reply, list)) for one in within)


def _outermost(reply: Any) -> Iterator[dict[str, Any]]:
    """Return the outermost object, and those that it wraps up."""
    if isinstance(reply, dict):
        keys = _keys(reply)
        yield keys
        for key, value in keys.items():
            if key in _WRAPS:
                yield from _outermost(value)


def _tells_failure(keys: dict[str, Any]) -> bool:
    return (
        _errors(keys)
        or any(keys.get(key) is True for key in _TRUE)
        or any(_word(keys.get(key)) in _FAILED for key in _HOW)
        or any(code >= 400 and code not in _NOBODY for code in _codes(keys))
    )


def _tells_refusal(keys: dict[str, Any]) -> bool:
    return (
        any(keys.get(key) is False for key in _FALSE)
        or any(key in keys and keys[key] is None for key in _PERSON)
        or any(_word(keys.get(key)) in _REFUSED for key in _HOW)
        or any(code in _NOBODY for code in _codes(keys))
    )


def _is_empty(reply: Any) -> bool:
    """Tell whether a reply is null, or has only null where a person or settings would be, beside words on itself."""
    if not isinstance(reply, dict):
        return reply is None
    rest = {
        key: value
        for key, value in _keys(reply).items()
        if key not in _ABOUT_ITSELF or (key in _WRAPS and not isinstance(value, str | int))
    }
    held = any(_may_hold(key) for key in rest)
    return held and all(value is None or (key in _WRAPS and _is_empty(value)) for key, value in rest.items())


def _is_only_an_error(reply: Any) -> bool:
    """Tell whether one of several replies in one has nothing but its error."""
    return isinstance(reply, dict) and _errors(keys := _keys(reply)) and set(keys) <= _ABOUT_ITSELF | {"id"}


def _errors(keys: dict[str, Any]) -> bool:
    return any(says_something(keys.get(key)) for key in _FAULTS)


def says_something(value: Any) -> bool:
    """Tell whether something is not empty, down to the last of its parts."""
    if isinstance(value, dict):
        return any(map(says_something, value.values()))
    return any(map(says_something, value)) if isinstance(value, list) else bool(value)


def _may_hold(key: str) -> bool:
    """Tell whether a key is one under which a reply has what was asked for: its data, a person, settings."""
    return key in _WRAPS or key in _PERSON or bool(_SETTINGS.fullmatch(key))


def _codes(keys: dict[str, Any]) -> Iterator[int]:
    """Return the numbers of a status, also where they are written as text."""
    for key in _CODES:
        value = keys.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            yield value
        elif isinstance(value, str) and re.fullmatch(r"[45]\d\d", value):
            yield int(value)


def _word(value: Any) -> str:
    return _letters(value) if isinstance(value, str) else ""


def _keys(reply: dict[str, Any]) -> dict[str, Any]:
    return {_letters(str(key)): value for key, value in reply.items()}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
