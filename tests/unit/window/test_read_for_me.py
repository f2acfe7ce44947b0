"""A reading in the window: what it knows at each moment, what the person can say, and what becomes of its pictures."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from privacyaudit import journal
from privacyaudit.audit import run
from privacyaudit.catalogue import loading
from privacyaudit.clock import now
from privacyaudit.errors import BrowserError, SaveError, Stopped, UsageError
from privacyaudit.journal import Ended, Journal, Seen
from privacyaudit.model import Observation, ReaderName, Reason, Refusals, SignedOut
from privacyaudit.plan import Item, Plan, plan
from privacyaudit.readers import Outcome
from privacyaudit.readers.beside import agreed, remember_yes
from privacyaudit.window import offering
from privacyaudit.window.reading import Reading

PNG = b"\x89PNG row"
PLAN = plan([loading.catalogue().checklist("demo")], "everyone", {"demo": "http://127.0.0.1:9"})
ITEMS = [item for item in PLAN.items if item.check.probes]
FIRST, SECOND, *REST = ITEMS
PRIVACY = [item for item in ITEMS if item.check.screen == "privacy"]


def told(item: Item, *, probe: int = 0) -> Observation:
    return Observation(reader="web", probe=probe, option=item.check.options[0].id, at=now())


def untold(reason: Reason) -> Observation:
    return Observation(reader="web", reason=reason, at=now())


@dataclass
class Script:
    """A reader that does what a test says: each step is called with the reading, or yields what was found."""

    reading: Reading
    steps: Sequence[Callable[[Reading], Any] | tuple[str, Observation | Outcome]]
    how: SignedOut = SignedOut.CONFIRMED
    name: ReaderName = "web"

    def read(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation | Outcome]]:
        stopped = False
        try:
            for step in self.steps:
                self.reading.go_on()
                if callable(step):
                    step(self.reading)
                else:
                    yield step
        except KeyboardInterrupt:
            stopped = True
        self.reading.leaving(items[0].checklist.platform)
        yield "demo", Outcome(Refusals(), self.how)
        if stopped:
            raise Stopped("Stopped while reading.")


@dataclass
class Notes:
    """What was saved; where `full`, nothing can be."""

    entries: list[Seen | Ended] = field(default_factory=list)
    full: bool = False

    def __call__(self, entry: Seen | Ended) -> None:
        if self.full:
            raise SaveError("The disk is full.", "Make room.")
        self.entries.append(entry)


def started(*steps: Any, notes: Notes | None = None, how: SignedOut = SignedOut.CONFIRMED) -> Reading:
    reading = Reading(ITEMS, "everyone", notes or Notes())
    reading.begin(lambda one: Script(one, steps, how))
    return reading


def finished(*steps: Any, notes: Notes | None = None, how: SignedOut = SignedOut.CONFIRMED) -> Reading:
    reading = started(*steps, notes=notes, how=how)
    assert reading.wait(20)
    return reading


def rows(reading: Reading) -> dict[str, dict[str, str]]:
    return {row["check"]: row for screen in reading.state()["read"] for row in screen["rows"]}


def noted_of(reading: Reading, platform: str, screen: str, wrong: Sequence[str]) -> list[Seen]:
    """Say of a screen what is wrong, and return what is noted of that."""
    noted: list[Seen] = []
    reading.say(platform, screen, wrong, noted.append)
    return noted


def shown(item: Item) -> Callable[[Reading], None]:
    return lambda reading: reading.picture(item, PNG + item.check.id.encode())


def eventually(reading: Reading, stage: str) -> dict[str, Any]:
    waits = threading.Event()
    for _turn in range(1_000):
        if (state := reading.state())["stage"] == stage:
            return state
        waits.wait(0.02)
    raise AssertionError(reading.state())


def test_what_goes_on_is_told_at_any_moment_and_is_plain_data() -> None:
    go, done = threading.Event(), threading.Event()

    def hold(reading: Reading) -> None:
        reading.page([FIRST, SECOND], 1, 3, again=False)
        done.set()
        assert go.wait(20)

    reading = started((FIRST.check.id, told(FIRST)), (SECOND.check.id, untold(Reason.NOT_FOUND)), hold)
    assert done.wait(20)
    state = reading.state()
    assert json.loads(json.dumps(state)) == state
    assert (state["stage"], state["page"], state["pages"], state["again"]) == ("reading", 1, 3, False)
    assert state["service"] == "Pebble"
    assert state["screens"] == ["Privacy"]
    assert (state["asked"], state["told"], state["untold"]) == (len(ITEMS), 1, 1)
    assert state["read"] == []
    go.set()
    assert reading.wait(20)
    end = reading.state()
    assert end["stage"] == "done"
    assert [(one["service"], one["how"]) for one in end["ended"]] == [("Pebble", "confirmed")]
    assert "no longer accepts" in end["ended"][0]["sentence"]


@pytest.mark.parametrize("how", [SignedOut.NOT_CONFIRMED, SignedOut.LEFT_TO_YOU])
def test_a_session_that_may_be_left_is_told_as_it_is(how: SignedOut) -> None:
    [ended] = finished(how=how).state()["ended"]
    assert ended["how"] == how
    assert "Open the list of your sessions" in ended["sentence"]


@pytest.mark.parametrize(("is_in", "expected"), [(True, [True]), (False, [False])])
def test_the_person_says_whether_they_are_signed_in_and_the_reader_waits_for_it(
    is_in: bool, expected: list[bool]
) -> None:
    said: list[bool] = []
    reading = started(lambda one: said.append(one.sign_in(FIRST.checklist.platform)))
    state = eventually(reading, "sign_in")
    assert "Sign in to Pebble in that window" in state["sentence"]
    assert said == []
    reading.signed_in(is_in)
    assert reading.wait(20)
    assert said == expected


def test_an_early_press_is_not_taken_for_an_answer() -> None:
    said: list[bool] = []
    reading = Reading(ITEMS, "everyone", Notes())
    reading.signed_in(True)
    reading.begin(lambda one: Script(one, [lambda here: said.append(here.sign_in(FIRST.checklist.platform))]))
    eventually(reading, "sign_in")
    assert said == []
    reading.signed_in(False)
    assert reading.wait(20)
    assert said == [False]


def test_stop_while_signing_in_signs_out_and_forgets() -> None:
    reading = started(shown(FIRST), lambda one: one.sign_in(FIRST.checklist.platform), (FIRST.check.id, told(FIRST)))
    eventually(reading, "sign_in")
    reading.stop()
    assert reading.wait(20)
    state = reading.state()
    assert state["stage"] == "done"
    assert [one["how"] for one in state["ended"]] == ["confirmed"]
    assert state["told"] == 0
    assert reading._pictures == {}


def test_what_was_read_is_told_by_screen_with_the_words_of_each_answer() -> None:
    found = [(item.check.id, told(item)) for item in PRIVACY]
    reading = finished(*map(shown, PRIVACY), *found, (REST[-1].check.id, untold(Reason.NOT_SHOWN)))
    [screen] = reading.state()["read"]
    assert (screen["service"], screen["title"]) == ("Pebble", "Privacy")
    assert {row["check"] for row in screen["rows"]} == {item.check.id for item in PRIVACY}
    for row in screen["rows"]:
        item = next(item for item in PRIVACY if item.check.id == row["check"])
        assert row["question"] == item.check.question
        assert row["answer"] == item.check.options[0].label
        assert reading.png(row["picture"]) == PNG + item.check.id.encode()


def test_a_picture_of_what_could_not_be_told_in_the_end_is_not_kept() -> None:
    reading = finished(shown(FIRST), (FIRST.check.id, untold(Reason.AMBIGUOUS)))
    assert reading._pictures == {}
    assert rows(reading) == {}


def test_two_answers_to_one_question_are_none() -> None:
    other = told(FIRST, probe=1).model_copy(update={"option": FIRST.check.options[1].id})
    assert rows(finished((FIRST.check.id, told(FIRST)), (FIRST.check.id, other))) == {}


def test_what_is_right_is_noted_as_confirmed_and_what_is_not_as_read_wrong() -> None:
    reading = finished(*map(shown, PRIVACY), *((item.check.id, told(item)) for item in PRIVACY))
    entries = {entry.check: entry.observation for entry in noted_of(reading, "demo", "privacy", [FIRST.check.id])}
    assert entries.keys() == {item.check.id for item in PRIVACY}
    assert (entries[FIRST.check.id].reason, entries[FIRST.check.id].option) == (Reason.READ_WRONG, None)
    assert all(entries[item.check.id].confirmed for item in PRIVACY if item is not FIRST)
    assert {row["said"] for row in rows(reading).values()} == {"right", "wrong"}
    assert reading._pictures == {}
    assert noted_of(reading, "demo", "privacy", []) == []


def test_what_could_not_be_saved_is_not_said_and_can_be_said_again() -> None:
    reading = finished(shown(FIRST), (FIRST.check.id, told(FIRST)))
    with pytest.raises(SaveError):
        reading.say("demo", "privacy", [], Notes(full=True))
    row = rows(reading)[FIRST.check.id]
    assert row["said"] == ""
    assert reading.png(row["picture"]) is not None
    assert len(noted_of(reading, "demo", "privacy", [])) == 1


def test_nothing_is_said_of_another_screen() -> None:
    reading = finished(shown(FIRST), (FIRST.check.id, told(FIRST)))
    assert noted_of(reading, "demo", "tagging", [FIRST.check.id]) == []
    assert noted_of(reading, "nowhere", "privacy", []) == []
    assert reading.png(rows(reading)[FIRST.check.id]["picture"]) is not None
    assert reading.png("") is None
    assert reading.png("not-a-picture") is None


def test_the_end_forgets_every_picture_and_no_answer() -> None:
    reading = finished(shown(FIRST), (FIRST.check.id, told(FIRST)))
    reading.end()
    assert reading._pictures == {}
    assert rows(reading)[FIRST.check.id]["picture"] == ""
    assert len(noted_of(reading, "demo", "privacy", [])) == 1


def test_pictures_never_take_more_memory_than_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacyaudit.window.reading.MOST_BYTES", 60)
    found = [(item.check.id, told(item)) for item in PRIVACY]
    reading = finished(*map(shown, PRIVACY), *found)
    assert sum(map(len, reading._pictures.values())) <= 60
    assert [bool(row["picture"]) for row in rows(reading).values()].count(True) == 2


def test_where_nothing_can_be_saved_the_reading_ends_signed_out_and_says_so() -> None:
    reading = finished((FIRST.check.id, told(FIRST)), (SECOND.check.id, told(SECOND)), notes=Notes(full=True))
    state = reading.state()
    assert state["troubles"][0] == "The disk is full. Make room."
    assert [one["how"] for one in state["ended"]] == ["confirmed"]
    assert (state["told"], state["read"]) == (0, [])


def test_trouble_is_a_sentence_and_so_is_a_fault_of_ours() -> None:
    def breaks(_reading: Reading) -> None:
        raise ZeroDivisionError("page text")

    trouble = finished(lambda one: one.trouble(BrowserError("It did not open.", "Answer by hand.")))
    assert trouble.state()["troubles"] == ["It did not open. Answer by hand."]
    [fault] = finished(breaks).state()["troubles"]
    assert "not something you did wrong" in fault
    assert "page text" not in fault
    no_browser = Reading(ITEMS, "everyone", Notes())

    def missing(_reading: Reading) -> Script:
        raise UsageError("There is no browser.", "Install one.")

    no_browser.begin(missing)
    assert no_browser.wait(20)
    assert no_browser.state()["troubles"] == ["There is no browser. Install one."]


# -- in the journal --------------------------------------------------------------------------------


def audited(reading: Reading, notes: Notes, said: Sequence[Seen]) -> tuple[Journal, dict[str, Any]]:
    kept = Journal(None, PLAN.header(), [*notes.entries, *said])
    record, stopped = run(PLAN, [], kept)
    assert stopped is None
    assert record.platforms[0].signed_out is SignedOut.CONFIRMED
    return kept, {finding.check: finding for finding in record.findings}


def test_what_was_wrong_has_to_be_asked_and_what_was_right_counts_as_confirmed() -> None:
    notes = Notes()
    reading = finished(*((item.check.id, told(item)) for item in PRIVACY), notes=notes)
    kept, findings = audited(reading, notes, noted_of(reading, "demo", "privacy", [FIRST.check.id]))
    assert findings[FIRST.check.id].reason is Reason.READ_WRONG
    assert all(one.confirmed for one in findings[SECOND.check.id].observations)
    checks = [item.check for item in PLAN.items]
    assert FIRST.check.id not in kept.answered(checks)
    assert SECOND.check.id in kept.answered(checks)
    other = FIRST.check.options[1].id
    asked = Observation(reader="ask", option=other, at=now())
    kept.add(Seen(check=FIRST.check.id, revision=FIRST.check.revision, observation=asked))
    record, _stopped = run(PLAN, [], kept)
    finding = next(one for one in record.findings if one.check == FIRST.check.id)
    assert (finding.option, finding.flags[0]) == (other, "read_wrong")


def test_what_was_wrong_has_to_be_asked_also_after_the_program_was_killed() -> None:
    notes = Notes()
    reading = finished(*((item.check.id, told(item)) for item in PRIVACY), notes=notes)
    on_disk, _aside = journal.begin(PLAN.header())
    for entry in (*notes.entries, *noted_of(reading, "demo", "privacy", [FIRST.check.id])):
        on_disk.add(entry)
    assert on_disk.path
    again = journal.resume(on_disk.path)
    assert FIRST.check.id not in again.answered([item.check for item in PLAN.items])
    on_disk.close()


# -- what it is offered for ------------------------------------------------------------------------


def test_it_is_offered_for_what_can_be_read_and_is_not_known_yet() -> None:
    known = {
        FIRST.check.id: [told(FIRST)],
        SECOND.check.id: [untold(Reason.READ_WRONG)],
        REST[0].check.id: [untold(Reason.TIMED_OUT), Observation(reader="ask", reason=Reason.SKIPPED, at=now())],
    }
    left = offering.to_read(PLAN.items, known)
    assert [item.check.id for item in left] == [item.check.id for item in REST]
    [offer] = offering.offered(PLAN, known, remembers=True)
    assert (offer["platform"], offer["name"], offer["number"]) == ("demo", "Pebble", len(REST))
    assert "pretend site" in offer["notice"]
    assert (offer["where_to"], offer["agreed"]) == ("", False)


def of(*names: str) -> Plan:
    known = loading.catalogue()
    return plan([known.checklist(name) for name in names], "everyone", {})


def test_a_service_without_an_address_or_probes_is_answered_by_hand_and_says_why() -> None:
    known = loading.catalogue()
    no_address = next(
        name
        for name, one in known.loaded.items()
        if (site := one.checklist.platform.site) and not site.default and any(c.probes for c in one.checklist.checks)
    )
    no_probes = next(name for name, one in known.loaded.items() if one.checklist.platform.by_hand_because)
    what = of(no_address, no_probes)
    assert offering.offered(what, {}, remembers=True) == []
    first, second = offering.by_hand(what)
    assert str(known.loaded[no_probes].checklist.platform.by_hand_because) in first
    assert "more than one address" in second


def test_a_yes_is_remembered_only_where_anything_is_kept() -> None:
    platform = FIRST.checklist.platform
    assert offering.agreed(PLAN, {}, ["demo"], remembers=False) == ITEMS
    assert not agreed(platform)
    assert offering.agreed(PLAN, {}, ["demo"], remembers=True) == ITEMS
    assert agreed(platform)
    remember_yes(platform)
    assert offering.offered(PLAN, {}, remembers=True)[0]["agreed"]
    assert not offering.offered(PLAN, {}, remembers=False)[0]["agreed"]


@pytest.mark.parametrize("names", [[], ["nowhere"], ["demo", "nowhere"]])
def test_nothing_is_read_that_was_not_offered(names: list[str]) -> None:
    with pytest.raises(UsageError, match="nothing to read"):
        offering.agreed(PLAN, {}, names, remembers=True)
