"""How sure the checks of some checklists are, how old, and what they lack: for those who mend them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from privacyaudit.model import UNDATED, Checklist, Confidence, Where


@dataclass(frozen=True)
class Counts:
    """Numbers of checks.

    `pages` has the years of the newest page that each goes by, the newest first; then those with pages without a date,
    and those without a source, if there are any. `lacks` has how many have no way to the setting, no default and no
    source.
    """

    checks: int
    read: int
    confidence: Mapping[Confidence, int]
    pages: Mapping[str, int]
    lacks: Mapping[str, int]


def counts(checklists: Iterable[Checklist]) -> Counts:
    """Return what there is to mend in some checklists."""
    every = [(one, check) for one in checklists for check in one.checks]
    ages = Counter(check.newest if check.newest == UNDATED else check.newest[:4] for _one, check in every)
    years = sorted((age for age in ages if age.isdigit()), reverse=True)
    sure = Counter(check.confidence for _one, check in every)
    return Counts(
        checks=len(every),
        read=sum(bool(check.probes) for _one, check in every),
        confidence={level: sure[level] for level in Confidence},
        pages={age: ages[age] for age in (*years, UNDATED, "") if ages[age]},
        lacks={
            "way": sum(one.where(check) == Where() for one, check in every),
            "default": sum(check.default is None for _one, check in every),
            "source": sum(not check.sources for _one, check in every),
        },
    )
