"""What is in the body of a reply: JSON, also line by line, in parts, in XML, or handed to a program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NoReturn
from xml.etree import ElementTree

_GUARD = re.compile(r"\)\]\}',?|(?:for\s*\(;;\)|while\s*\((?:1|true)\));")
"""What sites put before a reply so that it cannot be run as a program."""

_CALL = re.compile(r"(?:\s|/\*.*?\*/)*(?:typeof\s[^&(){}]*&&\s*)?[\w$.\[\]'\"]{1,99}\s*\(\s*(?=[\[{])", re.DOTALL)
_CALL_ENDS = re.compile(r"\s*\)\s*;?\s*")
_GIVEN = re.compile(r"(?:=|\()\s*(?=[\[{])")
_IN_QUOTES = re.compile(r"""JSON\.parse\(\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)')""")
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""=\s*(?:'(\s*[\[{][^']*)'|"(\s*[\[{][^"]*)")""")
_MARKS = {"&quot;": '"', "&#34;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&"}
_TRIES = 400
_STATUS = re.compile(r"^HTTP/[\d.]+\s+(\d{3})", re.MULTILINE)
_DECODER = json.JSONDecoder()


def no_number(text: str) -> NoReturn:
    """Refuse a word that Python takes for a number and JSON does not have. Raises ValueError."""
    raise ValueError(f"{text} is no number in JSON")


def values_in(text: str, kind: str) -> list[Any] | None:
    """Return what is said in the body of a reply of some media type; None of JSON that broke off."""
    if kind.startswith("multipart/"):
        return _in_parts(text, kind)
    if "xml" in kind and "html" not in kind and "svg" not in kind:
        return _in_xml(text)
    if "event-stream" in kind:
        text = "\n".join(line[5:] for line in text.splitlines() if line.startswith("data:"))
    found = in_text(text, is_json="json" in kind)
    return found if found is None or found else handed_over(text)


def in_text(text: str, *, is_json: bool) -> list[Any] | None:
    """Return what is in a reply that is JSON, or has one in each of its lines; None of one that broke off.

    What is no JSON, and is not said to be, has nothing in it.
    """
    text = text.strip()
    bare = _GUARD.sub("", text, count=1).strip() if _GUARD.match(text) else text
    for parts in ([bare], bare.splitlines()):
        with suppress(ValueError, RecursionError):
            return [json.loads(part, parse_constant=no_number) for part in parts if part.strip()]
    return None if is_json and bare == text and text[:1] in "{[" else []


def handed_over(program: str) -> list[Any]:
    """Return the data that a program does nothing but hand over to a function of the page."""
    begins = _CALL.match(program)
    with suppress(ValueError, RecursionError):
        value, end = _DECODER.raw_decode(program, begins.end() if begins else len(program))
        return [value] if _CALL_ENDS.fullmatch(program, end) else []
    return []


def in_page(html: str) -> Iterator[Any]:
    """Return the data that stand in a page for its scripts: in scripts, given to a name, and in attributes."""
    for script in _SCRIPT.finditer(html):
        yield from _in_program(script[1])
    for attribute in _ATTRIBUTE.finditer(html):
        text = attribute[1] or attribute[2]
        for mark, sign in _MARKS.items():
            text = text.replace(mark, sign)
        with suppress(ValueError, RecursionError):
            yield json.loads(text)


def _in_program(text: str) -> Iterator[Any]:
    with suppress(ValueError, RecursionError):
        yield json.loads(text)
        return
    position = 0
    for _try in range(_TRIES):
        found = _GIVEN.search(text, position)
        if not found:
            break
        position = found.end()
        with suppress(ValueError, RecursionError):
            value, position = _DECODER.raw_decode(text, position)
            yield value
    for quoted in _IN_QUOTES.finditer(text):
        with suppress(ValueError, RecursionError):
            inner = quoted[1] if quoted[1] is not None else quoted[2].replace("\\'", "'").replace('"', '\\"')
            yield json.loads(json.loads(f'"{inner}"'))


def _in_parts(text: str, kind: str) -> list[Any]:
    """Return the status and the data of each part of a reply that has several."""
    mark = re.search(r'boundary="?([^";]+)', kind)
    parts = text.split(f"--{mark[1].strip()}") if mark else [text]
    found: list[Any] = [{"status": int(status)} for part in parts for status in _STATUS.findall(part)]
    for part in parts:
        body = re.split(r"\r?\n\r?\n", part)[-1]
        found.extend(in_text(body, is_json=False) or [])
    return found


def _in_xml(text: str) -> list[Any]:
    """Return what XML says, its attributes and elements as keys; of what defines words of its own, nothing."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return []
    with suppress(ElementTree.ParseError, RecursionError):
        root = ElementTree.fromstring(text.strip())  # noqa: S314 - it defines no words of its own
        value = _as_value(root)
        return [{_local(root.tag): value}, value]
    return []


def _as_value(element: ElementTree.Element) -> Any:
    value: dict[str, Any] = {_local(name): said for name, said in element.attrib.items()}
    for child in element:
        name, held = _local(child.tag), _as_value(child)
        value[name] = [value[name], held] if name in value else held
    return value or (element.text or "").strip()


def _local(name: str) -> str:
    return str(name).rpartition("}")[2]
