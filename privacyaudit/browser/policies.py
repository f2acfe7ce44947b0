"""What an administrator has laid down for the browsers of this computer.

Only what is laid down for good is read. What is merely recommended gives way to the words with which a browser is
started, so it cannot be why one does not start.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class _Kind(NamedTuple):
    """Where the policies of one make of browser are: folders on Linux, a key on Windows, a name on macOS."""

    folders: tuple[str, ...]
    key: str
    domain: str


_KINDS = {
    "brave": _Kind(("/etc/brave/policies",), r"BraveSoftware\Brave", "com.brave.Browser"),
    "edge": _Kind(("/etc/opt/edge/policies",), r"Microsoft\Edge", "com.microsoft.Edge"),
    "chromium": _Kind(
        ("/etc/chromium/policies", "/etc/chromium-browser/policies"), "Chromium", "org.chromium.Chromium"
    ),
    "chrome": _Kind(("/etc/opt/chrome/policies",), r"Google\Chrome", "com.google.Chrome"),
}
_SHELL = "headless-shell"
"""Debian's chromium-headless-shell, which reads no policy."""

ROUTES = ("ProxySettings", "ProxyMode", "ProxyServer", "ProxyPacUrl", "ProxyServerMode")
"""Each of these counts for more than the way out with which a browser is started: it would lead around the gate."""

_DOUBTFUL = ("UserDataDir", "BrowserSignin", "ExtensionInstallForcelist", "IncognitoModeAvailability")


def of(program: Path) -> dict[str, object]:
    """Return the name and value of each policy that a browser program has to follow; nothing where none can be read."""
    name = str(program).lower().removeprefix(str(Path.home()).lower())
    kind = next((kind for word, kind in _KINDS.items() if word in name), None)
    if kind is None or _SHELL in name:
        return {}
    if sys.platform == "win32":
        return dict(_in_registry(kind))
    if sys.platform == "darwin":
        return dict(_in_preferences(kind))
    return dict(_in_folders(kind))


def routes(policies: Mapping[str, object]) -> list[str]:
    """Return the names of the policies that lay down how the browser gets out."""
    return [name for name in ROUTES if name in policies]


def forbidding(policies: Mapping[str, object], *, headless: bool) -> list[str]:
    """Return the names of the policies under which no program can steer the browser."""
    forbids = {
        "RemoteDebuggingAllowed": policies.get("RemoteDebuggingAllowed") in (False, 0),
        "HeadlessMode": headless and policies.get("HeadlessMode") == 2,
        "DeveloperToolsAvailability": policies.get("DeveloperToolsAvailability") == 2,
    }
    return [name for name, does in forbids.items() if name in policies and does]


def doubtful(policies: Mapping[str, object]) -> list[str]:
    """Return the names of the policies that may keep a browser from starting as this program needs it."""
    return [name for name in _DOUBTFUL if name in policies and policies[name] not in (0, "", [])]


def _in_folders(kind: _Kind) -> Iterator[tuple[str, object]]:
    for folder in kind.folders:
        for path in sorted(Path(folder, "managed").glob("*.json")):
            with suppress(OSError, ValueError):
                found = json.loads(path.read_text(encoding="utf-8-sig"))
                if isinstance(found, dict):
                    yield from found.items()


def _in_preferences(kind: _Kind) -> Iterator[tuple[str, object]]:
    import getpass
    import plistlib

    base = Path("/Library/Managed Preferences")
    for path in (base / f"{kind.domain}.plist", base / getpass.getuser() / f"{kind.domain}.plist"):
        with suppress(OSError, ValueError):
            yield from plistlib.loads(path.read_bytes()).items()


def _in_registry(kind: _Kind) -> Iterator[tuple[str, object]]:
    if sys.platform != "win32":
        return
    import winreg

    for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        with suppress(OSError), winreg.OpenKey(hive, rf"Software\Policies\{kind.key}") as key:
            keys, values, _changed = winreg.QueryInfoKey(key)
            for number in range(values):
                name, value, _type = winreg.EnumValue(key, number)
                yield name, value
            for number in range(keys):  # a list is a key of its own
                yield winreg.EnumKey(key, number), True
