"""The `history` commands: look at earlier audits, forget them, take them along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import i18n, removal
from privacyaudit.catalogue import loading
from privacyaudit.cli import outcome
from privacyaudit.cli.dialogs.destination import agreed, tell
from privacyaudit.cli.dialogs.history import tell_of_wrong_clock
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import (
    AskPlainlyOption,
    ChecklistsOption,
    PassphraseOption,
    PassphraseStdinOption,
    YesOption,
)
from privacyaudit.cli.prompts import Person, at_terminal
from privacyaudit.cli.terminal import draw, fail, say
from privacyaudit.errors import AuditError, UsageError
from privacyaudit.i18n import _, ngettext
from privacyaudit.over_time import history
from privacyaudit.report import writing
from privacyaudit.report.headline import headline
from privacyaudit.storage import encrypted

if TYPE_CHECKING:
    from privacyaudit.over_time.history import History

SHORT = 8  # characters of an id that are shown

app = typer.Typer(
    help=_(
        "Look at the earlier audits that this computer keeps encrypted. The key is in your system's keyring, "
        "or comes from a passphrase that you choose."
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Beginning = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help=_("Choose a record: type its id, or the start of it. “privacyaudit history list” shows the ids."),
    ),
]


@contextmanager
def _opened(unlock: Unlock) -> Iterator[History | None]:
    """Open the history and close it in the end; say so and give None where there is none."""
    encrypted.need_apsw()
    if not history.exists():
        say(_("There is no history yet."))
        yield None
        return
    with history.History.open(unlock.history()) as kept:
        yield kept


@app.command("list", help=_("Show the audits in your history, newest first."))
def list_(passphrase: PassphraseOption = False, stdin: PassphraseStdinOption = False) -> None:
    """Print a line for each record."""
    with _opened(Unlock(passphrase, stdin)) as kept:
        if kept is None:
            return
        lines = kept.all()
    if not lines:
        say(_("You have not kept any audits."))
    for one in lines:
        platforms = ", ".join(one.platforms)
        about = f"{one.id[:SHORT]}  {i18n.day(one.finished)}, {one.role}: {platforms}."
        say(f"{about} {headline(one.summary).sentence}", rest=" " * (SHORT + 2))
    tell_of_wrong_clock(one.finished for one in lines)


@app.command("show", help=_("Show the result of one audit."))
def show(
    record: Beginning,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print the whole record as JSON."))] = False,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
    checklists: ChecklistsOption = None,
) -> None:
    """Print the headline and what to do first, or the record."""
    with _opened(Unlock(passphrase, stdin)) as kept:
        if kept is None:
            return
        found = kept.get(record)
    if as_json:
        draw(json.dumps(found.model_dump(mode="json", by_alias=True), indent=2))
        return
    say(f"{found.id}  {i18n.day(found.finished)}")
    catalogue = loading.catalogue(*(checklists or []))
    view, _no_paths = writing.write(found, catalogue, None, ())
    outcome.show(view, catalogue)


@app.command("forget", help=_("Remove one record, or the whole history with its key."))
def forget(
    record: Annotated[
        str,
        typer.Argument(
            metavar="[ID]", help=_("Choose a record: type its id, or the start of it. “history list” shows the ids.")
        ),
    ] = "",
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help=_(
                "Remove every record, decision, search result, step and proof, the file, its key, and the reminder."
            ),
        ),
    ] = False,
    yes: YesOption = False,
    plain: AskPlainlyOption = False,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Remove one or all, and say which."""
    if bool(record) == every:
        raise UsageError(
            _("Say which record to remove: its id, or --all."), _("“privacyaudit history list” shows the ids.")
        )
    if every:
        _forget_all(yes, at_terminal(plain=plain))
        return
    with _opened(Unlock(passphrase, stdin)) as kept:
        if kept:
            say(_("Removed: {names}.").format(names=kept.forget(record)))


def _forget_all(yes: bool, person: Person) -> None:
    """Remove everything, and say of each thing that it went; a weekly look that cannot be removed keeps nothing else.

    Raises SaveError when a file cannot be removed.
    """
    question = _(
        "Remove {path} with every audit, decision, step and proof in it, its key, and the reminder? You cannot get "
        "them back."
    ).format(path=history.path())
    if not (yes or person.confirm(question, False)):
        say(_("Nothing was removed."))
        return
    no_look_left = _remove_looks()
    gone = removal.HISTORY.remove()
    for file in gone.paths:
        if file == history.path():
            say(_("Removed: {path}, with every audit and every decision in it, and all proof.").format(path=file))
        else:
            say(_("Removed: {path}").format(path=file))
    if gone.key:
        say(_("Removed: the key in your system's keyring."))
    if gone.trouble:
        fail(
            gone.trouble.what,
            _(
                "If your keyring has a key for the history, that key is still there. It opens old copies of "
                "the history, and nothing else."
            ),
        )
    elif not gone.paths and not gone.key:
        say(_("There is no history yet."))
    if not no_look_left:
        raise typer.Exit(1)


def _remove_looks() -> bool:
    """Remove the weekly look, say where it was, and tell whether none is left."""
    try:
        for scheduler, where in removal.WEEKLY_LOOK.remove().jobs:
            say(_("Removed: the weekly reminder in {scheduler}, {where}.").format(scheduler=scheduler, where=where))
    except AuditError as error:
        fail(error.what, error.advice)
        return False
    return True


@app.command(
    "export", help=_("Write all records, decisions and search results to a JSON file. That file is not encrypted.")
)
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help=_("The file to write. It must not exist yet."))],
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Write the file and say how much is in it."""
    agreed(file.parent, at_terminal())
    with _opened(Unlock(passphrase, stdin)) as kept:
        if kept is None:
            return
        written = kept.export(file)
        has_proof, has_steps = bool(kept.proof.entries()), bool(kept.steps.all())
    say(
        ngettext("Written: {path}, {number} record.", "Written: {path}, {number} records.", written.records).format(
            path=file, number=written.records
        )
    )
    if number := written.decisions:
        say(
            ngettext(
                "It also contains {number} of your decisions, with what you wrote about it.",
                "It also contains {number} of your decisions, with what you wrote about them.",
                number,
            ).format(number=number)
        )
    if number := written.searches:
        say(
            ngettext(
                "It also contains the day and the result of {number} search for yourself, without the words.",
                "It also contains the days and the results of {number} searches for yourself, without the words.",
                number,
            ).format(number=number)
        )
    if has_proof:
        say(_("What you keep as proof is not in it. For that, type: privacyaudit proof export proof.zip"))
    if has_steps:
        say(_("The steps that you took are not in it."))
    say(_("This file is not encrypted. Keep it where only you can read it."))
    tell(file)


@app.command("import", help=_("Add everything in an exported history, or the JSON record of one audit."))
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.json", exists=True, dir_okay=False, help=_("The file to read."))
    ],
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Add what is new and say how much that was."""
    with history.History.open(Unlock(passphrase, stdin).history()) as kept:
        new, known, decisions, searches = kept.import_(file)
    say(ngettext("{number} record was added.", "{number} records were added.", new).format(number=new))
    if known:
        say(
            ngettext(
                "{number} record was already in the history.", "{number} records were already in the history.", known
            ).format(number=known)
        )
    if decisions:
        say(
            ngettext("{number} decision was added.", "{number} decisions were added.", decisions).format(
                number=decisions
            )
        )
    if searches:
        say(ngettext("{number} search was added.", "{number} searches were added.", searches).format(number=searches))
