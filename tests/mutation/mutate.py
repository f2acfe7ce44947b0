"""Change the pages of the closed platforms at random, read them, and count: true, unknown, wrong.

    python tests/mutation/mutate.py --count 10000 --seed 1 [--workers 2] [--write]

What counts as what is defined in docs/mend/mutation-test.md. Exit code 1 when an answer is wrong.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import pkgutil
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest import mock
from urllib.parse import urlsplit

HERE = Path(__file__).parents[2]
sys.path.insert(0, str(HERE))

from privacyaudit.browser import find, launch, visit  # noqa: E402
from privacyaudit.browser.gate import Gate  # noqa: E402
from privacyaudit.catalogue import loading  # noqa: E402
from privacyaudit.clock import now  # noqa: E402
from privacyaudit.errors import BrowserError  # noqa: E402
from privacyaudit.judge import judge  # noqa: E402
from privacyaudit.model import Checklist, JsonProbe, Observation, Take, WebProbe  # noqa: E402
from privacyaudit.plan import Item, plan  # noqa: E402
from privacyaudit.readers import probe, web  # noqa: E402
from tests.browser import replicas  # noqa: E402
from tests.browser.replicas import ROLE, Variant, moved  # noqa: E402
from tests.mutation import counted, lost_and_hidden  # noqa: E402, F401
from tests.mutation.mutations import KINDS, Case, Change, Mutated, Served, mutate  # noqa: E402
from tests.support.site import Page, Reply, Seen, Site  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NEWEST = HERE / "tests" / "mutation" / "newest_run.md"
HEADING = """# The newest run of the mutation test

