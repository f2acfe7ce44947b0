"""The judge gives one finding per check, and nothing that is uncertain or contradicts itself reads as fine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacyaudit.judge import FACTS_OLD_AFTER_DAYS, facts_are_old, heard, judge, settled
from privacyaudit.model import Check, Confidence, Finding, Flag, Observation, ReaderName, Reason, Source, Verdict
from tests.support.samples import load

CHECK = load().checklist.checks[0]
TODAY = date(2026, 9, 1)
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
SPOILS = {Reason.AMBIGUOUS, Reason.UNLISTED_VALUE, Reason.READ_WRONG}

Value = str | Reason
Slot = tuple[ReaderName, int]


def saw(reader: ReaderName, value: Value, probe: int = 0) -> Observation:
    if isinstance(value, Reason):
        return Observation(reader=reader, probe=probe, reason=value, at=AT)
    return Observation(reader=reader, probe=probe, option=value, at=AT)


def verdict_on(*observations: Observation, role: str = "teacher", check: Check = CHECK) -> Finding:
    return judge(check, observations, role, TODAY)


VALUES: tuple[Value | None, ...] = (
    *(None, "friends", "everyone", "ghost"),
    *(Reason.AMBIGUOUS, Reason.UNLISTED_VALUE, Reason.NOT_FOUND, Reason.SKIPPED),
)
ORDERS: tuple[tuple[Slot, ...], ...] = (
    (("web", 0), ("web", 1), ("answers", 0), ("ask", 0)),
    (("answers", 0), ("ask", 0), ("web", 0), ("web", 1)),
    (("web", 0), ("ask", 0), ("answers", 0), ("web", 1)),
)


def everything() -> Iterator[list[Observation]]:
    for order in ORDERS:
        for values in product(VALUES, repeat=len(order)):
            yield [saw(reader, value, probe) for (reader, probe), value in zip(order, values, strict=True) if value]


@cache
def all_findings() -> list[tuple[list[Observation], Finding]]:
    return [(observations, verdict_on(*observations)) for observations in everything()]


def options(observations: list[Observation], *readers: ReaderName) -> set[str]:
    return {o.option for o in observations if o.option in ("friends", "everyone") and o.reader in readers}


def in_doubt(observations: list[Observation]) -> bool:
    """Tell whether a page showed two answers, or something that is not listed."""
    page = [o for o in observations if o.reader == "web"]
    return len(options(page, "web")) > 1 or any(o.reason in SPOILS or o.option == "ghost" for o in page)


def asked_after_the_page(observations: list[Observation]) -> set[str]:
    last = max(number for number, o in enumerate(observations) if o.reader == "web")
    return options(observations[last:], "ask")


def test_there_is_exactly_one_finding_and_it_keeps_every_observation() -> None:
    for observations, finding in all_findings():
        assert isinstance(finding, Finding)
        assert finding.check == CHECK.id
        assert [(o.reader, o.probe) for o in finding.observations] == [(o.reader, o.probe) for o in observations]


def test_a_verdict_is_always_that_of_an_option_somebody_observed() -> None:
    for observations, finding in all_findings():
        if finding.verdict is Verdict.UNKNOWN:
            assert finding.option is None
            assert finding.reason
        else:
            assert finding.option in options(observations, "web", "ask", "answers")
            assert finding.verdict == {"friends": Verdict.PASS, "everyone": Verdict.FAIL}[finding.option or ""]


def test_where_nothing_was_read_or_said_nothing_is_known() -> None:
    for observations, finding in all_findings():
        if not options(observations, "web", "ask", "answers"):
            assert finding.verdict is Verdict.UNKNOWN


def test_a_pass_is_never_against_what_the_page_showed() -> None:
    for observations, finding in all_findings():
        if finding.verdict is Verdict.PASS and "everyone" in options(observations, "web"):
            assert "friends" in options(observations, "web")
            assert asked_after_the_page(observations) == {"friends"}


def test_a_page_that_is_in_doubt_is_settled_only_by_asking_afterwards() -> None:
    for observations, finding in all_findings():
        if in_doubt(observations) and finding.verdict is not Verdict.UNKNOWN:
            assert asked_after_the_page(observations) == {finding.option}
            assert not options(observations, "web") or finding.option in options(observations, "web")


def test_a_person_who_contradicts_herself_is_not_believed() -> None:
    for observations, finding in all_findings():
        contradicts = len(options(observations, "ask", "answers")) > 1
        asked_again = bool(observations) and observations[-1].reader == "ask"
        if contradicts and not asked_again and not any(o.reader == "web" for o in observations):
            assert finding.verdict is Verdict.UNKNOWN
            assert finding.reason is Reason.AMBIGUOUS


def test_what_the_page_showed_clearly_counts_whatever_was_said() -> None:
    for observations, finding in all_findings():
        seen = options(observations, "web")
        if len(seen) == 1 and not in_doubt(observations):
            assert {finding.option} == seen


def test_a_difference_between_page_and_person_is_flagged() -> None:
    for observations, finding in all_findings():
        said = options(observations, "ask", "answers")
        if finding.option and options(observations, "web") == {finding.option} and not in_doubt(observations):
            unclear = len(said) > 1 or any(o.option == "ghost" or o.reason in SPOILS for o in observations)
            assert unclear or (Flag.PAGE_OVER_PERSON in finding.flags) == (said not in (set(), {finding.option}))


def test_no_option_that_the_check_does_not_have_gets_into_a_finding() -> None:
    for _observations, finding in all_findings():
        assert "ghost" not in finding.model_dump_json()


def test_who_is_in_doubt_is_asked() -> None:
    for observations, finding in all_findings():
        without_ask = [o for o in observations if o.reader != "ask"]
        if in_doubt(without_ask) and not any(o.option == "ghost" for o in without_ask):
            assert not settled(without_ask)
        if settled(without_ask) and "ghost" not in {o.option for o in without_ask}:
            assert verdict_on(*without_ask).verdict is not Verdict.UNKNOWN
        assert finding.verdict is Verdict.UNKNOWN or settled(observations) or any(
            o.reader == "ask" for o in heard(observations)
        )  # fmt: skip


@given(st.lists(st.sampled_from([saw(r, v, p) for r, p in ORDERS[0] for v in (*VALUES[1:], *Reason)]), max_size=6))
def test_any_heap_of_observations_gives_a_finding_that_is_no_false_all_clear(observations: list[Observation]) -> None:
    finding = verdict_on(*observations)
    if finding.verdict is Verdict.PASS:
        assert "friends" in options(observations, "web", "ask", "answers")
        assert "everyone" not in options(observations, "web") or "friends" in options(observations, "web")
        assert not in_doubt(observations) or asked_after_the_page(observations) == {"friends"}


# -- one case each, by name ------------------------------------------------------------------------


def test_no_observation_is_unknown_stopped() -> None:
    assert verdict_on().reason is Reason.STOPPED


@pytest.mark.parametrize("reader", ["web", "ask", "answers"])
@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_alone_is_unknown_and_is_told(reader: ReaderName, reason: Reason) -> None:
    finding = verdict_on(saw(reader, reason))
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.reason is reason


def test_two_answers_on_the_page_are_unknown_ambiguous() -> None:
    finding = verdict_on(saw("web", "friends"), saw("web", "everyone", 1))
    assert finding.reason is Reason.AMBIGUOUS


@pytest.mark.parametrize("reason", sorted(SPOILS))
def test_an_answer_beside_a_doubt_is_unknown(reason: Reason) -> None:
    assert verdict_on(saw("web", "friends"), saw("web", reason, 1)).reason is reason


def test_an_answer_beside_a_probe_that_found_nothing_counts() -> None:
    assert verdict_on(saw("web", Reason.NOT_FOUND), saw("web", "friends", 1)).verdict is Verdict.PASS


@pytest.mark.parametrize("reader", ["web", "ask", "answers"])
def test_an_option_that_is_not_listed_is_unknown_and_not_kept(reader: ReaderName) -> None:
    finding = verdict_on(saw(reader, "jane-doe"))
    assert finding.reason is Reason.UNLISTED_VALUE
    assert "jane-doe" not in finding.model_dump_json()


def test_the_page_counts_over_the_person_and_says_so() -> None:
    finding = verdict_on(saw("ask", "friends"), saw("web", "everyone"))
    assert finding.verdict is Verdict.FAIL
    assert finding.flags == (Flag.PAGE_OVER_PERSON,)
    assert verdict_on(saw("ask", "everyone"), saw("web", "everyone")).flags == ()


def test_what_a_file_says_does_not_settle_a_page_that_shows_something_else() -> None:
    assert verdict_on(saw("web", Reason.UNLISTED_VALUE), saw("answers", "friends")).reason is Reason.UNLISTED_VALUE


def test_an_answer_from_before_does_not_settle_a_page_that_contradicts_itself() -> None:
    page = (saw("web", "friends"), saw("web", "everyone", 1))
    assert verdict_on(saw("ask", "friends"), *page).reason is Reason.AMBIGUOUS
    assert verdict_on(*page, saw("ask", "friends")).verdict is Verdict.PASS
    assert verdict_on(*page, saw("ask", "none")).reason is Reason.AMBIGUOUS


def test_what_the_person_did_not_see_there_is_left_to_the_person_who_is_asked_after_that() -> None:
    wrong = saw("web", Reason.READ_WRONG)
    assert not settled([wrong])
    assert verdict_on(wrong).reason is Reason.READ_WRONG
    assert verdict_on(saw("ask", "friends"), saw("answers", "friends"), wrong).reason is Reason.READ_WRONG
    finding = verdict_on(wrong, saw("ask", "everyone"))
    assert (finding.verdict, finding.option) == (Verdict.FAIL, "everyone")
    assert finding.flags == (Flag.READ_WRONG,)
    assert verdict_on(wrong, saw("web", "friends", 1)).reason is Reason.READ_WRONG


def test_what_was_confirmed_counts_as_it_did_and_loses_that_with_its_option() -> None:
    confirmed = saw("web", "friends").model_copy(update={"confirmed": True})
    assert verdict_on(confirmed).verdict is Verdict.PASS
    gone = confirmed.model_copy(update={"option": "ghost", "changed_from": "friends"})
    kept = verdict_on(gone).observations[0]
    assert Observation.model_validate_json(kept.model_dump_json()).reason is Reason.UNLISTED_VALUE


def test_a_page_that_could_not_be_read_leaves_the_answer_to_the_person() -> None:
    assert verdict_on(saw("web", Reason.PAGE_MOVED), saw("answers", "friends")).verdict is Verdict.PASS


def test_why_the_page_failed_is_told_when_the_person_skipped() -> None:
    assert verdict_on(saw("web", Reason.PAGE_MOVED), saw("ask", Reason.SKIPPED)).reason is Reason.PAGE_MOVED
    assert verdict_on(saw("web", Reason.PAGE_MOVED), saw("ask", Reason.DONT_KNOW)).reason is Reason.DONT_KNOW


@pytest.mark.parametrize(
    ("role", "verdict"),
    [("teacher", Verdict.FAIL), ("councillor", Verdict.CHOICE), ("default", Verdict.FAIL), ("x", Verdict.FAIL)],
)
def test_a_verdict_follows_the_role(role: str, verdict: Verdict) -> None:
    assert verdict_on(saw("ask", "everyone"), role=role).verdict is verdict


def test_not_applicable_is_kept_apart_from_a_pass() -> None:
    assert verdict_on(saw("ask", "none")).verdict is Verdict.NOT_APPLICABLE


# -- how good the facts are ------------------------------------------------------------------------


def with_dates(*pages: str, verified: date | None = None) -> Check:
    sources = tuple(Source(url="https://help.pond.example/", page=page, read="2026-11") for page in pages)
    return CHECK.model_copy(update={"sources": sources, "verified": verified})


@pytest.mark.parametrize(("later", "old"), [(-1, False), (0, False), (1, True)])
def test_facts_are_old_from_the_day_after_two_and_a_half_years(later: int, old: bool) -> None:
    today = date(2026, 3, 10) + timedelta(days=FACTS_OLD_AFTER_DAYS + later)
    for check in (with_dates("2026-03-10"), with_dates("2021-01", verified=date(2026, 3, 10))):
        assert facts_are_old(check, today) is old
        flags = judge(check, [saw("ask", "friends")], "teacher", today).flags
        assert (Flag.OLD_FACTS in flags) is old


def test_a_month_counts_to_its_28th() -> None:
    assert not facts_are_old(with_dates("2026-02"), date(2026, 2, 28) + timedelta(days=FACTS_OLD_AFTER_DAYS))
    assert facts_are_old(with_dates("2026-02"), date(2026, 3, 1) + timedelta(days=FACTS_OLD_AFTER_DAYS))


def test_a_year_counts_to_its_end() -> None:
    assert not facts_are_old(with_dates("2025"), date(2025, 12, 28) + timedelta(days=FACTS_OLD_AFTER_DAYS))
    assert facts_are_old(with_dates("2025"), date(2025, 12, 29) + timedelta(days=FACTS_OLD_AFTER_DAYS))


def test_reading_an_old_page_today_does_not_make_it_new() -> None:
    assert facts_are_old(with_dates("2021-04"), TODAY)
    assert facts_are_old(with_dates("undated"), TODAY)
    assert not facts_are_old(with_dates("undated", verified=TODAY), TODAY)


def test_the_newest_date_counts() -> None:
    assert not facts_are_old(with_dates("2020-01", "2026-08", "undated", "2021-01"), TODAY)
    assert not facts_are_old(with_dates(), TODAY)


def test_facts_from_memory_are_flagged_also_when_nothing_is_known() -> None:
    check = CHECK.model_copy(update={"confidence": Confidence.LOW})
    assert verdict_on(check=check).flags == (Flag.LOW_CONFIDENCE,)
    assert verdict_on(saw("ask", "friends"), check=check).flags == (Flag.LOW_CONFIDENCE,)
