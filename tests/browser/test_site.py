"""The site in a real Chromium: on a phone and a wide screen, without a network, and after a new build."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.offline import keeping, site, site_folder
from tests.support import whole_site
from tests.support.chromium import chromium
from tests.support.out_there import choose, door
from tests.support.page_in_browser import headline
from tests.support.whole_site import Server, made

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)

CLINIC_PAGE = "read/docs/clinic/run-a-clinic.html"
SEARCH = "read/search.html?q=hotspot"
OF_THE_GUIDE = ("read/docs/README.html", CLINIC_PAGE, "read/docs/promises.html", "read/README.html", SEARCH)
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const names = [];
  for (const name of await caches.keys()) {
    for (const one of await (await caches.open(name)).keys()) names.push(new URL(one.url).pathname.slice(1));
  }
  return names;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site; the pages of the guide are in it where Sphinx is installed."""
    base = tmp_path_factory.mktemp("site")
    source = whole_site.guide(base) if whole_site.has_sphinx() else None
    site_folder.write(base / "site", made(source))
    return base / "site"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with Server(folder) as running:
        yield running


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    made_now = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    yield made_now
    made_now.close()


def with_the_guide(folder: Path) -> None:
    if not (folder / site.GUIDE).is_dir():
        pytest.skip("Sphinx and myst-parser are not installed, so the site has no guide")


def pages_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def wait_until_kept(page: Page, *names: str) -> set[str]:
    """Wait until a browser keeps these files of the site, and return all that it keeps."""
    for _time in range(2400):
        found = set(page.evaluate(KEPT))
        if found >= set(names):
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"not kept: {set(names) - found}")


def at_once(folder: Path) -> list[str]:
    """Return the files that a browser keeps at the first visit."""
    return site.parts(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))[0]


def tap_to_the_first_question(page: Page) -> int:
    """Go from the start of the walk to its first question by touch, and return how many taps that took.

    There are two services; what is chosen already is left as it is: the phone, and the short way.
    """
    taps = [
        page.locator("label.pick", has_text="Teacher"),
        page.get_by_role("button", name="Start"),
        page.locator("label.pick", has_text="WhatsApp"),
        page.locator("label.pick", has_text="Facebook"),
        page.get_by_role("button", name="Continue"),
        page.get_by_role("button", name="Continue"),
    ]
    for number, one in enumerate(taps):
        if page.locator(".line").count():
            return number
        one.first.tap()
    page.locator(".line").first.wait_for()
    return len(taps)


# -- what it looks like ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, server: Server, folder: Path, width: int, scheme: Any
) -> None:
    made_now = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    guide = OF_THE_GUIDE if (folder / site.GUIDE).is_dir() else ()
    nothing_is_wrong(
        made_now, server, (site.HOME, *site.READERS, site.NOT_HERE, site.START, site.OUT_THERE, *guide), width
    )
    made_now.close()


@pytest.mark.parametrize("third", [0, 1, 2])
def test_nor_does_it_on_any_page_of_the_guide(phone: BrowserContext, server: Server, folder: Path, third: int) -> None:
    with_the_guide(folder)
    every = [name for name in pages_of(folder) if name.startswith(site.GUIDE)]
    nothing_is_wrong(phone, server, every[third::3], 390)


def nothing_is_wrong(context: BrowserContext, server: Server, names: Iterable[str], width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for name in names:
        page = context.new_page()
        page.goto(f"{server.origin}/{name}")
        if name == SEARCH:
            page.locator(".search a").first.wait_for()
        found = axe.run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.close()


@pytest.mark.parametrize(("agent", "wanted"), [("iPhone; CPU", "ios"), ("Linux; Android 14", "android"), ("X11", "")])
def test_from_home_to_the_first_question_in_seven_taps(
    browser: Browser, server: Server, agent: str, wanted: str
) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, user_agent=f"Mozilla ({agent})")
    page = phone.new_page()
    page.goto(server.origin)
    assert headline(page) == "Who can see what you post?"
    start = page.get_by_role("link", name="Start", exact=True)
    box = start.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844
    start.tap()
    assert page.locator("input[name=device]:checked").get_attribute("value") == wanted
    assert 1 + tap_to_the_first_question(page) <= 7


def test_everything_can_be_reached_by_keyboard(phone: BrowserContext, server: Server) -> None:
    page = phone.new_page()
    for name in (site.HOME, *site.READERS):
        page.goto(f"{server.origin}/{name}")
        wanted = page.locator("a").count()
        reached = set()
        for _step in range(wanted + 3):
            page.keyboard.press("Tab")
            outline, address = page.evaluate(
                "(one => [getComputedStyle(one).outlineWidth, one.href])(document.activeElement)"
            )
            if address:
                assert outline == "3px", address
                reached.add(address)
        assert len(reached) == page.evaluate("new Set([...document.links].map(one => one.href)).size")


