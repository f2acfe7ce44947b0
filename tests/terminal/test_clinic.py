"""A whole clinic: the real command, members who come and go, one who means ill, a laptop that dies, and the report."""

from __future__ import annotations

import csv
import http.client
import json
import os
import random
import re
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.cli.dialogs.clinic import Representative
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.clinic import network, record, session, store
from privacyaudit.clinic.counts import Sheet
from privacyaudit.clinic.pages import figure
from privacyaudit.clock import today
from privacyaudit.errors import AuditError, RecordError, SaveError
from privacyaudit.model import Verdict
from tests.support import machines, nursery
from tests.support.clinic_desk import PASSPHRASE, PLATFORM, SECONDS, Desk, desk, named
from tests.support.secret_service import private_keyring, run, secrets

MANY = (
    "facebook",
    "google-account",
    "instagram",
    "linkedin",
    "x",
    "youtube",
    "tiktok",
    "whatsapp",
    "reddit",
    "bluesky",
    "pinterest",
    "discord",
)
SHORT_MINUTE = """
from privacyaudit.serving import runner
real = runner.Running.__init__
def short(self, app, sockets, state=None, keep=None, urgent=lambda: None, seconds=0.2):
    real(self, app, sockets, state, keep, urgent, seconds)
runner.Running.__init__ = short
from privacyaudit.cli import run
run()
"""


@pytest.fixture(scope="module")
def page() -> Sheet:
    known = loading.catalogue()
    plan = session.plan(known, "x", None, [PLATFORM], quick=True, address="127.0.0.1", port=1, today=today())
    return session.sheet(known, plan, today())


def an_option(page: Sheet, check: str, verdict: Verdict, *, is_not: bool = False) -> str:
    return next(one for one, found in page.lines[check].verdicts.items() if (found is verdict) is not is_not)


def answers(page: Sheet, *failing: str) -> dict[str, str]:
    """Answer every check, these so that they have to be changed."""
    return {
        check: an_option(page, check, Verdict.FAIL) if check in failing else an_option(page, check, Verdict.PASS)
        for check in both(page)
    }


def both(page: Sheet) -> list[str]:
    """The checks that can be fine or to change."""
    wanted = {Verdict.PASS, Verdict.FAIL}
    return [check for check, line in page.lines.items() if wanted <= set(line.verdicts.values())]


def written(out: Path) -> tuple[record.ClinicRecord, list[dict[str, str]], str]:
    [html], [table], [found] = (sorted(out.glob(f"*.{kind}")) for kind in ("html", "csv", "json"))
    with table.open(encoding="utf-8", newline="") as lines:
        return record.read(found), list(csv.DictReader(lines)), html.read_text(encoding="utf-8")


# -- thirty members --------------------------------------------------------------------------------

CANARIES = ("CanaryAgent", "CanaryHeader", "CanaryTicket", "CanaryName", "CanaryHost", "CanaryOrigin", "CanaryPath")


