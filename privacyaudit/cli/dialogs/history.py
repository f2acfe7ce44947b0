"""What is said and asked about the history around an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from privacyaudit import i18n, labels
from privacyaudit.cli.dialogs.destination import tell
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import say
from privacyaudit.clock import day, in_utc, today
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _, ngettext
from privacyaudit.model import Why
from privacyaudit.over_time import history, offer
from privacyaudit.over_time.known import Past
from privacyaudit.over_time.memory import Memory


def remember(keep: bool | None, unlock: Unlock, person: Person) -> Memory | None:
    """Open the history for an audit; None where there is none or it is to be left alone.

    Trouble stops the command only when the person asked for the history in so many words; else it is told.
    """
    if keep is False or not (keep or history.exists()):
        return None
    try:
        memory = Memory.open(unlock.history())
    except AuditError as error:
        if keep:
            raise
        person.trouble(error)
        return None
    tell_of_wrong_clock(record.finished for record in memory.records)
    return memory


def tell_of_wrong_clock(finished: Iterable[datetime], *, stderr: bool = False) -> None:
    """Say so when an audit is dated after today, and how audits are ordered then."""
    if wrong := max((moment for moment in finished if day(moment) > today()), key=in_utc, default=None):
        say(
            _(
                "An audit in your history is dated {day}, which is in the future. This computer's clock was "
                "wrong then, or it is wrong now. So the program uses the order in which the audits were saved."
            ).format(day=i18n.day(wrong)),
            stderr=stderr,
        )


def offer_history(person: Person) -> Memory | None:
    """Ask once, at the first audit, whether this is the person's own computer and whether to keep a history."""
    if not person.at_a_terminal or not offer.to_make():
        return None
    tell(history.path())
    own = person.confirm(_("Is this your own computer, with an account that only you use?"), False)
    keep = own and person.confirm(
        _("Keep this audit in encrypted form? Then the next audit will ask less and show what changed."), True
    )
    offer.made()
    if not own:
        say(_("The program will keep only the report. Take it with you, and run “privacyaudit clean”."))
    return remember(True, Unlock(), person) if keep else None


def show_past(past: Past, answered: Collection[str] = ()) -> None:
    """Say how many checks are asked again and why, and how many answers still count; not of those answered by now."""
    counts = Counter(last.why for check, last in past.last.items() if check not in answered)
    named = [labels.why_count(why, counts[why]) for why in Why if counts[why]]
    if named:
        say(_("Why we are asking: {reasons}.").format(reasons=", ".join(named)))
    if still := counts[None]:
        say(
            ngettext(
                "{number} answer still counts. We only ask whether it is still true.",
                "{number} answers still count. We only ask whether they are still true.",
                still,
            ).format(number=still)
        )