Written by “nox -s mutate -- --write”; `docs/mend/mutation-test.md` says what it means. An answer counts once for each
kind of change that was made on its page, and once in the last row.
"""
PACE = 0.2
OUTCOMES = ("true", "unknown", "as a person", "wrong")
_TRIES = 30
_SHARE = 50


# -- pace ----------------------------------------------------------------------------------------------------------


UNPACED = ("_POLL_MS", "_ALIVE_MS", "_FRAME_MS", "OPEN_LIMIT_S")
"""What is a limit on a page, or a step, and no wait."""


@contextmanager
def paced(pace: float) -> Iterator[None]:
    """Make every wait of the reader shorter by one factor; 1 leaves them as they are."""
    with ExitStack() as stack:
        for module in (visit, probe):
            for name, value in list(vars(module).items()):
                if re.fullmatch(r"_?[A-Z_]+_(?:MS|S)", name) and isinstance(value, int | float) and name not in UNPACED:
                    stack.enter_context(mock.patch.object(module, name, value * pace))
        quiet = visit.Visit.settle
        stack.enter_context(mock.patch.object(quiet, "__defaults__", (visit.QUIET_MS,)))
        yield


_WAITS = re.compile(r"(,\s*)(\d{2,6})(\s*\))")


def _sped_up(body: str, pace: float) -> str:
    """Shorten the waits in the scripts of a page."""
    return re.sub(
        r"<script[^>]*>.*?</script>",
        lambda script: _WAITS.sub(lambda wait: f"{wait[1]}{int(int(wait[2]) * pace)}{wait[3]}", script[0]),
        body,
        flags=re.DOTALL,
    )


# -- what is read --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """One page of one user of one variant, as the mutations want it."""

    variant: Variant
    user: str
    case: Case
    only_here: frozenset[str]
    only_replies: frozenset[str]

    @property
    def truth(self) -> Mapping[str, str | None]:
        return self.variant.truths[self.user]

    @property
    def shown(self) -> Mapping[str, str | None]:
        return self.variant.shown.get(self.user, self.truth)

    def __str__(self) -> str:
        return f"{self.variant.platform}, {self.variant.name}, {self.user}, {self.case.path}"


def variants() -> list[Variant]:
    """Return the variants of every module in tests/browser/replicas, and those on which something is counted."""
    names = sorted(module.name for module in pkgutil.iter_modules(replicas.__path__))
    modules = [importlib.import_module(f"tests.browser.replicas.{name}") for name in names]
    return [variant for module in (*modules, counted) for variant in getattr(module, "VARIANTS", ())]


def jobs(chosen: Iterable[Variant]) -> list[Job]:
    """Return every page that a probe opens, for every user of every variant."""
    found = []
    for variant in chosen:
        items = _items(variant.platform)
        for user in variant.truths:
            pages = _served(variant, user)
            other = next(one for one in variant.truths if one != user)
            paths = {urlsplit(one.open).path for item in items for one in item.check.probes}
            found += [
                _job(variant, user, items, path, pages, _served(variant, other), variant.truths[other])
                for path in sorted(paths & set(pages))
            ]
    return found


def _job(
    variant: Variant,
    user: str,
    items: Sequence[Item],
    path: str,
    pages: Mapping[str, Served],
    other: Mapping[str, Served],
    others_truth: Mapping[str, str | None],
) -> Job:
    here = [(item.check.id, one) for item in items for one in item.check.probes if urlsplit(one.open).path == path]
    web_probes = [(check, one) for check, one in here if isinstance(one, WebProbe)]
    replies = [one for _check, one in here if isinstance(one, JsonProbe)]
    toggles: dict[str, tuple[tuple[str, str | None, str | None], ...]] = {}
    for check, one in web_probes:
        if one.take in (Take.CHECKED, Take.PRESSED) and isinstance(one.means, dict):
            for name in (*one.find.name, *one.find.near):
                toggles[name] = (*toggles.get(name, ()), (check, one.means.get("true"), one.means.get("false")))
    absences: dict[str, tuple[tuple[str, str], ...]] = {}
    for check, said in here:
        if isinstance(said, JsonProbe) and said.absent:
            key = said.path.rpartition(".")[2]
            absences[key] = (*absences.get(key, ()), (check, said.absent.option))
    words = [word for _check, one in web_probes for word in (*one.find.name, *one.find.near, *one.find.name_starts)]
    case = Case(
        pages=pages,
        path=path,
        other=other,
        words=tuple(dict.fromkeys(words)),
        fields=tuple(dict.fromkeys(one.find.field for _check, one in web_probes if one.find.field)),
        replies=tuple(dict.fromkeys(one.reply for one in replies)),
        keys=tuple(dict.fromkeys(word for one in replies for word in re.findall(r"\w+", one.path))),
        toggles=toggles,
        absences=absences,
        others_truth=others_truth,
        addresses=len({one.open for _check, one in here}),
    )
    elsewhere = {item.check.id for item in items for one in item.check.probes if urlsplit(one.open).path != path}
    only_here = frozenset({check for check, _one in here} - elsewhere)
    return Job(variant, user, case, only_here, only_here - {check for check, _one in web_probes})


@cache
def _site() -> Site:
    """Return the one site of this process, on which the pages are replaced; it ends with the process."""
    return Site().__enter__()


@cache
def _items(platform: str) -> list[Item]:
    """Return the checks of a platform that have a probe, with the site in the place of its hosts."""
    loaded, sites = loading.catalogue().checklist(platform), {}
    if loaded.checklist.platform.site is None:
        loaded = moved(platform, _site().host)
    else:
        bare = loaded.checklist.platform.model_copy(update={"sign_in": None, "sign_out": None})
        loaded = replace(loaded, checklist=loaded.checklist.model_copy(update={"platform": bare}))
        sites = {platform: _site().origin}
    return [item for item in plan([loaded], ROLE, sites).items if item.check.probes]


def _served(variant: Variant, user: str) -> dict[str, Served]:
    pages = {}
    for path, page in variant.pages(user).items():
        reply = page if isinstance(page, Reply) else page(Seen("GET", path, ""))
        body = reply.body.decode() if isinstance(reply.body, bytes) else reply.body
        pages[path] = Served(body, reply.status, reply.kind, reply.headers)
    return pages


# -- reading -------------------------------------------------------------------------------------------------------


class Reader:
    """The real reader on one browser that is kept from page to page, with a site whose pages are replaced."""

    def __init__(self, pace: float) -> None:
        self.pace = pace
        self._stack = ExitStack()

    def __enter__(self) -> Reader:
        self.site = _site()
        self._driver = self._stack.enter_context(launch.playwright())
        self._program = find.find(headless=True)
        self._running = self._stack.enter_context(ExitStack())
        self._fresh()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def _fresh(self) -> None:
        self._running.close()
        self._browser = self._running.enter_context(
            launch.browser(self._driver, self._program, Gate(()), headless=True)
        )

    def read(self, job: Job, case: Case, pace: float | None = None) -> dict[str, str | None]:
        """Return the option, or None for *unknown*, of each check that has a probe on the page of a job."""
        pace = pace or self.pace
        self.site.pages = {path: _page(served, pace) for path, served in case.pages.items()}
        self.site.log.clear()
        items = [
            item
            for item in _items(job.variant.platform)
            if any(urlsplit(one.open).path == case.path for one in item.check.probes)
        ]
        try:
            return self._read(items[0].checklist, items, pace)
        except BrowserError:
            self._fresh()
            return self._read(items[0].checklist, items, pace)

    def _read(self, asked: Checklist, items: list[Item], pace: float) -> dict[str, str | None]:
        found: dict[str, list[Observation]] = {item.check.id: [] for item in items}
        with paced(pace), self._kept():
            for check, observation in web.guarded_reading(
                self._driver,
                self._program,
                asked,
                items,
                {"cookies": [], "origins": []},
                headless=True,
                refused=[],
            ):
                found[check].append(observation)
        return {item.check.id: judge(item.check, found[item.check.id], ROLE, now().date()).option for item in items}

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """Let `guarded_reading` have the browser that runs, in a context of its own."""

        @contextmanager
        def browser(_driver: object, _program: object, gate: Gate, *, headless: bool) -> Iterator[Browser]:
            try:
                yield self._browser
            finally:
                gate.close()
                for context in self._browser.contexts:
                    context.close()

        with mock.patch.object(web, "launch", SimpleNamespace(browser=browser)):
            yield


def _page(served: Served, pace: float) -> Page:
    replies = [_reply(one, pace) for one in (served, *served.after)]
    if not served.status:
        return _hang_up
    if len(replies) == 1 and not served.wait_ms:
        return replies[0]
    asked = iter(range(len(replies)))

    def answer(_seen: Seen) -> Reply:
        number = next(asked, len(replies) - 1)
        time.sleep(served.wait_ms * pace / 1000)
        return replies[number]

    return answer


def _hang_up(_seen: Seen) -> Reply:
    raise ConnectionAbortedError


def _reply(served: Served, pace: float) -> Reply:
    return Reply(_sped_up(served.body, pace), served.status, served.kind, served.headers)


# -- counting ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What was read on one changed page."""

    number: int
    job: str
    kinds: tuple[str, ...]
    answers: tuple[tuple[str, str | None, str | None, str], ...]
    again: bool = False

    @property
    def wrong(self) -> list[tuple[str, str | None, str | None, str]]:
        return [answer for answer in self.answers if answer[3] == "wrong"]


