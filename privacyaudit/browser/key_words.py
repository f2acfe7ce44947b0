"""What the keys and values of replies say, however they are written: `errorMsg`, `error_msg`, 0, "false" and none.

A key belongs to a kind only when all its words do: `error_code` is about an error, `error_reports` is a setting.
"""

from __future__ import annotations

import re
from typing import Any

_LONGEST = 48
_BEFORE = (
    "(?:is|has|had|was|were|did|with|any|the|x|request|response|reply|results?|server|api|service|data|load|loading|"
    "fetch|internal|system|last|http|grpc|graphql|global|general|auth|backend|upstream|network|partial)*"
)
_AFTER = (
    "(?:codes?|messages?|msgs?|texts?|descriptions?|desc|details?|type|number|no|num|reasons?|status|info|string|str|"
    "list|count|occurred|id)*"
)
_WHOSE = "(?:is|are|was|has|user|current|currently|session|viewer|account|me)*"

FAULT = re.compile(
    _BEFORE + r"(?:err(?:no|s|ored|or|ors)?|exceptions?|fault(?:s|string)?|fail(?:ed|ures?)?|problems?)" + _AFTER
)
STATE = re.compile(
    _BEFORE + r"(?:from|used|using|served|by|via|in|are|content|settings|preferences|profile)*"
    r"(?P<what>partial|partially|incomplete|truncated|stale|degraded|fallbacks?|cached?|timeout|timedout|expired|"
    r"unavailable|maintenance|outofdate)" + _AFTER + r"(?:results?|data|response|reply|content|used|mode|hit|since|at|"
    r"copy|values?|state|shards?)*"
)
WARNING = re.compile(_BEFORE + "warn(?:ing)?s?" + _AFTER)
WELL = re.compile(_BEFORE + "(?:call|operation)*(?:ok|okay|success|successful|successfully|succeeded)(?:status)?")
SIGNED_IN = re.compile(_WHOSE + "(?:authenticated|authori[sz]ed|loggedin|signedin|authed)(?:user)?")
GUEST = re.compile(_WHOSE + "(?:guest|anonymous|anon|loggedout|signedout|unauthenticated|visitor)(?:user|session)?")
COMPLETE = re.compile(_BEFORE + "(?:complete|fresh|uptodate|synced|insync)")
HOW = re.compile(
    "(?:data|response|reply|settings|cache|service|api|request|overall|http|x|result)*(?:status|stat|result|outcome|"
    "type|state|source|origin|cache|freshness|mode|health|quality|completeness|code)"
)
CODE = re.compile(
    "(?:http|response|result|return|reply|api|x|grpc)*(?P<what>code|status|statuscode|rcode|retcode|ret|rc|httpstatus)"
)
WHO = re.compile("(?:user|account|session|member|auth)*(?:role|type|status|kind)")

_BAD = frozenset({"error", "errors", "errored", "err", "fail", "failed", "failure", "exception", "fault", "timeout",
                  "timedout", "timed", "unavailable", "nok", "ko", "degraded", "partial", "incomplete", "truncated",
                  "stale", "fallback", "cache", "cached"})  # fmt: skip
_AROUND = frozenset({"internal", "server", "service", "temporarily", "temporary", "unknown", "request", "system", "out",
                     "network", "db", "database", "gateway", "upstream", "backend", "general", "api", "fatal", "http",
                     "unexpected", "from", "using", "by", "the", "is", "in", "data", "content", "results", "success",
                     "hit", "response", "status", "mode", "defaults"})  # fmt: skip
_REFUSED = frozenset({"unauthorized", "unauthorised", "unauthenticated", "forbidden", "loginrequired", "loggedout",
                      "notloggedin", "signedout", "notsignedin", "authenticationrequired"})  # fmt: skip
_NOBODY = frozenset({"guest", "anonymous", "visitor", "anon"})
_OF_A_CODE = re.compile(
    r"\b(?:invalid|denied|unauthori[sz]ed|unauthenticated|forbidden|expired|required|missing|refused|exceeded|limited|"
    r"busy|unknown|bad|not|deadline|aborted|cancelled|exhausted|throttled)\b"
)
_NO = frozenset({"", "0", "00", "000", "0000", "00000", "false", "no", "n", "none", "null", "nil", "undefined"})
_OK = frozenset({"ok", "okay", "success", "successful", "succeeded", "noerror", "200", "good", "normal", "done",
                 "accepted", "created", "completed"})  # fmt: skip
