"""The `audit` command."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from privacyaudit.catalogue import answers_file
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli import outcome
from privacyaudit.cli.dialogs import decisions, history, plan
from privacyaudit.cli.dialogs.browser import reader, say_what_was_left
from privacyaudit.cli.dialogs.destination import folder_for, stays
from privacyaudit.cli.dialogs.next_person import run
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import (
    AnswersOption,
    AreasOption,
    BrowserOption,
    ChecklistsOption,
    FillOption,
    FormatsOption,
    FullOption,
    HeadlessOption,
    KeepOption,
    NextPersonOption,
    NoInputOption,
    NoOpenOption,
    NumberedQuestionsOption,
    OutsideOption,
    PassphraseOption,
    PassphraseStdinOption,
    PlatformsArgument,
    QuickOption,
    ReportFolderOption,
    ResumeOption,
    RoleOption,
    SitesOption,
    StrictOption,
)
from privacyaudit.cli.parsing import areas_named, catalogue_with, formats_named, reading_named, sites_named
from privacyaudit.cli.prompts import Person, at_terminal, listening
from privacyaudit.cli.terminal import say
from privacyaudit.clock import today
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.journal import Journal, Offered
from privacyaudit.model import Area, AuditRecord, Decision, Device
from privacyaudit.over_time.known import NOTHING, Past
from privacyaudit.over_time.memory import Memory
from privacyaudit.plan import Plan
from privacyaudit.readers import Reader
from privacyaudit.readers.answers import AnswersReader
from privacyaudit.readers.ask import AskReader
from privacyaudit.readers.outside import OutsideReader
from privacyaudit.readers.questions import Choice
from privacyaudit.session import AuditRequest, Done, Reading, carry_out
from privacyaudit.storage import files, folders

HELP = _(
    "Go through the checks of one or more platforms and get a report. If you leave out --browser, the "
    "program asks every question in the terminal and contacts nobody. It saves each answer as you give it."
)

CONSENT = "consent-shown"

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def audit(
    platforms: PlatformsArgument = None,
    browser: BrowserOption = False,
    headless: HeadlessOption = False,
    fill: FillOption = False,
    role: RoleOption = None,
    quick: QuickOption = False,
    full: FullOption = False,
    area: AreasOption = None,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    site: SitesOption = None,
    outside: OutsideOption = None,
    out: ReportFolderOption = None,
    formats: FormatsOption = "html,json,csv",
    resume: ResumeOption = False,
    plain: NumberedQuestionsOption = False,
    no_open: NoOpenOption = False,
    keep: KeepOption = None,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
    next_person: NextPersonOption = False,
    strict: StrictOption = False,
    checklists: ChecklistsOption = None,
) -> None:
    """Turn the flags into a request, carry it out and say how it came out."""
    _refuse(resume and not next_person, (platforms, site, area, quick, full, role), both=quick and full)
    reading, wanted_formats = reading_named(browser=browser, headless=headless, fill=fill), formats_named(formats)
    areas, catalogue = areas_named(area or []), catalogue_with(checklists)
    if next_person:
        rest = (platforms, full, site, outside, answers, out, browser, no_input, resume, keep, strict, role)
        _in_turn(catalogue, areas, quick=quick, plain=plain, rest=rest)
        return
    person = _person(plain=plain, asks=not no_input)
    say_what_was_left(catalogue)
    from_file = _from_file(answers, catalogue)
    journal = plan.resumed(wanted=resume, offered=person.there and not (platforms or answers), person=person)
    memory = history.remember(keep, Unlock(passphrase, stdin, asks=not no_input), person)
    wanted = plan.Wanted(platforms or [], role, sites_named(site or []), areas, quick, full, from_file.given)
    of = plan.plan_of(catalogue, journal) if journal else plan.make(wanted, catalogue, memory, person)
    names = plan.names_outside(of, outside or [], person)
    out = folder_for(out, person)
    past = memory.past(of, today()) if memory else NOTHING
    journal, device, answered = _begun(of, journal, from_file.given, person)
    _say_before(of, past, answered, person, out)
    asking = _asking(person, of, past, journal, device)
    readers = [*_readers(of, reading, names, from_file, person), *([asking] if person.there else [])]
    request = AuditRequest(of, readers, journal, catalogue, memory, past, out, wanted_formats, reminds=True)
    done = carry_out(request, _Beside(person, offers_history=keep is None, asking=asking))
    _say_after(done, catalogue, person, opens=not (no_open or no_input), asked_for=bool(keep), strict=strict)


def _asking(person: Person, of: Plan, past: Past, journal: Journal, device: Device | None) -> AskReader:
    """Return the reader that asks; what the person says of a setting that is to change goes into the journal."""

    def note(check: str, option: str, choice: Choice) -> None:
        journal.add(Offered(check=check, option=option, choice="leave" if choice is Choice.LEAVE else "later"))

    offered = {one.check: (one.option, Choice(one.choice)) for one in journal.offered().values()}
    return AskReader(person, of.role, past.last, device=device, offered=offered, note=note)


@dataclass(frozen=True)
class _Beside:
    """The person as the session asks them: about a history at their first audit, and about what is to change."""

    person: Person
    offers_history: bool
    asking: AskReader

    def begin_history(self) -> Memory | None:
        """Offer a history, unless the command line has answered that."""
        return history.offer_history(self.person) if self.offers_history and self.person.there else None

    def decide(self, record: AuditRecord, catalogue: Catalogue) -> Sequence[Decision]:
        """Ask about what is to change, where somebody sits at the terminal."""
        left = {check for check, (_option, choice) in self.asking.offered.items() if choice is Choice.LEAVE}
        return decisions.offer(record, catalogue, self.person, left) if self.person.at_a_terminal else ()


def _in_turn(catalogue: Catalogue, areas: Sequence[Area], *, quick: bool, plain: bool, rest: Sequence[object]) -> None:
    """Let people take turns at this computer; `rest` are the options that do not go with it."""
    if any(rest):
        raise UsageError(
            _("--next-person asks each person in turn, so it works only with --quick, --area and --plain."),
            _("Leave out the other options. The program keeps nothing, with or without them."),
        )
    run(catalogue, areas, quick=quick, person=at_terminal(plain=plain, opens=None))


def _refuse(resume: bool, choices: Sequence[object], *, both: bool) -> None:
    """Refuse both lengths at once, and whatever settles what an audit is about beside one that goes on."""
    if both:
        raise UsageError(_("--quick and --full do not work together."), _("Leave one of the two options out."))
    if resume and any(choices):
        raise UsageError(
            _("--resume continues the audit you stopped, so you cannot choose a platform, role or checks with it."),
            _("Leave those out, or leave out --resume to start again."),
        )


def _person(*, plain: bool, asks: bool) -> Person:
    """Return who is asked; before the first list of the first audit, say that there are plain lines too."""
    person = at_terminal(plain=plain, asks=asks)
    if person.chooses_from_lists and not files.there(folders.state() / CONSENT):
        say(
            _(
                "Choose answers with the arrow keys and Enter. For plain text, add --plain. To always get plain text, "
                "set {setting} to 1."
            ).format(setting=listening.SETTING)
        )
    return person


def _from_file(path: Path | None, catalogue: Catalogue) -> AnswersReader:
    """Return the reader of an answers file, and say what does not count of it; without one it has no answers."""
    if path is None:
        return AnswersReader({}, {})
    given = answers_file.answers(path, catalogue.loaded)
    if lost := answers_file.outdated(path, catalogue.loaded):
        plan.say_lost(lost)
    return AnswersReader(given, answers_file.changed_from(path, catalogue.loaded))


def _begun(
    of: Plan, journal: Journal | None, given: Mapping[str, str], person: Person
) -> tuple[Journal, Device | None, Collection[str]]:
    """Return the journal that takes the answers, where the person looks, and what is answered already."""
    answered = journal.answered((item.check for item in of.items), given) if journal else set(given)
    device = (journal and journal.header.device) or plan.device_of(of, answered, person)
    return journal or plan.begin(of, device), device, answered


def _say_before(of: Plan, past: Past, answered: Collection[str], person: Person, out: Path) -> None:
    """Say what the plan comes to, and once for whom all this is."""
    if person.there:
        plan.show_plan(of, past, answered)
    shown = folders.state() / CONSENT
    if files.there(shown):
        return
    say(
        _(
            "Use the program for your own accounts, or somebody else's while they sit beside you. An employer must not "
            "require it. The program sends no answers or reports anywhere, and never writes down account names."
        )
    )
    say(stays(out, folders.state()))
    files.make_folder(folders.state())
    files.append(shown, "")


def _say_after(done: Done, catalogue: Catalogue, person: Person, *, opens: bool, asked_for: bool, strict: bool) -> None:
    """Say how it came out. Raises what goes on, or typer.Exit where the exit code tells it."""
    outcome.show_kept(done)
    outcome.show(done.view, catalogue, done.paths, open_report=opens and not done.stopped)
    if done.goes_on:
        raise done.goes_on
    outcome.tell_unkept(done, person, asked_for=asked_for)
    if strict:
        raise typer.Exit(outcome.strict_code(done.view.headline.form))


def _readers(
    of: Plan, reading: Reading, names: Mapping[str, str], from_file: AnswersReader, person: Person
) -> list[Reader]:
    """Return who looks before the person is asked, in order: the browser, from outside, the answers file."""
    readers: list[Reader] = []
    if reading is not Reading.NONE:
        readers.append(reader(of, reading, person))
    if names:
        readers.append(OutsideReader(names, tell=lambda sentence: say(sentence, "dim")))
    if from_file.given:
        readers.append(from_file)
    return readers
