"""Pictures of the rows that answers were read from: only where they are asked for, of nothing secret, and harmless."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.browser import picture
from privacyaudit.model import Checklist, Reason
from privacyaudit.plan import Item
from privacyaudit.readers import watching, web
from privacyaudit.readers.watching import Watcher
from tests.support.settings_page import (
    BOX,
    COUNT_IN,
    FILLED,
    HOME,
    JSON,
    SELECT,
    SHOWN,
    SWITCH,
    checklist,
    checklist_of,
    checklist_of_shown,
    devices,
    page,
    read_probes,
    row,
    switch,
)
from tests.support.site import Page, Reply, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
RED, BLUE = (255, 0, 0), (0, 0, 255)


class Eyes(Watcher):
    """Somebody who wants pictures, and notes the pages."""

    wants_pictures = True

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.pages: list[tuple[list[str], int, int, bool]] = []

    def page(self, items: Sequence[Item], number: int, pages: int, *, again: bool) -> None:
        self.pages.append(([item.check.id for item in items], number, pages, again))

    def picture(self, item: Item, png: bytes) -> None:
        self.pictures[item.check.id] = png


def read(driver: Playwright, site: Site, made: Checklist, body: str, eyes: Watcher, **pages: Page) -> list[Any]:
    site.pages |= {"/home": HOME, "/page": page(body), **{f"/{name}": one for name, one in pages.items()}}
    return [found.option or found.reason for _check, found in read_probes(driver, made, watcher=eyes)]


def colours(png: bytes) -> set[tuple[int, int, int]]:
    seen = Image.open(io.BytesIO(png)).convert("RGB").getcolors(maxcolors=1_000_000)
    return {colour for _number, colour in seen}


def coloured(colour: str, inside: str) -> str:
    return f'<div style="background:{colour};height:100px;width:600px">{inside}</div>'


def test_a_picture_is_of_the_row_and_of_no_other(driver: Playwright, site: Site) -> None:
    eyes = Eyes()
    mine = coloured("rgb(255,0,0)", switch("Private profile", "true"))
    other = coloured("rgb(0,0,255)", switch("Something else", "true"))
    far = '<div style="height:2000px"></div>'
    assert read(driver, site, checklist(site, SWITCH), far + other + far + mine + far, eyes) == ["yes"]
    assert RED in colours(eyes.pictures["small.one"])
    assert BLUE not in colours(eyes.pictures["small.one"])
    assert len(eyes.pictures["small.one"]) <= picture.LARGEST


def test_nothing_is_taken_where_nobody_asks(driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from playwright.sync_api import Page as OpenPage

    taken: list[str] = []
    shoot = OpenPage.screenshot

    def noted(open_page: OpenPage, **how: Any) -> bytes:
        taken.append(open_page.url)
        return shoot(open_page, **how)

    monkeypatch.setattr(OpenPage, "screenshot", noted)
    body = switch("Private profile", "true")
    assert read(driver, site, checklist(site, SWITCH), body, watching.NOBODY) == ["yes"]
    assert taken == []
    assert read(driver, site, checklist(site, SWITCH), body, Eyes()) == ["yes"]
    assert taken == [f"{site.origin}/page"]


def test_that_no_picture_can_be_taken_changes_no_answer(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playwright.sync_api import Error
    from playwright.sync_api import Page as OpenPage

    def fail(_page: OpenPage, **_how: Any) -> bytes:
        raise Error("no picture")

    monkeypatch.setattr(OpenPage, "screenshot", fail)
    eyes = Eyes()
    assert read(driver, site, checklist(site, SWITCH), switch("Private profile", "true"), eyes) == ["yes"]
    assert eyes.pictures == {}


def test_a_picture_that_is_too_large_is_not_kept(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "LARGEST", 100)
    eyes = Eyes()
    assert read(driver, site, checklist(site, SWITCH), switch("Private profile", "true"), eyes) == ["yes"]
    assert eyes.pictures == {}


SECRETS = {
    "a password": '<input type="password" value="hunter2">',
    "a password that is shown": '<input name="new_password" value="hunter2">',
    "a code": '<input autocomplete="one-time-code" value="123456">',
    "a box drawn as dots": '<input style="-webkit-text-security:disc" value="hunter2">',
    "a frame": '<iframe srcdoc="<p>Anything" style="width:50px;height:20px"></iframe>',
}


@pytest.mark.parametrize("secret", SECRETS)
def test_no_picture_holds_a_field_for_a_password_or_a_code(secret: str, driver: Playwright, site: Site) -> None:
    near, far = Eyes(), Eyes()
    box = '<label><input type="checkbox" name="box" checked> Private</label>'
    made = checklist(site, BOX)
    read(driver, site, made, f'<p style="height:40px">{box} {SECRETS[secret]}</p>', near)
    assert near.pictures == {}
    if secret not in (
        "a frame",
        "a password",
    ):  # a page that asks for a password, or has parts apart, is another matter
        apart = f'<p style="height:40px">{box}</p><div style="height:1500px"></div>{SECRETS[secret]}'
        assert read(driver, site, made, apart, far) == ["yes"]
        assert set(far.pictures) == {"small.one"}


def test_what_is_told_without_a_row_has_no_picture(driver: Playwright, site: Site) -> None:
    """A reply of the site, and a box whose words are not to get here."""
    eyes = Eyes()
    body = "<input name=about value='Me'><script>fetch('/api')</script>"
    api = Reply('{"privacy": {"hidden": true}}', kind="application/json")
    assert read(driver, site, checklist(site, FILLED, JSON), body, eyes, api=api) == ["no", "yes"]
    assert eyes.pictures == {}


def test_what_is_counted_has_a_picture_of_the_first(driver: Playwright, site: Site) -> None:
    eyes = Eyes()
    assert read(driver, site, checklist(site, COUNT_IN), devices(2), eyes) == ["no"]
    assert set(eyes.pictures) == {"small.one"}


NOTICED = """<script>
window.noticed = [];
const note = (what) => window.noticed.push(what);
new MutationObserver((all) => all.forEach((one) => note(`${one.type} ${one.attributeName}`)))
  .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