def hostile(clinic: Desk, page: Sheet) -> set[int]:
    """Try everything that should not be counted, and return the answers."""
    ticket = clinic.load(**{"User-Agent": CANARIES[0], "X-Odd": CANARIES[1], "Cookie": CANARIES[1]})
    good = {"ticket": ticket, "phase": "before", "answers": answers(page)}
    check = next(iter(good["answers"]))
    wrong: list[Any] = [
        b"",
        b"\xff\xfe",
        b"{" * 9000,
        b"null",
        {"ticket": CANARIES[2], "phase": "before", "answers": answers(page)},
        {"ticket": CANARIES[2] * 3, "phase": "before", "answers": answers(page)},
        good | {"name": CANARIES[3]},
        good | {"answers": {CANARIES[3]: "on"}},
        good | {"answers": {check: CANARIES[3]}},
        good | {"answers": {}},
        good | {"phase": "after"},
        good | {"phase": "after", "earlier": {CANARIES[3]: CANARIES[3]}},
        good | {"phase": CANARIES[3]},
        json.dumps(good).encode() + b" " * 20_000,
    ]
    found = {clinic.share(body, **{"User-Agent": CANARIES[0]}) for body in wrong}
    odd = [
        {"Origin": f"http://{CANARIES[5]}.example"},
        {"Origin": "null"},
        {"Content-Type": "text/plain"},
        {"X-Privacyaudit": "no"},
        {"Sec-Fetch-Site": "cross-site"},
    ]
    found |= {clinic.share(good, **one) for one in odd}
    found.add(clinic.ask("GET", "/board", host=f"{CANARIES[4]}.example")[0])
    found.add(clinic.ask("POST", "/share", b"{}", {"Origin": "http://x"}, host=f"{CANARIES[4]}.example")[0])
    found |= {clinic.ask("GET", f"/c/{CANARIES[6]}")[0], clinic.ask("GET", f"/{CANARIES[6]}?{CANARIES[6]}")[0]}
    found |= {clinic.ask(method, "/board", b"")[0] for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")}
    found.add(chunked(clinic, 40_000))
    return found


def chunked(clinic: Desk, size: int) -> int:
    """Send a body without saying how long it is; the server may hang up before all of it is sent."""
    with socket.create_connection(("127.0.0.1", clinic.port), timeout=SECONDS) as line:
        line.sendall(
            f"POST /share HTTP/1.1\r\nHost: 127.0.0.1:{clinic.port}\r\nOrigin: http://127.0.0.1:{clinic.port}\r\n"
            "Content-Type: application/json\r\nX-Privacyaudit: share\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        try:
            for _number in range(size // 1000):
                line.sendall(b"3e8\r\n" + b"x" * 1000 + b"\r\n")
        except OSError:
            pass
        reply = line.recv(100)
    return int(reply.split()[1])


def test_thirty_members_end_in_exactly_the_right_counts_and_nothing_else(tmp_path: Path, page: Sheet) -> None:
    first, second, third, *_rest = both(page)
    out = tmp_path / "out"
    with desk(*named("Ysgol X", out), forgets=True) as clinic:
        clinic.opened()
        slow = [socket.create_connection(("127.0.0.1", clinic.port)) for _number in range(20)]
        for number, line in enumerate(slow):
            line.sendall(b"GET /board HTTP/1.1\r\nHost: " if number % 2 else b"\x16\x03\x01")
        for _not_sharing in range(3):
            clinic.load()
        for number in range(26):
            ticket = clinic.load()
            failing = [one for one, wanted in ((first, number % 2 == 0), (second, number in (3, 9, 14, 22))) if wanted]
            before = {"ticket": ticket, "phase": "before", "answers": answers(page, *failing)}
            assert clinic.share(before) == 204
            if number == 4:
                assert clinic.share(before) == 409
            if number < 5:
                fixed = {"ticket": ticket, "phase": "after", "answers": answers(page), "earlier": before["answers"]}
                assert [clinic.share(fixed), clinic.share(fixed)] == [204, 409]
            if number == 12:
                refused = hostile(clinic, page)
        assert refused <= {400, 403, 404, 405, 413, 421, 422, 429}
        assert {403, 404, 405, 413, 421, 422} <= refused
        board = clinic.ask("GET", "/board")[1]
        assert "26 people have taken part" in board
        assert "To change: at least 10" in board
        for line in slow:
            line.close()
        dump = memory(clinic.process.pid)
        kept = store.path().read_bytes()
        said = clinic.end()
    made, rows, html = written(out)
    assert made.taking_part == 26
    by_check = {row.check: row for row in made.checks}
    assert by_check[first].to_change == record.Figure(low=13, high=13)
    assert by_check[second].to_change == record.Figure(low=0, high=5)  # 26: the last one alone must not be told
    assert by_check[third].to_change == record.Figure(low=0, high=5)
    assert all(row.fixed is None for row in made.checks)  # five shared again
    assert by_check[first].told is None  # all 26 answered
    cells = {row["check"]: row for row in rows}
    assert len(rows) == len(page.lines)
    assert {row["taking_part"] for row in rows} == {"26"}
    assert (cells[first]["to_change"], cells[first]["to_change_hidden"]) == ("13", "0")
    assert (cells[second]["to_change"], cells[second]["to_change_hidden"]) == ("", "1")
    assert "26 people have taken part" in html
    assert "people who need to change this: 13" in html
    assert "fewer than 6" in html
    assert not store.exists()
    everything = [said.encode(), kept, *(path.read_bytes() for path in out.iterdir())]
    everything += [path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file()]
    for canary in CANARIES:
        assert not any(canary.encode() in one for one in everything), canary
    if dump is None:
        pytest.skip("the memory of another process cannot be read here; the files were searched")
    assert b"data-clinic" in dump
    assert [one for one in CANARIES if one.encode() in dump] == []


def memory(pid: int) -> bytes | None:
    """Return what is in the writable memory of a process; None where that is not to be had."""
    found = bytearray()
    try:
        with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as mem:
            for line in maps:
                where, rights = line.split()[:2]
                if rights.startswith("rw") and "[v" not in line:
                    begin, end = (int(part, 16) for part in where.split("-"))
                    mem.seek(begin)
                    try:
                        found += mem.read(end - begin)
                    except OSError:
                        continue
    except OSError:
        return None
    return bytes(found)


def test_what_was_sent_would_be_found_in_the_memory_of_a_server_that_does_not_forget(tmp_path: Path) -> None:
    """The search of the test above can fail: an open connection still holds what it sent."""
    with desk(*named("Ysgol X", tmp_path / "out", "--memory-only"), passphrase=None, forgets=True) as clinic:
        clinic.opened()
        with socket.create_connection(("127.0.0.1", clinic.port)) as line:
            line.sendall(f"GET /board HTTP/1.1\r\nHost: 127.0.0.1:{clinic.port}\r\nX-Odd: StillHere".encode())
            clinic.ask("GET", "/robots.txt")
            dump = memory(clinic.process.pid)
    if dump is None:
        pytest.skip("the memory of another process cannot be read here")
    assert b"StillHere" in dump


# -- sizes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [0, 9, 10])
def test_under_ten_the_report_holds_their_number_only_in_every_format(tmp_path: Path, page: Sheet, people: int) -> None:
    out = tmp_path / "out"
    first = both(page)[0]
    with desk(*named("Ysgol Fach", out, "--memory-only"), passphrase=None) as clinic:
        clinic.opened()
        for number in range(people):
            failing = [first] if number < 5 else []
            share = {"ticket": clinic.load(), "phase": "before", "answers": answers(page, *failing)}
            assert clinic.share(share) == 204
        board = clinic.ask("GET", "/board")[1]
        clinic.end()
    made, rows, html = written(out)
    assert made.taking_part == people
    told = {row.check: row.to_change for row in made.checks}
    figures = ("to_change", "to_change_low", "fixed", "told")
    if people < 10:
        assert set(told.values()) == {None}
        assert all(row[name] == "" for row in rows for name in figures)
        assert "All counts" not in html
        assert "To change" not in board
    else:
        assert told[first] == record.Figure(low=5, high=5)
        assert "To change: at least 5" in board
        assert "To change: 5" not in board


def test_who_shares_twice_is_counted_as_changed_once_ten_have(tmp_path: Path, page: Sheet) -> None:
    out = tmp_path / "out"
    first, second, *_rest = both(page)
    with desk(*named("Ysgol Y", out, "--memory-only"), passphrase=None) as clinic:
        clinic.opened()
        for number in range(20):
            earlier = answers(page, first, *([second] if number % 2 else []))
            now = answers(page, *([second] if number % 2 else []), *([first] if number in (4, 9, 12, 14, 19) else []))
            body = {"ticket": clinic.load(), "phase": "after", "answers": now, "earlier": earlier}
            assert clinic.share(body) == 204
        board = clinic.ask("GET", "/board")[1]
        clinic.end()
    made, _rows, html = written(out)
    by_check = {row.check: row for row in made.checks}
    assert by_check[first].to_change == record.Figure(low=16, high=20)
    assert by_check[first].fixed == record.Figure(low=12, high=20)  # 15 of at least 16
    assert by_check[second].to_change == record.Figure(low=10, high=10)
    assert by_check[second].fixed == record.Figure(low=0, high=4)
    assert "nearly all (16 or more)" in html
    assert "Changed here: at least 10" in board


# -- when the laptop dies --------------------------------------------------------------------------


def wait_until_kept(people: int) -> None:
    """Wait until the file on the disk holds the shares of so many people; read as the program does."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        keeper = store.Keeper.open(PASSPHRASE)
        try:
            if keeper.load().people == people:
                return
        finally:
            keeper.close()
    raise AssertionError(f"{people} people were not kept in {SECONDS} seconds")


def test_after_kill_9_the_clinic_goes_on_nothing_is_lost_and_nothing_counts_twice(tmp_path: Path, page: Sheet) -> None:
    out = tmp_path / "out"
    first = both(page)[0]
    shares = []
    with desk(*named("Ysgol Z", out), code=SHORT_MINUTE) as clinic:
        clinic.opened()
        late = clinic.load()
        for number in range(12):
            failing = [first] if number % 2 else []
            shares.append({"ticket": clinic.load(), "phase": "before", "answers": answers(page, *failing)})
            assert clinic.share(shares[-1]) == 204
        wait_until_kept(12)
        os.kill(clinic.process.pid, signal.SIGKILL)
        clinic.process.wait()
        before = (clinic.port, clinic.code)
    assert PASSPHRASE.encode() not in store.path().read_bytes()
    assert b"Ysgol" not in store.path().read_bytes()
    with desk("--name", "Another", "--out", str(out)) as other:
        assert other.process.wait(SECONDS) == 2
        assert "--resume" in other.errors()
    with desk("--resume", "--out", str(out)) as clinic:
        clinic.opened()
        assert (clinic.port, clinic.code) == before
        assert [clinic.share(one) for one in shares] == [409] * 12
        assert clinic.share({"ticket": late, "phase": "before", "answers": answers(page, first)}) == 204
        fixed = {"ticket": late, "phase": "after", "answers": answers(page), "earlier": answers(page, first)}
        assert clinic.share(fixed) == 204
        said = clinic.end()
    assert f"Removed: {store.path()}" in said
    assert not store.exists()
    made, _rows, _html = written(out)
    assert made.taking_part == 13
    assert {row.check: row.to_change for row in made.checks}[first] == record.Figure(low=7, high=7)


def test_what_the_board_has_told_is_kept_at_once_so_that_it_cannot_be_told_otherwise(
    tmp_path: Path, page: Sheet
) -> None:
    with desk(*named("Ysgol Z", tmp_path)) as clinic:
        clinic.opened()
        for _number in range(10):
            assert clinic.share({"ticket": clinic.load(), "phase": "before", "answers": answers(page)}) == 204
        wait_until_kept(10)


def test_the_report_of_a_clinic_that_died_is_written_once(tmp_path: Path, page: Sheet) -> None:
    out = tmp_path / "out"
    with desk(*named("Ysgol Z", out)) as clinic:
        clinic.opened()
        clinic.process.kill()
        clinic.process.wait()
    words = [sys.executable, "-m", "privacyaudit", "clinic", "report", "--yes", "--out", str(out)]
    wrong = nursery.run([*words, "--passphrase-stdin"], input="not it\n")
    assert wrong.returncode == 1
    assert "Traceback" not in wrong.stderr
    assert store.exists()
    right = nursery.run([*words, "--passphrase-stdin"], input=f"{PASSPHRASE}\n")
    assert right.returncode == 0, right.stderr
    again = nursery.run([*words, "--passphrase-stdin"], input=f"{PASSPHRASE}\n")
    assert "There is no interrupted clinic" in again.stdout
    assert len(list(out.glob("*.json"))) == 1


def test_a_clinic_whose_report_was_begun_cannot_be_opened_again(tmp_path: Path, page: Sheet) -> None:
    """Otherwise a second report could be subtracted from the first."""
    out = tmp_path / "out"
    with desk(*named("Ysgol Z", out)) as clinic:
        clinic.opened()
        clinic.process.kill()
        clinic.process.wait()
    keeper = store.Keeper.open(PASSPHRASE)
    known = loading.catalogue()
    kept = keeper.load()
    keeper.save(store.kept(kept.plan, kept.tally(session.sheet(known, kept.plan, today())), closed=True))
    keeper.close()
    with desk("--resume", "--out", str(out)) as other:
        assert other.process.wait(SECONDS) == 2
        assert "clinic report" in other.errors()


def wait_until_asleep(pid: int) -> None:
    """Wait until the first thread of a process waits for something, here for a line that is typed."""
    state = Path(f"/proc/{pid}/stat")
    if not state.exists():
        pytest.skip("whether another process waits cannot be told here")
    until = time.monotonic() + SECONDS
    while state.read_text().rsplit(")", 1)[1].split()[0] != "S":
        assert time.monotonic() < until


def test_ctrl_c_asks_and_a_second_one_leaves_the_clinic_to_be_resumed(tmp_path: Path) -> None:
    with desk(*named("Ysgol Z", tmp_path / "out")) as clinic:
        clinic.opened()
        wait_until_asleep(clinic.process.pid)
        clinic.process.send_signal(signal.SIGINT)
        clinic.until("Nobody can share after that")
        wait_until_asleep(clinic.process.pid)
        clinic.process.send_signal(signal.SIGINT)
        assert clinic.process.wait(SECONDS) == 130
        assert "--resume" in clinic.errors()
    assert store.exists()


def test_the_key_is_in_the_keyring_while_the_clinic_is_open_and_gone_after(tmp_path: Path) -> None:
    with private_keyring() as env:
        env |= {"PRIVACYAUDIT_DATA": os.environ["PRIVACYAUDIT_DATA"]}
        with desk(*named("Ysgol Z", tmp_path / "out"), env=env, passphrase=None) as clinic:
            clinic.opened()
            assert "(clinic)" in secrets(env)
            assert "Removed: the key" in clinic.end()
        assert "(clinic)" not in secrets(env)
        with desk(*named("Ysgol Z", tmp_path / "out"), env=env, passphrase=None) as clinic:
            clinic.opened()
            clinic.process.kill()
        gone = run(env, "clinic", "forget", "--yes")
        assert gone.returncode == 0, gone.stderr
        assert "(clinic)" not in secrets(env)
    assert not store.exists()


def test_without_a_keyring_and_a_terminal_it_says_what_to_do(tmp_path: Path) -> None:
    with private_keyring("no daemon") as env:
        env |= {"PRIVACYAUDIT_DATA": os.environ["PRIVACYAUDIT_DATA"]}
        with desk(*named("Ysgol Z", tmp_path / "out"), env=env, passphrase=None) as clinic:
            assert clinic.process.wait(SECONDS) == 1
            said = clinic.errors()
    assert "--memory-only" in said
    assert "Traceback" not in said
    assert not store.exists()


# -- the command -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((), "needs a name"),
        (("--name", "x", "--resume"), "needs a name"),
        (("--resume",), "no clinic to continue"),
        (("--name", "a" * 81), "at most 80"),
        (("--name", "<b>"), "without <"),
        (("--name", "__TICKET__"), "needs a name of"),
        (("--name", "x", "--role", "wizard"), "no role"),
        (("--name", "x", "nowhere"), "no platform"),
        (("--name", "x", "--lan", "--address", "203.0.113.9"), "does not have that address"),
        (("--name", "x", "--earlier", "nothing.json"), "cannot be read"),
        (("--name", "x", *MANY), "Name fewer"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_said_in_a_sentence(tmp_path: Path, words: tuple[str, ...], part: str) -> None:
    with desk(*words, "--out", str(tmp_path)) as clinic:
        assert clinic.process.wait(SECONDS) in (1, 2)
        said = clinic.errors()
    assert part in said
    assert "Traceback" not in said
    assert not store.exists()


def test_with_lan_phones_reach_the_page_and_not_the_board_and_it_ends_with_the_clinic(tmp_path: Path) -> None:
    found = [one.address for one in network.addresses()]
    if not found:
        pytest.skip("this computer has no address but its own")
    lan = ("--lan", "--address", found[0])
    with desk(*named("Ysgol X", tmp_path, "--memory-only", *lan), passphrase=None) as clinic:
        clinic.opened()
        assert "not encrypted" in "".join(clinic.said)
        assert f"http://{found[0]}:{clinic.port}/" in "".join(clinic.said)
        asked = {}
        for path in ("/", f"/c/{clinic.code}", "/board"):
            connection = http.client.HTTPConnection(found[0], clinic.port, timeout=SECONDS)
            connection.request("GET", path)
            asked[path] = connection.getresponse().status
            connection.close()
        assert list(asked.values()) == [200, 200, 404]
        assert clinic.ask("GET", "/board")[0] == 200
        clinic.end()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((found[0], clinic.port), timeout=SECONDS)


def test_without_lan_other_computers_do_not_reach_it(tmp_path: Path) -> None:
    found = [one.address for one in network.addresses()]
    if not found:
        pytest.skip("this computer has no address but its own")
    with desk(*named("Ysgol X", tmp_path, "--memory-only"), passphrase=None) as clinic:
        clinic.opened()
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((found[0], clinic.port), timeout=SECONDS)


def test_there_is_one_clinic_at_a_time(tmp_path: Path) -> None:
    with desk(*named("One", tmp_path)) as clinic:
        clinic.opened()
        with desk(*named("Two", tmp_path)) as other:
            assert other.process.wait(SECONDS) == 2
            assert "already open on this computer" in other.errors()


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with desk("--name", "x", "--port", port, "--memory-only", "--out", str(tmp_path), passphrase=None) as clinic:
            assert clinic.process.wait(SECONDS) == 2
            assert port in clinic.errors()


def test_earlier_clinics_of_the_same_name_are_compared_with(tmp_path: Path, page: Sheet) -> None:
    first = both(page)[0]
    rows = tuple(
        record.CheckCounts(
            platform=PLATFORM,
            check=check,
            revision=line.revision,
            told=None,
            to_change=record.Figure(low=17, high=17) if check == first else record.Figure(low=0, high=4),
            fixed=None,
        )
        for check, line in page.lines.items()
    )
    old = record.ClinicRecord(
        version="1",
        id="0" * 32,
        name="ysgol  W",
        month="2025-03",
        role="everyone",
        quick=True,
        platforms=(PLATFORM,),
        taking_part=24,
        checks=rows,
    )
    (tmp_path / "privacy-clinic-2025-03-00000000.json").write_text(record.text(old), encoding="utf-8")
    other = old.model_copy(update={"name": "Another", "id": "1" * 32, "month": "2025-04"})
    (tmp_path / "privacy-clinic-2025-04-11111111.json").write_text(record.text(other), encoding="utf-8")
    (tmp_path / "privacy-clinic-2025-05-22222222.json").write_text("{}", encoding="utf-8")
    with desk(*named("Ysgol W", tmp_path, "--memory-only"), passphrase=None) as clinic:
        clinic.opened()
        for _number in range(10):
            body = {"ticket": clinic.load(), "phase": "before", "answers": answers(page, first)}
            assert clinic.share(body) == 204
        clinic.end()
    [new] = tmp_path.glob("*.html")
    html = new.read_text(encoding="utf-8")
    assert "March 2025: 24 people have taken part" in html
    assert "17 of 24" in html
    assert "April 2025" not in html


def test_a_file_that_is_no_record_of_a_clinic_is_refused(tmp_path: Path) -> None:
    for number, text in enumerate(("{", "{}", json.dumps({"kind": "history"}))):
        path = tmp_path / f"{number}.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RecordError):
            record.read(path)
    with pytest.raises(RecordError):
        record.read(tmp_path)


def test_a_record_that_tells_of_few_people_is_refused() -> None:
    row = {"platform": "p", "check": "p.a", "revision": 1, "told": None, "fixed": None}
    body = {"version": "1", "id": "0" * 32, "name": "x", "month": "2026-01", "role": "teacher", "quick": True}
    body |= {"platforms": ["p"], "taking_part": 9, "checks": [row | {"to_change": {"low": 5, "high": 5}}]}
    with pytest.raises(ValueError, match="under ten"):
        record.ClinicRecord.model_validate(body)


@pytest.mark.parametrize(
    ("low", "high", "people", "said"),
    [
        (7, 7, 20, "7"),
        (0, 4, 20, "fewer than 5"),
        (0, 5, 21, "fewer than 6"),
        (5, 6, 21, "5 or 6"),
        (5, 7, 21, "5 to 7"),
        (6, 10, 10, "6 or more"),
        (26, 30, 30, "nearly all (26 or more)"),
    ],
)
def test_a_figure_is_said_as_far_as_it_may_be_told(low: int, high: int, people: int, said: str) -> None:
    assert figure(low, high, people) == said


def test_the_query_of_the_guide_pools_the_files_of_clinics(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed; it is for development only")
    from benchmarks import bench_clinic

    rows = bench_clinic.simulate(tmp_path, clinics=300, files=3)[0]
    assert rows == 300 * len(list(csv.DictReader(bench_clinic.one_clinic().splitlines())))
    assert bench_clinic.by_duckdb(tmp_path) == bench_clinic.by_csv(tmp_path)
    assert bench_clinic.by_duckdb(tmp_path)


def test_the_guide_lists_every_column(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "clinic" / "pool-many-clinics.md").read_text(encoding="utf-8")
    assert [name for name in record.COLUMNS if f"| `{name}` |" not in guide] == []


# -- broken requests -------------------------------------------------------------------------------


def test_thousands_of_broken_requests_over_a_socket_leave_the_server_as_it_was(tmp_path: Path, page: Sheet) -> None:
    with desk(*named("Ysgol X", tmp_path, "--memory-only"), passphrase=None) as clinic:
        clinic.opened()
        dice = random.Random(7)

        def throw(number: int) -> None:
            for _number in range(number):
                raw = dice.randbytes(dice.randrange(300))
                if dice.random() < 0.8:
                    path = dice.choice(["/", "/share", "/board", "/nowhere", "/%ff%00", "/?code=1"])
                    length = dice.choice([len(raw), 0, 99_999_999, -5])
                    head = f"{dice.choice(['GET', 'POST', 'PUT'])} {path} HTTP/1.1\r\nHost: 127.0.0.1:{clinic.port}\r\n"
                    raw = f"{head}Content-Length: {length}\r\n\r\n".encode() + raw
                with socket.create_connection(("127.0.0.1", clinic.port)) as line:
                    line.sendall(raw)
                    if dice.random() < 0.5:
                        line.shutdown(socket.SHUT_WR)
                        line.settimeout(1)
                        try:
                            reply = line.recv(64)
                        except OSError:
                            reply = b""
                        assert not re.match(rb"HTTP/1.1 5", reply), (raw, reply)

        throw(1000)
        before = resident(clinic.process.pid)
        throw(2000)
        grown = resident(clinic.process.pid) - before
        ticket = clinic.load()
        check, line = next(iter(page.lines.items()))
        body = {"ticket": ticket, "phase": "before", "answers": {check: next(iter(line.verdicts))}}
        assert clinic.share(body) == 204
        said = clinic.end()
    assert "1 person took part" in said
    assert "Traceback" not in said
    assert grown < 4_000_000


def resident(pid: int) -> int:
    """Return how many bytes of memory a process has."""
    found = Path(f"/proc/{pid}/statm")
    if not found.exists():
        pytest.skip("the memory of another process cannot be measured here")
    return int(found.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


# -- one phone that is many people ------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="127.0.0.9 is no address of this computer here")
def test_nine_made_up_shares_of_one_phone_do_not_tell_what_one_person_answered(tmp_path: Path, page: Sheet) -> None:
    first = both(page)[0]
    with desk(*named("Ysgol Z", tmp_path, "--memory-only"), passphrase=None) as clinic:
        clinic.opened()

        def share(caller: str, *failing: str) -> int:
            clinic.caller = caller
            return clinic.share({"ticket": clinic.load(), "phase": "before", "answers": answers(page, *failing)})

        assert [share("127.0.0.9", *([first] if number < 4 else [])) for number in range(9)] == [204] * 3 + [429] * 6
        assert share("127.0.0.10", first) == 204
        clinic.caller = "127.0.0.1"
        assert "4 people have taken part" in " ".join(clinic.ask("GET", "/board")[1].split())


# -- a full disk -----------------------------------------------------------------------------------

ON_A_SMALL_DISK = """
import os, signal, subprocess, sys
from pathlib import Path
from tests.support.clinic_desk import desk, named
disk, out = Path(sys.argv[1]), Path(sys.argv[2])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "none", disk], check=True)
os.environ["PRIVACYAUDIT_DATA"] = str(disk)

def fill():
    try:
        (disk / "fill").write_bytes(bytes(1_000_000))
    except OSError:
        pass

if sys.argv[3] == "new":
    fill()
    with desk(*named("Ysgol Z", out)) as clinic:
        said, trouble = clinic.process.communicate(timeout=20)
        print(clinic.process.returncode, trouble, sorted(one.name for one in disk.rglob("*.db*")))
    sys.exit()
with desk(*named("Ysgol Z", out)) as clinic:
    clinic.opened()
    os.kill(clinic.process.pid, signal.SIGKILL)
    clinic.process.wait()
fill()
with desk("--resume", "--out", str(out)) as clinic:
    clinic.opened()
    print(clinic.ask("GET", f"/c/{clinic.code}")[0])
    (disk / "fill").unlink()
    print(clinic.end())
"""


def on_a_small_disk(tmp_path: Path, what: str) -> str:
    disk, out = tmp_path / "disk", tmp_path / "out"
    disk.mkdir()
    done = machines.run(["-c", ON_A_SMALL_DISK, str(disk), str(out), what])
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_clinic_that_was_cut_off_goes_on_in_memory_on_a_full_disk_as_it_says(tmp_path: Path) -> None:
    said = on_a_small_disk(tmp_path, "resumed")
    assert said.startswith("200\n")
    assert "disk is full" in said
    assert "The clinic continues in this computer's memory. Free some space on the disk." in said
    assert "0 people took part" in said


def test_a_new_clinic_that_cannot_be_kept_says_so_and_leaves_none_that_was_cut_off(tmp_path: Path) -> None:
    said = on_a_small_disk(tmp_path, "new")
    assert said.startswith("1 ")
    assert "could not be saved" in said
    assert "continues in this computer's memory" not in said
    assert said.rstrip().endswith("[]")


def test_a_new_clinic_whose_first_state_finds_no_room_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known, keeper = loading.catalogue(), store.Keeper.open(PASSPHRASE)
    plan = session.plan(known, "x", None, [PLATFORM], quick=True, address="127.0.0.1", port=1, today=today())
    made = session.new(plan, known, keeper, today())

    def full(_keeper: store.Keeper, _state: str) -> None:
        raise SaveError("The disk is full.", "")

    monkeypatch.setattr(store.Keeper, "save", full)
    monkeypatch.setattr("privacyaudit.credentials.keyring.ask", lambda _work: [])
    with pytest.raises(SaveError):
        made.begin(Representative(at_terminal(plain=True)))
    assert not store.exists()


def test_the_end_of_a_clinic_is_tried_again_once_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    known, keeper = loading.catalogue(), store.Keeper.open(PASSPHRASE)
    plan = session.plan(known, "x", None, [PLATFORM], quick=True, address="127.0.0.1", port=1, today=today())
    made = session.new(plan, known, keeper, today())
    made.keep()
    real, tries, asked = store.Keeper.save, iter((True, True, False)), []

    def save(kept: store.Keeper, state: str) -> None:
        if next(tries):
            raise SaveError("The disk is full.", "")
        real(kept, state)

    def try_again(_desk: Representative, trouble: AuditError) -> bool:
        asked.append(trouble.what)
        return True

    monkeypatch.setattr(store.Keeper, "save", save)
    monkeypatch.setattr(Representative, "made_room", try_again)
    made._close(Representative(at_terminal(plain=True)))
    assert (asked, keeper.load().closed) == (["The disk is full."] * 2, True)
    keeper.close()