def test_what_is_pressed_is_large_enough(phone: BrowserContext, server: Server) -> None:
    page = phone.new_page()
    for name in (site.HOME, *site.READERS):
        page.goto(f"{server.origin}/{name}")
        heights = page.evaluate(
            "[...document.querySelectorAll('.ready a, nav a, .start')].map(one => one.getBoundingClientRect().height)"
        )
        assert heights
        assert min(heights) >= 44


# -- what it asks for ------------------------------------------------------------------------------


def test_with_the_network_cut_every_page_opens_from_the_folder_and_asks_for_nothing_else(
    phone: BrowserContext, folder: Path
) -> None:
    """As from a memory stick, and as a look at what each page would ask for."""
    phone.set_offline(True)
    asked: list[str] = []
    wrong: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("requestfailed", lambda request: wrong.append(request.url))
    phone.on("console", lambda message: wrong.append(message.text))
    phone.on("weberror", lambda error: wrong.append(str(error.error)))
    page = phone.new_page()
    every = pages_of(folder)
    assert len(every) >= 15
    for name in every:
        page.goto((folder / name).as_uri())
        assert page.locator("h1:visible").count() == 1, name
    assert [url for url in asked if not url.startswith(folder.as_uri())] == []
    assert wrong == []


def test_from_a_server_every_page_asks_only_that_server_and_only_for_what_it_has(
    phone: BrowserContext, server: Server, folder: Path
) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("response", lambda reply: wrong.append(reply.url) if reply.status >= 400 else None)
    phone.on("console", lambda message: wrong.append(message.text))
    page = phone.new_page()
    for name in pages_of(folder):
        page.goto(f"{server.origin}/{name}")
    assert [url for url in asked if not url.startswith(f"{server.origin}/")] == []
    assert wrong == []
    assert [path for path in server.asked if not (folder / path.removeprefix("/")).exists()] == []
    assert phone.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_home_asks_for_one_page_before_the_browser_keeps_the_site(browser: Browser, server: Server) -> None:
    alone = browser.new_context(service_workers="block")
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    page = alone.new_page()
    page.goto(server.origin)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [f"{server.origin}/"]
    alone.close()


# -- without a network -----------------------------------------------------------------------------


def test_after_the_first_visit_the_walk_goes_on_without_the_server(
    phone: BrowserContext, server: Server, folder: Path
) -> None:
    page = phone.new_page()
    page.goto(server.origin)
    wait_until_kept(page, *at_once(folder))
    server.stop()
    page.reload()
    page.get_by_role("link", name="Start", exact=True).tap()
    tap_to_the_first_question(page)
    page.get_by_label("Keep my answers").check()
    page.locator(".line [data-answer]").first.tap()
    page.reload()
    page.get_by_role("button", name="Continue where you left off").tap()
    page.locator(".line").first.wait_for()
    for name in site.READERS:
        page.goto(f"{server.origin}/{name}?from=somewhere#print")
        assert page.locator("h1").count() == 1


def test_the_page_for_something_out_there_goes_on_without_the_server_once_it_was_opened(
    phone: BrowserContext, server: Server
) -> None:
    page = phone.new_page()
    page.goto(server.origin)
    page.get_by_role("link", name="Get something about you down").tap()
    page.wait_for_url(f"**/{site.OUT_THERE}")
    wait_until_kept(page, site.OUT_THERE)
    server.stop()
    page.reload()
    door(page, "case")
    choose(page, "none", "me", "post", "facebook", "friend", "no")
    assert headline(page) == "Your steps"


def test_the_page_that_was_opened_first_is_kept_and_others_when_they_are_opened(
    phone: BrowserContext, server: Server, folder: Path
) -> None:
    page = phone.new_page()
    page.goto(f"{server.origin}/for-teacher.html")
    found = wait_until_kept(page, "for-teacher.html", *at_once(folder))
    assert "set-clinic.html" not in found
    page.goto(f"{server.origin}/set-clinic.html")
    wait_until_kept(page, "set-clinic.html")
    server.stop()
    for name in ("for-teacher.html", "set-clinic.html", ""):
        page.goto(f"{server.origin}/{name}")
        assert headline(page)


