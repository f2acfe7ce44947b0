"""The style with a list to choose from: arrow keys or one key, then Enter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from privacyaudit.cli import terminal
from privacyaudit.cli.prompts import sentences
from privacyaudit.cli.prompts.page import Choices, OpenPage, open_page
from privacyaudit.cli.prompts.sentences import Other
from privacyaudit.i18n import _
from privacyaudit.model import Check, Checklist
from privacyaudit.over_time.known import Last
from privacyaudit.readers.ask import Move, Question

if TYPE_CHECKING:
    import questionary


MARGIN = " "
MOST_KEYS = 36
SIGNS = "»↑↓"
"""What a terminal must be able to show for it."""


@dataclass(frozen=True)
class RichPrompter:
    """Shows each question with a list of answers and moves; arrow keys or a key, then Enter."""

    open_page: OpenPage | None = open_page

    def ask(self, question: Question) -> str | Move:
        """Show one question until it is answered or left. Raises KeyboardInterrupt."""
        options = question.check.options
        ways = sentences.moves(question, self.open_page is not None)
        replies: list[str | Move | Other] = [*(option.id for option in options), *ways]
        rows = [(str(number), _(option.label)) for number, option in enumerate(options, 1)]
        rows += [(way.value, _(sentences.LABELS[way])) for way in ways]
        reply_then = sentences.reply_before(question)
        start = replies.index(reply_then) if reply_then in replies else None
        _show(question)
        while True:
            reply = replies[_select(_(question.check.question), rows, start, gap=len(options))]
            if reply is Other.OPEN:
                _tell(sentences.open_address(question, self.open_page))
                terminal.say()
            elif not isinstance(reply, Other):
                _tell(sentences.said(question, reply))
                return reply

    def still(self, checklist: Checklist, lasts: Sequence[tuple[Check, Last]]) -> bool:
        """Show answers that still count until they are kept or looked at. Raises KeyboardInterrupt."""
        sentence, lines = sentences.still_sentences(checklist, lasts)
        _tell("─" * (terminal.width() - 2 * len(MARGIN)), style="dim")
        _tell(sentence, style="bold")
        for line in lines:
            _tell(line, "· ")
        terminal.say()
        rows = sentences.still_replies()
        picked = _select(sentences.still_question(), rows, 0)
        _tell(rows[picked][1])
        return sentences.stays(rows[picked][0])

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
    way = question.checklist.where(check)
    where = [
        (_("Web"), sentences.address(question)),
        (_("Menu"), " › ".join(_(step) for step in way.menu)),
        (_("iPhone"), " › ".join(_(step) for step in way.ios or ())),
        (_("Android"), " › ".join(_(step) for step in way.android or ())),
    ]
    edge = max(len(label) for label, _path in where) + 2
    name = _(question.checklist.platform.name)
    head = Text(terminal.wrap(f"{name} · {sentences.progress(question)}", terminal.width(), first=MARGIN, rest=MARGIN))
    head.stylize(f"bold {terminal.ACCENT}", 0, len(MARGIN) + len(name))
    _tell("─" * (terminal.width() - 2 * len(MARGIN)), style="dim")
    terminal.console().print(head, soft_wrap=True)
    _tell(sentences.aim(question), style="bold")
    _tell(_(check.why), style="dim")
    if any(path for _label, path in where):
        terminal.say()
    for label, path in where:
        if path:
            _tell(path, label.ljust(edge))
    for sentence in (sentences.asked_because(question), sentences.before(question), sentences.again_because(question)):
        if sentence:
            _tell(sentence)
    terminal.say()


def _tell(text: str, label: str = "", *, style: str = "") -> None:
    terminal.say(text, style, first=MARGIN + label, rest=MARGIN + " " * len(label))


def _select(message: str, rows: Sequence[tuple[str, str]], start: int | None, *, gap: int | None = None) -> int:
    """Show rows of (key, label) until one is chosen, and return its place; `gap` is the row with a space above it.

    Without a row to start on, the pointer rests on the hint, so that an Enter too many answers nothing. In a window
    that has become too low for both, the message stands above, where it can be scrolled to.
    """
    import questionary

    if not terminal.holds_a_list():
        _tell(message, style="bold")
        message = ""

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

    from privacyaudit.cli.prompts import list_view

    list_view.arrange(form.application)
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
