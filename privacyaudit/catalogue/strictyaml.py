"""Read YAML in which every scalar is text, nothing is repeated and nothing refers to something else.

The only module that touches the YAML library. Plain YAML turns `on`, `no` and `1:20` into other things,
lets a repeated key win silently and can blow up by aliases; a checklist must not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from privacyaudit.errors import ChecklistError
from privacyaudit.i18n import N_, _
from privacyaudit.model import CONTROL
from privacyaudit.storage import reading

MAX_BYTES = 1_000_000
WANTED = reading.FileKind(
    ChecklistError,
    MAX_BYTES,
    N_("{path} is larger than 1 MB. A checklist is never that large."),
    N_("Check that this is the right file."),
    N_("Check that this is the right file."),
)
MAX_DEPTH = 20
_SWITCH_WORDS = {"on", "off", "yes", "no", "y", "n"}
_NULLS = {"", "~", "null", "Null", "NULL"}

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Text:
    """A parsed file: its data, the line (from 1) on which each part begins, and the SHA-256 of its bytes."""

    data: Any
    lines: Mapping[Place, int]
    sha256: str = ""

    def line(self, place: Place) -> int:
        """Return the line of a part, or of the nearest part around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


@dataclass(frozen=True)
class Span:
    """Where a part stands in a text, counted in characters: its key (or itself), its value, and what follows it.

    `flow` says whether it stands in brackets.
    """

    start: int
    value: int
    end: int
    flow: bool


def read(path: Path) -> Text:
    """Read a YAML file, once, and never more of it than 1 MB.

    Raises ChecklistError for what is not a file, missing, larger than 1 MB, not UTF-8 or refused by `parse`.
    """
    raw = reading.read(path, WANTED)
    return replace(parse(decoded(raw, path), str(path)), sha256=hashlib.sha256(raw).hexdigest())


def decoded(raw: bytes, path: Path) -> str:
    """Return the text of a YAML file, without the mark that may stand before it. Raises ChecklistError."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ChecklistError(
            at(path, line, _("this is not UTF-8 text.")), _("Save it as UTF-8 and try again.")
        ) from error


def at(file: Path | str, line: int, what: str) -> str:
    """Say in which file and on which line something is the matter."""
    return _("{file}, line {line}: {what}").format(file=file, line=line, what=what)


def parse(text: str, name: str) -> Text:
    """Parse YAML text; `name` is what messages call it.

    The line break at the end of a block (`|` or `>`) is not part of its text. Raises ChecklistError, with the line, for
    broken YAML, a repeated key, an anchor or alias, a tag, a control character (also in a comment), nesting deeper than
    20, or a bare on, off, yes, no that other programs would read as true or false.
    """
    import yaml

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if hidden := CONTROL.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        raise ChecklistError(at(name, line, _(_CONTROL_IS_HERE)), _(_REMOVE_CONTROL))
    loader = _loader()
    lines: dict[Place, int] = {}
    try:
        data = _Builder(name, lines, yaml.parse(text, Loader=loader)).document()
    except yaml.YAMLError as error:
        with suppress(yaml.YAMLError, StopIteration):
            _Builder(name, {}, _before(error, text, loader)).document()
        raise ChecklistError(
            _broken(error, name), _("Check the spaces, brackets and quotes near that line.")
        ) from error
    return Text(data, lines)


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def spans(text: str) -> dict[Place, Span]:
    """Return where each part of a text stands that `parse` has accepted."""
    import yaml

    found: dict[Place, Span] = {}
    if root := yaml.compose(text, Loader=_loader()):
        _span(root, (), root.start_mark.index, text, found)
    return found


def _span(node: Any, place: Place, start: int, text: str, found: dict[Place, Span], *, flow: bool = False) -> int:
    """Note where a part and all within it stand, and return where it ends: without what stands behind it."""
    import yaml

    own = bool(getattr(node, "flow_style", False))
    end: int = node.end_mark.index
    if isinstance(node, yaml.MappingNode):
        ends = [
            _span(value, (*place, key.value), key.start_mark.index, text, found, flow=own) for key, value in node.value
        ]
    elif isinstance(node, yaml.SequenceNode):
        ends = [
            _span(value, (*place, index), value.start_mark.index, text, found, flow=own)
            for index, value in enumerate(node.value)
        ]
    else:
        ends = [len(text[:end].rstrip())] if node.style in ("|", ">") else []
    if ends and not own:
        end = ends[-1]
    found[place] = Span(start, node.start_mark.index, end, flow)
    return end


def comments(text: str) -> list[tuple[int, int]]:
    """Return where each comment of a text stands that `parse` has accepted: its beginning and its end."""
    import yaml

    found = []
    before = 0
    for token in yaml.scan(text, Loader=_loader()):
        gap = text[before : token.start_mark.index]
        found += [(before + one.start(), before + one.end()) for one in _COMMENT.finditer(gap)]
        before = token.end_mark.index
    return found


_COMMENT = re.compile(r"#[^\r\n]*")


def _before(error: Any, text: str, loader: Any) -> Iterator[Any]:
    """Yield what is whole before the place of a complaint.

    The library looks ahead, by up to 1024 characters, and so can complain, as of its own limit of nesting, before it
    gives out what our rules refuse. Ours come first.
    """
    import yaml

    mark = getattr(error, "problem_mark", None)
    end = mark.index if mark else 0
    event: Any
    for event in yaml.parse(text[:end], Loader=loader):
        if event.end_mark.index >= end:
            return
        yield event


def _broken(error: Any, name: str) -> str:
    """Put the YAML library's words, which are English only, into ours."""
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or ""
    line = mark.line + 1 if mark else 1
    what = _(next((ours for theirs, ours in _PROBLEMS.items() if theirs in problem), _NOT_YAML))
    if mark and start and start.line < mark.line:
        what += " " + _("That line belongs to the part that begins on line {line}.").format(line=start.line + 1)
    return at(name, line, what)


