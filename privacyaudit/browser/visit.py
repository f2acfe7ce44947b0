"""One page of a platform in its tab: whether it is the page we asked for, shown to somebody who is signed in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from privacyaudit.browser import playwright_errors, reach, whereabouts, whole_replies
from privacyaudit.browser.broken_scripts import breaks, has_failed_data, was_refused
from privacyaudit.browser.first_html import LARGEST, First
from privacyaudit.browser.gate.addresses import fits
from privacyaudit.browser.gate.rules import Refusal, same
from privacyaudit.browser.gate.traffic import Entry, Failure
from privacyaudit.browser.heard import Heard, Replies
from privacyaudit.browser.journey import go_through
from privacyaudit.browser.locate import locate
from privacyaudit.browser.losses import fault, is_harmless, is_noise, is_the_page
from privacyaudit.browser.old_copies import is_old
from privacyaudit.browser.whose import account
from privacyaudit.model import Platform, Reason, Who

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Response

    from privacyaudit.browser.tab import Tab

OPEN_LIMIT_S = 20.0
QUIET_MS = 100
REST_MS = 1_000
QUIET_LIMIT_S = 8.0
_LASTING_S = 4.0
_POLL_MS = 25
_ALIVE_MS = 5_000

_CHALLENGES = re.compile(r"captcha|challenges\.cloudflare|/checkpoint/|arkoselabs|funcaptcha", re.IGNORECASE)

_LOG_IN_DIALOG = ":is(dialog, [role=dialog], [role=alertdialog], [aria-modal=true]) input[type=password]:visible"
"""A log-in dialog over a page: what stands under it may be what a page shows to nobody in particular."""

_DRAWING_KINDS = ("empty", "script", "worker", "")
_TELLING_KINDS = ("document", "iframe", *_DRAWING_KINDS)


class Tabs(Protocol):
    """The tabs among which a page is: `whose` is the first page's account, `known` the names in the checklist."""

    whose: str | None
    known: tuple[str, ...]

    def come(self, visit: Visit) -> None:
        """Wait until the page of a visit is there, or cannot come any more."""
        ...


