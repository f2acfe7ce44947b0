"""A site that the program has never seen works from one YAML file: Django's own admin site, through the real CLI."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.beds.recipes import django_admin
from tests.support import by_day, secret_service

pytestmark = [pytest.mark.bed, pytest.mark.browser, pytest.mark.keyring]

SITES = Path(__file__).parents[1] / "sites"
CHECKLIST = SITES / "django-admin.yaml"
PLATFORM = "django-admin"

TICKED = {1: "on", 0: "off"}
TRUE_OPTION: dict[str, Callable[[dict[str, Any]], str]] = {
    "search-engines": lambda truth: TICKED[truth["search_engines"]],
    "email": lambda truth: "hidden" if truth["hide_email"] else "shown",
    "birthday": lambda truth: truth["birthday"],
    "workplace": lambda truth: "named" if truth["workplace"] else "blank",
    "messages": lambda truth: truth["messages"],
    "tagging": lambda truth: truth["tagging"],
    "online": lambda truth: TICKED[truth["online"]],
    "devices": lambda truth: "one" if truth["devices"] == 1 else "several",
}
"""What is true, from the database."""

LET_IT_OPEN = "y\n"
LATER = "2\n"
"""Each that is asked is to change, and is offered to be changed at once."""

ASKED: dict[str, dict[str, str]] = {"alice": {}, "bob": {"workplace": "named"}}
"""What the page cannot tell, and what the person then answers: words in a box are for a person to judge."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[django_admin.Admin]:
    try:
        with django_admin.running(tmp_path_factory.mktemp("bed")) as running:
            yield running
    except django_admin.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    with secret_service.private_keyring() as environment:
        runs = tmp_path / "runs"
        runs.mkdir()
        yield environment | {"PRIVACYAUDIT_STATE": str(tmp_path / "state"), "TMPDIR": str(runs)}


def own_folder(env: dict[str, str]) -> Path:
    return Path(env["XDG_CONFIG_HOME"]) / "privacyaudit" / "checklists"


def save_key(env: dict[str, str], site: django_admin.Admin, user: str) -> None:
    own_folder(env).mkdir(parents=True)
    shutil.copy(CHECKLIST, own_folder(env))
    words = ["keys", "add", PLATFORM, "--site", site.origin, "--user", user, "--password-stdin"]
    result = secret_service.run(env, *words, typed=f"{site.password}\n")
    assert result.returncode == 0, result.stderr
    assert f"types it only at {site.origin}." in result.stdout


def signed_in_by_http(site: django_admin.Admin, user: str) -> Callable[..., None]:
    """Sign in without the program, and return what opens a page of the site or sends its form."""
    cookies = CookieJar()
    opener = build_opener(HTTPCookieProcessor(cookies))

    def send(path: str, **fields: str) -> None:
        token = next((str(one.value) for one in cookies if one.name == "csrftoken"), "")
        form = urlencode({"csrfmiddlewaretoken": token, **fields}).encode() if fields else None
        opener.open(site.origin + path, data=form, timeout=10).close()

    send("/admin/login/")
    send("/admin/login/", username=user, password=site.password, next="/admin/")
    return send


def audit(
    env: dict[str, str], site: django_admin.Admin, out: Path, *words: str, typed: str
) -> subprocess.CompletedProcess[str]:
    where = ("--site", f"{PLATFORM}={site.origin}", "--out", str(out))
    how = ("--browser", "--headless", "--fill", "--plain", "--no-open")
    return secret_service.run(env, "audit", PLATFORM, *where, *how, *words, typed=typed, timeout=60)


@pytest.mark.parametrize(
    ("user", "named_by_hand"),
    by_day.part((("alice", ()), ("bob", ("--checklists", str(SITES)))), 2),
)
def test_every_answer_is_true_and_nothing_is_changed(
    user: str, named_by_hand: tuple[str, ...], env: dict[str, str], site: django_admin.Admin, tmp_path: Path
) -> None:
    save_key(env, site, user)
    before, asked_before = site.dump(), len(site.log())
    typed = LET_IT_OPEN + "".join(f"{option}\n{LATER}" for option in ASKED[user].values())
    if named_by_hand:
        (own_folder(env) / CHECKLIST.name).unlink()
    result = audit(env, site, tmp_path / "out", *named_by_hand, typed=typed)
    assert (result.returncode, result.stderr) == (0, "")
    assert f"the program can open these sites: {site.origin.removeprefix('http://')}." in " ".join(
        result.stdout.split()
    )

    [written] = (tmp_path / "out").glob("*.json")
    record = json.loads(written.read_text())
    truth = site.truth(user)
    found = {finding["check"].removeprefix(f"{PLATFORM}."): finding for finding in record["findings"]}
    assert {name: one["option"] for name, one in found.items()} == {
        name: tell(truth) for name, tell in TRUE_OPTION.items()
    }
    by_person = {name for name, one in found.items() if any(o["reader"] == "ask" for o in one["observations"])}
    assert by_person == set(ASKED[user])

    assert site.dump() == before
    assert site.live_sessions() == 0
    assert user in site.sign_ins()
    sent = [(method, path) for method, path in site.log()[asked_before:] if method not in ("GET", "HEAD")]
    assert sent == [("POST", "/admin/login/"), ("POST", "/admin/logout/")]

    assert record["platforms"][0]["signed_out"] == "confirmed"
    [page] = (tmp_path / "out").glob("*.html")
    assert "Signed out: confirmed" in page.read_text()
    for file in (tmp_path / "out").iterdir():
        assert "Springfield" not in file.read_text(encoding="utf-8-sig"), file.name
    assert list(Path(env["TMPDIR"]).iterdir()) == []


def test_the_bed_sees_a_live_session_and_a_changed_setting(site: django_admin.Admin) -> None:
    before = site.dump()
    send = signed_in_by_http(site, "bob")
    assert (site.live_sessions(), site.sign_ins()[-1]) == (1, "bob")
    assert site.dump() == before
    send("/admin/privacy/device/add/", name="Tablet")
    assert site.dump() != before
    send("/admin/logout/", out="")
    assert site.live_sessions() == 0


def test_the_two_people_have_opposite_settings(site: django_admin.Admin) -> None:
    alice, bob = site.truth("alice"), site.truth("bob")
    assert [name for name, tell in TRUE_OPTION.items() if tell(alice) == tell(bob)] == []


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        ((), "n\n", "You said no, so nothing was opened."),
        (("--no-input",), "", "only after you agree to the hosts in it"),
    ],
    ids=["no", "nobody to ask"],
)
def test_nothing_is_opened_before_somebody_agreed_to_the_hosts(
    words: tuple[str, ...], typed: str, sentence: str, env: dict[str, str], site: django_admin.Admin, tmp_path: Path
) -> None:
    asked_before = len(site.log())
    result = audit(env, site, tmp_path / "out", "--checklists", str(SITES), *words, typed=typed)
    assert (result.returncode, sentence in result.stderr) == (2, True), result.stderr
    assert site.log()[asked_before:] == []
    assert not (tmp_path / "out").exists()


def test_the_checklist_can_be_used_and_nothing_in_it_could_be_better(env: dict[str, str]) -> None:
    result = secret_service.run(env, "lint", "--strict", str(CHECKLIST))
    assert (result.returncode, result.stderr) == (0, "")
    summary, note = result.stdout.splitlines()
    assert {f"{CHECKLIST}: the program can use this (8 checks)." in one for one in (summary, note)} == {True, False}
    assert "without signed_in.who, the program cannot notice" in summary + note
