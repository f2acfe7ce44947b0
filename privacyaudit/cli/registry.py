"""Every command: its name, the module that holds it, and what the list of commands says about it.

A module is loaded when its command is used, so that `--help` answers at once. Each has an `app` made by typer.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from privacyaudit.i18n import N_, _


class Command(NamedTuple):
    """One command of the list."""

    name: str
    module: str
    about: str


COMMANDS = (
    Command("start", "start", N_("Open the program in your browser, without a terminal.")),
    Command("audit", "audit", N_("Go through your settings and write a report.")),
    Command("list", "list", N_("Show the platforms and their checks.")),
    Command("show", "show", N_("Show one check in full.")),
    Command("report", "report", N_("Write the report of an earlier audit again.")),
    Command("compare", "compare", N_("See what changed between two audits.")),
    Command("search", "search", N_("Find what is online about you, in your own browser.")),
    Command("guidance", "guidance", N_("Show each clause of the guides and what answers it.")),
    Command("lint", "lint", N_("See whether checklists can be used.")),
    Command("due", "due", N_("See what you should check again today.")),
    Command("accept", "accept", N_("Accept a known risk until a day that you choose.")),
    Command("plan", "plan", N_("Choose the day by which you will change a setting.")),
    Command("doctor", "doctor", N_("See what works on this computer.")),
    Command("clean", "clean", N_("Remove what this program wrote.")),
    Command("page", "page", N_("Write the walkthrough for a phone, or for paper.")),
    Command("letter", "letter", N_("Write a letter that asks to take something about you down.")),
    Command("probe", "probe", N_("For people who write checklists: try the probes of a checklist.")),
    Command("demo", "demo", N_("Try the program on a pretend site.")),
    Command("keys", "keys", N_("Let the program sign in for you, and make one-time codes.")),
    Command("history", "history", N_("Look at earlier audits, or forget them.")),
    Command("remind", "remind", N_("Get reminders from your calendar or this computer.")),
    Command("shortcut", "shortcut", N_("Open the program from your menu or your desktop.")),
    Command("proof", "proof", N_("Keep proof of something about you that is out there.")),
    Command("remove", "remove", N_("See what to do when something about you is out there.")),
    Command("prepare", "prepare", N_("Prepare for a job, a new name or leaving a service.")),
    Command("clinic", "clinic", N_("Run a clinic for many people in one room, and keep only counts.")),
)


def module(name: str) -> Any:
    """Load a module of commands."""
    return import_module(f"privacyaudit.cli.commands.{name}")


def load(entry: Command) -> Any:
    """Load the module of a command and return the command or group of commands in it."""
    command = get_command(module(entry.module).app)
    command.name = entry.name
    return command


class _Unloaded(TyperCommand):
    """A command of which only the name and a sentence are known until it is used."""

    def __init__(self, entry: Command) -> None:
        super().__init__(entry.name, callback=None, short_help=_(entry.about))
        self._entry = entry

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        return load(self._entry).make_context(info_name, args, parent, **extra)


class Commands(TyperGroup):
    """The group of all commands, in the order of `COMMANDS`."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return their names."""
        return [entry.name for entry in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name, which is loaded when it is used, or None."""
        return next((_Unloaded(entry) for entry in COMMANDS if entry.name == cmd_name), None)
