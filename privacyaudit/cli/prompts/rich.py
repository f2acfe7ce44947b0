"""The style with a list to choose from: arrow keys or one key, then Enter."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from privacyaudit import labels
from privacyaudit.cli import terminal
from privacyaudit.cli.opening import OpenPage, open_page
from privacyaudit.cli.prompts import sentences
from privacyaudit.cli.prompts.sentences import Choices, Other
from privacyaudit.cli.prompts.stray_enter import StrayEnter
from privacyaudit.i18n import N_, _
from privacyaudit.model import Verdict
from privacyaudit.readers.questions import Change, Choice, Move, Question, Still, Visit

if TYPE_CHECKING:
    import questionary


MARGIN = " "
MOST_KEYS = 36
ROW_KEYS = (*"123456789", *(letter for letter in string.ascii_lowercase if letter != Move.QUIT.value))
"""One key for each row of a long list: the first digit of “12” would answer before the second is typed."""
SIGNS = "»↑↓▲◆✓–"
"""What a terminal must be able to show for it."""


_WAYS = {"web": N_("Web"), "menu": N_("Menu"), "ios": N_("iPhone"), "android": N_("Android")}


@dataclass(frozen=True)
class RichPrompter:
    """Shows each question with a list of answers: one key answers, or the arrow keys and Enter."""

    open_page: OpenPage | None = open_page
    _enter: StrayEnter = field(default_factory=StrayEnter)

    def arrive(self, visit: Visit) -> None:
        """Show a screen: how to get there, and how each of its settings should be."""
        _rule()
        name = sentences.name(visit)
        _head(name, f"{name} · {_(visit.stop.screen.title)} · {sentences.progress(visit)}")
        ways = sentences.ways(visit)
        edge = max((len(_(_WAYS[key])) for key, _words in ways), default=0) + 2
        for key, words in ways:
            _tell(" › ".join(words), _(_WAYS[key]).ljust(edge))
        lines = sentences.lines(visit)
        if len(lines) > 1:
            terminal.say()
            _tell(_("This is how {number} settings on this screen should be:").format(number=len(lines)))
            for question, should_be in lines:
                _tell(f"{question} {should_be}", "· ")
        terminal.say()

    def ask(self, question: Question) -> str | Move:
        """Show one question until it is answered or left. Raises KeyboardInterrupt."""
        options = question.check.options
        ways = sentences.moves(question, self.open_page is not None)
        rows = [(str(number), _(option.label)) for number, option in enumerate(options, 1)]
        replies: list[str | Move | Other] = [option.id for option in options]
        if Move.ALL_SO in question.moves:
            rows.append((Move.ALL_SO.value, _(sentences.LABELS[Move.ALL_SO])))
            replies.append(Move.ALL_SO)
        keys = [(way.value, _(sentences.LABELS[way])) for way in ways]
        replies += ways
        reply_then = sentences.reply_before(question)
        place = replies.index(reply_then) if reply_then in replies else -1
        start = place if 0 <= place < len(rows) else None
        for note in sentences.notes(question):
            _tell(note)
        should_be = _("should be: {label}").format(label=sentences.should_be(question.visit, question.check))
        parts = [sentences.place(question), " › ".join(sentences.row(question)), should_be]
        message = f"{_(question.check.question)}\n{' · '.join(part for part in parts if part)}"
        while True:
            picked = self._key(message, rows, start, keys, gap=len(options), resting=place)
            reply = replies[picked]
            if reply is Other.OPEN:
                _tell(sentences.open_address(question, self.open_page))
            elif reply is Other.HELP:
                for sentence in (*sentences.whys(question), sentences.letters(question, ways)):
                    _tell(sentence)
                terminal.say()
            elif not isinstance(reply, Other):
                self._tell_reply(question, reply)
                return reply

    def change(self, change: Change) -> Choice | Move:
        """Show what is to change, with its steps, until one is chosen. Raises KeyboardInterrupt."""
        terminal.say()
        if change.number == 1:
            _tell(sentences.change_now(change), style="bold")
        _tell(sentences.from_to(change), f"{labels.shape(Verdict.FAIL)} ")
        for number, step in enumerate(sentences.steps(change), 1):
            _tell(step, f"  {number} " if number <= len(change.check.fix) else "    ")
        terminal.say()
        rows = [(str(number), _(label)) for number, (_choice, label) in enumerate(sentences.CHOICES, 1)]
        moves = (Move.BACK, Move.QUIT)
        picked = self._key("", rows, None, [(move.value, _(sentences.LABELS[move])) for move in moves])
        if picked >= len(rows):
            return moves[picked - len(rows)]
        choice = sentences.CHOICES[picked][0]
        _tell(sentences.chosen(choice))
        return choice

    def still(self, still: Still) -> bool:
        """Show answers that still count until they are kept or looked at. Raises KeyboardInterrupt."""
        sentence, lines = sentences.still_sentences(still)
        name = sentences.name(still.visit)
        _rule()
        _head(name, f"{name} · {_(still.visit.stop.screen.title)} · {sentences.progress(still.visit)}")
        _tell(sentence)
        for line in lines:
            _tell(line, "· ")
        terminal.say()
        rows = sentences.still_replies()
        picked = self._key(sentences.still_question(), rows, None)
        _tell(rows[picked][1])
        return sentences.stays(rows[picked][0])

    def _key(
        self,
        message: str,
        rows: Sequence[tuple[str, str]],
        start: int | None,
        keys: Sequence[tuple[str, str]] = (),
        *,
        gap: int | None = None,
        resting: int = -1,
    ) -> int:
        """Show rows until one is chosen, by its key at once; `keys` work beside them, and stand in one line below."""
        return _select(message, rows, start, self._enter, gap=gap, keys=keys, resting=resting)

    def _tell_reply(self, question: Question, reply: str | Move) -> None:
        option = question.check.option(reply) if isinstance(reply, str) else None
        if option is None:
            _tell(sentences.said(question, reply))
            return
        sign = labels.shape(option.verdict_for(question.visit.stop.role))
        _tell(f"{_(question.check.question)} {_(option.label)}", f"{sign} ")

    def confirm(self, question: str, default: bool) -> bool:
        """Ask a question that is answered with yes or no. Raises KeyboardInterrupt."""
        terminal.say()
        rows = [("y", _("Yes")), ("n", _("No"))]
        picked = self._key(question, rows, 0 if default else 1)
        _tell(f"{question} {rows[picked][1]}")
        return picked == 0

    def line(self, question: str) -> str:
        """Ask for one line of text, which may be empty. Raises KeyboardInterrupt."""
        import questionary

        terminal.say()
        return str(_run(questionary.text(_fold(question, 1) + "\n", qmark="", style=_style()), self._enter)).strip()

    def choose_one(self, question: str, choices: Choices, chosen: str | None = None) -> str:
        """Let the person pick one of (value, label). Raises KeyboardInterrupt."""
        terminal.say()
        values = [value for value, _label in choices]
        keys = chain(ROW_KEYS, repeat(""))
        rows = [(next(keys), label) for _value, label in choices]
        picked = self._key(question, rows, None if chosen is None else values.index(chosen))
        _tell(f"{question} {rows[picked][1]}")
        return values[picked]

    def choose_many(
        self, question: str, choices: Choices, chosen: Collection[str] = (), headings: Mapping[str, str] | None = None
    ) -> list[str]:
        """Let the person pick at least one of (value, label). Raises KeyboardInterrupt."""
        import questionary

        from privacyaudit.cli.prompts import list_view

        lines: list[questionary.Choice] = []
        for value, label in choices:
            if headings and value in headings:
                lines.append(questionary.Separator(headings[value]))
            lines.append(questionary.Choice(_fold(label, 5), value, checked=value in chosen))
        hint = _("{count} to choose from. Type to find one. Space marks it. Press Enter when done.")
        terminal.say()
        form = questionary.checkbox(
            _fold(question, 1) + "\n" + MARGIN + _fold(hint.format(count=len(choices)), 1),
            choices=lines,
            instruction="",
            validate=lambda picked: bool(picked) or _("Mark at least one line with the space bar. Then press Enter."),
            qmark="",
            style=_style(),
            use_jk_keys=False,
            use_search_filter=True,
            erase_when_done=True,
        )
        list_view.let_search(form.application)
        marked = set(_run(form, self._enter))
        _tell(f"{question} {', '.join(label for value, label in choices if value in marked)}")
        return [value for value, _label in choices if value in marked]


def _rule() -> None:
    _tell("─" * (terminal.width() - 2 * len(MARGIN)), style="dim")


def _head(name: str, text: str) -> None:
    from rich.text import Text

    head = Text(terminal.wrap(text, terminal.width(), first=MARGIN, rest=MARGIN))
    head.stylize(f"bold {terminal.ACCENT}", 0, len(MARGIN) + len(name))
    terminal.console().print(head, soft_wrap=True)


def _tell(text: str, label: str = "", *, style: str = "") -> None:
    terminal.say(text, style, first=MARGIN + label, rest=MARGIN + " " * len(label))


def _select(
    message: str,
    rows: Sequence[tuple[str, str]],
    start: int | None,
    stray: StrayEnter,
    *,
    gap: int | None = None,
    keys: Sequence[tuple[str, str]] = (),
    resting: int = -1,
) -> int:
    """Show rows of (key, label) until one is chosen, and return its place; `gap` is the row with a space above it.

    A key of one letter chooses at once, and an Enter after it is left out. `keys` are further places behind the rows,
    reached by their key alone.
    Without a row to start on, the pointer rests on the hint, so that an Enter too many answers nothing, or chooses the
    place that is `resting` there. In a window that has become too low for both, the message stands above, where it can
    be scrolled to.
    """
    import questionary

    if message and not terminal.holds_a_list():
        _tell(message, style="bold")
        message = ""

    edge = max(len(key) for key, _label in rows) + 2
    hint = (
        _("Press a key (? for help), or choose with ↑ and ↓ and Enter.")
        if any(key == Other.HELP.value for key, _label in keys)
        else _("Press a key, or choose with ↑ and ↓ and Enter.")
    )
    rest = questionary.Choice([("", _fold(hint, 3))], resting, shortcut_key=False)
    lines = [
        questionary.Choice(
            [("bold", key.ljust(edge)), ("", _fold(label, 3 + edge))],
            place,
            shortcut_key=key if len(key) == 1 else False,
        )
        for place, (key, label) in enumerate(rows)
    ]
    shown = [rest, *lines]
    if gap is not None and gap < len(rows):
        shown.insert(1 + gap, questionary.Separator(" "))
    if keys:
        shown.append(questionary.Separator(" "))
        shown.append(questionary.Separator(_fold(" · ".join(f"{key} {label}" for key, label in keys), 3)))
    places = {key: place for place, (key, _label) in enumerate((*rows, *keys)) if len(key) == 1}
    picked = -1
    while picked < 0:
        form = questionary.select(
            _fold(message, 1),
            choices=shown,
            default=rest if start is None else lines[start],
            instruction=" ",
            qmark="",
            style=_style(),
            use_shortcuts=len(shown) <= MOST_KEYS,
            use_jk_keys=False,
            erase_when_done=True,
        )
        picked = _run(form, stray, places)
    return picked


def _fold(text: str, edge: int) -> str:
    """Wrap a text that begins in column `edge` and keep its other lines there too."""
    return terminal.wrap(text, terminal.width() - 1, first=" " * edge, rest=" " * edge)[edge:]


def _run(form: questionary.Question, stray: StrayEnter, places: Mapping[str, int] | None = None) -> Any:
    """Show a form and return what was chosen, also while this program has a browser open.

    A key of one of the `places` chooses at once, and where it is none of them, the letter that stops the checks stops
    here too. Playwright keeps an event loop running in this thread; the form then
    gets a thread of its own.
    """
    import asyncio

    from privacyaudit.cli.prompts import list_view

    list_view.arrange(form.application)
    if places and (letter := Move.QUIT.value) not in places:
        list_view.stop_with(form.application, letter, letter.upper())
    if places:
        list_view.answer_at_once(form.application, places, stray)
    list_view.leave_out(form.application, stray)
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
