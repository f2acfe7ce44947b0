"""The person beside the browser: what they are told and asked while it is used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from privacyaudit import labels
from privacyaudit.browser import sessions_left, workspace
from privacyaudit.browser.sign_in import Credentials
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.credentials import sign_ins
from privacyaudit.errors import AuditError, UsageError
from privacyaudit.i18n import _, day
from privacyaudit.model import Check, Checklist, Platform
from privacyaudit.plan import Part, Plan
from privacyaudit.readers.web import Found, WebReader
from privacyaudit.session import Reading
from privacyaudit.storage import files, folders, reading

_MOST = 1_000_000  # bytes
NOTICES = "notices"
"""The file of the state folder that says which notices were agreed to: a platform and the SHA-256 of its notice."""


def show_notice(platform: Platform) -> None:
    """Show what a platform's terms say about reading it with a program, and what else to know before."""
    heading(_("Before we read {platform}").format(platform=_(platform.name)))
    say(_(platform.notice))


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


def need_addresses(parts: Sequence[Part], wanted: Callable[[Check], bool] = lambda check: bool(check.probes)) -> None:
    """Raise UsageError for a platform with checks that are wanted but whose address is not known."""
    for part in parts:
        platform = part.checklist.platform
        if platform.site and part.site is None and any(wanted(check) for check in part.checklist.checks):
            raise UsageError(
                _("{name} has more than one address, and you have not said which one is yours.").format(
                    name=_(platform.name)
                ),
                _("Add the address like this: --site {platform}=https://example.org").format(platform=platform.id),
            )


def credentials(checklist: Checklist) -> Credentials:
    """Return what was saved for a platform. Raises KeyringError, MissingExtra or UsageError."""
    entry = sign_ins.for_origins(checklist.platform.id, sign_ins.origins_for(checklist.platform))
    return Credentials(
        origin=entry.origin,
        user=entry.user.get_secret_value(),
        password=entry.password.get_secret_value(),
        code=(lambda: sign_ins.next_code(entry)) if entry.totp else None,
    )


@dataclass(frozen=True)
class Beside:
    """Talks to the person while a browser is used; where nobody can be asked, the answer is no."""

    person: Person

    def agree(self, parts: Sequence[Part]) -> None:
        """Show each platform's notice, and the hosts of checklists from elsewhere, and ask whether to go on.

        A notice is agreed to once, until it says something else. A checklist from elsewhere is asked about each time.
        Raises UsageError when the person says no, or has not said yes before and cannot be asked.
        """
        for part in parts:
            platform = part.checklist.platform
            own = part.loaded.origin == "own"
            show_notice(platform)
            if own:
                say(
                    _(
                        "This checklist did not come with the program. If you continue, the program can open these "
                        "sites: {hosts}."
                    ).format(hosts=", ".join(platform.hosts))
                )
                if not self.person.there:
                    raise UsageError(
                        _("The browser uses your own checklist only after you agree to the hosts in it."),
                        _("Leave out --no-input, so that the program can ask you."),
                    )
            if not own and agreed(platform):
                continue
            if not self.person.there:
                raise UsageError(
                    _(
                        "Nobody has agreed to the notice for {platform} yet, so the browser did not open anything."
                    ).format(platform=_(platform.name)),
                    _(
                        "Leave out --no-input this once. You also agree when you save a sign-in with “privacyaudit "
                        "keys add”."
                    ),
                )
            if not self.person.confirm(_("Continue?"), True):
                raise UsageError(
                    _("You said no, so nothing was opened."),
                    _("To answer by hand: privacyaudit audit {platform}").format(platform=platform.id),
                )
            if not own:
                remember_yes(platform)

    def by_hand(self, parts: Sequence[Part]) -> None:
        """Say of each platform that no browser is opened for it, and why."""
        for part in parts:
            if why := labels.by_hand(part.checklist.platform):
                say()
                say(why)

    def sign_in(self, platform: Platform) -> bool:
        """Ask the person to sign in by hand."""
        say()
        say(
            _("A browser window is open. Sign in to {platform} in that window. The program does not watch you.").format(
                platform=_(platform.name)
            )
        )
        return self.person.confirm(_("Are you signed in?"), True)

    def finish_sign_in(self, platform: Platform) -> bool:
        """Ask the person to finish what the program could not."""
        say()
        say(
            _("{platform} asks for something else. Go back to the window and finish signing in.").format(
                platform=_(platform.name)
            )
        )
        return self.person.confirm(_("Are you signed in?"), True)

    def stage(self, sentence: str) -> None:
        """Tell what is going on."""
        say(sentence, "dim")

    def trouble(self, error: AuditError) -> None:
        """Tell what went wrong with the browser or the keyring."""
        self.person.trouble(error)


def say_what_was_left(catalogue: Catalogue) -> None:
    """Say once where a session may be left, because the program was killed while it was signed in."""
    for one in sessions_left.take():
        known = catalogue.loaded.get(one.platform)
        say(
            _(
                "On {day}, an audit of {platform} ended before it could sign out. You may still be signed "
                "in. Open the list of your sessions on {platform} and end the one from that audit."
            ).format(day=day(one.at), platform=_(known.checklist.platform.name) if known else one.platform)
        )
        say()


def reader(plan: Plan, reading: Reading, person: Person, look: Callable[[Found], None] | None = None) -> WebReader:
    """Return who reads the settings pages of a plan, once the person has agreed to it.

    Raises UsageError when they say no, or where an address is not known.
    """
    need_addresses(plan.parts)
    workspace.sweep()
    beside = Beside(person)
    readable = [part for part in plan.parts if any(check.probes for check in part.checklist.checks)]
    beside.by_hand([part for part in plan.parts if part not in readable])
    beside.agree(readable)
    filled = credentials if reading.filled else None
    return WebReader(beside, headless=reading.hidden, credentials=filled, look=look)
