"""Around midnight, across a change of the clocks and at the ends of the world: one day everywhere, by a real clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from privacyaudit import i18n
from tests.support import zones
from tests.support.nursery import ROOT

CHECK = "everyday.saved-logins"
WORDS = "four dull wet Sundays\n"
CLOCKS = (
    ("Europe/London", "2026-07-01 00:20:00"),
    ("Europe/London", "2026-03-29 23:50:00"),
    ("Europe/London", "2026-10-25 00:30:00"),
    ("Pacific/Kiritimati", "2026-07-01 00:10:00"),
    ("America/Los_Angeles", "2026-06-30 20:00:00"),
)

EACH = """
import json, os, sys, time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from tests.support import in_process

for number, (zone, wall, check, words) in enumerate(json.load(sys.stdin)):
    moment = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
    os.environ.update(TZ=zone, FAKETIME=str(int(moment.timestamp())))
    for name in ("DATA", "STATE"):
        os.environ[f"PRIVACYAUDIT_{name}"] = f"{number}/{name}"
    time.tzset()
    assert time.strftime("%Y-%m-%d %H:%M:%S") == wall, time.ctime()
    day = wall[:10]
    said = {}
    for command in (
        f"audit everyday --answers ../answers.yaml --area logout --no-input --no-open --role teacher --no-keep --out .",
        "history import RECORD --passphrase-stdin",
        "history list --passphrase-stdin",
        "due --json --passphrase-stdin",
        f"accept {check} --until {day} --because so --passphrase-stdin",
        "remind ics --out own.ics",
    ):
        Path(str(number)).mkdir(exist_ok=True)
        [*made] = Path(str(number)).glob("*.json")
        words_of = [str(made[0].name) if one == "RECORD" else one for one in command.split()]
        done = in_process.run(*words_of, typed=words, cwd=Path(str(number)))
        said[command.split()[0] + (" list" if " list " in command else "")] = done.stdout + done.stderr
    Path(f"{number}/said.json").write_text(json.dumps(said))
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One program that lives through all these moments, with a folder for each."""
    pytest.importorskip("apsw", reason="the extra [history] is not installed")
    folder = tmp_path_factory.mktemp("days")
    (folder / "answers.yaml").write_text(f'{CHECK}: "yes"\n')
    asked = json.dumps([[zone, wall, CHECK, WORDS] for zone, wall in CLOCKS])
    env = {**os.environ, **zones.pretending(), "FAKETIME": "0", "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    words = [sys.executable, "-c", EACH]
    done = subprocess.run(words, input=asked, env=env, cwd=folder, text=True, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("number", range(len(CLOCKS)), ids=[" ".join(one) for one in CLOCKS])
def test_file_heading_foot_history_due_decision_and_reminder_say_the_day_on_the_wall(
    number: int, folders: Path
) -> None:
    _zone, wall = CLOCKS[number]
    day, minute = date.fromisoformat(wall[:10]), wall[:16].replace(" ", "-").replace(":", "")
    folder, words = folders / str(number), i18n.day(date.fromisoformat(wall[:10]))
    said = json.loads((folder / "said.json").read_text())
    [page] = folder.glob("privacy-audit-*.html")
    assert page.stem == f"privacy-audit-{minute[:10]}-{minute[11:]}"
    text = page.read_text(encoding="utf-8")
    assert f"<title>Privacy audit, {words}</title>" in text
    assert f"Privacy audit, {words}. Not evidence" in text
    assert words in said["history list"], said
    assert json.loads(said["due"])["day"] == day.isoformat()
    assert "is not between tomorrow and" in said["accept"], "today itself is too early, by the day on the wall"
    [event] = icalendar.Calendar.from_ical((folder / "own.ics").read_bytes()).walk("VEVENT")
    first = event.decoded("dtstart").date()
    assert (first - day) >= timedelta(days=89)
    assert first.day == min(day.day, 28)
