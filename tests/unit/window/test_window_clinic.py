"""A clinic that is held from the window: what is steered, what is refused, and what is left of it."""

from __future__ import annotations

import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, cast

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.clinic import network, record, steered, steering, store
from privacyaudit.clinic.steering import AGAIN, END, Told, Wanted
from privacyaudit.clock import today
from privacyaudit.errors import AuditError, KeyringError, SaveError, Stopped, UsageError
from privacyaudit.storage import folders
from privacyaudit.window import clinic as window_clinic
from privacyaudit.window.presence import Presence
from privacyaudit.window.program import Program
from privacyaudit.window.serving import Served

WORDS = "three quiet words"
SECONDS = 60
HERE = "127.0.0.1"


class Guide:
    """Whoever steers a clinic, in this process: what it told, the newest last, and how its thread ended."""

    def __init__(self, wanted: Wanted) -> None:
        (theirs, self._says), (listens, answers) = os.pipe(), os.pipe()
        self.heard: list[Told] = []
        self.error: BaseException | None = None
        self._streams = [os.fdopen(theirs, "rb"), os.fdopen(answers, "wb")]
        self._lines = os.fdopen(listens, "rb")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self.say(wanted.model_dump_json())
        self._thread.start()
        self._listening.start()

    def _run(self) -> None:
        try:
            steered.run(
                loading.catalogue(), cast(BinaryIO, self._streams[0]), cast(BinaryIO, self._streams[1]), today()
            )
        except AuditError as error:
            self.error = error
        finally:
            for stream in self._streams:
                stream.close()

    def _listen(self) -> None:
        for line in self._lines:
            self.heard.append(Told.model_validate_json(line))

    def say(self, word: str) -> None:
        os.write(self._says, word.encode() + b"\n")

    def leave(self) -> None:
        os.close(self._says)

    def until(self, stage: str) -> Told:
        until(lambda: bool(self.heard) and self.heard[-1].stage == stage)
        return self.heard[-1]

    def ended(self) -> BaseException | None:
        self._thread.join(SECONDS)
        self._listening.join(SECONDS)
        assert not self._thread.is_alive()
        return self.error


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def wanted(out: Path, **more: Any) -> Wanted:
    return Wanted(**({"folder": str(out), "name": "Ysgol X", "address": HERE, "passphrase": WORDS} | more))


@pytest.fixture
def one() -> Iterator[Program]:
    made = Program(loading.catalogue(), Presence())
    yield made
    made.clinic.close()


def does(one: Program, name: str, /, **wish: Any) -> Any:
    return one.does()[name](wish)


# -- a clinic that is steered ----------------------------------------------------------------------


def test_a_clinic_is_told_to_end_and_tells_where_its_report_is(tmp_path: Path) -> None:
    guide = Guide(wanted(tmp_path))
    told = guide.until("open")
    assert (told.name, told.kept, told.people) == ("Ysgol X", True, "0 people have taken part")
    assert told.board == f"http://{told.address}/board"
    guide.say(END)
    over = guide.until("over")
    assert guide.ended() is None
    assert over.report.endswith(".html")
    assert sorted(path.suffix for path in tmp_path.glob("privacy-clinic-*")) == [".csv", ".html", ".json"]
    assert over.said[0] == "0 people took part."
    assert not store.exists()


def test_when_whoever_steers_is_gone_the_clinic_keeps_its_counts_and_goes_on_later(tmp_path: Path) -> None:
    guide = Guide(wanted(tmp_path))
    code = guide.until("open").code
    guide.leave()
    assert isinstance(guide.ended(), Stopped)
    assert list(tmp_path.glob("privacy-clinic-*")) == []
    assert store.exists()
    again = Guide(wanted(tmp_path, resume=True, name="", address=""))
    assert again.until("open").code == code
    again.say(END)
    again.until("over")
    again.ended()
    assert not store.exists()


