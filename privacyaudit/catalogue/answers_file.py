"""Answers that somebody wrote into a file before: check id to option id."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from privacyaudit.catalogue import strictyaml
from privacyaudit.catalogue.faults import first
from privacyaudit.catalogue.loading import Loaded
from privacyaudit.catalogue.strictyaml import at
from privacyaudit.errors import ChecklistError
from privacyaudit.i18n import _
from privacyaudit.model import Check


def answers(path: Path, known: Mapping[str, Loaded]) -> dict[str, str]:
    """Read an answers file (YAML or JSON, check id to option id), aliases turned into today's ids.

    Answers that `outdated` names are left out. Raises ChecklistError with the line for unknown checks and options, for
    a check answered twice, and for a revision that is not a number.
    """
    text = strictyaml.read(path)
    wrapped = isinstance(text.data, dict) and "answers" in text.data
    entries: Any = text.data["answers"] if wrapped else text.data
    prefix: strictyaml.Place = ("answers",) if wrapped else ()
    if not isinstance(entries, dict) or not entries:
        raise ChecklistError(
            at(path, text.line(prefix), _("this file has no “check: option” lines.")),
            _("docs/mend/formats.md shows how to write it."),
        )
    outside = [name for name in text.data if "." in name] if wrapped else []
    faults = [at(path, text.line((name,)), _("{name!r} is not under “answers”.").format(name=name)) for name in outside]
    old = _outdated(path, text, known) if wrapped else set()
    kept = {name: option for name, option in entries.items() if name not in old}
    return _options(path, text, prefix, kept, known, faults)


def outdated(path: Path, known: Mapping[str, Loaded]) -> list[str]:
    """Return which checks of a file have changed since it was saved, where it says what revisions it answered.

    Raises ChecklistError as `answers` does.
    """
    text = strictyaml.read(path)
    entries = text.data.get("answers") if isinstance(text.data, dict) else None
    old = _outdated(path, text, known)
    return [name for name in entries if name in old] if isinstance(entries, dict) else []


def changed_from(path: Path, known: Mapping[str, Loaded]) -> dict[str, str]:
    """Read what answers were before the person changed the setting, where a file of the offline page says so.

    Raises ChecklistError as `answers` does.
    """
    text = strictyaml.read(path)
    entries = text.data.get("changed_from") if isinstance(text.data, dict) and "answers" in text.data else None
    if not isinstance(entries, dict):
        return {}
    old = _outdated(path, text, known)
    kept = {name: option for name, option in entries.items() if name not in old}
    return _options(path, text, ("changed_from",), kept, known, [])


def _options(
    path: Path,
    text: strictyaml.Text,
    prefix: strictyaml.Place,
    entries: Mapping[str, object],
    known: Mapping[str, Loaded],
    faults: list[str],
) -> dict[str, str]:
    every = _by_name(known)
    given: dict[str, str] = {}
    for name, option in entries.items():
        check = every.get(name)
        fault = ""
        if check is None:
            fault = _no_such_check(name, every if len(faults) < _SHOWN_ANSWERS else {})
        elif not isinstance(option, str) or check.option(option) is None:
            fault = _no_such_option(name, check, option)
        elif check.id in given:
            fault = _("{check} has two answers.").format(check=check.id)
        else:
            given[check.id] = option
        if fault:
            faults.append(at(path, text.line((*prefix, name)), fault))
    if faults:
        raise ChecklistError(first(faults, _SHOWN_ANSWERS), _("Nothing was changed. Correct the file and try again."))
    return given


def _by_name(known: Mapping[str, Loaded]) -> dict[str, Check]:
    checks = [check for loaded in known.values() for check in loaded.checklist.checks]
    return {name: check for check in checks for name in check.aliases} | {check.id: check for check in checks}


def _outdated(path: Path, text: strictyaml.Text, known: Mapping[str, Loaded]) -> set[str]:
    """Return the names of checks that have another revision today; one that the file does not name was the first."""
    revisions = text.data.get("revisions") if isinstance(text.data, dict) else None
    if not isinstance(revisions, dict):
        return set()
    for name, revision in revisions.items():
        if not (isinstance(revision, str) and revision.isascii() and revision.isdigit()):
            fault = _("the revision of {check} must be a number.").format(check=name)
            advice = _("Nothing was changed. Correct the file and try again.")
            raise ChecklistError(at(path, text.line(("revisions", name)), fault), advice)
    return {name for name, check in _by_name(known).items() if revisions.get(name, "1") != str(check.revision)}


_SHOWN_ANSWERS = 5


def _no_such_check(name: str, known: Mapping[str, Check]) -> str:
    if near := difflib.get_close_matches(name, known, n=1):
        return _("there is no check {name!r}. Did you mean {near!r}?").format(name=name, near=near[0])
    return _("there is no check {name!r}.").format(name=name)


def _no_such_option(name: str, check: Check, option: object) -> str:
    options = ", ".join(one.id for one in check.options)
    if isinstance(option, str):
        return _("{check} has no option {option!r}. Its options are {options}.").format(
            check=name, option=option, options=options
        )
    return _("{check} needs one word as its answer. Its options are {options}.").format(check=name, options=options)
