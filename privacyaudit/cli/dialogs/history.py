"""What an audit takes from the history and gives back to it: what was known, what was decided, the new record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from privacyaudit.cli import outcome, prompts, terminal
from privacyaudit.cli.dialogs.unlock import unlock
from privacyaudit.cli.terminal import say
from privacyaudit.errors import AuditError, MissingExtra
from privacyaudit.i18n import _, ngettext
from privacyaudit.model import AuditRecord, Count, Decision, Why
from privacyaudit.over_time import history
from privacyaudit.over_time.known import Past
from privacyaudit.over_time.memory import MOST_COUNTS, Memory
from privacyaudit.storage import encrypted, files, folders

ASKED = "history-asked"


def remember(keep: bool | None) -> Memory | None:
    """Open the history for an audit; None where there is none or it is to be left alone.

    Trouble stops the command only when the person asked for the history in so many words; else it is told.
    """

    if keep is False or not (keep or history.exists()):
        return None
    try:
        secret = unlock()
        with history.History.open(secret) as kept:
            return Memory(secret, tuple(kept.lately()), tuple(kept.decisions()))
    except AuditError as error:
        if keep:
            raise
        outcome.warn(error)
        return None


def offer_history(*, plain: bool) -> Memory | None:
    """Ask once, at the first audit, whether this is the person's own computer and whether to keep a history."""

    asked = folders.state() / ASKED
    if asked.exists() or history.exists() or not terminal.interactive():
        return None
    try:
        encrypted.need_apsw()
    except MissingExtra:
        return None
    own = prompts.confirm(_("Is this your own computer, which nobody else uses with your account?"), False, plain=plain)
    keep = own and prompts.confirm(
        _("Keep this audit, encrypted, so that the next one asks less and shows what changed?"), True, plain=plain
    )
    files.make_folder(folders.state())
    files.append(asked, "")
    if not own:
        terminal.say(_("Then nothing is kept but the report. Take it with you, and run “privacyaudit clean”."))
    return remember(True) if keep else None


def show_past(past: Past) -> None:
    """Say how many checks are asked again and why, and how many answers still count."""

    counts = Counter(last.why for last in past.last.values())
    named = [_because(why, counts[why]) for why in Why if counts[why]]
    if named:
        say(_("To ask: {reasons}.").format(reasons=", ".join(named)))
    if still := counts[None]:
        say(
            ngettext(
                "{number} answer still counts; of that one we only ask whether it is still so.",
                "{number} answers still count; of those we only ask whether they are still so.",
                still,
            ).format(number=still)
        )


def _because(why: Why, number: int) -> str:

    sentences = {
        Why.EXPIRED: ngettext("{number} is too old", "{number} are too old", number),
        Why.TO_CHANGE: ngettext("{number} was to change", "{number} were to change", number),
        Why.PLANNED: ngettext("{number} was planned for now", "{number} were planned for now", number),
        Why.UNKNOWN: ngettext("{number} could not be told", "{number} could not be told", number),
        Why.CHANGED: ngettext("{number} has changed", "{number} have changed", number),
        Why.ACCEPTED_UNTIL: ngettext("{number} was accepted until now", "{number} were accepted until now", number),
        Why.NEW: ngettext("{number} is new", "{number} are new", number),
    }
    return sentences[why].format(number=number)


def keep(record: AuditRecord, memory: Memory, decisions: Sequence[Decision]) -> tuple[list[Count], AuditError | None]:
    """Save a record and what was decided about it; return the counts over time that its report shows, and trouble."""

    try:
        with history.History.open(memory.secret) as kept:
            kept.save(record)
            for decision in decisions:
                kept.decide(decision)
            counts = kept.over_time({part.platform: part.site for part in record.platforms}, MOST_COUNTS)
    except AuditError as error:
        return [], error
    say(_("Kept in your history: {path}").format(path=history.path()))
    return counts, None
