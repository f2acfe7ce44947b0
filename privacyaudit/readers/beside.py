"""The person beside the browser: what they agree to before it opens, and what they are told while it is used.

How it is asked and shown is the business of the command line and of the window.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from privacyaudit.browser import sessions_left
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _, day
from privacyaudit.model import Check, Platform
from privacyaudit.plan import Part
from privacyaudit.storage import files, folders, reading

_MOST = 1_000_000  # bytes
NOTICES = "notices"
"""The file of the state folder that says which notices were agreed to: a platform and the SHA-256 of its notice."""


# -- before ----------------------------------------------------------------------------------------


def agreed(platform: Platform) -> bool:
    """Tell whether somebody has agreed to a platform's notice as it is now."""
    path = folders.state() / NOTICES
    with suppress(OSError):
        return _mark(platform) in reading.content(path, _MOST).decode(errors="replace").splitlines()
    return False


def remember_yes(platform: Platform) -> None:
    """Note that somebody has agreed to a platform's notice. Raises SaveError."""
    if not agreed(platform):
        files.make_folder(folders.state())
        files.append(folders.state() / NOTICES, _mark(platform))


def _mark(platform: Platform) -> str:
    return f"{platform.id} {hashlib.sha256(platform.notice.encode()).hexdigest()}"


def is_own(part: Part) -> bool:
    """Tell whether a checklist did not come with the program: then its notice is asked about each time."""
    return part.loaded.origin == "own"


def where_to(part: Part) -> str:
    """Say which sites a checklist that did not come with the program opens; empty for all others."""
    if not is_own(part):
        return ""
    return _(
        "This checklist did not come with the program. If you continue, the program can open these sites: {hosts}."
    ).format(hosts=", ".join(part.checklist.platform.hosts))


def has_probes(check: Check) -> bool:
    """Tell whether a check can be read."""
    return bool(check.probes)


def can_be_read(part: Part) -> bool:
    """Tell whether anything on a platform can be read."""
    return any(map(has_probes, part.checklist.checks))


def lacks_address(part: Part, wanted: Callable[[Check], bool] = has_probes) -> bool:
    """Tell whether a platform with checks that are wanted has more than one address, and it is not known which."""
    site = part.checklist.platform.site
    return bool(site) and part.site is None and any(map(wanted, part.checklist.checks))


def need_addresses(parts: Sequence[Part], wanted: Callable[[Check], bool] = has_probes) -> None:
    """Raise UsageError for a platform with checks that are wanted but whose address is not known."""
    for part in parts:
        if lacks_address(part, wanted):
            platform = part.checklist.platform
            raise UsageError(
                _("{name} has more than one address, and you have not said which one is yours.").format(
                    name=_(platform.name)
                ),
                _("Add the address like this: --site {platform}=https://example.org").format(platform=platform.id),
            )


# -- meanwhile -------------------------------------------------------------------------------------


def sign_in(platform: Platform) -> str:
    """Ask the person to sign in by hand."""
    return _("A browser window is open. Sign in to {platform} in that window. The program does not watch you.").format(
        platform=_(platform.name)
    )


def finish_sign_in(platform: Platform) -> str:
    """Ask the person to finish a sign-in that the program could not."""
    return _("{platform} asks for something else. Go back to the window and finish signing in.").format(
        platform=_(platform.name)
    )


# -- afterwards ------------------------------------------------------------------------------------


def what_was_left(catalogue: Catalogue) -> Iterator[str]:
    """Say once where a session may be left, because the program was killed while it was signed in."""
    for one in sessions_left.take():
        known = catalogue.loaded.get(one.platform)
        yield _(
            "On {day}, an audit of {platform} ended before it could sign out. You may still be signed "
            "in. Open the list of your sessions on {platform} and end the one from that audit."
        ).format(day=day(one.at), platform=_(known.checklist.platform.name) if known else one.platform)
