"""What a clinic counts: the people taking part, and for each check how many told, have it to change, and changed it.

Pure. A share goes in, is added to the counts and is forgotten; only a keyed hash of its ticket stays, so that the same
person is not counted twice. What may be told about the counts is for `hiding` to say.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from privacyaudit.clinic import hiding
from privacyaudit.clinic.hiding import Span, Told
from privacyaudit.model import Check, Verdict

MAX_BODY = 16_384  # bytes
TICKET_LENGTH = 60  # characters, generously
Phase = Literal["before", "after"]
Answers = Mapping[str, str]


class Line(NamedTuple):
    """One check of the clinic's page, and the verdict of each of its options for the clinic's role."""

    platform: str
    check: str
    revision: int
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True)
class Sheet:
    """All checks of the clinic's page, by id and in its order; `most` is how many one person is asked."""

    lines: Mapping[str, Line]
    most: int

    def largest_share(self) -> int:
        """Return how many bytes the longest share can have that the page sends."""
        answers = sorted((len(line.check) + max(map(len, line.verdicts)) for line in self.lines.values()), reverse=True)
        quotes_colon_comma = 6
        return 2 * sum(length + quotes_colon_comma for length in answers[: self.most]) + 2 * TICKET_LENGTH


def sheet(checks: Iterable[tuple[str, Check]], role: str, most: int | None = None) -> Sheet:
    """Make a sheet of platform ids and checks, for a role."""
    lines = {
        check.id: Line(platform, check.id, check.revision, {one.id: one.verdict_for(role) for one in check.options})
        for platform, check in checks
    }
    return Sheet(lines, len(lines) if most is None else most)


# -- a share ---------------------------------------------------------------------------------------


class Share(NamedTuple):
    """What one person sends: the ids of their answers. `earlier` is what they answered before they changed anything."""

    ticket: str
    phase: Phase
    answers: Answers
    earlier: Answers


class NotAShareError(ValueError):
    """What came in is not a share of this clinic's page; nothing of it is repeated here."""


def read(raw: bytes, page: Sheet) -> Share:
    """Read a share. Raises NotAShareError for any other shape, an unknown check or option, or an empty list."""
    try:
        found = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotAShareError from None
    keys = {"ticket", "phase", "answers"}
    if not isinstance(found, dict) or found.get("phase") not in ("before", "after"):
        raise NotAShareError
    if found.keys() != (keys | {"earlier"} if found["phase"] == "after" else keys):
        raise NotAShareError
    ticket = found["ticket"]
    if not isinstance(ticket, str) or len(ticket) > TICKET_LENGTH or not ticket.isascii():
        raise NotAShareError
    return Share(ticket, found["phase"], _listed(found["answers"], page), _listed(found.get("earlier", {}), page))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise NotAShareError
    return made


def _refuse(_constant: str) -> None:
    raise NotAShareError


def _listed(answers: Any, page: Sheet) -> Answers:
    if not isinstance(answers, dict) or len(answers) > page.most:
        raise NotAShareError
    for check, option in answers.items():
        line = page.lines.get(check)
        if line is None or not isinstance(option, str) or option not in line.verdicts:
            raise NotAShareError
    return answers


# -- the counts ------------------------------------------------------------------------------------


class Row(NamedTuple):
    """What may be told about one check; None where nothing is told.

    `told` is how many answered it, `to_change` how many of those had it to change, `fixed` how many of those changed it
    during the clinic.
    """

    line: Line
    told: int | None
    to_change: Span | None
    fixed: Span | None


@dataclass
class Counted:
    """The counts of one check, and what the board told about them, the newest last."""

    told: int = 0
    to_change: int = 0
    fixed: int = 0
    board_to_change: list[Told] = field(default_factory=list)
    board_fixed: list[Told] = field(default_factory=list)


