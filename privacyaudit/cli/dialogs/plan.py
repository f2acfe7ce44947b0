"""What is chosen before the questions begin: who the person is, what they use, and what that comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacyaudit import i18n, journal, labels
from privacyaudit.cli import outcome, prompts
from privacyaudit.cli.dialogs import history
from privacyaudit.cli.dialogs import plan as choosing
from privacyaudit.cli.dialogs.browser import need_addresses
from privacyaudit.cli.parsing import areas_named, sites_named
from privacyaudit.cli.terminal import heading, say
from privacyaudit.clock import now
from privacyaudit.errors import RecordError, UsageError
from privacyaudit.i18n import _, ngettext
from privacyaudit.journal import Header
from privacyaudit.model import Group
from privacyaudit.over_time import memory as memory_module
from privacyaudit.over_time.memory import sites_of
from privacyaudit.plan import plan
from privacyaudit.readers.outside import names_typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from privacyaudit.catalogue.loading import Catalogue, Loaded
    from privacyaudit.journal import Journal
    from privacyaudit.model import Role
    from privacyaudit.over_time.known import Past
    from privacyaudit.over_time.memory import Memory
    from privacyaudit.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from privacyaudit.catalogue.loading import Catalogue, Loaded

    pass
    from privacyaudit.model import Role
    from privacyaudit.over_time.known import Past
    from privacyaudit.plan import Plan


def who(catalogue: Catalogue, *, plain: bool) -> str:
    """Ask for the role, and return its id."""

    choices = [(role.id, f"{_(role.name)}. {_(role.summary)}") for role in catalogue.roles]
    return prompts.choose_one(_("Who are you?"), choices, chosen=catalogue.roles[0].id, plain=plain)


def chosen(
    catalogue: Catalogue, names: Sequence[str], given: Mapping[str, str], role: Role, *, no_input: bool, plain: bool
) -> list[Loaded]:
    """Return the checklists named, those of an answers file, or what the person picks, in the order of risk."""

    if names:
        return [catalogue.checklist(name) for name in dict.fromkeys(names)]
    if given:
        return [catalogue.loaded[name] for name in dict.fromkeys(check.split(".")[0] for check in given)]
    if no_input:
        raise UsageError(
            _("Say which platform to audit."), _("For example: privacyaudit audit wikipedia. See privacyaudit list.")
        )

    platforms = [one.checklist.platform for one in catalogue.loaded.values()]
    groups = {group: [p for p in platforms if p.group is group and not p.sensitive] for group in Group}
    offered = [platform for group in Group if group is not Group.DEMO for platform in groups[group]]
    picked = prompts.choose_many(
        _("Which of these do you use? An old account counts too."),
        [(platform.id, _(platform.name)) for platform in offered],
        chosen=role.checklists,
        headings={some[0].id: labels.group(group) for group, some in groups.items() if some},
        plain=plain,
    )
    private = [platform for platform in platforms if platform.sensitive]
    names = ", ".join(_(platform.name) for platform in private)
    if private and prompts.confirm(
        _("Not on that list, because it is private: {names}. Add it?").format(names=names), False, plain=plain
    ):
        picked += [platform.id for platform in private]
    return sorted((catalogue.loaded[name] for name in picked), key=lambda one: one.checklist.weight, reverse=True)


def show_plan(what: Plan, past: Past) -> None:
    """Say how many checks there are to ask, why, and how long that takes."""

    heading(_("Your plan"))
    asked = [item for item in what.items if past.asks(item.check)]
    for part in what.parts:
        items = [item for item in asked if item.checklist.platform.id == part.checklist.platform.id]
        minutes = max(1, round(sum(item.check.minutes for item in items)))
        say(
            ngettext(
                "{name}: {number} check, about {minutes} min",
                "{name}: {number} checks, about {minutes} min",
                len(items),
            ).format(name=_(part.checklist.platform.name), number=len(items), minutes=minutes)
        )
    history.show_past(past)
    minutes = max(1, round(sum(item.check.minutes for item in asked)))
    say(
        ngettext(
            "All together about {minutes} minute. You can stop at any time and go on later.",
            "All together about {minutes} minutes. You can stop at any time and go on later.",
            minutes,
        ).format(minutes=minutes)
    )


def begin_header(what: Plan) -> Header:
    """Return the header of the notes about a plan, begun now."""

    return Header(
        started=now(),
        role=what.role,
        platforms=tuple(part.checklist.platform.id for part in what.parts),
        sites={platform: site for platform, site in sites_of(what).items() if site},
        areas=what.areas,
        quick=what.quick,
    )


def resumed(*, no_input: bool, resume: bool, fresh: bool, plain: bool) -> Journal | None:
    """Return the journal to go on with: asked for, or offered when somebody starts without naming a platform."""

    path = journal.unfinished()
    if resume:
        if path is None:
            raise UsageError(_("There is no unfinished audit to go on with."), _("Start one: privacyaudit audit."))
        return journal.resume(path)
    if path is None or no_input or fresh:
        return None

    try:
        notes = journal.resume(path)
    except RecordError as error:
        outcome.warn(error)
        return None
    question = _("You stopped an audit on {day}. Go on with it?").format(day=i18n.day(notes.header.started))
    return notes if prompts.confirm(question, True, plain=plain) else None


def planned(
    catalogue: Catalogue,
    memory: Memory | None,
    names: Sequence[str],
    given: Mapping[str, str],
    role: str | None,
    sites: Sequence[str],
    areas: Sequence[str],
    quick: bool,
    *,
    no_input: bool,
    plain: bool,
) -> Plan:
    """Return the plan that the flags make; where they name no platform: as in the audits before, or what is picked."""

    addresses = sites_named(sites)
    chosen: list[Loaded] = []
    usual = memory_module.same_role(memory, catalogue) if memory else None
    if memory and not (names or given):
        chosen, known = memory_module.same_services(memory, catalogue)
        addresses = known | addresses
    if chosen:
        services = ", ".join(_(one.checklist.platform.name) for one in chosen)
        say(_("The same services as before: {names}. To audit others, name them.").format(names=services))
    elif not (names or given or no_input or role or usual):
        role = choosing.who(catalogue, plain=plain)
    who = catalogue.role(role) if role or usual is None else usual
    chosen = chosen or choosing.chosen(catalogue, names, given, who, no_input=no_input, plain=plain)
    return plan(chosen, who.id, addresses, quick=quick, areas=areas_named(areas))


def begin(what: Plan) -> Journal:

    notes, aside = journal.begin(begin_header(what))
    if aside:
        say(_("An earlier audit that was not finished is kept as {path}.").format(path=aside))
    return notes


def plan_of(catalogue: Catalogue, header: Header) -> Plan:

    chosen = [catalogue.checklist(name) for name in header.platforms]
    return plan(chosen, header.role, header.sites, quick=header.quick, areas=header.areas)


def names_outside(what: Plan, pairs: Sequence[str], *, no_input: bool, plain: bool) -> dict[str, str]:
    """Return the names to look at from outside, by platform; what is left out is asked for. Raises UsageError."""
    if not pairs:
        return {}

    if no_input and any("=" not in pair for pair in pairs):
        raise UsageError(
            _("With --no-input nothing is asked, and a name for --outside is missing."),
            _("Write it like --outside mastodon=NAME."),
        )
    platforms = [part.checklist.platform for part in what.parts]
    names = names_typed(pairs, platforms, lambda question: prompts.line(question, plain=plain))
    need_addresses(what.parts, lambda check: bool(check.outside) and check.id.split(".")[0] in names)
    return names
