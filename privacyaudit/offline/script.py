"""The page's script: its modules under `reports/page/`, joined into one, because one file can load no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from privacyaudit import shipped

MODULES = (
    *("dom", "words", "data", "verdict", "answers", "turns", "effort", "walk", "headline", "source", "fits", "keep"),
    *(
        "earlier",
        "since",
        "share",
        "trail",
        "screen",
        "show",
        "way",
        "take",
        "open",
        "start",
        "services",
        "time",
        "changes",
    ),
    *("stop", "plan", "compared", "sharing", "report", "main"),
)
"""In the order in which they are joined: each needs only those before it."""
ALONE = ("phone",)
KEPT = ("save_as", "copying", "phone")
WINDOW = (
    *("save_as", "program", "saving", "save_files", "history", "deciding", "outcome", "next_person"),
    *("reading_told", "reading", "clinic_networks", "clinic", "home", "window"),
)
"""What stands after them: in a page by itself, in one of a site, and in the window, which talks with the program."""
OUT_THERE = (
    *("dom", "words", "trail", "screen", "take", "known", "typed", "ladder", "letters", "searches", "found"),
    *("linked", "choosing", "writing", "more", "case", "looking", "preparing", "out_there"),
)
OUT_THERE_WINDOW = ("program", "vault", "taken", "proving")
"""The modules of the page “Something is out there”. A page of a site, and the window, save files before the last; the
window also keeps steps and proof there."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |let |class )", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?:/\*\*.*?\*/|// [^\n]*)\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_OPEN_TEXT = re.compile(r"^[^`\n]*`(?:[^`\n]*`[^`\n]*`)*[^`\n]*$", re.MULTILINE)
_NAME = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


@cache
def script(*, kept: bool = False, window: bool = False) -> str:
    """Return the modules as one script: of a page by itself, of one that a site keeps, or of the window.

    Raises ValueError if they do not fit.
    """
    return _joined((*MODULES, *(WINDOW if window else KEPT if kept else ALONE)))


@cache
def out_there(*, saves: bool = False, window: bool = False) -> str:
    """Return the script of the page “Something is out there”; one that `saves` can write a file where the person says.

    In the window, it keeps what the person wants to keep.

    Raises ValueError if its modules do not fit.
    """
    *every, last = OUT_THERE
    return _joined((*every, *(["save_as"] if saves else []), *(OUT_THERE_WINDOW if window else []), last))


def _joined(names: Sequence[str]) -> str:
    folder = shipped.folder("reports") / "page"
    return join({name: (folder / f"{name}.js").read_text(encoding="utf-8") for name in names})


def join(modules: dict[str, str]) -> str:
    """Return modules as one script: without imports, without the word export, comments, indents and empty lines.

    Raises ValueError for an import of something that comes later or is not there, for a name that is defined twice,
    for an import or export that is written in another way, and for a text in backquotes that does not end on its line.
    """
    owner: dict[str, str] = {}
    parts = []
    for module, text in modules.items():
        if strange := [name for name in _IMPORT.findall(text) if name not in owner.values()]:
            raise ValueError(f"{module}.js imports {strange[0]}.js, which does not come before it")
        for name in _NAME.findall(text):
            if name in owner:
                raise ValueError(f"{module}.js defines {name}, which {owner[name]}.js has defined already")
            owner[name] = module
        bare = _EXPORT.sub("", _IMPORT.sub("", text))
        if left := re.search(r"^(import|export)\b.*", bare, re.MULTILINE):
            raise ValueError(f"{module}.js has a line that cannot be joined: {left[0]}")
        bare = _COMMENT.sub("", bare)
        if left := _OPEN_TEXT.search(bare):
            raise ValueError(f"{module}.js has a text that goes on in the next line: {left[0].strip()}")
        parts.append(_INDENT.sub("", bare).strip())
    joined = "\n".join(parts) + "\n"
    if re.search(r"</script|<!--", joined, re.IGNORECASE):
        raise ValueError("the script holds what ends or hides a script in HTML")
    return joined