@dataclass
class Tally:
    """The counts of a clinic: how many people took part, how many of them shared again, and each check."""

    sheet: Sheet
    key: bytes
    people: int = 0
    again: int = 0
    checks: dict[str, Counted] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for check in self.sheet.lines:
            self.checks.setdefault(check, Counted())

    def add(self, share: Share) -> bool:
        """Add a share to the counts; False, and nothing is added, when this ticket has shared in this phase before.

        Somebody who shares for the first time after they changed things is counted with what they answered before.
        Raises NotAShareError for a share without an answer.
        """
        before, after = self._mark(share.ticket, "before"), self._mark(share.ticket, "after")
        if not share.answers or (share.phase == "after" and not share.earlier):
            raise NotAShareError
        if after in self.used or (share.phase == "before" and before in self.used):
            return False
        if before not in self.used:
            self.used.add(before)
            self._count_in(share.answers if share.phase == "before" else share.earlier)
        if share.phase == "after":
            self.used.add(after)
            self._count_changes(share.earlier, share.answers)
        return True

    def is_new(self, share: Share) -> bool:
        """Tell whether nobody has shared with this ticket yet."""
        return self._mark(share.ticket, "before") not in self.used

    def _mark(self, ticket: str, phase: Phase) -> str:
        return hmac.new(self.key, f"{phase} {ticket}".encode(), hashlib.sha256).hexdigest()

    def _count_in(self, answers: Answers) -> None:
        self.people += 1
        for check, option in answers.items():
            counted = self.checks[check]
            counted.told += 1
            counted.to_change += self._fails(check, option)
        if hiding.moment(self.people):
            for one in self.checks.values():
                one.board_to_change.append(Told(self.people, hiding.for_board(one.to_change, self.people)))

    def _count_changes(self, earlier: Answers, answers: Answers) -> None:
        self.again += 1
        for check, option in answers.items():
            if check in earlier and self._fails(check, earlier[check]):
                self.checks[check].fixed += self.sheet.lines[check].verdicts[option] is Verdict.PASS
        if hiding.moment(self.again):
            for one in self.checks.values():
                room = one.board_to_change[-1].span.low
                one.board_fixed.append(Told(self.again, hiding.for_board(_fixed(one), self.again, room)))

    def _fails(self, check: str, option: str) -> bool:
        return self.sheet.lines[check].verdicts[option] is Verdict.FAIL

    # -- what may be told --

    def boards(self) -> tuple[int, int]:
        """Return how often the board has told something new: about what is to change, and about what was changed."""
        newest = [(len(one.board_to_change), len(one.board_fixed)) for one in self.checks.values()]
        return max(newest, default=(0, 0))

    def board(self) -> list[Row]:
        """Return what the board tells now: nothing under ten people, and nothing new until five more have shared."""
        return [
            Row(
                self.sheet.lines[check],
                None,
                one.board_to_change[-1].span if one.board_to_change else None,
                _if_any(one.board_fixed[-1].span, self.again) if one.board_fixed else None,
            )
            for check, one in self.checks.items()
        ]

    def report(self) -> list[Row]:
        """Return what the one report tells at the end."""
        return [self._row(self.sheet.lines[check], one) for check, one in self.checks.items()]

    def _row(self, line: Line, one: Counted) -> Row:
        """Tell figures only where they are five apart, from each other, from nought and from all who took part.

        A figure that is not exact counts as all that it may be. So no difference of two figures settles a small number.
        """
        if self.people < hiding.CROWD:
            return Row(line, None, None, None)
        to_change = hiding.for_report(one.to_change, self.people, tuple(one.board_to_change))
        told = one.told if to_change.high + hiding.SMALL <= one.told <= self.people - hiding.SMALL else None
        fixed = hiding.for_report(_fixed(one), self.again, tuple(one.board_fixed), to_change.low)
        return Row(line, told, to_change, _if_any(fixed, self.again))


def _fixed(one: Counted) -> int:
    """Return how many changed it: never more than had it to change, whatever somebody makes up in a second share."""
    return min(one.fixed, one.to_change)


def _if_any(span: Span, people: int) -> Span | None:
    return None if span == Span(0, people) else span
