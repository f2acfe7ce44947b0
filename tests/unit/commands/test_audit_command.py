"""The `audit` command: in a real terminal, from answers files, and with everything that can be asked wrongly."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit import effort
from privacyaudit.catalogue import loading
from privacyaudit.plan import plan
from privacyaudit.storage import files
from privacyaudit.walk import aim, seconds, stops
from tests.support.everyday_audit import EVERYDAY, LAST, found, record
from tests.support.in_process import run

NOTED = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen"}
WATCHED = f"""
import sys
from pathlib import Path
note = Path(sys.argv.pop(1)).open("a")
def watch(event, args):
    if event in {NOTED!r} and not (event == "socket.connect" and isinstance(args[1], str)):  # a str: on this computer
        print(event, args[-1], file=note, flush=True)
sys.addaudithook(watch)
"""


def test_an_answers_file_fills_the_record_and_what_is_open_is_in_the_headline(tmp_path: Path) -> None:
    first = EVERYDAY[0]
    (tmp_path / "a.yaml").write_text(f"{first.id}: '{first.options[0].id}'\n")
    result = run(
        *("audit", "everyday", "--quick", "--answers", str(tmp_path / "a.yaml"), "--no-input"),
        *("--out", str(tmp_path / "out"), "--strict"),
    )
    assert result.returncode == 11, result.stderr
    assert f"we could not tell about {LAST - 1}, out of {LAST} checks" in result.stdout
    assert found(tmp_path / "out")[first.id] == first.options[0].id
    assert set(list(found(tmp_path / "out").values())[1:]) == {"(skipped)"}
    [page] = (tmp_path / "out").glob("*.html")
    assert f"we could not tell about {LAST - 1}" in page.read_text()


def test_an_answer_whose_check_has_changed_since_is_named_and_left_out(tmp_path: Path) -> None:
    first, second = EVERYDAY[:2]
    answers = {one.id: one.options[0].id for one in (first, second)}
    said = {"answers": answers, "day": "2026-05-03", "role": "teacher", "open": {}}
    revisions = {first.id: first.revision, second.id: second.revision + 1}
    (tmp_path / "a.json").write_text(json.dumps({**said, "revisions": revisions}))
    words = ("audit", "everyday", "--quick", "--answers", str(tmp_path / "a.json"), "--no-input")
    result = run(*words, "--out", str(tmp_path / "out"))
    assert f"1 earlier answer no longer counts, because that check has changed or is gone: {second.id}." in " ".join(
        result.stdout.split()
    )
    assert (found(tmp_path / "out")[first.id], found(tmp_path / "out")[second.id]) == (answers[first.id], "(skipped)")


def test_the_report_of_a_record_can_be_written_again(tmp_path: Path) -> None:
    run("audit", "everyday", "--quick", "--no-input", "--out", str(tmp_path / "out"))
    [path] = (tmp_path / "out").glob("*.json")
    words = ("report", str(path), "--out", str(tmp_path / "again"), "--no-open")
    result = run(*words)
    assert result.returncode == 0, result.stderr
    assert sorted(file.suffix for file in (tmp_path / "again").iterdir()) == [".csv", ".html"]


@pytest.mark.parametrize(
    ("words", "sentence", "code"),
    [
        (["audit", "facebok"], "There is no platform “facebok”", 2),
        (["audit", "everyday", "--role", "king"], "There is no role “king”", 2),
        (["audit", "everyday", "--area", "space"], "There is no area “space”", 2),
        (["audit", "everyday", "--area", "ads"], "No check matches", 2),
        (["audit", "wikipedia", "--site", "wikipedia"], "does not say which platform", 2),
        (
            ["audit", "wikipedia", "--site", "wikipedia=ftp://x.example"],
            "cannot use “ftp://x.example” as an address",
            2,
        ),
        (["audit", "wikipedia", "--site", "everyday=https://x.example"], "not part of this audit", 2),
        (["audit", "everyday", "--site", "everyday=https://x.example"], "only one address", 2),
        (["audit", "everyday", "--headless"], "only with --browser", 2),
        (["audit", "wikipedia", "--browser", "--headless"], "could not sign in by hand", 2),
        (["audit", "everyday", "--format", "docx"], "no report format “docx”", 2),
        (["audit", "--no-input"], "Say which platform", 2),
        (["audit", "--resume"], "no unfinished audit", 2),
        (["audit", "everyday", "--answers", "nowhere.yaml", "--no-input"], "cannot be read", 2),
        (["audit"], "nobody to answer", 2),
        (["show", "everyday.nothing"], "There is no check", 2),
        (["report", "nowhere.json"], "nowhere.json", 1),
        (["lint", "nowhere.yaml"], "cannot be read", 2),
        (["keys", "add", "everyday"], "cannot sign in", 2),
        (["--lang", "xx", "list"], "no translation for", 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_a_sentence_and_an_exit_code(
    words: list[str], sentence: str, code: int, tmp_path: Path
) -> None:
    result = run(*words)
    said = " ".join((result.stderr + result.stdout).split())
    assert sentence in said
    assert "Traceback" not in said
    assert result.returncode == code


def test_a_folder_that_cannot_be_written_any_more_loses_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = files.try_folder

    def then_something_comes_in_the_way(folder: Path) -> None:
        tried(folder)
        if folder == tmp_path / "file" / "out":
            (tmp_path / "file").write_text("not a folder")

    monkeypatch.setattr(files, "try_folder", then_something_comes_in_the_way)
    words = ("audit", "everyday", "--quick", "--no-input", "--out", str(tmp_path / "file" / "out"))
    result = run(*words)
    assert result.returncode == 1
    assert "could not be written" in result.stderr
    monkeypatch.setattr(files, "try_folder", tried)
    again = run("audit", "--resume", "--no-input", "--out", str(tmp_path / "out"))
    assert again.returncode == 0, again.stderr
    assert len(found(tmp_path / "out")) == LAST


def test_a_damaged_unfinished_audit_is_told_and_kept_aside(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "unfinished.jsonl").write_text("nonsense\n")
    result = run("audit", "--resume", "--no-input")
    assert result.returncode == 1
    assert "damaged" in result.stderr
    result = run("audit", "everyday", "--quick", "--no-input", "--out", str(tmp_path / "out"))
    assert result.returncode == 0, result.stderr
    assert (state / "unfinished-1.jsonl").read_text() == "nonsense\n"


def test_clean_removes_what_was_written_and_says_what(tmp_path: Path) -> None:
    run("audit", "everyday", "--quick", "--no-input", "--out", str(tmp_path / "out"))
    (tmp_path / "out" / "mine.txt").write_text("mine")
    written = sorted((tmp_path / "out").glob("privacy-audit-*"))
    result = run("clean", "--yes")
    assert result.returncode == 0, result.stderr
    flat = result.stdout.replace("\n", "")
    assert all(f"Removed: {path}" in flat for path in written)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert not (tmp_path / "state").exists()
    assert "nothing to remove" in run("clean", "--yes").stdout


def test_the_first_question_builds_a_plan_and_keeps_private_parts_out_of_the_list(tmp_path: Path) -> None:
    """In plain style: who are you (1), which platforms (none, and then habits), private parts no, then stop."""
    typed = "1\n\neveryday\nn\n1\nq\n"
    result = run("audit", "--plain", "--quick", "--out", str(tmp_path / "out"), typed=typed)
    said = " ".join((result.stdout + result.stderr).split())
    assert "Who are you?" in said
    listed, _sep, asked = said.partition("because using them is private")
    assert "Facebook" in listed
    assert "Dating" not in listed.split("Which of these")[1].replace("not listed", "").split("Everyday")[0]
    assert "Your plan" in asked
    assert f"Altogether: {LAST} questions on" in asked
    assert "You typed nothing. Type numbers from 1 to" in listed, "nothing is ticked beforehand"
    assert result.returncode == 130


def watched(program: str, note: Path, *words: str, typed: str = "") -> list[str]:
    """Run Python code with these words, and return the connections, look-ups of names and programs that it began."""
    command = [sys.executable, "-c", WATCHED + program, str(note), *words]
    done = subprocess.run(command, input=typed, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode in (0, 130), done.stderr
    return note.read_text().splitlines()


def test_by_hand_nobody_is_contacted_and_no_program_is_started(tmp_path: Path) -> None:
    main = "from privacyaudit.__main__ import main; main()"
    words = ("audit", "wikipedia", "everyday", "--role", "teacher", "--no-keep", "--no-open", "--plain")
    typed = "1\n" * 200
    assert watched(main, tmp_path / "note", *words, "--out", str(tmp_path / "out"), typed=typed) == []
    answers = found(tmp_path / "out").values()
    assert len(answers) > LAST
    assert not [one for one in answers if one.startswith("(")], "a question was not answered"
    assert watched(main, tmp_path / "note", "list") == []
    for case in (("--no-input", "--what", "post", "--where", "facebook"), ("--first-hour",)):
        assert watched(main, tmp_path / "note", "remove", *case, "--out", str(tmp_path / f"{case[0]}.html")) == []


def test_a_connection_a_name_and_a_program_would_be_noticed(tmp_path: Path) -> None:
    code = """
