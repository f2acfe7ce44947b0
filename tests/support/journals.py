"""A journal with three entries."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from privacyaudit import journal
from privacyaudit.journal import Ended, Header, Journal, Seen
from privacyaudit.model import Observation, Reason, Refusals, SignedOut

AT = datetime(2026, 11, 22, 10, 2, tzinfo=UTC)
HEADER = Header(
    started=AT,
    role="teacher",
    platforms=("pond",),
    sites={"pond": "https://pond.example"},
    quick=True,
)
ENTRIES: tuple[Seen | Ended, ...] = (
    Seen(check="pond.profile", observation=Observation(reader="ask", option="friends", at=AT)),
    Seen(check="pond.mail", observation=Observation(reader="web", probe=1, reason=Reason.NOT_FOUND, at=AT)),
    Ended(platform="pond", refused=Refusals(count=2, hosts=("a.example",)), signed_out=SignedOut.CONFIRMED),
)


def filled() -> Journal:
    made, _aside = journal.begin(HEADER)
    for entry in ENTRIES:
        made.add(entry)
    return made


def path_of(made: Journal) -> Path:
    assert made.path
    return made.path
