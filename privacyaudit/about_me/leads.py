"""What a task of a walk leads to: the steps of a check, a command, a form, or the person's own services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from privacyaudit import labels
from privacyaudit.about_me import letters, searches, words
from privacyaudit.about_me.places import Atlas
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import N_, _
from privacyaudit.model import (
    Check,
    Checklist,
    EachService,
    Route,
    Search,
    Severity,
    Task,
    Where,
    has_address,
)
from privacyaudit.model.letter import Letter

MOST_SERVICES = 6
"""Services whose screens are shown for a task; the others are named."""

OTHERS = N_("Look in the settings of these too: {names}")
_SEARCHES = N_("These searches, one after the other: privacyaudit search")
_SEARCHES_ON_A_PAGE = N_("These searches are under “Search for yourself” at the start of this page.")
_WITHOUT_LINK = {
    "export": N_("{platform}: look for “download” or “export” in its settings, or save the photos one by one."),
    "close": N_("{platform}: look for “delete account” in its settings, or ask its help team."),
}
_ANY_SERVICE = {
    "export": N_("In the settings of the service, look for “download your data” or “export”."),
    "close": N_("In the settings of the service, look for “delete account”."),
    "areas": N_("In the settings of the service, look at what is said about this: {areas}."),
    "checks": N_("In the settings of the service, look at your name, your user name and your picture."),
}


@dataclass(frozen=True)
class Known:
    """What tasks lead to: checklists, searches, places with their routes, and letters.

    Of `commands`, only those of letters are named on a page, which has a button for them.
    """

    catalogue: Catalogue
    searches: Mapping[str, Search]
    atlas: Atlas
    letters: Mapping[str, Letter]
    commands: bool = True


def known(catalogue: Catalogue, atlas: Atlas, *, commands: bool = True) -> Known:
    """Return what came with the program, beside these checklists and places. Raises ChecklistError."""
    return Known(
        catalogue,
        {one.id: one for one in searches.every()},
        atlas,
        {one.id: one for one in letters.letters()},
        commands,
    )


def again(task: Task, have: Known) -> int | None:
    """Return after how many days to look again: those of the task itself, or of its route or letter."""
    if task.again is not None:
        return task.again
    if task.route:
        return have.atlas.routes[task.route].days
    return have.letters[task.letter].days if task.letter else None


def leads(task: Task, services: Sequence[str], have: Known) -> Iterator[str]:
    """Yield what a task leads to, for somebody who uses these services (ids of platforms)."""
    if task.check:
        yield from _check(task.check, have)
    elif task.searches:
        yield from (f"{_(one.title)}: {_(one.finds)}" for one in (have.searches[name] for name in task.searches))
        yield _(_SEARCHES if have.commands else _SEARCHES_ON_A_PAGE)
    elif task.route:
        yield from _route(have.atlas.routes[task.route], have)
    elif task.letter:
        letter = have.letters[task.letter]
        yield from map(_, letter.before_sending[:1])
        yield _("Ready words for it: privacyaudit letter {letter}").format(letter=letter.id)
    elif task.services:
        yield from _services(task.services, [have.catalogue.checklist(name).checklist for name in services], have)


def _check(check_id: str, have: Known) -> Iterator[str]:
    loaded, check = have.catalogue.check(check_id)
    if way := _way(loaded.checklist.where(check)):
        yield _("Where to look: {way}").format(way=way)
    yield from map(_, check.fix)
    if check.caution:
        yield _(check.caution)
    if have.commands:
        yield _("More about it: privacyaudit show {check}").format(check=check.id)


def _route(route: Route, have: Known) -> Iterator[str]:
    yield from words.route(route)
    if route.places and not have.commands:
        yield _("All steps for it are under “What can I do about it?” at the start of this page.")
    elif route.places:
        harm = route.harms[0].value.replace("_", "-")
        said = _("All steps for it: privacyaudit remove --what {what} --where {where}")
        yield said.format(what=harm, where=route.places[0])


# -- the person's services -------------------------------------------------------------------------


def _services(each: EachService, checklists: Sequence[Checklist], have: Known) -> Iterator[str]:
    """Yield what to look at in each service, and the services for which we have nothing of their own."""
    if not checklists:
        yield in_any_service(each)
        return
    told = [(_(checklist.platform.name), in_service(each, checklist, have)) for checklist in checklists]
    shown = [name for name, lines in told if lines][: most_shown(each)]
    yield from (line for name, lines in told if name in shown for line in lines)
    others = [name for name, _lines in told if name not in shown]
    if others:
        yield _(OTHERS).format(names=", ".join(others))


def most_shown(each: EachService) -> int | None:
    """Return of how many services what to do is shown; None for all."""
    return None if each.link else MOST_SERVICES


def in_any_service(each: EachService) -> str:
    """Say what to look for, for somebody who names no service."""
    areas = ", ".join(map(labels.area, each.areas))
    return _(_ANY_SERVICE[each.link or ("areas" if each.areas else "checks")]).format(areas=areas)


def in_service(each: EachService, checklist: Checklist, have: Known) -> tuple[str, ...]:
    """Return what to look at in one service; nothing where we have nothing of its own."""
    if each.link:
        return (_link(each.link, checklist),)
    return tuple(_screen(each, checklist, check, have) for check in chosen_of(each, checklist))


def _screen(each: EachService, checklist: Checklist, check: Check, have: Known) -> str:
    """Say how a setting should be; or where it is, for checks that are named because of their screens."""
    way = _way(checklist.where(check))
    what = way if each.checks else _(check.title)
    said = _("{platform}: {what}. Steps: privacyaudit show {check}")
    if not have.commands:
        said = _("{platform}: {what}. {way}") if way and not each.checks else _("{platform}: {what}")
    return said.format(platform=_(checklist.platform.name), what=what, way=way, check=check.id)


def chosen_of(each: EachService, checklist: Checklist) -> list[Check]:
    """Return the checks of a service that are meant: those that are named, or those of the areas that matter most."""
    if each.checks:
        return [check for check in checklist.checks if check.id in each.checks]
    severities = list(Severity)
    found = [check for check in checklist.checks if check.area in each.areas]
    return sorted(found, key=lambda one: (not one.essential, severities.index(one.severity)))[: each.most]


def _link(which: str, checklist: Checklist) -> str:
    address = getattr(checklist.platform.links, which)
    name = _(checklist.platform.name)
    if address and has_address(address):
        return f"{name}: {address}"
    return _(_WITHOUT_LINK[which]).format(platform=name)


def _way(where: Where) -> str:
    """Return the way to a setting: the menus to go through, and the address where there is one."""
    path = " › ".join(_(step) for step in where.menu or where.ios or where.android or ())
    address = where.web if where.web and has_address(where.web) else ""
    return _("{path} (or {address})").format(path=path, address=address) if path and address else path or address
