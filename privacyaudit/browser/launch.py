"""Start a browser behind a gate."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privacyaudit.browser import find, no_start, policies, sandbox
from privacyaudit.browser.gate import Gate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

logging.getLogger("playwright").addHandler(logging.NullHandler())  # else a call that Ctrl-C cut prints a traceback

_PLAYWRIGHTS_OWN = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "msForceBrowserSignIn,msEdgeUpdateLaunchServicesPreferredVersion"
)
"""What Playwright 1.65 turns off. A list of our own replaces that one, so it is repeated here."""

OFF = (
    f"--disable-features={_PLAYWRIGHTS_OWN},Reporting,NetworkErrorLogging,AutofillServerCommunication,"
    "Prerender2,SpeculationRulesPrefetchFuture,LoadingPredictor,FedCm,WebPayments"
)
"""Also off: reports that Chromium itself, and no page, posts to an address that the site names, what it tells its
maker about the forms on a page, pages fetched ahead, and what asks for an account or a payment. The gate holds without
it."""

QUIET = (
    *(f"--gcm-{what}=http://127.0.0.1:9" for what in ("checkin-url", "mcs-endpoint", "registration-url")),
    "--component-updater=url-source=http://127.0.0.1:9/",
)
"""Some seconds after its start Chromium registers for push messages and looks for new parts of itself, also where such
looking is switched off: it does so where nobody listens."""

FENCE = (
    OFF,
    *QUIET,
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--gaia-url=http://127.0.0.1:9",
    "--no-first-run",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)
"""Calls between browsers (WebRTC) may not send past the gate: that is the one thing that it cannot see. Chromium looks
no name up by itself: every address goes through the gate. Where it would ask Google who is signed in, it asks a port on
which nobody listens; pages on which people sign in with Google are not touched by that."""

_ROOMS = sorted((Path(__file__).parent / "looks").glob("*.js"))
LOOKS = "Object.assign(\n" + ",\n".join(room.read_text(encoding="utf-8").rstrip() for room in _ROOMS) + "\n)"
"""What looks at a page, in one piece; the browser runs it in a world of its own, out of reach of the page's scripts."""

EXTRA_ARGS: tuple[str, ...] = ()


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Start Playwright's driver and stop it at the end. Raises BrowserStartError when it does not start."""
    from playwright.sync_api import sync_playwright

    try:
        with _out_of_reach_of_ctrl_c():
            driver = sync_playwright().start()
    except Exception as error:  # of one that ends at once Playwright says so with no kind of its own
        raise find.no_driver() from error
    try:
        driver.selectors.register("audit", script=LOOKS, content_script=True)
        yield driver
    finally:
        driver.stop()


@contextmanager
def _out_of_reach_of_ctrl_c() -> Iterator[None]:
    """Start programs through asyncio in a group of their own, so that Ctrl-C reaches this program alone.

    A terminal sends it to the whole group. A driver that dies of it leaves calls without an answer, of which Python
    complains at its end; one that lives closes the browser in order, and ends when its pipe does.
    """
    starts = asyncio.create_subprocess_exec

    async def start(*words: Any, **options: Any) -> Any:
        if sys.platform == "win32":
            options["creationflags"] = options.get("creationflags", 0) | subprocess.CREATE_NEW_PROCESS_GROUP
        else:
            options["start_new_session"] = True
        return await starts(*words, **options)

    asyncio.create_subprocess_exec = start
    try:
        yield
    finally:
        asyncio.create_subprocess_exec = starts


@contextmanager
def browser(driver: Playwright, program: find.Browser, gate: Gate, *, headless: bool) -> Iterator[Browser]:
    """Start a browser whose only way out is the gate; the gate is closed before the browser is.

    Raises BrowserStartError, which says why, when the program is no browser, does not start, or may not be used here.
    """
    from playwright.sync_api import Error

    hidden = headless or not program.window
    laid_down = policies.of(program.path)
    if names := policies.routes(laid_down):
        gate.close()
        raise no_start.led_elsewhere(program, names)
    try:
        running = _started(driver, program, gate, headless=hidden)
        if laid_down:
            _try_a_page(running)
    except Error as error:
        gate.close()
        raise no_start.why(program, error.message, headless=hidden) from error
    try:
        yield running
    finally:
        gate.close()
        with suppress(Error):
            running.close()


def _started(driver: Playwright, program: find.Browser, gate: Gate, *, headless: bool) -> Browser:
    """Start a browser in its own sandbox; once more without it where that, and nothing else, is what it lacks."""
    from playwright.sync_api import Error

    from privacyaudit.browser.gate import authority

    inside = os.environ.get("TMPDIR") or tempfile.gettempdir()
    homes: dict[str, str | float | bool] = {
        name: str(Path(inside) / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    }

    def start() -> Browser:
        return driver.chromium.launch(
            executable_path=str(program.path),
            headless=headless,
            chromium_sandbox=sandbox.wanted(program),
            proxy={"server": gate.address},
            args=[*FENCE, f"--ignore-certificate-errors-spki-list={authority.of_this_run().fingerprint}", *EXTRA_ARGS],
            env={**os.environ, **homes},
        )

    try:
        return start()
    except Error as error:
        if not sandbox.is_missing(program, error.message):
            raise
    return start()


def _try_a_page(running: Browser) -> None:
    """Open an empty page: under some policies a browser starts, and then lets nothing be done in it."""
    from playwright.sync_api import Error

    try:
        running.new_page().close()
    except Error:
        with suppress(Error):
            running.close()
        raise
