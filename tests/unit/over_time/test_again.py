"""A further audit asks what needs asking, and what still counts keeps its day: no old answer passes for a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacyaudit.audit import run
from privacyaudit.catalogue.loading import Loaded
from privacyaudit.errors import Stopped
from privacyaudit.journal import Header, Journal, Seen
from privacyaudit.model import (
    AuditRecord,
    Decision,
    Earlier,
    Finding,
    Observation,
    Reason,
    Verdict,
    Why,
    tally,
)
from privacyaudit.over_time.due import add_months
from privacyaudit.over_time.known import NOTHING, Past, decided, last, standing, undecided
from privacyaudit.plan import plan
from privacyaudit.readers.answers import AnswersReader
from privacyaudit.readers.ask import AskReader
from privacyaudit.readers.questions import Move, Question, Still
from tests.support.puts_off import PutsOff
from tests.support.samples import alter, load, on_any_site

FIRST = datetime(2026, 3, 15, 18, tzinfo=UTC)
POND = load()
PROFILE, MAIL, TAGS = (check.id for check in POND.checklist.checks)
FINE = {PROFILE: "friends", MAIL: "off", TAGS: "review"}


@dataclass
class Person(PutsOff):
    """Answers from a dict, says whether what still counts is still so, and remembers what it was asked."""

    says: Mapping[str, str | Move]
    still_so: bool = True
    asked: list[str] = field(default_factory=list)
    whys: dict[str, Why | None] = field(default_factory=dict)
    offered: list[str] = field(default_factory=list)
    way: list[list[str]] = field(default_factory=list)

    def ask(self, question: Question) -> str | Move:
        self.asked.append(question.check.id)
        self.way.append([question.check.id])
        self.whys[question.check.id] = question.last.why if question.last else None
        return self.says[question.check.id]

    def still(self, still: Still) -> bool:
        self.offered += [check.id for check, _last in still.lasts]
        self.way.append([f"{check.id}?" for check, _last in still.lasts])
        return self.still_so


def audit(
    when: datetime,
    person: Person | None,
    before: AuditRecord | None = None,
    decisions: Sequence[Decision] = (),
    loaded: Loaded = POND,
    *,
    quick: bool = False,
    stored: Sequence[Seen] = (),
) -> AuditRecord:
    """Run one audit at a moment, after the one before; without a person nobody is asked."""
    what = plan([loaded], "teacher", {}, quick=quick)
    notes = Journal(None, Header(started=when, role="teacher", platforms=("pond",)), stored)
    past = after(before, when.date(), decisions, loaded) if before else NOTHING
    readers = [AskReader(person, "teacher", past.last, lambda: when)] if person else []
    made, _stopped = run(what, readers, notes, past, lambda: when)
    return made


def after(before: AuditRecord, today: date, decisions: Sequence[Decision] = (), loaded: Loaded = POND) -> Past:
    known = standing([before])
    assert known is not None
    known = decided(undecided(known), decisions, today)
    return Past(last(loaded.checklist.checks, known, today), {one.check: one for one in decisions})


def found(record: AuditRecord) -> dict[str, Finding]:
    return {finding.check: finding for finding in record.findings}


def months_later(months: int, days: int = 0) -> datetime:
    day = add_months(FIRST.date(), months) + timedelta(days=days)
    return datetime.combine(day, FIRST.timetz())


def decision(kind: Any, check: str, option: str, until: date, **changes: Any) -> Decision:
    made = {"kind": kind, "check": check, "revision": 1, "option": option, "until": until, "at": FIRST}
    return Decision.model_validate(made | changes)


# -- what is asked ---------------------------------------------------------------------------------


def test_the_first_audit_asks_everything_and_offers_nothing() -> None:
    person = Person(FINE)
    audit(FIRST, person)
    assert (person.asked, person.offered) == ([PROFILE, MAIL, TAGS], [])


def test_the_second_asks_what_was_to_change_or_unknown_first_and_offers_the_rest_in_one_go() -> None:
    first = audit(FIRST, Person({PROFILE: "friends", MAIL: "on", TAGS: Move.DONT_KNOW}))
    person = Person({MAIL: "off", TAGS: "review"})
    second = audit(months_later(3), person, first)
    assert (person.asked, person.offered) == ([MAIL, TAGS], [PROFILE])
    assert person.whys == {MAIL: Why.TO_CHANGE, TAGS: Why.UNKNOWN}
    assert {check: one.verdict for check, one in found(second).items()} == dict.fromkeys(FINE, Verdict.PASS)


def test_a_further_audit_goes_by_screen_and_what_still_counts_is_one_question_for_each() -> None:
    first = audit(FIRST, Person(FINE | {MAIL: "on"}))
    person = Person({MAIL: "off"})
    audit(months_later(3), person, first)
    assert person.way == [[MAIL], [f"{PROFILE}?"], [f"{TAGS}?"]]
    first = audit(FIRST, Person(FINE | {TAGS: Move.SKIP}))
    person = Person({TAGS: "review"})
    audit(months_later(3), person, first)
    assert person.way == [[TAGS], [f"{PROFILE}?", f"{MAIL}?"]], "a screen with something to ask comes first"


def test_a_look_at_what_still_counts_goes_on_with_the_way_after_that_screen() -> None:
    first = audit(FIRST, Person(FINE | {MAIL: "on"}))
    person = Person(FINE, still_so=False)
    audit(months_later(3), person, first)
    assert person.way == [[MAIL], [f"{PROFILE}?"], [PROFILE], [f"{TAGS}?"], [TAGS]]


def test_what_is_still_so_keeps_its_own_day_so_it_expires_as_before() -> None:
    first = audit(FIRST, Person(FINE))
    second = audit(months_later(3), Person({}), first)
    (kept,) = found(second)[PROFILE].observations
    assert kept.at == FIRST
    person = Person(FINE)
    audit(months_later(6), person, second)
    assert person.asked == [PROFILE, MAIL, TAGS]
    assert set(person.whys.values()) == {Why.EXPIRED}


def test_who_wants_to_look_is_asked_one_by_one_and_that_counts_from_today() -> None:
    first = audit(FIRST, Person(FINE))
    person = Person(FINE | {MAIL: "on"}, still_so=False)
    second = audit(months_later(3), person, first)
    assert person.asked == [PROFILE, MAIL, TAGS]
    assert found(second)[MAIL].verdict is Verdict.FAIL
    assert found(second)[PROFILE].observations[0].at == months_later(3)


@pytest.mark.parametrize(("days", "expired"), [(-1, False), (0, True), (1, True)])
def test_an_answer_counts_to_the_day_before_its_shelf_life_ends(days: int, expired: bool) -> None:
    first = audit(FIRST, Person(FINE))
    person = Person(FINE)
    audit(months_later(6, days), person, first)
    assert bool(person.asked) is expired
    assert bool(person.offered) is not expired


@pytest.mark.parametrize(
    ("given_on", "last_day"),
    [
        (date(2026, 8, 31), date(2027, 2, 27)),
        (date(2027, 8, 31), date(2028, 2, 28)),
        (date(2027, 8, 29), date(2028, 2, 28)),
        (date(2026, 4, 25), date(2026, 10, 24)),
        (date(2026, 9, 28), date(2027, 3, 27)),
    ],
)
def test_shelf_life_over_the_end_of_february_and_a_change_of_the_clocks(given_on: date, last_day: date) -> None:
    for hour in (0, 23):
        moment = datetime(given_on.year, given_on.month, given_on.day, hour, 59, tzinfo=UTC)
        first = audit(moment, Person(FINE))
        for today, why in ((last_day, None), (last_day + timedelta(days=1), Why.EXPIRED)):
            assert {one.why for one in after(first, today).last.values()} == {why}


def test_a_check_that_is_new_or_means_something_else_is_asked_and_its_old_answer_is_not_used() -> None:
    first = audit(FIRST, Person(FINE))
    changed = load(alter(("id: pond.mail\n", "id: pond.mail\n    revision: 2\n"), ("pond.tags", "pond.new-tags")))
    person = Person({MAIL: "off", "pond.new-tags": "review"})
    second = audit(months_later(1), person, first, loaded=changed)
    assert person.whys == {MAIL: Why.CHANGED, "pond.new-tags": Why.NEW}
    assert person.offered == [PROFILE]
    nobody = audit(months_later(1), None, first, loaded=changed)
    assert [(f.verdict, f.reason, f.earlier) for f in nobody.findings[1:]] == [
        (Verdict.UNKNOWN, Reason.SKIPPED, None),
        (Verdict.UNKNOWN, Reason.SKIPPED, None),
    ]
    assert found(second)["pond.new-tags"].verdict is Verdict.PASS


def test_a_renamed_check_is_not_new() -> None:
    old = load(alter(("    aliases: [pond.old-profile]\n", ""), ("id: pond.profile", "id: pond.old-profile")))
    first = audit(FIRST, Person({"pond.old-profile": "friends"} | FINE), loaded=old)
    person = Person({})
    second = audit(months_later(1), person, first)
    assert person.offered == [PROFILE, MAIL, TAGS]
    assert found(second)[PROFILE].verdict is Verdict.PASS


# -- when nobody answers ---------------------------------------------------------------------------


def test_what_still_counts_stays_when_nobody_is_asked() -> None:
    second = audit(months_later(3), None, audit(FIRST, Person(FINE | {MAIL: "on"})))
    assert [finding.verdict for finding in second.findings] == [Verdict.PASS, Verdict.FAIL, Verdict.PASS]
    assert {o.at for finding in second.findings for o in finding.observations} == {FIRST}


def test_an_expired_answer_is_unknown_and_shows_what_it_was() -> None:
    second = audit(months_later(6), None, audit(FIRST, Person(FINE)))
    assert {(f.verdict, f.reason) for f in second.findings} == {(Verdict.UNKNOWN, Reason.EXPIRED)}
    assert found(second)[MAIL].earlier == Earlier(option="off", on=FIRST.date())
    third = audit(months_later(9), None, second)
    assert found(third)[MAIL].earlier == Earlier(option="off", on=FIRST.date())
    assert found(third)[MAIL].reason is Reason.EXPIRED


def test_who_skips_or_does_not_know_gets_no_old_answer_in_its_place() -> None:
    first = audit(FIRST, Person(FINE))
    second = audit(months_later(6), Person({PROFILE: Move.SKIP, MAIL: Move.DONT_KNOW, TAGS: "review"}), first)
    profile, mail, _tags = second.findings
    assert (profile.verdict, profile.reason) == (Verdict.UNKNOWN, Reason.SKIPPED)
    assert (mail.verdict, mail.reason) == (Verdict.UNKNOWN, Reason.DONT_KNOW)
    assert profile.earlier == Earlier(option="friends", on=FIRST.date())


def test_a_page_that_could_not_be_read_today_beats_the_answer_from_then() -> None:
    failed = Observation(reader="web", reason=Reason.PAGE_MOVED, at=months_later(3))
    stored = [Seen(check=PROFILE, revision=1, observation=failed)]
    second = audit(months_later(3), None, audit(FIRST, Person(FINE)), stored=stored)
    assert (found(second)[PROFILE].verdict, found(second)[PROFILE].reason) == (Verdict.UNKNOWN, Reason.PAGE_MOVED)
    assert found(second)[MAIL].verdict is Verdict.PASS


def test_a_page_that_fails_on_something_that_still_counts_is_a_reason_to_ask() -> None:
    past = after(audit(FIRST, Person(FINE)), months_later(3).date())
    tried = {PROFILE: [Observation(reader="web", reason=Reason.PAGE_MOVED, at=months_later(3))]}
    person = Person(FINE)
    list(AskReader(person, "teacher", past.last).read(plan([POND], "teacher", {}).items, tried))
    assert (person.asked, person.offered) == ([PROFILE], [MAIL, TAGS])


def test_a_stopped_second_audit_keeps_what_still_counts_and_the_rest_is_unknown() -> None:
    first = audit(FIRST, Person(FINE | {MAIL: "on", TAGS: Move.SKIP}))

    class Leaves(Person):
        def ask(self, question: Question) -> str | Move:
            return Move.QUIT

    past = after(first, months_later(3).date())
    notes = Journal(None, Header(started=FIRST, role="teacher", platforms=("pond",)))
    made, stopped = run(plan([POND], "teacher", {}), [AskReader(Leaves({}), "teacher", past.last)], notes, past)
    assert isinstance(stopped, Stopped)
    assert [finding.verdict for finding in made.findings][1:] == [Verdict.FAIL, Verdict.UNKNOWN]
    assert found(made)[TAGS].reason is Reason.STOPPED


@given(
    st.lists(st.sampled_from(["friends", "everyone", None]), min_size=1, max_size=5),
    st.lists(st.integers(min_value=0, max_value=9), min_size=5, max_size=5),
)
def test_fine_is_only_ever_said_within_the_shelf_life_of_a_look(says: list[str | None], gaps: list[int]) -> None:
    when, record, looked = FIRST, None, None
    for answer, gap in zip(says, gaps, strict=False):
        when = datetime.combine(add_months(when.date(), gap), FIRST.timetz())
        if answer:
            looked = (answer, when.date())
        person = Person({PROFILE: answer or Move.SKIP, MAIL: Move.SKIP, TAGS: Move.SKIP}, still_so=answer is None)
        record = audit(when, person, record)
        finding = found(record)[PROFILE]
        if finding.verdict is Verdict.PASS:
            assert looked is not None
            assert looked[0] == "friends"
            assert when.date() < add_months(looked[1], 6)
        assert finding.verdict is not Verdict.ACCEPTED


# -- what was decided ------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "verdict"), [(-1, Verdict.ACCEPTED), (0, Verdict.ACCEPTED), (1, Verdict.FAIL)])
def test_an_accepted_risk_is_accepted_to_the_end_of_its_day_and_then_to_change(days: int, verdict: Verdict) -> None:
    first = audit(FIRST, Person(FINE | {MAIL: "on"}))
    until = date(2026, 5, 31)
    kept = [decision("accept", MAIL, "on", until)]
    today = datetime(2026, 5, 31, 12, tzinfo=UTC) + timedelta(days=days)
    person = Person({MAIL: "on"})
    second = audit(today, person, first, kept)
    assert found(second)[MAIL].verdict is verdict
    assert found(second)[MAIL].until == (until if verdict is Verdict.ACCEPTED else None)
    assert (MAIL in person.asked) is (verdict is Verdict.FAIL)
    if person.asked:
        assert person.whys[MAIL] is Why.TO_CHANGE


@pytest.mark.parametrize(("days", "asked"), [(-1, False), (0, True), (1, True)])
def test_a_planned_change_is_asked_about_from_its_day_on_and_stays_to_change(days: int, asked: bool) -> None:
    first = audit(FIRST, Person(FINE | {MAIL: "on"}))
    planned = [decision("plan", MAIL, "on", date(2026, 5, 31))]
    person = Person({MAIL: "on"})
    second = audit(datetime(2026, 5, 31, 12, tzinfo=UTC) + timedelta(days=days), person, first, planned)
    assert (MAIL in person.asked) is asked
    assert (found(second)[MAIL].verdict, found(second)[MAIL].planned) == (Verdict.FAIL, date(2026, 5, 31))


def test_what_was_accepted_is_that_answer_and_no_other() -> None:
    worse = load(alter(('verdict: pass }\n      - { id: "on"', 'verdict: fail }\n      - { id: "on"')))
    first = audit(FIRST, Person(FINE | {MAIL: "off"}), loaded=worse)
    kept = [decision("accept", MAIL, "off", date(2027, 1, 1))]
    second = audit(months_later(1), Person(FINE | {MAIL: "on"}, still_so=False), first, kept, loaded=worse)
    assert found(second)[MAIL].verdict is Verdict.FAIL


def test_nothing_is_accepted_into_fine_and_a_decision_about_another_meaning_is_dropped() -> None:
    first = audit(FIRST, Person(FINE))
    kept = [decision("accept", MAIL, "off", date(2027, 1, 1))]
    assert found(audit(months_later(1), None, first, kept))[MAIL].verdict is Verdict.PASS
    first = audit(FIRST, Person(FINE | {MAIL: "on"}))
    kept = [decision("accept", MAIL, "on", date(2027, 1, 1), revision=2)]
    assert found(audit(months_later(1), None, first, kept))[MAIL].verdict is Verdict.FAIL


def test_a_decision_that_was_taken_back_leaves_nothing_accepted() -> None:
    first = audit(FIRST, Person(FINE | {MAIL: "on"}))
    kept = [decision("accept", MAIL, "on", date(2027, 1, 1))]
    second = audit(months_later(1), Person({}), first, kept)
    assert found(second)[MAIL].verdict is Verdict.ACCEPTED
    third = audit(months_later(2), Person({MAIL: "on"}), second)
    assert found(third)[MAIL].verdict is Verdict.FAIL


# -- several records taken together ----------------------------------------------------------------


def record(
    when: datetime, answers: Mapping[str, str], loaded: Loaded = POND, site: str = "", **changes: Any
) -> AuditRecord:
    what = plan([loaded], "teacher", {"pond": site} if site else {}, **changes)
    notes = Journal(None, Header(started=when, role="teacher", platforms=("pond",)))
    made, _stopped = run(what, [AnswersReader(answers)], notes, clock=lambda: when)
    return made


def test_a_newer_quick_audit_does_not_hide_what_the_whole_one_found() -> None:
    whole = record(FIRST, FINE | {MAIL: "on"})
    quick = record(months_later(1), {PROFILE: "everyone"}, quick=True)
    known = standing([quick, whole])
    assert known is not None
    assert {check: one.option for check, one in found(known).items()} == {
        PROFILE: "everyone",
        MAIL: "on",
        TAGS: "review",
    }
    assert known.summary == tally(known.findings)


def test_two_sites_of_one_platform_are_kept_apart() -> None:
    anywhere = load(on_any_site())
    one = record(FIRST, {PROFILE: "everyone"}, anywhere, "https://one.example")
    two = record(months_later(1), {PROFILE: "friends"}, anywhere, "https://two.example")
    for site, option in (("https://one.example", "everyone"), ("https://two.example", "friends")):
        known = standing([two, one], {"pond": site})
        assert known is not None
        assert found(known)[PROFILE].option == option
    newest = standing([two, one])
    assert newest is not None
    assert found(newest)[PROFILE].option == "friends"
    assert standing([two, one], {"pond": "https://three.example"}) is None
    assert standing([]) is None


def test_a_demonstration_is_never_what_is_known() -> None:
    assert standing([record(FIRST, FINE).model_copy(update={"demo": True})]) is None
