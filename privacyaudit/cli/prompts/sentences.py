"""What is said about a question, whatever it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from privacyaudit import i18n, labels
from privacyaudit.cli.prompts.page import OpenPage, not_opened
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Check, Checklist, Option, Reason, has_address
from privacyaudit.over_time.known import Last
from privacyaudit.readers.ask import Move, Question


class Other(Enum):
    """What a person may type that is neither an answer nor a move: it leads back to the same question."""

    OPEN = "o"
    HELP = "?"


LABELS = {
    Other.OPEN: N_("Open the page in your browser"),
    Move.DONT_KNOW: N_("I don't know"),
    Move.SKIP: N_("Skip"),
    Move.BACK: N_("Back"),
    Move.QUIT: N_("Stop and go on later"),
}


WAYS = {
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


def progress(question: Question) -> str:
    """Say where the person is, and how long the rest takes."""
    return ngettext(
        "{number} of {total}, about {minutes} minute left",
        "{number} of {total}, about {minutes} minutes left",
        question.minutes,
    ).format(number=question.number, total=question.total, minutes=question.minutes)


def aim(question: Question) -> str:
    """Return the title, which says how things should be, so that it does not read as if they already were."""
    return _("The aim: {title}").format(title=_(question.check.title))


def address(question: Question) -> str | None:
    """Return the address of a question's page, or None where it has none that can be opened."""
    address = question.checklist.where(question.check).web
    return address if has_address(address) else None


def asked_because(question: Question) -> str | None:
    """Say why a page could not tell, so that the person is asked."""
    if question.trouble is None:
        return None
    return _("{reason} So we ask you.").format(reason=labels.reason(question.trouble))


def _option_before(question: Question) -> Option | None:
    earlier = question.earlier
    if earlier is None and question.last and question.last.earlier:
        earlier = question.last.earlier.option
    return None if earlier is None or isinstance(earlier, Reason) else question.check.option(earlier)


def reply_before(question: Question) -> str | Move | None:
    """Return what was answered before, to begin with."""
    if option := _option_before(question):
        return option.id
    return _BEFORE[question.earlier][0] if question.earlier in _BEFORE else None


def before(question: Question) -> str | None:
    """Say what was answered before, and when."""
    option = _option_before(question)
    if option and question.earlier is None and question.last and question.last.earlier:
        return _("On {day} the answer was: {label}").format(
            day=i18n.day(question.last.earlier.on), label=_(option.label)
        )
    if option:
        return _("Before, you answered: {label}").format(label=_(option.label))
    return _(_BEFORE[question.earlier][1]) if question.earlier in _BEFORE else None


def again_because(question: Question) -> str | None:
    """Return why a question that an audit before asked is asked again, or that it is new."""
    if question.last is None or question.last.why is None:
        return None
    return labels.why(question.last.why)


def still_sentences(checklist: Checklist, lasts: Sequence[tuple[Check, Last]]) -> tuple[str, list[str]]:
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


def still_question() -> str:
    """Return the question about answers that still count."""
    return _("Is all of this still so?")


def still_replies() -> list[tuple[str, str]]:
    """Return the replies to it, as (key, label)."""
    return [
        ("y", _("Yes. Keep these answers with their days, and do not ask")),
        ("l", _("Let me look: ask them one by one")),
        (Move.QUIT.value, _(LABELS[Move.QUIT])),
    ]


def said(question: Question, reply: str | Move) -> str:
    """Say what a reply did."""
    if isinstance(reply, Move):
        return _(_DONE[reply]) if reply in _DONE else ""
    option = question.check.option(reply)
    return _("You answered: {label}").format(label=_(option.label) if option else reply)


def moves(question: Question, opens: bool) -> list[Move | Other]:
    """Return what a person may do instead of answering."""
    moves: list[Move | Other] = [Move.DONT_KNOW, Move.SKIP, Move.BACK, Move.QUIT]
    if question.number == 1:
        moves.remove(Move.BACK)
    return [Other.OPEN, *moves] if opens and address(question) else moves


def stays(reply: str) -> bool:
    """Tell whether answers that still count stay. Raises KeyboardInterrupt when the person stops."""
    if reply == Move.QUIT.value:
        raise KeyboardInterrupt
    return reply == "y"


def open_address(question: Question, open_page: OpenPage | None) -> str:
    """Open a question's page and say so, or say where it is."""
    link = address(question)
    if link is None or open_page is None:
        return _("This question has no page that we could open.")
    if open_page(link):
        return _("Opened in your browser: {address}").format(address=link)
    return not_opened(link)
