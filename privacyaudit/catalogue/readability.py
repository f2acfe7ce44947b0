"""How a checklist reads: reading ease, unexplained jargon, and labels that cannot be told apart.

The only module that touches textstat. Its grade is the US school year in which somebody is expected to follow a text
(Flesch and Kincaid, 1975); names of controls stand in quotes and are left out, because they are the platform's words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

from privacyaudit import extras
from privacyaudit.catalogue import strictyaml
from privacyaudit.catalogue.loading import Loaded
from privacyaudit.i18n import _
from privacyaudit.model import Check

HARDEST_CHECK = 11.0
HARDEST_FILE = 8.0

GLOSSARY: Mapping[str, str] = {
    "2fa": "second step|two-step|two-factor",
    "totp": "one-time code",
    "oauth": "connected app",
    "api": "connected app",
    "exif": "location",
    "metadata": "location",
    "geotag": "location",
    "phishing": "trick",
    "malware": "harmful program",
    "end-to-end": "only you|nobody else|locked",
    "biometric": "finger",
    "third-party": "other companies",
    "fediverse": "other servers",
    "federated": "other servers",
    "instance": "server",
    "noindex": "search engines",
    "doxxing": "address",
    "vpn": "internet",
}
"""Words that need explaining, each with those of which one must stand in the same check when it is used (a pattern)."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def remarks(loaded: Loaded) -> list[str]:
    """Return what could be easier to read in a checklist: one sentence each, with file and line.

    Raises MissingExtra when textstat is not installed.
    """
    found: list[str] = []
    grades: list[tuple[str, float]] = []
    for check in loaded.checklist.checks:
        at = strictyaml.at(loaded.path, loaded.line_of(check), check.id)
        grades.append((at, grade_of(check)))
        found += [
            _("{at} uses “{word}” but does not say what it means (“{plain}”).").format(
                at=at, word=word, plain=plain.split("|")[0]
            )
            for word, plain in jargon(check)
        ]
        labels = [option.label.lower() for option in check.options]
        found += [
            _("{at} has two answers with the label “{label}”.").format(at=at, label=label)
            for label in sorted({label for label in labels if labels.count(label) > 1})
        ]
    return found + hard(loaded.path, grades)


def hard(path: Path, grades: Sequence[tuple[str, float]]) -> list[str]:
    """Return which parts of a file are hard to read, each given by its place and its grade, and whether all is."""
    found = [
        _("{at} is hard to read (grade {grade:.1f}, but the limit is {most:.0f}).").format(
            at=at, grade=measured, most=HARDEST_CHECK
        )
        for at, measured in grades
        if measured > HARDEST_CHECK
    ]
    overall = mean(measured for _at, measured in grades) if grades else 0.0
    if overall > HARDEST_FILE:
        found.append(
            _("{path} is hard to read overall (grade {grade:.1f}, but the limit is {most:.0f}).").format(
                path=path, grade=overall, most=HARDEST_FILE
            )
        )
    return found


def grade_of(check: Check) -> float:
    """Return the reading grade of a check's question, reason and steps."""
    return grade(check.question, check.why, *check.fix)


def grade(*parts: str) -> float:
    """Return the reading grade of a text in parts, such as paragraphs. Raises MissingExtra."""
    extras.need("readability")
    import textstat

    return float(textstat.flesch_kincaid_grade(" ".join(map(_sentence, parts))))


def jargon(check: Check) -> list[tuple[str, str]]:
    """Return the words of the glossary that a check uses outside quotes without their explanation."""
    ours = _QUOTED.sub("", " ".join((check.question, check.why, *check.fix))).lower()
    whole = " ".join((check.title, ours, *(option.label for option in check.options))).lower()
    return [
        (word, plain)
        for word, plain in GLOSSARY.items()
        if re.search(rf"\b{re.escape(word)}\b", ours) and not re.search(plain, whole)
    ]


def _sentence(text: str) -> str:
    bare = _QUOTED.sub("it", text).strip()
    return bare if bare.endswith((".", "?", "!", ":")) else f"{bare}."
