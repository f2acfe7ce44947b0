"""The job goes into the scheduler that works here, is found there, and comes out again; nothing else is touched.

No test may touch the schedulers of the person who runs it. So `systemctl`, `launchctl` and `schtasks` are pretend
programs that note what they are told, and the real crontab works on a spool of its own in a mount namespace.
"""

from __future__ import annotations

import os
import plistlib
import sys
from datetime import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from privacyaudit.checkup import reminders
from privacyaudit.cli.commands.remind import app
from privacyaudit.errors import AuditError
from privacyaudit.over_time.history import History
from privacyaudit.process import others
from privacyaudit.reminders import jobs, schedulers
from privacyaudit.reminders.jobs import Job
from privacyaudit.reminders.schedulers import Cron, Launchd, Scheduler, SchedulerError, Systemd
from privacyaudit.storage import files, folders
from tests.support.schedulers import CRONTAB, JOB, OTHERS, PRETEND, Computer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the pretend programs are scripts of Unix")

KEEPS_TASKS = """
tasks = here / "task.xml"
match sys.argv[1]:
    case "/Create":
        tasks.write_bytes(Path(sys.argv[sys.argv.index("/XML") + 1]).read_bytes())
    case "/Query" if not tasks.exists():
        sys.exit(1)
    case "/Delete":
        tasks.unlink()
"""


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(others, "running", lambda: {"cron"})
    return Computer(folder)


def unit(ending: str) -> Path:
    return Path.home() / ".config" / "systemd" / "user" / f"{jobs.NAME}.{ending}"


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words])
    if isinstance(done.exception, AuditError):
        return done.exception.exit_code, f"{done.exception.what} {done.exception.advice}"
    return done.exit_code, done.output


# -- which one -------------------------------------------------------------------------------------


def test_systemd_goes_first_where_its_manager_answers(computer: Computer) -> None:
    computer.has("systemctl")
    computer.has("crontab", CRONTAB)
    assert schedulers.choose("linux").name == "systemd"


def test_cron_is_next_where_systemd_is_there_and_does_not_run(computer: Computer) -> None:
    computer.has("systemctl")
    computer.breaks("show")
    computer.has("crontab", CRONTAB)
    assert schedulers.choose("linux").name == "cron"


def test_with_none_each_is_named_with_its_reason_and_the_calendar_is_left(computer: Computer) -> None:
    with pytest.raises(SchedulerError) as caught:
        schedulers.install(JOB, "linux")
    assert "systemd is not on this computer." in caught.value.what
    assert "cron is not on this computer." in caught.value.what
    assert "remind ics" in caught.value.advice
    assert not unit("timer").exists()


@pytest.mark.parametrize(
    ("system", "reason"),
    [("darwin", "launchd is not"), ("win32", "The Task Scheduler is not"), ("freebsd14", "cron is not")],
)
def test_other_systems_without_their_scheduler_say_so(system: str, reason: str, computer: Computer) -> None:
    with pytest.raises(SchedulerError, match=reason):
        schedulers.choose(system)
    assert schedulers.installed(system) == []


def test_an_account_that_may_not_use_cron_is_told_so(computer: Computer) -> None:
    computer.has("crontab", f"#!{sys.executable}\nraise SystemExit('You (ann) are not allowed to use this program')")
    assert Cron().trouble() == "Your account is not allowed to use cron."
    assert Cron().found() == ""


def test_a_scheduler_that_cannot_be_started_is_a_sentence(computer: Computer) -> None:
    computer.has("crontab", "#!/nowhere/python\n")
    with pytest.raises(SchedulerError, match=r"crontab -l.* did not answer"):
        Cron().found()


# -- systemd ---------------------------------------------------------------------------------------


def test_systemd_gets_both_files_and_is_told_to_start_the_timer(computer: Computer) -> None:
    computer.has("systemctl")
    schedulers.install(JOB, "linux")
    assert unit("service").read_text() == jobs.systemd_service(JOB)
    assert unit("timer").read_text() == jobs.systemd_timer(JOB)
    assert unit("timer") in files.written()
    told = [" ".join(call) for call in computer.calls()]
    timer = f"{jobs.NAME}.timer"
    assert told[-3:] == [
        f"systemctl --user {words}" for words in ("daemon-reload", f"enable {timer}", f"restart {timer}")
    ]