_YES = frozenset({"1", "true", "yes", "y", "on", "t"})
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_TROUBLE = re.compile(
    r"\b(?:error|errors|fail|failed|fails|failure|time-?out|timed out|(?:un|not )available|unable|cannot|can.?t|could "
    r"not|couldn.t|not found|unauthori[sz]ed|forbidden|denied|expired|invalid|exception|busy|try again|too many|"
    r"exceeded|went wrong|overloaded|maintenance|not (?:logged|signed) in|refused|rejected|unexpected|degraded|stale|"
    r"cached|defaults? (?:used|values|settings)|partial|not been? loaded|missing)\b",
    re.IGNORECASE,
)
_ABOUT_USE = re.compile(r"deprecat|unrecogni[sz]ed|unknown (?:param|field|arg)|will be (?:removed|retired)", re.I)


def letters(key: object) -> str:
    """Return a key in small letters, without marks and digits; nothing of one that is too long to be a word."""
    text = re.sub(r"[^a-z]", "", str(key)[: _LONGEST * 2].lower())
    return text if len(text) <= _LONGEST else ""


def is_no(value: Any) -> bool:
    """Tell whether a value says no, none or nothing, down to the last of its parts, or that all is well."""
    if isinstance(value, dict):
        return all(map(is_no, value.values()))
    if isinstance(value, list):
        return all(map(is_no, value))
    if isinstance(value, str):
        return value.strip().lower() in _NO or re.sub(r"[^a-z0-9]", "", value.lower()) in _OK
    return not value


def is_denied(value: Any) -> bool:
    """Tell whether a value says no outright: false, 0 or a word for them, and not merely nothing."""
    if isinstance(value, str):
        said = value.strip().lower()
        return said in _NO and said not in ("", "none", "null", "nil", "undefined")
    return isinstance(value, int) and not value


def is_yes(value: Any) -> bool:
    """Tell whether a value says yes: true, 1 or a word for them."""
    return value.strip().lower() in _YES if isinstance(value, str) else isinstance(value, int) and value == 1


def says_bad(value: Any) -> bool:
    """Tell whether a word in place of a state is one of failure or of a part: `INTERNAL_ERROR`, `partial`."""
    said = _words(value)
    return bool(_BAD & said) and said <= _BAD | _AROUND


def says_refused(value: Any) -> bool:
    """Tell whether a word in place of a state says that nobody is signed in."""
    return isinstance(value, str) and letters(value) in _REFUSED


def says_nobody(value: Any) -> bool:
    """Tell whether a word in place of a role is one of those who have no account."""
    return isinstance(value, str) and letters(value) in _NOBODY


def is_bad_code(value: Any) -> bool:
    """Tell whether a word in place of a number is the name of an error: `RATE_LIMITED`."""
    said = _words(value)
    return bool(said) and (bool(_BAD & said) or bool(_OF_A_CODE.search(" ".join(sorted(said)))))


def says_trouble(value: Any) -> bool:
    """Tell whether a sentence in a reply is about something that went wrong."""
    return isinstance(value, str) and bool(_TROUBLE.search(value))


def warns(value: Any) -> bool:
    """Tell whether there is a warning that is not only about how something was asked for."""
    if isinstance(value, dict):
        return any(map(warns, value.values()))
    if isinstance(value, list):
        return any(map(warns, value))
    return isinstance(value, str) and not is_no(value) and not _ABOUT_USE.search(value)


def number(value: Any) -> int | None:
    """Return a whole number, also one that is written as text; None of anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,9}\s*", value):
        return int(value)
    return value if isinstance(value, int) else None


def _words(value: Any) -> frozenset[str]:
    short = value if isinstance(value, str) and len(value) <= _LONGEST * 2 else ""
    return frozenset(word.lower() for word in _WORDS.findall(short))
