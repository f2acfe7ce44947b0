"""What looks at a page is put together from several files: none may take a name from another one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from privacyaudit.browser import launch

NAME = re.compile(r"^  \*?(\w+)(?:\(|: )", re.MULTILINE)
KEYWORDS = {"if", "for", "while", "return"}


def test_no_two_looks_have_one_name() -> None:
    rooms = sorted((Path(launch.__file__).parent / "looks").glob("*.js"))
    names = Counter(name for room in rooms for name in NAME.findall(room.read_text(encoding="utf-8")))
    assert len(names) > 100
    assert [name for name, number in names.items() if number > 1 and name not in KEYWORDS] == []
