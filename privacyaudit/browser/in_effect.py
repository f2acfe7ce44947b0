"""Whether a reply says, beside a value that is read, that it has no effect, or that another one is in effect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from privacyaudit.browser import key_words as say
from privacyaudit.browser.failed_replies import is_a_sheet, objects
from privacyaudit.browser.key_words import letters

_IS = "(?:is|are|was|has|been|currently|being)*"
_HOLDS = re.compile(_IS + "(?:effective|enforced|inforce|ineffect|honou?red|respected)")
_WORKS = re.compile(_IS + "(?:applied|active|operative|valid)")
_YIELDS = re.compile(_IS + "(?:overrid(?:den|es?)|overruled|superseded|bypassed|ignored)(?:by\\w*|at|reason|value)?")
_RESTS = re.compile(
    _IS + "(?:suspended|paused|pending|disabled|inactive|unsaved|draft|revoked|deferred)(?:by\\w*|at|reason|value)?"
)
_OTHER = "(?:effective|actual|real|applied|current|computed|resolved|pending|scheduled|live|overrid(?:e|den))"
_HOLDER = re.compile(f"{_OTHER}s?(?:settings?|values?|state|prefs|preferences|config|policy)?")
_STATES = re.compile(r"status|state|lifecycle|phase")
_AT_REST = frozenset({"pending", "inactive", "disabled", "paused", "draft", "suspended", "overridden", "superseded",
                      "scheduled", "expired", "ignored", "revoked"})  # fmt: skip
_DEPTH = 8


def has_no_effect(reply: Any, path: Sequence[str]) -> bool:
    """Tell whether anything says so of what a path names (its keys): beside it, or where it stands once more."""
    leads_there = any(_HOLDER.fullmatch(letters(key)) for key in path)
    return any(_is_undone(reply, letters(key), leads_there) for key in path)


def _is_undone(reply: Any, name: str, leads_there: bool) -> bool:
    there = list(objects(reply, _DEPTH))
    holders = [keys for keys in there if name in keys and not isinstance(keys[name], dict | list)]
    twins = [] if leads_there else [value for keys in there for value in _elsewhere(keys, name)]
    differ = any(_differ(one, keys[name]) for keys in holders for one in twins)
    return differ or any(_says_so(keys, name) for keys in holders)


def _says_so(keys: dict[str, Any], name: str) -> bool:
    value = keys[name]
    beside = {key: said for key, said in keys.items() if key != name and said is not None}
    sheet = is_a_sheet({key: said for key, said in beside.items() if not _is_a_word_on_effect(key)})
    return any(_speaks_against(key, said, value, name, sheet=sheet) for key, said in beside.items())


def _is_a_word_on_effect(key: str) -> bool:
    return any(kind.fullmatch(key) for kind in (_HOLDS, _WORKS, _YIELDS, _RESTS))


def _speaks_against(key: str, said: Any, value: Any, name: str, *, sheet: bool) -> bool:
    may_be_a_setting = sheet and isinstance(said, bool)
    if _HOLDS.fullmatch(key):
        return say.is_denied(said) or (isinstance(said, str) and isinstance(value, str) and said != value)
    if _WORKS.fullmatch(key):
        return say.is_denied(said) and not may_be_a_setting
    if _YIELDS.fullmatch(key):
        return _is_said(said)
    if _RESTS.fullmatch(key):
        return _is_said(said) and not may_be_a_setting
    if _STATES.fullmatch(key):
        return isinstance(said, str) and letters(said) in _AT_REST
    is_same = re.fullmatch(f"(?:{_OTHER})+{re.escape(name)}|{re.escape(name)}(?:{_OTHER})+", key)
    return bool(is_same) and _differ(said, value)


def _is_said(said: Any) -> bool:
    """Tell whether something is said of it, and not only how many there are of something."""
    return say.is_yes(said) or (not isinstance(said, int | float | list) and not say.is_no(said))


def _elsewhere(keys: dict[str, Any], name: str) -> Iterator[Any]:
    """Return the values of the same name in what is said to be in effect."""
    for key, held in keys.items():
        if _HOLDER.fullmatch(key) and isinstance(held, dict):
            yield from (one[name] for one in objects(held, _DEPTH) if name in one)


def _differ(one: Any, other: Any) -> bool:
    """Tell whether two values of a kind are not the same; what is null, or of another kind, says nothing."""
    if one is None or isinstance(one, dict | list):
        return False
    if _is_a_switch(one) and _is_a_switch(other):
        return say.is_yes(one) != say.is_yes(other)
    return isinstance(one, str) and isinstance(other, str) and one != other


def _is_a_switch(value: Any) -> bool:
    return say.is_yes(value) or say.is_denied(value)
