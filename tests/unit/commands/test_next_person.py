"""Many people at one table: when the next one sits down, nothing of the one before is left anywhere."""

from __future__ import annotations

from privacyaudit.offline import codes
from tests.support import in_process


def test_it_takes_no_word_about_a_person_on_the_command_line() -> None:
    for words in (["facebook"], ["--role", "teacher"], ["--keep"], ["--browser"], ["--no-input"], ["--out", "x"]):
        told = in_process.run("audit", "--next-person", *words)
        assert told.returncode == 2
        assert "asks each person in turn" in told.stderr


def test_a_code_is_never_larger_than_its_room_and_all_of_them_hold_every_word() -> None:
    lines = [
        "7 to change, out of 15 checks.",
        *(f"Facebook: aim {n}. Open Settings. Choose “Only me”." for n in range(9)),
    ]
    for columns, rows in ((80, 19), (120, 40), (40, 20)):
        texts = codes.split(lines, columns, rows)
        for text in texts:
            drawn = codes.blocks(text).splitlines()
            assert len(drawn) <= rows
            assert max(len(line) for line in drawn) - len("\x1b[30;107m\x1b[0m") <= columns
        every = " ".join(text.split(" ", 1)[1] for text in texts).split()
        assert every == " ".join(lines).split()
