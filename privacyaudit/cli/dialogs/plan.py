"""What is chosen before the questions begin: who the person is, what they use, and what that comes to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from privacyaudit import effort, i18n, journal, labels
from privacyaudit.catalogue.loading import Catalogue, Loaded
from privacyaudit.cli.dialogs.history import show_past
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.clock import today
from privacyaudit.errors import RecordError, UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.journal import Journal
from privacyaudit.model import Area, Device, Group, Role, platform_of
from privacyaudit.over_time.known import NOTHING, Past
from privacyaudit.over_time.memory import Memory
from privacyaudit.plan import Plan, continued, plan
from privacyaudit.readers.beside import need_addresses
from privacyaudit.readers.outside import names_typed
from privacyaudit.walk import Stop, stops


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
    full: bool = False
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def names_services(self) -> bool:
        """Tell whether it says what is audited."""
        return bool(self.platforms or self.given)

    @property
    def says_how_much(self) -> bool:
        """Tell whether it says how much of that is asked."""
        return bool(self.names_services or self.quick or self.full or self.areas)


def make(wanted: Wanted, catalogue: Catalogue, memory: Memory | None, person: Person) -> Plan:
    """Return the plan that is wanted; where it names no platform: as in the audits before, or what is picked."""
    role, sites, chosen = wanted.role, dict(wanted.sites), list[Loaded]()
    usual = memory.same_role(catalogue) if memory else None
    if memory and not wanted.names_services:
        chosen, known = memory.same_services(catalogue)
        sites = known | sites
    if chosen:
        services = ", ".join(_(one.checklist.platform.name) for one in chosen)
        say(
            _("This audit covers the same services as before: {names}. To audit other services, name them.").format(
                names=services
            )
        )
    elif person.there and not (wanted.names_services or role or usual):
        role = who(catalogue, person)
    whose = catalogue.role(role) if role or usual is None else usual
    chosen = chosen or services_of(wanted, catalogue, whose, person)
    made = plan(chosen, whose.id, sites, quick=wanted.quick, areas=wanted.areas)
    if wanted.says_how_much or not person.there:
        return made
    return in_time(made, memory.past(made, today()) if memory else NOTHING, person)


def who(catalogue: Catalogue, person: Person) -> str:
    """Ask for the role, and return its id."""
    choices = [(role.id, _(role.name)) for role in catalogue.roles]
    return person.choose_one(_("Who are you?"), choices, chosen=catalogue.roles[0].id)


def services_of(wanted: Wanted, catalogue: Catalogue, role: Role, person: Person) -> list[Loaded]:
    """Return the checklists named, those of an answers file, or what the person picks, in the order of risk."""
    if wanted.platforms:
        return [catalogue.checklist(name) for name in dict.fromkeys(wanted.platforms)]
    if wanted.given:
        return [catalogue.loaded[name] for name in dict.fromkeys(map(platform_of, wanted.given))]
    if not person.there:
        raise UsageError(
            _("Say which platform you want to audit."),
            _("For example: privacyaudit audit wikipedia. See privacyaudit list."),
        )
    return pick(catalogue, role, person)


def in_time(of: Plan, past: Past, person: Person) -> Plan:
    """Ask how much time there is, and return the part of a plan that fits; the minutes are those of the model."""
    short = replace(of, quick=True)
    if len(of.parts) == 1 and len(short.items) in (0, len(of.items)):
        return of
    choices = [("full", _("Everything ({time})").format(time=_time(of, past)))]
    if len(of.parts) > 1:
        choices.insert(0, ("one", _("One service")))
    if short.items:
        label = _("10 minutes: what matters most ({time} to look, then time for changes)")
        choices.insert(0, ("quick", label.format(time=_time(short, past))))
    picked = person.choose_one(_("How much time do you have?"), choices, chosen=choices[0][0])
    if picked == "one":
        return _one_service(of, past, person)
    return short if picked == "quick" else of


def _one_service(of: Plan, past: Past, person: Person) -> Plan:
    each = {part.checklist.platform.id: replace(of, parts=(part,)) for part in of.parts}
    way = dict.fromkeys(stop.name[0] for stop in stops(of.items, of.role))
    choices = [(name, f"{_(each[name].parts[0].checklist.platform.name)}: {_time(each[name], past)}") for name in way]
    return each[person.choose_one(_("Which service?"), choices, chosen=choices[0][0])]


def _time(of: Plan, past: Past) -> str:
    return _about(stops([item for item in of.items if past.asks(item.check)], of.role))


_DEVICES = (
    (Device.BROWSER, N_("On this computer")),
    (Device.IPHONE, N_("iPhone or iPad")),
    (Device.ANDROID, N_("Android phone")),
)


def device_of(of: Plan, answered: Collection[str], person: Person) -> Device | None:
    """Ask where the person looks at their settings, if the way to some screen depends on it."""
    screens = [item.checklist.screen(item.check) for item in of.items if item.check.id not in answered]
    if not person.there or not any(screen.ios or screen.android for screen in screens):
        return None
    choices = [(device.value, _(label)) for device, label in _DEVICES]
    return Device(person.choose_one(_("Where do you look at your settings?"), choices))


def pick(catalogue: Catalogue, role: Role, person: Person) -> list[Loaded]:
    """Let the person pick what they use, and return the checklists in the order of risk."""
    usual = [name for name in role.checklists if catalogue.loaded[name].checklist.platform.group != Group.PRACTICE]
    groups = [group for group in Group if group is not Group.DEMO]
    return pick_of(catalogue, _("Which of these do you use? An old account counts too."), usual, groups, person)


def pick_of(
    catalogue: Catalogue, question: str, chosen: Collection[str], groups: Sequence[Group], person: Person
) -> list[Loaded]:
    """Let the person pick from these groups, and return the checklists in the order of risk."""
    platforms = [one.checklist.platform for one in catalogue.loaded.values() if one.checklist.platform.group in groups]
    shelves = {group: [p for p in platforms if p.group is group and not p.sensitive] for group in groups}
    offered = [platform for some in shelves.values() for platform in some]
    picked = person.choose_many(
        question,
        [(platform.id, _(platform.name)) for platform in offered],
        chosen=chosen,
        headings={some[0].id: labels.group(group) for group, some in shelves.items() if some},
    )
    private = [platform for platform in platforms if platform.sensitive]
    names = ", ".join(_(platform.name) for platform in private)
    if private and person.confirm(
        _("Some services are not listed, because using them is private: {names}. Add them?").format(names=names),
        False,
    ):
        picked += [platform.id for platform in private]
    return sorted((catalogue.loaded[name] for name in picked), key=lambda one: one.checklist.weight, reverse=True)


def show_plan(plan: Plan, past: Past, answered: Collection[str] = ()) -> None:
    """Say how many screens are left to look at, why, and how long that takes; `answered` are the ids of the others."""
    heading(_("Your plan"))
    left = [item for item in plan.items if past.asks(item.check) and item.check.id not in answered]
    way = stops(left, plan.role)
    if not plan.quick:
        _show_parts(plan, way)
    show_past(past, answered)
    if not left:
        say(_("Every check already has an answer. You can stop at any time and continue later."))
        return
    say(_in_all(way))


def _in_all(way: Sequence[Stop]) -> str:
    screens = ngettext("{screens} screen", "{screens} screens", len(way)).format(screens=len(way))
    number = sum(len(stop.items) for stop in way)
    checks = ngettext("{number} question", "{number} questions", number).format(number=number)
    sentence = _("Altogether: {checks} on {screens}, {time}. Stop whenever you like.")
    return sentence.format(checks=checks, screens=screens, time=_about(way))


def _about(way: Sequence[Stop]) -> str:
    minutes = effort.minutes(sum(stop.seconds for stop in way))
    return ngettext("about {minutes} minute", "about {minutes} minutes", minutes).format(minutes=minutes)


def _show_parts(plan: Plan, way: Sequence[Stop]) -> None:
    shown = dict.fromkeys(stop.name[0] for stop in stops(plan.items, plan.role))
    parts = {part.checklist.platform.id: part for part in plan.parts}
    for name in shown:
        asked = sum(item.checklist.platform.id == name for item in plan.items)
        _show_part(_(parts[name].checklist.platform.name), [stop for stop in way if stop.name[0] == name], asked)


def _show_part(name: str, way: Sequence[Stop], asked: int) -> None:
    left = sum(len(stop.items) for stop in way)
    if not left:
        sentence = _("{name}: nothing left to answer")
    elif left < asked:
        sentence = _("{name}: {number} of {total} checks left to answer, {time}")
    else:
        sentence = ngettext("{name}: {number} check, {time}", "{name}: {number} checks, {time}", asked)
    say(sentence.format(name=name, number=left, total=asked, time=_about(way)))


def resumed(*, wanted: bool, offered: bool, person: Person) -> Journal | None:
    """Return the journal to go on with: asked for, or offered to somebody who starts without naming a platform."""
    path = journal.unfinished()
    if wanted:
        if path is None:
            raise UsageError(_("There is no unfinished audit to continue."), _("Start an audit: privacyaudit audit."))
        return journal.resume(path)
    if path is None or not offered:
        return None
    try:
        notes = journal.resume(path)
    except RecordError as error:
        person.trouble(error)
        return None
    question = _("You stopped an audit on {day}. Continue it?").format(day=i18n.day(notes.header.started))
    return notes if person.confirm(question, True) else None


def begin(of: Plan, device: Device | None) -> Journal:
    """Begin a journal; an unfinished one is kept under another name, which is said."""
    notes, aside = journal.begin(of.header(device))
    if aside:
        say(_("An earlier unfinished audit is kept as {path}.").format(path=aside))
    return notes


def plan_of(catalogue: Catalogue, notes: Journal) -> Plan:
    """Return the plan of an unfinished audit, and say which of its answers count no more.

    Raises UsageError when it cannot be gone on with, because of a checklist that is gone.
    """
    of = continued(catalogue, notes)
    if lost := notes.lost(item.check for item in of.items):
        say_lost(lost)
        say(_("The report leaves these answers out. When you finish, the program keeps them in a separate file."))
    return of


def say_lost(checks: Sequence[str]) -> None:
    """Say which earlier answers do not count any more."""
    sentence = ngettext(
        "{number} earlier answer no longer counts, because that check has changed or is gone: {names}.",
        "{number} earlier answers no longer count, because those checks have changed or are gone: {names}.",
        len(checks),
    )
    say(sentence.format(number=len(checks), names=", ".join(checks)))


def names_outside(of: Plan, pairs: Sequence[str], person: Person) -> dict[str, str]:
    """Return the names to look at from outside, by platform; what is left out is asked for. Raises UsageError."""
    if not pairs:
        return {}
    if not person.there and any("=" not in pair for pair in pairs):
        raise UsageError(
            _("--outside needs a name, and with --no-input the program cannot ask for it."),
            _("Write it like --outside mastodon=NAME."),
        )
    names = names_typed(pairs, [part.checklist.platform for part in of.parts], person.line)
    need_addresses(of.parts, lambda check: bool(check.outside) and platform_of(check.id) in names)
    return names