for (const what of ["resize", "focusin", "visibilitychange", "blur", "beforeprint"])
  addEventListener(what, () => note(what), true);
matchMedia("print").addEventListener("change", () => note("print"));
</script>"""


def test_a_page_does_not_notice_that_a_picture_is_taken(driver: Playwright, site: Site) -> None:
    """Nothing in it changes, nothing is resized or focused: what its own scripts hear is the same as without."""
    heard: list[list[str]] = []
    far = '<div style="height:2000px"></div>'
    body = far + row("Private", '<input type="checkbox" name="box" checked><input name="q">') + far + NOTICED
    for watcher in (watching.NOBODY, Eyes()):
        site.pages |= {"/home": HOME, "/page": page(body)}

        def look(found: web.Found) -> None:
            if found.probes:
                found.visit.page.wait_for_timeout(300)
                heard.append(found.visit.page.evaluate("window.noticed"))

        told = [one.option for _check, one in read_probes(driver, checklist(site, BOX), look, watcher)]
        assert told == ["yes"]
    assert sorted(heard[0]) == sorted(heard[1])


def test_every_kind_of_page_is_told_the_same_with_pictures_as_without(driver: Playwright, site: Site) -> None:
    made, cases = checklist_of_shown(site, SHOWN)
    eyes = Eyes()
    told = {cases[check]: one.option or one.reason for check, one in read_probes(driver, made, watcher=eyes)}
    assert told == {case: expected for case, (_probe, _body, expected) in SHOWN.items()}
    answered = {case for case, said in told.items() if not isinstance(said, Reason)}
    pictured = {cases[check] for check in eyes.pictures}
    assert pictured <= answered
    assert len(pictured) > len(answered) / 2


def test_pages_are_told_by_number_the_first_and_the_second_time(driver: Playwright, site: Site) -> None:
    eyes = Eyes()
    made = checklist_of(
        site,
        {
            "one": [SWITCH | {"open": f"{site.origin}/page"}],
            "two": [SELECT | {"open": f"{site.origin}/two"}],
            "three": [BOX | {"open": f"{site.origin}/two"}],
        },
    )
    two = page('<select name="who"><option value="me" selected>Me</select><input type="checkbox" name="box">')
    assert read(driver, site, made, switch("Private profile", "true"), eyes, two=two) == ["yes", "yes", "no"]
    first, second = ["small.one"], ["small.two", "small.three"]
    assert eyes.pages == [(one, n, 2, again) for again in (False, True) for n, one in ((1, first), (2, second))]


def test_a_reading_that_is_not_wanted_any_more_ends_at_once_and_hands_its_session_on(
    driver: Playwright, site: Site
) -> None:
    class Leaves(Eyes):
        def go_on(self) -> None:
            if self.pages:
                raise KeyboardInterrupt

    eyes = Leaves()
    with pytest.raises(KeyboardInterrupt):
        read(driver, site, checklist(site, SWITCH), switch("Private profile", "true"), eyes)
    assert len(eyes.pages) == 1
    assert eyes.pictures == {}
