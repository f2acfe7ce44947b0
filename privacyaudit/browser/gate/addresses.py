"""Which addresses may sign out, delete, revoke or show secrets, whatever the method."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from privacyaudit.browser.gate import graphql, other_letters, setting
from privacyaudit.browser.gate.danger_words import (
    ACTIONS,
    ALONE,
    AWAY,
    BEFORE,
    COMPOUND,
    OUT,
    PAIRS,
    SIGNING_OUT,
    WORDS,
)

_SAYS_A_METHOD = re.compile(r"method|(?:^|[-_])verb$|^_(?:m|http)$", re.IGNORECASE)
_READING = ("GET", "HEAD", "OPTIONS", "")
_NAME = r"[\w.@~+-]+(?: [\w.@~+-]+)*"
_FILES = {
    "script": re.compile(rf"{_NAME}\.m?js", re.IGNORECASE),
    "style": re.compile(rf"{_NAME}\.css", re.IGNORECASE),
    "font": re.compile(rf"{_NAME}\.(?:woff2?|ttf|otf)", re.IGNORECASE),
    "image": re.compile(rf"{_NAME}\.(?:png|jpe?g|gif|svg|webp|avif|ico)", re.IGNORECASE),
}
"""What a file may be called, by what the browser wants it for; its own name then says nothing of what it does."""

_PROGRAM = re.compile(r"\.(?:php\d?|phtml|aspx?|ashx|jspx?|do|cgi|pl)\.", re.IGNORECASE)
"""Some servers run `x.php.css`."""

_YES = ("", "1", "true", "yes", "on")
_ENDING = re.compile(r"\.[a-z0-9]{1,6}$")
_SPLIT = re.compile(
    r"[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])"
)
_IN_VALUES = re.compile(r"[/\\:;,|?&=\s<>(){}\[\]]+")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_UNSHOWN = ("Cf", "Mn")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "\u00d8": "O", "ł": "l", "\u0141": "L", "\u0131": "i", "đ": "d", "\u00f0": "d", "æ": "ae"}
)
"""Letters that Unicode does not take apart."""

_HIDDEN_END = re.compile(r"[\x00-\x1f\x7f]")
"""Some servers take a line's end for the end of an address."""

_LEAVING = SIGNING_OUT | {pair.replace("-", "") for pair in SIGNING_OUT}

_OLD_SIGN = re.compile(r"%u([0-9a-f]{4})", re.IGNORECASE)
_UNQUOTED_MOST = 5
_LONGEST = 60
"""So long are words that are looked at from end to end; longer ones would take long, and no site has them."""


def dangerous(url: str, own: Iterable[str] = (), *, kind: str = "", leaving: bool = False) -> bool:
    """Tell whether an address may sign out, delete, revoke or show secrets, whatever the method.

    Goes by the words of the path and of each name and value of the query. So is a query that says another method than
    reading, that carries WordPress's token for an action, or a change in GraphQL. `own` are the platform's own
    beginnings of paths, `kind` is what the browser wants it for. With `leaving`, signing out is what is wanted, and
    only the other dangers count.
    """
    parts = urlsplit(url)
    path = _plain(parts.path)
    if any(begins(way, beginning) for beginning in own for way in _ways(path)) or _HIDDEN_END.search(path):
        return True
    pairs = _pairs(parts.query.replace(";", "&"))
    found = {*_in_path(path, "" if "?" in url else kind), *(one for pair in pairs for one in _in_pair(*pair))}
    if any(map(graphql.changes, _documents(parts.path, parts.query))):
        return True
    said = [(_plain(name), _plain(value)) for name, value in pairs]
    if setting.sets(path, said) or setting.calls_a_change(path, said):
        return True
    if leaving and all(one in _LEAVING for one in found):
        return False
    return bool(found) or _in_query(said)


def says_danger(text: str) -> bool:
    """Tell whether a value that is sent beside an address, such as that of a header, says such a thing."""
    return bool(_in_value(_plain(text)) or _in_parts(_plain(text).split("/")))


def begins(path: str, pattern: str) -> bool:
    """Tell whether a path begins with a pattern, part by part; a * is any one part between two slashes."""
    parts, wanted = _parts(path), _parts(pattern)
    return len(parts) >= len(wanted) and all(one in ("*", part) for part, one in zip(parts, wanted, strict=False))


def fits(path: str, pattern: str) -> bool:
    """Tell whether a path is like a pattern from end to end."""
    return begins(path, pattern) and len(_parts(path)) == len(_parts(pattern))


def _in_path(path: str, kind: str) -> set[str]:
    """Return the dangers in a path; the last part of a file that is code or a picture may have one in its name.

    Only a picture whose whole name is one is refused: that of a sign-out button, which shows nothing of a setting.
    """
    beside = [word for part in path.split("/") for word in part.split(";")[1:]]
    if found := {one for word in beside for one in _in_pair(*word.partition("=")[::2])}:
        return found
    parts = [part.split(";")[0] for part in path.split("/") if part]
    file = _FILES.get(kind)
    if file and file.fullmatch(path.rpartition("/")[2]) and not _PROGRAM.search(parts[-1]):
        name = _words(parts.pop().rpartition(".")[0])
        if kind == "image" and (found := _said(name) if len(name) <= 2 else {*_whole(["".join(name)])}):
            return found
    return _in_parts(parts)


