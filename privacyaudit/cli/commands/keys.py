"""The `keys` commands: let the program sign in for you, and print one-time codes."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit.catalogue import loading, sites
from privacyaudit.cli.dialogs import browser
from privacyaudit.cli.options import ChecklistsOption, PlatformArgument, SiteOption
from privacyaudit.cli.parsing import site_alone
from privacyaudit.cli.terminal import draw, fail, need_typist, piped_line, say, typed
from privacyaudit.credentials import keyring, sign_ins
from privacyaudit.credentials.qr import read_picture
from privacyaudit.credentials.totp import read_totp
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _, ngettext
from privacyaudit.readers.beside import remember_yes

if TYPE_CHECKING:
    from privacyaudit.credentials.totp import Totp

app = typer.Typer(
    help=_(
        "Save a user name and password in your system's keyring, so that the program can sign in for you. You do "
        "not need this: signing in by hand always works."
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command(
    "add",
    help=_(
        "Save a sign-in for a platform. The program types it only at the address that it shows you. It asks you for "
        "the password, so that you never type it in a command."
    ),
)
def add(
    platform: PlatformArgument,
    site: SiteOption = None,
    user: Annotated[
        str,
        typer.Option("--user", metavar="NAME", help=_("Your user name. If you leave it out, the program asks for it.")),
    ] = "",
    qr: Annotated[
        Path | None,
        typer.Option("--qr", metavar="FILE", help=_("A picture of the QR code for an authenticator app.")),
    ] = None,
    at: Annotated[
        str,
        typer.Option(
            "--at", metavar="URL", help=_("The address of the sign-in form, if the site sends you to another address.")
        ),
    ] = "",
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin",
            help=_("For scripts: read the password from one line of standard input. This needs --user."),
        ),
    ] = False,
    totp_stdin: Annotated[
        bool,
        typer.Option(
            "--totp-stdin", help=_("For scripts: read the key for one-time codes from the line after the password.")
        ),
    ] = False,
    checklists: ChecklistsOption = None,
) -> None:
    """Ask for what is to be saved, and save it."""
    if (totp_stdin and (qr or not password_stdin)) or (password_stdin and not user):
        raise UsageError(
            _("--password-stdin needs --user. --totp-stdin needs --password-stdin and does not work with --qr."),
            _("If you leave all these options out, the program asks you for each value."),
        )
    found = loading.catalogue(*(checklists or [])).checklist(platform)
    bound = sites.bind(found.checklist, site_alone(platform, site)).platform
    origin = sign_ins.choose_origin(sign_ins.origins_for(bound), at)
    keyring.choose_backend()
    totp = read_totp(read_picture(qr)) if qr else None
    say(
        _("This sign-in is for {name}. The program types it only at {origin}.").format(
            name=_(bound.name), origin=origin
        )
    )
    if found.origin == "own":
        say(_("This checklist did not come with the program, so continue only if you know that address."))
    else:
        browser.show_notice(bound)
        say(_("By saving a sign-in, you agree to this notice."))
    if password_stdin:
        password = piped_line()
        totp = read_totp(piped_line()) if totp_stdin else totp
    else:
        need_typist("--password-stdin")
        user = user or typed(_("User name or e-mail"))
        password = typed(_("Password (you will not see what you type)"), hide_input=True)
        totp = totp or _ask_for_key()
    sign_ins.save(sign_ins.make_entry(bound.id, origin, user, password, totp))
    if found.origin != "own":
        remember_yes(bound)
    say(_("Saved in your system's keyring. To remove it: privacyaudit keys forget {name}").format(name=bound.id))
    if totp:
        say(_("To get a one-time code: privacyaudit keys code {name}").format(name=bound.id))


def _ask_for_key() -> Totp | None:
    """Ask until it is a key, or left empty."""
    say(
        _(
            "If this account asks for one-time codes, the program can make them. It needs the key that the site "
            "showed you when you set them up."
        )
    )
    question = _("Key or otpauth address (press Enter for none)")
    while key := typed(question, default="", show_default=False, hide_input=True):
        try:
            return read_totp(key)
        except UsageError as error:
            fail(error.what, error.advice)
    return None


@app.command("list", help=_("Show which sign-ins are saved, without their passwords, user names or keys."))
def list_() -> None:
    """Print a line for each saved sign-in."""
    entries = [entry for name in sign_ins.names() if (entry := sign_ins.find(name))]
    if not entries:
        say(_("You have not saved any sign-ins."))
    for entry in entries:
        codes = _("with one-time codes") if entry.totp else _("without one-time codes")
        say(f"{entry.name}: {entry.origin}, {codes}")


@app.command(
    "code",
    help=_(
        "Print a one-time code for a saved sign-in. You get each code only once. If necessary, the program waits "
        "for the next code."
    ),
)
def code(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=_("Choose a sign-in. “privacyaudit keys list” shows the names."))
    ],
) -> None:
    """Print the code alone on stdout, and how long it lasts on stderr."""

    def wait(seconds: float) -> None:
        whole = math.ceil(seconds)
        sentence = ngettext(
            "The last code was used or is about to expire. Next code in {number} second.",
            "The last code was used or is about to expire. Next code in {number} seconds.",
            whole,
        )
        say(sentence.format(number=whole), stderr=True)
        time.sleep(seconds)

    entry = sign_ins.saved(name)
    digits = sign_ins.next_code(entry, wait=wait)
    assert entry.totp is not None
    left = math.floor(entry.totp.seconds_left(time.time()))
    draw(digits)
    say(
        ngettext("This code lasts {number} second.", "This code lasts {number} seconds.", left).format(number=left),
        stderr=True,
    )


@app.command("forget", help=_("Remove a saved sign-in, or all of them."))
def forget(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help=_("Choose a sign-in. “privacyaudit keys list” shows the names."))
    ] = "",
    every: Annotated[bool, typer.Option("--all", help=_("Remove every sign-in that this program saved."))] = False,
) -> None:
    """Remove one or all, and say which."""
    if bool(name) == every:
        raise UsageError(
            _("Say which sign-in to remove: a name, or --all."), _("“privacyaudit keys list” shows the names.")
        )
    if every:
        gone = sign_ins.forget_all()
        say(_("Removed: {names}.").format(names=", ".join(gone)) if gone else _("You have not saved any sign-ins."))
    elif sign_ins.forget(name):
        say(_("Removed: {names}.").format(names=name))
    else:
        raise UsageError(
            _("You have not saved a sign-in for {name}.").format(name=name),
            _("“privacyaudit keys list” shows what is saved."),
        )
