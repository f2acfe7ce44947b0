"""What an audit finds, and what a person decides about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    JsonValue,
    NonNegativeInt,
    model_validator,
)

from privacyaudit.model.base import (
    CheckId,
    Data,
    Id,
    Origin,
)
from privacyaudit.model.vocabulary import (
    Area,
    Flag,
    ReaderName,
    Reason,
    SignedOut,
    Verdict,
)


class Observation(Data):
    """What one reader found for one check: an option id, or a reason why not, and when (UTC).

    `changed_from` is how it stood before the person changed it during the audit. `confirmed` tells that the person has
    looked at what a page showed, and said that it is right.
    """

    reader: ReaderName
    probe: int = 0
    option: Id | None = None
    reason: Reason | None = None
    changed_from: Id | None = None
    confirmed: bool = False
    at: datetime

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.option is None) == (self.reason is None):
            raise ValueError("an observation holds either an option or a reason")
        if self.changed_from is not None and self.option is None:
            raise ValueError("what was changed has an option now")
        if self.confirmed and (self.option is None or self.reader != "web"):
            raise ValueError("only what a page showed can be confirmed")
        return self


class Earlier(Data):
    """An answer that does not count any more, and the day on which it was given."""

    option: Id
    on: date


class Finding(Data):
    """The one row per check: its verdict, the answer or the reason, and how it was found.

    `until` is the last day of an accepted risk, `planned` the day by which the person wants to change it. `earlier` is
    the answer that an unknown one had before.
    """

    check: CheckId
    revision: int
    verdict: Verdict
    option: Id | None = None
    reason: Reason | None = None
    until: date | None = None
    planned: date | None = None
    earlier: Earlier | None = None
    flags: tuple[Flag, ...] = ()
    observations: tuple[Observation, ...] = ()

    @model_validator(mode="after")
    def _honest(self) -> Self:
        if self.verdict is Verdict.UNKNOWN and self.reason is None:
            raise ValueError("an unknown finding says why")
        if self.verdict is not Verdict.UNKNOWN and self.option is None:
            raise ValueError("a finding that is not unknown names its option")
        if self.planned is not None and self.verdict is not Verdict.FAIL:
            raise ValueError("only what is to change can be planned")
        return self


class Decision(Data):
    """What a person decided about one answer that is to change: to keep it until a day, or to change it by a day.

    `because` is for the person alone: it is kept in the encrypted history and in no record. `at` is UTC.
    """

    kind: Literal["accept", "plan"]
    check: CheckId
    revision: int
    option: Id
    site: Origin | None = None
    until: date
    because: Annotated[str, Field(max_length=200)] = ""
    at: datetime


class Refusals(Data):
    """What the guard refused while reading: how many requests, and the hosts they were for."""

    count: int = 0
    hosts: tuple[Annotated[str, Field(max_length=253)], ...] = ()


class PlatformRecord(Data):
    """One platform of an audit: which checklist was used, where, and how the browser session ended."""

    platform: Id
    site: Origin | None = None
    checklist_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    origin: Literal["built-in", "own"]
    browser: bool = False
    refused: Refusals = Refusals()
    signed_out: SignedOut = SignedOut.NOT_USED


class AuditRecord(Data):
    """One audit: findings and how they came about; no page text, no account name, no free text.

    Times are UTC. `summary` counts the findings by verdict, every verdict present.
    """

    schema_: Literal["1"] = Field(default="1", alias="schema")
    tool: Literal["privacyaudit"] = "privacyaudit"
    version: Annotated[str, Field(max_length=40)]
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    started: datetime
    finished: datetime
    role: Id
    quick: bool = False
    areas: tuple[Area, ...] = ()
    stopped: bool = False
    demo: bool = False
    summary: dict[Verdict, int]
    platforms: tuple[PlatformRecord, ...]
    findings: tuple[Finding, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.summary != tally(self.findings):
            raise ValueError("the summary does not match the findings")
        if twice := _twice([finding.check for finding in self.findings]):
            raise ValueError(f"check {twice!r} has two findings")
        return self


class Count(Data):
    """How one audit came out: when it finished (UTC) and its findings by verdict."""

    finished: datetime
    summary: dict[Verdict, NonNegativeInt]


class WrittenRecord(AuditRecord):
    """A record as it stands in the folder of a report: with the record that the report compares it with.

    `over_time` are the counts of this audit and of those before it that a report shows, the oldest first. `comparison`
    is worked out from the two records whenever a report is written, and is not read back.
    """

    before: AuditRecord | None = None
    over_time: tuple[Count, ...] = ()
    comparison: JsonValue = None

    @property
    def record(self) -> AuditRecord:
        """Return the record alone."""
        return AuditRecord.model_validate(self.model_dump(include=set(AuditRecord.model_fields), by_alias=True))


def tally(findings: Iterable[Finding]) -> dict[Verdict, int]:
    """Count findings by verdict; every verdict is a key, also those with 0."""
    counts: Mapping[Verdict, int] = Counter(finding.verdict for finding in findings)
    return {verdict: counts.get(verdict, 0) for verdict in Verdict}


def _twice(names: Iterable[str]) -> str | None:
    return next((name for name, count in Counter(names).items() if count > 1), None)
