"""The guides that the program answers, clause by clause, and what answers each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from privacyaudit import shipped
from privacyaudit.catalogue import faults, strictyaml
from privacyaudit.errors import ChecklistError
from privacyaudit.i18n import N_, _
from privacyaudit.model import Checklist, Clause, Guidance

FEATURES: Mapping[str, str] = {
    "why-and-how": N_(
        "Every check says why it matters and what to do. If it is about a setting, it also says where to look."
    ),
    "report-limits": N_("Every report says what it cannot show, and that no site can promise privacy."),
    "report-age": N_("A report says when it is over six months old, and which of its answers no longer count."),
    "default-shown": N_("A report says what the platform sets for a new account, if we know."),
    "signed-out": N_(
        "The program signs out where it can, says whether that was confirmed, and removes its own browser profile."
    ),
    "self-search": N_(
        "“privacyaudit search” makes a list of searches for your own name, and you open each one in your own browser."
    ),
    "signposts": N_("Every report says which rules to read and who can help you in your role."),
    "platform-notice": N_("Before the browser reads a platform, a notice says what that platform's terms say."),
}


@dataclass(frozen=True)
class Coverage:
    """One clause, the checks that cite it, and the features that answer it."""

    clause: Clause
    checks: tuple[str, ...]
    features: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Tell whether nothing answers this clause yet."""
        return not self.checks and not self.features


def guides() -> tuple[Guidance, ...]:
    """Read the guides that came with the program, once. Raises ChecklistError for a feature that does not exist."""
    return _guides(shipped.stamp(shipped.folder("checklists") / "guidance"))


@lru_cache(maxsize=2)
def _guides(stamp: shipped.Stamp) -> tuple[Guidance, ...]:
    found = []
    for path, *_state in stamp:
        guide = faults.validate(Guidance, strictyaml.read(path), path)
        for clause in guide.clauses:
            if strange := [name for name in clause.answers if name not in FEATURES]:
                raise ChecklistError(
                    _("{path}: clause {clause} is answered by {feature!r}, which is not a feature.").format(
                        path=path, clause=clause.id, feature=strange[0]
                    ),
                    _("The features are listed in privacyaudit/catalogue/guidance.py."),
                )
        found.append(guide)
    return tuple(found)


def coverage(known: Iterable[Guidance], checklists: Iterable[Checklist]) -> list[Coverage]:
    """Return what answers each clause, open clauses first, else in the order of the guides."""
    citing: dict[str, list[str]] = {}
    for one in checklists:
        for check in one.checks:
            for clause_id in check.guidance:
                citing.setdefault(clause_id, []).append(check.id)
    rows = [
        Coverage(clause, tuple(citing.get(clause.id, ())), clause.answers)
        for guide in known
        for clause in guide.clauses
    ]
    return sorted(rows, key=lambda row: not row.open)
