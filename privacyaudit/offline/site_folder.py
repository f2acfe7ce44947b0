"""Write the site: `python -m privacyaudit.offline.site_folder GUIDE FOLDER`.

GUIDE is what Sphinx made of the pages of the guide; `nox -s site` lets it do that first. A browser prints the papers.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from privacyaudit.catalogue import loading
from privacyaudit.errors import AuditError, SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.offline import site
from privacyaudit.report.formats.pdf import print_all

_LEFT_BY_SPHINX = ("objects.inv", "_sources", "sphinx_highlight.js", "basic.css", "pygments.css")


def guide(folder: Path) -> dict[str, bytes]:
    """Return the pages of the guide and what belongs to them, by their names in the site.

    Raises UsageError where they are not there.
    """
    if not (folder / "docs/README.html").is_file():
        raise UsageError(
            _("The pages of the guide are not in {folder}.").format(folder=folder),
            _("Make the whole site with nox: its session is called site."),
        )
    found = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder): path for path in found}
    wanted = {name: path for name, path in names.items() if not any(map(_left_out, name.parts))}
    return {f"{site.GUIDE}{name.as_posix()}": path.read_bytes() for name, path in wanted.items()}


def _left_out(part: str) -> bool:
    return part.startswith(".") or part in _LEFT_BY_SPHINX


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of the site into a folder that is new or empty. Raises SaveError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise SaveError(
                _("There are files in {folder} already.").format(folder=folder),
                _("Name a folder that is new or empty."),
            )
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise SaveError(
            _("The site could not be written: {trouble}.").format(trouble=error),
            _("Choose another folder."),
        ) from error


def main(words: list[str]) -> int:
    """Make the site of the two folders that are named, and return the exit code."""
    try:
        if len(words) != 2:
            raise UsageError(
                _("The folder of the guide and the folder to write the site into are missing."),
                _("Make the whole site with nox: its session is called site."),
            )
        source, folder = map(Path, words)
        catalogue = loading.catalogue()
        made = guide(source) | {name: page.encode() for name, page in site.pages(catalogue).items()}
        papers = site.papers(catalogue)
        made |= dict(zip(papers, print_all(papers.values()), strict=True))
        write(folder, site.whole(made))
    except AuditError as error:
        sys.stderr.write(f"{error.what} {error.advice}\n")
        return error.exit_code
    sys.stdout.write(_("Written: {path}").format(path=folder) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
