"""How a browser keeps the site: the script that asks it to, the worker, the manifest and the icons."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence

from privacyaudit import i18n, shipped
from privacyaudit.i18n import _

REGISTER = "register.js"
WORKER = "worker.js"
MANIFEST = "manifest.webmanifest"
ICON = "icon.svg"
ICONS = {"icon-180.png": 180, "icon-192.png": 192, "icon-512.png": 512}
"""The icon as pictures of so many pixels, without round corners: phones cut them as they like."""

_COLOUR = "#0f5499"
_PLACE = """'{"version": "", "parts": [[]]}'"""


def register() -> str:
    """Return the script of a page that lets the browser keep the site."""
    return _text(REGISTER)


def icon() -> str:
    """Return the icon as an address that needs no request."""
    return f"data:image/svg+xml;base64,{base64.b64encode(_text(ICON).encode()).decode()}"


def fixed() -> dict[str, bytes]:
    """Return the files of the site that are the same in each, by name."""
    folder = shipped.folder("reports") / "site"
    return {name: (folder / name).read_bytes() for name in (REGISTER, ICON, *ICONS)}


def manifest(start: str) -> str:
    """Return what the site is as an app on a home screen, which opens with a page."""
    pictures = [
        {"src": name, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size in ICONS.items()
        for purpose in ("any", "maskable")
    ]
    said = {
        "id": "index.html",
        "name": _("Your privacy settings"),
        "short_name": _("Privacy"),
        "lang": i18n.language().replace("_", "-"),
        "start_url": start,
        "scope": "./",
        "display": "standalone",
        "background_color": _COLOUR,
        "theme_color": _COLOUR,
        "icons": [{"src": ICON, "sizes": "any", "type": "image/svg+xml"}, *pictures],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def worker(files: Mapping[str, bytes], parts: Sequence[Sequence[str]], instead: str) -> str:
    """Return the service worker that keeps these files: the first part at once, each other one when it is opened.

    In place of a page that is not kept and cannot be had, it shows `instead`, one of the first part.
    Its name for what it keeps changes with each of the files. Raises ValueError for a name that cannot stand in it.
    """
    version = hashlib.sha256()
    for name in sorted({name for part in parts for name in part}):
        version.update(f"{name}\0{hashlib.sha256(files[name]).hexdigest()}\n".encode())
    said = json.dumps(
        {"version": version.hexdigest()[:16], "parts": [list(part) for part in parts], "instead": instead}
    )
    if strange := [sign for sign in "'\\\n" if sign in said]:
        raise ValueError(f"a file of the site has {strange[0]!r} in its name")
    return _text(WORKER).replace(_PLACE, f"'{said}'")


def _text(name: str) -> str:
    return (shipped.folder("reports") / "site" / name).read_text(encoding="utf-8")
