"""The page's script: its modules under `reports/page/`, joined into one, because one file can load no other."""

from __future__ import annotations

import re
from functools import cache

from privacyaudit import shipped

MODULES = (
    *("dom", "words", "data", "verdict", "answers", "turns", "effort", "walk", "headline", "keep", "share", "trail"),
    *("show", "way", "start", "services", "time", "changes", "stop", "plan", "take", "sharing", "report", "main"),
)
"""In the order in which they are joined: each needs only those before it."""
ALONE = ("phone",)
WINDOW = (
    "program",
    "saving",
    "save_files",
    "history",
    "deciding",
    "outcome",
    "reading_told",
    "reading",
    "home",
    "window",
)
"""What stands after them: in a page by itself, and in the window, where the page talks with the program."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |let |class )", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?:/\*\*.*?\*/|// [^\n]*)\n", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


@cache
def script(*, window: bool = False) -> str:
    """Return the modules as one script, of a page by itself or of the window. Raises ValueError if they do not fit."""
    folder = shipped.folder("reports") / "page"
    names = (*MODULES, *(WINDOW if window else ALONE))
    return join({name: (folder / f"{name}.js").read_text(encoding="utf-8") for name in names})


def join(modules: dict[str, str]) -> str:
    """Return modules as one script: without imports, without the word export, and without comments.

    Raises ValueError for an import of something that comes later or is not there, for a name that is defined twice,
    and for an import or export that is written in another way.
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
        parts.append(_COMMENT.sub("", bare).strip())
    joined = "\n\n".join(parts) + "\n"
    if re.search(r"</script|<!--", joined, re.IGNORECASE):
        raise ValueError("the script holds what ends or hides a script in HTML")
    return joined
