"""What is chosen before the questions begin: who the person is, what they use, and what that comes to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from privacyaudit import i18n, journal, labels
from privacyaudit.catalogue.loading import Catalogue, Loaded
from privacyaudit.cli.dialogs.browser import need_addresses
from privacyaudit.cli.dialogs.history import show_past
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.errors import RecordError, UsageError
from privacyaudit.i18n import _, ngettext
from privacyaudit.journal import Header, Journal
from privacyaudit.model import Area, Group, Role, platform_of
from privacyaudit.over_time.known import Past
from privacyaudit.over_time.memory import Memory
from privacyaudit.plan import Item, Plan, plan
from privacyaudit.readers.outside import names_typed


@dataclass(frozen=True)
class Wanted:
    """What the command line says about an audit; what it leaves open is asked.

    `given` are the answers of a file, check id to option id.
    """

    platforms: Sequence[str] = ()
    role: str | None = None
    sites: Mapping[str, str] = field(default_factory=dict)
    areas: Sequence[Area] = ()
    quick: bool = False
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def names_services(self) -> bool:
        """Tell whether it says what is audited."""
        return bool(self.platforms or self.given)


def make(wanted: Wanted, catalogue: Catalogue, memory: Memory | None, person: Person) -> Plan:
    """Return the plan that is wanted; where it names no platform: as in the audits before, or what is picked."""
    role, sites, chosen = wanted.role, dict(wanted.sites), list[Loaded]()
    usual = memory.same_role(catalogue) if memory else None
    if memory and not wanted.names_services:
        chosen, known = memory.same_services(catalogue)
        sites = known | sites
    if chosen:
        services = ", ".join(_(one.checklist.platform.name) for one in chosen)
        say(_("The same services as before: {names}. To audit others, name them.").format(names=services))
    elif person.there and not (wanted.names_services or role or usual):
        role = who(catalogue, person)
    whose = catalogue.role(role) if role or usual is None else usual
    chosen = chosen or services_of(wanted, catalogue, whose, person)
    return plan(chosen, whose.id, sites, quick=wanted.quick, areas=wanted.areas)


def who(catalogue: Catalogue, person: Person) -> str:
    """Ask for the role, and return its id."""
    choices = [(role.id, f"{_(role.name)}. {_(role.summary)}") for role in catalogue.roles]
    return person.choose_one(_("Who are you?"), choices, chosen=catalogue.roles[0].id)


def services_of(wanted: Wanted, catalogue: Catalogue, role: Role, person: Person) -> list[Loaded]:
    """Return the checklists named, those of an answers file, or what the person picks, in the order of risk."""
    if wanted.platforms:
        return [catalogue.checklist(name) for name in dict.fromkeys(wanted.platforms)]
    if wanted.given:
        return [catalogue.loaded[name] for name in dict.fromkeys(map(platform_of, wanted.given))]
    if not person.there:
        raise UsageError(
            _("Say which platform to audit."), _("For example: privacyaudit audit wikipedia. See privacyaudit list.")
        )
    return pick(catalogue, role, person)


def pick(catalogue: Catalogue, role: Role, person: Person) -> list[Loaded]:
    """Let the person pick what they use, and return the checklists in the order of risk."""
    platforms = [one.checklist.platform for one in catalogue.loaded.values()]
    groups = {group: [p for p in platforms if p.group is group and not p.sensitive] for group in Group}
    offered = [platform for group in Group if group is not Group.DEMO for platform in groups[group]]
    picked = person.choose_many(
        _("Which of these do you use? An old account counts too."),
        [(platform.id, _(platform.name)) for platform in offered],
        chosen=role.checklists,
        headings={some[0].id: labels.group(group) for group, some in groups.items() if some},
    )
    private = [platform for platform in platforms if platform.sensitive]
    names = ", ".join(_(platform.name) for platform in private)
    if private and person.confirm(
        _("Not on that list, because it is private: {names}. Add it?").format(names=names), False
    ):
        picked += [platform.id for platform in private]
    return sorted((catalogue.loaded[name] for name in picked), key=lambda one: one.checklist.weight, reverse=True)


def show_plan(plan: Plan, past: Past, answered: Collection[str] = ()) -> None:
    """Say how many checks are left to answer, why, and how long that takes; `answered` are the ids of the others."""
    heading(_("Your plan"))
    left = [item for item in plan.items if past.asks(item.check) and item.check.id not in answered]
    for part in plan.parts:
        name = part.checklist.platform.id
        _show_part(
            _(part.checklist.platform.name),
            [item for item in left if item.checklist.platform.id == name],
            sum(item.checklist.platform.id == name for item in plan.items),
        )
    show_past(past, answered)
    if not left:
        say(_("Every check has an answer already. You can stop at any time and go on later."))
        return
    minutes = _minutes(left)
    say(
        ngettext(
            "All together about {minutes} minute. You can stop at any time and go on later.",
            "All together about {minutes} minutes. You can stop at any time and go on later.",
            minutes,
        ).format(minutes=minutes)
    )


def _show_part(name: str, left: Sequence[Item], total: int) -> None:
    if not left:
        sentence = _("{name}: nothing left to answer")
    elif len(left) < total:
        sentence = _("{name}: {number} of {total} checks left to answer, about {minutes} min")
    else:
        sentence = ngettext(
            "{name}: {number} check, about {minutes} min", "{name}: {number} checks, about {minutes} min", total
        )
    say(sentence.format(name=name, number=len(left), total=total, minutes=_minutes(left)))


def _minutes(items: Sequence[Item]) -> int:
    return max(1, round(sum(item.check.minutes for item in items)))


def resumed(*, wanted: bool, offered: bool, person: Person) -> Journal | None:
    """Return the journal to go on with: asked for, or offered to somebody who starts without naming a platform."""
    path = journal.unfinished()
    if wanted:
        if path is None:
            raise UsageError(_("There is no unfinished audit to go on with."), _("Start one: privacyaudit audit."))
        return journal.resume(path)
    if path is None or not offered:
        return None
    try:
        notes = journal.resume(path)
    except RecordError as error:
        person.trouble(error)
        return None
    question = _("You stopped an audit on {day}. Go on with it?").format(day=i18n.day(notes.header.started))
    return notes if person.confirm(question, True) else None


def begin(of: Plan) -> Journal:
    """Begin a journal; an unfinished one is kept under another name, which is said."""
    notes, aside = journal.begin(of.header())
    if aside:
        say(_("An earlier audit that was not finished is kept as {path}.").format(path=aside))
    return notes


def plan_of(catalogue: Catalogue, header: Header) -> Plan:
    """Return the plan of an unfinished audit."""
    chosen = [catalogue.checklist(name) for name in header.platforms]
    return plan(chosen, header.role, header.sites, quick=header.quick, areas=header.areas)


def names_outside(of: Plan, pairs: Sequence[str], person: Person) -> dict[str, str]:
    """Return the names to look at from outside, by platform; what is left out is asked for. Raises UsageError."""
    if not pairs:
        return {}
    if not person.there and any("=" not in pair for pair in pairs):
        raise UsageError(
            _("With --no-input nothing is asked, and a name for --outside is missing."),
            _("Write it like --outside mastodon=NAME."),
        )
    names = names_typed(pairs, [part.checklist.platform for part in of.parts], person.line)
    need_addresses(of.parts, lambda check: bool(check.outside) and platform_of(check.id) in names)
    return names
