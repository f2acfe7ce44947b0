"""What is said about a screen and its questions, whatever it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from privacyaudit import i18n, labels
from privacyaudit.cli.opening import OpenPage, not_opened
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Check, Device, Option, Reason, has_address
from privacyaudit.over_time.known import Last
from privacyaudit.readers.questions import Change, Choice, Move, Question, Still, Visit

Choices = Sequence[tuple[str, str]]
"""What can be chosen: each with its word for the program, and its words for the person."""


class Other(Enum):
    """What a person may type that is neither an answer nor a move: it leads back to the same question."""

    OPEN = "o"
    HELP = "?"


LABELS = {
    Other.HELP: N_("why"),
    Other.OPEN: N_("open"),
    Move.ALL_SO: N_("All of these are right"),
    Move.LOOKS_DIFFERENT: N_("looks different"),
    Move.DONT_KNOW: N_("don't know"),
    Move.SKIP: N_("skip"),
    Move.BACK: N_("back"),
    Move.QUIT: N_("stop"),
}
"""The words beside a key, in a list or in the line of keys below it."""


WAYS = {
    Other.HELP: N_("{key} to see why"),
    Other.OPEN: N_("{key} to open the page in your browser"),
    Move.ALL_SO: N_("{key} if all of these are right"),
    Move.LOOKS_DIFFERENT: N_("{key} if the screen looks different"),
    Move.DONT_KNOW: N_("{key} if you don't know"),
    Move.SKIP: N_("{key} to skip"),
    Move.BACK: N_("{key} to go back"),
    Move.QUIT: N_("{key} to stop"),
}


CHOICES = (
    (Choice.CHANGED, N_("Changed")),
    (Choice.LATER, N_("Later")),
    (Choice.LEAVE, N_("Leave it as it is")),
)


_DONE = {
    Move.DONT_KNOW: N_("You answered: I don't know"),
    Move.SKIP: N_("Skipped."),
    Move.BACK: N_("Back to the previous question."),
    Move.LOOKS_DIFFERENT: N_("We have noted that this screen looks different."),
}


_CHOSEN = {
    Choice.CHANGED: N_("Changed. We have noted the old setting and the new one."),
    Choice.LATER: N_("Later. It stays on your list."),
    Choice.LEAVE: N_("You left it as it is. It stays on your list of things to change."),
}


_BEFORE: dict[str | None, tuple[Move, str]] = {
    Reason.DONT_KNOW: (Move.DONT_KNOW, N_("Earlier, you answered: I don't know")),
    Reason.SKIPPED: (Move.SKIP, N_("Earlier, you skipped this question.")),
    Reason.LOOKS_DIFFERENT: (Move.SKIP, N_("Earlier, the screen looked different.")),
}


# -- the screen ------------------------------------------------------------------------------------


def name(visit: Visit) -> str:
    """Return the platform of a screen."""
    return _(visit.checklist.platform.name)


def progress(visit: Visit) -> str:
    """Say which screen this is, and how long the rest takes."""
    return ngettext(
        "screen {number} of {total}, about {minutes} minute left",
        "screen {number} of {total}, about {minutes} minutes left",
        visit.minutes,
    ).format(number=visit.number, total=visit.total, minutes=visit.minutes)


def ways(visit: Visit) -> list[tuple[str, Sequence[str]]]:
    """Return how to get to a screen on the device that the person holds, or else on each, as (key, words)."""
    way = visit.way
    web = (way.web or "",) if has_address(way.web) else ()
    every = {
        "web": web,
        "menu": tuple(_(step) for step in way.menu),
        "ios": tuple(_(step) for step in way.ios or ()),
        "android": tuple(_(step) for step in way.android or ()),
    }
    wanted = next((keys for keys in _KEYS[visit.device] if any(every[key] for key in keys)), ())
    return [(key, every[key]) for key in wanted if every[key]]


_BROWSER, _PHONES = ("web", "menu"), ("ios", "android")
_KEYS: dict[Device | None, tuple[tuple[str, ...], ...]] = {
    Device.BROWSER: (_BROWSER, _PHONES),
    Device.IPHONE: (("ios",), _BROWSER, ("android",)),
    Device.ANDROID: (("android",), _BROWSER, ("ios",)),
    None: ((*_BROWSER, *_PHONES),),
}
"""The ways that are shown for a device: the first of these that a screen has."""


def lines(visit: Visit) -> list[tuple[str, str]]:
    """Return what has no reply yet on a screen, as (question, how it should be)."""
    return [(_(check.question), should_be(visit, check)) for check in visit.checks if check.id not in visit.replies]


def should_be(visit: Visit, check: Check) -> str:
    """Return how a setting should be, or that it is a matter of choice."""
    option = visit.aim(check)
    return _(option.label) if option else _("your choice")


# -- a question ------------------------------------------------------------------------------------


def place(question: Question) -> str:
    """Say which question of its screen this is; nothing where it is the only one."""
    total = len(question.visit.checks)
    return _("{number} of {total}").format(number=question.place, total=total) if total > 1 else ""


def row(question: Question) -> list[str]:
    """Return the words of the line of the screen that a question is about."""
    row, device = question.check.row, question.visit.device
    if row is None or len(question.visit.checks) == 1:
        return []
    named = {Device.IPHONE: row.ios, Device.ANDROID: row.android, Device.BROWSER: row.menu}
    wanted = named[device] if device else None
    return [_(word) for word in wanted or row.name or row.menu or row.ios or row.android or ()]


def aim(question: Question) -> str:
    """Return the title, which says how things should be, so that it does not read as if they already were."""
    return _("The aim: {title}").format(title=_(question.check.title))


def whys(question: Question) -> list[str]:
    """Return what is said when somebody asks why."""
    check = question.check
    careful = [_("Before you change it: {caution}").format(caution=_(check.caution))] if check.caution else []
    return [aim(question), _("Why it matters: {why}").format(why=_(check.why)), *careful]


def address(question: Question) -> str | None:
    """Return the address of a question's page, or None where it has none that can be opened."""
    address = question.checklist.where(question.check).web
    return address if has_address(address) else None


