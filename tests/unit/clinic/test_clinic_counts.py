"""What a clinic counts, and that nothing it tells settles a number under five, however it is put together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacyaudit.clinic import counts, tickets
from privacyaudit.clinic.counts import Counted, Line, NotAShareError, Row, Share, Sheet, Tally
from privacyaudit.clinic.hiding import SMALL, Span, Told, for_board, for_report, moment, settles
from privacyaudit.model import Verdict

PASS, FAIL, CHOICE = Verdict.PASS, Verdict.FAIL, Verdict.CHOICE
VERDICTS = {"off": PASS, "on": FAIL, "some": CHOICE}
A, B = "photobook.a", "photobook.b"
KEY = b"k" * 32


def sheet(*checks: str) -> Sheet:
    return Sheet({check: Line("photobook", check, 1, VERDICTS) for check in checks}, len(checks))


class Members:
    """Members of a clinic who share one after the other."""

    def __init__(self, *checks: str) -> None:
        self.tally = Tally(sheet(*(checks or (A,))), KEY)
        self.number = 0

    def before(self, **answers: str) -> str:
        self.number += 1
        self.tally.add(Share(f"t{self.number}", "before", named(answers), {}))
        return f"t{self.number}"

    def many(self, number: int, **answers: str) -> list[str]:
        return [self.before(**answers) for _number in range(number)]

    def after(self, ticket: str, earlier: dict[str, str], **answers: str) -> bool:
        return self.tally.add(Share(ticket, "after", named(answers), named(earlier)))

    def row(self, check: str = A) -> Row:
        return next(row for row in self.tally.report() if row.line.check == check)

    def on_board(self, check: str = A) -> Row:
        return next(row for row in self.tally.board() if row.line.check == check)


def named(answers: dict[str, str]) -> dict[str, str]:
    return {f"photobook.{check}": option for check, option in answers.items()}


# -- counting --------------------------------------------------------------------------------------


def test_a_share_counts_one_person_and_one_for_each_verdict() -> None:
    members = Members(A, B)
    members.before(a="on", b="off")
    members.before(a="on")
    assert members.tally.people == 2
    assert vars(members.tally.checks[A]) | {"told": 2, "to_change": 2} == vars(members.tally.checks[A])
    assert vars(members.tally.checks[B]) | {"told": 1, "to_change": 0} == vars(members.tally.checks[B])


def test_a_second_share_of_the_same_person_is_refused_and_changes_nothing() -> None:
    members = Members()
    ticket = members.before(a="on")
    assert not members.tally.add(Share(ticket, "before", {A: "off"}, {}))
    assert members.after(ticket, {"a": "on"}, a="off")
    assert not members.after(ticket, {"a": "on"}, a="off")
    assert not members.tally.add(Share(ticket, "before", {A: "on"}, {}))
    assert (members.tally.people, members.tally.again, members.tally.checks[A].fixed) == (1, 1, 1)


def test_who_shares_only_afterwards_is_counted_with_what_they_answered_before() -> None:
    members = Members(A, B)
    assert members.after("t", {"a": "on", "b": "on"}, a="off", b="on")
    counted = members.tally.checks
    assert (members.tally.people, counted[A].to_change, counted[A].fixed) == (1, 1, 1)
    assert (counted[B].to_change, counted[B].fixed) == (1, 0)


@pytest.mark.parametrize(
    ("earlier", "now", "fixed"),
    [("on", "off", 1), ("on", "on", 0), ("on", "some", 0), ("off", "off", 0), ("some", "off", 0)],
)
def test_only_what_had_to_be_changed_and_is_fine_now_counts_as_changed(earlier: str, now: str, fixed: int) -> None:
    members = Members()
    members.after("t", {"a": earlier}, a=now)
    assert members.tally.checks[A].fixed == fixed


def test_nothing_is_remembered_of_a_share_but_two_hashes() -> None:
    members = Members()
    members.after("a-canary-ticket", {"a": "on"}, a="off")
    assert "canary" not in repr(members.tally)
    assert sorted(map(len, members.tally.used)) == [64, 64]


# -- reading a share -------------------------------------------------------------------------------

GOOD: dict[str, Any] = {"ticket": "t", "phase": "before", "answers": {A: "on"}}


@pytest.mark.parametrize(
    "change",
    [
        {"ticket": 7},
        {"ticket": "t" * 61},
        {"ticket": "tícket"},
        {"phase": "later"},
        {"phase": ["before"]},
        {"answers": None},
        {"answers": [A]},
        {"answers": {"photobook.unknown": "on"}},
        {"answers": {A: "unknown"}},
        {"answers": {A: None}},
        {"answers": {A: {"on": 1}}},
        {"earlier": {A: "on"}},
        {"name": "Robin"},
        {"phase": "after"},
        {"phase": "after", "earlier": {A: "unknown"}},
    ],
    ids=str,
)
def test_a_share_with_anything_wrong_is_refused_whole(change: dict[str, Any]) -> None:
    with pytest.raises(NotAShareError):
        counts.read(json.dumps(GOOD | change).encode(), sheet(A))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        b"[]",
        b"7",
        b"{",
        b"[" * 16000,
        b'{"ticket": "t", "phase": "before", "answers": {"photobook.a": "on", "photobook.a": "off"}}',
        b'{"ticket": "t", "phase": "before", "answers": {"photobook.a": NaN}}',
        b'{"ticket": "t", "ticket": "u", "phase": "before", "answers": {"photobook.a": "on"}}',
    ],
)
def test_what_is_no_share_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAShareError):
        counts.read(raw, sheet(A))


def test_more_checks_than_one_person_is_asked_are_refused() -> None:
    page = Sheet(sheet(A, B).lines, most=1)
    assert counts.read(json.dumps(GOOD).encode(), page).answers == {A: "on"}
    with pytest.raises(NotAShareError):
        counts.read(json.dumps(GOOD | {"answers": {A: "on", B: "on"}}).encode(), page)


def test_a_share_without_an_answer_counts_nobody() -> None:
    members = Members()
    with pytest.raises(NotAShareError):
        members.before()
    assert (members.tally.people, members.tally.used) == (0, set())


# -- what is told, at the edges --------------------------------------------------------------------


def test_under_ten_people_nothing_is_told_and_at_ten_something() -> None:
    members = Members()
    members.many(9, a="on")
    assert members.row() == Row(members.row().line, None, None, None)
    assert members.on_board().to_change is None
    members.before(a="off")
    assert members.row().to_change == Span(6, 10)
    assert members.on_board().to_change == Span(5, 10)


@pytest.mark.parametrize(
    ("failing", "told"),
    [(0, Span(0, 4)), (4, Span(0, 4)), (5, Span(5, 5)), (15, Span(15, 15)), (16, Span(16, 20)), (20, Span(16, 20))],
)
def test_four_is_hidden_five_is_told_and_so_is_what_leaves_five(failing: int, told: Span) -> None:
    members = Members()
    for number in range(20):
        members.before(a="off" if number < 20 - failing else "on")
    assert members.row().to_change == told


def test_how_many_answered_is_told_only_where_it_is_five_away_from_everything() -> None:
    for told, shown in ((10, None), (14, None), (15, 15), (20, 20), (21, None), (25, None)):
        members = Members(A, B)
        for number in range(25):
            turn = (number * 7) % 25
            answers = {"b": "off"} | ({"a": "on" if turn < 10 else "off"} if turn < told else {})
            members.before(**answers)
        assert members.row().to_change is not None
        assert members.row().told == shown, told


def test_how_many_changed_it_is_told_only_when_ten_shared_again_and_five_did_not_change_it() -> None:
    members = Members()
    people = members.many(30, a="on")
    for number, ticket in enumerate(people[:9]):
        members.after(ticket, {"a": "on"}, a="off" if number < 7 else "on")
    assert members.row().fixed is None
    members.after(people[9], {"a": "on"}, a="on")
    assert members.row().fixed == Span(6, 10)
    for ticket in people[10:12]:
        members.after(ticket, {"a": "on"}, a="on")
    assert members.row().fixed == Span(7, 7)


def test_where_all_who_could_change_it_did_nothing_is_told_about_it() -> None:
    members = Members()
    people = members.many(6, a="on") + members.many(14, a="off")
    for ticket in people[:6]:
        members.after(ticket, {"a": "on"}, a="off")
    for ticket in people[6:]:
        members.after(ticket, {"a": "off"}, a="off")
    assert members.row().to_change is not None
    assert members.row().fixed is None


def test_a_made_up_second_share_cannot_show_more_changed_than_there_was_to_change() -> None:
    members = Members()
    for ticket in members.many(20, a="off"):
        members.after(ticket, {"a": "on"}, a="off")
    assert members.row().to_change == Span(0, 4)
    assert members.row().fixed is None


# -- subtraction -----------------------------------------------------------------------------------


@pytest.mark.parametrize("people", range(1, 40))
def test_the_board_before_and_after_one_person_tells_nothing_about_them(people: int) -> None:
    if moment(people + 1):
        return
    boards = []
    for option in ("on", "off"):
        members = Members()
        for number in range(people):
            members.before(a="on" if number % 2 else "off")
        earlier = members.on_board()
        members.before(a=option)
        boards.append(members.on_board())
        assert members.on_board() == earlier
    assert boards[0] == boards[1]


def paths(people: int) -> Iterator[tuple[tuple[int, ...], tuple[Told, ...]]]:
    """Yield every way in which a count can have grown: its value at each moment and at the end, and the board."""
    sizes = [0, *(size for size in range(1, people + 1) if moment(size)), people]

    def grow(step: int, value: int, told: tuple[Told, ...]) -> Iterator[tuple[tuple[int, ...], tuple[Told, ...]]]:
        if step == len(sizes):
            yield (), told
            return
        last = step == len(sizes) - 1
        for more in range(sizes[step] - sizes[step - 1] + 1):
            now = value + more
            seen = told if last else (*told, Told(sizes[step], for_board(now, sizes[step])))
            for rest, whole in grow(step + 1, now, seen):
                yield (now, *rest), whole

    return grow(1, 0, ())


@pytest.mark.parametrize("people", [*range(10, 20), 21, 24])
def test_no_board_and_report_settle_a_number_under_five_tried_on_every_clinic_there_can_be(people: int) -> None:
    sizes = [0, *(size for size in range(1, people + 1) if moment(size)), people]
    same = defaultdict(list)
    for values, board in paths(people):
        same[(board, for_report(values[-1], people, board))].append((0, *values))
    assert len(same) >= 3
    for told, ways in same.items():
        for first in range(len(sizes)):
            for last in range(first + 1, len(sizes)):
                group = sizes[last] - sizes[first]
                found = {way[last] - way[first] for way in ways}
                if group and len(found) == 1:
                    [number] = found
                    assert number >= SMALL, (told, first, last)
                    assert group - number >= SMALL, (told, first, last)


def test_a_report_without_this_care_would_be_found() -> None:
    board = (Told(10, Span(5, 10)), Told(15, Span(5, 9)))
    assert settles(16, board, Span(5, 5))  # nobody since the tenth had it to change
    assert settles(16, board, Span(10, 10))  # the last person had
    assert not settles(16, board, Span(5, 6))
    assert settles(12, (), Span(11, 11))  # one of twelve had not


Step = tuple[bool, bool, bool]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=10, max_size=23), st.randoms())
def test_no_figures_of_to_change_and_changed_together_settle_a_number_under_five(steps: list[Step], dice: Any) -> None:
    """Somebody who knows how many shared again, and when, tries every clinic that would have told the same.

    `steps` are people: had it to change, shares again, changed it. Those who share again do so at random moments.
    """
    order: list[tuple[str, int]] = [("before", number) for number in range(len(steps))]
    for number, (_fails, again, _fixes) in enumerate(steps):
        if again:
            order.insert(dice.randint(order.index(("before", number)) + 1, len(order)), ("after", number))
    told = play(order, steps)
    small = Attack([kind for kind, _number in order], told)
    assert small.settled() == []


def play(order: Sequence[tuple[str, int]], steps: Sequence[Step]) -> Row:
    members = Members()
    for kind, number in order:
        fails, _again, fixes = steps[number]
        option = "on" if fails else "off"
        if kind == "before":
            members.tally.add(Share(f"t{number}", "before", {A: option}, {}))
        else:
            members.after(f"t{number}", {"a": option}, a="off" if fixes else option)
    row = members.row()
    board = members.tally.checks[A]
    return row._replace(line=row.line._replace(check=repr((board.board_to_change, board.board_fixed))))


State = tuple[int, int]


class Attack:
    """Every pair (to change, changed) that a clinic can have had after each share, given all that was told of it."""

    def __init__(self, kinds: Sequence[str], told: Row) -> None:
        self.kinds = kinds
        self.told = told
        board_to_change, board_fixed = eval(told.line.check, {"Told": Told, "Span": Span})
        self.boards = {one.people: one.span for one in board_to_change}
        self.fixes = {one.people: one.span for one in board_fixed}
        forwards: list[set[State]] = [{(0, 0)}]
        for step in range(len(kinds)):
            forwards.append({after for state in forwards[-1] for after in self.moves(step, state)})
        last = {state for state in forwards[-1] if self.reported(state)}
        assert last
        self.possible: list[set[State]] = [last]
        for step in reversed(range(len(kinds))):
            later = self.possible[0]
            self.possible.insert(0, {state for state in forwards[step] if later & set(self.moves(step, state))})

    def moves(self, step: int, state: State) -> Iterator[State]:
        people = self.kinds[: step + 1].count("before")
        again = self.kinds[: step + 1].count("after")
        failing, fixed = state
        for more in (0, 1):
            new = (failing + more, fixed) if self.kinds[step] == "before" else (failing, fixed + more)
            if new[1] > new[0]:
                continue
            kind, size = (self.boards, people) if self.kinds[step] == "before" else (self.fixes, again)
            span = kind.get(size) if moment(size) else None
            value = new[0] if self.kinds[step] == "before" else new[1]
            if span is None or (span.low <= value <= span.high):
                yield new

    def reported(self, state: State) -> bool:
        failing, fixed = state
        spans = ((self.told.to_change, failing), (self.told.fixed, fixed))
        return all(span is None or span.low <= value <= span.high for span, value in spans)

    def settled(self) -> list[tuple[str, int]]:
        """Return the numbers under five that are settled: who came between two moments, and what is left over."""
        found = []
        people = self.kinds.count("before")
        series: tuple[tuple[str, Literal[0, 1], dict[int, Span]], ...] = (
            ("before", 0, self.boards),
            ("after", 1, self.fixes),
        )
        for kind, part, sizes in series:
            marks = [0, *(self.at(kind, size) for size in sizes), len(self.kinds)]
            for first, last in pairwise(marks):
                group = self.kinds[first:last].count(kind)
                values = self.differences(first, last, part)
                if group and len(values) == 1 and (min(values) < SMALL or (part == 0 and group - min(values) < SMALL)):
                    found.append((f"{kind} {first}-{last}", min(values)))
        ends = self.possible[-1]
        left = {failing - fixed for failing, fixed in ends}
        rest = {people - failing for failing, _fixed in ends}
        for name, values in (("not changed", left), ("fine", rest), ("to change", {f for f, _ in ends})):
            if len(values) == 1 and min(values) < SMALL and people >= 10 and self.told.to_change:
                found.append((name, min(values)))
        return found

    def at(self, kind: str, size: int) -> int:
        seen = 0
        for step, one in enumerate(self.kinds):
            seen += one == kind
            if seen == size:
                return step + 1
        raise AssertionError

    def differences(self, first: int, last: int, part: Literal[0, 1]) -> set[int]:
        reached = {state: {state[part]} for state in self.possible[first]}
        for step in range(first, last):
            onwards: dict[State, set[int]] = defaultdict(set)
            for state, starts in reached.items():
                for after in self.moves(step, state):
                    if after in self.possible[step + 1]:
                        onwards[after] |= starts
            reached = onwards
        return {state[part] - start for state, starts in reached.items() for start in starts}


def test_the_attack_finds_what_is_told_without_care() -> None:
    members = Members()
    line = members.row().line._replace(check=repr(([Told(10, Span(5, 10))], [])))
    assert Attack(["before"] * 11, Row(line, None, Span(11, 11), None)).settled()
    assert Attack(["before"] * 11, Row(line, None, Span(7, 11), None)).settled() == []


@given(st.integers(10, 200), st.data())
def test_the_report_always_tells_the_truth(people: int, data: st.DataObject) -> None:
    counted: list[Told] = []
    value = 0
    for size in (size for size in range(10, people + 1) if moment(size)):
        value += data.draw(st.integers(0, 5 if counted else 10))
        counted.append(Told(size, for_board(value, size)))
        assert counted[-1].span.low <= value <= counted[-1].span.high
    value += data.draw(st.integers(0, people % 5))
    span = for_report(value, people, tuple(counted))
    assert span.low <= value <= span.high


def test_totals_are_made_of_what_is_told_so_they_tell_no_more() -> None:
    """Two clinics that differ in hidden counts only have the same report, to the last figure."""
    rows = []
    for few in (0, 3):
        members = Members(A, B)
        for number in range(20):
            members.before(a="on" if number % 2 else "off", b="on" if number < few else "off")
        rows.append(members.tally.report())
    assert rows[0] == rows[1]


# -- tickets and codes -----------------------------------------------------------------------------


def test_a_ticket_is_known_again_and_a_made_up_one_is_not() -> None:
    key = tickets.new_key()
    ticket = tickets.new_ticket(key)
    assert tickets.genuine(key, ticket)
    assert not tickets.genuine(tickets.new_key(), ticket)
    for number in range(len(ticket)):
        other = "A" if ticket[number] != "A" else "B"
        assert not tickets.genuine(key, ticket[:number] + other + ticket[number + 1 :])
    for odd in ("", "=", ticket + "A", ticket[:-1], ticket + "=", "é" * 38, " " + ticket, "\x00"):
        assert not tickets.genuine(key, odd)


def test_tickets_and_codes_are_random_and_can_be_read_out() -> None:
    key = tickets.new_key()
    assert len({tickets.new_ticket(key) for _number in range(1000)}) == 1000
    codes = [tickets.new_code() for _number in range(1000)]
    assert len(set(codes)) > 990
    assert not set("".join(codes)) & set("0O1ILU5")
    assert tickets.typed(f" {codes[0][:3].lower()}-{codes[0][3:]} ") == codes[0]


def test_wrong_codes_are_forgotten_after_a_minute() -> None:
    guesses = tickets.Guesses()
    for _number in range(tickets.TRIES_EACH):
        assert not guesses.too_many("one", 60)
        guesses.wrong("one", 61)
    assert guesses.too_many("one", 119)
    assert not guesses.too_many("another", 119)
    assert not guesses.too_many("one", 120)


def test_many_guessers_together_are_stopped_too() -> None:
    guesses = tickets.Guesses()
    for number in range(tickets.TRIES):
        guesses.wrong(f"caller {number}", 0)
    assert guesses.too_many("a new one", 1)


def test_the_counts_of_one_check_begin_with_nothing() -> None:
    assert vars(Counted()) == {"told": 0, "to_change": 0, "fixed": 0, "board_to_change": [], "board_fixed": []}
