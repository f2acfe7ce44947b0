"""Writing files on a full disk and under a kill, in programs of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit.storage import files
from tests.support import written_files
from tests.support.written_files import names

out = pytest.fixture(written_files.out)


# -- writing ---------------------------------------------------------------------------------------

ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from privacyaudit.storage import files
from privacyaudit.errors import SaveError
folder = Path(sys.argv[1])
files.write(folder / "report", "old")
files.append(folder / "lines", "first")
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for act in (lambda: files.write(folder / "report", "n" * 5000), lambda: files.append(folder / "lines", "n" * 5000)):
    try:
        act()
    except SaveError as error:
        print(error.what, error.advice)
files.append(folder / "lines", "second")
"""


def test_on_a_full_disk_the_old_file_stays_and_no_part_of_the_new_one(out: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, str(out)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert [line.split(" could not be written: File too large.")[0] for line in done.stdout.splitlines()] == [
        str(out / "report"),
        str(out / "lines"),
    ]
    assert names(out) == ["lines", "report"]
    assert (out / "report").read_text() == "old"
    assert (out / "lines").read_text() == "first\nsecond\n"


# -- clean -----------------------------------------------------------------------------------------

KILLED = """
import os, sys
from pathlib import Path
from privacyaudit.storage import files
def fsync(handle):
    if Path(f"/proc/self/fd/{handle}").readlink().parent.name == "out":
        os.kill(os.getpid(), 9)
os.fsync = fsync
files.write(Path(sys.argv[1]) / "report.html", "secret")
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to see which file is being written")
def test_clean_removes_what_a_killed_program_had_half_written(out: Path) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, str(out)], check=False, timeout=60).returncode == -9
    assert len(names(out)) == 1
    files.remove_all()
    assert names(out) == []