_NOT_YAML = N_("this is not valid YAML.")
_PROBLEMS = {
    "mapping values are not allowed": N_("this is not valid YAML: text with a colon in it needs quotes."),
    "cannot start any token": N_("this is not valid YAML: some text begins with a tab or a sign such as @ or %."),
    "tab character": N_("this is not valid YAML: lines begin with spaces, not with tabs."),
    "end of stream": N_("this is not valid YAML: a quote is not closed."),
    "expected ','": N_("this is not valid YAML: a comma is missing, or a bracket is not closed."),
    "expected ':'": N_("this is not valid YAML: a colon is missing after a key."),
    "expected key": N_("this is not valid YAML: the quotes, or the spaces at the beginning of the line, are wrong."),
    "expected '-'": N_("this is not valid YAML: the spaces at the beginning of the line are wrong."),
    "expected <block end>": N_("this is not valid YAML: the spaces at the beginning of the line are wrong."),
}
"""Our sentences for what the YAML library finds, by a piece of its own, which its two parsers have in common or not."""

_CONTROL_IS_HERE = N_("there is an invisible control character here.")
_REMOVE_CONTROL = N_("Type the line again by hand.")


class _Builder:
    """Build plain data from YAML events, refusing what this program does not allow."""

    def __init__(self, name: str, lines: dict[Place, int], events: Any) -> None:
        self._name = name
        self._lines = lines
        self._events = iter(events)

    def document(self) -> Any:
        import yaml

        data: Any = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, _("there are two documents in one file."), _("Keep one document per file."))
                data = self._value(next(self._events), ())
        return data

    def _value(self, event: Any, place: Place) -> Any:
        import yaml

        self._lines[place] = event.start_mark.line + 1
        self._refuse_references(event)
        if len(place) > MAX_DEPTH:
            self._refuse(event, _("this is nested too deeply."), _("Check the indentation."))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(event, (*place, len(items))))
            return items
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event)
            if key in mapping:
                self._refuse(event, _("the key {key!r} appears twice.").format(key=key), _("Keep one of the two keys."))
            line = event.start_mark.line + 1
            mapping[key] = self._value(next(self._events), (*place, key))
            self._lines[(*place, key)] = line
        return mapping

    def _key(self, event: Any) -> str:
        import yaml

        self._refuse_references(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, _("a key must be plain text."), _("Put the key in quotes."))
        key = self._scalar(event)
        if key is None:
            self._refuse(event, _("a key is empty."), _("Put a word before the colon."))
        return key

    def _scalar(self, event: Any) -> str | None:
        text: str = event.value
        if event.style in ("|", ">"):
            text = text.rstrip("\n")
        if CONTROL.search(text):
            self._refuse(event, _(_CONTROL_IS_HERE), _(_REMOVE_CONTROL))
        if event.style:
            return text
        if text in _NULLS:
            return None
        if text.lower() in _SWITCH_WORDS:
            self._refuse(
                event,
                _("{text} without quotes means true or false to many programs.").format(text=text),
                _('Write "{text}", with quotes.').format(text=text),
            )
        return text

    def _refuse_references(self, event: Any) -> None:
        import yaml

        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(
                event, _("anchors and aliases (& and *) are not allowed."), _("Write the repeated part out in full.")
            )
        if event.tag:
            self._refuse(event, _("the tag {tag!r} is not allowed.").format(tag=event.tag), _("Remove that tag."))

    def _refuse(self, event: Any, what: str, advice: str) -> NoReturn:
        raise ChecklistError(at(self._name, event.start_mark.line + 1, what), advice)
