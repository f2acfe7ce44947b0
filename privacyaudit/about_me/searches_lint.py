"""What is wrong with a file of searches, and what could be better in it."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from privacyaudit.catalogue import faults, strictyaml
from privacyaudit.catalogue.lint import words
from privacyaudit.catalogue.strictyaml import at
from privacyaudit.errors import ChecklistError
from privacyaudit.i18n import _
from privacyaudit.model import Searches

LONGEST = 120


def searches_lint(file: Path, checks: Container[str]) -> list[str]:
    """Return what could be better in a file of searches: one sentence each, with file and line.

    `checks` are the ids and aliases of all checks. Raises ChecklistError for a file that cannot be used, also where it
    names a check that is not there.
    """
    text = strictyaml.read(file)
    found = faults.validate(Searches, text, file)
    remarks: list[str] = []
    for number, search in enumerate(found.searches):
        line = text.line(("searches", number))
        if search.change not in checks:
            missing = _("there is no check “{name}”.").format(name=search.change)
            raise ChecklistError(
                at(file, text.line(("searches", number, "change")), missing),
                _("“privacyaudit list --checks” shows all checks."),
            )
        if not search.words:
            remarks.append(at(file, line, _("{search} uses none of the person's words.").format(search=search.id)))
        if search.address is None and search.query.count('"'):
            remarks.append(
                at(file, line, _("{search} is typed by hand, so leave out the quotes.").format(search=search.id))
            )
        remarks += [
            at(
                file,
                line,
                _("{search} has a sentence of more than {most} characters: {text}…").format(
                    search=search.id, most=LONGEST, text=said[:40]
                ),
            )
            for said in (search.finds, search.look)
            if len(said) > LONGEST
        ]
    return remarks + words(file, text)