def test_a_word_that_is_none_ends_it_as_its_absence_does(tmp_path: Path) -> None:
    guide = Guide(wanted(tmp_path))
    guide.until("open")
    guide.say("what?")
    assert isinstance(guide.ended(), Stopped)
    assert store.exists()


def test_nothing_is_kept_of_a_clinic_in_memory_only(tmp_path: Path) -> None:
    guide = Guide(wanted(tmp_path, memory_only=True, passphrase=""))
    assert not guide.until("open").kept
    assert not store.exists()
    guide.leave()
    guide.ended()
    assert not store.exists()


@pytest.mark.parametrize(
    ("more", "part", "locked"),
    [
        ({"passphrase": ""}, "keyring", True),
        ({"resume": True}, "no clinic to continue", True),
        ({"name": "<b>"}, "without <", True),
        ({"name": "<b>", "passphrase": ""}, "without <", False),
        ({"address": "192.0.2.9"}, "no longer has the address", True),
    ],
    ids=str,
)
def test_what_stands_in_the_way_is_told_without_a_command_to_type(
    tmp_path: Path, more: dict[str, Any], part: str, locked: bool
) -> None:
    guide = Guide(wanted(tmp_path, **more))
    told = guide.until("failed")
    assert isinstance(guide.ended(), AuditError)
    assert part in told.trouble
    assert "--" not in told.trouble
    assert told.locked is locked
    assert not store.exists()


def test_a_clinic_whose_end_cannot_be_kept_waits_until_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, full = store.Keeper.save, [True]

    def save(keeper: store.Keeper, state: str) -> None:
        if full and json.loads(state)["closed"]:
            raise SaveError("The disk is full.", "")
        real(keeper, state)

    monkeypatch.setattr(store.Keeper, "save", save)
    guide = Guide(wanted(tmp_path))
    guide.until("open")
    guide.say(END)
    assert guide.until("stuck").trouble.startswith("The disk is full. Nobody can share any more")
    full.clear()
    guide.say(AGAIN)
    assert guide.until("over").trouble == ""
    assert guide.ended() is None


@pytest.mark.parametrize("words", [b"", b"\n", b"{}\n", b"\xff\n", b'{"folder": "x", "more": 1}\n'])
def test_whoever_types_the_command_is_told_what_it_is_for(words: bytes) -> None:
    answers = io.BytesIO()
    with pytest.raises(UsageError, match="not for typing"):
        steered.run(loading.catalogue(), io.BytesIO(words), answers, today())
    assert answers.getvalue() == b""


def test_where_nobody_listens_nothing_is_told_and_nothing_breaks() -> None:
    class Gone(io.BytesIO):
        def flush(self) -> None:
            raise BrokenPipeError

    desk = steered.Steered(wishes=io.BytesIO(), answers=Gone())
    desk.address_lost()
    assert "different address" in desk.told.lost
    desk.address_back()
    assert (desk.told.lost, desk.word()) == ("", "")


def test_advice_that_names_a_command_is_left_out_and_other_advice_is_not() -> None:
    assert steering.on_a_page(UsageError("A.", "Add --lan.")) == "A."
    assert steering.on_a_page(UsageError("A.", "Type privacyaudit clinic forget.")) == "A."
    assert steering.on_a_page(KeyringError("A.", "Signing in by hand always works.")) == "A."
    assert steering.on_a_page(SaveError("A.", "Free some space.")) == "A. Free some space."


# -- the window ------------------------------------------------------------------------------------


