"""What is chosen before the questions begin: who the person is, what they use, and what that comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacyaudit.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from privacyaudit.catalogue.loading import Catalogue, Loaded
    from privacyaudit.journal import Header
    from privacyaudit.model import Role
    from privacyaudit.over_time.known import Past
    from privacyaudit.plan import Plan


def who(catalogue: Catalogue, *, plain: bool) -> str:
    """Ask for the role, and return its id."""
    from privacyaudit.cli import prompts

    choices = [(role.id, f"{_(role.name)}. {_(role.summary)}") for role in catalogue.roles]
    return prompts.choose_one(_("Who are you?"), choices, chosen=catalogue.roles[0].id, plain=plain)


def chosen(
    catalogue: Catalogue, names: Sequence[str], given: Mapping[str, str], role: Role, *, no_input: bool, plain: bool
) -> list[Loaded]:
    """Return the checklists named, those of an answers file, or what the person picks, in the order of risk."""
    from privacyaudit import labels
    from privacyaudit.errors import UsageError

    if names:
        return [catalogue.checklist(name) for name in dict.fromkeys(names)]
    if given:
        return [catalogue.loaded[name] for name in dict.fromkeys(check.split(".")[0] for check in given)]
    if no_input:
        raise UsageError(
            _("Say which platform to audit."), _("For example: privacyaudit audit wikipedia. See privacyaudit list.")
        )
    from privacyaudit.cli import prompts
    from privacyaudit.model import Group

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
    from privacyaudit.cli import again
    from privacyaudit.cli.terminal import heading, say

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
    again.show_past(past)
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
    from privacyaudit.clock import now
    from privacyaudit.journal import Header
    from privacyaudit.over_time.memory import sites_of

    return Header(
        started=now(),
        role=what.role,
        platforms=tuple(part.checklist.platform.id for part in what.parts),
        sites={platform: site for platform, site in sites_of(what).items() if site},
        areas=what.areas,
        quick=what.quick,
    )