def asked_because(question: Question) -> str | None:
    """Say why a page could not tell, so that the person is asked."""
    if question.trouble is None:
        return None
    return _("{reason} So we are asking you.").format(reason=labels.reason(question.trouble))


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
        return _("Earlier, you answered: {label}").format(label=_(option.label))
    return _(_BEFORE[question.earlier][1]) if question.earlier in _BEFORE else None


def again_because(question: Question) -> str | None:
    """Return why a question that an audit before asked is asked again, or that it is new."""
    if question.last is None or question.last.why is None:
        return None
    return labels.why(question.last.why)


def notes(question: Question) -> list[str]:
    """Return what is known about a question: why it is asked, and what was said before."""
    every = (asked_because(question), before(question), other_answer(question), again_because(question))
    return [one for one in every if one]


def other_answer(question: Question) -> str | None:
    """Say what an answers file holds, where the person said something else before."""
    option = question.check.option(question.from_file or "")
    return _("Your answers file says something else: {label}").format(label=_(option.label)) if option else None


def said(question: Question, reply: str | Move) -> str:
    """Say what a reply did."""
    if reply is Move.ALL_SO:
        count = sum(
            check.id not in question.visit.replies and question.visit.aim(check) is not None
            for check in question.visit.checks
        )
        return ngettext(
            "You said that {number} setting is right.", "You said that {number} settings are right.", count
        ).format(number=count)
    if isinstance(reply, Move):
        return _(_DONE[reply]) if reply in _DONE else ""
    option = question.check.option(reply)
    return _("You answered: {label}").format(label=_(option.label) if option else reply)


def moves(question: Question, opens: bool) -> list[Move | Other]:
    """Return what a person may do instead of answering, but for *all of these are so*."""
    others: list[Move | Other] = [Other.HELP, *([Other.OPEN] if opens and address(question) else [])]
    return [*others, *(move for move in question.moves if move is not Move.ALL_SO)]


def letters(question: Question, others: Sequence[Move | Other]) -> str:
    """Say what each letter does."""
    every = [*([Move.ALL_SO] if Move.ALL_SO in question.moves else []), *others]
    ways = ", ".join(_(WAYS[move]).format(key=move.value) for move in every if move is not Other.HELP)
    return _("Type a number, or {ways}.").format(ways=ways)


def open_address(question: Question, open_page: OpenPage | None) -> str:
    """Open a question's page and say so, or say where it is."""
    link = address(question)
    if link is None or open_page is None:
        return _("There is no page to open for this question.")
    if open_page(link):
        return _("Opened in your browser: {address}").format(address=link)
    return not_opened(link)


# -- what is to change now -------------------------------------------------------------------------


def change_now(change: Change) -> str:
    """Return the heading above what is to change on a screen."""
    return ngettext(
        "Change this one now, while you are there", "Change these {number} now, while you are there", change.total
    ).format(number=change.total)


def from_to(change: Change) -> str:
    """Say how a setting stands and how it should be."""
    return _("{question} Now: {now}. Should be: {aim}.").format(
        question=_(change.check.question), now=_(change.now.label), aim=_(change.aim.label)
    )


def steps(change: Change) -> list[str]:
    """Return the steps of a change, and what to know before."""
    careful = [_("Before you start: {caution}").format(caution=_(change.check.caution))] if change.check.caution else []
    return [*(_(step) for step in change.check.fix), *careful]


def chosen(choice: Choice) -> str:
    """Say what a choice means."""
    return _(_CHOSEN[choice])


# -- what still counts -----------------------------------------------------------------------------


def still_sentences(still: Still) -> tuple[str, list[str]]:
    """Return what is said about answers that still count, and a line for each."""
    count = len(still.lasts)
    sentence = ngettext(
        "{number} answer from an earlier audit still counts.",
        "{number} answers from earlier audits still count.",
        count,
    ).format(number=count)
    return sentence, [_still_line(check, last) for check, last in still.lasts]


def _still_line(check: Check, last: Last) -> str:
    option = check.option(last.earlier.option) if last.earlier else None
    if last.earlier is None or option is None:
        return _(check.title)
    return _("{question} {label} ({day})").format(
        question=_(check.question), label=_(option.label), day=i18n.day(last.earlier.on)
    )


def still_question() -> str:
    """Return the question about answers that still count."""
    return _("Is all of this still true?")


def still_replies() -> list[tuple[str, str]]:
    """Return the replies to it, as (key, label)."""
    return [
        ("y", _("Yes, all of it. Keep these answers with their dates")),
        ("l", _("Ask me one by one")),
        (Move.QUIT.value, _("Stop and continue later")),
    ]


def stays(reply: str) -> bool:
    """Tell whether answers that still count stay. Raises KeyboardInterrupt when the person stops."""
    if reply == Move.QUIT.value:
        raise KeyboardInterrupt
    return reply == "y"
