"""Every text of a checklist that translators are to see."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from privacyaudit.catalogue import strictyaml
from privacyaudit.model.letter import POINT, paragraphs, pieces


def messages(fileobj: Any, *_args: Any, **_options: Any) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield every text of a checklist, guidance or roles file that a person reads, in the shape Babel wants.

    Registered as an extraction method in pyproject.toml.
    """
    text = strictyaml.parse(fileobj.read().decode(), getattr(fileobj, "name", "checklist"))
    yield from ((line, "_", words, []) for line, words in texts(text))


def texts(text: strictyaml.Text, *, leave_out: Set[str] = frozenset()) -> Iterator[tuple[int, str]]:
    """Yield every text that a person reads, with its line; without those of the keys to leave out."""
    yield from _texts(text.data, (), text, _TEXT_KEYS - leave_out)


_TEXT_KEYS = {
    *("title", "question", "why", "row", "label", "fix", "caution", "notice", "menu", "ios", "android", "text", "name"),
    *("summary", "signposts", "limits", "two_factor", "ask", "by_hand_because", "audience", "publisher"),
    *("needs", "tick", "hours"),
    *("addressee", "achieves", "cannot_achieve", "before_sending", "answer_by", "when_refused", "subject", "mark"),
    *("finds", "look", "about"),
}


def _words(paragraph: str) -> str:
    """Return a paragraph of a letter without its dash; nothing where it is a blank alone."""
    words = paragraph.removeprefix(POINT)
    return "" if all(is_blank for _piece, is_blank in pieces(words)) else words


_LETTER = "letter"
"""The key of a text that is translated paragraph by paragraph; where it is one word, it is the id of a letter."""

_NOT_TEXT_INSIDE = {"find", "press", "within", "expand", "form", "probes"}


def _texts(value: Any, place: strictyaml.Place, text: strictyaml.Text, keys: Set[str]) -> Iterator[tuple[int, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == _LETTER and isinstance(item, str):
                if len(item.split()) < 2:
                    continue
                yield from ((text.line((*place, key)), words) for words in map(_words, paragraphs(item)) if words)
            elif key in keys and isinstance(item, str):
                yield text.line((*place, key)), item
            elif key in keys and isinstance(item, list):
                yield from ((text.line((*place, key)), line) for line in item if isinstance(line, str))
            elif key not in _NOT_TEXT_INSIDE:
                yield from _texts(item, (*place, key), text, keys)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index), text, keys)
