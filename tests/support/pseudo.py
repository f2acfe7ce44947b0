"""A pretend language that marks each sentence of ours, so that one that cannot be translated stands out.

Every message becomes ⟦šúçĥ ţéẋţ⟧. Its placeholders stay outside of the brackets: what is put into them must be a name,
a number or a path, or must have brackets of its own. Babel does not know the language, so dates come in digits.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import re
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po, write_po

from privacyaudit import i18n, shipped
from tests.support.docs_parts import messages
from tests.support.made_once import made_once

LANGUAGE = "qps"
WIDE = 400
HEAD = """msgid ""
msgstr ""
"Language: qps\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n == 1 ? 0 : n == 2 ? 1 : 2);\\n"
"""
_ACCENTS = str.maketrans("aceghijknoqrstuxzACEGHIJKNORSTUZ", "áçéğĥíĵķñóqŕšţúẋžÁÇÉĞĤÍĴĶÑÓŔŠŢÚŽ")
_PLACEHOLDER = re.compile(r"(\{[^{}]*\}|%\(\w+\)\w|%%)")
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")


def say(message: str) -> str:
    """Return a message in the pretend language, with its placeholders as they are."""
    parts = _PLACEHOLDER.split(message)
    parts[::2] = [f"⟦{part.translate(_ACCENTS)}⟧" if part.strip() else part for part in parts[::2]]
    return "".join(parts)


def catalogue(template: str) -> bytes:
    """Translate a whole template (.pot) into a catalogue (.po), each plural in three forms."""
    read = read_po(io.StringIO(template.replace('msgid ""\nmsgstr ""\n', HEAD, 1)))
    for message in read:
        if isinstance(message.id, str):
            message.string = say(message.id)
        else:
            one, many = message.id
            message.string = (say(one), say(many), say(many))
    written = io.BytesIO()
    write_po(written, read, omit_header=True)
    return f"{HEAD}\n".encode() + written.getvalue()


@functools.cache
def words() -> bytes:
    """Return the catalogue of every sentence there is."""
    template = messages()
    return made_once("words", [Path(__file__).read_bytes(), template.encode()], lambda: catalogue(template))


def install(folder: Path, po: bytes, language: str = LANGUAGE) -> None:
    """Put a catalogue where `shipped.folder("locale")` finds it when that is `folder`."""
    path = folder / language / "LC_MESSAGES" / "privacyaudit.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(po)


def forget() -> None:
    """Make the next look at the locale folder a fresh one."""
    i18n.languages.cache_clear()
    i18n._catalogue.cache_clear()


@contextlib.contextmanager
def locale(folder: Path) -> Iterator[None]:
    """Let the program find its catalogues in a folder, and everything else where it is."""
    usual = shipped.folder
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "folder", lambda kind: folder if kind == "locale" else usual(kind))
        forget()
        yield
    forget()
    i18n.use("en")


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    text: str
    code: object


Run = Callable[..., Said]


@contextlib.contextmanager
def command_line(loaded: dict[str, ModuleType]) -> Iterator[Run]:
    """Load the command line in the language of the environment, and give a way to run it in this process.

    Help texts are looked up when its modules are loaded, so the ones that speak English are put aside meanwhile.
    `loaded` holds the modules that speak this language, none at first; the same ones need not be loaded again.
    """
    aside = {name: sys.modules.pop(name) for name in list(sys.modules) if _of_command_line(name)}
    sys.modules.update(loaded)
    package = sys.modules["privacyaudit"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRIVACYAUDIT_LANG", LANGUAGE)
        patch.setenv("COLUMNS", str(WIDE))
        patch.setattr(sys, "argv", ["privacyaudit"])
        cli = importlib.import_module("privacyaudit.cli")
        package.cli = cli  # type: ignore[attr-defined]
        patch.setattr(importlib.import_module("privacyaudit.cli.terminal"), "WIDEST", WIDE)  # no cell is cut in two

        def run(*arguments: object, typed: str = "") -> Said:
            out = io.StringIO()
            code: object = 0
            patch.setattr(sys, "argv", ["privacyaudit", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.StringIO(typed))
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                try:
                    cli.run()
                except SystemExit as end:
                    code = end.code
            return Said(out.getvalue(), code)

        try:
            yield run
        finally:
            loaded |= {name: sys.modules.pop(name) for name in list(sys.modules) if _of_command_line(name)}
            sys.modules.update(aside)
            if "privacyaudit.cli" in aside:
                setattr(package, "cli", aside["privacyaudit.cli"])  # noqa: B010


def _of_command_line(name: str) -> bool:
    return name == "privacyaudit.cli" or name.startswith("privacyaudit.cli.")


# -- what is not in the pretend language -----------------------------------------------------------


def english(text: str, allowed: Collection[str] = ()) -> list[str]:
    """Return the words outside of the brackets that are neither allowed nor an option, address, path or number."""
    rest = re.sub(r"\s+", " ", _MARKED.sub(" ", text))
    for phrase in sorted((one for one in allowed if " " in one), key=len, reverse=True):
        rest = rest.replace(phrase, " ")
    found = []
    for word in rest.split():
        bare = word.strip("()[]{}<>.,:;!?…·“”‘’\"'|=›▲◆◷✓–⟦⟧")
        if re.search(r"[^\W\d_]", bare) and bare not in allowed and not _is_no_prose(bare):
            found.append(bare)
    return found


def _is_no_prose(word: str) -> bool:
    """Tell whether this is an option, a path, an address, a file, a day, a name with a dot in it, or all capitals."""
    return word.startswith("-") or word.isupper() or bool(re.search(r"[./\\_@#=\d]", word))


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script")
        self.found += [value for name, value in attrs if name in ("aria-label", "alt", "title") and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.found.append(data.strip())


def texts(html: str) -> list[str]:
    """Return every text of a page that somebody can see or hear."""
    parser = _Texts()
    parser.feed(html)
    return parser.found
