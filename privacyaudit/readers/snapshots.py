"""What came of the probes of a page, and the structure of that page without its words; for people who write probes.

Nothing is written or printed here. A page is looked at while it is open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from privacyaudit.browser import playwright_errors, snapshot, whole_replies
from privacyaudit.model import Checklist, JsonProbe, Probe, Reason
from privacyaudit.readers.probe import Answer, answer_in, matched

if TYPE_CHECKING:
    from privacyaudit.readers.web import Found


@dataclass(frozen=True)
class Tried:
    """One probe and its answer; where it gave none, how many things fit each step of it, unless the page is gone."""

    name: str
    probe: Probe
    answer: Answer
    steps: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Kept:
    """The structure of one page: files by name, and what the list of pages says of it."""

    files: dict[str, str]
    entry: dict[str, Any]


def tried(found: Found) -> Iterator[Tried]:
    """Return what came of each probe of a page."""
    for (item, index, one), answer in zip(found.probes, found.answers, strict=True):
        steps = _steps(found, one) if isinstance(answer, Reason) else ()
        yield Tried(f"{item.check.id} {index + 1}", one, answer, steps)


def _steps(found: Found, one: Probe) -> Sequence[tuple[str, int]]:
    try:
        return matched(found.visit, one)
    except playwright_errors.error():
        return ()


def described(one: Probe) -> str:
    """Return a probe as one line of the checklist says it, without the page and the meanings."""
    left_out = {"kind", "open", "means", "absent", "languages"}
    told = one.model_dump(mode="json", exclude=left_out, exclude_defaults=True)
    return ", ".join(f"{key}: {value}" for key, value in told.items())


def kept(found: Found, checklist: Checklist, name: str) -> Kept | None:
    """Return the structure of a page and of the replies that its probes listen to; None when it cannot be read.

    `checklist` is as it was written, with {site} in it, so that no address of a person's own gets into what is kept.
    """
    (first, index, _probe), *_others = found.probes
    try:
        replies = list(_replies(found, name))
        page = snapshot.of_page(
            found.visit.page, snapshot.Listed.of(first.checklist), [path for _file, path, _text in replies]
        )
    except playwright_errors.error():
        return None
    entry = {
        "file": f"{name}.html",
        "open": _as_written(checklist, first.check.id, index).open,
        "replies": [{"file": file, "path": path} for file, path, _text in replies],
        "probes": [
            {"check": item.check.id, "probe": index + 1, "answer": str(answer)}
            for (item, index, _one), answer in zip(found.probes, found.answers, strict=True)
        ],
    }
    return Kept({file: text for file, _path, text in replies} | {f"{name}.html": page}, entry)


def listing(checklist: Checklist, pages: Sequence[Kept]) -> str:
    """Return the list of the pages that were kept, as JSON."""
    content = {"platform": checklist.platform.id, "pages": [page.entry for page in pages]}
    return json.dumps(content, indent=2) + "\n"


def _as_written(checklist: Checklist, check: str, index: int) -> Probe:
    found = checklist.check(check)
    assert found is not None
    return found.probes[index]


def _replies(found: Found, name: str) -> Iterator[tuple[str, str, str]]:
    """Return the file, path and structure of each reply that probes listen to and still give the same answers from."""
    by_path: dict[str, list[JsonProbe]] = {}
    for _item, _index, one in found.probes:
        if isinstance(one, JsonProbe):
            by_path.setdefault(one.reply, []).append(one)
    number = 0
    for path, probes in by_path.items():
        raw = _reply(found, probes[0])
        made = snapshot.of_reply(raw, probes)
        if raw is not None and all(answer_in(raw, one) == answer_in(made, one) for one in probes):
            number += 1
            file = f"{name}-reply-{number}.json"
            yield file, path.replace("*", snapshot.PLACEHOLDER), json.dumps(made, indent=2) + "\n"


def _reply(found: Found, one: JsonProbe) -> Any:
    """Return the last reply that a probe listens to, or None."""
    replies = found.visit.replies(one.host or urlsplit(one.open).netloc, one.reply) or []
    try:
        return whole_replies.read(replies[-1].body()) if replies else None
    except (playwright_errors.error(), ValueError, RecursionError):
        return None
