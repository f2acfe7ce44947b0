"""Sessions that break: a keyring that is locked midway, a browser that stops. What was read before is kept."""

from __future__ import annotations

import os
import signal
import ssl
import threading
from pathlib import Path

import pytest
import trustme

from privacyaudit import labels
from privacyaudit.browser import sign_in
from privacyaudit.errors import KeyringError
from privacyaudit.model import Checklist, Observation, Reason
from privacyaudit.plan import Item
from privacyaudit.readers import web
from tests.support.person import Quiet
from tests.support.settings_page import BOX, HEAD, checklist, page
from tests.support.site import Reply, Seen, Site

pytestmark = pytest.mark.browser

TICKED = '<input type="checkbox" name="box" checked>'


def named(made: Checklist, platform: str) -> Checklist:
    text = made.model_dump_json(by_alias=True).replace('"small"', f'"{platform}"')
    return Checklist.model_validate_json(text.replace("small.one", f"{platform}.one"))


def test_a_keyring_that_is_locked_midway_leaves_one_platform_to_the_person_and_reads_the_others(site: Site) -> None:
    site.pages |= {"/home": Reply(HEAD), "/page": page(TICKED), "/sign-in": page(SIGN_IN_FORM)}
    form = {"user": {"field": "user"}, "password": {"field": "pass"}, "submit": {"role": "button", "name": ["In"]}}
    entry = {"open": f"{site.origin}/sign-in", "form": form}
    first = checklist(site, BOX, sign_in=entry)
    second = named(first, "other")
    third = named(first, "third")
    person = Quiet()

    def credentials(made: Checklist) -> sign_in.Credentials:
        if made.platform.id == "other":
            raise KeyringError("The keyring is locked.", "Unlock it.")
        return sign_in.Credentials(site.origin, "ann", "secret", None)

    reader = web.WebReader(person, headless=True, credentials=credentials)
    items = [Item(made, made.checks[0]) for made in (first, second, third)]
    found = {name: made for name, made in reader.read(items, {}) if isinstance(made, Observation)}
    assert {name: made.option or made.reason for name, made in found.items()} == {
        "small.one": "yes",
        "other.one": Reason.NOT_SIGNED_IN,
        "third.one": "yes",
    }
    assert [trouble.what for trouble in person.troubles] == ["The keyring is locked."]


@pytest.mark.parametrize("wants", [Reason.NEEDS_PROXY, Reason.OPENED_TRAFFIC])
def test_a_sign_in_page_that_the_network_keeps_away_is_told_as_it_is(
    wants: Reason, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(certificate)
    with Site("127.0.0.1", certificate) as opened:
        origin = opened.origin if wants is Reason.OPENED_TRAFFIC else "https://social.invalid"
        monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
        form = {"user": {"field": "user"}, "password": {"field": "pass"}, "submit": {"role": "button", "name": ["In"]}}
        entry = {"open": f"{origin}/sign-in", "form": form, "hosts": [origin.removeprefix("https://")]}
        made = checklist(site, BOX, sign_in=entry)
        person = Quiet()
        known = sign_in.Credentials(origin, "ann", "secret", None)
        reader = web.WebReader(person, headless=True, credentials=lambda _made: known)
        found = [one for _name, one in reader.read([Item(made, made.checks[0])], {}) if isinstance(one, Observation)]
    assert [one.reason for one in found] == [wants]
    assert [trouble.advice for trouble in person.troubles] == [f"{labels.reason(wants)} {labels.next_step(wants)}"]
    assert opened.log == []


SIGN_IN_FORM = '<form action="/home"><input name=user><input name=pass type=password><button>In</button></form>'


def test_nothing_that_was_read_is_lost_when_the_browser_stops_later(site: Site) -> None:
    """The page of the second check never comes, because its browser is ended while it is asked for."""
    made = checklist(site, BOX)
    later = made.checks[0].model_copy(
        update={
            "id": "small.two",
            "probes": (made.checks[0].probes[0].model_copy(update={"open": f"{site.origin}/later"}),),
        }
    )
    made = made.model_copy(update={"checks": (*made.checks, later)})
    gone = threading.Event()
    browsers: list[int] = []

    def stop(_seen: Seen) -> Reply:
        gone.set()
        for running in browsers:
            os.kill(running, signal.SIGKILL)
        return Reply()

    entry = made.platform.model_copy(update={"sign_in": None})
    made = made.model_copy(update={"platform": entry})
    site.pages |= {"/home": Reply(HEAD), "/page": page(TICKED), "/later": stop}
    person = Quiet()
    reader = web.WebReader(person, headless=True, look=lambda _found: browsers.extend(_browsers()))
    found = [
        (name, made_.option or made_.reason)
        for name, made_ in reader.read([Item(made, check) for check in made.checks], {})
        if isinstance(made_, Observation)
    ]
    assert gone.is_set()
    assert found[0] == ("small.one", "yes")
    assert found[1][0] == "small.two"
    assert isinstance(found[1][1], Reason)
    assert len(found) == 2


def _browsers() -> list[int]:
    """Return the process ids of the browsers that were started below this process."""
    if not (processes := Path("/proc")).is_dir():
        pytest.skip("which processes are ours is looked up in /proc")
    told: dict[int, tuple[str, int]] = {}
    for process in processes.glob("[0-9]*"):
        try:
            name, rest = (process / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        told[int(process.name)] = (name, int(rest.split()[1]))
    ours = {os.getpid()}
    for _generation in range(6):
        ours |= {one for one, (_name, parent) in told.items() if parent in ours}
    return [one for one in ours if "chrom" in told.get(one, ("", 0))[0]]
