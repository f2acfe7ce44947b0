"""Which entries of proof are exported, and what is said of the others."""

from __future__ import annotations

from collections.abc import Collection

from privacyaudit import clock
from privacyaudit.about_me.proof.sheet import Sheet
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.over_time.proof_shelf import ProofShelf, no_entry


def sheet(shelf: ProofShelf, wanted: Collection[int] = ()) -> Sheet:
    """Return what is exported: the entries with these numbers, or all of them.

    Raises UsageError where one is not there, or none is, and RecordError.
    """
    made = {one.number: one for one in shelf.entries()}
    if not made:
        raise UsageError(_("You keep no proof, so nothing was written."), _("To begin: privacyaudit proof add"))
    for number in wanted:
        if number not in made:
            raise no_entry(number)
    kept = shelf.all()
    return Sheet(
        clock.now(),
        tuple(made[number] for number in sorted(set(wanted) or made)),
        {} if wanted else {one.number: one.deleted for one in kept if one.deleted},
        tuple(number for number in shelf.changed() if not wanted or number in wanted),
        kept[-1].sha256,
    )
