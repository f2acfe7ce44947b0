"""What the window says has no words of the command line: whoever uses it never typed any."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from privacyaudit import errors, extras, labels
from privacyaudit.browser import find
from privacyaudit.catalogue import loading
from privacyaudit.errors import AuditError, BrowserStartError, on_a_page
from privacyaudit.model import Reason
from privacyaudit.offline import out_there
from privacyaudit.offline.page import build
from privacyaudit.window import notes

ROOT = Path(__file__).parents[3] / "privacyaudit"
TYPED = re.compile(r"(?<![\w-])--[a-z]|\bprivacyaudit [a-z]|\bsudo |\bpip install|\bpython -m|\b[A-Z]+_[A-Z]+\b")
OF_OPTIONS = {"catalogue/sites.py", "plan.py", "readers/outside.py"}
"""Where some errors are about an option that was typed: the window gives none."""
KINDS = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, AuditError)}


def words(node: ast.AST) -> str:
    """Return all texts in an expression, whatever it puts together of them."""
    return " ".join(one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def every_error() -> Iterator[tuple[str, AuditError]]:
    """Return each error that is made outside the command line, with the file that makes it."""
    for path in sorted(ROOT.rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not file.startswith("cli/") and isinstance(node, ast.Call) and node.args:
                kind = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if kind in KINDS:
                    advice = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "advice")]
                    yield file, AuditError(words(node.args[0]), " ".join(map(words, advice)))


def test_no_error_that_can_reach_the_window_names_a_command_or_an_option() -> None:
    found = list(every_error())
    assert len(found) > 200
    assert sum(1 for _file, one in found if TYPED.search(one.advice)) > 20
    assert {file for file, one in found if TYPED.search(on_a_page(one))} == OF_OPTIONS


def test_how_to_install_a_part_or_a_browser_is_left_out_where_it_is_a_command() -> None:
    assert TYPED.search(find.advice())
    assert on_a_page(BrowserStartError("There is none.", find.advice())) == "There is none."
    for name in extras.PARTS:
        assert not TYPED.search(on_a_page(extras.missing(name)))


def test_other_advice_stays() -> None:
    assert on_a_page(AuditError("It is full.", "Free some space, then try again.")) == (
        "It is full. Free some space, then try again."
    )


@pytest.mark.parametrize("reason", Reason)
def test_what_is_to_do_about_a_check_names_no_command(reason: Reason) -> None:
    assert not TYPED.search(labels.next_step(reason))


def test_no_page_of_the_window_names_a_command_or_an_option() -> None:
    known = loading.catalogue()
    pages = [build(known, window=True), out_there.build(known, window=True), notes.stranger(), notes.used()]
    for page in pages:
        shown = re.sub(r"<(style|script)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL)
        assert [shown[one.start() - 60 : one.end() + 20] for one in TYPED.finditer(shown)] == []
