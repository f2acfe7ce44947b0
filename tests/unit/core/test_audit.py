"""An audit gives one finding per check, also when it is stopped, and the same ones when it is taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from privacyaudit import clock, journal
from privacyaudit.audit import run
from privacyaudit.errors import SaveError, Stopped, UsageError
from privacyaudit.journal import Ended, Header, Journal, Noted, Seen
from privacyaudit.model import (
    Area,
    AuditRecord,
    Finding,
    Flag,
    Observation,
    ReaderName,
    Reason,
    Refusals,
    SignedOut,
    Verdict,
    tally,
)
from privacyaudit.plan import Item, Plan, plan
from privacyaudit.readers import Outcome, Reader
from privacyaudit.readers.answers import AnswersReader
from privacyaudit.readers.ask import AskReader
from privacyaudit.readers.questions import Move, Question, Still
from tests.support.puts_off import PutsOff
from tests.support.samples import alter, load, on_any_site

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
IDS = ["pond.profile", "pond.mail", "pond.tags"]
PASSING = {"pond.profile": "friends", "pond.mail": "off", "pond.tags": "review"}
Step = tuple[str, Observation | Outcome]


def whole_plan() -> Plan:
    return plan([load()], "teacher", {})


def in_memory(*entries: Seen | Ended) -> Journal:
    return Journal(None, Header(started=AT, role="teacher", platforms=("pond",)), entries)


def on_disk() -> Journal:
    return journal.begin(Header(started=AT, role="teacher", platforms=("pond",)))[0]


def saw(reader: ReaderName, value: str | Reason, probe: int = 0) -> Observation:
    if isinstance(value, Reason):
        return Observation(reader=reader, probe=probe, reason=value, at=AT)
    return Observation(reader=reader, probe=probe, option=value, at=AT)


@dataclass
class Fixed:
    """A reader that yields what it was made with, and then raises what it was made with."""

    steps: Sequence[Step]
    error: BaseException | None = None
    name: ReaderName = "web"
    closed: bool = False

    def read(self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]) -> Iterator[Step]:
        try:
            yield from self.steps
            if self.error:
                raise self.error
        finally:
            self.closed = True


class Typist(PutsOff):
    """Gives the first option of each question, after so many of them the person quits."""

    def __init__(self, patience: int = 99, option: int = 0) -> None:
        self.patience = patience
        self.option = option
        self.asked: list[str] = []

    def ask(self, question: Question) -> str | Move:
        if len(self.asked) == self.patience:
            return Move.QUIT
        self.asked.append(question.check.id)
        return question.check.options[self.option].id

    def still(self, still: Still) -> bool:
        raise AssertionError("nothing was audited before")


def done(*readers: Reader, kept: Journal | None = None, what: Plan | None = None) -> AuditRecord:
    made, _stopped = run(what or whole_plan(), readers, kept or in_memory(), clock=lambda: AT)
    return made


def result(record: AuditRecord) -> list[tuple[str, Verdict, str | None, Reason | None, tuple[Flag, ...]]]:
    return [(f.check, f.verdict, f.option, f.reason, f.flags) for f in record.findings]


def by_check(record: AuditRecord) -> dict[str, Finding]:
    return {finding.check: finding for finding in record.findings}


# -- one finding per check -------------------------------------------------------------------------

WEB: list[Step] = [
    ("pond.profile", saw("web", Reason.NOT_FOUND)),
    ("pond.profile", saw("web", "friends", 1)),
    ("pond.mail", saw("web", "on")),
    ("pond.tags", saw("web", Reason.PAGE_MOVED)),
    ("pond", Outcome(Refusals(count=3, hosts=("a.example",)), SignedOut.CONFIRMED)),
]


@pytest.mark.parametrize("after", range(len(WEB) + 1))
def test_an_audit_that_is_stopped_after_any_step_has_a_finding_for_every_check(after: int) -> None:
    stop = Stopped("Stopped.", "Go on.")
    made, stopped = run(whole_plan(), [Fixed(WEB[:after], stop)], in_memory(), clock=lambda: AT)
    assert stopped is stop
    assert made.stopped
    assert [finding.check for finding in made.findings] == IDS
    touched = {check for check, _made in WEB[:after]}
    for finding in made.findings:
        assert (finding.reason is Reason.STOPPED) == (finding.check not in touched)
    assert made.summary == tally(made.findings)
    assert sum(made.summary.values()) == len(IDS)


@pytest.mark.parametrize("after", range(4))
def test_a_person_who_quits_after_any_answer_gets_a_finding_for_every_check(after: int) -> None:
    made, stopped = run(whole_plan(), [AskReader(Typist(after), "teacher")], in_memory(), clock=lambda: AT)
    assert bool(stopped) == made.stopped == (after < 3)
    assert [f.verdict for f in made.findings] == [Verdict.PASS] * after + [Verdict.UNKNOWN] * (3 - after)


def test_ctrl_c_between_two_questions_gives_a_whole_record_too() -> None:
    made, stopped = run(whole_plan(), [Fixed(WEB[:2], KeyboardInterrupt())], in_memory(), clock=lambda: AT)
    assert stopped
    assert stopped.exit_code == 130
    assert [finding.verdict for finding in made.findings] == [Verdict.PASS, Verdict.UNKNOWN, Verdict.UNKNOWN]


class Interrupted(Journal):
    """Ctrl-C comes while an entry is saved, so that no reader is at work."""

    def add(self, entry: Noted) -> None:
        super().add(entry)
        if len(self.entries) == 1:
            raise KeyboardInterrupt


def test_ctrl_c_between_two_answers_lets_the_reader_sign_out_and_tell() -> None:
    class Careful:
        name: ReaderName = "web"

        def read(
            self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
        ) -> Iterator[tuple[str, Observation | Outcome]]:
            try:
                yield "pond.profile", saw("web", Reason.NOT_FOUND)
            except KeyboardInterrupt:
                yield "pond", Outcome(Refusals(), SignedOut.CONFIRMED)
                raise Stopped("Stopped while reading.") from None

    made, stopped = run(whole_plan(), [Careful()], Interrupted(None, in_memory().header), clock=lambda: AT)
    assert stopped
    assert stopped.what == "Stopped while reading."
    assert made.platforms[0].signed_out is SignedOut.CONFIRMED


def test_no_reader_at_all_is_nothing_but_unknown() -> None:
    made = done()
    assert {finding.verdict for finding in made.findings} == {Verdict.UNKNOWN}
    assert not made.stopped


def test_the_readers_after_a_stop_are_not_started() -> None:
    typist = Typist()
    done(Fixed([], Stopped("x")), AskReader(typist, "teacher"))
    assert typist.asked == []


def test_an_error_that_is_not_a_stop_is_passed_on_and_closes_the_reader() -> None:
    reader = Fixed(WEB, SaveError("x"))
    with pytest.raises(SaveError):
        done(reader)
    assert reader.closed


def test_an_observation_that_cannot_be_saved_ends_the_audit_and_closes_the_reader() -> None:
    kept = on_disk()
    assert kept.path
    kept.path.unlink()
    kept.path.mkdir()
    reader = Fixed(WEB)
    with pytest.raises(SaveError):
        done(reader, kept=kept)
    assert reader.closed
    assert kept.entries == []


# -- what the readers may say ----------------------------------------------------------------------


def test_a_check_that_is_not_in_the_plan_is_ignored() -> None:
    kept = in_memory()
    record = done(Fixed([("lake.profile", saw("web", "friends")), ("pond.mail", saw("web", "off"))]), kept=kept)
    assert [finding.check for finding in record.findings] == IDS
    assert len(kept.entries) == 1


def test_an_option_that_is_not_listed_is_neither_a_pass_nor_recorded_nor_saved() -> None:
    kept = on_disk()
    record = done(Fixed([("pond.profile", saw("web", "jane-doe"))]), kept=kept)
    assert by_check(record)["pond.profile"].reason is Reason.UNLISTED_VALUE
    assert "jane-doe" not in record.model_dump_json()
    assert kept.path
    assert "jane-doe" not in kept.path.read_text()


STEPS = st.tuples(
    st.sampled_from([*IDS, "lake.x"]),
    st.sampled_from(["web", "ask", "answers"]),
    st.integers(0, 1),
    st.sampled_from(["friends", "everyone", "on", "off", "ghost", *Reason]),
)


@given(st.lists(STEPS, max_size=12))
def test_any_heap_of_steps_gives_one_finding_per_check(heap: list[tuple[str, ReaderName, int, str | Reason]]) -> None:
    record = done(Fixed([(check, saw(reader, value, probe)) for check, reader, probe, value in heap]))
    assert [finding.check for finding in record.findings] == IDS
    for finding in record.findings:
        offered = {value for check, _reader, _probe, value in heap if check == finding.check}
        assert finding.verdict is Verdict.UNKNOWN or finding.option in offered


def test_a_later_observation_of_the_same_probe_counts_and_the_earlier_one_is_gone() -> None:
    record = done(Fixed([("pond.mail", saw("web", "on")), ("pond.mail", saw("web", "off"))]))
    assert by_check(record)["pond.mail"].option == "off"
    assert len(by_check(record)["pond.mail"].observations) == 1


def test_an_observation_is_saved_before_the_reader_goes_on() -> None:
    kept = on_disk()
    saved = []

    class Looking(Fixed):
        def read(self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]) -> Iterator[Step]:
            for check, observation in self.steps:
                yield check, observation
                assert kept.path
                assert isinstance(observation, Observation)
                saved.append(Seen(check=check, observation=observation) == journal.resume(kept.path).entries[-1])

    run(whole_plan(), [Looking(WEB[:4])], kept)
    assert saved == [True] * 4


# -- readers one after another ---------------------------------------------------------------------


def test_only_what_the_page_did_not_settle_is_asked() -> None:
    typist = Typist()
    record = done(Fixed(WEB), AskReader(typist, "teacher"))
    assert typist.asked == ["pond.tags"]
    assert [f.option for f in record.findings] == ["friends", "on", "review"]


def test_what_a_file_answers_is_not_asked() -> None:
    typist = Typist(option=1)
    record = done(AnswersReader({"pond.mail": "off"}), AskReader(typist, "teacher"))
    assert typist.asked == ["pond.profile", "pond.tags"]
    assert [f.option for f in record.findings] == ["everyone", "off", "open"]


def test_a_file_that_differs_from_the_page_is_flagged_and_the_page_counts() -> None:
    record = done(Fixed(WEB), AnswersReader({"pond.mail": "off"}))
    assert by_check(record)["pond.mail"].option == "on"
    assert Flag.PAGE_OVER_PERSON in by_check(record)["pond.mail"].flags


def test_a_page_in_doubt_is_asked_about_although_a_file_answers_it() -> None:
    doubt: list[Step] = [("pond.mail", saw("web", "off")), ("pond.mail", saw("web", "on", 1))]
    typist = Typist(option=1)
    record = done(Fixed(doubt), AnswersReader(PASSING), AskReader(typist, "teacher"))
    assert typist.asked == ["pond.mail"]
    assert by_check(record)["pond.mail"].option == "on"
    without_asking = done(Fixed(doubt), AnswersReader(PASSING))
    assert by_check(without_asking)["pond.mail"].reason is Reason.AMBIGUOUS


def test_page_file_and_person_together_settle_every_check() -> None:
    typist = Typist()
    record = done(Fixed(WEB), AnswersReader({"pond.tags": "open"}), AskReader(typist, "teacher"))
    assert typist.asked == []
    assert record.summary[Verdict.UNKNOWN] == 0
    assert [f.option for f in record.findings] == ["friends", "on", "open"]


# -- taken up again --------------------------------------------------------------------------------


def everyone(patience: int = 99) -> list[Reader]:
    return [Fixed(WEB[2:4]), AnswersReader({"pond.mail": "off"}), AskReader(Typist(patience, 1), "teacher")]


@pytest.mark.parametrize("patience", range(3))
def test_a_stopped_audit_taken_up_again_equals_one_that_was_not_stopped(patience: int) -> None:
    whole = done(*everyone())
    kept = on_disk()
    first, stopped = run(whole_plan(), everyone(patience), kept, clock=lambda: AT)
    assert bool(stopped) == (patience < 2)
    assert kept.path
    again, stopped = run(whole_plan(), everyone(), journal.resume(kept.path), clock=lambda: AT)
    assert stopped is None
    assert result(again) == result(whole)
    assert again.summary == whole.summary
    assert not again.stopped
    assert first.started == again.started == AT


@pytest.mark.parametrize("after", range(len(WEB) + 1))
def test_nothing_that_was_read_before_a_stop_is_lost_when_it_is_taken_up_without_a_browser(after: int) -> None:
    kept = on_disk()
    first = done(Fixed(WEB[:after], Stopped("x")), kept=kept)
    assert kept.path
    taken_up = result(done(kept=journal.resume(kept.path)))
    assert [row[:3] for row in taken_up] == [row[:3] for row in result(first)]
    assert {row[3] for row in taken_up} <= {row[3] for row in result(first)} - {Reason.STOPPED} | {Reason.SKIPPED}


def test_an_answer_that_the_checklist_no_longer_offers_is_asked_again() -> None:
    typist = Typist()
    kept = in_memory(Seen(check="pond.mail", observation=saw("ask", "sometimes")))
    record = done(AskReader(typist, "teacher"), kept=kept)
    assert "pond.mail" in typist.asked
    assert by_check(record)["pond.mail"].option == "off"


def test_entries_for_checks_that_are_gone_are_ignored() -> None:
    kept = in_memory(Seen(check="lake.mail", observation=saw("ask", "off")))
    assert {f.verdict for f in done(kept=kept).findings} == {Verdict.UNKNOWN}


# -- how the browser sessions ended ----------------------------------------------------------------


def signed_out(*entries: Seen | Ended) -> tuple[bool, int, tuple[str, ...], SignedOut]:
    (one,) = done(kept=in_memory(*entries)).platforms
    return one.browser, one.refused.count, one.refused.hosts, one.signed_out


def ended(how: SignedOut, count: int = 0, *hosts: str) -> Ended:
    return Ended(platform="pond", refused=Refusals(count=count, hosts=hosts), signed_out=how)


READ = Seen(check="pond.mail", observation=saw("web", "on"))


def test_without_a_browser_no_session_was_used() -> None:
    assert signed_out() == (False, 0, (), SignedOut.NOT_USED)
    assert signed_out(Seen(check="pond.mail", observation=saw("ask", "on")))[3] is SignedOut.NOT_USED


def test_a_session_that_ended_is_told_as_it_ended() -> None:
    assert signed_out(READ, ended(SignedOut.CONFIRMED, 2, "a.example")) == (
        *(True, 2, ("a.example",)),
        SignedOut.CONFIRMED,
    )


def test_a_session_whose_end_was_never_noted_is_not_confirmed() -> None:
    assert signed_out(READ) == (True, 0, (), SignedOut.NOT_CONFIRMED)
    assert signed_out(READ, ended(SignedOut.CONFIRMED), READ)[3] is SignedOut.NOT_CONFIRMED


def test_of_several_sessions_the_worst_signing_out_is_told_and_all_refusals() -> None:
    several = (READ, ended(SignedOut.NOT_CONFIRMED, 2, "b.example"), READ, ended(SignedOut.CONFIRMED, 1, "a.example"))
    assert signed_out(*several) == (True, 3, ("a.example", "b.example"), SignedOut.NOT_CONFIRMED)
    assert signed_out(ended(SignedOut.LEFT_TO_YOU), ended(SignedOut.CONFIRMED))[3] is SignedOut.LEFT_TO_YOU


def test_a_live_session_that_is_killed_off_by_a_stop_is_not_confirmed() -> None:
    (one,) = done(Fixed(WEB[:3], Stopped("x"))).platforms
    assert one.signed_out is SignedOut.NOT_CONFIRMED
    (one,) = done(Fixed(WEB)).platforms
    assert one.signed_out is SignedOut.CONFIRMED


# -- the plan --------------------------------------------------------------------------------------


def test_a_plan_holds_the_chosen_checks_in_order() -> None:
    assert [item.check.id for item in whole_plan().items] == IDS
    assert [item.check.id for item in plan([load()], "teacher", {}, quick=True).items] == ["pond.profile"]
    contact = plan([load()], "teacher", {}, areas=[Area.CONTACT, Area.TAGGING])
    assert [item.check.id for item in contact.items] == ["pond.mail", "pond.tags"]


def test_a_platform_that_is_chosen_twice_is_audited_once() -> None:
    twice = plan([load(), load()], "teacher", {})
    assert [item.check.id for item in twice.items] == IDS
    assert len(done(what=twice).platforms) == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: plan([], "teacher", {}),
        lambda: plan([load()], "teacher", {}, areas=[Area.ADS]),
        lambda: plan([load()], "teacher", {}, quick=True, areas=[Area.CONTACT]),
        lambda: plan([load()], "teacher", {"lake": "https://lake.example"}),
        lambda: plan([load()], "teacher", {"pond": "https://lake.example"}),
        lambda: plan([load(on_any_site())], "teacher", {"pond": "https://lake.example/@me"}),
        lambda: plan([load(on_any_site())], "teacher", {"pond": ""}),
    ],
    ids=["nothing", "no area", "no quick one", "other platform", "only one address", "site with a page", "empty site"],
)
def test_a_plan_that_is_empty_or_does_not_fit_is_refused_with_a_sentence(make: Callable[[], Plan]) -> None:
    with pytest.raises(UsageError) as caught:
        make()
    assert caught.value.advice


@pytest.mark.parametrize(
    ("site", "default", "recorded"),
    [
        ("https://Lake.Example/", "https://pond.example", "https://lake.example"),
        ("http://127.0.0.1:8310", None, "http://127.0.0.1:8310"),
        (None, "https://pond.example", "https://pond.example"),
        (None, None, None),
    ],
)
def test_the_record_names_the_site_as_an_origin(site: str | None, default: str | None, recorded: str | None) -> None:
    made = plan([load(on_any_site(default))], "teacher", {"pond": site} if site else {})
    assert done(what=made).platforms[0].site == recorded


# -- the record ------------------------------------------------------------------------------------


def test_the_summary_counts_every_finding_and_names_every_verdict() -> None:
    record = done(Fixed(WEB), AnswersReader({"pond.tags": "open"}))
    each = {Verdict.PASS, Verdict.FAIL, Verdict.CHOICE}
    assert record.summary == {verdict: int(verdict in each) for verdict in Verdict}


def test_a_record_reads_back_as_it_was_written() -> None:
    record = done(*everyone())
    assert AuditRecord.model_validate_json(record.model_dump_json(by_alias=True)) == record


def test_a_record_says_when_it_was_a_pretend_site() -> None:
    pretend = load(alter(("group: social", "group: demo")))
    assert done(what=plan([pretend], "teacher", {})).demo
    assert not done().demo


CANARY = "Jane Doe sees <b>everything</b>"


@pytest.mark.parametrize(
    "place", ["record", "finding", "observation", "platform", "reason", "option", "role", "site", "summary"]
)
def test_a_record_with_page_text_in_it_cannot_be_made(place: str) -> None:
    data = done(*everyone()).model_dump(mode="json", by_alias=True)
    finding = data["findings"][1]
    hide: dict[str, Callable[[], None]] = {
        "record": lambda: data.update(text=CANARY),
        "finding": lambda: finding.update(text=CANARY),
        "observation": lambda: finding["observations"][0].update(text=CANARY),
        "platform": lambda: data["platforms"][0].update(account=CANARY),
        "reason": lambda: finding["observations"][0].update(option=None, reason=CANARY),
        "option": lambda: finding["observations"][0].update(option=CANARY),
        "role": lambda: data.update(role=CANARY),
        "site": lambda: data["platforms"][0].update(site="https://pond.example/@jane-doe"),
        "summary": lambda: data["summary"].update({CANARY: 1}),
    }
    hide[place]()
    with pytest.raises(ValidationError):
        AuditRecord.model_validate(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["summary"].update({"pass": 3, "unknown": 0}),
        lambda data: data["findings"].append(data["findings"][0]),
        lambda data: data["findings"].pop(),
        lambda data: data["findings"][0].update(option=None),
    ],
    ids=["wrong summary", "finding twice", "finding gone", "verdict without an answer"],
)
def test_a_record_that_does_not_add_up_cannot_be_made(change: Callable[[dict[str, object]], None]) -> None:
    data = done(*everyone()).model_dump(mode="json", by_alias=True)
    change(data)
    with pytest.raises(ValidationError):
        AuditRecord.model_validate(data)


def test_neither_record_nor_journal_holds_a_word_of_the_page() -> None:
    kept = on_disk()
    record = done(*everyone(), kept=kept)
    assert kept.path
    written = record.model_dump_json(by_alias=True) + kept.path.read_text()
    for text in ("Friends", "Ticked", "Who can see your profile?", "pond.example/"):
        assert text not in written


def test_the_day_of_the_audit_is_the_day_in_utc() -> None:
    before = datetime.now(UTC).date()
    assert clock.today() in (before, datetime.now(UTC).date())
