"""Who else can read what is in a folder: the cloud that copies it, or whoever looks after the drive it is on.

Known marks only: names of folders, files that clouds put into them, what their own settings say, and how drives are
mounted. A folder without a known mark is taken for the person's own, so nothing here says that one is.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath

from privacyaudit.i18n import N_, _
from privacyaudit.storage import reading

_MOST = 1_000_000  # bytes of a file of settings


class Kind(Enum):
    """Why others can read a folder."""

    WORK_CLOUD = "work_cloud"
    CLOUD = "cloud"
    NETWORK = "network"
    STICK = "stick"


_SENTENCES = {
    Kind.WORK_CLOUD: N_(
        "This folder is copied to {name}, a cloud that belongs to an employer or a school. Its administrators can "
        "read what is in it."
    ),
    Kind.CLOUD: N_(
        "This folder is copied to {name}. Anyone who runs or shares that account can read what is in it. On a "
        "work computer, that may be your employer."
    ),
    Kind.NETWORK: N_(
        "This folder is on a network drive. Anyone who looks after that drive can read what is in it. At work, "
        "that is your employer."
    ),
    Kind.STICK: N_("This folder is on a memory stick or card. Anyone who has it can read what is in it."),
}


@dataclass(frozen=True)
class Owner:
    """Somebody else who has what is in a folder; `name` is that of the cloud, without anybody's own name."""

    kind: Kind
    name: str = ""

    @property
    def takes_away(self) -> bool:
        """Tell whether what is written there leaves this computer by itself."""
        return self.kind is not Kind.STICK

    @property
    def sentence(self) -> str:
        """Return who can read the folder, for a person."""
        return _(_SENTENCES[self.kind]).format(name=_(self.name) if self.name else "")


def owner_of(folder: Path) -> Owner | None:
    """Return who else has what is in a folder, which need not be there yet; None where no mark is known."""
    whole = folder.absolute()
    seen = [whole]
    with suppress(OSError, RuntimeError):
        seen.append(whole.resolve())
    for path in dict.fromkeys(seen):
        if found := _by_setting(path) or _by_name(path) or _by_mark(path) or _by_drive(path):
            return found
    return None


# -- clouds ----------------------------------------------------------------------------------------

_WORK_ONEDRIVE = re.compile(r"^OneDrive ?- ?(?!Personal\b)\S", re.I)
_NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^OneDrive\b", re.I), "OneDrive"),
    (re.compile(r"^Dropbox\b(?! ?\.)", re.I), "Dropbox"),
    (re.compile(r"^(?:Google ?Drive\b|My Drive$|Shared drives$)", re.I), "Google Drive"),
    (re.compile(r"^(?:iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)$", re.I), "iCloud Drive"),
    (re.compile(r"^(?:Nextcloud|ownCloud)\d*$", re.I), "Nextcloud"),
    (re.compile(r"^(?:Box Sync|Box-Box)$"), "Box"),
    (re.compile(r"^(?:pCloud ?Drive|SynologyDrive|MEGA|MEGAsync|Proton ?Drive|Tresorit)\b"), N_("a cloud service")),
)
_MARKS = {
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "Nextcloud",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
    ".stfolder": "Syncthing",
}
"""Files that clouds put into the topmost folder that they copy."""


def _by_setting(path: Path) -> Owner | None:
    """Look into what the clouds have told the system of themselves."""
    for variable, kind in (
        ("OneDriveCommercial", Kind.WORK_CLOUD),
        ("OneDriveConsumer", Kind.CLOUD),
        ("OneDrive", Kind.CLOUD),
    ):
        if (told := os.environ.get(variable)) and _is_in(path, Path(told)):
            return Owner(_work(kind, Path(told)), "OneDrive")
    for place, name in _own_settings():
        if _is_in(path, place):
            return Owner(Kind.CLOUD, name)
    return None


