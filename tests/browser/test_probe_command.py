"""`privacyaudit probe`: it says what each probe found and why not, and keeps of a page nothing that is a person's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from privacyaudit.browser import snapshot
from privacyaudit.cli.commands.probe import Showing
from privacyaudit.model import Checklist, JsonProbe, Reason
from privacyaudit.readers.web import Found
from tests.support import by_day, nursery
from tests.support.settings_page import BOX, JSON, SHOWN, checklist, checklist_of_shown, page, read_probes, row, switch
from tests.support.site import Page, Reply, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

CANARY = "Quokka"
NUMBER = "4790210"

PROBES: list[dict[str, Any]] = [
    {"find": {"field": "box"}, "take": "checked", "means": {"true": "yes", "false": "no"}},
    {"find": {"field": "who"}, "take": "selected", "means": {"me": "yes", "all": "no"}},
    {"find": {"field": "round"}, "take": "selected", "means": {"me": "yes", "all": "no"}},
    {
        "find": {"role": "switch", "name": ["Private profile"]},
        "take": "checked",
        "means": {"true": "yes", "false": "no"},
    },
    {"find": {"role": "switch", "near": ["Photos"]}, "take": "checked", "means": {"true": "yes", "false": "no"}},
    {
        "find": {"role": "button", "name_starts": ["Edit audience."], "within": {"role": "region", "name": ["Posts"]}},
        "take": "name_rest",
        "means": {"Only me": "yes", "Everyone": "no"},
    },
    {"find": {"role": "button", "name": ["Hide my age"]}, "take": "pressed", "means": {"true": "yes", "false": "no"}},
    {
        "find": {"role": "button", "name": ["Log out this device"]},
        "take": "count",
        "means": [{"at_most": 1, "option": "yes"}, {"at_least": 2, "option": "no"}],
    },
    {"find": {"field": "two-factor-state"}, "take": "text", "means": {"Not set up": "no", "Authenticator app": "yes"}},
    {"find": {"field": "about"}, "take": "value", "means": {"": "yes"}},
    {
        "expand": {"name": ["More"]},
        "find": {"field": "late"},
        "take": "checked",
        "means": {"true": "yes", "false": "no"},
    },
    {
        "find": {"role": "checkbox", "name": ["In a shadow"]},
        "take": "checked",
        "means": {"true": "yes", "false": "no"},
    },
    JSON,
]

FULL = f"""
<meta name="author" content="{CANARY}"><title>{CANARY}</title>
<link rel="canonical" href="https://{CANARY}.example/"><base href="/{CANARY}/">
<!-- {CANARY} --><script>window.state = {{"name": "{CANARY}", "number": {NUMBER}}};</script>
<script type="application/json">{{"name": "{CANARY}"}}</script><style>.{CANARY} {{ color: red }}</style>
<template><p>{CANARY}</p></template><noscript>{CANARY}</noscript>
<x-{CANARY.lower()} data-{CANARY.lower()}="{CANARY}" class="{CANARY}" title="{CANARY}">{CANARY}</x-{CANARY.lower()}>
<a href="https://{CANARY}.example/{NUMBER}" id="{CANARY}" name="{CANARY}" rel="{CANARY}" target="{CANARY}">{CANARY}</a>
<img src="data:image/png;base64,{CANARY}" alt="{CANARY}"><svg><text>{CANARY}</text><title>{CANARY}</title></svg>
<iframe title="{CANARY}" srcdoc="<p>{CANARY}</p>"></iframe>
<div role="{CANARY}" aria-label="{CANARY}" aria-checked="{CANARY}" aria-valuetext="{CANARY}" lang="{CANARY}"
  style="content:'{CANARY}'" onclick="{CANARY}" contenteditable>{CANARY} {NUMBER}</div>
