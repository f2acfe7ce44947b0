"""The `letter` command: letters that ask to take something about oneself down, and short texts that say no."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from privacyaudit.about_me import letters
from privacyaudit.about_me.follow_up import of_letter
from privacyaudit.cli.dialogs import follow_up
from privacyaudit.cli.dialogs.destination import agreed, must_be_free, tell
from privacyaudit.cli.dialogs.letter import fill_in, print_out, say_what_follows
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import AskPlainlyOption, KeepStepsOption, PassphraseOption
from privacyaudit.cli.prompts import Person, at_terminal
from privacyaudit.cli.terminal import heading, say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model.letter import Group, Letter
from privacyaudit.report.formats.letter import format_of
from privacyaudit.storage import files

HELP = _(
    "Write a letter that asks to take something about you down. The program asks you what belongs in it, and sends "
    "nothing. If you leave out LETTER, it shows all letters."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def letter(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[LETTER]", help=_("Choose a letter. “privacyaudit letter” shows them.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help=_("The file to write. It ends with .txt, .html, or .docx for Word and LibreOffice."),
        ),
    ] = None,
    no_input: Annotated[
        bool, typer.Option("--no-input", help=_("Ask no questions. The letter shows what you have to fill in."))
    ] = False,
    keep: KeepStepsOption = True,
    plain: AskPlainlyOption = False,
    passphrase: PassphraseOption = False,
) -> None:
    """List the letters, or fill one in and print or write it."""
    if name is None:
        if out:
            raise UsageError(_("--out needs a letter."), _("For example: privacyaudit letter friend --out friend.txt"))
        _list()
        return
    one = letters.letter(name)
    person = at_terminal(plain=plain, asks=not no_input)
    if out:
        format_of(out)
        must_be_free(out)
        agreed(out.parent, person)
    written = fill_in(one, person)
    if out:
        files.write(out, format_of(out)(written))
        say(_("Written: {path}").format(path=out))
        tell(out)
    else:
        print_out(written)
    say_what_follows(written)
    if keep and person.there and one.group is not Group.CONTACT:
        _ask_sent(person, Unlock(passphrase, asks=passphrase), one)


def _ask_sent(person: Person, unlock: Unlock, one: Letter) -> None:
    """Ask whether the letter was sent, where there is a history that can keep the day."""
    opens = follow_up.secret(person, unlock)
    if opens is not None:
        follow_up.ask_sent(person, opens, of_letter(one))


def _list() -> None:
    say(_("If somebody is in danger now, ring 999. Write letters later."))
    for group, members in groupby(letters.letters(), key=lambda one: one.group):
        heading(_(letters.GROUPS[group]))
        for one in members:
            say(f"{one.id}: {_(one.title)}", rest="  ")
    say()
    say(_("To write one: privacyaudit letter friend"))
