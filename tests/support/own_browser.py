"""A pretend browser of the person's own: it notes who asked it to open which address, and the test opens that."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

from tests.support.waiting import until

SCRIPT = '#!/bin/sh\necho "$PPID $1" >"$0.part" && mv "$0.part" "$0.asked"\n'


def note_asking(path: Path) -> Path:
    """Put the pretend browser at a path, for the variable BROWSER."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SCRIPT)
    path.chmod(0o700)
    return path


def asked_of(browser: Path) -> tuple[int, str]:
    """Wait until it was asked, and return the id of the process that did and the address."""
    asked = Path(f"{browser}.asked")
    until(asked.exists)
    pid, address = asked.read_text().split()
    return int(pid), address


def seen_at(address: str) -> str:
    """Open an address as a browser does, with its cookies, and return the page to which it leads. Raises URLError."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(address) as page:
        seen, at = str(page.read().decode()), page.url
    leads = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', seen)
    if leads is None:
        return seen
    with opener.open(urljoin(at, leads[1])) as page:
        return str(page.read().decode())
