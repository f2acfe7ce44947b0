"""What “Read it for me” is offered for in an audit, and what the person agrees to before anything is opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from privacyaudit import labels
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Observation, Reason, has_address
from privacyaudit.plan import Item, Part, Plan
from privacyaudit.readers import beside

Known = Mapping[str, Sequence[Observation]]


def to_read(items: Iterable[Item], known: Known) -> list[Item]:
    """Return what can be read and is not known yet; what was read wrong once is not read again."""
    return [item for item in items if _can_be_read(item) and not _is_known(known.get(item.check.id, ()))]


def _can_be_read(item: Item) -> bool:
    return bool(item.check.probes) and has_address(item.check.probes[0].open)


def _is_known(observations: Sequence[Observation]) -> bool:
    return any(one.option or one.reason is Reason.READ_WRONG for one in observations)


def offered(plan: Plan, known: Known, *, remembers: bool) -> list[dict[str, Any]]:
    """Return the services of a plan of which something can be read, each with what the person agrees to.

    Without `remembers`, nobody has agreed to anything before.
    """
    return [_offer(part, len(mine), remembers=remembers) for part, mine in _by_part(plan, known)]


def _by_part(plan: Plan, known: Known) -> list[tuple[Part, list[Item]]]:
    items = to_read(plan.items, known)
    parts = [(part, [item for item in items if item.checklist is part.checklist]) for part in plan.parts]
    return [(part, mine) for part, mine in parts if mine]


def _offer(part: Part, number: int, *, remembers: bool) -> dict[str, Any]:
    platform = part.checklist.platform
    return {
        "platform": platform.id,
        "name": _(platform.name),
        "number": number,
        "notice": _(platform.notice),
        "where_to": beside.where_to(part),
        "agreed": remembers and not beside.is_own(part) and beside.agreed(platform),
    }


def by_hand(plan: Plan) -> list[str]:
    """Say of each service of a plan that cannot be read why that is so, where there is something to say."""
    rest = [part for part in plan.parts if not beside.can_be_read(part)]
    unknown = [
        _("{name} has more than one address, and you have not said which one is yours.").format(
            name=_(part.checklist.platform.name)
        )
        for part in plan.parts
        if beside.lacks_address(part)
    ]
    return [*filter(None, (labels.by_hand(part.checklist.platform) for part in rest)), *unknown]


def agreed(plan: Plan, known: Known, names: Sequence[str], *, remembers: bool) -> list[Item]:
    """Return what is read of the services that the person agreed to just now, and remember that they did.

    A checklist that did not come with the program is agreed to each time. Raises UsageError for a service that is not
    offered, and where there is none; SaveError.
    """
    parts = {part.checklist.platform.id: (part, mine) for part, mine in _by_part(plan, known)}
    if not names or not set(names) <= set(parts):
        raise UsageError(
            _("There is nothing to read in that service now."), _("Load the page again. Your answers are saved.")
        )
    for name in names:
        part, _mine = parts[name]
        if remembers and not beside.is_own(part):
            beside.remember_yes(part.checklist.platform)
    return [item for name in names for item in parts[name][1]]
