"""What opens a file that is kept encrypted: its key in the keyring, or a passphrase that a person types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from privacyaudit.cli import terminal
from privacyaudit.errors import KeyringError
from privacyaudit.i18n import _
from privacyaudit.over_time import history
from privacyaudit.storage import encrypted


@dataclass(frozen=True)
class Unlock:
    """How the person wants to open it: by the keyring, by a passphrase they type, or by one on the standard input."""

    passphrase: bool = False
    stdin: bool = False
    asks: bool = True

    def history(self) -> bytes | str:
        """Return what opens the history. Raises as `open`."""
        choose = _(
            "Choose a passphrase for your history. Nobody can open the history without it, and the program "
            "does not save it."
        )
        return self.open(history.keyring_key, choose="" if history.exists() else choose)

    def open(self, keyring_key: Callable[[], bytes], *, choose: str) -> bytes | str:
        """Return the key in the keyring, or a passphrase: where it is wanted, or where a person can be asked instead.

        `choose` is said when the passphrase is for something new, and then it is asked for twice; else it is empty.
        With `asks` false nobody is asked for one.
        Raises KeyringError where nobody can be asked, MissingExtra, and UsageError.
        """
        encrypted.need_apsw()
        if self.stdin:
            return terminal.piped_line()
        if not self.passphrase:
            try:
                return keyring_key()
            except KeyringError as error:
                if not (self.asks and terminal.interactive()):
                    raise
                terminal.fail(error.what)
                terminal.say(_("You can use a passphrase instead of the keyring. Press Ctrl+C to stop."))
        terminal.need_typist("--passphrase-stdin", asks=self.asks)
        if choose:
            terminal.say(choose)
        question = _("Passphrase (you will not see what you type)")
        return terminal.typed(question, hide_input=True, confirmation_prompt=_("Type it again") if choose else False)
