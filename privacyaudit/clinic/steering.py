"""What a clinic and the program that steers it say to each other, and a representative who has nothing to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from privacyaudit import errors
from privacyaudit.clinic import sentences
from privacyaudit.clinic.session import Session
from privacyaudit.errors import AuditError, KeyringError
from privacyaudit.model import Data
from privacyaudit.storage import file_keys

if TYPE_CHECKING:
    from privacyaudit.serving.runner import Running

END, AGAIN = "end", "again"
"""What can be said to a clinic while it is open, and when its end could not be kept."""


class Wanted(Data):
    """Which clinic: a new one with a name, or the one that was cut off, at its own `address` where that is empty.

    `passphrase` opens what is kept, without one the keyring does; `folder` is where the report goes. A new one is for a
    role, or for everyone, and about some platforms, or all; `quick` about their essential checks only.
    """

    folder: str
    resume: bool = False
    name: str = ""
    role: str | None = None
    platforms: tuple[str, ...] = ()
    quick: bool = True
    address: str = ""
    passphrase: str = ""
    memory_only: bool = False


class Told(Data):
    """All that is known of a clinic; `trouble` is why it failed or cannot be ended yet.

    `lost` and `unkept` say why phones do not reach it, and why its counts are not kept. With `locked`, a passphrase
    would open what is kept. `said` and `report` are what came of it: sentences, and the report's HTML file.
    """

    stage: Literal["opening", "open", "stuck", "over", "failed"]
    name: str = ""
    code: str = ""
    address: str = ""
    board: str = ""
    picture: str = ""
    notes: tuple[str, ...] = ()
    kept: bool = False
    people: str = ""
    lost: str = ""
    unkept: str = ""
    trouble: str = ""
    locked: bool = False
    said: tuple[str, ...] = ()
    report: str = ""


@dataclass
class Typed:
    """What opens a clinic's file: a passphrase that was typed, or else the key in the keyring."""

    passphrase: str

    def open(self, keyring_key: Callable[[], bytes], *, choose: str) -> bytes | str:
        """Return it. Raises KeyringError and MissingExtra."""
        return self.passphrase or keyring_key()


@dataclass
class Noting:
    """A representative who notes what came of a clinic, and has nothing to decide."""

    said: list[str] = field(default_factory=list)
    report: str = ""

    def opened(self, clinic: Session) -> None:
        """Note nothing."""

    def wait(self, running: Running) -> None:
        """Wait for nobody."""

    def address_lost(self) -> None:
        """Note nothing."""

    def address_back(self) -> None:
        """Note nothing."""

    def not_kept(self, trouble: AuditError) -> None:
        """Note why the counts cannot be kept."""
        self.said.append(trouble.what)

    def made_room(self, trouble: AuditError) -> bool:
        """Try nothing once more."""
        return False

    def ended(self) -> None:
        """Note that nobody can share any more."""
        self.said.append(sentences.ended())

    def written(self, path: Path) -> None:
        """Note one file of the report; the first one is its HTML."""
        self.report = self.report or str(path)
        self.said.append(sentences.written(path))

    def took_part(self, people: int) -> None:
        """Note how many people shared."""
        self.said.insert(0, sentences.took_part(people))

    def removed(self, gone: file_keys.Removed) -> None:
        """Note what was kept and is gone."""
        self.said += sentences.removed(gone)
        if gone.trouble and not gone.files:
            self.said.append(on_a_page(gone.trouble))

    def finished(self) -> None:
        """Note that the report cannot be written again."""
        self.said.append(sentences.finished())


def on_a_page(error: AuditError) -> str:
    """Return a trouble as it is said where no command is typed and nobody signs in, which a keyring is for."""
    return error.what if isinstance(error, KeyringError) else errors.on_a_page(error)


def failed(error: AuditError, passphrase: str) -> Told:
    """Return what is told of a clinic that could not be opened or ended, with what was typed to open it."""
    locked = isinstance(error, KeyringError) or bool(passphrase)
    return Told(stage="failed", trouble=on_a_page(error), locked=locked)
