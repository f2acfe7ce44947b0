"""Where a check is: the way to its screen on each device, and its line there."""

from __future__ import annotations

from typing import Any

import pytest

from privacyaudit.model import Row, Screen, Where
from tests.support.samples import POND, alter, load

SCREEN = Screen.model_validate(
    {"id": "privacy", "title": "Privacy", "web": "https://pond.example/p", "menu": ["A"], "ios": ["B", "C"]}
)
WEB = "https://pond.example/row"


def way(row: Any) -> Where:
    return SCREEN.where(None if row is None else Row.model_validate(row))


@pytest.mark.parametrize(
    ("row", "web", "menu", "ios", "android"),
    [
        (None, SCREEN.web, ("A",), ("B", "C"), None),
        ("Mail", SCREEN.web, ("A", "Mail"), ("B", "C", "Mail"), None),
        (["Mail", "More"], SCREEN.web, ("A", "Mail", "More"), ("B", "C", "Mail", "More"), None),
        ({"name": "Mail", "web": WEB}, WEB, ("A", "Mail"), ("B", "C", "Mail"), None),
        ({"web": WEB}, WEB, ("A",), ("B", "C"), None),
        ({"menu": "Mail"}, SCREEN.web, ("A", "Mail"), None, None),
        ({"menu": "Mail", "ios": []}, SCREEN.web, ("A", "Mail"), ("B", "C"), None),
        ({"ios": ["Mail", "More"]}, None, (), ("B", "C", "Mail", "More"), None),
        ({"ios": "Mail", "web": WEB}, WEB, (), ("B", "C", "Mail"), None),
        ({"android": ["Phone", "Mail"]}, None, (), None, ("Phone", "Mail")),
    ],
)
def test_a_row_is_wherever_its_screen_is_or_on_the_devices_that_it_names(
    row: Any, web: str | None, menu: tuple[str, ...], ios: tuple[str, ...] | None, android: tuple[str, ...] | None
) -> None:
    assert way(row) == Where(web=web, menu=menu, ios=ios, android=android)


def test_a_checklist_leads_to_each_of_its_checks() -> None:
    one = load().checklist
    profile, mail, tags = one.checks
    assert one.screen(mail).title == "Settings"
    assert one.where(profile) == Where(web="https://pond.example/settings#profile", menu=("Settings", "Profile"))
    assert one.where(mail) == Where(web="https://pond.example/settings", menu=("Settings", "Mail"))
    assert one.where(tags) == Where()


def test_a_probe_opens_its_screen_unless_it_says_another_address() -> None:
    said = 'kind: json, open: "https://pond.example/settings"'
    text = alter(
        (said, "kind: json"), ('open: "https://pond.example/settings"\n', 'open: "https://pond.example/more"\n')
    )
    assert [probe.open for probe in load(text).checklist.checks[0].probes] == [
        "https://pond.example/more",
        "https://pond.example/settings",
    ]
    assert load(alter((said, "kind: json"))).checklist == load(POND).checklist
