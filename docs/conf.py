"""How Sphinx makes the pages of the site from the pages here: `nox -s site` starts it, from the project's folder.

The source is the whole project, so that links between pages, and to files outside of docs, lead where they lead here.
A linked file that is no page becomes one to download. Nothing is loaded from elsewhere. Nothing is kept: Sphinx's own
script that remembers what was searched for is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from privacyaudit import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "privacyaudit"
version = release = __version__
language = "en"
root_doc = "docs/README"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
include_patterns = ["*.md", "docs/**", "benchmarks/*.md", "tests/mutation/*.md"]
exclude_patterns = [
    *(".*", "build", "dist", "site", "checklists", "locale", "locks", "privacyaudit", "reports"),
    *("**/__pycache__", "docs/theme"),
]

myst_enable_extensions = ["html_image"]
myst_heading_anchors = 6
suppress_warnings = ["toc.not_included", "misc.highlighting_failure"]

html_theme = "theme"
html_theme_path = ["."]
html_static_path = ["../reports/style.css"]
html_title = "privacyaudit"
html_use_index = False
html_domain_indices = False
html_copy_source = False
html_show_search_summary = False
html_permalinks = False
smartquotes = False

_COLUMNS_ON_A_PHONE = 4
_TABLE = re.compile("<table .*?</table>", re.DOTALL)
_PICTURE = re.compile(r'(<img [^>]*?) width="[^"]*"')


def picture_alone(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Take the paragraph around pictures out of a page, and their width, so that Sphinx knows them as pictures."""
    source[0] = _PICTURE.sub(r"\1", re.sub(r"^</?p>\n", "", source[0], flags=re.MULTILINE))


def wide_alone(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Let a table with many columns be moved sideways on a phone, by keyboard too, where the page stays as it is."""
    context["body"] = _TABLE.sub(_moved, context.get("body", ""))


def _moved(table: re.Match[str]) -> str:
    wide = table[0].partition("</tr>")[0].count("<th ") > _COLUMNS_ON_A_PHONE
    return f'<div class="wide" role="group" aria-label="Wide table" tabindex="0">{table[0]}</div>' if wide else table[0]


def setup(app: Sphinx) -> None:
    """Tell Sphinx what is done to each page before it is read, and before it is written."""
    app.connect("source-read", picture_alone)
    app.connect("html-page-context", wide_alone)
