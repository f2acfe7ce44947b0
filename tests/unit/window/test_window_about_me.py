"""Steps and proof in the window: what is kept, what is refused, and that people who take turns reach none of it."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import today
from privacyaudit.errors import AuditError, KeyringError, SaveError, UsageError
from privacyaudit.over_time import history
from privacyaudit.over_time.proof_shelf import ProofShelf
from privacyaudit.window import about_me
from privacyaudit.window.app import Download
from privacyaudit.window.presence import Presence
from privacyaudit.window.program import Program
from tests.support.proofs import png
from tests.support.window_app import POST, Site

WORDS = "three quiet words"
CASE = {"harm": "fake_account", "place": "tiktok", "author": "pupil", "work": True, "risk": "none"}
SEEN = {
    "what": "fake_account",
    "audience": "everyone",
    "addresses": ["https://pond.example/@heron-canary"],
    "account": "heron-canary",
    "note": "It shows my classroom-canary.",
}


@cache
def known() -> Catalogue:
    return loading.catalogue()


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Program:
    def none() -> bytes:
        raise KeyringError("There is no keyring.", "Add --passphrase.")

    monkeypatch.setattr(history, "keyring_key", none)
    return Program(known(), Presence())


def do(window: Program, name: str, wish: Any = None) -> Any:
    return window.does()[name]({} if wish is None else wish)


@pytest.fixture
def kept(window: Program) -> Program:
    do(window, "kept-begin", {"passphrase": WORDS})
    return window


def told(window: Program) -> Any:
    return window.reads()["kept"]()


def in_files(folder: Path, word: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and word in path.read_bytes()]


# -- the history -----------------------------------------------------------------------------------


def test_without_a_history_nothing_is_shown_and_none_is_begun_by_looking(window: Program) -> None:
    said = told(window)
    assert (said["there"], said["may_keep"], said["locked"]) == (False, True, "")
    assert "steps" not in said
    assert not history.exists()
    with pytest.raises(UsageError, match="no history yet"):
        do(window, "step-done", {"step": "tiktok.report", "case": CASE})


def test_a_history_is_begun_with_a_passphrase_where_there_is_no_keyring(window: Program) -> None:
    with pytest.raises(KeyringError):
        do(window, "kept-begin", {})
    assert not history.exists()
    said = do(window, "kept-begin", {"passphrase": WORDS})
    assert (said["there"], said["steps"], said["entries"]) == (True, [], [])


def test_where_nothing_is_saved_no_history_is_begun(window: Program) -> None:
    window.keeps = False
    assert told(window)["may_keep"] is False
    with pytest.raises(UsageError, match="Nothing is saved"):
        do(window, "kept-begin", {"passphrase": WORDS})
    assert not history.exists()


def test_a_locked_history_says_so_without_a_command_and_opens_with_its_passphrase(kept: Program) -> None:
    again = Program(known(), Presence())
    locked = told(again)
    assert (locked["there"], locked["locked"]) == (True, "There is no keyring.")
    assert "steps" not in locked
    with pytest.raises(AuditError):
        do(again, "kept-unlock", {"passphrase": "something else"})
    with pytest.raises(UsageError, match="passphrase is empty"):
        do(again, "kept-unlock", {"passphrase": ""})
    assert do(again, "kept-unlock", {"passphrase": WORDS})["steps"] == []


# -- steps -----------------------------------------------------------------------------------------


def first_step(window: Program) -> str:
    return str(do(window, "step-choices", CASE)["choices"][0]["step"])


def test_a_step_is_kept_asked_about_and_followed_by_the_next_rung(kept: Program) -> None:
    step = first_step(kept)
    assert "Look again on" in do(kept, "step-done", {"step": step, "case": CASE})["said"]
    [shown] = told(kept)["steps"]
    assert [answer for answer, _label in shown["answers"]] == ["gone", "refused", "nothing", "waiting"]
    came = do(kept, "step-came", {"number": shown["number"], "outcome": "refused"})
    assert came["next"]
    rung = came["next"][0]["step"]
    do(kept, "step-done", {"step": rung, "instead_of": shown["number"], "day": today().isoformat()})
    [then] = told(kept)["steps"]
    assert then["number"] == shown["number"]
    assert then["question"] != shown["question"]


def test_a_step_that_is_gone_twice_leaves_no_trace(kept: Program) -> None:
    do(kept, "step-done", {"step": first_step(kept), "case": CASE})
    for _time in range(2):
        [shown] = told(kept)["steps"]
        do(kept, "step-came", {"number": shown["number"], "outcome": "gone"})
    assert told(kept)["steps"] == []


def test_who_looks_at_steps_waits_for_no_picture(kept: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(_shelf: ProofShelf) -> list[int]:
        pytest.fail("every picture was read")

    do(kept, "step-done", {"step": first_step(kept), "case": CASE})
    monkeypatch.setattr(ProofShelf, "changed", looked)
    said = kept.reads()["kept-steps"]()
    assert len(said["steps"]) == 1
    assert "entries" not in said


@pytest.mark.parametrize("day", ["2999-01-01", "1999-12-31", "soon"])
def test_a_day_that_cannot_be_is_refused_and_nothing_is_kept(kept: Program, day: str) -> None:
    with pytest.raises(UsageError):
        do(kept, "step-done", {"step": first_step(kept), "case": CASE, "day": day})
    assert told(kept)["steps"] == []


@pytest.mark.parametrize(
    "wish",
    [
        {"step": "no.such", "case": CASE},
        {"step": "tiktok.report", "case": CASE | {"place": "nowhere"}},
        {"step": "tiktok.report"},
        {"step": "tiktok.report", "instead_of": 99},
        {"step": "tiktok.report", "case": CASE | {"harm": "<script>"}},
    ],
)
def test_a_step_that_is_none_of_the_plan_is_refused(kept: Program, wish: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        do(kept, "step-done", wish)
    assert told(kept)["steps"] == []


# -- proof -----------------------------------------------------------------------------------------


def keep_one(window: Program, *pictures: bytes) -> Any:
    do(window, "proof-look", SEEN)
    do(window, "proof-child", {"child": "no"})
    numbers = [take(window, raw) for raw in pictures]
    return do(window, "proof-keep", SEEN | {"pictures": numbers})


def take(window: Program, raw: bytes) -> int:
    return int(window.takes()["proof-picture"](raw)["picture"])


def test_an_entry_is_kept_with_its_pictures_and_stands_in_no_file(kept: Program, tmp_path: Path) -> None:
    picture = png()
    assert keep_one(kept, picture, picture)["pictures"] == 2
    [entry] = told(kept)["entries"]
    assert ["Account", ["heron-canary"]] in entry["facts"]
    assert len(entry["pictures"]) == 2
    home = history.path().parents[1]
    for word in (b"heron-canary", b"classroom-canary", picture[:64]):
        assert in_files(home, word) == []
        assert in_files(tmp_path, word) == []
    assert kept.about_me.pictures == {}


def test_no_picture_is_taken_before_it_is_said_who_may_be_in_it_nor_where_a_child_may_be(kept: Program) -> None:
    with pytest.raises(UsageError, match="before you have said"):
        take(kept, png())
    assert do(kept, "proof-child", {"child": "no"})["possible"] is True
    number = take(kept, png())
    said = do(kept, "proof-child", {"child": "maybe"})
    assert said["possible"] is False
    assert "takes no picture" in said["said"]
    assert kept.about_me.pictures == {}
    with pytest.raises(UsageError, match="before you have said"):
        take(kept, png())
    with pytest.raises(UsageError, match="are gone"):
        do(kept, "proof-keep", SEEN | {"pictures": [number]})
    assert do(kept, "proof-keep", SEEN)["pictures"] == 0


def test_an_entry_gets_no_picture_that_another_tab_chose(kept: Program) -> None:
    """Two tabs at once: the second one begins while the first one has a picture that waits."""
    do(kept, "proof-child", {"child": "no"})
    first = take(kept, png(1))
    do(kept, "proof-child", {"child": "no"})
    second = take(kept, png(2))
    with pytest.raises(UsageError, match="another tab"):
        do(kept, "proof-keep", SEEN | {"pictures": [first]})
    assert told(kept)["entries"] == []
    assert do(kept, "proof-keep", SEEN | {"pictures": [second]})["pictures"] == 1
    with kept.about_me._opened() as opened:
        assert opened.proof.picture(1, 1) == png(2)


def test_where_answers_are_not_saved_any_more_nothing_is_added_but_all_can_be_seen_and_deleted(kept: Program) -> None:
    keep_one(kept)
    do(kept, "step-done", {"step": first_step(kept), "case": CASE})
    do(kept, "keeping", {"keeps": False})
    for name, wish in (("proof-keep", SEEN), ("step-done", {"step": first_step(kept), "case": CASE})):
        with pytest.raises(UsageError, match="is not ticked"):
            do(kept, name, wish)
    assert (len(told(kept)["entries"]), len(told(kept)["steps"])) == (1, 1)
    assert do(kept, "proof-delete", {"number": 1})["entries"] == []


def test_the_answer_about_a_child_counts_for_one_entry(kept: Program) -> None:
    keep_one(kept, png())
    with pytest.raises(UsageError, match="before you have said"):
        kept.takes()["proof-picture"](png())


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"", "empty"), (b"only words", "holds text"), (b"\x7fELF\x00\x01", "does not know this kind")],
)
def test_what_is_no_picture_is_refused(kept: Program, raw: bytes, why: str) -> None:
    do(kept, "proof-child", {"child": "no"})
    with pytest.raises(UsageError, match=why):
        kept.takes()["proof-picture"](raw)
    assert kept.about_me.pictures == {}


def test_a_picture_that_is_left_out_makes_room_and_is_not_kept(kept: Program) -> None:
    do(kept, "proof-child", {"child": "no"})
    numbers = [take(kept, png()) for _picture in range(12)]
    do(kept, "proof-drop", {"picture": numbers[0]})
    do(kept, "proof-drop", {"picture": 9_999})
    numbers.append(take(kept, png()))
    assert do(kept, "proof-keep", SEEN | {"pictures": numbers[1:]})["pictures"] == 12
    assert kept.about_me.pictures == {}


def test_a_thirteenth_picture_is_refused(kept: Program) -> None:
    do(kept, "proof-child", {"child": "no"})
    for _picture in range(12):
        kept.takes()["proof-picture"](png())
    with pytest.raises(UsageError, match="at most 12"):
        kept.takes()["proof-picture"](png())


@pytest.mark.parametrize(
    "wrong",
    [
        {"addresses": ["javascript:alert(1)"]},
        {"addresses": ["file:///etc/passwd"]},
        {"addresses": []},
        {"day": "2999-01-01"},
        {"day": "2026-01-02", "time": ""},
        {"time": "half past"},
        {"note": "x" * 2_001},
    ],
)
def test_what_is_typed_wrongly_is_told_before_any_picture(kept: Program, wrong: dict[str, Any]) -> None:
    for name in ("proof-look", "proof-keep"):
        with pytest.raises(UsageError):
            do(kept, name, SEEN | wrong)
    assert told(kept)["entries"] == []


def test_what_is_kept_can_be_given_away_and_deleted(kept: Program) -> None:
    keep_one(kept, png())
    made = kept.pages()["proof.zip"]()
    assert isinstance(made, Download)
    copies = kept.pages()["proof-copies.zip"]()
    assert isinstance(copies, Download)
    assert (made.name, copies.name) == ("proof.zip", "proof-copies.zip")
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert "heron-canary" in package.read("proof.txt").decode()
        assert any(name.startswith("pictures/") for name in package.namelist())
    said = do(kept, "proof-delete", {"number": 1})
    assert (said["entries"], said["deleted"]) == ([], [1])
    with pytest.raises(UsageError):
        do(kept, "proof-delete", {})
    keep_one(kept)
    do(kept, "proof-delete", {"number": None})
    assert told(kept)["deleted"] == []
    with pytest.raises(UsageError, match="keep no proof"):
        kept.pages()["proof.zip"]()


def test_pictures_that_wait_are_together_no_larger_than_can_be_kept(
    kept: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = png()
    monkeypatch.setattr(about_me, "MOST", 2 * len(picture))
    do(kept, "proof-child", {"child": "no"})
    take = kept.takes()["proof-picture"]
    take(picture)
    take(picture)
    with pytest.raises(SaveError, match="together would be larger"):
        take(picture)
    assert len(kept.about_me.pictures) == 2


# -- whose it is -----------------------------------------------------------------------------------


def test_people_who_take_turns_reach_none_of_it_and_waiting_pictures_are_gone(kept: Program) -> None:
    keep_one(kept)
    do(kept, "proof-child", {"child": "no"})
    kept.takes()["proof-picture"](png())
    kept.take_turns()
    assert kept.about_me.pictures == {}
    for reach in (
        kept.reads()["kept"],
        lambda: kept.takes()["proof-picture"](png()),
        kept.pages()["proof.zip"],
        lambda: do(kept, "proof-keep", SEEN),
        lambda: do(kept, "step-came", {"number": 1, "outcome": "gone"}),
    ):
        with pytest.raises(UsageError, match="People take turns"):
            reach()


def test_forget_takes_it_all_away(kept: Program) -> None:
    keep_one(kept, png())
    kept.forget()
    assert not history.exists()
    assert told(kept)["there"] is False


def test_a_file_comes_only_from_the_page_and_is_no_larger_than_a_picture_may_be() -> None:
    site = Site()
    cookie = site.cookie()
    given = {"cookie": cookie} | POST | {"content-type": "application/octet-stream"}
    path = f"{site.place}file"
    assert site.ask("POST", path, body=b"\x00", **given).status == 200
    assert site.done == [b"\x00"]
    for wrong in (
        {"content-type": "application/json"},
        {"content-type": "multipart/form-data"},
        {"origin": "http://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"x-privacyaudit": ""},
        {"cookie": ""},
    ):
        assert site.ask("POST", path, body=b"\x00", **(given | wrong)).status in (401, 403)
    assert site.ask("POST", path, body=b"\x00", **(given | {"content-length": "50000001"})).status == 413
    assert site.ask("GET", path, cookie=cookie).status == 405
    assert site.done == [b"\x00"]
