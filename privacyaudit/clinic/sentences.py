"""What is said of a clinic in the same words at the terminal and in the window."""

from __future__ import annotations

from pathlib import Path

from privacyaudit.i18n import _, ngettext
from privacyaudit.storage import file_keys


def ended() -> str:
    """Say that nobody can share any more."""
    return _("Sharing has ended.")


def written(path: Path) -> str:
    """Say where one file of the report is."""
    return _("Written: {path}").format(path=path)


def took_part(people: int) -> str:
    """Say how many people shared."""
    return ngettext("{number} person took part.", "{number} people took part.", people).format(number=people)


def removed(gone: file_keys.Removed) -> list[str]:
    """Say what was kept and is gone."""
    said = [_("Removed: {path}").format(path=path) for path in gone.files]
    return [*said, _("Removed: the key in your system's keyring.")] if gone.key else said


def finished() -> str:
    """Say that the report cannot be written again."""
    return _("The program has removed the counts, so nobody can write this report again.")


def address_lost() -> str:
    """Say that phones no longer reach this computer."""
    return _("This computer has a different address now, so phones cannot reach it. The counts are safe.")


def same_network() -> str:
    """Say how phones reach it again."""
    return _("Connect this computer to the same network again.")


def goes_on_in_memory() -> str:
    """Say what happens while the counts cannot be kept."""
    return _("The clinic continues in this computer's memory. Free some space on the disk.")


def not_ended() -> str:
    """Say what to do when the end of a clinic cannot be kept."""
    return _("Nobody can share any more, but the program has not written the report yet. Free some space on the disk.")


def does_not_overwrite() -> str:
    """Say what a packed program cannot do."""
    return _(
        "This program is packed as one file, so it cannot overwrite memory that it no longer uses. "
        "If other people use this computer, restart it after the clinic."
    )


def keeping(*, kept: bool) -> str:
    """Say what is kept of a clinic while it is open."""
    if kept:
        return _("The program saves the counts every minute, encrypted, and removes them when it writes the report.")
    return _("Counts are in memory only. If the program is stopped before you end the clinic, they are gone.")
