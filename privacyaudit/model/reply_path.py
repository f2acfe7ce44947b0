"""A path into a JSON reply: the part of JMESPath in which something that is missing can never become an answer.

What may stand in a path is listed here, and all else is refused when a checklist is loaded. Reading is stricter than
JMESPath: a key that is not there, in any part of a path or in any entry of a list, leaves no value at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any

from privacyaudit.i18n import N_
from privacyaudit.model.base import PartError

Node = dict[str, Any]


class Gap(Enum):
    """Why a reply gives no value for a path.

    *Missing*: a part of the path is not there. *Nothing*: a condition does not hold, or a filter leaves nothing.
    *Unfit*: what stands there is of another kind than the path needs.
    """

    MISSING = "missing"
    NOTHING = "nothing"
    UNFIT = "unfit"


class _NoValueError(Exception):
    def __init__(self, gap: Gap) -> None:
        super().__init__(gap.value)
        self.gap = gap


# -- what may be written ---------------------------------------------------------------------------

_STEPS = {"subexpression", "index_expression", "projection", "value_projection", "flatten", "multi_select_list"}
_PROJECTIONS = {"projection", "value_projection", "filter_projection"}
_ENDS = {"field", "current", "identity", "index"}
_INSTEAD = {
    "not_expression": N_("“!” turns a missing value into an answer: read the value, and list false in means"),
    "or_expression": N_(
        "“||” turns a missing value into an answer: write a second probe, or the second path in or_path"
    ),
    "pipe": N_(
        "“|” is not supported: leave out “| [0]”, because the program reads the one entry that fits a filter [?…]"
    ),
    "multi_select_dict": N_("“{part}” gives a value even where its parts are missing: read one of them"),
    "slice": N_("“[:]” leaves out entries that may say something else: read the whole list"),
    "comparator": N_(
        "“{sign}” is also false for values that are not listed: read the value, and list its values in means"
    ),
    "literal": N_("{part!r} is the same for every reply: read a value, or put a condition and && in front"),
    "expref": N_("“&” is not supported: read the list itself"),
}
_FUNCTIONS = N_("“{name}()” is unknown, or it turns a missing value into an answer: choose from {functions}")
_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}


def reply_path(text: str) -> str:
    """Return a path whose value is there or is not, but is never made up. Raises PartError."""
    _value(_parsed(text))
    return text


def reply_condition(text: str) -> str:
    """Return a condition that holds only of what is there. Raises PartError."""
    _condition(_parsed(text), either=True)
    return text


def plain_keys(text: str) -> bool:
    """Tell whether a path is made of keys only, such as `security.method`."""

    def plain(node: Node) -> bool:
        return node["type"] == "field" or (node["type"] == "subexpression" and all(map(plain, node["children"])))

    return plain(_parsed(text))


def keys_of(text: str) -> tuple[str, ...]:
    """Return the keys that a path names, in its order, as far as all that it leads to is read: up to a filter."""

    def named(node: Node) -> Iterator[str]:
        if node["type"] == "field":
            yield node["value"]
        for child in node["children"][: 1 if node["type"] == "filter_projection" else None]:
            yield from named(child)

    return tuple(named(_parsed(text)))


@lru_cache(maxsize=512)
def _parsed(text: str) -> Node:
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return dict(jmespath.compile(text).parsed)
    except (JMESPathError, RecursionError):
        raise PartError(N_("{text!r} is not a JMESPath expression"), text=text) from None


def _value(node: Node) -> None:
    kind, children = node["type"], node["children"]
    if kind in _ENDS:
        return
    if kind in _STEPS:
        for child in children:
            _value(child)
    elif kind == "filter_projection":
        base, rest, condition = children
        _value(base)
        _value(rest)
        _condition(condition)
    elif kind == "and_expression":
        condition, then = children
        _condition(condition)
        if then["type"] != "literal" or then["value"] is None:
            _value(then)
    elif kind == "function_expression":
        _function(node, _VALUES)
    else:
        if kind == "comparator":
            _comparison(node)
        _refuse(node)


def _condition(node: Node, *, either: bool = False) -> None:
    """Refuse what may hold of something missing; with `either`, “||” may join conditions, and keys be asked for."""
    kind, children = node["type"], node["children"]
    if kind == "and_expression" or (kind == "or_expression" and either):
        for child in children:
            _condition(child, either=either)
    elif kind == "comparator":
        _comparison(node)
    elif kind == "function_expression":
        name, first = node["value"], children[0] if children else None
        if (
            either
            and name == "contains"
            and first
            and first["type"] == "function_expression"
            and first["value"] == "keys"
        ):
            _arguments(first, 1)
            _value(first["children"][0])
            _arguments(node, 2)
        else:
            _function(node, _TESTS)
    else:
        _value(node)


def _comparison(node: Node) -> None:
    sides = [child for child in node["children"] if child["type"] != "literal"]
    fixed = [child["value"] for child in node["children"] if child["type"] == "literal"]
    if len(sides) != 1:
        raise PartError(
            N_("“{sign}” compares two things, and either may be missing: compare with a fixed value"),
            sign=_SIGNS[node["value"]],
        )
    if fixed == [None]:
        raise PartError(
            N_(
                "a comparison with null is true when the value is missing: leave it out, because a missing "
                "value is never an answer"
            )
        )
    if node["value"] == "ne":
        raise PartError(N_("“!=” is true for all values that are not listed: write “==” and the values that are known"))
    _value(sides[0])


def _function(node: Node, known: dict[str, Callable[..., Any]]) -> None:
    name, children = node["value"], node["children"]
    if name not in known:
        if name in _TESTS:
            raise PartError(
                N_(
                    "“{name}()” is false for all values that are not listed: write {name}(…) && 'word', and "
                    "'word' in means"
                ),
                name=name,
            )
        raise PartError(_FUNCTIONS, name=name, functions=", ".join(sorted({*_VALUES, *_TESTS})))
    _arguments(node, 2 if name in (*_TESTS, "join") else 1)
    read = [child for child in children if child["type"] != "literal" or child["value"] is None]
    for child in read or children:
        _value(child)
    if name == "length" and _filters(children[0]):
        raise PartError(
            N_("a filter [?…] inside length() counts 0 where a word has changed: count a whole list, or {advice}"),
            advice="max(list[].key)",
        )


def _arguments(node: Node, number: int) -> None:
    if len(node["children"]) != number:
        raise PartError(N_("the number of arguments of “{name}()” must be {number}"), name=node["value"], number=number)


def _filters(node: Node) -> bool:
    return node["type"] == "filter_projection" or any(map(_filters, node["children"]))


def _refuse(node: Node) -> None:
    sentence = _INSTEAD.get(
        node["type"], N_("this part of JMESPath is not supported: write keys, [0], [] and [?…] only")
    )
    raise PartError(sentence, sign=_SIGNS.get(str(node.get("value")), ""), part=node.get("value", "{…}"))


# -- what is read ----------------------------------------------------------------------------------


def value_at(path: str, reply: Any) -> Any:
    """Return the value that stands in a reply, or the Gap; of a filter the one entry that fits, if it is one."""
    try:
        return _one(_parsed(path), reply)
    except _NoValueError as error:
        return error.gap


def holds_of(condition: str, reply: Any) -> bool:
    """Tell whether a condition holds of a reply; one that cannot be told does not."""
    try:
        return _holds(_parsed(condition), reply)
    except _NoValueError:
        return False


def only_last_missing(path: str, reply: Any) -> bool:
    """Tell whether of a path of plain keys all that leads to the last one is there, and that one is not, or is null.

    One that is there under a longer or shorter name, or in another place of the reply, is not missing.
    """
    node = _parsed(path)
    at = reply
    try:
        for step in node["children"][:-1]:
            at = _find(step, at)
    except _NoValueError:
        return False
    last = node["children"][-1]["value"] if node["children"] else node["value"]
    if not isinstance(at, dict) or at.get(last) is not None:
        return False
    named = [key for key in _keys_within(reply) if key == last or _alike(key, last)]
    return named == ([last] if last in at else [])


def _keys_within(reply: Any) -> Iterator[str]:
    """Yield every key of a reply, at any depth."""
    if isinstance(reply, dict):
        for key, value in reply.items():
            yield str(key)
            yield from _keys_within(value)
    elif isinstance(reply, list):
        for value in reply:
            yield from _keys_within(value)


def _alike(key: str, other: str) -> bool:
    one, two = (re.sub(r"[^a-z0-9]", "", word.lower()) for word in (key, other))
    return bool(one) and len(min(one, two, key=len)) > 2 and (one in two or two in one)


def _one(node: Node, at: Any) -> Any:
    value = _find(node, at)
    return value[0] if node["type"] == "filter_projection" and len(value) == 1 else value


def _find(node: Node, at: Any) -> Any:
    kind, children = node["type"], node["children"]
    if kind in ("current", "identity"):
        return at
    if kind == "literal":
        return node["value"]
    if kind == "field":
        return _there(at.get(node["value"]) if isinstance(at, dict) else None)
    if kind == "index":
        entries = _list(at)
        return _there(entries[node["value"]] if -len(entries) <= node["value"] < len(entries) else None)
    if kind in ("subexpression", "index_expression"):
        for step in children:
            at = _find(step, at)
        return at
    if kind == "multi_select_list":
        return [_find(child, at) for child in children]
    if kind == "and_expression":
        if not _holds(children[0], at):
            raise _NoValueError(Gap.NOTHING)
        return _one(children[1], at)
    if kind == "function_expression":
        return _FUNCTIONS_BY_NAME[node["value"]](*(_find(child, at) for child in children))
    return _entries(node, at)


def _entries(node: Node, at: Any) -> list[Any]:
    """Return what a list gives, entry by entry: each must have what is asked of it."""
    kind, children = node["type"], node["children"]
    base = _find(children[0], at)
    if kind == "flatten":
        within = children[0]["type"] in _PROJECTIONS
        return [inner for entry in _list(base) for inner in _list(entry)] if within else _list(base)
    if kind == "value_projection":
        if not isinstance(base, dict):
            raise _NoValueError(Gap.MISSING)
        base = list(base.values())
    elif kind == "filter_projection":
        base = [entry for entry in _list(base) if _holds(children[2], entry)]
        if not base:
            raise _NoValueError(Gap.NOTHING)
    return [_there(_find(children[1], entry)) for entry in _list(base)]


def _holds(node: Node, at: Any) -> bool:
    kind, children = node["type"], node["children"]
    if kind == "and_expression":
        return all(_holds(child, at) for child in children)
    if kind == "or_expression":
        return any(_told(child, at) for child in children)
    if kind == "comparator":
        return _compared(node["value"], *(_find(child, at) for child in children))
    value = _find(node, at)
    _fit(isinstance(value, bool))
    return bool(value)


def _told(node: Node, at: Any) -> bool:
    try:
        return _holds(node, at)
    except _NoValueError:
        return False


def _compared(sign: str, one: Any, other: Any) -> bool:
    if sign == "eq":
        return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
    if not (_number(one) and _number(other)):
        raise _NoValueError(Gap.UNFIT)
    return bool({"lt": one < other, "lte": one <= other, "gt": one > other, "gte": one >= other}[sign])


def _there(value: Any) -> Any:
    if value is None:
        raise _NoValueError(Gap.MISSING)
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _NoValueError(Gap.MISSING)
    return value


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fit(fits: bool) -> None:
    if not fits:
        raise _NoValueError(Gap.UNFIT)


def _texts(entries: Any) -> list[str]:
    _fit(isinstance(entries, list) and all(isinstance(entry, str) for entry in entries))
    return list(entries)


def _numbers(entries: Any) -> Sequence[float]:
    _fit(isinstance(entries, list) and all(_number(entry) for entry in entries))
    if not entries:
        raise _NoValueError(Gap.NOTHING)
    return list(entries)


def _begins_or_ends(text: Any, part: Any, test: Callable[[str, str], bool]) -> bool:
    _fit(isinstance(text, str) and isinstance(part, str))
    return test(text, part)


def _contains(whole: Any, part: Any) -> bool:
    _fit(isinstance(whole, list) or (isinstance(whole, str) and isinstance(part, str)))
    return part in whole


def _keys(value: Any) -> list[str]:
    _fit(isinstance(value, dict))
    return list(value)


_VALUES: dict[str, Callable[..., Any]] = {
    "length": lambda entries: len(_list(entries)),
    "join": lambda between, entries: "".join(_texts([between])).join(_texts(entries)),
    "sort": lambda entries: sorted(_texts(entries)),
    "max": lambda entries: max(_numbers(entries)),
    "min": lambda entries: min(_numbers(entries)),
}
_TESTS: dict[str, Callable[..., Any]] = {
    "starts_with": lambda text, part: _begins_or_ends(text, part, str.startswith),
    "ends_with": lambda text, part: _begins_or_ends(text, part, str.endswith),
    "contains": _contains,
}
_FUNCTIONS_BY_NAME = _VALUES | _TESTS | {"keys": _keys}
