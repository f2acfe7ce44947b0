"""A teacher with Facebook, Instagram, WhatsApp and TikTok at a real terminal, who counts what they press and read.

They reply as is written down for a question, or else with what should be, by the catalogue.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest

from benchmarks.bench_person import KEYS, ROLE, SERVICES, TYPED, seconds_to_first_question
from privacyaudit import effort
from privacyaudit.catalogue import loading
from privacyaudit.cli.prompts.stray_enter import SOON_S
from privacyaudit.model import Check, Verdict
from privacyaudit.plan import plan
from privacyaudit.walk import Stop, aim, stops
from tests.support.on_the_way import ENDS, changing, without_spaces
from tests.support.terminal import ENTER, SPACE, Terminal

ALL_SO, DIFFERENT, WHY = "a", "l", "?"
CHANGED, LATER, LEAVE = "1", "2", "3"
Asked = tuple[str, str]
"""Whether it is a question or a change, and the id of its check."""
Answer = tuple[str | None, str | None, str | None]
"""What a record holds for a check: the option, or the reason, and how it was before it was changed."""
Replies = dict[Asked, list[str]]


def way(*, quick: bool) -> tuple[Stop, ...]:
    catalogue = loading.catalogue()
    return stops(plan([catalogue.checklist(name) for name in SERVICES], ROLE, {}, quick=quick).items, ROLE)


def checks(way: Iterable[Stop]) -> list[Check]:
    return [item.check for stop in way for item in stop.items]


def fine(check: Check) -> str:
    option = aim(check, ROLE)
    return option.id if option else check.options[0].id


def wrong(check: Check) -> str:
    return next((option.id for option in check.options if option.verdict_for(ROLE) is Verdict.FAIL), "")


def key(check: Check, option: str) -> str:
    return str(1 + [one.id for one in check.options].index(option))


@dataclass
class Teacher:
    """Somebody at a terminal, who counts what they press and read."""

    window: Terminal
    style: str
    size: tuple[int, int]
    way: Sequence[Stop]
    asked: list[Asked] = field(default_factory=list)
    keys: int = 0
    enters: int = 0
    """Of the keys, those that end a line of the plain style: the model of a person's time has lists."""
    words: int = 0
    fresh: int = 0
    """Of the words, those in lines that had not stood there before, as the line of keys has below every question."""
    lines: set[str] = field(default_factory=set)
    seen: tuple[int, int] = (0, 0)
    shown: str = ""

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self.words, self.fresh, self.seen = self.words + self.seen[0], self.fresh + self.seen[1], (0, 0)
        self.lines.update(self.shown.splitlines())
        self.window.send(*keys)

    def reply(self, key: str) -> None:
        """Press a key, which answers at once in a list, and needs Enter in the plain style."""
        self.press(*[*key, ENTER] if self.style == "plain" else key)
        self.enters += self.style == "plain"

    def see(self, *ends: str, text: str = "") -> str:
        """Wait until there is something new with a text, nothing moves and it ends so; return all without spaces."""

        polls = [self.shown]

        def still() -> bool:
            polls.append(self.window.everything().rstrip())
            if polls[-1] != polls[-2] or polls[-1] == self.shown:
                return False
            flat = without_spaces(polls[-1])
            return self.window.has_ended or (flat.endswith(ends) and text in flat)

        self.window.wait_until(still, f"{text!r} and an end of {ends}")
        now = polls[-1]
        before, lines = self.shown.splitlines(), now.splitlines()
        same = next((n for n, pair in enumerate(zip(before, lines, strict=False)) if pair[0] != pair[1]), len(before))
        more = lines[same:]
        self.seen = _words(more), _words(line for line in dict.fromkeys(more) if line not in self.lines)
        self.shown = now
        return without_spaces(now)

    def begin(self, *, chooses_time: bool) -> None:
        """Say who they are, what they use, how much time they have and where they look."""
        catalogue = loading.catalogue()
        rich = self.style == "rich"
        self.see("Youranswer:", without_spaces(f"{len(catalogue.roles)}  {catalogue.roles[-1].name}"))
        self.reply(str(1 + [role.id for role in catalogue.roles].index(ROLE)))
        self.see("" if rich else "Youranswer:", text="Whichofthesedoyouuse")
        if rich:
            seen = time.monotonic()
            self.press(*(SPACE if letter == " " else letter for word in TYPED for letter in word))
            self.window.wait_until(lambda: time.monotonic() > seen + SOON_S, "an Enter that is meant")
            self.press(ENTER)
        else:
            names = [catalogue.checklist(name).checklist.platform.name for name in SERVICES]
            numbers = {name: number for number, name in re.findall(r"^(\d+)\. (.+)$", self.shown, re.MULTILINE)}
            self.reply(",".join(numbers[name] for name in names))
        self.see("Youranswer:", "nNo", text="private")
        self.press(ENTER)
        if chooses_time:
            self.see("Youranswer:", ")", text="10minutes")
            self.press(ENTER)
        self.see("Youranswer:", "Androidphone")
        self.reply("2")

    def next(self) -> Asked | None:
        """Wait for the next question or change and return it, None after the last one."""
        flat = self.see(*ENDS, "nNo")
        if self.window.has_ended or "Isthisyourowncomputer" in flat:
            return None
        number, total = re.findall(r"screen(\d+)of(\d+),about", flat)[-1]
        assert int(total) == len(self.way)
        here = checks([self.way[int(number) - 1]])
        questions = [(flat.rfind(one), one) for one in (without_spaces(check.question) for check in here)]
        place, question = max(questions, key=lambda one: (one[0] + len(one[1]), len(one[1])))
        check, change, now = here[questions.index((place, question))], changing(flat[place:]), flat[place:]
        texts = [check.question, *(check.fix if change else [option.label for option in check.options])]
        assert [text for text in texts if without_spaces(text) not in now] == []
        assert set(" ".join(texts).split()) <= set(self.shown.split()), "a word was cut"
        self.asked.append(("change" if change else "question", check.id))
        return self.asked[-1]

    def look_again(self) -> None:
        """Wait for the question at which they stopped; what stands there is not counted twice."""
        self.see(*ENDS)
        self.seen = 0, 0
        self.shown += "\n"

    def go(self, replies: Replies, *, all_so: bool = False) -> Teacher:
        """Reply as it is written down, or else what should be, until the end, or until they stop; keep nothing."""
        by_id = {check.id: (check, stop) for stop in self.way for check in checks([stop])}
        while asked := self.next():
            check, stop = by_id[asked[1]]
            if replies.get(asked):
                self.reply(replies[asked].pop(0))
            elif asked[0] == "change":
                self.reply(CHANGED)
            else:
                self.reply(ALL_SO if all_so and check == many(stop) else key(check, fine(check)))
        assert not any(replies.values())
        assert self.window.has_ended or max(map(len, self.shown.splitlines())) <= self.size[0]
        stopped = self.window.has_ended
        if not stopped:
            self.window.send("n", *([ENTER] if self.style == "plain" else []))
        assert self.window.end() == (130 if stopped else 0)
        return self


