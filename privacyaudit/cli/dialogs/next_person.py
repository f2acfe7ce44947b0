"""Many people at one table: `audit --next-person`. Between two of them nothing of the first one is left.

The walkthrough is by hand: everybody looks at the settings on their own phone, and nobody signs in on this computer.
Notes are kept in memory only. What a person takes along, they take as a file, as codes for their phone, or on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli import outcome, terminal
from privacyaudit.cli.dialogs.plan import device_of, in_time, pick, show_plan, who
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.errors import AuditError, UsageError
from privacyaudit.i18n import _
from privacyaudit.journal import Journal
from privacyaudit.model import Area
from privacyaudit.offline import codes, printer
from privacyaudit.over_time.known import NOTHING
from privacyaudit.plan import plan
from privacyaudit.process import streams
from privacyaudit.readers.ask import AskReader
from privacyaudit.report import turns
from privacyaudit.report.formats import pdf
from privacyaudit.report.view import View
from privacyaudit.session import AuditRequest, NothingKept, carry_out


def run(catalogue: Catalogue, areas: Sequence[Area], *, quick: bool, person: Person) -> None:
    """Take one person after the other until somebody ends it. Raises UsageError without a terminal."""
    if not terminal.interactive():
        raise UsageError(
            _("People take turns at one screen, so this needs a terminal."),
            _("Run it in a terminal window, without a pipe."),
        )
    count = 0
    while True:
        terminal.wipe()
        _welcome()
        choices = [("begin", _("Start: it is my turn")), ("end", _("End: nobody else is coming"))]
        if person.choose_one(_("Whose turn is it?"), choices) == "end":
            break
        count += 1
        try:
            _one(catalogue, areas, quick=quick, person=person)
        except KeyboardInterrupt:
            continue
    terminal.wipe()
    terminal.say(turns.took_part(count))


def _welcome() -> None:

    heading(_("The next person, please"))
    say(_("Nothing about the person before you is on this screen or on this computer."))
    say(_("Check your settings on your own phone. Do not sign in to anything on this computer."))
    say(
        _(
            "This is for your own accounts. An employer must not require it. Your answers are only in this "
            "computer's memory until you hand over."
        )
    )


def _one(catalogue: Catalogue, areas: Sequence[Area], *, quick: bool, person: Person) -> None:
    """Audit one person, show how it came out, and hand over what they want to take along."""
    role = catalogue.role(who(catalogue, person))
    of = plan(pick(catalogue, role, person), role.id, {}, quick=quick, areas=areas)
    of = of if quick or areas else in_time(of, NOTHING, person)
    device = device_of(of, (), person)
    show_plan(of, NOTHING)
    asking = AskReader(person, role.id, device=device)
    done = carry_out(AuditRequest(of, [asking], Journal(None, of.header()), catalogue), NothingKept())
    if done.stopped:
        say(_("Stopped. Your answers so far count. We could not tell about the other questions."))
    outcome.show(done.view, catalogue)
    _take_along(done.view, person)


def _take_along(view: View, person: Person) -> None:

    ways = [
        ("file", _("As a file, on a memory stick")),
        *(
            [("codes", _("As QR codes for my phone's camera"))]
            if codes.available() and streams.shows(codes.BLOCKS)
            else []
        ),
        *([("paper", _("On paper"))] if printer.ready() else []),
        ("done", _("Nothing else: hand over to the next person")),
    ]
    while (way := person.choose_one(_("What do you want to take with you?"), ways)) != "done":
        try:
            if way == "file":
                _file(view, person)
            elif way == "codes":
                _codes(view, person)
            else:
                _paper(view)
        except AuditError as error:
            person.trouble(error)


def _file(view: View, person: Person) -> None:
    folder = Path(person.line(_("Which folder? For example, your memory stick."))).expanduser()
    for sentence in turns.to_folder(view, folder):
        terminal.say(sentence)


def _codes(view: View, person: Person) -> None:

    texts = codes.split(turns.in_short(view), *terminal.room())
    for number, text in enumerate(texts, 1):
        terminal.wipe()
        terminal.draw(codes.blocks(text))
        terminal.say(
            _("Code {number} of {total}. Point your camera at it and save the text that appears.").format(
                number=number, total=len(texts)
            )
        )
        person.line(_("Press Enter to continue."))
    terminal.wipe()


def _paper(view: View) -> None:

    printer.send(pdf.pages(view))
    terminal.say(_("Sent to the printer. Wait beside the printer, and take every page with you."))
