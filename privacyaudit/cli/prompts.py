"""How a question looks in a terminal, in two styles that say the same.

`RichPrompter` has a list to choose from by arrow keys or by one key and Enter. `PlainPrompter` prints sentences and
reads lines, so that it works with a screen reader, in a pipe and on a terminal that cannot move its cursor.
Which question comes next is the business of `readers/ask.py`.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TextIO

from privacyaudit import i18n, labels
from privacyaudit.cli import terminal
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Check, Checklist, Option, Reason, has_address
from privacyaudit.over_time.known import Last
from privacyaudit.readers.ask import Move, Question

if TYPE_CHECKING:
    import questionary

Choices = Sequence[tuple[str, str]]
OpenPage = Callable[[str], bool]
MARGIN = " "
MOST_KEYS = 36


class Other(Enum):
    """What a person may type that is neither an answer nor a move: it leads back to the same question."""

    OPEN = "o"
    HELP = "?"


_LABELS = {
    Other.OPEN: N_("Open the page in your browser"),
    Move.DONT_KNOW: N_("I don't know"),
    Move.SKIP: N_("Skip"),
    Move.BACK: N_("Back"),
    Move.QUIT: N_("Stop and go on later"),
}

_WAYS = {
    Other.OPEN: N_("{key} to open the page in your browser"),
    Move.DONT_KNOW: N_("{key} if you don't know"),
    Move.SKIP: N_("{key} to skip"),
    Move.BACK: N_("{key} to go back"),
    Move.QUIT: N_("{key} to stop and go on later"),
    Other.HELP: N_("{key} for help"),
}

_DONE = {
    Move.DONT_KNOW: N_("You answered: I don't know"),
    Move.SKIP: N_("Skipped."),
    Move.BACK: N_("Back to the question before."),
}

_BEFORE: dict[str | None, tuple[Move, str]] = {
    Reason.DONT_KNOW: (Move.DONT_KNOW, N_("Before, you did not know.")),
    Reason.SKIPPED: (Move.SKIP, N_("Before, you skipped this question.")),
}


def open_page(address: str) -> bool:
    """Open a web address in the person's browser and tell whether one was found.

    A browser that stays in the background keeps its own messages out of the terminal.
    """
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if not isinstance(browser, webbrowser.BackgroundBrowser):
        return browser.open(address)
    command = [browser.name, *(argument.replace("%s", address) for argument in browser.args)]
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    return True


def choose_prompter(plain: bool, open_page: OpenPage | None = open_page) -> RichPrompter | PlainPrompter:
    """Return the plain style when it is asked for or when nobody sits at a terminal that can do more.

    With None as `open_page` no page is opened on this computer.
    """
    if plain or not terminal.interactive():
        return PlainPrompter(open_page=open_page)
    return RichPrompter(open_page)


def confirm(question: str, default: bool, *, plain: bool = False) -> bool:
    """Ask a question that is answered with yes or no. Raises KeyboardInterrupt and UsageError."""
    with _somebody():
        return choose_prompter(plain).confirm(question, default)


def line(question: str, *, plain: bool = False) -> str:
    """Ask for one line of text, which may be empty. Raises KeyboardInterrupt and UsageError."""
    with _somebody():
        return choose_prompter(plain).line(question)


def choose_one(question: str, choices: Choices, *, chosen: str | None = None, plain: bool = False) -> str:
    """Let the person pick one of (value, label) and return its value. Raises KeyboardInterrupt and UsageError."""
    with _somebody():
        return choose_prompter(plain).choose_one(question, choices, chosen)


def choose_many(
    question: str,
    choices: Choices,
    *,
    chosen: Collection[str] = (),
    headings: Mapping[str, str] | None = None,
    plain: bool = False,
) -> list[str]:
    """Let the person pick at least one of (value, label) and return the values in the order of the choices.

    `chosen` are picked to begin with; `headings` maps a value to the heading that stands above it. Raises
    KeyboardInterrupt and UsageError.
    """
    with _somebody():
        return choose_prompter(plain).choose_many(question, choices, chosen, headings or {})


@contextlib.contextmanager
def _somebody() -> Iterator[None]:
    try:
        yield
    except EOFError as error:
        raise UsageError(
            _("A question was asked and nobody was there to answer it."),
            _("Run this in a terminal, or name what you want on the command line and add --no-input."),
        ) from error


# -- what is said about a question, whatever it looks like ----------------------------------------


def _progress(question: Question) -> str:
    return ngettext(
        "{number} of {total}, about {minutes} minute left",
        "{number} of {total}, about {minutes} minutes left",
        question.minutes,
    ).format(number=question.number, total=question.total, minutes=question.minutes)


def _aim(question: Question) -> str:
    """Return the title, which says how things should be, so that it does not read as if they already were."""
    return _("The aim: {title}").format(title=_(question.check.title))


def _address(question: Question) -> str | None:
    address = question.check.where.web
    return address if has_address(address) else None


def _asked_because(question: Question) -> str | None:
    if question.trouble is None:
        return None
    return _("{reason} So we ask you.").format(reason=labels.reason(question.trouble))


def _option_before(question: Question) -> Option | None:
    earlier = question.earlier
    if earlier is None and question.last and question.last.earlier:
        earlier = question.last.earlier.option
    return None if earlier is None or isinstance(earlier, Reason) else question.check.option(earlier)


def _reply_before(question: Question) -> str | Move | None:
    if option := _option_before(question):
        return option.id
    return _BEFORE[question.earlier][0] if question.earlier in _BEFORE else None


def _before(question: Question) -> str | None:
    option = _option_before(question)
    if option and question.earlier is None and question.last and question.last.earlier:
        return _("On {day} the answer was: {label}").format(
            day=i18n.day(question.last.earlier.on), label=_(option.label)
        )
    if option:
        return _("Before, you answered: {label}").format(label=_(option.label))
    return _(_BEFORE[question.earlier][1]) if question.earlier in _BEFORE else None


def _again_because(question: Question) -> str | None:
    """Return why a question that an audit before asked is asked again, or that it is new."""
    if question.last is None or question.last.why is None:
        return None
    return labels.why(question.last.why)


def _still_sentences(checklist: Checklist, lasts: Sequence[tuple[Check, Last]]) -> tuple[str, list[str]]:
    """Return what is said about answers that still count, and a line for each."""
    count = len(lasts)
    sentence = ngettext(
        "{platform}: {number} answer of an audit before still counts.",
        "{platform}: {number} answers of audits before still count.",
        count,
    ).format(platform=_(checklist.platform.name), number=count)
    return sentence, [_still_line(check, last) for check, last in lasts]


def _still_line(check: Check, last: Last) -> str:
    option = check.option(last.earlier.option) if last.earlier else None
    if last.earlier is None or option is None:
        return _(check.title)
    return _("{question} {label} ({day})").format(
        question=_(check.question), label=_(option.label), day=i18n.day(last.earlier.on)
    )


def _still_question() -> str:
    return _("Is all of this still so?")


def _still_replies() -> list[tuple[str, str]]:
    return [
        ("y", _("Yes. Keep these answers with their days, and do not ask")),
        ("l", _("Let me look: ask them one by one")),
        (Move.QUIT.value, _(_LABELS[Move.QUIT])),
    ]


def _said(question: Question, reply: str | Move) -> str:
    if isinstance(reply, Move):
        return _(_DONE[reply]) if reply in _DONE else ""
    option = question.check.option(reply)
    return _("You answered: {label}").format(label=_(option.label) if option else reply)


def _moves(question: Question, opens: bool) -> list[Move | Other]:
    moves: list[Move | Other] = [Move.DONT_KNOW, Move.SKIP, Move.BACK, Move.QUIT]
    if question.number == 1:
        moves.remove(Move.BACK)
    return [Other.OPEN, *moves] if opens and _address(question) else moves


def _stays(reply: str) -> bool:
    if reply == Move.QUIT.value:
        raise KeyboardInterrupt
    return reply == "y"


def _open(question: Question, open_page: OpenPage | None) -> str:
    address = _address(question)
    if address is None or open_page is None:
        return _("This question has no page that we could open.")
    if open_page(address):
        return _("Opened in your browser: {address}").format(address=address)
    return _("We could not open a browser here. The address is: {address}").format(address=address)


# -- the style with a list to choose from ---------------------------------------------------------


@dataclass(frozen=True)
class RichPrompter:
    """Shows each question with a list of answers and moves; arrow keys or a key, then Enter."""

    open_page: OpenPage | None = open_page

    def ask(self, question: Question) -> str | Move:
        """Show one question until it is answered or left. Raises KeyboardInterrupt."""
        options = question.check.options
        moves = _moves(question, self.open_page is not None)
        replies: list[str | Move | Other] = [*(option.id for option in options), *moves]
        rows = [(str(number), _(option.label)) for number, option in enumerate(options, 1)]
        rows += [(move.value, _(_LABELS[move])) for move in moves]
        before = _reply_before(question)
        start = replies.index(before) if before in replies else None
        _show(question)
        while True:
            reply = replies[_select(_(question.check.question), rows, start, gap=len(options))]
            if reply is Other.OPEN:
                _tell(_open(question, self.open_page))
                terminal.say()
            elif not isinstance(reply, Other):
                _tell(_said(question, reply))
                return reply

    def still(self, checklist: Checklist, lasts: Sequence[tuple[Check, Last]]) -> bool:
        """Show answers that still count until they are kept or looked at. Raises KeyboardInterrupt."""
        sentence, lines = _still_sentences(checklist, lasts)
        _tell("─" * (terminal.width() - 2 * len(MARGIN)), style="dim")
        _tell(sentence, style="bold")
        for line in lines:
            _tell(line, "· ")
        terminal.say()
        rows = _still_replies()
        picked = _select(_still_question(), rows, 0)
        _tell(rows[picked][1])
        return _stays(rows[picked][0])

    def confirm(self, question: str, default: bool) -> bool:
        """Ask a question that is answered with yes or no. Raises KeyboardInterrupt."""
        terminal.say()
        rows = [("y", _("Yes")), ("n", _("No"))]
        picked = _select(question, rows, 0 if default else 1)
        _tell(f"{question} {rows[picked][1]}")
        return picked == 0

    def line(self, question: str) -> str:
        """Ask for one line of text, which may be empty. Raises KeyboardInterrupt."""
        import questionary

        terminal.say()
        return str(_run(questionary.text(_fold(question, 1) + "\n", qmark="", style=_style()))).strip()

    def choose_one(self, question: str, choices: Choices, chosen: str | None = None) -> str:
        """Let the person pick one of (value, label). Raises KeyboardInterrupt."""
        terminal.say()
        values = [value for value, _label in choices]
        rows = [(str(number), label) for number, (_value, label) in enumerate(choices, 1)]
        picked = _select(question, rows, None if chosen is None else values.index(chosen))
        _tell(f"{question} {rows[picked][1]}")
        return values[picked]

    def choose_many(
        self, question: str, choices: Choices, chosen: Collection[str] = (), headings: Mapping[str, str] | None = None
    ) -> list[str]:
        """Let the person pick at least one of (value, label). Raises KeyboardInterrupt."""
        import questionary

        lines: list[questionary.Choice] = []
        for value, label in choices:
            if headings and value in headings:
                lines.append(questionary.Separator(headings[value]))
            lines.append(questionary.Choice([("", _fold(label, 5))], value, checked=value in chosen))
        hint = _("{count} to choose from. Space marks one, the letter a marks all. Press Enter when you are done.")
        terminal.say()
        form = questionary.checkbox(
            _fold(question, 1) + "\n" + MARGIN + _fold(hint.format(count=len(choices)), 1),
            choices=lines,
            instruction="",
            validate=lambda picked: bool(picked) or _("Mark at least one line with the space bar."),
            qmark="",
            style=_style(),
            use_jk_keys=False,
            erase_when_done=True,
        )
        marked = set(_run(form))
        _tell(f"{question} {', '.join(label for value, label in choices if value in marked)}")
        return [value for value, _label in choices if value in marked]


def _show(question: Question) -> None:
    from rich.text import Text

    check = question.check
    where = [
        (_("Web"), _address(question)),
        (_("Menu"), " › ".join(_(step) for step in check.where.menu)),
        (_("iPhone"), " › ".join(_(step) for step in check.where.ios or ())),
        (_("Android"), " › ".join(_(step) for step in check.where.android or ())),
    ]
    edge = max(len(label) for label, _path in where) + 2
    name = _(question.checklist.platform.name)
    head = Text(terminal.wrap(f"{name} · {_progress(question)}", terminal.width(), first=MARGIN, rest=MARGIN))
    head.stylize(f"bold {terminal.ACCENT}", 0, len(MARGIN) + len(name))
    _tell("─" * (terminal.width() - 2 * len(MARGIN)), style="dim")
    terminal.console().print(head, soft_wrap=True)
    _tell(_aim(question), style="bold")
    _tell(_(check.why), style="dim")
    if any(path for _label, path in where):
        terminal.say()
    for label, path in where:
        if path:
            _tell(path, label.ljust(edge))
    for sentence in (_asked_because(question), _before(question), _again_because(question)):
        if sentence:
            _tell(sentence)
    terminal.say()


def _tell(text: str, label: str = "", *, style: str = "") -> None:
    terminal.say(text, style, first=MARGIN + label, rest=MARGIN + " " * len(label))


def _select(message: str, rows: Sequence[tuple[str, str]], start: int | None, *, gap: int | None = None) -> int:
    """Show rows of (key, label) until one is chosen, and return its place; `gap` is the row with a space above it.

    Without a row to start on, the pointer rests on the hint, so that an Enter too many answers nothing.
    """
    import questionary

    edge = max(len(key) for key, _label in rows) + 2
    hint = _("Choose with ↑ and ↓, or type a key. Then press Enter.")
    resting = questionary.Choice([("", _fold(hint, 3))], -1, shortcut_key=False)
    lines = [
        questionary.Choice(
            [("bold", key.ljust(edge)), ("", _fold(label, 3 + edge))],
            place,
            shortcut_key=key if len(key) == 1 else False,
        )
        for place, (key, label) in enumerate(rows)
    ]
    shown = [resting, *lines]
    if gap is not None:
        shown.insert(1 + gap, questionary.Separator(" "))
    picked = -1
    while picked < 0:
        form = questionary.select(
            _fold(message, 1),
            choices=shown,
            default=resting if start is None else lines[start],
            instruction=" ",
            qmark="",
            style=_style(),
            use_shortcuts=len(shown) <= MOST_KEYS,
            use_jk_keys=False,
            erase_when_done=True,
        )
        picked = _run(form)
    return picked


def _fold(text: str, edge: int) -> str:
    """Wrap a text that begins in column `edge` and keep its other lines there too."""
    return terminal.wrap(text, terminal.width() - 1, first=" " * edge, rest=" " * edge)[edge:]


def _run(form: questionary.Question) -> Any:
    """Show a form and return what was chosen, also while this program has a browser open.

    Playwright keeps an event loop running in this thread; the form then gets a thread of its own.
    """
    import asyncio

    from prompt_toolkit.filters import to_filter

    for window in form.application.layout.find_all_windows():
        window.wrap_lines = to_filter(True)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return form.application.run()
    return form.application.run(in_thread=True)


def _style() -> questionary.Style:
    import questionary

    accent = f"fg:ansi{terminal.ACCENT} bold"
    return questionary.Style(
        [
            ("question", "bold"),
            ("pointer", accent),
            ("selected", accent),
            ("separator", "bold"),
            ("validation-toolbar", "bold noreverse"),
        ]
    )


# -- the style of plain sentences -----------------------------------------------------------------


class PlainPrompter:
    """Prints sentences and reads one line per reply; no colour, no cursor movement, nothing drawn twice."""

    def __init__(
        self, source: TextIO | None = None, out: TextIO | None = None, open_page: OpenPage | None = open_page
    ) -> None:
        self._source = source or sys.stdin or io.StringIO()
        self._out = out or sys.stdout
        self._open_page = open_page
        for stream in (self._source, self._out):
            _never_choke(stream)

    def ask(self, question: Question) -> str | Move:
        """Print one question and read lines until it is answered or left. Raises EOFError and KeyboardInterrupt."""
        options = [option.id for option in question.check.options]
        self._show(question)
        while True:
            typed = self._read()
            reply = _understood(typed, options) if typed else _reply_before(question)
            if reply is None:
                self._not_understood(typed, _("Type a number from 1 to {last}, or ? for help."), len(options))
            elif reply is Other.OPEN:
                self._say(_open(question, self._open_page))
                self._show(question)
            elif reply is Other.HELP:
                self._show(question)
                self._say(
                    _(
                        "Type the number of your answer or one of the letters, and press Enter. "
                        "Each answer is saved at once, so you can stop at any time."
                    )
                )
            elif reply is Move.BACK and question.number == 1:
                self._say(_("This is the first question, so there is none to go back to."))
            elif not isinstance(reply, Other):
                self._say(_said(question, reply))
                return reply

    def still(self, checklist: Checklist, lasts: Sequence[tuple[Check, Last]]) -> bool:
        """Print answers that still count until they are kept or looked at. Raises EOFError and KeyboardInterrupt."""
        sentence, lines = _still_sentences(checklist, lasts)
        self._say("")
        for line in (sentence, *lines):
            self._say(line)
        hint = _("Type y to keep them with their days, l to look at them one by one, q to stop and go on later.") + " "
        hint += _("Enter alone means: y.")
        self._say(f"{_still_question()} {hint}")
        while (typed := self._read().lower()) not in ("", *(key for key, _label in _still_replies())):
            self._say(_("“{typed}” is not one of the answers.").format(typed=typed[:40]) + " " + hint)
        return _stays(typed or "y")

    def confirm(self, question: str, default: bool) -> bool:
        """Ask a question that is answered with yes or no. Raises EOFError and KeyboardInterrupt."""
        replies = {"": default, "y": True, "yes": True, "n": False, "no": False}
        replies |= {_("Yes").lower(): True, _("No").lower(): False}
        hint = _("Type y for yes or n for no.") + " "
        hint += _("Enter alone means yes.") if default else _("Enter alone means no.")
        self._say("")
        self._say(f"{question} {hint}")
        while (typed := self._read().lower()) not in replies:
            self._say(_("“{typed}” is neither yes nor no.").format(typed=typed[:40]) + " " + hint)
        return replies[typed]

    def line(self, question: str) -> str:
        """Ask for one line of text, which may be empty. Raises EOFError and KeyboardInterrupt."""
        self._say("")
        self._say(question)
        return self._read()

    def choose_one(self, question: str, choices: Choices, chosen: str | None = None) -> str:
        """Let the person pick one of (value, label). Raises EOFError and KeyboardInterrupt."""
        values = [value for value, _label in choices]
        hint = _("Type a number from 1 to {last}.")
        self._say("")
        self._list(question, choices)
        self._say(hint.format(last=len(values)) + self._enter_means(choices, [] if chosen is None else [chosen]))
        while True:
            typed = self._read()
            picked = _picked(typed, values) if typed else chosen
            if picked is not None:
                return picked
            self._not_understood(typed, hint, len(values))

    def choose_many(
        self, question: str, choices: Choices, chosen: Collection[str] = (), headings: Mapping[str, str] | None = None
    ) -> list[str]:
        """Let the person pick at least one of (value, label). Raises EOFError and KeyboardInterrupt."""
        values = [value for value, _label in choices]
        already = [value for value in values if value in chosen]
        self._say("")
        self._list(question, choices, headings or {})
        self._say(
            _("Type one or more numbers with a comma between them, or “all”.") + self._enter_means(choices, already)
        )
        while True:
            typed = self._read()
            if typed.lower() in ("all", _("all")):
                return values
            words = typed.replace(",", " ").split()
            picked = [_picked(word, values) for word in words] if words else already
            if picked and None not in picked:
                return [value for value in values if value in picked]
            wrong = next((word for word in words if _picked(word, values) is None), "")
            self._not_understood(wrong, _("Type numbers from 1 to {last}."), len(values))

    def _show(self, question: Question) -> None:
        check = question.check
        then = _(", then ")
        self._say("")
        self._say(
            _("{platform}, question {progress}.").format(
                platform=_(question.checklist.platform.name), progress=_progress(question)
            )
        )
        self._say(_aim(question))
        self._say(_("Why it matters: {why}").format(why=_(check.why)))
        for sentence, path in (
            (_("On the web: {path}"), _address(question)),
            (_("In the menus: {path}"), then.join(_(step) for step in check.where.menu)),
            (_("On an iPhone: {path}"), then.join(_(step) for step in check.where.ios or ())),
            (_("On Android: {path}"), then.join(_(step) for step in check.where.android or ())),
        ):
            if path:
                self._say(sentence.format(path=path))
        for said in (_asked_because(question), _before(question), _again_because(question)):
            if said:
                self._say(said)
        self._list(_(check.question), [(option.id, _(option.label)) for option in check.options])
        ways = ", ".join(
            _(_WAYS[move]).format(key=move.value)
            for move in (*_moves(question, self._open_page is not None), Other.HELP)
        )
        keep = " " + _("Enter alone keeps what you said before.") if _before(question) else ""
        self._say(_("Type a number, or {ways}.").format(ways=ways) + keep)

    def _list(self, question: str, choices: Choices, headings: Mapping[str, str] | None = None) -> None:
        self._say(question)
        for number, (value, label) in enumerate(choices, 1):
            if headings and value in headings:
                self._say(f"{headings[value]}:")
            self._say(f"{number}. {label}")

    def _enter_means(self, choices: Choices, values: Collection[str]) -> str:
        names = ", ".join(label for value, label in choices if value in values)
        return " " + _("Enter alone means: {labels}.").format(labels=names) if names else ""

    def _not_understood(self, typed: str, hint: str, last: int) -> None:
        said = _("“{typed}” is not one of the answers.").format(typed=typed[:40]) if typed else _("Nothing typed.")
        self._say(said + " " + hint.format(last=last))

    def _say(self, text: str) -> None:
        columns = terminal.width() if self._out.isatty() else sys.maxsize
        self._out.write(terminal.wrap(text, columns) + "\n")

    def _read(self) -> str:
        self._out.write(_("Your answer:") + " ")
        self._out.flush()
        try:
            line = self._source.readline()
        except KeyboardInterrupt:
            self._out.write("\n")
            raise
        if not line or not self._source.isatty():
            self._out.write("\n")
        if not line:
            raise EOFError
        return line.strip()


def _understood(typed: str, options: Sequence[str]) -> str | Move | Other | None:
    """Turn what was typed into a reply: one of the letters, a number as it stands there, or the id of an option."""
    letters: dict[str, Move | Other] = {letter.value: letter for letter in (*Move, *Other)}
    return letters.get(typed.lower()) or _picked(typed, options)


def _picked(typed: str, values: Sequence[str]) -> str | None:
    """Return the value at the number that was typed, or the value itself."""
    names = {value.lower(): value for value in values} | {str(number): value for number, value in enumerate(values, 1)}
    return names.get(typed.lower())


def _never_choke(stream: TextIO) -> None:
    """Let a stream put a replacement sign for what it cannot read or write; one in use already stays as it is."""
    if isinstance(stream, io.TextIOWrapper):
        with contextlib.suppress(io.UnsupportedOperation):
            stream.reconfigure(errors="replace")
