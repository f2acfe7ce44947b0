"""The browser reader: sign in, read each settings page once behind the guard, sign out, leave nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from privacyaudit import labels
from privacyaudit.browser import find, launch, playwright_errors, sign_in
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.janitor import Janitor, as_ctrl_c
from privacyaudit.browser.reach import NotReachedError
from privacyaudit.browser.session import Hold
from privacyaudit.browser.tabs import Tabs
from privacyaudit.browser.visit import Visit
from privacyaudit.browser.whose import in_addresses
from privacyaudit.browser.workspace import workspace
from privacyaudit.clock import now
from privacyaudit.errors import AuditError, BrowserError, BrowserStartError, KeyringError, SignInError, Stopped
from privacyaudit.i18n import _
from privacyaudit.model import (
    Checklist,
    Observation,
    Platform,
    Probe,
    ReaderName,
    Reason,
    Refusals,
    SignedOut,
    WebProbe,
    has_address,
)
from privacyaudit.model.base import ME
from privacyaudit.plan import Item
from privacyaudit.readers import Outcome, probe
from privacyaudit.readers.watching import NOBODY, Following, Watcher

if TYPE_CHECKING:
    from playwright.sync_api import Playwright, StorageState


MOST_PAGES = 12
"""So many pages of a platform are read side by side; one with more is read in parts."""

LEAVING_MS = 100
"""So long the last words of pages that are closed are waited for, which the gate refuses, before others are opened."""

MOST_AT_ONCE = 4
"""So many pages load at once: a site is not asked for more than a person with a few tabs would."""


Pages = list[tuple[str, list[tuple[Item, int, Probe]]]]
"""Addresses, and the probes that read what stands there: each with its check and its number."""


class HandSignIn(Protocol):
    """The person beside the browser, as far as the reader needs one."""

    def sign_in(self, platform: Platform) -> bool:
        """Ask the person to sign in by hand; False when they would rather not."""
        ...

    def finish_sign_in(self, platform: Platform) -> bool:
        """Ask the person to finish a sign-in that the program could not; False when they would rather not."""
        ...

    def stage(self, sentence: str) -> None:
        """Tell what is going on."""
        ...

    def trouble(self, error: AuditError) -> None:
        """Tell what went wrong; the questions are then asked by hand."""
        ...


@dataclass(frozen=True)
class Found:
    """A page that was read and is still open, and what each of its probes found; `page` is its address."""

    visit: Visit
    page: str
    probes: Sequence[tuple[Item, int, Probe]]
    answers: Sequence[probe.Answer]


@dataclass
class _Run:
    """What happened on one platform: whether its pages knew the person, or said that nobody is signed in."""

    was_in: bool = False
    was_out: bool = False
    missing: BrowserStartError | None = None
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class WebReader:
    """Read platforms in a browser.

    `credentials` gives what may be typed for a platform, or None to sign in by hand. `look` is shown each page when its
    probes have been read, before it is left. `watcher` follows what goes on.
    """

    person: HandSignIn
    headless: bool = False
    credentials: Callable[[Checklist], sign_in.Credentials] | None = None
    look: Callable[[Found], None] | None = None
    watcher: Watcher = NOBODY
    name: ReaderName = "web"

    def read(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation | Outcome]]:
        """Yield an observation per probe, platform by platform, and after each platform how the session ended.

        What the person has said was read wrong is not read again. Trouble with one platform makes its checks unknown
        with a reason and goes on with the next. A browser that is missing or does not start is told once, and does so
        for all that are left. Raises Stopped on Ctrl-C, after signing out and cleaning up.
        """
        platforms: dict[str, list[Item]] = {}
        for item in items:
            if item.check.probes and has_address(item.check.probes[0].open) and not _is_wrong(item, observations):
                platforms.setdefault(item.checklist.platform.id, []).append(item)
        if not platforms:
            return
        left = list(platforms.values())
        try:
            program = find.find(headless=self.headless)
            while left:
                yield from self._platform(program, left.pop(0))
        except BrowserStartError as error:
            self.person.trouble(error)
            for mine in left:
                yield from _all(mine, Reason.NO_BROWSER)

    def _platform(self, program: find.Browser, items: list[Item]) -> Iterator[tuple[str, Observation | Outcome]]:
        platform = items[0].checklist.platform
        run = _Run()
        interrupted = False
        with workspace() as folder, as_ctrl_c():
            janitor = Janitor(program, platform, folder)
            try:
                yield from self._read(program, items, janitor.hold, run)
            except KeyboardInterrupt:
                interrupted = True
            finally:
                self.person.stage(_("Signing out of {platform} …").format(platform=_(platform.name)))
                self.watcher.leaving(platform)
                signed_out = janitor.finish()
            interrupted = interrupted or janitor.interrupted
        if run.was_out and not run.was_in and signed_out is SignedOut.CONFIRMED:
            signed_out = SignedOut.NOT_CONFIRMED
        refused = Refusals(count=len(run.refused), hosts=tuple(sorted(set(run.refused))))
        yield platform.id, Outcome(refused, signed_out)
        if interrupted:
            raise Stopped(_("Stopped while reading. {sentence}").format(sentence=labels.signed_out(signed_out)))
        if run.missing:
            raise run.missing

    def _read(
        self, program: find.Browser, items: list[Item], hold: Hold, run: _Run
    ) -> Iterator[tuple[str, Observation]]:
        """Sign in and read; trouble is told, and makes unknown what was not read."""
        checklist = items[0].checklist
        open_checks = {item.check.id: item for item in items}
        try:
            state = self._sign_in(program, checklist, hold)
            if state is None:
                yield from _all(items, Reason.NOT_SIGNED_IN)
                return
            self.person.stage(_("Reading {platform} …").format(platform=_(checklist.platform.name)))
            with launch.playwright() as driver:
                for check, made in guarded_reading(
                    driver,
                    program,
                    checklist,
                    items,
                    state,
                    headless=self.headless,
                    refused=run.refused,
                    hold=hold,
                    look=self.look,
                    watcher=self.watcher,
                ):
                    out = made.reason is Reason.NOT_SIGNED_IN
                    run.was_in, run.was_out = run.was_in or not out, run.was_out or out
                    open_checks.pop(check, None)
                    yield check, made
        except BrowserStartError as error:
            run.missing = error
            yield from _all(open_checks.values(), Reason.NO_BROWSER)
        except NotReachedError as error:
            self.person.trouble(error)
            yield from _all(items, error.reason)
        except (SignInError, KeyringError) as error:
            self.person.trouble(error)
            yield from _all(items, Reason.NOT_SIGNED_IN)
        except BrowserError as error:
            self.person.trouble(error)
            yield from _all(open_checks.values(), Reason.TIMED_OUT)

    def _sign_in(self, program: find.Browser, checklist: Checklist, hold: Hold) -> StorageState | None:
        platform = checklist.platform
        if platform.sign_in is None:
            return {"cookies": [], "origins": []}
        if self.credentials is None:
            return sign_in.by_hand(program, platform, wait=self.person.sign_in, hold=hold)
        return sign_in.by_filling(
            program,
            platform,
            self.credentials(checklist),
            headless=self.headless,
            hand_over=self.person.finish_sign_in,
            hold=hold,
        )


def guarded_reading(
    driver: Playwright,
    program: find.Browser,
    checklist: Checklist,
    items: Sequence[Item],
    state: StorageState,
    *,
    headless: bool,
    refused: list[str],
    hold: Hold = lambda _state, _unsure, _others=(): None,
    look: Callable[[Found], None] | None = None,
    watcher: Watcher = NOBODY,
) -> Iterator[tuple[str, Observation]]:
    """Read every probe of one platform with a session that exists, each page opened once.

    The page that proves the sign-in comes first; without that proof nothing else is opened. What a page showed counts
    only if it still is the same person's page after its last probe. Hosts of everything the guard refused are added to
    `refused`; `hold` is told the session as it is at the end, also of a reading that breaks off, and each that it was
    before; `look` is shown each page before it is left, and `watcher` follows.
    Yields (check id, observation).
    """
    platform = checklist.platform
    assert platform.signed_in is not None
    alone = Gate(())
    with launch.browser(driver, program, alone, headless=headless) as running:
        tabs = Tabs(running, platform, state, _names(checklist), watcher.go_on)
        sessions: list[StorageState] = []
        try:
            first = platform.signed_in.open
            pages = list(by_page(items, first).items())
            home = tabs.open(first, proves=True)
            tabs.come(home)
            unproven = tabs.in_time(home, home.opened) or tabs.hand_on(home)
            if unproven is None:
                unknown, pages = _named(pages, in_addresses(home, platform.me, platform.hosts) if platform.me else None)
                yield from unknown
            following = Following(watcher, tabs, sum(1 for _page, probes in pages if probes))
            for begin in range(0, len(pages), MOST_PAGES):
                part = pages[begin : begin + MOST_PAGES]
                yield from _part(tabs, part, home, unproven, platform.languages, look, following)
            sessions = tabs.sessions()
        except playwright_errors.error() as error:
            raise BrowserError(
                _("The browser stopped while it was reading {platform}.").format(platform=_(platform.name)),
                _("Try again, or answer the questions by hand."),
            ) from error
        finally:
            tabs.shut()
            if platform.sign_in:
                sessions = sessions or [state, *tabs.sessions_seen()]
                hold(sessions[0], False, sessions[1:])
            refused += [entry.host for gate in (alone, *tabs.gates) for entry in gate.traffic.refused()]


def _named(pages: Pages, me: str | None) -> tuple[list[tuple[str, Observation]], Pages]:
    """Put what stands for the person into addresses that want it; where it is not known, they cannot be opened."""
    unknown = [
        (item.check.id, observation(Reason.NOT_FOUND, number))
        for page, probes in pages
        if ME in page and me is None
        for item, number, _one in probes
    ]
    return unknown, [(page.replace(ME, me or ME), probes) for page, probes in pages if me is not None or ME not in page]


def _part(
    tabs: Tabs,
    pages: Pages,
    home: Visit,
    unproven: Reason | None,
    languages: tuple[str, ...],
    look: Callable[[Found], None] | None,
    following: Following,
) -> Iterator[tuple[str, Observation]]:
    """Read some pages side by side: each when it is there, and all of them once more at the end."""
    visits = {home.url: home}
    tabs.make_ready(len({page for page, _probes in pages} - set(visits)))
    loading: list[Visit] = []
    for page, _probes in pages:
        if page not in visits and not unproven:
            if len(loading) == MOST_AT_ONCE:
                tabs.come(loading.pop(0))
            visits[page] = tabs.open(page)
            loading.append(visits[page])
    for visit in loading:
        tabs.come(visit)
    read: list[Read] = []
    for page, probes in pages:
        visit = visits.get(page, home)
        following.begin(probes, again=False)
        trouble = unproven if visit is home else tabs.in_time(visit, visit.opened)
        read.append(Read(visit, page, probes, trouble or _answers(tabs, visit, probes, languages, last=False)))
    first_is_another = home.changed_hands()
    for one in read:
        first = one.answers
        following.begin(one.probes, again=True)
        following.show(one.visit, one.probes, _each(first, one.probes))
        again = _answers(tabs, one.visit, one.probes, languages, last=True) if isinstance(first, list) else first
        another = first_is_another or one.visit.changed_hands()
        told = _each(Reason.OTHER_ACCOUNT if another else _both(first, again), one.probes)
        if look and one.visit.is_there:
            look(Found(one.visit, one.page, one.probes, told))
        for (item, index, _one), answer in zip(one.probes, told, strict=True):
            yield item.check.id, observation(answer, index)
    for one in read:
        if one.visit is not home:
            tabs.leave(one.visit)
    tabs.wait(LEAVING_MS)


def _names(checklist: Checklist) -> tuple[str, ...]:
    """Return the names under which the probes of a checklist look for controls."""
    finds = [one.find for check in checklist.checks for one in check.probes if isinstance(one, WebProbe)]
    return tuple({name: None for find in finds for name in (*find.name, *find.name_starts, *find.near)})


@dataclass(frozen=True)
class Read:
    """A page with its probes and what they found the first time, or why nothing can be read on it."""

    visit: Visit
    page: str
    probes: Sequence[tuple[Item, int, Probe]]
    answers: list[probe.Answer] | Reason


def _answers(
    tabs: Tabs, visit: Visit, probes: Sequence[tuple[Item, int, Probe]], languages: tuple[str, ...], *, last: bool
) -> list[probe.Answer] | Reason:
    """Return what each probe of a page finds now, or why the page is not that of the person any more.

    That something is not there means something only beside something that is.
    """
    found = tabs.in_time(visit, lambda: _read(visit, probes, languages, tabs.go_on, last=last))
    if isinstance(found, Reason) or any(_is_told(one) and not isinstance(one, probe.ByAbsence) for one in found):
        return found
    return [Reason.NOT_FOUND if isinstance(one, probe.ByAbsence) else one for one in found]


def _read(
    visit: Visit,
    probes: Sequence[tuple[Item, int, Probe]],
    languages: tuple[str, ...],
    go_on: Callable[[], None],
    *,
    last: bool,
) -> list[probe.Answer] | Reason:
    if not visit.alive():
        return Reason.TIMED_OUT
    visit.look_anew()
    found: list[probe.Answer] = []
    for _item, _number, one in probes:
        go_on()
        found.append(probe.read(visit, one, languages, last=last))
        if found[-1] is Reason.TIMED_OUT and not visit.alive():
            return Reason.TIMED_OUT
    return visit.trouble() or found


def _is_told(answer: probe.Answer) -> bool:
    return not isinstance(answer, Reason)


def _each(answers: list[probe.Answer] | Reason, probes: Sequence[object]) -> list[probe.Answer]:
    return [answers] * len(probes) if isinstance(answers, Reason) else answers


def _both(first: list[probe.Answer] | Reason, again: list[probe.Answer] | Reason) -> list[probe.Answer] | Reason:
    """Return what both readings of a page say."""
    if isinstance(first, Reason) or isinstance(again, Reason):
        return first if isinstance(first, Reason) else again
    return [_same_twice(one, other) for one, other in zip(first, again, strict=True)]


def _same_twice(first: probe.Answer, again: probe.Answer) -> probe.Answer:
    """Return what was found both times; two different answers are *ambiguous*."""
    if first == again or isinstance(first, Reason):
        return first
    return again if isinstance(again, Reason) else Reason.AMBIGUOUS


def by_page(items: Sequence[Item], first: str) -> dict[str, list[tuple[Item, int, Probe]]]:
    """Group the probes of some checks by the page they want, the page named `first` in front."""
    pages: dict[str, list[tuple[Item, int, Probe]]] = {first: []}
    for item in items:
        for number, one in enumerate(item.check.probes):
            pages.setdefault(one.open, []).append((item, number, one))
    return pages


def observation(answer: probe.Answer, number: int) -> Observation:
    """Put what a probe found into an observation."""
    if isinstance(answer, Reason):
        return Observation(reader="web", probe=number, reason=answer, at=now())
    return Observation(reader="web", probe=number, option=answer, at=now())


def _is_wrong(item: Item, observations: Mapping[str, Sequence[Observation]]) -> bool:
    return any(one.reason is Reason.READ_WRONG for one in observations.get(item.check.id, ()))


def _all(items: Iterable[Item], reason: Reason) -> Iterator[tuple[str, Observation]]:
    for item in items:
        yield item.check.id, observation(reason, 0)
