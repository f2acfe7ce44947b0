"""A window in which Pebble is a service like others, and which signs in to it by itself; also as a program."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial

from privacyaudit.browser.sign_in import Credentials
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.model import Group
from privacyaudit.readers.web import WebReader
from privacyaudit.window.serving import Served, opened


def with_pebble(origin: str) -> Catalogue:
    """Return a catalogue with few services, of which Pebble is one, at the address where it runs."""
    known = loading.catalogue()
    loaded = known.loaded["demo"]
    of = loaded.checklist.platform
    assert of.site
    at = of.model_copy(update={"group": Group.SOCIAL, "site": of.site.model_copy(update={"default": origin})})
    made = replace(loaded, checklist=loaded.checklist.model_copy(update={"platform": at}))
    few = {name: one for name, one in known.loaded.items() if name in ("everyday", "facebook")}
    return replace(known, loaded={"demo": made, **few})


def read_hidden(window: Served, known: Credentials) -> None:
    """Let the window read Pebble without a window, signed in by itself."""
    window.program.desk.reader = lambda one: WebReader(
        one, headless=True, credentials=lambda _checklist: known, watcher=one
    )
    window.program.desk.need = lambda: None


def main(origin: str, user: str, password: str) -> None:
    """Serve such a window until somebody ends it."""
    with opened(partial(with_pebble, origin), unkept="", announced=False) as window:
        read_hidden(window, Credentials(origin, user, password, code=None))
        print(window.address, flush=True)
        window.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
