"""The history as the window uses it: once it was opened, it stays so for as long as the window is open."""

from __future__ import annotations

from dataclasses import dataclass

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Decision
from privacyaudit.over_time import decisions, history
from privacyaudit.over_time.history import History
from privacyaudit.over_time.memory import Memory
from privacyaudit.window import outcome, wishes
from privacyaudit.window.outcome import Result


@dataclass
class Past:
    """What opens the history: a key or a passphrase; None until it was opened."""

    secret: bytes | str | None = None

    @property
    def is_locked(self) -> bool:
        """Tell whether there is a history that nothing has opened yet."""
        return self.secret is None and history.exists()

    def memory(self) -> Memory | None:
        """Open the history, where there is one. Raises KeyringError where it needs a passphrase, and AuditError."""
        if not history.exists():
            return None
        secret = self.secret or history.keyring_key()
        memory = Memory.open(secret)
        self.secret = secret
        return memory

    def unlock(self, passphrase: str) -> None:
        """Open the history with its passphrase; none is begun with it. Raises UsageError where there is none."""
        if not history.exists():
            raise UsageError(_("There is no history yet."))
        Memory.open(passphrase)
        self.secret = passphrase

    def need(self) -> bytes | str:
        """Return what opens the history. Raises UsageError where there is none, and as `memory`."""
        if not history.exists():
            raise UsageError(_("There is no history yet."))
        return self.secret or history.keyring_key()

    def begin_empty(self, passphrase: str) -> None:
        """Begin a history in which there is no audit yet. Raises AuditError."""
        self.secret = Memory.open(passphrase or history.keyring_key()).secret

    def begin(self, result: Result, passphrase: str) -> Result:
        """Begin a history with an audit; return its result, which says that it is kept. Raises AuditError."""
        memory = Memory.open(passphrase or history.keyring_key())
        _counts, unkept = memory.keep(result.record, ())
        if unkept:
            raise unkept
        self.secret = memory.secret
        return outcome.now_kept(result)

    def decide(self, wish: wishes.Decide, catalogue: Catalogue) -> tuple[Decision, str]:
        """Keep an accepted risk or a planned change; return it, and the sentence about it. Raises UsageError."""
        if self.secret is None:
            raise UsageError(_("You have not kept an audit yet, so there is nothing to accept or plan."))
        _loaded, check = catalogue.check(wish.check)
        if wish.kind == "accept" and not wish.because.strip():
            raise UsageError(_("To accept a risk, say until when and why."))
        with History.open(self.secret) as kept:
            found = decisions.newest(kept, check)
            made = decisions.decided_by_words(wish.kind, check, found, wish.until, wish.because)
            kept.decide(made)
        return made, decisions.sentence(made, check)
