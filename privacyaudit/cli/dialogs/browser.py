"""The person beside the browser: what they are told and asked while it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from privacyaudit import labels
from privacyaudit.browser import workspace
from privacyaudit.browser.sign_in import Credentials
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.credentials import sign_ins
from privacyaudit.errors import AuditError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Checklist, Platform
from privacyaudit.plan import Part, Plan
from privacyaudit.readers import beside
from privacyaudit.readers.web import Found, WebReader
from privacyaudit.session import Reading


def show_notice(platform: Platform) -> None:
    """Show what a platform's terms say about reading it with a program, and what else to know before."""
    heading(_("Before we read {platform}").format(platform=_(platform.name)))
    say(_(platform.notice))


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
            own = beside.is_own(part)
            show_notice(platform)
            if own:
                say(beside.where_to(part))
                if not self.person.there:
                    raise UsageError(
                        _("The browser uses your own checklist only after you agree to the hosts in it."),
                        _("Leave out --no-input, so that the program can ask you."),
                    )
            if not own and beside.agreed(platform):
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
                beside.remember_yes(platform)

    def by_hand(self, parts: Sequence[Part]) -> None:
        """Say of each platform that no browser is opened for it, and why."""
        for part in parts:
            if why := labels.by_hand(part.checklist.platform):
                say()
                say(why)

    def sign_in(self, platform: Platform) -> bool:
        """Ask the person to sign in by hand."""
        say()
        say(beside.sign_in(platform))
        return self.person.confirm(_("Are you signed in?"), True)

    def finish_sign_in(self, platform: Platform) -> bool:
        """Ask the person to finish what the program could not."""
        say()
        say(beside.finish_sign_in(platform))
        return self.person.confirm(_("Are you signed in?"), True)

    def stage(self, sentence: str) -> None:
        """Tell what is going on."""
        say(sentence, "dim")

    def trouble(self, error: AuditError) -> None:
        """Tell what went wrong with the browser or the keyring."""
        self.person.trouble(error)


def say_what_was_left(catalogue: Catalogue) -> None:
    """Say once where a session may be left, because the program was killed while it was signed in."""
    for sentence in beside.what_was_left(catalogue):
        say(sentence)
        say()


def reader(plan: Plan, reading: Reading, person: Person, look: Callable[[Found], None] | None = None) -> WebReader:
    """Return who reads the settings pages of a plan, once the person has agreed to it.

    Raises UsageError when they say no, or where an address is not known.
    """
    beside.need_addresses(plan.parts)
    workspace.sweep()
    asked = Beside(person)
    readable = [part for part in plan.parts if beside.can_be_read(part)]
    asked.by_hand([part for part in plan.parts if part not in readable])
    asked.agree(readable)
    filled = credentials if reading.filled else None
    return WebReader(asked, headless=reading.hidden, credentials=filled, look=look)