<h1>{CANARY}</h1><p>{NUMBER}</p><label>{CANARY}<input name="user[{CANARY}]" id="user-{CANARY}" value="{CANARY}"
  placeholder="{CANARY}" pattern="{CANARY}" autocomplete="{CANARY}" list="{CANARY}"></label>
<input type="hidden" name="token" value="{CANARY}"><input type="number" name="age" value="{NUMBER}" min="{NUMBER}">
<input type="email" name="email" value="{CANARY}@example.org"><input type="date" name="birthday" value="1979-02-10">
<input type="{CANARY}" name="password" value="{CANARY}"><textarea name="bio">{CANARY}</textarea>
<datalist id="{CANARY}"><option value="{CANARY}"></datalist><meter value="0.{NUMBER}"></meter>
<select name="school"><option value="{CANARY}" selected>{CANARY}</option><option value="{NUMBER}">x</option></select>
<input type="radio" name="{CANARY}" value="{CANARY}" checked><button name="{CANARY}" value="{CANARY}">{CANARY}</button>
<table><caption>{CANARY}</caption><tr><td headers="{CANARY}">{CANARY}</td></tr></table>
<button aria-label="Edit audience. {CANARY}">x</button><button aria-expanded="false">{CANARY}</button>

<input type="checkbox" name="box" checked>
<select name="who"><option value="all">All {CANARY}</option><option value="me" selected>Me</option></select>
<input type="radio" name="round" value="all" checked><input type="radio" name="round" value="me">
{switch("Private profile", "true")}
{row(CANARY, switch(CANARY, "true"))}{row("Photos", switch("a", "false"))}{row("Videos", switch("b", "true"))}
<section aria-label="Posts"><h2>Posts</h2><button aria-label="Edit audience. Only me">Only me</button></section>
<button aria-pressed="true"><i>Hide</i> my <b>age</b></button>
<ul><li>{CANARY}'s phone <button>Log out this device</button></li><li>{CANARY} <button>Log out this device</button></li>
</ul><p id="two-factor-state"><b>Authenticator</b> app</p><p><input name="about" value=""></p>
<button aria-expanded="false" aria-controls="more" onclick="this.setAttribute('aria-expanded', 'true');
  document.getElementById('more').innerHTML = '<input type=checkbox name=late checked>'">More</button>