def outcome(job: Job, change: Change, check: str, answer: str | None) -> str:
    """Say what an answer is; docs/mend/mutation-test.md has the definitions."""
    if answer is None:
        return "unknown"
    if (change.gone and check in job.only_here) or (change.replies_gone and check in job.only_replies):
        return "wrong"
    if answer in (job.truth[check], job.shown[check]):
        return "true"
    return "as a person" if answer == change.person.get(check) else "wrong"


def trial(every: Sequence[Job], seed: int, number: int, kinds: Sequence[str] = ()) -> tuple[Job, Mutated]:
    """Make the changed page with a number: the same for the same seed and fixtures."""
    rng = Random(f"{seed}/{number}")
    name = rng.choice(kinds or list(KINDS))
    platforms = sorted({job.variant.platform for job in every})
    for _try in range(_TRIES):
        platform = rng.choice(platforms)
        job = rng.choice([job for job in every if job.variant.platform == platform])
        mutated = mutate(job.case, rng, name)
        if mutated.kinds:
            return job, mutated
    job = rng.choice(list(every))
    return job, mutate(job.case, rng)


def told(reader: Reader, job: Job, mutated: Mutated, number: int) -> Told:
    """Read a changed page; what looks wrong at the quick pace is read once more at the real one, and that counts."""
    made = _told(reader, job, mutated, number, reader.pace)
    if made.wrong and reader.pace != 1:
        made = replace(_told(reader, job, mutated, number, 1), again=True)
    return made


