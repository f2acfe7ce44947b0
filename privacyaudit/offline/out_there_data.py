"""What the page “Something is out there” knows: routes, letters and searches, as its script reads them.

The rules by which a case becomes steps are those of `about_me.rules`, as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from privacyaudit.about_me import asking, found, ladder, leads, letters, occasions, searches, typed, words
from privacyaudit.about_me.case import KINDS
from privacyaudit.about_me.leads import Known
from privacyaudit.about_me.places import ANYWHERE, Atlas
from privacyaudit.about_me.rules import IN_THE_PROGRAM, STAGES, Rule, Stage
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import _
from privacyaudit.model import (
    Author,
    Checklist,
    Harm,
    Occasion,
    Risk,
    Route,
    Search,
    Severity,
    Shelf,
    Task,
    Way,
)
from privacyaudit.model.letter import Blank, Letter
from privacyaudit.over_time.due import find


def data(atlas: Atlas, catalogue: Catalogue) -> dict[str, Any]:
    """Return all of it as JSON takes it, in the language spoken now."""
    every = searches.every()
    return {
        "walks": _walks(atlas, catalogue),
        "case": _case(atlas),
        "letters": {
            "groups": _labels(letters.GROUPS),
            "letters": {one.id: _letter(one) for one in letters.letters()},
            "blanks": {one.id: _blank(one) for one in letters.blanks()},
            "most_signs": typed.MOST_SIGNS,
            "most_lines": typed.MOST_LINES,
            "at_work": typed.AT_WORK,
        },
        "searches": {
            "for_whom": _(asking.FOR_WHOM),
            "who": _labels(asking.SEARCHERS),
            "refused": list(map(_, asking.NO_SEARCH)),
            "beside": _(asking.BESIDE),
            "no_words": list(map(_, asking.NO_WORDS)),
            "words": _labels({word: asking.WORDS[word] for word in searches.ASKED}),
            "searches": [_search(one) for one in every],
            "checks": _checks(every, catalogue),
            "answers": _labels(found.ANSWERS),
            "to_act_on": found.TO_ACT_ON,
            "harms": list(Severity),
            "wrong": _labels(searches.WRONG),
            "devices": _labels(asking.DEVICES),
            "longest": searches.LONGEST,
            "most_of_a_kind": searches.MOST_OF_A_KIND,
            "most_names": searches.MOST_NAMES,
            "short": searches.SHORT,
            "digits": [searches.FEWEST_DIGITS, searches.MOST_DIGITS],
        },
    }


def _labels(named: Mapping[Any, str]) -> list[list[str]]:
    return [[str(name), _(label)] for name, label in named.items()]


# -- the case --------------------------------------------------------------------------------------


def _case(atlas: Atlas) -> dict[str, Any]:
    shelves = list(Shelf)
    refused = {ladder.FOR_SEXUAL, *(name for route in atlas.routes.values() for name in route.refused)}
    places = sorted(atlas.places.values(), key=lambda place: shelves.index(place.group))
    return {
        "questions": _labels(asking.QUESTIONS),
        "choices": {
            "risk": [[one, words.risk(one)] for one in Risk],
            "about": _labels(asking.ABOUT),
            "harm": [[one, words.harm(one)] for one in Harm],
            "author": [[one, words.author(one)] for one in Author],
            "work": [["yes", _("Yes")], ["no", _("No")]],
        },
        "refused": list(map(_, asking.NO_PLAN)),
        "kinds": list(KINDS.items()),
        "stages": [_stage(one, atlas) for one in STAGES],
        "places": [[place.id, _(place.name)] for place in places],
        "anywhere": ANYWHERE,
        "routes": {route.id: _route(route) for route in atlas.routes.values()},
        "refused_then": {name: ladder.rung_in_words(atlas.routes[name]) for name in sorted(refused)},
        "for_sexual": ladder.FOR_SEXUAL,
        "at_first": _(asking.AT_FIRST),
        "at_once": words.helper(atlas.helpers[ladder.AT_ONCE]),
    }


def _stage(one: Stage, atlas: Atlas) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "when": one.when,
        "titles": _rules(one.titles, atlas),
        "rules": _rules(one.rules, atlas),
        "letters": dict(one.letters),
    }


def _rules(rules: Iterable[Rule], atlas: Atlas) -> list[tuple[str, str, bool]]:
    """Return each rule with its words, and whether it is about somebody who helps."""
    return [
        (rule.when, words.helper(atlas.helpers[rule.helper]) if rule.helper else _(rule.line), bool(rule.helper))
        for rule in rules
        if rule.line != IN_THE_PROGRAM
    ]


_OFTEN_MISSING = ("by_letter", "written", "letter")


def _route(route: Route) -> dict[str, Any]:
    told = {
        "title": _(route.title),
        "places": route.places,
        "harms": route.harms,
        "whose": route.whose,
        "by_letter": route.way is Way.LETTER,
        "written": route.way in ladder.WRITTEN,
        "lines": list(words.route(route)),
        "days": ladder.wait(route),
        "refused": route.refused,
        "letter": route.letter,
    }
    return {name: value for name, value in told.items() if value or name not in _OFTEN_MISSING}


# -- short walks -----------------------------------------------------------------------------------


def _walks(atlas: Atlas, catalogue: Catalogue) -> dict[str, Any]:
    have = leads.known(catalogue, atlas, commands=False)
    some = [one.checklist for one in catalogue.loaded.values() if one.checklist.platform.group in occasions.SERVICES]
    named = sorted(some, key=lambda one: _(one.platform.name).casefold())
    return {
        "which": _(occasions.WHICH),
        "walks": [_walk(one, named, have) for one in occasions.every()],
        "services": [[one.platform.id, _(one.platform.name), one.platform.sensitive] for one in named],
        "replies": _labels(occasions.REPLIES),
        "later": occasions.Reply.LATER,
        "done": occasions.Reply.DONE,
    }


def _walk(one: Occasion, services: Sequence[Checklist], have: Known) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": _(one.title),
        "about": occasions.about(one, have.atlas),
        "ask": _(one.ask),
        "tasks": [_task(task, services, have) for task in one.tasks],
    }


def _task(one: Task, services: Sequence[Checklist], have: Known) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": _(one.title),
        "minutes": one.minutes,
        "day": one.day,
        "waits": one.waits,
        "again": leads.again(one, have),
        "lines": [_(one.why)] if one.services else [_(one.why), *leads.leads(one, (), have)],
    }
    if one.services:
        of_each = ((service.platform.id, leads.in_service(one.services, service, have)) for service in services)
        told["services"] = {name: lines for name, lines in of_each if lines}
        told["without"] = leads.in_any_service(one.services)
        told["most"] = leads.most_shown(one.services)
    return told


# -- letters ---------------------------------------------------------------------------------------


def _letter(one: Letter) -> dict[str, Any]:
    return {
        "group": one.group,
        "title": _(one.title),
        "addressee": _(one.addressee),
        "told": [[part.heading, part.sentences] for part in letters.told(one)],
        "subject": _(one.subject) if one.subject else None,
        "blocks": [[point, _(text)] for point, text in one.blocks],
        "blanks": [blank.id for blank in letters.blanks_of(one)],
    }


def _blank(one: Blank) -> dict[str, Any]:
    return {
        "ask": _(one.ask),
        "mark": _(one.mark),
        "fills": one.fills,
        "choices": [[choice.id, _(choice.label), _(choice.text)] for choice in one.choices],
    }


# -- searches --------------------------------------------------------------------------------------


def _search(one: Search) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": _(one.title),
        "finds": _(one.finds),
        "look": _(one.look),
        "query": one.query,
        "address": one.address,
        "device": one.device,
        "harm": one.harm,
        "change": one.change,
    }


def _checks(every: Iterable[Search], catalogue: Catalogue) -> dict[str, Any]:
    """Return the checks that say what to do about a find of one's own: title and steps."""
    known = {one.change: find(one.change, catalogue) for one in every}
    return {name: [_(check.title), [_(step) for step in check.fix]] for name, check in known.items() if check}
