"""What to do about something that is out there, as one HTML page: to print, to keep or to give to a helpline."""

from __future__ import annotations

import re
from datetime import date

from privacyaudit import i18n
from privacyaudit.about_me import words
from privacyaudit.about_me.fake_account import Sections
from privacyaudit.about_me.first_hour import Card
from privacyaudit.about_me.ladder import Plan, in_full
from privacyaudit.i18n import _
from privacyaudit.report.drawing import draw

_ADDRESS = re.compile(r"https://[^\s),;]+[^\s),;.]")


def page(plan: Plan, today: date) -> str:
    """Draw a plan: its steps in order, each with what to do and where."""
    case = _("{what}: {place}").format(what=words.harm(plan.case.harm), place=_(plan.place.name))
    steps = [(step.title, [linked(line) for line in in_full(step)]) for step in plan.steps]
    return _drawn(_("Something about you is out there"), case, steps, today)


def card(one: Card, today: date) -> str:
    """Draw the card for the first hour."""
    steps = [
        (_("What to do"), [linked(line) for line in one.lines]),
        (_("Who helps"), [linked(line) for line in one.helpers]),
    ]
    return _drawn(one.title, "", steps, today)


def sheet(title: str, sections: Sections, today: date, *, about: tuple[str, ...] = ()) -> str:
    """Draw a sheet that is about no single case; `about` is what it says before everything."""
    steps = [(name, [linked(line) for line in lines]) for name, lines in sections]
    return _drawn(title, "", steps, today, about)


def linked(line: str) -> list[tuple[str, bool]]:
    """Split a line into its parts, each with whether it is a web address."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for found in _ADDRESS.finditer(line):
        parts += [(line[end : found.start()], False), (found.group(), True)]
        end = found.end()
    return [(text, link) for text, link in [*parts, (line[end:], False)] if text]


def _drawn(
    title: str,
    lead: str,
    steps: list[tuple[str, list[list[tuple[str, bool]]]]],
    today: date,
    about: tuple[str, ...] = (),
) -> str:
    foot = _("What to do, {day}. This is not legal advice.").format(day=i18n.day(today))
    return draw(
        "steps.html.j2",
        (),
        foot,
        style="steps.css",
        language=i18n.language(),
        day=i18n.day(today),
        title=title,
        lead=lead,
        about=[linked(line) for line in about],
        limits=[linked(line) for line in words.limits()],
        steps=steps,
    )
