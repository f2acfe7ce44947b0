"""What was reported as saved is there afterwards, whatever happens to the program or the disk."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacyaudit import journal
from privacyaudit.errors import RecordError, SaveError
from privacyaudit.journal import Ended, Journal, Seen
from privacyaudit.model import Observation, Refusals, SignedOut
from privacyaudit.storage import files, folders
from tests.support import samples
from tests.support.journals import AT, ENTRIES, HEADER, filled, path_of


def test_each_entry_is_a_line_of_its_own_on_the_disk_when_add_returns() -> None:
    made, aside = journal.begin(HEADER)
    path = path_of(made)
    assert aside is None
    assert path == journal.unfinished()
    for number, entry in enumerate(ENTRIES, 1):
        made.add(entry)
        assert path.read_bytes().endswith(b"\n")
        assert len(path.read_text().splitlines()) == number + 1
        assert journal.resume(path).entries == list(ENTRIES[:number])
    assert path.stat().st_mode & 0o077 == 0


def test_an_entry_is_on_the_disk_and_not_only_in_memory_when_add_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _aside = journal.begin(HEADER)
    forced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: forced.append(os.fstat(handle).st_size))
    for entry in ENTRIES:
        made.add(entry)
        assert forced[-1] == path_of(made).stat().st_size
    assert len(forced) == len(ENTRIES)


def test_a_journal_comes_back_as_it_was() -> None:
    back = journal.resume(path_of(filled()))
    assert back.header == HEADER
    assert back.entries == list(ENTRIES)


def test_a_resumed_journal_goes_on_where_it_ended() -> None:
    path = path_of(filled())
    journal.resume(path).add(ENTRIES[0])
    assert journal.resume(path).entries == [*ENTRIES, ENTRIES[0]]


def test_a_finished_journal_is_removed_and_can_be_removed_twice() -> None:
    made = filled()
    made.close()
    made.close()
    assert journal.unfinished() is None


def test_a_journal_in_memory_writes_nothing() -> None:
    made = Journal(None, HEADER)
    made.add(ENTRIES[0])
    made.close()
    assert made.entries == [ENTRIES[0]]
    assert not folders.state().exists()


def test_a_new_audit_sets_unfinished_ones_aside_and_loses_none() -> None:
    contents = []
    for _number in range(3):
        path = path_of(filled())
        contents.append(path.read_bytes())
    made, aside = journal.begin(HEADER)
    assert aside
    kept = [folders.state() / f"unfinished-{number}.jsonl" for number in (1, 2, 3)]
    assert [path.read_bytes() for path in kept] == contents
    assert journal.resume(aside).entries == list(ENTRIES)
    assert journal.resume(path_of(made)).entries == []


def test_a_damaged_journal_is_set_aside_as_it_is() -> None:
    files.make_folder(folders.state())
    (folders.state() / journal.FILE).write_bytes(b"\xffrubbish")
    _made, aside = journal.begin(HEADER)
    assert aside
    assert aside.read_bytes() == b"\xffrubbish"


def test_what_was_said_of_a_check_counts_under_its_new_id_and_two_that_are_one_now_are_not_mixed() -> None:
    check = samples.load().checklist.checks[0]
    said = Observation(reader="ask", option="friends", at=AT)
    old, new = (Seen(check=name, observation=said) for name in ("pond.old-profile", "pond.profile"))
    made = Journal(None, HEADER, [old, Ended(platform="pond", refused=Refusals(), signed_out=SignedOut.CONFIRMED)])
    assert made.lost([check]) == ["pond.old-profile"]
    made.rename([check])
    assert (made.answered([check]), made.lost([check])) == ({"pond.profile"}, [])
    both = Journal(None, HEADER, [old, new])
    both.rename([check])
    assert both.lost([check]) == ["pond.old-profile"]


@pytest.mark.parametrize("readers", [("ask", "ask"), ("answers", "ask"), ("ask", "answers")])
def test_no_answer_comes_back_because_one_that_contradicts_it_counts_no_more(readers: tuple[str, str]) -> None:
    check = samples.load().checklist.checks[0]
    options = ("friends", "gone") if readers[1] == "ask" or readers[0] == "ask" else ("gone", "friends")
    for two in (options, tuple(reversed(options))):
        seen = [
            Seen(check=check.id, observation=Observation.model_validate({"reader": reader, "option": option, "at": AT}))
            for reader, option in zip(readers, two, strict=True)
        ]
        made = Journal(None, HEADER, seen)
        if two == ("gone", "friends") and readers[1] == "ask":
            assert made.answered([check]) == {check.id}
        else:
            assert (made.answered([check]), made.lost([check])) == (set(), [check.id])


# -- torn and damaged files ------------------------------------------------------------------------


def test_a_file_cut_off_anywhere_keeps_every_whole_line_or_is_refused_untouched() -> None:
    path = path_of(filled())
    raw = path.read_bytes()
    for length in range(len(raw)):
        path.write_bytes(raw[:length])
        whole = raw[:length].count(b"\n")
        if whole == 0:
            with pytest.raises(RecordError, match="Its first lines are missing"):
                journal.resume(path)
            assert path.read_bytes() == raw[:length]
        else:
            back = journal.resume(path)
            assert back.entries == list(ENTRIES[: whole - 1])
            back.add(ENTRIES[0])
            assert journal.resume(path).entries == [*ENTRIES[: whole - 1], ENTRIES[0]]


@pytest.mark.parametrize("tail", [b"\x00" * 4096, b"\xff\xfe", b'{"kind":"seen"'], ids=["zeros", "bytes", "half"])
def test_a_tail_that_was_never_finished_is_dropped(tail: bytes) -> None:
    path = path_of(filled())
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    assert journal.resume(path).entries == list(ENTRIES)
    assert path.read_bytes() == whole


def test_a_torn_line_can_be_dropped_on_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    path = path_of(filled())
    path.write_bytes(path.read_bytes() + b"torn")

    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    monkeypatch.setattr(os, "open", full)
    assert journal.resume(path).entries == list(ENTRIES)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"rubbish",
        b"\x00\x00",
        b"\xff",
        b"[]",
        b"[" * 50_000,
        b'{"kind":"other"}',
        b'{"kind":"seen","check":"pond.mail"}',
        b'{"kind":"seen","check":"pond.mail","observation":{"reader":"ask","at":"2026-11-22T10:02:00Z"}}',
        HEADER.model_dump_json(by_alias=True).encode(),
    ],
    ids=["empty", "words", "zeros", "bytes", "list", "deep", "unknown", "half", "no answer", "second header"],
)
def test_damage_in_the_middle_is_refused_with_its_line_and_the_file_left_alone(line: bytes) -> None:
    path = path_of(filled())
    lines = path.read_bytes().split(b"\n")
    damaged = b"\n".join([*lines[:2], line, *lines[2:], b"torn"])
    path.write_bytes(damaged)
    with pytest.raises(RecordError, match="is damaged at line 3") as caught:
        journal.resume(path)
    assert str(path) in caught.value.what
    assert "--resume" in caught.value.advice
    assert path.read_bytes() == damaged


def test_a_journal_without_its_first_line_is_refused_and_left_alone() -> None:
    path = path_of(filled())
    rest = path.read_bytes().split(b"\n", 1)[1]
    path.write_bytes(rest)
    with pytest.raises(RecordError, match="Its first lines are missing"):
        journal.resume(path)
    assert path.read_bytes() == rest


def test_a_journal_of_a_newer_program_is_refused_and_left_alone() -> None:
    path = path_of(filled())
    newer = path.read_bytes().replace(b'"schema":"1"', b'"schema":"2"')
    assert newer != path.read_bytes()
    path.write_bytes(newer)
    with pytest.raises(RecordError, match="written by a newer version"):
        journal.resume(path)
    assert path.read_bytes() == newer


def test_a_journal_whose_file_was_taken_away_is_written_again_and_never_into_that_of_another_audit() -> None:
    first = filled()
    path = path_of(first)
    path.unlink()
    first.add(ENTRIES[0])
    assert journal.resume(path).entries == [*ENTRIES, ENTRIES[0]]
    path.unlink()
    second, _aside = journal.begin(HEADER.model_copy(update={"role": "councillor"}))
    first.add(ENTRIES[1])
    assert path_of(first).name == "unfinished-1.jsonl"
    assert journal.resume(path_of(first)).entries == [*ENTRIES, ENTRIES[0], ENTRIES[1]]
    first.path = path
    first.close()
    assert journal.resume(path).header == second.header


@given(data=st.data())
def test_one_changed_byte_never_crashes_and_loses_no_other_line(data: st.DataObject) -> None:
    path = path_of(filled())
    raw = path.read_bytes()
    at = data.draw(st.integers(0, len(raw) - 2))
    path.write_bytes(raw[:at] + data.draw(st.binary(min_size=1, max_size=1)) + raw[at + 1 :])
    changed = path.read_bytes()
    try:
        back = journal.resume(path)
    except RecordError:
        assert path.read_bytes() == changed
    else:
        assert sum(entry in ENTRIES for entry in back.entries) >= len(ENTRIES) - 1


@pytest.mark.parametrize("name", ["nowhere.jsonl", ".", "state/x/y"])
def test_a_journal_that_cannot_be_read_is_a_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        journal.resume(tmp_path / name)
    assert caught.value.advice


def test_a_file_where_the_state_folder_should_be_is_a_sentence() -> None:
    folders.state().write_text("mine")
    assert journal.unfinished() is None
    with pytest.raises(SaveError) as caught:
        journal.begin(HEADER)
    assert str(folders.state()) in caught.value.what
    assert folders.state().read_text() == "mine"


def test_a_journal_that_cannot_be_removed_is_a_sentence() -> None:
    made = filled()
    path_of(made).unlink()
    path_of(made).mkdir()
    with pytest.raises(SaveError):
        made.close()


# -- a full disk, and kill -9 ----------------------------------------------------------------------


def test_a_saved_line_holds_ids_and_nothing_else() -> None:
    lines = [json.loads(line) for line in path_of(filled()).read_text().splitlines()]
    assert set(lines[1]) == {"kind", "check", "revision", "observation"}
    assert set(lines[1]["observation"]) == {"reader", "probe", "option", "reason", "changed_from", "confirmed", "at"}
    assert set(lines[3]) == {"kind", "platform", "refused", "signed_out"}


def test_an_answer_to_a_question_that_changed_its_meaning_since_does_not_count() -> None:
    check = samples.load().checklist.checks[0]
    seen = Seen(check=check.id, revision=1, observation=Observation(reader="ask", option=check.options[0].id, at=AT))
    assert seen.counts_for(check)
    assert not seen.counts_for(check.model_copy(update={"revision": 2}))
