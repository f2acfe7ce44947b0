"""The `proof` commands: keep proof of something that is out there, encrypted, and give it to people who help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit.about_me.proof.sheet import not_as_kept
from privacyaudit.cli.dialogs import proof as dialog
from privacyaudit.cli.dialogs.destination import agreed, tell
from privacyaudit.cli.dialogs.remove import word
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import AskPlainlyOption, PassphraseOption, PassphraseStdinOption, YesOption
from privacyaudit.cli.prompts import Person, at_terminal
from privacyaudit.cli.terminal import fail, say
from privacyaudit.errors import Stopped, UsageError
from privacyaudit.i18n import _, ngettext
from privacyaudit.over_time import history, proof_export
from privacyaudit.report.formats import pdf
from privacyaudit.report.formats.proof import Which, archive, page_with_pictures
from privacyaudit.storage import encrypted, files

if TYPE_CHECKING:
    from privacyaudit.over_time.history import History

app = typer.Typer(
    help=_(
        "Keep proof of something about you that is out there: where, when, who could see it, and pictures. It is kept "
        "encrypted on this computer, in the file of your history. You can export it for a helpline, a union or a "
        "solicitor. It is for yourself, or with the person beside you."
    ),
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
)


@app.callback()
def proof(context: typer.Context, plain: AskPlainlyOption = False, passphrase: PassphraseOption = False) -> None:
    """Ask what to do, where no command says it."""
    if context.invoked_subcommand:
        return
    chosen = at_terminal(plain=plain).choose_one(
        _("What would you like to do?"),
        [
            ("add", _("Keep something as proof")),
            ("list", _("See what you keep")),
            ("export", _("Write it to a file for people who help")),
            ("stop", _("Nothing")),
        ],
    )
    if chosen == "add":
        _keep(at_terminal(plain=plain), Unlock(passphrase))
    elif chosen == "list":
        _list(Unlock(passphrase))
    elif chosen == "export":
        say(_("For example: privacyaudit proof export proof.zip"))


@app.command(
    "add",
    help=_("Keep something as proof. The program asks you about it."),
    context_settings={"allow_extra_args": True},
)
def add(
    context: typer.Context,
    plain: AskPlainlyOption = False,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Ask what was seen, and keep it."""
    if context.args:
        raise UsageError(
            _("Do not type an address or a file on the command line. Other programs can read it there."),
            _("Type “privacyaudit proof add” alone. The program then asks you."),
        )
    _keep(at_terminal(plain=plain), Unlock(passphrase, stdin))


def _keep(person: Person, unlock: Unlock) -> None:
    """Ask what was seen and keep it; a history that cannot be opened is told before anything is asked."""
    secret = unlock.history()
    if history.exists():
        history.History.open(secret).close()
    else:
        say(
            _(
                "This begins your encrypted history. Later audits are kept in it too, unless you type: "
                "privacyaudit audit --no-keep"
            )
        )
    try:
        seen = dialog.ask(person)
        if not person.confirm(_("Keep this as proof? It cannot be changed later, only deleted."), True):
            say(_("Nothing was kept."))
            return
        with history.History.open(secret) as kept:
            made = dialog.keep(seen, kept.proof, person)
    except KeyboardInterrupt:
        raise Stopped(_("Stopped. Nothing was kept.")) from None
    say(
        ngettext(
            "Kept as entry {number}, with {pictures} picture.",
            "Kept as entry {number}, with {pictures} pictures.",
            len(made.pictures),
        ).format(number=made.number, pictures=len(made.pictures))
    )
    dialog.say_what_is_wanted(made.what)
    say()
    say(_("For your next steps, type: privacyaudit remove"))


@app.command("list", help=_("Show what you keep as proof."))
def list_(passphrase: PassphraseOption = False, stdin: PassphraseStdinOption = False) -> None:
    """Print each entry, and whether any was changed."""
    _list(Unlock(passphrase, stdin))


def _list(unlock: Unlock) -> None:
    with _opened(unlock) as kept:
        if kept is None:
            return
        shelf = kept.proof
        shelved = shelf.all()
        trouble = dialog.trouble_with(shelf)
        made = shelf.entries()
    for one in made:
        dialog.show(one)
    for gone in shelved:
        if gone.deleted:
            say(_("Entry {number} was deleted.").format(number=gone.number))
    if shelved:
        say()
        say(_("Check number of the newest entry: {number}").format(number=shelved[-1].sha256))
        say(
            _(
                "Give this number to somebody you trust, such as your union. Later it shows that nothing up to this "
                "entry was changed."
            )
        )
    if trouble:
        raise trouble


