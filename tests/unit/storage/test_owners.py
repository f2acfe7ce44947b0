"""Who else can read a folder is told before a report is written there, and the usual folder is one that stays here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from privacyaudit.storage import folders, owners
from privacyaudit.storage.owners import Kind, Owner, owner_of
from tests.support import in_process, machines

WORK = "OneDrive - Example County Council"
COUNCIL = Owner(Kind.WORK_CLOUD, "OneDrive")


@pytest.fixture
def home() -> Path:
    made = Path.home()
    made.mkdir()
    return made


def redirected(home: Path, documents: str) -> None:
    """Let the documents of this person be in another folder, as Windows 11 and many schools do."""
    (home / ".config").mkdir()
    (home / ".config/user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="$HOME/{documents}"\n')


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        (f"{WORK}/Documents", COUNCIL),
        ("OneDrive - Personal/x", Owner(Kind.CLOUD, "OneDrive")),
        ("OneDrive/Documents", Owner(Kind.CLOUD, "OneDrive")),
        ("Library/CloudStorage/OneDrive-ExampleCouncil", COUNCIL),
        ("Library/CloudStorage/GoogleDrive-a@b.example/My Drive", Owner(Kind.CLOUD, "Google Drive")),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", Owner(Kind.CLOUD, "iCloud Drive")),
        ("iCloudDrive/x", Owner(Kind.CLOUD, "iCloud Drive")),
        ("Dropbox/a", Owner(Kind.CLOUD, "Dropbox")),
        ("Dropbox (Ysgol X)/a", Owner(Kind.CLOUD, "Dropbox")),
        ("Google Drive/a", Owner(Kind.CLOUD, "Google Drive")),
        ("Nextcloud/a", Owner(Kind.CLOUD, "Nextcloud")),
        ("ownCloud2/a", Owner(Kind.CLOUD, "Nextcloud")),
        ("Documents/privacyaudit", None),
        ("Documents/my onedrive notes", None),
        ("Box of letters", None),
        ("Dropboxes", None),
    ],
)
def test_a_cloud_is_known_by_the_name_of_its_folder(home: Path, folder: str, expected: Owner | None) -> None:
    assert owner_of(home / folder) == expected


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".dropbox.cache/x", "Dropbox"),
        (".sync_1a2b3c.db", "Nextcloud"),
        (".stfolder/x", "Syncthing"),
    ],
)
def test_a_cloud_is_known_by_the_file_that_it_puts_there(home: Path, mark: str, name: str) -> None:
    place = home / "Files" / mark
    place.parent.mkdir(parents=True)
    place.write_text("")
    assert owner_of(home / "Files/of/mine") == Owner(Kind.CLOUD, name)
    assert owner_of(home / "Elsewhere") is None


@pytest.mark.parametrize(
    ("variable", "folder", "expected"),
    [
        ("OneDriveCommercial", "Work files", COUNCIL),
        ("OneDriveConsumer", "Files", Owner(Kind.CLOUD, "OneDrive")),
        ("OneDrive", "Files", Owner(Kind.CLOUD, "OneDrive")),
    ],
)
def test_a_cloud_is_known_by_what_it_told_the_system(
    home: Path, variable: str, folder: str, expected: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(home / folder))
    assert owner_of(home / folder / "a/b") == expected
    assert owner_of(home / f"{folder} of old") is None


def test_a_cloud_is_known_by_its_own_settings(home: Path) -> None:
    (home / ".dropbox").mkdir()
    (home / ".dropbox/info.json").write_text(json.dumps({"business": {"path": str(home / "Shared with work")}}))
    (home / ".config/Nextcloud").mkdir(parents=True)
    (home / ".config/Nextcloud/nextcloud.cfg").write_text(f"[Accounts]\n0\\Folders\\1\\localPath={home}/Cwmwl/\n")
    assert owner_of(home / "Shared with work/a") == Owner(Kind.CLOUD, "Dropbox")
    assert owner_of(home / "Cwmwl/a") == Owner(Kind.CLOUD, "Nextcloud")
    assert owner_of(home / "Documents") is None, "the folder of Dropbox's own settings marks nothing"


def test_a_folder_that_only_leads_into_a_cloud_is_in_it(home: Path) -> None:
    (home / WORK).mkdir()
    (home / "Documents").symlink_to(home / WORK)
    assert owner_of(home / "Documents/privacyaudit") == COUNCIL


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("nfs4", Kind.NETWORK),
        ("cifs", Kind.NETWORK),
        ("smb3", Kind.NETWORK),
        ("fuse.sshfs", Kind.NETWORK),
        ("fuse.rclone", Kind.CLOUD),
        ("ext4", None),
    ],
)
def test_a_drive_is_known_by_how_it_is_mounted(
    home: Path, kind: str, expected: Kind | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    there = str(home).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/staff\\040files {there}/H\\040drive {kind} rw 0 0\n")
    monkeypatch.setattr(owners, "MOUNTS", mounts)
    monkeypatch.setattr(sys, "platform", "linux")
    found = owner_of(home / "H drive/reports")
    assert (found.kind if found else None) == expected
    assert owner_of(home / "Documents") is None


def test_a_stick_is_named_and_is_no_cloud() -> None:
    script = "import pathlib; from privacyaudit.storage.owners import owner_of; "
    script += "found = owner_of(pathlib.Path('/media/ann/STICK/reports')); print(found.kind.name, found.takes_away)"
    done = machines.run(["-c", script], files={"/media/ann/STICK/x/y": ""}, sticks=("/media/ann/STICK",))
    assert done.stdout.split() == ["STICK", "False"], done.stderr


# -- where a report goes ---------------------------------------------------------------------------

AUDIT = ("audit", "dating", "--quick", "--no-open", "--role", "teacher", "--no-keep")


def test_by_default_a_report_is_not_written_into_a_cloud(home: Path) -> None:
    redirected(home, f"{WORK}/Documents")
    done = in_process.run(*AUDIT, "--no-input")
    assert done.returncode == 0, done.stderr
    assert str(folders.folder() / "reports") in done.stdout.replace("\n", "")
    assert not (home / WORK).exists()
    assert len(list((folders.folder() / "reports").glob("*.html"))) == 1
    assert "The files stay on this computer." in done.stdout


def test_without_a_cloud_a_report_is_where_it_always_was(home: Path) -> None:
    redirected(home, "Papers")
    assert folders.reports() == home / "Papers/privacyaudit"


def test_a_folder_that_is_named_in_a_cloud_is_asked_about_and_another_one_is_taken(home: Path) -> None:
    done = in_process.run(*AUDIT, "--plain", "--out", str(home / WORK), typed="n\n1\n" + "s\n" * 60)
    assert done.returncode == 0, done.stderr
    assert "a cloud that belongs to an employer or a school" in done.stdout
    assert not (home / WORK).exists()
    assert list(folders.reports().glob("*.html"))


@pytest.mark.parametrize("asks", [True, False])
def test_a_report_that_is_written_into_a_cloud_never_says_that_it_stays_here(home: Path, asks: bool) -> None:
    words = ("--plain",) if asks else ("--no-input",)
    done = in_process.run(*AUDIT, *words, "--out", str(home / WORK), typed="y\n1\n" + "s\n" * 60)
    assert done.returncode == 0, done.stderr
    [report] = (home / WORK).glob("*.html")
    said = done.stdout.replace("\n", " ")
    assert "Its administrators can read what is in it." in said
    assert "Its administrators can read what is in it." in report.read_text()
    assert "Example County" not in report.read_text(), "a report holds no name of an employer"
    for promise in ("stay on this computer", "Nothing leaves"):
        assert promise not in said
        assert promise not in report.read_text()


@pytest.mark.parametrize("command", ["report", "page", "compare"])
def test_whatever_writes_a_file_into_a_cloud_says_so(home: Path, tmp_path: Path, command: str) -> None:
    cloud = home / "Dropbox"
    if command == "page":
        done = in_process.run("page", "dating", "--quick", "-o", str(cloud / "page.html"))
    else:
        for number in range(2):
            in_process.run(*AUDIT, "--no-input", "--out", str(tmp_path / str(number)), "--format", "json")
        [one], [other] = ((tmp_path / str(number)).glob("*.json") for number in range(2))
        records = (one,) if command == "report" else (one, other)
        formats = ("--no-open",) if command == "report" else ("--format", "html", "--no-open")
        done = in_process.run(command, *map(str, records), *formats, "--out", str(cloud))
    assert done.returncode == 0, done.stderr
    assert "This folder is copied to Dropbox." in done.stdout