def test_the_window_opens_a_clinic_as_a_process_of_its_own_and_ends_it(one: Program) -> None:
    assert does(one, "open-clinic", name=" Ysgol  X ", address=HERE, memory_only=True)["stage"] == "opening"
    assert one.state()["clinic"]
    until(lambda: one.reads()["clinic"]()["stage"] == "open")
    state = one.reads()["clinic"]()
    assert (state["name"], state["kept"], state["cut_off"], state["elsewhere"]) == ("Ysgol X", False, False, False)
    assert one.home()["clinic"] == "A clinic is open."
    for name in ("forget", "end", "take-turns", "leave-clinic"):
        with pytest.raises(UsageError, match="A clinic is open"):
            does(one, name)
    with pytest.raises(UsageError, match="A clinic is open"):
        does(one, "open-clinic", name="Another", address=HERE, memory_only=True)
    assert not one.presence.over()
    does(one, "end-clinic")
    until(lambda: one.reads()["clinic"]()["stage"] == "over")
    until(lambda: not one.clinic.is_open)
    page = one.pages()["clinic-report"]()
    assert isinstance(page, str)
    assert "Ysgol X" in page
    assert len(list(folders.reports().glob("privacy-clinic-*"))) == 3
    does(one, "leave-clinic")
    assert (one.reads()["clinic"]()["stage"], one.pages()["clinic-report"]()) == ("none", None)
    does(one, "end")


@pytest.mark.parametrize(("everything", "quick"), [(False, True), (True, False)])
def test_a_clinic_is_for_those_and_about_that_which_the_representative_says(
    one: Program, everything: bool, quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Wanted] = []
    monkeypatch.setattr(type(one.clinic), "_start", lambda _self, wish: asked.append(wish))
    services = ("facebook", "whatsapp")
    does(one, "open-clinic", name="X", role="teacher", platforms=services, everything=everything)
    does(one, "open-clinic", name="X", everything=everything)
    assert [(wish.role, wish.platforms, wish.quick) for wish in asked] == [
        ("teacher", services, quick),
        ("everyone", (), True),
    ]


def test_the_page_of_a_steered_clinic_is_about_what_was_wanted(tmp_path: Path) -> None:
    guide = Guide(wanted(tmp_path, role="teacher", platforms=("everyday",), quick=False))
    guide.until("open")
    guide.say(END)
    guide.until("over")
    [made] = tmp_path.glob("privacy-clinic-*.json")
    kept = record.ClinicRecord.model_validate_json(made.read_text(encoding="utf-8"))
    assert (kept.role, kept.platforms, kept.quick) == ("teacher", ("everyday",), False)
    guide.ended()


def test_a_clinic_that_was_killed_is_said_to_be_cut_off(one: Program) -> None:
    does(one, "open-clinic", name="Ysgol X", address=HERE, memory_only=True)
    until(lambda: one.reads()["clinic"]()["stage"] == "open")
    assert one.clinic._process
    one.clinic._process.kill()
    until(lambda: one.reads()["clinic"]()["stage"] == "failed")
    assert "its counts are gone" in one.reads()["clinic"]()["trouble"]
    with pytest.raises(UsageError, match="No clinic is open"):
        does(one, "end-clinic")


def cut_off(tmp_path: Path) -> None:
    guide = Guide(wanted(tmp_path))
    guide.until("open")
    guide.leave()
    guide.ended()


def test_a_clinic_that_was_cut_off_waits_and_no_other_one_is_opened(one: Program, tmp_path: Path) -> None:
    cut_off(tmp_path)
    state = one.reads()["clinic"]()
    assert (state["stage"], state["cut_off"], state["elsewhere"]) == ("none", True, False)
    assert one.home()["clinic"] == "A clinic was cut off. Its counts are still saved."
    with pytest.raises(UsageError, match="A clinic was cut off") as refused:
        does(one, "open-clinic", name="Another", address=HERE, memory_only=True)
    assert refused.value.advice == ""


