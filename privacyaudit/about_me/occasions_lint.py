"""What is wrong with a file of occasions, and what could be better in it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from privacyaudit.catalogue import faults, strictyaml
from privacyaudit.catalogue.lint import words
from privacyaudit.catalogue.strictyaml import Place, at
from privacyaudit.errors import ChecklistError
from privacyaudit.i18n import N_, _
from privacyaudit.model import Occasion, Occasions

LONGEST = 120

_OF_CHECKS = N_("“privacyaudit list --checks” shows all checks.")
_OF_LETTERS = N_("“privacyaudit letter” shows all letters.")
_OF_FILES = N_("Write it in a file beside this one, or correct the name.")


@dataclass(frozen=True)
class Ids:
    """The ids of everything that a task may lead to, by kind."""

    checks: Container[str]
    searches: Container[str]
    routes: Container[str]
    letters: Container[str]
    helpers: Container[str]


def occasions_lint(file: Path, ids: Ids) -> list[str]:
    """Return what could be better in a file of occasions: one sentence each, with file and line.

    Raises ChecklistError for a file that cannot be used, also where it names something that is not there.
    """
    text = strictyaml.read(file)
    found = faults.validate(Occasions, text, file)
    remarks: list[str] = []
    for number, occasion in enumerate(found.occasions):
        for place, name, known, advice in _named(occasion, ids):
            if name not in known:
                said = _("{occasion} names {name!r}, which does not exist.").format(occasion=occasion.id, name=name)
                raise ChecklistError(at(file, text.line(("occasions", number, *place)), said), _(advice))
        for index, task in enumerate(occasion.tasks):
            if len(task.why) > LONGEST:
                said = _("{occasion} has a sentence of more than {most} characters: {text}…").format(
                    occasion=occasion.id, most=LONGEST, text=task.why[:40]
                )
                remarks.append(at(file, text.line(("occasions", number, "tasks", index, "why")), said))
    return remarks + words(file, text)


def _named(occasion: Occasion, ids: Ids) -> Iterator[tuple[Place, str, Container[str], str]]:
    """Yield each id that an occasion names, with where it stands, those that there are, and what to do without it."""
    for index, name in enumerate(occasion.helpers):
        yield ("helpers", index), name, ids.helpers, _OF_FILES
    for index, task in enumerate(occasion.tasks):
        checks = task.services.checks if task.services else ()
        at_task = ("tasks", index)
        yield from (((*at_task, "check"), name, ids.checks, _OF_CHECKS) for name in filter(None, [task.check]))
        yield from (
            ((*at_task, "services", "checks", place), name, ids.checks, _OF_CHECKS) for place, name in enumerate(checks)
        )
        yield from (
            ((*at_task, "searches", place), name, ids.searches, _OF_FILES) for place, name in enumerate(task.searches)
        )
        yield from (((*at_task, "route"), name, ids.routes, _OF_FILES) for name in filter(None, [task.route]))
        yield from (((*at_task, "letter"), name, ids.letters, _OF_LETTERS) for name in filter(None, [task.letter]))
