"""Turn words from the command line into checklists, areas, sites and formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit.catalogue import loading
from privacyaudit.catalogue.lint import out_of_date
from privacyaudit.cli.terminal import fail, say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Area
from privacyaudit.report.formats import pdf
from privacyaudit.report.writing import NAMES, PDF
from privacyaudit.session import Reading

if TYPE_CHECKING:
    from privacyaudit.catalogue.loading import Catalogue


def catalogue_with(folders: Sequence[Path] | None) -> Catalogue:
    """Return the shipped checklists and those in a person's own folders.

    Say which of these cannot be used, and which are of an older schema.
    """
    catalogue = loading.catalogue(*(folders or []))
    for trouble in catalogue.troubles:
        fail(trouble.what, trouble.advice)
    for loaded in catalogue.loaded.values():
        if remark := out_of_date(loaded):
            say(remark, stderr=True)
    return catalogue


def areas_named(names: Iterable[str]) -> tuple[Area, ...]:
    """Return the areas named; commas are allowed. Raises UsageError for an unknown one."""
    found: list[Area] = []
    for name in (part.strip() for one in names for part in one.split(",")):
        try:
            found.append(Area(name.replace("-", "_")))
        except ValueError as error:
            raise UsageError(
                _("There is no area “{name}”.").format(name=name),
                _("Choose from: {names}.").format(names=", ".join(Area)),
            ) from error
    return tuple(dict.fromkeys(found))


def sites_named(pairs: Iterable[str]) -> dict[str, str]:
    """Return platform to address from `PLATFORM=URL` words. Raises UsageError for another shape."""
    sites: dict[str, str] = {}
    for pair in pairs:
        platform, equals, url = pair.partition("=")
        if not (platform and equals and url):
            raise UsageError(
                _("“{text}” does not say which platform and which address.").format(text=pair),
                _("Write it like --site wikipedia=https://cy.wikipedia.org."),
            )
        if platform in sites:
            raise UsageError(
                _("--site names {platform} twice.").format(platform=platform), _("Keep one of the two addresses.")
            )
        sites[platform] = url
    return sites


def site_alone(platform: str, text: str | None) -> str | None:
    """Return the address for the one platform of a command, written `URL` or, as for an audit, `PLATFORM=URL`."""
    return text and text.removeprefix(f"{platform}=")


def formats_named(text: str) -> tuple[str, ...]:
    """Return the report formats in a comma list. Raises UsageError for an unknown one or none.

    A PDF needs a browser: raises BrowserError or MissingExtra when there is none.
    """
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not names or any(name not in NAMES for name in names):
        strange = next((name for name in names if name not in NAMES), text)
        raise UsageError(
            _("There is no report format “{name}”.").format(name=strange),
            _("Choose from: {names}.").format(names=", ".join(NAMES)),
        )
    if PDF in names:
        pdf.need_browser()
    return names


def reading_named(*, browser: bool, headless: bool, fill: bool) -> Reading:
    """Return how a browser is to be used. Raises UsageError for options that do not go together."""
    if not browser:
        if headless or fill:
            raise UsageError(_("--headless and --fill work only with --browser."), _("Add --browser."))
        return Reading.NONE
    if headless and not fill:
        raise UsageError(
            _("--headless shows no window, so you could not sign in by hand."),
            _("Add --fill, or leave out --headless."),
        )
    if headless:
        return Reading.HIDDEN_FILLED
    return Reading.WINDOW_FILLED if fill else Reading.WINDOW