@pytest.mark.parametrize("wanted", ["for-councillor.html", site.OUT_THERE, "read/docs/promises.html", site.POSTER])
def test_without_the_server_what_is_not_kept_says_so_and_leads_to_what_is(
    phone: BrowserContext, server: Server, folder: Path, wanted: str
) -> None:
    page = phone.new_page()
    page.goto(server.origin)
    wait_until_kept(page, *at_once(folder))
    server.stop()
    page.goto(f"{server.origin}/{wanted}")
    assert headline(page) == "This page is not on your device"
    for name in ("Check my settings", "Home"):
        page.get_by_role("link", name=name, exact=True).tap()
        page.locator("h1:visible", has_text="This page").wait_for(state="detached")
        assert headline(page) != "This page is not on your device"
        page.goto(f"{server.origin}/{wanted}")


def test_what_a_page_asks_for_without_the_server_is_no_page(
    phone: BrowserContext, server: Server, folder: Path
) -> None:
    page = phone.new_page()
    page.goto(server.origin)
    wait_until_kept(page, *at_once(folder))
    server.stop()
    assert page.evaluate("fetch('for-councillor.html').then(reply => reply.status, () => 'nothing')") == "nothing"


def test_who_opens_one_page_of_the_guide_can_read_and_search_all_of_it_without_the_server(
    phone: BrowserContext, server: Server, folder: Path
) -> None:
    with_the_guide(folder)
    page = phone.new_page()
    page.goto(f"{server.origin}/{CLINIC_PAGE}")
    every = [name for name in pages_of(folder) if name.startswith(site.GUIDE)]
    wait_until_kept(page, "read/searchindex.js", *every)
    server.stop()
    page.goto(f"{server.origin}/read/docs/README.html")
    page.get_by_label("Search the pages").fill("hotspot")
    page.get_by_role("button", name="Search").tap()
    page.get_by_role("link", name="Run a clinic").tap()
    assert headline(page) == "Run a clinic"
    page.goto(f"{server.origin}/read/search.html?q=zzzyx")
    page.get_by_text("No page has all of these words.").wait_for()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_server_that_leaves_out_the_end_of_names_is_no_trouble(
    phone: BrowserContext, server: Server, folder: Path
) -> None:
    server.short = True
    page = phone.new_page()
    page.goto(server.origin)
    wait_until_kept(page, *at_once(folder))
    server.stop()
    for name in (site.START, "check", "more", site.HOME, ""):
        page.goto(f"{server.origin}/{name}")
        assert headline(page)


# -- a new build -----------------------------------------------------------------------------------


def test_a_new_build_takes_over_at_the_next_visit_and_keeps_what_was_kept(
    phone: BrowserContext, folder: Path, tmp_path: Path
) -> None:
    """Of two sites at one address, the other one keeps its own."""
    for name in ("one", "other"):
        shutil.copytree(folder, tmp_path / name, ignore=shutil.ignore_patterns("read", "paper"))
    with Server(tmp_path) as server:
        page = phone.new_page()
        for name in ("other", "one"):
            page.goto(f"{server.origin}/{name}/set-clinic.html")
            wait_until_kept(page, f"{name}/set-clinic.html", *(f"{name}/{file}" for file in at_once(folder)))
        names = page.evaluate("caches.keys()")
        assert len(names) == 2
        files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
        files["set-clinic.html"] = files["set-clinic.html"].replace(b"<body ", b"<body data-new ")
        for name, content in site.whole(files).items():
            (tmp_path / "one" / name).write_bytes(content)
        page.goto(f"{server.origin}/one/{site.HOME}")
        for _time in range(2400):
            now = page.evaluate("caches.keys()")
            if len(now) == 2 and set(now) != set(names):
                break
            page.wait_for_timeout(50)
        assert len(set(now) & set(names)) == 1
        server.stop()
        page.goto(f"{server.origin}/one/set-clinic.html")
        assert page.locator("body[data-new]").count() == 1
        page.goto(f"{server.origin}/other/set-clinic.html")
        assert page.locator("body[data-new]").count() == 0


# -- icons ----------------------------------------------------------------------------------------


def test_the_icons_are_the_drawing(browser: Browser) -> None:
    """A point of its ground, and one of its white triangle."""
    page = browser.new_page()
    for name, size in keeping.ICONS.items():
        page.goto((whole_site.ROOT / "reports/site" / name).as_uri())
        colours = page.evaluate(
            """async ([size]) => {
              const canvas = new OffscreenCanvas(size, size).getContext("2d");
              canvas.drawImage(document.images[0], 0, 0);
              return [[0.01, 0.01], [21.5 / 64, 43 / 64]].map(([x, y]) =>
                [...canvas.getImageData(x * size, y * size, 1, 1).data].slice(0, 3));
            }""",
            [size],
        )
        assert colours == [[0x0F, 0x54, 0x99], [255, 255, 255]], name
    page.close()
