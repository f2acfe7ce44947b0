"""A person's first five audits, a quarter apart, worked out by the program itself, for docs/own/look-again.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from privacyaudit import audit, model, plan
from privacyaudit.catalogue import loading
from privacyaudit.journal import Header, Journal
from privacyaudit.model import AuditRecord, Verdict
from privacyaudit.over_time import due, known
from privacyaudit.over_time.known import NOTHING, Past
from privacyaudit.plan import Plan
from privacyaudit.readers.ask import AskReader
from privacyaudit.readers.questions import Move, Question, Still
from tests.support.puts_off import PutsOff

FIRST = date(2026, 3, 15)
QUARTER = 3
SERVICES = ("everyday", "facebook", "instagram", "whatsapp")
ROLE = "teacher"


@dataclass(frozen=True)
class Round:
    """One audit: its day, and how many checks were asked for each reason and how many were offered as still so."""

    day: date
    asked: Mapping[model.Why | None, int]
    months: Mapping[int, int]
    still: int
    record: AuditRecord


@dataclass
class Person(PutsOff):
    """Has three things to change at first, does not know two, and mends all of that before the second audit."""

    first: bool
    questions: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> str | Move:
        """Answer with the first option that has the verdict that is wanted now."""
        self.questions.append(question)
        number = len(self.questions)
        if self.first and number in (4, 5):
            return Move.DONT_KNOW
        wanted = (
            [Verdict.FAIL] if self.first and number <= 3 else [Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.CHOICE]
        )
        options = question.check.options
        return next((o.id for v in wanted for o in options if o.verdict_for(ROLE) is v), options[0].id)

    def still(self, still: Still) -> bool:
        """Say that all is still so."""
        return True


def rounds(number: int = 5) -> list[Round]:
    """Go through so many audits of the shipped checklists, each a quarter after the one before."""
    catalogue = loading.catalogue()
    what = plan.plan([catalogue.checklist(name) for name in SERVICES], ROLE, {})
    made: list[Round] = []
    for turn in range(number):
        day = due.add_months(FIRST, QUARTER * turn)
        made.append(_round(what, day, made[-1].record if made else None))
    return made


def _round(what: Plan, day: date, before: AuditRecord | None) -> Round:
    when = datetime.combine(day, time(18), UTC)
    past = Past(known.last([item.check for item in what.items], before, day)) if before else NOTHING
    person = Person(first=before is None)
    header = Header(started=when, role=ROLE, platforms=SERVICES)
    record, stopped = audit.run(
        what, [AskReader(person, ROLE, past.last, lambda: when)], Journal(None, header), past, lambda: when
    )
    assert stopped is None
    asked = Counter(question.last.why if question.last else None for question in person.questions)
    months = Counter(due.shelf_life(question.check) for question in person.questions)
    return Round(day, asked, months, sum(not past.asks(item.check) for item in what.items), record)


def table() -> str:
    """Return what each audit asks as a table in Markdown."""
    lengths = sorted({months for one in rounds(1) for months in one.months})
    head = ["Audit", "Day", *(f"{months}-month checks asked" for months in lengths), "all checks asked", "why"]
    lines = [head, ["---"] * len(head)]
    for number, one in enumerate(rounds(), 1):
        whys = ", ".join(f"{count} {_WHYS[why]}" for why, count in one.asked.items() if why)
        cells = [
            number,
            one.day.isoformat(),
            *(one.months.get(months, 0) for months in lengths),
            sum(one.asked.values()),
        ]
        lines.append([*(str(cell) for cell in cells), whys or "first audit"])
        lines[-1].append(str(one.still))
    lines[0].append("“still true?”")
    lines[1].append("---")
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_WHYS = {
    model.Why.EXPIRED: "too old",
    model.Why.TO_CHANGE: "to change",
    model.Why.UNKNOWN: "unknown",
    model.Why.CHANGED: "changed",
    model.Why.NEW: "new",
}
