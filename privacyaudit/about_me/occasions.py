"""Short walks, before a job and the like: their tasks in order, each with what leads there.

Nothing is looked up, and nothing that a person answers is kept.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path

from privacyaudit import i18n, shipped
from privacyaudit.about_me import words
from privacyaudit.about_me.fake_account import Sections
from privacyaudit.about_me.leads import Known, again, leads
from privacyaudit.about_me.places import Atlas
from privacyaudit.catalogue import faults, strictyaml
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Group, Occasion, Occasions, Task

WHICH = N_("What do you want to prepare for?")
LEFT = N_("What is left to do, and when")
NOTHING_LEFT = N_("Nothing is left to do.")
LINES: Mapping[str, str] = {
    "time_by": N_("{time}, by {day}"),
    "time_on": N_("{time}, on {day}"),
    "left_by": N_("By {day}: {title}"),
    "left_on": N_("On {day}: {title}"),
    "left_again": N_("On {day}, look again: {title}"),
}
"""What is said of the days of a task, by name."""

SERVICES = tuple(group for group in Group if group not in (Group.PRACTICE, Group.DEMO))
"""The groups of platforms with which somebody has an account."""


class Reply(StrEnum):
    """What a person says to a task."""

    DONE = "done"
    LATER = "later"
    NOT_FOR_ME = "not-for-me"


REPLIES: Mapping[Reply, str] = {
    Reply.DONE: N_("I have done this"),
    Reply.LATER: N_("I do this later"),
    Reply.NOT_FOR_ME: N_("This is not for me"),
}


@dataclass(frozen=True)
class Step:
    """A task for one person: what to do, and when.

    `waits` says that it is of no use before the day `due`; `again` is after how many days to look again, if at all.
    """

    title: str
    minutes: int
    due: date
    waits: bool
    lines: tuple[str, ...]
    again: int | None


# -- the walk --------------------------------------------------------------------------------------


def steps(occasion: Occasion, services: Sequence[str], have: Known, today: date) -> tuple[Step, ...]:
    """Return the tasks of an occasion for somebody who uses these services (ids of platforms), in order."""
    return tuple(_step(task, services, have, today) for task in occasion.tasks)


def about(occasion: Occasion, atlas: Atlas) -> tuple[str, ...]:
    """Return what is said once, before the tasks: what it is about, how sure we are of that, and who helps."""
    first, *others = map(_, occasion.about)
    return (first, words.sure(occasion), *others, *(words.helper(atlas.helpers[name]) for name in occasion.helpers))


def left(made: Sequence[Step], replies: Sequence[Reply], today: date) -> tuple[str, ...]:
    """Return what is left to do and when, the nearest day first; steps without a reply are left."""
    days: list[tuple[date, str]] = []
    for step, reply in zip(made, chain(replies, repeat(Reply.LATER)), strict=False):
        if reply is Reply.LATER:
            said = _(LINES["left_on"] if step.waits else LINES["left_by"])
            days.append((step.due, said.format(day=i18n.day(step.due), title=step.title)))
        elif reply is Reply.DONE and step.again:
            due = today + timedelta(days=step.again)
            days.append((due, _(LINES["left_again"]).format(day=i18n.day(due), title=step.title)))
    return tuple(line for _day, line in sorted(days, key=lambda one: one[0]))


def minutes(made: Sequence[Step]) -> str:
    """Say how long all tasks take together."""
    total = sum(step.minutes for step in made)
    return about_minutes(total).format(number=total)


def about_minutes(number: int) -> str:
    """Return how a time for several tasks is said."""
    return ngettext("about {number} minute", "about {number} minutes", number)


def tasks_and_time(number: int) -> str:
    """Return how it is said how many tasks there are, and how long they take."""
    return ngettext("{number} task, {time} altogether.", "{number} tasks, {time} altogether.", number)


def task_minutes(number: int) -> str:
    """Return how the time for one task is said."""
    return ngettext("{number} minute", "{number} minutes", number)


def time_of(step: Step) -> str:
    """Say how long a task takes, and when it is to be done."""
    taking = task_minutes(step.minutes).format(number=step.minutes)
    said = _(LINES["time_on"] if step.waits else LINES["time_by"])
    return said.format(time=taking, day=i18n.day(step.due))


def sections(made: Sequence[Step], left: Sequence[str]) -> Sections:
    """Return a walk as the sections of a page: each task, and what is left to do and when."""
    return (
        *((step.title, (time_of(step), *step.lines)) for step in made),
        (_(LEFT), tuple(left) or (_(NOTHING_LEFT),)),
    )


def _step(task: Task, services: Sequence[str], have: Known, today: date) -> Step:
    times = max(1, len(services)) if task.services else 1
    lines = (_(task.why), *leads(task, services, have))
    due = today + timedelta(days=task.day)
    return Step(_(task.title), task.minutes * times, due, task.waits, lines, again(task, have))


# -- the file --------------------------------------------------------------------------------------


def path() -> Path:
    """Return the file of occasions that came with the program."""
    return shipped.folder("checklists") / "about_me" / "occasions.yaml"


def every() -> tuple[Occasion, ...]:
    """Return the occasions that came with the program. Raises ChecklistError."""
    return _every(shipped.stamp(path().parent))


def occasion(occasion_id: str) -> Occasion:
    """Return an occasion by its id. Raises UsageError for an unknown one, with the nearest names."""
    there = {one.id: one for one in every()}
    if found := there.get(occasion_id):
        return found
    near = difflib.get_close_matches(occasion_id, there, n=3) or list(there)
    raise UsageError(
        _("There is no list for “{name}”.").format(name=occasion_id),
        _("Choose one of: {names}.").format(names=", ".join(near)),
    )


@lru_cache(maxsize=2)
def _every(stamp: shipped.Stamp) -> tuple[Occasion, ...]:
    del stamp
    return read(path()).occasions


def read(file: Path) -> Occasions:
    """Read a file of occasions. Raises ChecklistError with file, line and what to do."""
    return faults.validate(Occasions, strictyaml.read(file), file)
