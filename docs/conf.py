"""How Sphinx makes the pages of the site from the pages here: `nox -s site` starts it, from the project's folder.

The source is the whole project, so that links between pages, and to files outside of docs, lead where they lead here.
A linked file that is no page becomes one to download. Nothing is loaded from elsewhere. Nothing is kept: Sphinx's own
script that remembers what was searched for is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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

_PICTURE = re.compile(r'(<img [^>]*?) width="[^"]*"')


def picture_alone(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Take the paragraph around pictures out of a page, and their width, so that Sphinx knows them as pictures."""
    source[0] = _PICTURE.sub(r"\1", re.sub(r"^</?p>\n", "", source[0], flags=re.MULTILINE))


def setup(app: Sphinx) -> None:
    """Tell Sphinx what is done to each page before it is read."""
    app.connect("source-read", picture_alone)
