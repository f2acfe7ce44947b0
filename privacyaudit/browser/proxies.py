"""Whether this computer is told to reach the internet through a proxy.

The environment and the settings of Windows and macOS are asked by way of `urllib.request`. The address of a file that
names the proxy (PAC) is looked for where each system keeps it. Nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_PATIENCE_S = 3.0
_HERE = ("127.0.0.1", "localhost", "::1")


def proxy_for(url: str) -> str:
    """Return where it is laid down that an address is reached through a proxy; empty where it is not."""
    return _without_password(way_out(url)) or ("" if _stays_here(url) else _file_that_names_one())


def way_out(url: str) -> str:
    """Return the proxy through which an address is reached, with the name and password that may stand in it.

    Empty where there is none, or where a file names it. To be shown to nobody.
    """
    if _stays_here(url):
        return ""
    told = getproxies()
    named = told.get(urlsplit(url).scheme) or told.get("all") or ""
    return named if "://" in named or not named else f"http://{named}"


def _stays_here(url: str) -> bool:
    parts = urlsplit(url)
    with suppress(OSError):
        return parts.hostname in _HERE or bool(proxy_bypass(parts.netloc.rpartition("@")[2]))
    return False


def _without_password(proxy: str) -> str:
    scheme, mark, rest = proxy.rpartition("://")
    return scheme + mark + rest.rpartition("@")[2].rstrip("/")


def _file_that_names_one() -> str:
    for name in ("auto_proxy", "AUTO_PROXY"):
        if told := os.environ.get(name):
            return told
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        return _after("ProxyAutoConfigURLString :", _said("scutil", "--proxy"))
    if _said("gsettings", "get", "org.gnome.system.proxy", "mode").strip() in ("'auto'", "'manual'"):
        return "org.gnome.system.proxy"
    return ""


def _of_windows() -> str:
    if sys.platform == "win32":
        import winreg

        key = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as settings:
            return str(winreg.QueryValueEx(settings, "AutoConfigURL")[0])
    return ""


def _after(word: str, text: str) -> str:
    return next((line.strip().removeprefix(word).strip() for line in text.splitlines() if word in line), "")


def _said(program: str, *words: str) -> str:
    """Return what a program of the system says, nothing where there is none."""
    if not (path := shutil.which(program)):
        return ""
    with suppress(OSError, subprocess.SubprocessError), tempfile.TemporaryDirectory() as cache:
        return subprocess.run(
            [path, *words],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
            env={**os.environ, "XDG_CACHE_HOME": cache},  # gsettings would leave a file there
        ).stdout
    return ""
