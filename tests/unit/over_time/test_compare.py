"""Comparing two records: what is called better or worse, what never is, and how it is shown."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import FrozenInstanceError
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from privacyaudit import clock, i18n
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.commands import compare as command
from privacyaudit.errors import RecordError, UsageError
from privacyaudit.model import AuditRecord, Earlier, Finding, Reason, Verdict, WrittenRecord
from privacyaudit.over_time.compare import Change, ChangeKind, Comparison, WhyNot, as_of, compare, in_order
from privacyaudit.report.changes import lines, page, sentence, short, view
from privacyaudit.report.formats.comparison_json import data, text
from privacyaudit.report.view import build
from privacyaudit.report.writing import FORMATS, read_record
from tests.support import records
from tests.support.comparisons import (
    ACCEPTED,
    APART,
    CHOICE,
    EARLIER,
    FAIL,
    KNOWN,
    ONE,
    OPTIONS,
    PASS,
    UNKNOWN,
    example,
    found,
    known_with,
    record,
    shown_example,
)
from tests.support.drawn import Brackets, Reader, outside_brackets
from tests.support.records import FINISHED, TODAY, catalogue, check, checklist


def compared(before: Finding, after: Finding, known: Catalogue = KNOWN, **roles: str) -> Change:
    old = record(before, role=roles.get("old", "teacher"))
    new = record(after, role=roles.get("new", "teacher"))
    (row,) = compare(old, new, known).rows
    return row


# -- one check -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (PASS, FAIL, ChangeKind.WORSE),
        (CHOICE, FAIL, ChangeKind.WORSE),
        (APART, FAIL, ChangeKind.WORSE),
        (PASS, ACCEPTED, ChangeKind.WORSE),
        (CHOICE, ACCEPTED, ChangeKind.WORSE),
        (FAIL, FAIL, ChangeKind.STILL_TO_CHANGE),
        (FAIL, ACCEPTED, ChangeKind.STILL_TO_CHANGE),
        (ACCEPTED, FAIL, ChangeKind.STILL_TO_CHANGE),
        (ACCEPTED, ACCEPTED, ChangeKind.STILL_TO_CHANGE),
        (FAIL, PASS, ChangeKind.BETTER),
        (FAIL, CHOICE, ChangeKind.BETTER),
        (ACCEPTED, PASS, ChangeKind.BETTER),
        (ACCEPTED, APART, ChangeKind.BETTER),
        (PASS, PASS, ChangeKind.UNCHANGED),
        (PASS, CHOICE, ChangeKind.UNCHANGED),
    ],
)
def test_a_check_that_both_audits_could_tell(before: Verdict, after: Verdict, kind: ChangeKind) -> None:
    row = compared(found(before), found(after))
    assert (row.kind, row.state, row.why_not) == (kind, after, None)


def test_an_accepted_risk_whose_day_had_passed_was_to_change_in_its_own_audit() -> None:
    gone, today = FINISHED.date() - timedelta(days=1), FINISHED.date()
    for until, state in ((gone, FAIL), (today, ACCEPTED), (None, ACCEPTED)):
        row = compared(found(PASS), found(ACCEPTED, until=until))
        assert (row.kind, row.state) == (ChangeKind.WORSE, state)
        assert row.after
        assert row.after.verdict is state
    row = compared(found(ACCEPTED, until=gone), found(ACCEPTED, until=today))
    assert (row.kind, row.before and row.before.verdict) == (ChangeKind.STILL_TO_CHANGE, FAIL)


@pytest.mark.parametrize("before", Verdict)
def test_an_accepted_risk_of_the_newer_audit_is_to_change_from_the_day_after_its_day_on(before: Verdict) -> None:
    until = FINISHED.date() + timedelta(days=9)
    made = compare(record(found(before)), record(found(ACCEPTED, until=until)), KNOWN)
    for today, state in ((until - timedelta(days=1), ACCEPTED), (until, ACCEPTED), (until + timedelta(days=1), FAIL)):
        (row,) = as_of(made, KNOWN, today).rows
        assert (row.state, row.after and row.after.verdict) == (state, state)
        assert (row.kind, row.why_not) == (made.rows[0].kind, made.rows[0].why_not)
        (entry,) = (entry for shelf in view(made, KNOWN, today).shelves for entry in shelf.blocks[0].entries)
        assert (entry.now.sign.name, entry.to_change) == (state, state is FAIL)


def test_what_became_to_change_moves_up_to_the_others_that_are() -> None:
    checks = [check("photobook", number, options=OPTIONS, default=None) for number in range(3)]
    known = catalogue(checklist("photobook", 3, checks))
    old = record(*(found(FAIL, one.id) for one in checks), known=known)
    until = FINISHED.date()
    new = record(
        *(found(verdict, one.id, until=until) for one, verdict in zip(checks, (FAIL, ACCEPTED, FAIL), strict=True)),
        known=known,
    )
    made = compare(old, new, known)
    assert [row.state for row in made.rows] == [FAIL, FAIL, ACCEPTED]
    later = as_of(made, known, until + timedelta(days=1))
    assert [row.state for row in later.rows] == [FAIL, FAIL, FAIL]
    assert later.rows[0].check == checks[1].id != made.rows[0].check


def test_an_accepted_answer_that_only_counts_differently_for_the_role_is_not_better() -> None:
    choice = found(CHOICE, option="everyone")
    row = compared(found(ACCEPTED), choice, old="teacher", new="councillor")
    assert (row.kind, row.why_not) == (ChangeKind.NOT_COMPARABLE, WhyNot.ROLE)


def test_an_answer_that_is_too_old_is_not_compared_and_is_shown() -> None:
    old = Earlier(option="everyone", on=EARLIER.date())
    expired = found(UNKNOWN, reason=Reason.EXPIRED, earlier=old)
    made = compare(record(found(FAIL)), record(expired), KNOWN)
    assert (made.rows[0].kind, made.rows[0].why_not) == (ChangeKind.NOT_COMPARABLE, WhyNot.UNKNOWN_AFTER)
    assert made.rows[0].state is UNKNOWN
    shown = view(made, KNOWN, TODAY)
    sentence = "On 3 March 2026 the answer was: Everyone. That is too old to count."
    assert sentence in article(page(shown), ONE)
    assert sentence in [line.text for line in lines(shown)]
    assert json.loads(text(shown))["rows"][0]["after"]["earlier"] == {"option": "everyone", "on": "2026-03-03"}


@pytest.mark.parametrize("other", Verdict)
def test_unknown_is_never_compared(other: Verdict) -> None:
    both = WhyNot.UNKNOWN_BOTH if other is UNKNOWN else None
    row = compared(found(UNKNOWN), found(other))
    assert (row.kind, row.state, row.why_not) == (ChangeKind.NOT_COMPARABLE, other, both or WhyNot.UNKNOWN_BEFORE)
    row = compared(found(other), found(UNKNOWN))
    assert (row.kind, row.state, row.why_not) == (ChangeKind.NOT_COMPARABLE, UNKNOWN, both or WhyNot.UNKNOWN_AFTER)


@pytest.mark.parametrize("before", Verdict)
@pytest.mark.parametrize("after", Verdict)
def test_another_revision_is_never_compared(before: Verdict, after: Verdict) -> None:
    row = compared(found(before), found(after, revision=2), known_with(revision=2))
    assert (row.kind, row.why_not) == (ChangeKind.NOT_COMPARABLE, WhyNot.REVISION)


def test_the_same_answer_for_another_role_is_neither_better_nor_worse() -> None:
    choice = found(CHOICE, option="everyone")
    for before, after, roles in (
        (found(FAIL), choice, ("teacher", "councillor")),
        (choice, found(FAIL), ("councillor", "teacher")),
    ):
        row = compared(before, after, old=roles[0], new=roles[1])
        assert (row.kind, row.why_not) == (ChangeKind.NOT_COMPARABLE, WhyNot.ROLE)


def test_another_answer_that_counts_differently_for_the_role_only_is_not_compared() -> None:
    options = [*OPTIONS, {"id": "all", "label": "All", "verdict": {"default": "fail", "councillor": "choice"}}]
    known = known_with(options=options)
    row = compared(found(FAIL), found(CHOICE, option="all"), known, old="teacher", new="councillor")
    assert (row.kind, row.why_not) == (ChangeKind.NOT_COMPARABLE, WhyNot.ROLE)


def test_a_setting_that_was_really_changed_counts_whatever_the_role() -> None:
    assert compared(found(FAIL), found(PASS), old="teacher", new="councillor").kind is ChangeKind.BETTER
    assert compared(found(PASS), found(FAIL), old="councillor", new="teacher").kind is ChangeKind.WORSE


def test_an_answer_that_the_checklist_judges_in_another_way_is_not_compared() -> None:
    row = compared(found(CHOICE, option="everyone"), found(FAIL))
    assert (row.kind, row.why_not) == (ChangeKind.NOT_COMPARABLE, WhyNot.VERDICT)
    assert compared(found(CHOICE, option="everyone"), found(FAIL), catalogue()).why_not is WhyNot.VERDICT
    assert compared(found(CHOICE, option="friends"), found(PASS)).why_not is WhyNot.VERDICT
    stricter = known_with(options=[*OPTIONS[:2], {"id": "followers", "label": "Followers", "verdict": "fail"}])
    row = compared(found(CHOICE), found(FAIL), stricter)
    assert (row.kind, row.why_not) == (ChangeKind.NOT_COMPARABLE, WhyNot.VERDICT)


@pytest.mark.parametrize(
    "known",
    [
        known_with(options=[{"id": "friends", "label": "Friends", "verdict": "fail"}, *OPTIONS[1:]]),
        known_with(options=OPTIONS[1:]),
        known_with(revision=2),
        catalogue(),
    ],
    ids=["judged otherwise", "answer gone", "revised", "check gone"],
)
def test_a_fine_that_would_not_be_said_today_is_not_better(known: Catalogue) -> None:
    row = compared(found(FAIL), found(PASS), known)
    assert (row.kind, row.state, row.why_not) == (ChangeKind.NOT_COMPARABLE, UNKNOWN, WhyNot.OUTDATED)


def test_another_site_is_another_account() -> None:
    site = {"ask": "Which service?", "default": "https://a.example"}
    known = catalogue(checklist("photobook", 1, [check("photobook", 0, id=ONE, options=OPTIONS)], site=site))
    parts = [records.platform(known.loaded["photobook"], site=f"https://{name}.example") for name in "ab"]
    old, new = (record(found(verdict), platforms=(part,)) for verdict, part in zip((FAIL, PASS), parts, strict=True))
    (row,) = compare(old, new, known).rows
    assert (row.kind, row.why_not) == (ChangeKind.NOT_COMPARABLE, WhyNot.SITE)


def test_a_renamed_check_is_the_same_check() -> None:
    known = known_with(aliases=["photobook.old-name"])
    row = compared(found(FAIL, "photobook.old-name"), found(PASS), known)
    assert (row.check, row.kind) == (ONE, ChangeKind.BETTER)


def test_two_checks_that_became_one_are_not_taken_for_each_other() -> None:
    known = known_with(aliases=["photobook.a", "photobook.b"])
    old = record(found(FAIL, "photobook.a"), found(PASS, "photobook.b"))
    rows = compare(old, record(found(PASS)), known).rows
    assert {(row.check, row.kind) for row in rows} == {
        ("photobook.a", ChangeKind.NO_LONGER_ASKED),
        ("photobook.b", ChangeKind.NO_LONGER_ASKED),
        (ONE, ChangeKind.NEW),
    }


def test_what_is_not_asked_any_more_has_no_state_and_is_never_shown_as_fine() -> None:
    made = compare(record(found(PASS)), record(), KNOWN)
    assert (made.rows[0].kind, made.rows[0].state) == (ChangeKind.NO_LONGER_ASKED, None)
    assert 'class="pass"' not in page(view(made, KNOWN, TODAY))


# -- any two records -------------------------------------------------------------------------------

NAMES = ("photobook.one", "photobook.two", "photobook.old-two", "photobook.older-two", "photobook.gone")
MANY = catalogue(
    checklist(
        "photobook",
        2,
        [
            check("photobook", 0, id="photobook.one", options=OPTIONS),
            check(
                "photobook",
                1,
                id="photobook.two",
                aliases=["photobook.old-two", "photobook.older-two"],
                options=OPTIONS,
                default=None,
            ),
        ],
    )
)


@st.composite
def some_finding(draw: st.DrawFn, name: str) -> Finding:
    verdict = draw(st.sampled_from(list(Verdict)))
    option = None if verdict is UNKNOWN else draw(st.sampled_from(["friends", "everyone", "followers", "none", "lost"]))
    return found(verdict, name, option=option, revision=draw(st.integers(1, 2)))


@st.composite
def some_record(draw: st.DrawFn) -> AuditRecord:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    role = draw(st.sampled_from(["teacher", "councillor"]))
    return record(*(draw(some_finding(name)) for name in names), known=MANY, role=role)


def of_kind(made: Comparison, kind: ChangeKind) -> set[str]:
    return {row.check for row in made.rows if row.kind is kind}


@given(some_record(), some_record())
def test_every_check_of_either_record_is_in_exactly_one_row(old: AuditRecord, new: AuditRecord) -> None:
    rows = compare(old, new, MANY).rows
    assert Counter(row.before.check for row in rows if row.before) == Counter(one.check for one in old.findings)
    assert Counter(row.after.check for row in rows if row.after) == Counter(one.check for one in new.findings)
    assert all(row.before or row.after for row in rows)
    assert len({row.check for row in rows}) == len(rows)


@given(some_record())
def test_nothing_is_better_or_worse_than_itself(one: AuditRecord) -> None:
    kinds = {row.kind for row in compare(one, one, MANY).rows}
    assert kinds <= {ChangeKind.STILL_TO_CHANGE, ChangeKind.NOT_COMPARABLE, ChangeKind.UNCHANGED}


@given(some_record(), some_record())
def test_swapping_the_records_swaps_better_and_worse(old: AuditRecord, new: AuditRecord) -> None:
    there, back = compare(old, new, MANY), compare(new, old, MANY)
    swapped = {
        ChangeKind.BETTER: ChangeKind.WORSE,
        ChangeKind.WORSE: ChangeKind.BETTER,
        ChangeKind.NEW: ChangeKind.NO_LONGER_ASKED,
    }
    swapped[ChangeKind.NO_LONGER_ASKED] = ChangeKind.NEW
    for kind in ChangeKind:
        assert of_kind(there, kind) == of_kind(back, swapped.get(kind, kind))


@given(some_record(), some_record())
def test_better_and_worse_are_told_by_both_audits_about_the_same_thing(old: AuditRecord, new: AuditRecord) -> None:
    for row in compare(old, new, MANY).rows:
        if row.kind in (ChangeKind.BETTER, ChangeKind.WORSE):
            assert row.before
            assert row.after
            assert UNKNOWN not in (row.before.verdict, row.after.verdict, row.state)
            assert row.before.revision == row.after.revision
            assert (row.after.verdict in (FAIL, ACCEPTED)) == (row.kind is ChangeKind.WORSE)
            assert (row.before.verdict in (FAIL, ACCEPTED)) == (row.kind is ChangeKind.BETTER)
        assert (row.kind is ChangeKind.NOT_COMPARABLE) == (row.why_not is not None)


@given(some_record(), some_record())
def test_rows_stand_by_kind_and_then_by_the_state_after(old: AuditRecord, new: AuditRecord) -> None:
    rows = compare(old, new, MANY).rows
    order = [(list(ChangeKind).index(row.kind), [*Verdict, None].index(row.state)) for row in rows]
    assert order == sorted(order)


@given(some_record(), some_record())
def test_any_two_records_can_be_shown(old: AuditRecord, new: AuditRecord) -> None:
    shown = view(in_order(old, new, MANY), MANY, TODAY)
    assert page(shown).count("<article") == len(shown.comparison.rows)
    assert len(json.loads(text(shown))["rows"]) == len(shown.comparison.rows)


@given(some_record(), some_record())
def test_any_two_records_make_a_report_whose_links_lead_to_cards(old: AuditRecord, new: AuditRecord) -> None:
    made = build(new, MANY, [], TODAY, before=old, over_time=records.counts(old, new))
    tags = Reader(FORMATS["html"](made)).tags
    ids = [attrs["id"] for _tag, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {str(attrs["href"])[1:] for tag, attrs in tags if tag == "a" and str(attrs["href"])[:1] == "#"} <= set(ids)
    written = WrittenRecord.model_validate_json(FORMATS["json"](made))
    assert (written.record, written.before) == (new, old)


def test_a_comparison_cannot_be_changed() -> None:
    made = compare(record(), record(), KNOWN)
    with pytest.raises(FrozenInstanceError):
        made.turned = True  # type: ignore[misc]


# -- words -----------------------------------------------------------------------------------------

NOT_AGAIN = "The newer audit did not repeat 1 check."


def test_the_headline_counts_and_how_things_stand_now_is_said_beside_it() -> None:
    shown = shown_example()
    assert shown.headline == ("Since 3 March 2026: 1 better, 1 worse, 5 still to change, 3 could not be compared.")
    assert shown.now == "The newer audit: 7 to change, and we could not tell about 2, out of 13 checks."
    assert sentence(shown.comparison) == shown.headline
    assert [(shelf.kind, shelf.count) for shelf in shown.shelves] == [
        (ChangeKind.WORSE, 1),
        (ChangeKind.STILL_TO_CHANGE, 5),
        (ChangeKind.NOT_COMPARABLE, 3),
        (ChangeKind.NEW, 1),
        (ChangeKind.BETTER, 1),
        (ChangeKind.NO_LONGER_ASKED, 1),
        (ChangeKind.UNCHANGED, 2),
    ]
    assert shown.remarks == (NOT_AGAIN,)


def test_files_in_the_wrong_order_are_turned_and_a_sentence_says_so() -> None:
    made, known = example()
    turned = in_order(made.new, made.old, known)
    assert (turned.rows, turned.turned) == (made.rows, True)
    assert view(turned, known, TODAY).remarks == (
        (
            "The first file is the newer one, so we swapped them: "
            "this comparison goes from 3 March 2026 to 22 November 2026."
        ),
        NOT_AGAIN,
    )


@pytest.mark.parametrize("verdict", [FAIL, ACCEPTED])
def test_what_was_to_change_and_was_not_asked_again_is_not_forgotten(verdict: Verdict) -> None:
    two = found(verdict, "photobook.two")
    made = in_order(record(found(PASS), two, finished=EARLIER), record(found(PASS)), KNOWN)
    assert view(made, KNOWN, TODAY).remarks == (NOT_AGAIN, "Of these, 1 needed changing or had been accepted.")


def test_the_same_audit_twice_is_said() -> None:
    made = in_order(record(found(FAIL)), record(found(FAIL)), KNOWN)
    assert view(made, KNOWN, TODAY).remarks == ("Both files are from the same audit, so nothing can have changed.",)
    other = in_order(record(found(FAIL)), record(found(FAIL), finished=FINISHED + timedelta(days=1)), KNOWN)
    assert view(other, KNOWN, TODAY).remarks == ()


def test_audits_that_were_not_alike_get_a_remark() -> None:
    remarks = shown_example(role="councillor", quick=True, stopped=True).remarks
    assert remarks == (
        "The earlier audit was for: Teacher. The newer one was for: councillor.",
        "One of the two audits covered fewer checks. It was the ten-minute audit, or it covered only some parts.",
        NOT_AGAIN,
        "The newer audit was stopped early.",
    )


def test_the_short_form_is_the_headline_and_what_got_worse() -> None:
    shown = shown_example()
    title = shown.shelves[0].blocks[0].entries[0].card.title
    said = [(line.text, line.style, line.first) for line in short(shown)]
    assert said == [
        (shown.headline, "heading", ""),
        (f"Photobook: {title}", "bold", "▲ "),
        ("Before: Fine (Friends). Now: To change (Everyone).", "", "  "),
    ]
    long = [(line.text, line.style, line.first) for line in lines(shown)]
    assert [line for line in long if line in said] == said
    still = compare(record(found(FAIL)), record(found(FAIL)), KNOWN)
    assert [line.text for line in short(view(still, KNOWN, TODAY))] == [sentence(still)]


def test_every_sentence_can_be_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    made, known = example(role="councillor", quick=True, stopped=True, demo=True)
    turned = in_order(made.new, made.old, known)
    monkeypatch.setattr(i18n, "_current", Brackets())
    left = outside_brackets(Reader(page(view(turned, known, TODAY))).said())
    assert set(re.findall(r"[A-Za-z]{2,}", left)) <= {"photobook", "example"}


# -- the page --------------------------------------------------------------------------------------


def article(html: str, check_id: str) -> str:
    (one,) = re.findall(rf'<article id="{re.escape(check_id)}".*?</article>', html, re.DOTALL)
    return str(one)


def test_a_row_has_the_colour_of_the_state_after_and_not_of_the_change() -> None:
    shown = shown_example()
    html = page(shown)
    for row in shown.comparison.rows:
        assert f'class="{row.state or UNKNOWN}"' in article(html, row.check)
    accepted = next(row for row in shown.comparison.rows if row.state is ACCEPTED)
    assert accepted.kind is ChangeKind.STILL_TO_CHANGE
    assert "Accepted (Everyone)" in article(html, accepted.check)


def test_the_page_loads_nothing_and_says_so_in_its_policy() -> None:
    html = page(shown_example())
    tags = Reader(html).tags
    assert not {tag for tag, _attrs in tags} & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert not [attrs for _tag, attrs in tags if "style" in attrs or any(name.startswith("on") for name in attrs)]
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    allowed = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" for style in styles
    )
    policy = next(attrs["content"] for _tag, attrs in tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'"


def test_links_within_the_page_lead_somewhere_and_ids_are_unique() -> None:
    tags = Reader(page(shown_example())).tags
    ids = [attrs["id"] for _tag, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = {str(attrs["href"])[1:] for tag, attrs in tags if tag == "a" and str(attrs["href"]).startswith("#")}
    assert inside
    assert inside | {str(attrs["aria-labelledby"]) for _tag, attrs in tags if "aria-labelledby" in attrs} <= set(ids)


def test_hostile_names_are_shown_and_do_nothing() -> None:
    evil = "</style><script>alert(1)</script>{{ 7 * 7 }}"
    one = found(PASS, option="friends")
    made = compare(record(one), record(one, role="teacher"), KNOWN)
    entry = KNOWN.loaded["photobook"]
    bad = entry.checklist.checks[0].model_copy(update={"title": evil, "question": evil})
    known = Catalogue(
        {"photobook": records.loaded(entry.checklist.model_copy(update={"checks": (bad,)}))}, (records.ROLE,)
    )
    html = page(view(made, known, TODAY))
    assert "<script" not in html
    assert "".join(Reader(html).texts).count(evil) == 2


# -- JSON ------------------------------------------------------------------------------------------


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | set().union(*(keys(one) for one in value.values()))
    return set().union(*(keys(one) for one in value)) if isinstance(value, list) else set()


def test_the_json_has_a_schema_snake_case_keys_and_no_words() -> None:
    made, known = example()
    raw = json.loads(text(view(made, known, TODAY)))
    assert (raw["schema"], raw["tool"], raw["type"]) == ("1", "privacyaudit", "comparison")
    assert all(re.fullmatch(r"[a-z][a-z_]*", key) for key in keys(raw))
    assert raw["counts"] == {kind.value: made.count(kind) for kind in ChangeKind}
    assert sum(raw["counts"].values()) == len(raw["rows"])
    assert raw["old"] == {"id": made.old.id, "finished": "2026-03-03T10:14:00+00:00", "role": "teacher"}
    assert raw == data(view(made, known, TODAY))
    worse = raw["rows"][0]
    assert (worse["kind"], worse["state"], worse["before"]["verdict"]) == ("worse", "fail", "pass")
    assert known.loaded["photobook"].checklist.checks[0].title not in text(view(made, known, TODAY))


# -- the command -----------------------------------------------------------------------------------

app = typer.Typer()
app.command("compare", help=command.HELP)(command.compare)


def saved(folder: Path, name: str, one: AuditRecord) -> Path:
    path = folder / name
    path.write_text(one.model_dump_json(by_alias=True), encoding="utf-8")
    return path


def built_in(verdict: Verdict, option: str | None, when: Any) -> AuditRecord:
    """A record over one check of the pretend site that comes with the program."""
    from privacyaudit.catalogue import loading

    loaded = loading.catalogue().loaded["demo"]
    one = loaded.checklist.checks[0]
    chosen = next((o.id for o in one.options if o.verdict_for("teacher") is verdict), option)
    finding = found(verdict, one.id, option=chosen, revision=one.revision)
    return record(finding, finished=when, platforms=(records.platform(loaded),))


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return (
        saved(tmp_path, "old.json", built_in(FAIL, None, EARLIER)),
        saved(tmp_path, "new.json", built_in(PASS, None, FINISHED)),
    )


def run(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def test_the_command_prints_and_writes_what_changed(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    printed = run(*pair, "--format", "text,json,html", "--out", out, "--no-open")
    assert "Since 3 March 2026: 1 better, 0 worse, 0 still to change, 0 could not be compared." in printed
    assert "Before: To change" in printed
    stem = "privacy-comparison-2026-03-03-to-2026-11-22"
    assert {path.name for path in out.iterdir()} == {f"{stem}.json", f"{stem}.html"}
    assert json.loads((out / f"{stem}.json").read_text())["counts"]["better"] == 1
    run(*pair, "--format", "json", "--out", out, "--no-open")
    assert (out / f"{stem}-2.json").exists()


def test_text_alone_writes_no_file(pair: tuple[Path, Path]) -> None:
    before = set(pair[0].parent.iterdir())
    assert "Better (1)" in run(*pair, "--format", "text")
    assert set(pair[0].parent.iterdir()) == before


def test_the_wrong_order_is_put_right(pair: tuple[Path, Path]) -> None:
    printed = run(*reversed(pair), "--format", "text")
    assert "The first file is the newer one" in printed
    assert "1 better, 0 worse" in printed


def test_a_file_that_is_no_record_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    for files in ((broken, pair[1]), (pair[0], broken), (tmp_path / "missing.json", pair[1])):
        with pytest.raises(RecordError) as trouble:
            run(*files, "--no-open")
        assert trouble.value.advice
    run(*pair, "--format", "json", "--out", tmp_path / "out")
    with pytest.raises(RecordError):
        read_record(next((tmp_path / "out").iterdir()))


@pytest.mark.parametrize("formats", ["pdf", "", "text,csv"])
def test_an_unknown_format_is_refused_before_anything_is_read(formats: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format"):
        run(tmp_path / "no.json", tmp_path / "no.json", "--format", formats)


def test_the_command_loads_nothing_heavy_before_it_runs() -> None:
    code = "import sys, privacyaudit.cli.commands.compare; print(*{'jinja2', 'playwright', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "jinja2" not in done.stdout
    assert "playwright" not in done.stdout


def test_a_record_from_the_future_is_compared_in_the_order_that_was_given() -> None:
    ahead = clock.now() + timedelta(days=400)
    made = in_order(record(found(FAIL), finished=ahead), record(found(PASS)), KNOWN)
    assert (made.turned, made.old.finished) == (False, ahead)