import socket, subprocess
subprocess.run([sys.executable, "-c", ""])
socket.socket().connect_ex(("127.0.0.1", 9))
socket.getaddrinfo("127.0.0.1", 9)
"""
    noticed = watched(code, tmp_path / "note")
    assert [line.split()[0] for line in noticed] == ["subprocess.Popen", "socket.connect", "socket.getaddrinfo"]


def test_whose_accounts_it_is_for_is_said_before_the_first_audit_and_once(tmp_path: Path) -> None:
    words = ("audit", "everyday", "--quick", "--no-input", "--out", str(tmp_path / "out"))
    first, second = (" ".join(run(*words).stdout.split()) for _time in range(2))
    consent = "Use the program for your own accounts, or somebody else's while they sit beside you."
    assert f"{consent} An employer must not require it." in first
    assert first.index("your own accounts") < first.index("Written:")
    assert "your own accounts" not in second


def test_a_pdf_is_refused_before_the_first_question_where_no_browser_could_print_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("playwright", reason="the extra “browser” is not installed")
    monkeypatch.setenv("PRIVACYAUDIT_BROWSER", str(tmp_path / "nothing"))
    result = run("audit", "everyday", "--format", "html,pdf", "--no-input", "--out", str(tmp_path / "out"))
    assert result.returncode == 1
    assert "which does not exist" in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_going_on_says_how_many_checks_are_left_to_answer(tmp_path: Path) -> None:
    words = ("audit", "--plain", "--no-open", "--out", str(tmp_path / "out"))
    first = run(*words, "texting", "--role", "teacher", typed="2\n1\nd\ns\nq\n")
    assert first.returncode == 130
    assert "To continue: privacyaudit audit --resume" in first.stderr
    total = int(re.findall(r"(\d+) checks, about", first.stdout)[0])
    again = run(*words, "--resume", typed="q\n")
    assert f": {total - 3} of {total} checks left to answer, about" in again.stdout
    assert "Where do you look at your settings?" not in again.stdout, "it was said when the audit began"
    assert "checks, about" not in again.stdout
    run(*words, "--resume", typed="d\n" * total)
    done = run(*words, "--resume")
    assert done.returncode == 2


def test_what_an_answers_file_says_is_not_announced_as_a_question(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("texting.learners: work\n")
    done = run("audit", "--plain", "--answers", str(answers), "--role", "teacher", "--no-open", typed="1\nq\n")
    assert "checks left to answer" in done.stdout, done.stderr


# -- how much time, and stopping -------------------------------------------------------------------

SERVICES = ("facebook", "instagram", "whatsapp", "tiktok")


def begun(tmp_path: Path, *words: str, typed: str) -> subprocess.CompletedProcess[str]:
    return run("audit", "--plain", "--no-open", "--out", str(tmp_path / "out"), *words, typed=typed)


def minutes_said(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"about (\d+) minutes", text)]


def model(services: tuple[str, ...], *, quick: bool = False) -> int:
    catalogue = loading.catalogue()
    of = plan([catalogue.checklist(name) for name in services], "teacher", {}, quick=quick)
    return effort.minutes(seconds(of.items, of.role))


def test_who_says_nothing_is_asked_how_much_time_there_is_and_the_minutes_are_those_of_the_model(
    tmp_path: Path,
) -> None:
    said = begun(tmp_path, "--role", "teacher", typed=f"{' '.join(SERVICES)}\nn\n\n2\nq\n").stdout
    asked = said[said.index("How much time do you have?") : said.index("Where do you look")]
    assert minutes_said(asked)[:2] == [model(SERVICES, quick=True), model(SERVICES)]
    assert "Press Enter for: 10 minutes: what matters most" in asked
    assert f"Altogether: 12 questions on 9 screens, about {model(SERVICES, quick=True)} minutes." in said
    assert "screen 1 of 9" in said


def test_one_service_is_chosen_with_its_own_minutes(tmp_path: Path) -> None:
    said = begun(tmp_path, "--role", "teacher", typed=f"{' '.join(SERVICES)}\nn\n2\ntiktok\n2\nq\n").stdout
    asked = said[said.index("Which service?") : said.index("Where do you look")]
    for name, label in (("facebook", "Facebook"), ("whatsapp", "WhatsApp"), ("tiktok", "TikTok")):
        assert f"{label}: about {model((name,))} minutes" in asked
    assert f"about {model(('tiktok',))} minutes." in said.partition("Your plan")[2]
    assert "WhatsApp" not in said.partition("Your plan")[2]


@pytest.mark.parametrize(
    ("words", "quick"),
    [(("--quick",), True), (("--full",), False), (("facebook",), False), (("--area", "tagging"), None)],
)
def test_who_says_how_much_is_not_asked(words: tuple[str, ...], quick: bool | None, tmp_path: Path) -> None:
    typed = "2\n1\nq\n" if "facebook" in words else "facebook\nn\n2\n1\nq\n"
    done = begun(tmp_path, "--role", "teacher", *words, typed=typed)
    assert "How much time" not in done.stdout
    assert done.returncode == 130
    if quick is not None:
        assert record(tmp_path / "out")["quick"] is quick


def test_quick_and_full_are_two_different_things(tmp_path: Path) -> None:
    done = begun(tmp_path, "facebook", "--quick", "--full", typed="")
    assert done.returncode == 2
    assert "do not work together" in done.stderr


def test_named_services_without_anybody_to_ask_are_audited_whole(tmp_path: Path) -> None:
    assert run("audit", "tiktok", "--no-input", "--out", str(tmp_path / "out")).returncode == 0
    made = record(tmp_path / "out")
    assert not made["quick"]
    assert len(made["findings"]) == len(loading.catalogue().checklist("tiktok").checklist.checks)


def test_who_stops_has_a_report_of_what_there_is_and_can_go_on(tmp_path: Path) -> None:
    done = begun(tmp_path, "everyday", "--quick", "--role", "teacher", typed="1\nq\n")
    assert done.returncode == 130
    assert "To continue: privacyaudit audit --resume" in done.stderr
    made = record(tmp_path / "out")
    assert made["stopped"]
    assert sorted(row["reason"] or "" for row in made["findings"]) == ["", *["stopped"] * (LAST - 1)]
    assert "Not reached yet" in done.stdout.splitlines()
    assert "Do these first" not in done.stdout
    [path] = (tmp_path / "out").glob("*.json")
    compared = run("compare", str(path), str(path), "--format", "text").stdout
    assert compared.count("Before: Not reached yet. Now: Not reached yet.") == LAST - 1
    assert "Could not tell" not in compared
    assert (tmp_path / "state" / "unfinished.jsonl").exists()
    again = run("audit", "--resume", "--no-input", "--out", str(tmp_path / "more"))
    assert again.returncode == 0, again.stderr
    assert not record(tmp_path / "more")["stopped"]
    assert not (tmp_path / "state" / "unfinished.jsonl").exists()


def test_who_stops_before_the_first_answer_has_no_report_of_nothing(tmp_path: Path) -> None:
    done = begun(tmp_path, "everyday", "--quick", "--role", "teacher", typed="q\n")
    assert done.returncode == 130
    assert list((tmp_path / "out").glob("*")) == []


def test_an_unfinished_audit_of_before_goes_on_and_asks_for_the_device(tmp_path: Path) -> None:
    begun(tmp_path, "tiktok", "--role", "teacher", typed="2\na\nq\n")
    notes = tmp_path / "state" / "unfinished.jsonl"
    first, *answers = notes.read_text().splitlines()
    assert '"device":"iphone"' in first
    assert len(answers) > 1
    notes.write_text("\n".join([first.replace(',"device":"iphone"', ""), *answers]) + "\n")
    again = begun(tmp_path, "--resume", typed="3\nq\n")
    assert "Where do you look at your settings?" in again.stdout
    assert "On Android: " in again.stdout
    assert not re.search(r"\b1 of", again.stdout.partition("screen")[0])


def test_what_was_changed_is_in_the_record_with_how_it_was(tmp_path: Path) -> None:
    way = plan([loading.catalogue().checklist("tiktok")], "teacher", {}, quick=True)
    first, *others = stops(way.items, "teacher")[0].items
    check = first.check
    wrong = next(n for n, option in enumerate(check.options, 1) if option.verdict_for("teacher") == "fail")
    well = [one.check.options.index(found) + 1 for one in others if (found := aim(one.check, "teacher"))]
    typed = "\n".join(map(str, ("2", wrong, *well, 1, "q")))
    begun(tmp_path, "tiktok", "--role", "teacher", "--quick", typed=f"{typed}\n")
    [row] = [row for row in record(tmp_path / "out")["findings"] if row["check"] == check.id]
    assert row["verdict"] == "pass"
    assert row["observations"][0]["changed_from"] == check.options[wrong - 1].id


# -- going on with what has changed since ----------------------------------------------------------


def notes_of(tmp_path: Path) -> Path:
    return tmp_path / "state" / "unfinished.jsonl"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"check":"texting.', '"check":"texting.gone-'),
        ('"revision":1', '"revision":99'),
        ('"option":"', '"option":"gone-'),
    ],
    ids=["check", "revision", "option"],
)
def test_an_answer_that_counts_no_more_is_named_and_kept(old: str, new: str, tmp_path: Path) -> None:
    begun(tmp_path, "texting", "--role", "teacher", typed="2\n1\nq\n")
    notes = notes_of(tmp_path)
    assert old in notes.read_text()
    notes.write_text(notes.read_text().replace(old, new))
    changed = notes.read_text()
    again = run("audit", "--resume", "--no-input", "--out", str(tmp_path / "more"))
    assert again.returncode == 0, again.stderr
    assert "1 earlier answer no longer counts" in again.stdout
    assert "texting." in again.stdout.partition("no longer counts")[2].splitlines()[0]
    kept = tmp_path / "state" / "unfinished-1.jsonl"
    assert str(kept) in again.stdout.replace("\n", "")
    assert kept.read_text().startswith(changed)
    assert not notes.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [('"platforms":["texting"]', '"platforms":["gone"]', "no platform “gone”"), ("teacher", "king", "no role “king”")],
)
def test_an_unfinished_audit_of_something_that_is_gone_is_refused_by_its_name(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    begun(tmp_path, "texting", "--role", "teacher", typed="2\n1\nq\n")
    notes = notes_of(tmp_path)
    notes.write_text(notes.read_text().replace(old, new))
    before = notes.read_bytes()
    again = run("audit", "--resume", "--no-input")
    told = " ".join(again.stderr.split())
    assert again.returncode == 2
    assert "The unfinished audit in" in told
    assert said in told
    assert "did not change the file" in told
    assert notes.read_bytes() == before


def test_an_answers_file_that_says_something_else_is_asked_about(tmp_path: Path) -> None:
    begun(tmp_path, "texting", "--role", "teacher", typed="2\n1\nq\n")
    first = json.loads(notes_of(tmp_path).read_text().splitlines()[1])
    name, option = first["check"], first["observation"]["option"]
    check = next(one for one in loading.catalogue().checklist("texting").checklist.checks if one.id == name)
    other = next(one.id for one in check.options if one.id != option)
    answers = tmp_path / "answers.yaml"
    answers.write_text(f"{name}: {other}\n")
    words = ("--resume", "--answers", str(answers), "--out", str(tmp_path / "second"))
    asked = begun(tmp_path, *words, typed=f"{option}\nq\n")
    assert "Your answers file says something else" in asked.stdout
    findings = {row["check"]: row["option"] for row in record(tmp_path / "second")["findings"]}
    assert findings[name] == option
    later = begun(tmp_path, "--resume", typed="q\n")
    assert "Your answers file says something else" not in later.stdout


@pytest.mark.parametrize("words", [(), ("tiktok", "--role", "teacher")], ids=["who", "device"])
def test_the_letter_that_stops_the_checks_stops_before_them_too(words: tuple[str, ...], tmp_path: Path) -> None:
    done = begun(tmp_path, *words, typed="q\n")
    assert done.returncode == 130
    assert "not one of the answers" not in done.stdout
    assert "nobody to answer" not in done.stderr