def _in_parts(parts: list[str]) -> set[str]:
    """Return the dangers in parts of a path, as they are and folded to small letters: `LoGoUt` is one word."""
    lower = [part.lower() for part in parts]
    pieces = [_joined(piece) for part in lower for piece in (part, *re.split(r"[.:!()]", part))]
    return {
        *(piece for piece in pieces if piece in ALONE),
        *_whole(pieces),
        *_said([word for part in parts for word in _words(part)]),
        *_said([word for part in lower for word in _folded(part)]),
        *(one for part in lower for one in other_letters.dangers(part)),
    }


def _in_pair(name: str, value: str) -> set[str]:
    """Return the dangers in a name and its value; the value of one such as `action` is read like a path."""
    name, value = _plain(name), _plain(value)
    found = {one for word in name.split(".") for one in _in_value(word)} | _in_value(value)
    said = name.lower().strip("_[]")
    if said in ACTIONS:
        return found | _in_parts(value.split("/"))
    return found | ({said} if said in ALONE and value.lower() in _YES else set())


def _in_query(said: list[tuple[str, str]]) -> bool:
    names = {name.lower() for name, _value in said}
    says_a_method = any(_SAYS_A_METHOD.search(name) and value.strip().upper() not in _READING for name, value in said)
    return says_a_method or {"action", "_wpnonce"} <= names


def _in_value(text: str) -> set[str]:
    """Return the dangers in a value; there, one counts at the beginning of a part, or after a word such as do."""
    found: set[str] = set()
    for part in _IN_VALUES.split(text):
        for words in (_words(part), _folded(part.lower())):
            while len(words) > 1 and words[0] in BEFORE:
                words = words[1:]
            found |= {*_whole(words[:1]), *(pair for pair in ["-".join(words[:2])] if pair in PAIRS)}
            found |= {*_begun(words[0])} if words else set()
        found |= {*other_letters.dangers(part.lower())}
    return found


def _said(words: list[str]) -> set[str]:
    pairs = {f"{one}-{next_one}" for one, next_one in pairwise(words)}
    return {
        *_whole(words),
        *(pair for pair in pairs if pair in PAIRS),
        *(one for word in words for one in _within(word)),
    }


def _whole(words: list[str]) -> Iterator[str]:
    """Return each word that is a danger from end to end."""
    for word in words:
        if word in WORDS or (len(word) <= _LONGEST and COMPOUND.fullmatch(word)):
            yield word
        elif OUT.fullmatch(word):
            yield "logout"


def _within(word: str) -> Iterator[str]:
    """Return what a word says anywhere within it."""
    yield from ("logout" for _one in OUT.finditer(word))
    yield from (one.group() for one in AWAY.finditer(word))


def _begun(word: str) -> Iterator[str]:
    """Return what a word begins with."""
    yield from ("logout" for _one in [OUT.match(word)] if _one)
    yield from (one.group() for one in [AWAY.match(word)] if one)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _SPLIT.split(text) if word]


def _folded(text: str) -> list[str]:
    return [word for word in _NO_LETTER.split(text) if word]


def _joined(text: str) -> str:
    return _NO_LETTER.sub("", text)


def _parts(path: str) -> list[str]:
    return [part for part in path.lower().split("/") if part]


def _ways(path: str) -> Iterator[str]:
    """Return a path as servers may take it: also without steps up and what follows a semicolon, and without endings."""
    yield path
    parts: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ".."):
            parts.append(part.partition(";")[0].rstrip(". "))
    yield "/".join(parts)
    yield "/".join(_ENDING.sub("", part) for part in parts)


def _pairs(query: str) -> list[tuple[str, str]]:
    """Return names and values of a query, with their percent signs."""
    return [(name, value) for one in query.replace("+", " ").split("&") for name, _, value in [one.partition("=")]]


def _plain(text: str) -> str:
    """Undo percent signs, also those that stand for percent signs, accents, and signs that do not show."""
    *_before, text = _undone(text)
    taken_apart = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return "".join(one for one in taken_apart if unicodedata.category(one) not in _UNSHOWN)


def _undone(text: str) -> Iterator[str]:
    """Return a text as it is, then with its percent signs undone once, twice and so on."""
    yield text
    for _time in range(_UNQUOTED_MOST):
        signs = _OLD_SIGN.sub(lambda sign: chr(int(sign[1], 16)), text)
        try:
            plain = unquote(signs, errors="strict")
        except UnicodeDecodeError:
            plain = unquote(signs, encoding="latin-1")
        if plain == text:
            return
        text = plain
        yield text


def _documents(path: str, query: str) -> Iterator[str]:
    """Return what may be a document in GraphQL: parts of a path, names and values, undone as often as may be.

    Each time counts, for what is undone too often may look like a comment.
    """
    texts = [*path.split("/"), *(one for pair in _pairs(query) for one in pair)]
    return (plain for text in texts for plain in _undone(text))
