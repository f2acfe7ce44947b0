"""Every test has its own home and state folder, and speaks English."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from privacyaudit import i18n
from privacyaudit.browser import launch
from tests.beds.recipes import mediawiki, pds, tools, wordpress
from tests.support.one_browser import Start, kept
from tests.support.secret_service import private_keyring
from tests.support.site import Site
from tests.support.zones import live_here

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


class Recipe(Protocol):
    """The module of a bed: the folder it is set up in, and how."""

    def home(self) -> Path: ...
    def prepare(self, cache: Path) -> None: ...


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a script, and what we start inherits it
    signal.signal(signal.SIGINT, signal.default_int_handler)

LONGEST = (
    "beds/test_broken_off.py",
    "beds/test_probe_real_wiki.py",
    "beds/test_real_wiki.py",
    "browser/test_guard.py",
    "browser/test_told.py",
)
"""Files that take more than a minute each."""

live_here()
settings.register_profile("thorough", deadline=None)  # for the weekly looks: `nox -l`
settings.register_profile("quick", deadline=None, max_examples=25)
settings.load_profile("quick")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run named files in this process, which is done with them before others have started; else two workers per core.

    What starts a program waits for it.
    """
    return 0 if are_named(config) else 2 * (os.cpu_count() or 1)


def are_named(config: pytest.Config) -> bool:
    """Tell whether files are named on the command line, or tests in them, and no folder."""
    return all(Path(one.split("::")[0]).is_file() for one in config.args)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take a file of each room in turn, so that what waits and what works are under way together; the quick ones last.

    A worker has a file to itself, and all workers are to end together: so the longest files come first. Of what takes
    minutes, a part is taken each day.
    """
    if not are_named(config):
        leave_for_another_day(config, items)
    turns: dict[Path, tuple[bool, bool, int]] = {}
    begun: Counter[str] = Counter()
    for item in items:
        if item.path not in turns:
            file = item.path.relative_to(Path(__file__).parent)
            room = file.parts[0]
            turns[item.path] = room == "unit", file.as_posix() not in LONGEST, begun[room]
            begun[room] += room != "unit"
    items.sort(key=lambda item: turns[item.path])


def leave_for_another_day(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out the tests whose turn it is not."""
    from tests.support import by_day  # whether this is a thorough run is known only now

    number: Counter[str] = Counter()
    waiting: set[pytest.Item] = set()
    for item in items:
        file = item.path.relative_to(Path(__file__).parent).as_posix()
        if not by_day.has_its_turn(file, number[file]):
            waiting.add(item)
        number[file] += 1
    config.hook.pytest_deselected(items=list(waiting))
    items[:] = [item for item in items if item not in waiting]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("PRIVACYAUDIT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("PRIVACYAUDIT_DATA", str(tmp_path / "data"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR", "PRIVACYAUDIT_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "auto_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture
def runs() -> Iterator[Path]:
    """A temporary folder with a short name, because browsers make sockets in it and those must not have long ones."""
    folder = Path(tempfile.mkdtemp(prefix="pa"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def env(tmp_path: Path, runs: Path) -> Iterator[dict[str, str]]:
    """The environment of a program in a process of its own, with a keyring that it shares with nobody."""
    with private_keyring() as made:
        yield made | {"PRIVACYAUDIT_STATE": str(tmp_path / "state"), "TMPDIR": str(runs)}


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    with launch.playwright() as running:
        yield running


@pytest.fixture(scope="module")
def one_browser(driver: Playwright) -> Iterator[Start]:
    """Every reading of the module is in one browser, in a context of its own behind a gate of its own."""
    with kept(driver) as start:
        yield start


@pytest.fixture
def own_browser(one_browser: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test of such a module that looks at how a browser starts, or at what a whole one does."""
    monkeypatch.setattr(launch, "browser", one_browser)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def prepared(bed: Recipe) -> Path:
    """Set a bed up, once for all, and return its folder; skip where this computer cannot have it."""
    try:
        bed.prepare(bed.home())
    except tools.Unavailable as reason:
        pytest.skip(str(reason))
    return bed.home()


@pytest.fixture(scope="session")
def mediawiki_cache() -> Path:
    """Where the MediaWiki bed is set up; what a test starts is a copy of it."""
    return prepared(mediawiki)


@pytest.fixture
def wiki(mediawiki_cache: Path, tmp_path: Path) -> Iterator[mediawiki.Wiki]:
    with mediawiki.running(mediawiki_cache, tmp_path / "bed") as running:
        yield running


@pytest.fixture(scope="session")
def wordpress_cache() -> Path:
    """Where the WordPress bed is set up; what a test starts is a copy of one of its sites."""
    return prepared(wordpress)


@pytest.fixture(scope="session")
def pds_cache() -> Path:
    """Where the packages of the Bluesky server are; what a test starts has accounts of its own."""
    return prepared(pds)
