"""The texts that stand in a script."""

from __future__ import annotations

import re


def literals(source: str) -> list[str]:
    """Return the texts in a script, the inner ones of nested templates first, without what is put into them."""
    found = []
    while literal := re.search(r'"([^"\n]*)"|`((?:[^`$]|\$\{[^`{}]*\})*)`', source):
        found.append(re.sub(r"\$\{[^}]*\}", "", literal[1] or literal[2] or ""))
        source = f"{source[: literal.start()]}0{source[literal.end() :]}"
    return found
