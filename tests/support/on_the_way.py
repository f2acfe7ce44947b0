"""The way through an audit in a real terminal: which question waits, and putting off what is to change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privacyaudit.model import Check
from tests.support.terminal import ENTER, Terminal

ENDS = ("Youranswer:", "qstop")
"""How a question ends, in both styles, without its spaces."""
LATER = "Later.Itstays"


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def last_shown(window: Terminal, checks: Sequence[Check]) -> tuple[int, str]:
    """Return the number of the question that was shown last, and what stands there from it on, without spaces."""
    shown = without_spaces(window.everything())
    places = {shown.rfind(without_spaces(check.question)): number for number, check in enumerate(checks, 1)}
    return places[max(places)], shown[max(places) :]


def wait_for_question(window: Terminal, checks: Sequence[Check], number: int) -> None:
    """Wait until this question waits for a reply; what is to change is put off on the way."""

    def asked() -> bool:
        put_off(window)
        now, shown = last_shown(window, checks)
        return now == number and shown.endswith(ENDS) and not changing(shown)

    window.wait_until(asked, f"question {number}")


def put_off(window: Terminal) -> None:
    """Put off what is to change, where that is asked."""
    shown = without_spaces(window.everything())
    if changing(shown):
        window.reply("2")
        before = shown.count(LATER)
        window.wait_until(lambda: without_spaces(window.everything()).count(LATER) > before, "the next question")


def put_off_until(window: Terminal, text: str) -> None:
    """Put off what is to change after the last question, until the window shows a text."""

    def there() -> bool:
        put_off(window)
        return text in window.screen()

    window.wait_until(there, repr(text))


def keep_all_until(window: Terminal, text: str) -> int:
    """Say that all is still so on each screen, until the window shows a text, and return on how many that was asked."""
    kept = 0

    def there() -> bool:
        nonlocal kept
        shown = without_spaces(window.everything())
        if len(re.findall(r"audits?stillcounts?\.", shown)) > kept and shown.endswith(
            ("Youranswer:", "Stopandcontinuelater")
        ):
            kept += 1
            plain = shown.endswith("Youranswer:")
            window.send("y", *([ENTER] if plain else []))  # a late Enter would answer the next list
        return text in window.screen()

    window.wait_until(there, repr(text))
    return kept


def end(window: Terminal) -> int:
    """Put off what is to change after the last question, wait for the end and return the exit code."""

    def ended() -> bool:
        put_off(window)
        return window.has_ended

    window.wait_until(ended, "the end")
    return window.end()


def changing(shown: str) -> bool:
    """Tell whether what is shown, without its spaces, waits for what to do about something that is to change."""
    last = shown[max(shown.rfind("Pressakey"), shown.rfind("Whatwouldyouliketodo?")) :]
    return "Leaveitasitis" in last and LATER not in last and last.endswith(ENDS)