def _words(lines: Iterable[str]) -> int:
    """Count words, and not the keys and signs that stand alone."""
    return sum(len(word) > 1 or word in "aI" for line in lines for word in line.split())


def many(stop: Stop) -> Check | None:
    """Return the first check of a screen where several are how they should be, with one key."""
    return stop.items[0].check if sum(aim(check, ROLE) is not None for check in checks([stop])) > 1 else None


def model(way: Sequence[Stop], changes: Sequence[Check], patch: pytest.MonkeyPatch) -> tuple[int, int, float]:
    """Return the keys, the words and the minutes of the model, the way to the first question included."""

    def seconds(name: str, value: float) -> float:
        with patch.context() as patched:
            patched.setattr(effort, name, value)
            return sum(stop.left(lambda _item: True) for stop in way) + sum(map(effort.changing, changes))

    begun_keys, begun = KEYS + len("".join(TYPED)), seconds_to_first_question()
    keys = seconds("KEY_S", 1) - seconds("KEY_S", 0)
    words = seconds("WORDS_A_MINUTE", 30) - seconds("WORDS_A_MINUTE", 60)
    words += (begun - begun_keys * effort.KEY_S) * effort.WORDS_A_MINUTE / 60
    return begun_keys + round(keys), round(words), (begun + seconds("KEY_S", effort.KEY_S)) / 60


def compare(
    name: str, teachers: Sequence[Teacher], changes: Sequence[Check], patch: pytest.MonkeyPatch, more: int = 0
) -> None:
    """Tell what it took beside the model; it may take no more keys, but for so many that the model leaves out."""
    keys, words, minutes = model(teachers[0].way, changes, patch)
    pressed, enters = sum(one.keys for one in teachers), sum(one.enters for one in teachers)
    read, fresh = sum(one.words for one in teachers), sum(one.fresh for one in teachers)
    style, (columns, rows) = teachers[0].style, teachers[0].size
    print(f"\n{name}, model: {keys} keys, {words} words, {minutes:.1f} minutes; ", end="")
    print(f"terminal, {style} {columns}x{rows}: {pressed} keys ({enters} Enter after a line), ", end="")
    print(f"{read} words, {fresh} in lines that had not stood there before")
    assert pressed - enters <= keys + more