def test_what_systemd_refuses_leaves_nothing_behind(computer: Computer) -> None:
    computer.has("systemctl")
    computer.breaks("enable")
    with pytest.raises(SchedulerError, match="not today"):
        schedulers.install(JOB, "linux")
    assert list(unit("timer").parent.iterdir()) == []


def test_removing_takes_the_two_files_and_the_link_and_leaves_other_units(computer: Computer) -> None:
    computer.has("systemctl")
    schedulers.install(JOB, "linux")
    wants = unit("timer").parent / "timers.target.wants"
    wants.mkdir()
    (wants / unit("timer").name).symlink_to(unit("timer"))
    other = unit("timer").with_name("backup.timer")
    other.write_text("[Timer]\n")
    [(kind, where)] = schedulers.remove("linux")
    assert (kind.name, where) == ("systemd", str(unit("timer")))
    assert ["systemctl", "--user", "disable", "--now", f"{jobs.NAME}.timer"] in computer.calls()
    assert sorted(path for path in unit("timer").parent.rglob("*") if not path.is_dir()) == [other]
    assert not any(wants.iterdir())
    assert schedulers.remove("linux") == []


def test_files_of_systemd_are_found_and_removed_even_when_it_does_not_run(computer: Computer) -> None:
    computer.has("systemctl")
    schedulers.install(JOB, "linux")
    computer.breaks("show")
    assert "The weekly reminder cannot run at the moment. systemd is not running" in run("status")[1]
    schedulers.remove("linux")
    assert not unit("timer").exists()
    assert not unit("service").exists()


# -- cron ------------------------------------------------------------------------------------------


def test_cron_gets_our_lines_and_keeps_every_other_byte(computer: Computer) -> None:
    computer.has("crontab", CRONTAB)
    computer.spool.write_bytes(OTHERS.encode() + b"\n# caf\xe9\n")
    before = computer.spool.read_bytes()
    schedulers.install(JOB, "linux")
    assert computer.spool.read_bytes() == before + jobs.with_block("", JOB).encode()
    schedulers.install(Job(JOB.command, 0, time(9)), "linux")
    assert computer.spool.read_bytes().count(b"privacyaudit begin") == 1
    [(kind, where)] = schedulers.remove("linux")
    assert (kind.name, where) == ("cron", "your crontab")
    assert computer.spool.read_bytes() == before


def test_a_crontab_that_held_nothing_else_goes_too(computer: Computer) -> None:
    computer.has("crontab", CRONTAB)
    schedulers.install(JOB, "linux")
    schedulers.remove("linux")
    assert not computer.spool.exists()
    assert schedulers.installed("linux") == []


def test_a_crontab_that_cannot_be_read_is_never_overwritten(computer: Computer) -> None:
    computer.has("crontab", CRONTAB.replace('case ["-l"]:', 'case ["-l"]:\n        sys.exit("disk on fire")'))
    computer.spool.write_text(OTHERS)
    with pytest.raises(SchedulerError, match="disk on fire"):
        Cron().install(JOB)
    assert computer.spool.read_text() == OTHERS


def test_moving_from_cron_to_systemd_leaves_one_job(computer: Computer) -> None:
    computer.has("crontab", CRONTAB)
    schedulers.install(JOB, "linux")
    computer.has("systemctl")
    schedulers.install(JOB, "linux")
    assert [kind.name for kind, _where in schedulers.installed("linux")] == ["systemd"]


# -- macOS and Windows -----------------------------------------------------------------------------


def agent() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{jobs.NAME}.plist"


def test_launchd_gets_the_list_and_gives_it_back(computer: Computer) -> None:
    computer.has("launchctl")
    schedulers.install(JOB, "darwin")
    schedulers.install(JOB, "darwin")
    assert plistlib.loads(agent().read_bytes())["ProgramArguments"] == list(JOB.command)
    session = f"gui/{os.getuid()}"
    start, stop = (
        ["launchctl", "bootstrap", session, str(agent())],
        ["launchctl", "bootout", f"{session}/{jobs.NAME}"],
    )
    assert computer.calls() == [start, stop, start]
    schedulers.remove("darwin")
    assert computer.calls()[3:] == [stop]
    assert not agent().exists()
    assert schedulers.installed("darwin") == []