def _told(reader: Reader, job: Job, mutated: Mutated, number: int, pace: float) -> Told:
    answers = reader.read(job, mutated.change.case, pace)
    assert not reader.site.writes, reader.site.writes
    return Told(
        number,
        str(job),
        mutated.kinds,
        tuple(
            (check, answer, job.truth[check], outcome(job, mutated.change, check, answer))
            for check, answer in answers.items()
        ),
    )


def work(share: tuple[int, Sequence[int], float, Sequence[str], Sequence[str], Path | None]) -> list[Told]:
    """Read the changed pages with some numbers, in a process of its own; into a folder goes what was read wrongly."""
    seed, numbers, pace, platforms, kinds, folder = share
    every = jobs(one for one in variants() if not platforms or one.platform in platforms)
    made = []
    with Reader(pace) as reader:
        for number in numbers:
            job, mutated = trial(every, seed, number, kinds)
            one = told(reader, job, mutated, number)
            made.append(one)
            if one.wrong:
                print(described(one), file=sys.stderr, flush=True)
                if folder:
                    folder.mkdir(parents=True, exist_ok=True)
                    said = f"{described(one)}\n\n{_printed(job, mutated)}"
                    (folder / f"{number}.txt").write_text(said, encoding="utf-8")
    return made


def _printed(job: Job, mutated: Mutated) -> str:
    """Return what the server sends otherwise than it did."""
    return "\n\n".join(
        f"-- {path}: status {one.status}, {one.kind}, {one.headers}, after {one.wait_ms} ms\n{one.body}"
        for path, served in mutated.change.case.pages.items()
        if served != job.case.pages.get(path)
        for one in (served, *served.after)
    )


def described(one: Told) -> str:
    answers = "; ".join(f"{check} said {answer}, is {truth}" for check, answer, truth, _what in one.wrong)
    return f"WRONG {one.number}: {one.job} [{' + '.join(one.kinds)}]: {answers}"


