"""The walkthrough asks what has no answer yet, goes back when it is told to, and loses no reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacyaudit.errors import Stopped
from privacyaudit.model import Check, Checklist, Observation, Reason
from privacyaudit.over_time.known import Last
from privacyaudit.plan import Item
from privacyaudit.readers.answers import AnswersReader
from privacyaudit.readers.ask import AskReader, Move, Question
from tests.support.samples import load

AT = datetime(2026, 11, 22, 10, 2, tzinfo=UTC)
POND = load().checklist
ITEMS = [Item(POND, check) for check in POND.checks]
IDS = [item.check.id for item in ITEMS]

Reply = str | Move | type[BaseException]
Found = dict[str, list[Observation]]


@dataclass
class Script:
    """Gives the replies it was made with; a key that is not an answer comes as it is, at the end the input ends."""

    replies: Iterable[Reply]
    questions: list[Question] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._left: Iterator[Reply] = iter(self.replies)

    def ask(self, question: Question) -> str | Move:
        self.questions.append(question)
        reply = next(self._left, EOFError)
        if isinstance(reply, type):
            raise reply
        return question.check.options[int(reply)].id if isinstance(reply, str) else reply

    def still(self, checklist: Checklist, lasts: Sequence[tuple[Check, Last]]) -> bool:
        raise AssertionError("nothing was audited before")

    @property
    def numbers(self) -> list[int]:
        return [question.number for question in self.questions]


def walk(script: Script, found: Found | None = None, items: list[Item] = ITEMS) -> tuple[Found, bool]:
    """Drive the reader as `audit.run` does; return what was found and whether it was stopped."""
    found = {check: list((found or {}).get(check, ())) for check in IDS}
    try:
        for check, made in AskReader(script).read(items, found):
            found[check] = [o for o in found[check] if o.reader != made.reader] + [made]
    except Stopped:
        return found, True
    return found, False


def replies(found: Found) -> list[str | None]:
    """Return the last reply to each check: an option, a reason or None."""
    return [next(((o.option or o.reason) for o in reversed(found[check]) if o.reader == "ask"), None) for check in IDS]


def said(*values: str | Reason | None) -> Found:
    return {
        check: [
            Observation(reader="ask", reason=value, at=AT)
            if isinstance(value, Reason)
            else Observation(reader="ask", option=value, at=AT)
        ]
        for check, value in zip(IDS, values, strict=False)
        if value
    }


def test_each_check_is_asked_once_in_order() -> None:
    script = Script(["0", "1", "0"])
    found, stopped = walk(script)
    assert replies(found) == ["friends", "on", "review"]
    assert not stopped
    assert script.numbers == [1, 2, 3]
    assert all(question.total == 3 for question in script.questions)


def test_dont_know_and_skip_are_kept_as_reasons() -> None:
    found, stopped = walk(Script([Move.DONT_KNOW, Move.SKIP, "0"]))
    assert replies(found) == [Reason.DONT_KNOW, Reason.SKIPPED, "review"]
    assert not stopped


@pytest.mark.parametrize("end", [Move.QUIT, KeyboardInterrupt, EOFError], ids=["quit", "Ctrl-C", "end of input"])
@pytest.mark.parametrize("given_before", [0, 1, 2])
def test_stopping_keeps_every_answer_that_was_given(end: Reply, given_before: int) -> None:
    found, stopped = walk(Script([*["0"] * given_before, end]))
    assert stopped
    assert replies(found) == ["friends", "off", "review"][:given_before] + [None] * (3 - given_before)


def test_back_at_the_first_question_stays_there() -> None:
    script = Script([Move.BACK, Move.BACK, "0", "0", "0"])
    assert replies(walk(script)[0]) == ["friends", "off", "review"]
    assert script.numbers == [1, 1, 1, 2, 3]


def test_going_back_shows_the_earlier_reply_and_takes_a_new_one() -> None:
    script = Script(["0", Move.DONT_KNOW, Move.BACK, "1", "0"])
    found, _stopped = walk(script)
    assert replies(found) == ["friends", "on", "review"]
    assert [question.earlier for question in script.questions] == [None, None, None, "dont_know", None]
    assert len(found["pond.mail"]) == 1


def test_going_back_over_several_asks_again_only_what_was_gone_back_to() -> None:
    script = Script(["0", "0", Move.BACK, Move.BACK, "1", "0"])
    found, _stopped = walk(script)
    assert script.numbers == [1, 2, 3, 2, 1, 3]
    assert replies(found) == ["everyone", "off", "review"]


def test_skip_on_a_question_that_has_a_reply_keeps_the_reply() -> None:
    script = Script(["0", "1", Move.BACK, Move.SKIP, "0"])
    found, _stopped = walk(script)
    assert replies(found) == ["friends", "on", "review"]
    assert script.numbers == [1, 2, 3, 2, 3]


def test_a_walkthrough_that_was_stopped_goes_on_at_the_first_open_question() -> None:
    script = Script(["0"])
    found, stopped = walk(script, said("everyone", Reason.SKIPPED))
    assert script.numbers == [3]
    assert not stopped
    assert replies(found) == ["everyone", Reason.SKIPPED, "review"]


def test_one_can_go_back_to_the_answers_of_an_earlier_run() -> None:
    script = Script([Move.BACK, Move.BACK, "0", "0"])
    found, _stopped = walk(script, said("everyone", "on"))
    assert script.numbers == [3, 2, 1, 3]
    assert [question.earlier for question in script.questions] == [None, "on", "everyone", None]
    assert replies(found) == ["friends", "on", "review"]


def test_where_everything_has_a_reply_nothing_is_asked() -> None:
    script = Script([])
    assert walk(script, said("friends", "on", "review")) == (said("friends", "on", "review"), False)
    assert script.questions == []
    assert walk(script, items=[]) == ({check: [] for check in IDS}, False)


def test_minutes_count_this_question_and_the_open_ones_after_it() -> None:
    script = Script(["0", "0", Move.BACK, Move.BACK, "0", "0"])
    walk(script)
    assert [question.minutes for question in script.questions] == [4, 3, 1, 3, 2, 1]


def test_a_question_says_why_the_page_could_not_be_read() -> None:
    script = Script(["0", "0", "0"])
    page = [Observation(reader="web", reason=Reason.PAGE_MOVED, at=AT)]
    walk(script, {"pond.mail": page})
    assert [question.trouble for question in script.questions] == [None, Reason.PAGE_MOVED, None]


def test_an_answer_is_asked_again_when_the_page_has_cast_doubt_on_it_since() -> None:
    script = Script(["0", "0"])
    found, _stopped = walk(
        script,
        {
            **said("friends", "on"),
            "pond.profile": [*said("friends")["pond.profile"], Observation(reader="web", reason="ambiguous", at=AT)],
        },
    )
    assert script.numbers == [1, 3]
    assert script.questions[0].earlier == "friends"
    assert replies(found) == ["friends", "on", "review"]


MOVES = st.sampled_from([*"01", *Move, KeyboardInterrupt, EOFError])
BEFORE = st.tuples(*[st.sampled_from([None, item.check.options[0].id, Reason.SKIPPED]) for item in ITEMS])


def reference(moves: list[Reply], before: list[str | None]) -> tuple[list[str | None], list[int], bool]:
    """Walk in the plainest way: one list of replies, one finger on the list."""
    held, at = list(before), 0
    asked: list[int] = []
    while at < len(held) and held[at] is not None:
        at += 1
    for move in [*moves, EOFError]:
        if at >= len(held):
            return held, asked, False
        asked.append(at + 1)
        if move in (Move.QUIT, KeyboardInterrupt, EOFError):
            return held, asked, True
        if move is Move.BACK:
            at -= at > 0
            continue
        if move is Move.DONT_KNOW:
            held[at] = Reason.DONT_KNOW
        elif move is Move.SKIP:
            held[at] = held[at] or Reason.SKIPPED
        elif isinstance(move, str):
            held[at] = ITEMS[at].check.options[int(move)].id
        at += 1
        while at < len(held) and held[at] is not None:
            at += 1
    raise AssertionError("the input has ended, and the walk has not")


@settings(max_examples=3 * settings().max_examples)
@given(st.lists(MOVES, max_size=20), BEFORE)
def test_any_walk_ends_as_a_plain_list_and_a_finger_say(moves: list[Reply], before: tuple[str | None, ...]) -> None:
    script = Script(moves)
    found, stopped = walk(script, said(*before))
    assert (replies(found), script.numbers, stopped) == reference(moves, list(before))


@given(st.lists(MOVES, max_size=20), st.lists(MOVES, max_size=20))
def test_a_stopped_walk_taken_up_again_loses_no_reply(first: list[Reply], second: list[Reply]) -> None:
    found, _stopped = walk(Script(first))
    held = replies(found)
    again = replies(walk(Script([Move.QUIT, *second]), found)[0])
    assert again == held
    once_more = replies(walk(Script(second), found)[0])
    assert all(new is not None for old, new in zip(held, once_more, strict=True) if old is not None)


# -- answers from a file ---------------------------------------------------------------------------


def test_answers_from_a_file_are_given_for_the_checks_in_the_plan_and_no_others() -> None:
    reader = AnswersReader({"pond.tags": "open", "pond.profile": "friends", "lake.profile": "friends"})
    made = list(reader.read(ITEMS, {}))
    assert [(check, o.reader, o.option) for check, o in made] == [
        ("pond.profile", "answers", "friends"),
        ("pond.tags", "answers", "open"),
    ]


def test_an_answer_from_a_file_is_given_beside_what_the_page_showed() -> None:
    page = {"pond.mail": [Observation(reader="web", option="on", at=AT)]}
    assert [o.option for _check, o in AnswersReader({"pond.mail": "off"}).read(ITEMS, page)] == ["off"]