def _work(kind: Kind, folder: PurePath) -> Kind:
    return Kind.WORK_CLOUD if _WORK_ONEDRIVE.match(folder.name) else kind


def _own_settings() -> Iterator[tuple[Path, str]]:
    home = Path.home()
    bases = [os.environ.get(name) for name in ("APPDATA", "LOCALAPPDATA")]
    for info in (home / ".dropbox/info.json", *(Path(base, "Dropbox/info.json") for base in bases if base)):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            for account in json.loads(reading.content(info, _MOST)).values():
                yield Path(account["path"]), "Dropbox"
    for settings in (home / ".config/Nextcloud/nextcloud.cfg", home / ".config/ownCloud/owncloud.cfg"):
        with suppress(OSError, ValueError):
            for told in re.findall(r"localPath=(.+)", reading.content(settings, _MOST).decode()):
                yield Path(told.strip()), "Nextcloud"
    if sys.platform == "darwin":
        for redirected in ("Desktop", "Documents"):
            if (home / "Library/Mobile Documents/com~apple~CloudDocs" / redirected).exists():
                yield home / redirected, "iCloud Drive"


def _by_name(path: Path) -> Owner | None:
    for part in path.parts:
        if _WORK_ONEDRIVE.match(part):
            return Owner(Kind.WORK_CLOUD, "OneDrive")
        for pattern, name in _NAMES:
            if pattern.match(part):
                return Owner(Kind.CLOUD, name)
    return None


def _by_mark(path: Path) -> Owner | None:
    for folder in (path, *path.parents):
        for mark, name in _MARKS.items():
            with suppress(OSError):
                if next(folder.glob(mark), None) and folder != Path.home():
                    return Owner(Kind.CLOUD, name)
    return None


def _is_in(path: Path, folder: Path) -> bool:
    one, other = (PurePath(os.path.normcase(some)) for some in (path, folder))
    return one.is_relative_to(other)


# -- drives ----------------------------------------------------------------------------------------

_NETWORKS = re.compile(
    r"^(?:nfs\d?|cifs|smb\d?|smbfs|afpfs|webdav|davfs2?|ncpfs|afs|ceph|fuse\.(?:sshfs|davfs|gvfsd-fuse))$"
)
_CLOUDS = re.compile(r"^fuse\.(?:rclone|onedriver|google-drive-ocamlfuse|gcsf|GoogleDriveFS)$", re.I)
MOUNTS = Path("/proc/self/mounts")
_STICKS = re.compile(r"^/(?:run/)?media/|^/Volumes/")


def _by_drive(path: Path) -> Owner | None:
    if sys.platform == "win32":
        return _by_windows_drive(path)
    mounts = [(place, kind) for place, kind in _mounts() if path.is_relative_to(place)]
    if not mounts:
        return None
    place, kind = max(mounts, key=lambda one: len(Path(one[0]).parts))
    if _NETWORKS.match(kind):
        return Owner(Kind.NETWORK)
    if _CLOUDS.match(kind):
        return Owner(Kind.CLOUD, N_("a cloud service"))
    return Owner(Kind.STICK) if _STICKS.match(f"{place}/") else None


def _by_windows_drive(path: Path) -> Owner | None:
    if path.drive.startswith("\\\\") and not path.drive.startswith(("\\\\?\\", "\\\\.\\")):
        return Owner(Kind.NETWORK)
    if sys.platform == "win32":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")
        return {2: Owner(Kind.STICK), 4: Owner(Kind.NETWORK)}.get(kind)
    return None


def _mounts() -> list[tuple[str, str]]:
    """Return where each drive is mounted, and its kind."""
    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=3, check=False).stdout
            return re.findall(r" on (/.*?) \((\w+)", said)
        lines = reading.content(MOUNTS, _MOST).decode(errors="replace").splitlines()
        fields = [line.split(" ") for line in lines]
        return [(re.sub(r"\\([0-7]{3})", lambda o: chr(int(o[1], 8)), one[1]), one[2]) for one in fields]
    return []
