"""Where things are on this computer."""

from __future__ import annotations

import os
from pathlib import Path

from privacyaudit.storage import folders, owners

NAME = "privacyaudit"


def state() -> Path:
    """Return the folder for resume files and the ledger (`PRIVACYAUDIT_STATE` sets another one)."""
    if chosen := os.environ.get("PRIVACYAUDIT_STATE"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_state_dir(NAME, appauthor=False))


def documents() -> Path:
    """Return the folder in which a person keeps documents."""
    import platformdirs

    return Path(platformdirs.user_documents_dir())


def desktop() -> Path:
    """Return the folder whose files lie on a person's desktop, which need not be there."""
    import platformdirs

    return Path(platformdirs.user_desktop_dir())


def menu() -> Path:
    """Return the folder in which a desktop of Linux looks for a person's own entries of its menu."""
    import platformdirs

    return Path(platformdirs.user_data_dir()) / "applications"


def start_menu() -> Path:
    """Return the folder of a person's own entries in the Start menu of Windows."""
    return Path(os.environ.get("APPDATA") or Path.home()) / "Microsoft" / "Windows" / "Start Menu" / "Programs"


def reports() -> Path:
    """Return the folder for reports when no other one is asked for.

    It is in the person's documents, unless those are copied to a cloud or are on a drive of the network: then it is
    among the data of the program, which stays on this computer.
    """
    usual = documents() / NAME
    owner = owners.owner_of(usual)
    return folder() / "reports" if owner and owner.takes_away else usual


def own_checklists() -> Path:
    """Return the folder of the person's own checklists."""
    import platformdirs

    return Path(platformdirs.user_config_dir(NAME, appauthor=False)) / "checklists"


def folder() -> Path:
    """Return the folder of the history (`PRIVACYAUDIT_DATA` sets another one)."""
    if chosen := os.environ.get("PRIVACYAUDIT_DATA"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir(folders.NAME, appauthor=False))
