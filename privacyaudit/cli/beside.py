"""The person beside the browser: what they are told and asked while it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privacyaudit.audit import Part
from privacyaudit.cli import prompts
from privacyaudit.cli.terminal import fail, heading, say
from privacyaudit.errors import BrowserError, UsageError
from privacyaudit.model import Platform
from privacyaudit.words import _


@dataclass(frozen=True)
class Beside:
    """Talks to the person through the terminal; with `ask` false nothing is asked and the answer is no."""

    plain: bool
    ask: bool

    def agree(self, parts: Sequence[Part]) -> None:
        """Show each platform's notice, and the hosts of checklists from elsewhere, and ask whether to go on.

        Raises UsageError when the person says no.
        """
        for part in parts:
            platform = part.checklist.platform
            heading(_("Before {platform} is read").format(platform=_(platform.name)))
            say(_(platform.notice))
            if part.loaded.origin == "own":
                say(
                    _("This checklist does not come with the program. It may open: {hosts}.").format(
                        hosts=", ".join(platform.hosts)
                    )
                )
                if not self.ask:
                    raise UsageError(
                        _("A checklist of your own is read only after you agreed to its hosts."),
                        _("Leave out --no-input, so that you can be asked."),
                    )
            if self.ask and not prompts.confirm(_("Go on?"), True, plain=self.plain):
                raise UsageError(_("You said no, so nothing was opened."), _("Leave out --browser to answer by hand."))

    def sign_in(self, platform: Platform) -> bool:
        """Ask the person to sign in by hand."""
        say()
        say(
            _("A window is open. Sign in to {platform} there. The program looks away.").format(
                platform=_(platform.name)
            )
        )
        return self.ask and prompts.confirm(_("Are you signed in?"), True, plain=self.plain)

    def finish_sign_in(self, platform: Platform) -> bool:
        """Ask the person to finish what the program could not."""
        say()
        say(_("{platform} asks for something more. Finish in the window.").format(platform=_(platform.name)))
        return self.ask and prompts.confirm(_("Are you signed in?"), True, plain=self.plain)

    def stage(self, sentence: str) -> None:
        """Tell what is going on."""
        say(sentence, "dim")

    def trouble(self, error: BrowserError) -> None:
        """Tell what went wrong with the browser."""
        fail(error.what, error.advice)
