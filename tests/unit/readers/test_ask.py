"""The walkthrough asks what has no answer yet, goes back when it is told to, and loses no reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacyaudit import effort
from privacyaudit.errors import Stopped
from privacyaudit.model import Device, Observation, Reason
from privacyaudit.plan import Item
from privacyaudit.readers.answers import AnswersReader
from privacyaudit.readers.ask import AskReader
from privacyaudit.readers.questions import Change, Choice, Move, Question, Still, Visit
from privacyaudit.walk import aim, stops
from privacyaudit.walk import seconds as walk_seconds
from tests.support.samples import alter, load

AT = datetime(2026, 11, 22, 10, 2, tzinfo=UTC)
POND = load().checklist
ITEMS = [Item(POND, check) for check in POND.checks]
IDS = [item.check.id for item in ITEMS]

Reply = str | Move | type[BaseException]
Found = dict[str, list[Observation]]


@dataclass
class Script:
    """Gives the replies it was made with; a key that is not an answer comes as it is, at the end the input ends.

    What is to change stays as it is, unless there are `choices`.
    """

    replies: Iterable[Reply]
    choices: Iterable[Choice | Move | type[BaseException]] = ()
    questions: list[Question] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._left: Iterator[Reply] = iter(self.replies)
        self._choices = iter(self.choices)

    def arrive(self, visit: Visit) -> None:
        self.visits.append(visit)

    def ask(self, question: Question) -> str | Move:
        self.questions.append(question)
        reply = next(self._left, EOFError)
        if isinstance(reply, type):
            raise reply
        return question.check.options[int(reply)].id if isinstance(reply, str) else reply

    def change(self, change: Change) -> Choice | Move:
        self.changes.append(change)
        choice = next(self._choices, Choice.LATER)
        if isinstance(choice, type):
            raise choice
        return choice

    def still(self, still: Still) -> bool:
        raise AssertionError("nothing was audited before")

    @property
    def numbers(self) -> list[int]:
        return [1 + IDS.index(question.check.id) for question in self.questions]


def walk(script: Script, found: Found | None = None, items: list[Item] = ITEMS, **more: Any) -> tuple[Found, bool]:
    """Drive the reader as `audit.run` does; return what was found and whether it was stopped."""
    found = {check: list((found or {}).get(check, ())) for check in IDS}
    try:
        for check, made in AskReader(script, "teacher", **more).read(items, found):
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
    assert [question.place for question in script.questions] == [1, 2, 1]


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


def test_the_minutes_of_a_screen_are_those_of_what_is_still_to_ask_from_there_on() -> None:
    script = Script(["0", "0", Move.BACK, Move.BACK, "0", "0"])
    walk(script)
    here, habits = stops(ITEMS, "teacher")
    one_line = here.left(lambda item: item.check.id == "pond.mail")
    assert [visit.minutes for visit in script.visits] == [
        effort.minutes(here.seconds + habits.seconds),
        effort.minutes(habits.seconds),
        effort.minutes(habits.seconds),
        effort.minutes(habits.seconds),
    ]
    assert here.seconds > one_line > habits.seconds
    assert walk_seconds(ITEMS, "teacher") == here.seconds + habits.seconds


def test_what_a_page_or_a_file_has_answered_is_taken_off_the_minutes() -> None:
    script = Script(["0"])
    walk(script, items=ITEMS[2:])
    assert [(visit.number, visit.total) for visit in script.visits] == [(1, 1)]
    assert script.visits[0].minutes == effort.minutes(stops(ITEMS, "teacher")[1].seconds)


# -- screen by screen ------------------------------------------------------------------------------


def test_each_screen_is_shown_once_before_its_first_question() -> None:
    script = Script(["0", "0", "0"])
    walk(script, device=Device.ANDROID)
    assert [(visit.stop.name, visit.number, visit.total) for visit in script.visits] == [
        (("pond", "settings"), 1, 2),
        (("pond", "habits"), 2, 2),
    ]
    assert {visit.device for visit in script.visits} == {Device.ANDROID}
    assert [check.id for check in script.visits[0].checks] == IDS[:2]


def test_going_back_to_a_screen_shows_it_again_with_what_was_said() -> None:
    script = Script(["0", "1", Move.BACK, "0", "0"])
    walk(script)
    assert [visit.stop.name[1] for visit in script.visits] == ["settings", "habits", "settings", "habits"]
    assert script.visits[2].replies == {"pond.profile": "friends", "pond.mail": "on"}


def test_all_of_these_are_so_answers_what_has_no_answer_yet_on_this_screen_and_nothing_else() -> None:
    script = Script([Move.ALL_SO, "1"])
    found, _stopped = walk(script)
    assert replies(found) == ["friends", "off", "open"]
    found, _stopped = walk(Script([Move.DONT_KNOW, Move.BACK, Move.ALL_SO, "1"]))
    assert replies(found) == [Reason.DONT_KNOW, "off", "open"]


def test_all_of_these_are_so_is_offered_while_two_lines_that_were_shown_are_open() -> None:
    script = Script(["0", "0", Move.BACK, Move.BACK])
    walk(script)
    assert [Move.ALL_SO in question.moves for question in script.questions] == [True, False, False, False, False]
    assert all(set(visit.replies) == set() for visit in script.visits[:1])


def test_what_has_no_better_answer_is_asked_all_the_same() -> None:
    free = load(
        alter(
            ("label: I review them, verdict: pass", "label: I review them, verdict: choice"),
            ("screen: habits\n", "screen: settings\n"),
            ("  - { id: habits, title: Your phone }\n", ""),
        )
    ).checklist
    script = Script([Move.ALL_SO, "1"])
    found, _stopped = walk(script, items=[Item(free, check) for check in free.checks])
    assert replies(found) == ["friends", "off", "open"]
    assert script.numbers == [1, 3]


def test_a_screen_that_looks_different_leaves_the_rest_of_it_unknown_for_that_reason_and_goes_on() -> None:
    script = Script(["0", Move.LOOKS_DIFFERENT, "0"])
    found, stopped = walk(script)
    assert replies(found) == ["friends", Reason.LOOKS_DIFFERENT, "review"]
    assert not stopped
    assert replies(walk(Script([Move.LOOKS_DIFFERENT, "0"]))[0])[:2] == [Reason.LOOKS_DIFFERENT] * 2


def test_a_moment_has_no_screen_that_could_look_different() -> None:
    script = Script(["0", "0", "0"])
    walk(script)
    assert [Move.LOOKS_DIFFERENT in question.moves for question in script.questions] == [True, True, False]


def test_a_screen_with_something_to_change_offers_that_when_it_is_left() -> None:
    offered: dict[str, tuple[str, Choice]] = {}
    noted: list[tuple[str, str, Choice]] = []
    script = Script(["1", "1", "1"], [Choice.CHANGED, Choice.LEAVE])
    found, _stopped = walk(script, offered=offered, note=lambda *said: noted.append(said))
    assert [(c.check.id, c.now.id, c.aim.id, c.number, c.total) for c in script.changes] == [
        ("pond.profile", "everyone", "friends", 1, 2),
        ("pond.mail", "on", "off", 2, 2),
    ]
    assert script.numbers == [1, 2, 3]
    [changed], [kept], _tags = (found[check] for check in IDS)
    assert (changed.option, changed.changed_from) == ("friends", "everyone")
    assert (kept.option, kept.changed_from) == ("on", None)
    assert offered == {"pond.mail": ("on", Choice.LEAVE)}
    assert noted == [("pond.mail", "on", Choice.LEAVE)]


def test_after_a_stop_what_was_not_yet_offered_is_offered_first_and_what_was_is_not_again() -> None:
    found, stopped = walk(Script(["1", "1"], [Move.QUIT]))
    assert stopped
    again = Script(["0"], [Choice.CHANGED, Choice.LATER])
    found, _stopped = walk(again, found)
    assert [change.check.id for change in again.changes] == ["pond.profile", "pond.mail"]
    assert (found["pond.profile"][0].option, found["pond.profile"][0].changed_from) == ("friends", "everyone")
    assert again.numbers == [3]
    offered = {"pond.profile": ("everyone", Choice.LATER), "pond.mail": ("on", Choice.LEAVE)}
    last = Script(["0"])
    walk(last, said("everyone", "on"), offered=offered)
    assert last.changes == []
    assert last.numbers == [3]


def test_after_a_stop_one_can_go_back_from_what_is_offered_to_the_questions() -> None:
    again = Script(["0", "0"], [Move.BACK, Choice.LATER])
    found, _stopped = walk(again, said("everyone", "on"))
    assert again.numbers == [2, 3]
    assert replies(found) == ["everyone", "off", "review"]


def test_what_was_put_off_is_not_offered_again_and_another_answer_is() -> None:
    script = Script(["1", "0", Move.BACK, Move.BACK, "1", "0"], [Choice.LATER])
    walk(script)
    assert len(script.changes) == 1
    script = Script(["1", "0", Move.BACK, Move.BACK, "1", "0"], [Choice.CHANGED, Choice.LATER])
    found, _stopped = walk(script)
    assert len(script.changes) == 2
    assert (found["pond.profile"][0].option, found["pond.profile"][0].changed_from) == ("everyone", None)


def test_what_was_changed_stays_so_when_the_new_answer_is_confirmed() -> None:
    found, _stopped = walk(Script(["1", "0", Move.BACK, Move.BACK, "0", "0"], [Choice.CHANGED]))
    assert found["pond.profile"][0].changed_from == "everyone"


def test_from_what_is_to_change_one_can_go_back_to_the_questions_or_stop() -> None:
    script = Script(["1", "0", "0", "0"], [Move.BACK, Choice.LATER])
    walk(script)
    assert script.numbers == [1, 2, 2, 3]
    for end in (Move.QUIT, KeyboardInterrupt, EOFError):
        found, stopped = walk(Script(["1", "1"], [Choice.CHANGED, end]))
        assert stopped
        assert [o.changed_from for o in found["pond.profile"]] == ["everyone"]
        assert replies(found) == ["friends", "on", None]


def test_what_is_a_choice_for_the_role_or_fine_is_not_offered_to_be_changed() -> None:
    script = Script(["0", "0", "1"])
    walk(script)
    assert script.changes == []


def test_how_a_setting_should_be_is_what_its_steps_name_or_else_the_first_that_is_fine() -> None:
    [profile, mail, tags] = POND.checks
    assert [aim(check, "teacher").id for check in (profile, mail, tags)] == ["friends", "off", "review"]  # type: ignore[union-attr]
    named = profile.model_copy(
        update={
            "fix": ("Choose “Mine”, or “Friends”.",),
            "options": (*profile.options, profile.options[0].model_copy(update={"id": "mine", "label": "Mine"})),
        }
    )
    option = aim(named, "teacher")
    assert option
    assert option.id == "mine"


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
        elif move is Move.ALL_SO or move is Move.LOOKS_DIFFERENT:
            for place in (0, 1) if at < 2 else (2,):
                reply = ITEMS[place].check.options[0].id if move is Move.ALL_SO else Reason.LOOKS_DIFFERENT
                held[place] = held[place] or reply
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
