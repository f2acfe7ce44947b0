"""What the offline page and the handouts say: services and their checks, in order and in the language spoken now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privacyaudit import labels
from privacyaudit.catalogue.loading import Catalogue, Loaded
from privacyaudit.i18n import _
from privacyaudit.judge import judge
from privacyaudit.model import Check, Checklist, Group, Option, Platform, Reason
from privacyaudit.plan import plan
from privacyaudit.report.cards import Card, Cards


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer, and what it means: a verdict, or `role:verdict` pairs with a space between them."""

    id: str
    label: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One check: its card as a report draws it before anybody has answered, its answers, and what to know about it."""

    check: Check
    card: Card
    answers: tuple[Answer, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One platform and those of its checks that are asked, most important first."""

    platform: Platform
    name: str
    limits: tuple[str, ...]
    entries: tuple[Entry, ...]


def services(
    catalogue: Catalogue,
    platforms: Sequence[str],
    role: str | None,
    *,
    quick: bool,
    sites: Mapping[str, str],
    today: date,
) -> tuple[Service, ...]:
    """Return the services named, with the checks that an audit of them would ask.

    Without a name: every platform but those of the demo, the riskiest first, sensitive ones last. A quick choice among
    named platforms has as many checks as a quick audit; without a name it has every essential check, because the
    person has yet to say which services they use. Raises UsageError for a platform, role or site that does not fit.
    """
    chosen = [catalogue.checklist(name) for name in platforms] if platforms else _every(catalogue)
    what = plan(chosen, catalogue.role(role).id, sites, quick=quick and bool(platforms))
    bound = {part.checklist.platform.id: part.checklist for part in what.parts}
    maker = Cards(bound, (), what.role, today)
    asked: dict[str, list[Entry]] = {}
    for item in what.items:
        if item.check.essential or not quick:
            entries = asked.setdefault(item.checklist.platform.id, [])
            entries.append(_entry(item.check, maker, what.role, today))
    return tuple(_service(bound[platform], entries) for platform, entries in asked.items())


def _every(catalogue: Catalogue) -> list[Loaded]:
    real = [one for one in catalogue.loaded.values() if one.checklist.platform.group is not Group.DEMO]
    order = list(Group)
    real.sort(key=lambda one: order.index(one.checklist.platform.group))
    real.sort(key=lambda one: (one.checklist.platform.sensitive, -one.checklist.weight))
    return real


def _service(one: Checklist, entries: Sequence[Entry]) -> Service:
    platform = one.platform
    limits = tuple(_(line) for line in platform.limits)
    return Service(platform, _(platform.name), limits, tuple(entries))


def _entry(check: Check, maker: Cards, role: str, today: date) -> Entry:
    unanswered = judge(check, (), role, today, Reason.SKIPPED)
    return Entry(
        check=check,
        card=maker.card(unanswered),
        answers=tuple(Answer(option.id, _(option.label), table(option)) for option in check.options),
        notes=tuple(labels.flag(flag) for flag in unanswered.flags),
    )


def table(option: Option) -> str:
    """Return the verdict of an option, or one per role as in the checklist: `default:fail councillor:choice`."""
    if isinstance(option.verdict, dict):
        return " ".join(f"{role}:{verdict}" for role, verdict in option.verdict.items())
    return option.verdict
