"""The style of plain sentences, for screen readers, pipes and terminals that cannot move their cursor."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from typing import TextIO

from privacyaudit.cli import terminal
from privacyaudit.cli.opening import OpenPage, open_page
from privacyaudit.cli.prompts import sentences
from privacyaudit.cli.prompts.sentences import Choices, Other
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.readers.questions import Change, Choice, Move, Question, Still, Visit

MOST_LINES = 5_000
"""More than anybody answers who writes the answers to an audit of everything into a pipe."""

_WAYS = {
    "web": N_("On the web: {path}"),
    "menu": N_("In the menus: {path}"),
    "ios": N_("On an iPhone: {path}"),
    "android": N_("On Android: {path}"),
}


class PlainPrompter:
    """Prints sentences and reads one line per reply; no colour, no cursor movement, nothing drawn twice."""

    def __init__(
        self, source: TextIO | None = None, out: TextIO | None = None, open_page: OpenPage | None = open_page
    ) -> None:
        self._source = source or sys.stdin
        self._out = out or sys.stdout
        self._open_page = open_page
        self._lines = 0
        self._arrived = True

    def arrive(self, visit: Visit) -> None:
        """Print a screen: how to get there, and how each of its settings should be."""
        self._arrived = True
        self._say("")
        self._say(
            _("{platform}: {screen}, {progress}.").format(
                platform=sentences.name(visit), screen=_(visit.stop.screen.title), progress=sentences.progress(visit)
            )
        )
        for key, words in sentences.ways(visit):
            self._say(_(_WAYS[key]).format(path=_(", then ").join(words)))
        lines = sentences.lines(visit)
        if len(lines) > 1:
            self._say(_("This is how {number} settings on this screen should be:").format(number=len(lines)))
            for question, should_be in lines:
                self._say(f"{question} {should_be}.")

    def ask(self, question: Question) -> str | Move:
        """Print one question and read lines until it is answered or left. Raises EOFError and KeyboardInterrupt."""
        options = [option.id for option in question.check.options]
        self._show(question)
        while True:
            typed = self._read()
            reply = _understood(typed, options) if typed else sentences.reply_before(question)
            if reply is None:
                self._not_understood(typed, _("Type a number from 1 to {last}, or ? for help."), len(options))
            elif reply is Other.OPEN:
                self._say(sentences.open_address(question, self._open_page))
                self._show(question)
            elif reply is Other.HELP:
                self._help(question)
                self._show(question)
            elif reply is Move.BACK and reply not in question.moves:
                self._say(_("This is the first question, so you cannot go back."))
            elif isinstance(reply, Move) and typed and reply not in question.moves:
                self._say(_("You cannot use that letter here."))
            elif not isinstance(reply, Other):
                self._say(sentences.said(question, reply))
                return reply

    def change(self, change: Change) -> Choice | Move:
        """Print what is to change, with its steps, and read lines until one is chosen. Raises as `ask`."""
        self._say("")
        if change.number == 1:
            self._say(f"{sentences.change_now(change)}.")
        self._say(sentences.from_to(change))
        for step in sentences.steps(change):
            self._say(step)
        self._list(_("What would you like to do?"), [(choice.value, _(label)) for choice, label in sentences.CHOICES])
        hint = _("Type a number from 1 to {last}, b to go back to the questions, or q to stop.")
        self._say(hint.format(last=len(Choice)))
        while True:
            typed = self._read()
            if typed.lower() in (Move.BACK.value, Move.QUIT.value):
                return Move(typed.lower())
            if picked := _picked(typed, [choice.value for choice in Choice]):
                self._say(sentences.chosen(Choice(picked)))
                return Choice(picked)
            self._not_understood(typed, hint, len(Choice))

    def still(self, still: Still) -> bool:
        """Print answers that still count until they are kept or looked at. Raises EOFError and KeyboardInterrupt."""
        sentence, lines = sentences.still_sentences(still)
        self._say("")
        self._say(f"{sentences.name(still.visit)}: {_(still.visit.stop.screen.title)}. {sentence}")
        for line in lines:
            self._say(line)
        hint = (
            _("Type y to keep them with their dates, l to look at them one by one, q to stop and continue later.") + " "
        )
        hint += _("Press Enter for y.")
        self._say(f"{sentences.still_question()} {hint}")
        while (typed := self._read().lower()) not in ("", *(key for key, _label in sentences.still_replies())):
            self._say(_("“{typed}” is not one of the answers.").format(typed=typed[:40]) + " " + hint)
        return sentences.stays(typed or "y")

    def confirm(self, question: str, default: bool) -> bool:
        """Ask a question that is answered with yes or no. Raises EOFError and KeyboardInterrupt."""
        replies = {"": default, "y": True, "yes": True, "n": False, "no": False}
        replies |= {_("Yes").lower(): True, _("No").lower(): False}
        hint = _("Type y for yes or n for no.") + " "
        hint += _("Press Enter for yes.") if default else _("Press Enter for no.")
        self._say("")
        self._say(f"{question} {hint}")
        while (typed := self._reply().lower()) not in replies:
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
            typed = self._reply()
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
            _("Type one or more numbers with commas between them, or “all”.") + self._enter_means(choices, already)
        )
        while True:
            typed = self._reply()
            if typed.lower() in ("all", _("all")):
                return values
            words = typed.replace(",", " ").split()
            picked = [_picked(word, values) for word in words] if words else already
            if picked and None not in picked:
                return [value for value in values if value in picked]
            wrong = next((word for word in words if _picked(word, values) is None), "")
            self._not_understood(wrong, _("Type numbers from 1 to {last}."), len(values))

    def _show(self, question: Question) -> None:
        self._say("")
        parts = [sentences.place(question), _(", then ").join(sentences.row(question))]
        if place := ", ".join(part for part in parts if part):
            self._say(f"{place}.")
        for note in sentences.notes(question):
            self._say(note)
        self._list(_(question.check.question), [(option.id, _(option.label)) for option in question.check.options])
        self._say(
            _("Should be: {label}.").format(label=sentences.should_be(question.visit, question.check))
            + (" " + _("Press Enter to keep what you said before.") if sentences.before(question) else "")
        )
        if self._arrived:
            self._arrived = False
            self._say(
                _("Type a number, a if all of these are right, or ? for help and other letters.")
                if Move.ALL_SO in question.moves
                else _("Type a number, or ? for help and other letters.")
            )

    def _help(self, question: Question) -> None:
        for sentence in sentences.whys(question):
            self._say(sentence)
        self._say(sentences.letters(question, sentences.moves(question, self._open_page is not None)))
        self._say(_("The program saves each answer straight away, so you can stop at any time."))

    def _list(self, question: str, choices: Choices, headings: Mapping[str, str] | None = None) -> None:
        self._say(question)
        for number, (value, label) in enumerate(choices, 1):
            if headings and value in headings:
                self._say(f"{headings[value]}:")
            self._say(f"{number}. {label}")

    def _enter_means(self, choices: Choices, values: Collection[str]) -> str:
        names = ", ".join(label for value, label in choices if value in values)
        return " " + _("Press Enter for: {labels}.").format(labels=names) if names else ""

    def _not_understood(self, typed: str, hint: str, last: int) -> None:
        said = _("“{typed}” is not one of the answers.").format(typed=typed[:40]) if typed else _("You typed nothing.")
        self._say(said + " " + hint.format(last=last))

    def _say(self, text: str) -> None:
        columns = terminal.width() if self._out.isatty() else sys.maxsize
        self._out.write(terminal.wrap(text, columns) + "\n")

    def _reply(self) -> str:
        """Read the reply to a question that is no check; the letter that stops the checks stops here too."""
        typed = self._read()
        if typed.lower() == Move.QUIT.value:
            raise KeyboardInterrupt
        return typed

    def _read(self) -> str:
        self._out.write(_("Your answer:") + " ")
        self._out.flush()
        try:
            line = self._next_line()
        except KeyboardInterrupt:
            self._out.write("\n")
            raise
        if not line or not self._source.isatty():
            self._out.write("\n")
        if not line:
            raise EOFError
        return line.strip()

    def _next_line(self) -> str:
        self._lines += not self._source.isatty()
        if self._lines > MOST_LINES:
            raise UsageError(
                _("The input has more than {number} lines, so the program stopped reading it.").format(
                    number=MOST_LINES
                ),
                _("Check what you send to the standard input."),
            )
        return terminal.line_of(self._source)


def _understood(typed: str, options: Sequence[str]) -> str | Move | Other | None:
    """Turn what was typed into a reply: one of the letters, a number as it stands there, or the id of an option."""
    letters: dict[str, Move | Other] = {letter.value: letter for letter in (*Move, *Other)}
    return letters.get(typed.lower()) or _picked(typed, options)


def _picked(typed: str, values: Sequence[str]) -> str | None:
    """Return the value at the number that was typed, or the value itself."""
    names = {value.lower(): value for value in values} | {str(number): value for number, value in enumerate(values, 1)}
    return names.get(typed.lower())