<div id="more"></div><div id="host"></div>
<script>
const root = document.getElementById("host").attachShadow({{ mode: "open" }});
root.innerHTML = `<p title="{CANARY}">{CANARY}</p><label>In a shadow <input type="checkbox"></label>`;
fetch("/api").then((reply) => reply.text());
</script>
"""

ANSWERS = ["yes", "yes", "no", "yes", "no", "yes", "yes", Reason.AMBIGUOUS, "yes", "yes", "yes", "no", "yes"]
REPLY = {
    "privacy": {"hidden": True, "name": CANARY, CANARY: True, "list": [NUMBER]},
    "hidden": CANARY,
    CANARY: {"hidden": int(NUMBER)},
}


def read(
    driver: Playwright, site: Site, made: Checklist, pages: dict[str, Page], look: Callable[[Found], None] | None
) -> list[str | Reason | None]:
    site.pages.clear()
    site.pages |= {"/home": page(""), **pages}
    return [one.option or one.reason for _check, one in read_probes(driver, made, look)]


def saved(folder: Path) -> dict[str, Page]:
    """Return the pages of a folder that `--save` filled, as a site that serves them."""
    listed = json.loads((folder / "pages.json").read_text())
    pages: dict[str, Page] = {}
    for entry in listed["pages"]:
        pages["/" + entry["open"].split("/", 3)[3]] = Reply((folder / entry["file"]).read_text())
        for reply in entry["replies"]:
            pages[reply["path"]] = Reply((folder / reply["file"]).read_text(), kind="application/json")
    return pages


def kept_text(folder: Path) -> str:
    return "\n".join(file.read_text() for file in sorted(folder.iterdir()))


def test_nothing_of_a_person_survives_and_every_probe_finds_the_same_again(
    driver: Playwright, site: Site, tmp_path: Path
) -> None:
    made = checklist(site, *PROBES)
    pages: dict[str, Page] = {"/page": page(FULL), "/api": Reply(json.dumps(REPLY), kind="application/json")}
    showing = Showing(made, tmp_path / "kept")
    assert read(driver, site, made, pages, showing.page) == ANSWERS
    showing.finish()
    text = kept_text(tmp_path / "kept")
    for canary in (
        CANARY,
        NUMBER,
        "1979",
        "Me<",
        "Videos",
        "example.org",
        "base64",
        "phone",
        "Sign out",
        "window.state",
    ):
        assert canary.lower() not in text.lower(), f"{canary} is in what was kept"
    assert "Photos" in text
    assert "Hide my age" in text
    again = saved(tmp_path / "kept")
    anonymous = made.platform.model_copy(update={"signed_in": made.platform.signed_in})
    second = read(driver, site, made.model_copy(update={"platform": anonymous}), again, None)
    told = zip(ANSWERS, second, strict=True)
    assert [one for one, other in told if other not in (one, Reason.NOT_SHOWN)] == [], "words of a person are not kept"
    assert second.count(Reason.NOT_SHOWN) <= 3


def test_a_probe_reads_the_truth_or_says_why_not_and_so_it_does_of_a_page_that_was_kept(
    driver: Playwright, site: Site, tmp_path: Path
) -> None:
    """Also where the answer is that it cannot be told; only the reason may differ then.

    Each page is kept with the words of its own check listed and no other.
    """
    made, cases = checklist_of_shown(site, by_day.part(SHOWN, 4))
    pages = dict(site.pages)
    showings = {
        f"{site.origin}/{check.id.removeprefix('small.')}": Showing(
            made.model_copy(update={"checks": (check,)}), tmp_path / check.id
        )
        for check in made.checks
    }

    def look(found: Found) -> None:
        if found.probes:
            showings[found.page].page(found)

    first = read(driver, site, made, pages, look)
    again: dict[str, Page] = {}
    for check, showing in zip(made.checks, showings.values(), strict=True):
        showing.finish()
        again |= saved(tmp_path / check.id)
    assert site.writes == []
    second = read(driver, site, made, again, None)
    answers = dict(zip(cases.values(), zip(first, second, strict=True), strict=True))
    differ = {
        case: both
        for case, both in answers.items()
        if both[0] != both[1]
        and not all(isinstance(one, Reason) for one in both)
        and not {Reason.UNSAVED, Reason.NOT_SHOWN} & set(both)  # without scripts and words, that is another matter
    }
    assert differ == {}
    assert {case: one for case, (one, _other) in answers.items()} == {case: SHOWN[case][2] for case in cases.values()}


def test_what_a_listed_word_stands_for_is_never_taken_from_a_person() -> None:
    """Names and ids survive if the checklist has them, or if they are made of words of settings pages only."""
    writer = snapshot._Writer(
        snapshot.Listed(frozenset({"wpX1"}), frozenset(), (), frozenset(), (), ()), snapshot._Marked()
    )
    for shown in ("wpX1", "privacy_settings", "showEmail", "user[email]", "profile.visibility"):
        assert writer._may_be_shown(shown), shown
    for hidden in ("user-17", "ann", "ann_settings", "settings_ann", "", "x1i10hfl", "emailann", "user/ann", "ü"):
        assert not writer._may_be_shown(hidden), hidden


def test_a_reply_keeps_only_the_keys_that_a_probe_names_and_the_values_that_it_lists() -> None:
    probe = JsonProbe.model_validate(JSON | {"open": "https://a.example/x", "means": {"true": "yes", "all": "no"}})
    reply = {"privacy": {"hidden": "all", "name": CANARY}, "hidden": [1, "ann", None, False, {"ann": 1}], CANARY: 1}
    assert snapshot.of_reply(reply, [probe]) == {"privacy": {"hidden": "all"}, "hidden": [0, "x", None, False, {}]}


def test_a_reply_that_means_something_else_without_its_numbers_is_not_kept(
    driver: Playwright, site: Site, tmp_path: Path
) -> None:
    old_apps = JSON | {"path": "max(apps[].months)", "means": [{"at_least": 13, "option": "no"}]}
    pages: dict[str, Page] = {
        "/page": page("<script>fetch('/api').then((reply) => reply.text())</script>"),
        "/api": Reply('{"apps": [{"months": 40}]}', kind="application/json"),
    }
    made = checklist(site, old_apps)
    showing = Showing(made, tmp_path)
    assert read(driver, site, made, pages, showing.page) == ["no"]
    showing.finish()
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix) == ["page-1.html", "pages.json"]


# -- the command -----------------------------------------------------------------------------------


def command(made: Checklist, folder: Path, *words: str, typed: str) -> subprocess.CompletedProcess[str]:
    path = folder / "small.yaml"
    path.write_text(yaml.safe_dump(made.model_dump(mode="json", by_alias=True, exclude_defaults=True)))
    line = [sys.executable, "-m", "privacyaudit", "probe", "small", "--checklists", str(path), "--plain", *words]
    return nursery.run(line, env=os.environ | {"NO_COLOR": "1"}, input=typed, timeout=60)


def small(site: Site) -> Checklist:
    missing = BOX | {"find": {"role": "switch", "name": ["Gone"]}}
    made = checklist(site, BOX, missing)
    entry = made.platform.model_copy(update={"sign_in": None})
    return Checklist.model_validate({**made.model_dump(by_alias=True), "platform": entry.model_dump()})


def test_the_command_says_probe_by_probe_what_was_found_and_why_not(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/home": page(""),
        "/page": page(f"<h1>{CANARY}</h1><input type=checkbox name=box checked>" + switch(CANARY, "true")),
    }
    done = command(small(site), tmp_path, "--headless", "--fill", "--save", str(tmp_path / "kept"), typed="y\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "✓ small.one 1: yes" in done.stdout
    assert re.search(r"\? small\.one 2: not_found\. We opened the page", done.stdout)
    assert "with this role on the page: 1; that match: 0" in done.stdout
    assert "1 of 2 probes gave an answer." in done.stdout
    assert CANARY not in done.stdout + kept_text(tmp_path / "kept")
    assert {file.name for file in (tmp_path / "kept").iterdir()} == {"page-1.html", "pages.json"}
    assert site.writes == []


def test_a_site_of_ones_own_is_not_named_in_what_is_kept(site: Site, tmp_path: Path) -> None:
    text = small(site).model_dump_json(by_alias=True).replace(site.origin, "{site}").replace(site.host, "{site}")
    data = json.loads(text)
    data["platform"]["site"] = {"ask": "Where?"}
    made = Checklist.model_validate(data)
    site.pages |= {"/home": page(""), "/page": page("<input type=checkbox name=box checked>")}
    words = ("--headless", "--fill", "--site", site.origin, "--save", str(tmp_path / "kept"))
    done = command(made, tmp_path, *words, typed="y\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert site.host not in kept_text(tmp_path / "kept")
    assert "{site}/page" in kept_text(tmp_path / "kept")


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (("--headless",), "", "could not sign in by hand"),
        (("--headless", "--fill"), "n\n", "You said no"),
        (("--headless", "--fill", "--no-input"), "", "only after you agree to the hosts in it"),
    ],
)
def test_nothing_is_opened_before_somebody_agreed(
    words: tuple[str, ...], typed: str, sentence: str, site: Site, tmp_path: Path
) -> None:
    done = command(small(site), tmp_path, *words, typed=typed)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr
    assert site.log == []


def test_a_platform_without_probes_is_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "privacyaudit", "probe", "everyday"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "has no probes" in done.stderr) == (2, True)