def test_its_report_is_written_once_with_the_right_passphrase(one: Program, tmp_path: Path) -> None:
    cut_off(tmp_path)
    for passphrase, part in (("", "keyring"), ("wrong", "the key or passphrase is wrong")):
        state = does(one, "report-clinic", passphrase=passphrase)
        assert (state["stage"], state["locked"], state["cut_off"]) == ("failed", True, True)
        assert part in state["trouble"]
        assert "privacyaudit clinic" not in state["trouble"]
    state = does(one, "report-clinic", passphrase=WORDS)
    assert (state["stage"], state["cut_off"]) == ("over", False)
    assert len(list(folders.reports().glob("privacy-clinic-*"))) == 3
    assert does(one, "report-clinic", passphrase=WORDS)["stage"] == "failed"
    assert len(list(folders.reports().glob("privacy-clinic-*"))) == 3


def test_it_is_deleted_without_a_report(one: Program, tmp_path: Path) -> None:
    cut_off(tmp_path)
    state = does(one, "delete-clinic")
    assert state["deleted"][0] == f"Removed: {store.path()}"
    assert (state["cut_off"], store.exists()) == (False, False)
    assert not folders.reports().exists() or list(folders.reports().glob("privacy-clinic-*")) == []


def test_one_that_is_open_elsewhere_on_this_computer_is_not_taken_for_cut_off(one: Program, tmp_path: Path) -> None:
    guide = Guide(wanted(tmp_path))
    guide.until("open")
    state = one.reads()["clinic"]()
    assert (state["cut_off"], state["elsewhere"]) == (False, True)
    with pytest.raises(UsageError, match="already open on this computer"):
        does(one, "delete-clinic")
    assert store.exists()
    guide.say(END)
    guide.ended()


@pytest.mark.parametrize(
    ("wish", "part"),
    [
        ({"name": ""}, "needs a name"),
        ({"name": "a" * 81}, "at most 80"),
        ({"name": "x", "address": "203.0.113.9"}, "does not have that address"),
        ({"name": "x", "address": "fe80::1"}, "newer kind of address"),
        ({"name": "x", "role": "pirate"}, "pirate"),
        ({"name": "x", "platforms": ["facebok"]}, "facebok"),
        ({"name": "x", "more": 1}, "does not understand"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_said_at_once_and_starts_nothing(one: Program, wish: dict[str, Any], part: str) -> None:
    with pytest.raises(UsageError, match=part):
        does(one, "open-clinic", **wish)
    assert one.clinic._process is None


def test_people_who_take_turns_see_and_steer_no_clinic(one: Program) -> None:
    does(one, "take-turns")
    for name in one.clinic.does():
        with pytest.raises(UsageError, match="People take turns"):
            does(one, name)
    for look in (*one.clinic.reads().keys(),):
        with pytest.raises(UsageError, match="People take turns"):
            one.reads()[look]()


def test_networks_are_offered_by_whether_phones_may_reach_them(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (network.Kind.WIFI, network.Kind.CABLE, network.Kind.VPN)
    found = [network.Address(f"10.0.0.{number}", f"card{number}", kind) for number, kind in enumerate(kinds, 1)]
    monkeypatch.setattr(network, "addresses", lambda: found)
    offered = window_clinic.networks()
    assert [one["kind"] for one in offered["near"]] == ["wifi", "cable"]
    assert [one["address"] for one in offered["far"]] == ["10.0.0.3"]
    assert offered["near"][0]["words"] == "10.0.0.1, Wi-Fi (card1)"
    assert len(offered["rules"]) == 3


def test_the_window_does_not_end_by_itself_while_a_clinic_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, opens = [0.0], iter([True] * 5 + [False] * 100)

    class Clock(Presence):
        def wait(self, _seconds: float) -> None:
            seconds[0] += 599

    presence = Clock(lambda: seconds[0])
    loaded: Future[Program] = Future()
    loaded.set_result(Program(loading.catalogue(), presence))
    monkeypatch.setattr(window_clinic.Clinics, "is_open", property(lambda _self: next(opens)))
    Served(cast(Any, None), cast(Any, SimpleNamespace(behind=loaded)), cast(Any, SimpleNamespace(alive=True))).wait()
    assert seconds[0] == 599 * 7