def table(every: Sequence[Told]) -> str:
    """Return the counts per kind as a Markdown table; an answer counts once for each kind made on its page."""
    counts: Counter[tuple[str, str]] = Counter()
    pages: Counter[str] = Counter()
    for one in every:
        for name in (*one.kinds, ""):
            pages[name] += 1
            counts.update((name, what) for _check, _answer, _truth, what in one.answers)
    lines = ["| change | pages | " + " | ".join(OUTCOMES) + " |", "|---|--:|" + "--:|" * len(OUTCOMES)]
    for name in [*KINDS, ""]:
        if pages[name]:
            numbers = " | ".join(f"{counts[name, what]:,}" for what in OUTCOMES)
            mark = " ◆" if name and KINDS[name].alone else ""
            lines.append(f"| {name or '**all pages**'}{mark} | {pages[name]:,} | {numbers} |")
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    asked.add_argument("--count", type=int, default=1000, help="how many changed pages")
    asked.add_argument("--first", type=int, default=0, help="begin with this number, to go on with an earlier run")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--pace", type=float, default=PACE, help="how long all waits are; 1 is as in the program")
    asked.add_argument("--compare", action="store_true", help="read every page at the real pace too, and compare")
    asked.add_argument("--platform", action="append", default=[], help="these platforms only")
    asked.add_argument("--kind", action="append", default=[], help="begin with these kinds only")
    asked.add_argument("--only", type=int, help="read the one page with this number, and print what it was made of")
    asked.add_argument("--minutes", type=float, help="begin no more pages after so many minutes")
    asked.add_argument("--keep", type=Path, help="a folder for the pages that were read wrongly")
    asked.add_argument("--write", action="store_true", help=f"put the table into {NEWEST.name}")
    args = asked.parse_args(words)
    kinds = [name for name in KINDS if any(part in name for part in args.kind)]
    if args.only is not None:
        return _one(args.seed, args.only, args.pace, args.platform, kinds)
    began = time.monotonic()
    every = _shared(args, kinds, args.pace)
    if args.compare:
        return _compared(every, _shared(args, kinds, 1))
    said = _summary(every, args, time.monotonic() - began)
    print(said)
    if args.write:
        NEWEST.write_text(f"{HEADING}\n{said}\n", encoding="utf-8")
    return 1 if any(one.wrong for one in every) else 0


def _shared(args: argparse.Namespace, kinds: Sequence[str], pace: float) -> list[Told]:
    """Share the pages among the workers, a few at a time, until all are read or the time is over."""
    began = time.monotonic()
    last = args.first + args.count
    numbers = [range(first, min(first + _SHARE, last)) for first in range(args.first, last, _SHARE)]
    shares = [(args.seed, share, pace, args.platform, kinds, args.keep) for share in numbers]
    made: list[Told] = []
    with multiprocessing.get_context("spawn").Pool(args.workers) as pool:
        for part in pool.imap(work, shares):
            made += part
            print(f"{len(made):,} pages, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            if args.minutes and time.monotonic() - began > args.minutes * 60:
                break
    return made


def _summary(every: Sequence[Told], args: argparse.Namespace, seconds: float) -> str:
    wrong = [described(one) for one in every if one.wrong]
    answers = sum(len(one.answers) for one in every)
    again = sum(one.again for one in every)
    platforms = sorted({one.job.split(",")[0] for one in every})
    return "\n".join(
        [
            f"Seed {args.seed}, {len(every):,} changed pages from number {args.first:,}, {len(platforms)} platforms:",
            f"{', '.join(platforms)}.",
            f"{answers:,} answers, {sum(len(one.wrong) for one in every):,} wrong; {seconds / 60:.0f} minutes,",
            f"{args.workers} workers, waits × {args.pace:g}, {again:,} pages read again at the real pace.",
            "",
            table(every),
            *([""] if wrong else []),
            *(f"- {line}" for line in wrong),
        ]
    )


def _compared(quick: Sequence[Told], real: Sequence[Told]) -> int:
    pairs = list(zip(quick, real, strict=True))
    different = [(one, other) for one, other in pairs if one.answers != other.answers]
    answers = sum(len(one.answers) for one in real)
    print(f"{len(pairs)} pages and {answers} answers at both paces; pages with a different answer: {len(different)}")
    for one, other in different:
        for mine, theirs in zip(one.answers, other.answers, strict=True):
            if mine != theirs:
                print(f"  {one.number}: {one.job} {list(one.kinds)}: {mine[0]} quick {mine[1]}, real {theirs[1]}")
    return 1 if different else 0


def _one(seed: int, number: int, pace: float, platforms: Sequence[str], kinds: Sequence[str]) -> int:
    every = jobs(one for one in variants() if not platforms or one.platform in platforms)
    job, mutated = trial(every, seed, number, kinds)
    print(_printed(job, mutated))
    with Reader(pace) as reader:
        one = told(reader, job, mutated, number)
    print(job, one.kinds, *one.answers, sep="\n")
    return 1 if one.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