class Visit:
    """One address of a platform that is opened in a tab of its own."""

    def __init__(self, tabs: Tabs, platform: Platform, url: str, tab: Tab, *, proves: bool) -> None:
        self.url = url
        self.tab = tab
        self.page = tab.page
        self.known = tabs.known
        self.is_there = False
        self.began = time.monotonic()
        self.quiet = True
        self._tabs = tabs
        self._platform = platform
        self._proves = proves
        self._known: dict[str, bool] = {}
        self._gone = False
        self._status = 0
        self._met = False
        self._answers = False
        self._first: First | None = None
        self._rested = False
        self._strayed = False
        self._heard = Replies(tab, self._is_no_noise)

        self.page.on("framenavigated", lambda frame: self._note_where(frame))

    def _note_where(self, frame: Frame) -> None:
        """Note that the page is there; later, that it has led itself elsewhere in between."""
        if frame == self.page.main_frame:
            self._strayed = self._strayed or (self.is_there and not whereabouts.same_address(self.url, frame.url))
            self.is_there = True

    def go(self) -> None:
        """Lead the tab to the address."""
        with suppress(playwright_errors.error()):
            reply = self.page.goto(self.url, timeout=OPEN_LIMIT_S * 1000, wait_until="commit")
            self._status = reply.status if reply else 0
        self._gone = True

    def look_anew(self) -> None:
        """Begin to read the page once more: what is looked up once for all its controls is looked up again."""
        self._known.clear()

    def once(self, what: str, ask: Callable[[], bool]) -> bool:
        """Ask something of the whole page, once for each reading, for it takes long."""
        if what not in self._known:
            self._known[what] = ask()
        return self._known[what]

    def meet(self) -> None:
        """Wait until the page is loaded, or its time is over, and begin to watch whether it changes."""
        if not self._met:
            self._met = True
            with suppress(playwright_errors.error()):
                self.page.wait_for_load_state("load", timeout=self.left_ms())
            self._answers = self.alive() and self._still(0)

    def left_ms(self) -> float:
        """Return how many milliseconds are left in which the page may come."""
        return max(1.0, (self.began + OPEN_LIMIT_S - time.monotonic()) * 1000)

    def over(self) -> bool:
        """Tell whether no page will come any more: its time is over, or its address led nowhere."""
        last = self.tab.gate.led(self.url)
        return self._gone or bool(last and last.refusal) or time.monotonic() >= self.began + OPEN_LIMIT_S

    def opened(self) -> Reason | None:
        """Wait for the page; return why it cannot be read, or None when it can."""
        self._tabs.come(self)
        if reason := self._not_reached():
            return reason
        if not (self._answers and self.alive()):
            return Reason.TIMED_OUT
        self.quiet = self.settle()
        if self.trouble() is Reason.NOT_SIGNED_IN:
            self.rest()
        return self.trouble()

    def alive(self) -> bool:
        """Tell whether the page still does what it is told; one that computes for ever does not."""
        try:
            self.page.wait_for_function("1", timeout=_ALIVE_MS)
        except playwright_errors.error():
            return False
        return True

    def _not_reached(self) -> Reason | None:
        """Return why the address has led nowhere, as the gate saw it."""
        last = self.tab.gate.led(self.url)
        if last is None or (last.ended is None and not self.is_there):
            return Reason.TIMED_OUT if last else self._connection()
        entry = self._platform.sign_in
        if to := self.tab.gate.sent_on(self.url):
            if entry and whereabouts.names(to, entry.hosts):
                return Reason.NOT_SIGNED_IN
            return Reason.PAGE_MOVED
        if last.refusal:
            return Reason.PAGE_MOVED if last.refusal is Refusal.OTHER_HOST else Reason.BLOCKED_BY_GUARD
        if last.failure and last.failure is not Failure.HELD_BACK:
            return reach.of_failure(last.failure)
        return None if self.is_there else Reason.PAGE_MOVED

    def _connection(self) -> Reason:
        """Return why no request came about: the site was not reached."""
        failed = [entry.failure for entry in self.tab.gate.traffic.all() if entry.failure and entry.method == "CONNECT"]
        return reach.of_failure(failed[-1]) if failed else Reason.TIMED_OUT

    def trouble(self) -> Reason | None:
        """Return why the page that is open cannot be read, as it is now, or None when it can.

        Asked again after the page was read, this tells whether it still is the page of the same person.
        """
        last = self.tab.gate.led(self.url)
        status = max(self._status, last.status or 0 if last else 0)
        if self.on_sign_in_page() or status == 401 or self._signed_out_meanwhile():
            return Reason.NOT_SIGNED_IN
        if status in (403, 429) or (status == 503 and self._challenged()):
            return Reason.CHALLENGE
        if status in (404, 410):
            return Reason.PAGE_MOVED
        if status >= 400:
            return Reason.SITE_ERROR
        if not whereabouts.same_page(self.url, self.page.url):
            return Reason.CHALLENGE if _CHALLENGES.search(self.page.url) else Reason.PAGE_MOVED
        if self.page.locator(_LOG_IN_DIALOG).count():
            return Reason.NEEDS_PASSWORD
        proof = self._platform.signed_in
        if proof is None:
            return None
        for what in (proof.find if self._proves else None, proof.on_every_page):
            if what and not locate(self.page, what):
                return self._missing_proof()
        return self._somebody_else(proof.who) if proof.who else None

    def _somebody_else(self, who: Who) -> Reason | None:
        """Compare whose page this is with the first page; what is compared stays in memory."""
        whose = account(self, who)
        if whose is None:
            return self._missing_proof() if self._tabs.whose is None or self._asks_password() else Reason.OTHER_ACCOUNT
        if self._tabs.whose is None:
            self._tabs.whose = whose
        return None if whose == self._tabs.whose else Reason.OTHER_ACCOUNT

    def json_replies(self, host: str | None, path: str) -> Iterator[Any]:
        """Return what is in the good replies to what the page asked for; nothing of those that are no JSON."""
        for reply in self.replies(host or urlsplit(self.url).netloc, path) or []:
            with suppress(playwright_errors.error(), ValueError, RecursionError):
                raw = reply.body()
                if len(raw) <= LARGEST:
                    yield whole_replies.read(raw)

    def _signed_out_meanwhile(self) -> bool:
        """Tell whether the site has told this page that nobody is signed in."""
        asked = self.tab.traffic()
        if entry := self._platform.sign_in:
            away = hash(same(entry.open))
            if any(one.mark == away and not is_the_page(one) for one in asked):
                return True
        return self.was_told_nobody()

    def was_told_nobody(self) -> bool:
        """Tell whether something that the page asked of its site was answered with 401."""
        asked = self.tab.traffic()
        return any(one.status == 401 and one.kind in ("empty", "") and self._counts(one) for one in asked)

    def changed_hands(self) -> bool:
        """Tell whether the page was asked for, or goes on, in another session than it began with."""
        with suppress(playwright_errors.error()):
            return self.tab.changed_hands()
        return True

    def is_where_it_should_be(self) -> bool:
        """Tell whether the page stands at the address that was asked for: path, query and the part after #."""
        return not self._strayed and whereabouts.same_address(self.url, self.page.url)

    def lost(self, *, but: int = 0) -> Reason | None:
        """Return why something that the page asked for is missing from it, None when nothing is.

        Many pages ask something of their site again and again; what is just under way is waited for. `but` is a status
        that counts as an answer.
        """
        while (reason := self._lost_now(but)) is Reason.TIMED_OUT and self._recent():
            self.page.wait_for_timeout(_POLL_MS)
        return reason

    def _recent(self) -> bool:
        """Tell whether what is still under way was asked for a moment ago."""
        began = [entry.began for entry in self.tab.traffic() if entry.ended is None and not self._is_harmless(entry)]
        return bool(began) and time.monotonic() - min(began) < _LASTING_S

    def _lost_now(self, but: int) -> Reason | None:
        asked = [entry for entry in self.tab.traffic() if entry.status != but or entry.ended is None]
        found = [fault(entry) for entry in asked if not self._is_harmless(entry)]
        if self._heard.worst() > (Heard.NOTHING if but else Heard.WHOLE) or (not but and self._is_an_old_page()):
            found.append(Reason.SITE_ERROR)
        order = (Reason.BLOCKED_BY_GUARD, Reason.SITE_ERROR, Reason.TIMED_OUT)
        return next((reason for reason in order if reason in found), None)

    def _is_an_old_page(self) -> bool:
        """Tell whether the page was a copy kept on the way, and not an empty one that was filled with fresh data."""
        sent = self._sent()
        return is_old(sent.headers) and not (sent.is_shell and self._heard.had_data())

    def _is_harmless(self, entry: Entry) -> bool:
        return is_harmless(entry, self._platform.noise, of_a_page=self.tab.has_asked(entry))

    def _counts(self, entry: Entry) -> bool:
        """Tell whether a request may have been for the settings themselves."""
        return self._of_this_site(entry.host) and not is_noise(entry, self._platform.noise)

    def _is_no_noise(self, url: str) -> bool:
        parts = urlsplit(url)
        return not is_noise(Entry("GET", parts.netloc.lower(), parts.path), self._platform.noise)

    def is_of_the_site(self, url: str) -> bool:
        """Tell whether an address is the site's own and no noise."""
        parts = urlsplit(url)
        return self._counts(Entry("GET", parts.netloc.lower(), parts.path))

    def _of_this_site(self, host: str) -> bool:
        """Tell whether a host is one of the platform's, or a neighbour of one, such as api. beside www."""
        return any(host == own or whereabouts.site(host) == whereabouts.site(own) for own in self._platform.hosts)

    def replies(self, host: str, path: str) -> list[Response] | None:
        """Return the good replies to what the page asked a host and path for; None while one is still coming in.

        A * in the path stands for any one part between two slashes; when one of the replies that fit it is an error,
        none is good, for the others may be about somebody else.
        """
        asked = [
            reply
            for reply in self.tab.replies
            if reply.request.method == "GET"
            and self._is_mine(reply)
            and urlsplit(reply.url).netloc.lower() == host
            and fits(urlsplit(reply.url).path, path)
        ]
        fitting = [reply for reply in asked if reply.ok]
        if "*" in path and len(fitting) < len(asked):
            return []
        open_ones = {entry.mark for entry in self.tab.traffic() if entry.ended is None}
        return None if any(hash(same(reply.url)) in open_ones for reply in fitting) else fitting

    def _is_mine(self, reply: Response) -> bool:
        """Tell whether a reply was asked for by the page itself, not by a frame in it."""
        with suppress(playwright_errors.error()):
            return reply.request.frame == self.page.main_frame
        return False

    def sent_as(self, field: str) -> list[str]:
        """Return how the server sent a form field: each value or state that it was sent with."""
        return self._sent().states(field)

    def in_first_html(self, field: str) -> bool:
        """Tell whether a form field was in the page as the server sent it, before any script ran."""
        return self._sent().has_field(field)

    def is_cut(self) -> bool:
        """Tell whether the page that the server sent breaks off in the middle."""
        return self._sent().is_cut

    def _sent(self) -> First:
        if self._first is None:
            mine = [
                one
                for one in self.tab.replies
                if one.request.is_navigation_request() and same(one.url) == same(self.page.url)
            ]
            self._first = First.of(mine[-1] if mine else None)
        return self._first

    def broke(self) -> bool:
        """Tell whether a script of the page, or something in it that says how it is, has come to nothing."""
        noise = [entry for entry in self.tab.traffic() if is_noise(entry, self._platform.noise)]
        return (
            any(breaks(error, noise) for error in self.tab.uncaught)
            or any(
                was_refused(said, self.is_of_the_site, lambda at: not self._is_no_noise(at)) for said in self.tab.said
            )
            or any(map(has_failed_data, {self._sent().whole, self.page.content()}))
        )

    def language(self) -> str:
        """Return the language that the page says it is in, such as `en`; empty when it does not say."""
        said = self.page.locator("html").first.get_attribute("lang") or self._platform.language or ""
        return said.split("-")[0].split("_")[0].lower()

    def rest(self) -> None:
        """Go through the page once, and wait for the longer silence after which scripts have shown what they will.

        What is there first may be a stand-in until the true state comes, also where the server itself sent it. Only a
        page on which nothing can run is as it stays.
        """
        if not self._rested:
            if not self._sent().stays:
                with suppress(playwright_errors.error()):
                    go_through(self.page)
                self.quiet = self.settle(REST_MS) and self.quiet
            self._rested = True

    def settle(self, quiet_ms: int = QUIET_MS) -> bool:
        """Wait until nothing moved for a while and nothing is under way that may still change the page.

        The silence counts from the last change of the page or the last request, also when that was before this call.
        Returns False when it did not come within the limit.
        """
        until = time.monotonic() + QUIET_LIMIT_S
        while (now := time.monotonic()) < until:
            asked = [entry for entry in self.tab.traffic() if entry.kind in _TELLING_KINDS]
            pending = [entry.began for entry in asked if entry.ended is None]
            stirred = max((entry.ended or entry.began for entry in asked), default=self.began)
            recent = [at for at in pending if now - at < _LASTING_S]
            if (now - stirred) * 1000 >= quiet_ms and not recent and self._still(quiet_ms):
                return not pending
            self.page.wait_for_timeout(_POLL_MS)
        return False

    def _still(self, milliseconds: int) -> bool:
        """Tell whether the page has not changed for so long, as it is seen from a world of its own."""
        try:
            return self.page.locator(f"audit=still:{milliseconds}").count() == 1
        except playwright_errors.error():
            return False

    def _missing_proof(self) -> Reason:
        if self._challenged():
            return Reason.CHALLENGE
        return Reason.NEEDS_PASSWORD if self._asks_password() else Reason.NOT_SIGNED_IN

    def _challenged(self) -> bool:
        return any(_CHALLENGES.search(frame.url) for frame in self.page.frames) or bool(
            self.page.locator("[class*=captcha i], [id*=captcha i], [name*=captcha i]").count()
        )

    def _asks_password(self) -> bool:
        return self.page.locator("input[type=password]:visible").count() > 0

    def on_sign_in_page(self) -> bool:
        """Tell whether the page stands where one signs in, or elsewhere than it should and asks for a password."""
        entry = self._platform.sign_in
        if entry is None:
            return False
        here = urlsplit(self.page.url)
        return (
            whereabouts.names(here.netloc, entry.hosts)
            or whereabouts.same_page(entry.open, self.page.url)
            or (not whereabouts.same_page(self.url, self.page.url) and self._asks_password())
        )