def test_what_launchd_refuses_leaves_nothing_behind(computer: Computer) -> None:
    computer.has("launchctl")
    computer.breaks("bootstrap")
    with pytest.raises(SchedulerError, match="not today"):
        schedulers.install(JOB, "darwin")
    assert not agent().exists()


def test_windows_gets_the_task_and_gives_it_back(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    computer.has("schtasks", PRETEND + KEEPS_TASKS)
    monkeypatch.setenv("USERDOMAIN", "SCHOOL")
    monkeypatch.setenv("LOGNAME", "ann")
    assert schedulers.installed("win32") == []
    schedulers.install(JOB, "win32")
    assert "<UserId>SCHOOL\\ann</UserId>" in (computer.folder / "task.xml").read_bytes().decode("utf-16")
    assert [where for _kind, where in schedulers.remove("win32")] == [jobs.NAME]
    assert schedulers.installed("win32") == []
    assert computer.calls()[-2] == ["schtasks", "/Delete", "/TN", jobs.NAME, "/F"]


# -- the commands ----------------------------------------------------------------------------------


@pytest.fixture
def linux(computer: Computer) -> Computer:
    if not sys.platform.startswith("linux"):
        pytest.skip("the commands are tried with the schedulers of Linux")
    return computer


def test_the_commands_install_show_and_remove(linux: Computer) -> None:
    linux.has("crontab", CRONTAB)
    assert run("status") == (0, "The weekly reminder is not installed.\n")
    code, told = run("install", "--weekday", "1", "--at", "07:05")
    assert code == 0
    assert told.startswith("Installed in cron: your crontab.\n")
    assert f"\n5 7 * * 1 {sys.executable} -P -m privacyaudit due --notify >/dev/null\n" in linux.spool.read_text()
    assert run("status") == (0, "Installed in cron: your crontab.\n")
    assert run("remove") == (0, "Removed from cron: your crontab.\n")
    assert run("remove") == (0, "The weekly reminder is not installed.\n")


def test_status_and_doctor_notice_that_the_program_of_the_job_is_gone(linux: Computer, tmp_path: Path) -> None:
    linux.has("crontab", CRONTAB)
    other = tmp_path / "python"
    other.symlink_to(sys.executable)
    schedulers.install(Job((str(other), "-P", "-m", "privacyaudit", "due", "--notify"), 6, time(17)))
    other.unlink()
    told = " ".join(run("status")[1].split())
    assert f"It starts a program that no longer exists: {other}. Install it again" in told
    assert [line.works for line in reminders.lines()][-1] is False
    other.symlink_to(tmp_path / "Python that was removed")
    assert "no longer starts this program" in run("status")[1]
    other.unlink()
    other.write_text("#!/bin/sh\nexit 1\n")
    other.chmod(0o755)
    assert "no longer starts this program" in run("status")[1]


@pytest.mark.parametrize("kind", [Systemd(), Cron(), Launchd()], ids=lambda kind: kind.name)
def test_the_command_of_a_job_is_read_back_word_by_word(kind: Scheduler, computer: Computer) -> None:
    for name, script in (("systemctl", PRETEND), ("crontab", CRONTAB), ("launchctl", PRETEND)):
        computer.has(name, script)
    words = ("/a b/100%/py\"th'on", "-P", "$HOME", "back\\slash", "due")
    kind.install(Job(words, 6, time(17)))
    assert kind.command() == words


def test_installing_says_so_when_the_job_cannot_open_the_history(linux: Computer) -> None:
    pytest.importorskip("apsw", reason="the extra [history] is not installed")
    linux.has("crontab", CRONTAB)
    sentence = "The job cannot open your history"
    assert sentence not in run("install")[1]
    History.open("four dull wet Sundays").close()
    code, told = run("install")
    assert (code, sentence in told, "some personal admin" in told) == (0, True, True)


@pytest.mark.parametrize(
    "words",
    [
        *(
            ("install", "--at", text)
            for text in ("25:00", "17:00Z", "17:00+01:00", "13pm", "0am", "17:00pm", "5", "105")
        ),
        *(("ics", "--at", text) for text in ("noon", "17:00 BST", "17:60")),
        *(("ics", "--on", text) for text in ("2027-02-30", "2027-W06-7", "20270214")),
    ],
)
def test_times_and_days_that_do_not_exist_are_refused(words: tuple[str, ...], linux: Computer) -> None:
    linux.has("crontab", CRONTAB)
    code, told = run(*words)
    assert code == 2
    assert words[-1] in told
    assert not linux.spool.exists()


@pytest.mark.parametrize("day", ["0", "8", "Sunday"])
def test_a_day_that_is_not_one_of_seven_is_refused(day: str) -> None:
    assert run("install", "--weekday", day)[0] == 2


def test_ics_twice_is_the_same_event_with_a_higher_number(tmp_path: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    out = tmp_path / "a.ics"
    code, told = run("ics", "--out", str(out))
    assert code == 0
    assert "every 3 months" in told
    old = lines(out)
    code, told = run("ics", "--on", "2099-02-14", "--at", "09:30", "--title", "Tea", "--out", str(out))
    assert (code, "once, on 14 February 2099 at 09:30" in told) == (0, True)
    new = lines(out)
    assert old["UID"] == new["UID"]
    assert int(new["SEQUENCE"]) >= int(old["SEQUENCE"])
    assert (new["DTSTART"], new["SUMMARY"], "RRULE" in new) == ("20990214T093000", "Tea", False)
    assert out in files.written()


def test_ics_for_a_term_has_two_events_and_writing_it_again_keeps_both_names(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    out = tmp_path / "a.ics"
    names = []
    for months in ("3", "6"):
        code, told = run("ics", "--term", "2099-01-05", "--every", months, "--out", str(out))
        assert code == 0
        assert f"every {months} months" in told
        assert "once, on 29 December 2098 at 17:00" in told
        again, term = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
        assert again["rrule"]["INTERVAL"] == [int(months)]
        assert "rrule" not in term
        names.append((str(again["uid"]), str(term["uid"])))
    assert names[0] == names[1]
    assert names[0][1] == f"{names[0][0]}-term"


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ((), 3),
        (("--role", "teacher"), 3),
        (("--role", "councillor"), 2),
        (("--role", "council_officer"), 6),
        (("--role", "council_officer", "--every", "4"), 4),
    ],
)
def test_ics_reminds_as_often_as_the_role_should_look(words: tuple[str, ...], months: int) -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    code, told = run("ics", *words)
    assert (code, f"every {months} months" in told) == (0, True)
    assert lines(folders.reports() / "reminder.ics")["RRULE"] == f"FREQ=MONTHLY;INTERVAL={months}"


def test_ics_for_a_role_that_does_not_exist_names_those_that_do() -> None:
    code, told = run("ics", "--role", "pirate")
    assert code == 2
    assert "teacher" in told


def test_ics_goes_beside_the_reports_when_no_place_is_named() -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    run("ics")
    assert lines(folders.reports() / "reminder.ics")["SUMMARY"] == "Personal admin"


def test_ics_never_overwrites_a_calendar_of_yours(tmp_path: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    mine = tmp_path / "mine.ics"
    mine.write_text("BEGIN:VCALENDAR\n")
    code, told = run("ics", "--out", str(mine))
    assert (code, "did not change it" in told) == (2, True)
    assert mine.read_text() == "BEGIN:VCALENDAR\n"


@pytest.mark.parametrize("words", [("--every", "2"), ("--term", "2099-01-05"), ("--role", "teacher")])
def test_a_single_day_goes_with_nothing_else(words: tuple[str, str]) -> None:
    code, told = run("ics", *words, "--on", "2099-02-14")
    assert (code, "--on does not work with" in told) == (2, True)


def lines(path: Path) -> dict[str, str]:
    found = [line.partition(":") for line in path.read_bytes().decode().split("\r\n")]
    return {name: value for name, _colon, value in found}