@app.command(
    "export",
    help=_(
        "Write what you keep to a file for people who help: a .zip with everything, or a .pdf to read. That file is "
        "not encrypted."
    ),
)
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=_("The file to write, ending with .zip or .pdf. It must not exist."))
    ],
    entry: Annotated[
        list[int] | None,
        typer.Option("--entry", metavar="NUMBER", help=_("Only this entry. You can repeat this option.")),
    ] = None,
    pictures: Annotated[
        str,
        typer.Option(
            "--pictures",
            metavar="WORD",
            help=_("Which pictures the ZIP has: originals, copies (they do not say where they were taken), or both."),
        ),
    ] = Which.ORIGINALS.value,
    yes: YesOption = False,
    plain: AskPlainlyOption = False,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Write the file, after saying that anybody can read it."""
    which = word(Which, pictures, "--pictures") or Which.ORIGINALS
    ending = file.suffix.lower()
    if ending not in (".zip", ".pdf"):
        raise UsageError(
            _("The program cannot tell from “{name}” what kind of file you want.").format(name=file.name),
            _("Choose a name that ends with .zip or .pdf."),
        )
    _must_be_free(file)
    if ending == ".pdf":
        pdf.need_browser()
    person = at_terminal(plain=plain)
    agreed(file.parent, person)
    with _opened(Unlock(passphrase, stdin)) as kept:
        if kept is None or not _said_yes(file, person, yes):
            return
        sheet = proof_export.sheet(kept.proof, entry or [])
        if ending == ".zip":
            made = archive(sheet, kept.proof.all(), kept.proof.picture, which)
        else:
            made = pdf.print_pdf(page_with_pictures(sheet, kept.proof.picture))
    _must_be_free(file)
    files.write(file, made)
    say(
        ngettext("Written: {path}, {number} entry.", "Written: {path}, {number} entries.", len(sheet.entries)).format(
            path=file, number=len(sheet.entries)
        )
    )
    tell(file)
    if sheet.changed:
        fail(
            not_as_kept(sheet.changed),
            _("The file says so too."),
        )
        raise typer.Exit(1)


def _said_yes(file: Path, person: Person, yes: bool) -> bool:
    say(
        _(
            "{path} will not be encrypted. Anyone who has it can read the names, addresses and pictures in it. Give it "
            "only to people who help you, and delete it afterwards."
        ).format(path=file)
    )
    if yes or person.confirm(_("Write it?"), False):
        return True
    say(_("Nothing was written."))
    return False


@app.command("delete", help=_("Delete one entry with its pictures, or all proof, and overwrite its place."))
def delete(
    number: Annotated[int | None, typer.Argument(metavar="[NUMBER]", help=_("The number of the entry."))] = None,
    every: Annotated[bool, typer.Option("--all", help=_("Delete all proof. Your audits stay."))] = False,
    yes: YesOption = False,
    plain: AskPlainlyOption = False,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Delete one or all, and say so."""
    if (number is not None) == every:
        raise UsageError(
            _("Say which entry to delete: its number, or --all."), _("“privacyaudit proof list” shows the numbers.")
        )
    with _opened(Unlock(passphrase, stdin)) as kept:
        if kept is None:
            return
        question = (
            _("Delete all proof with its pictures? You cannot get it back.")
            if every
            else _("Delete entry {number} with its pictures? You cannot get it back. Only its number stays.").format(
                number=number
            )
        )
        if not (yes or at_terminal(plain=plain).confirm(question, False)):
            say(_("Nothing was deleted."))
            return
        if number is None:
            gone = kept.proof.delete_all()
            say(ngettext("{number} entry was deleted.", "{number} entries were deleted.", gone).format(number=gone))
        else:
            kept.proof.delete(number)
            say(_("Entry {number} was deleted.").format(number=number))
    say(_("Files that you have exported are still there, and so are the pictures that you took them from."))


@contextmanager
def _opened(unlock: Unlock) -> Iterator[History | None]:
    """Open the history; say so and give None where there is none."""
    encrypted.need_apsw()
    if not history.exists():
        say(_("You keep no proof yet. To begin, type: privacyaudit proof add"))
        yield None
        return
    with history.History.open(unlock.history()) as kept:
        yield kept


def _must_be_free(path: Path) -> None:
    if files.there(path):
        raise UsageError(
            _("{path} already exists, so the program did not change it.").format(path=path),
            _("Choose a name that is not in use."),
        )
