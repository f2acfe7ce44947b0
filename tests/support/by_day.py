"""Tests of which a usual run takes a part each day, because all of them take minutes; `nox -s thorough` takes all.

Every case has its turn within two weeks. A file that is named on the command line is run whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

from privacyaudit.clock import today

MOST_DAYS = 14
DAY = today().toordinal()
ALL = settings().max_examples >= settings.get_profile("thorough").max_examples

TURNS = {
    "terminal/test_steps_killed.py": 3,
    "browser/test_out_there_same.py": 5,
    "browser/test_out_there.py": 5,
    "unit/offline/test_site.py": 5,
    "browser/test_window_steps.py": 9,
    "browser/test_window_late.py": 11,
    "browser/test_window_outcome.py": 11,
    "beds/test_bed_mediawiki.py": 7,
    "beds/test_broken_off.py": 3,
    "beds/test_letters_in_libreoffice.py": 7,
    "beds/test_new_site.py": 7,
    "beds/test_real_pds.py": 3,
    "beds/test_real_wiki.py": 13,
    "browser/test_agreement.py": 2,
    "browser/test_bad_pages.py": 13,
    "browser/test_bad_sessions.py": 11,
    "browser/test_by_hand.py": 13,
    "beds/test_real_wordpress.py": 7,
    "browser/test_clinic_browser.py": 9,
    "browser/test_clinic_member.py": 7,
    "browser/test_closed.py": 4,
    "browser/test_compare.py": 9,
    "browser/test_demo.py": 2,
    "browser/test_forced_colours.py": 7,
    "browser/test_handout.py": 3,
    "browser/test_launch.py": 3,
    "browser/test_left_behind.py": 13,
    "browser/test_left_over.py": 7,
    "browser/test_left_signed_in.py": 5,
    "browser/test_letter_page.py": 4,
    "browser/test_mutate.py": 13,
    "browser/test_no_start.py": 13,
    "browser/test_page_browser.py": 13,
    "browser/test_page_earlier.py": 13,
    "browser/test_page_judge.py": 7,
    "browser/test_page_since.py": 13,
    "browser/test_page_twice.py": 7,
    "browser/test_pebble.py": 9,
    "browser/test_pictures.py": 7,
    "browser/test_probe_command.py": 3,
    "browser/test_proof_page.py": 5,
    "browser/test_read_for_you.py": 9,
    "browser/test_read_for_you_window.py": 9,
    "browser/test_report_browser.py": 13,
    "browser/test_sandbox.py": 13,
    "browser/test_sign_in.py": 9,
    "browser/test_sign_out.py": 13,
    "browser/test_site.py": 13,
    "browser/test_steps_page.py": 13,
    "browser/test_web.py": 13,
    "browser/test_window.py": 13,
    "browser/test_window_guards.py": 13,
    "browser/test_window_killed_reading.py": 13,
    "browser/test_window_clinic.py": 13,
    "browser/test_window_turns.py": 11,
    "terminal/test_audit_command.py": 9,
    "terminal/test_clinic.py": 13,
    "terminal/test_clinic_network.py": 13,
    "terminal/test_due.py": 9,
    "terminal/test_history.py": 13,
    "terminal/test_journal.py": 3,
    "terminal/test_keys_secret_service.py": 13,
    "terminal/test_named_folders.py": 3,
    "terminal/test_next_person.py": 7,
    "terminal/test_notify.py": 3,
    "terminal/test_odd_accounts.py": 7,
    "terminal/test_proof.py": 3,
    "terminal/test_real_schedulers.py": 7,
    "terminal/test_second_audit.py": 7,
    "terminal/test_shortcut_opens.py": 3,
    "terminal/test_teacher.py": 9,
    "terminal/test_walkthrough_terminal.py": 13,
    "terminal/test_window_killed.py": 13,
    "unit/browser/test_browser.py": 3,
    "unit/browser/test_gate.py": 3,
    "unit/browser/test_packed.py": 2,
    "unit/catalogue/test_roles.py": 3,
    "unit/catalogue/test_strictyaml.py": 3,
    "unit/clinic/test_clinic_server.py": 3,
    "unit/commands/test_audit_command.py": 3,
    "unit/commands/test_lists.py": 3,
    "unit/commands/test_next_person.py": 3,
    "unit/commands/test_prompts.py": 3,
    "unit/commands/test_proof.py": 3,
    "unit/commands/test_startup.py": 3,
    "unit/commands/test_unwritable.py": 3,
    "unit/core/test_clock.py": 3,
    "unit/core/test_locks.py": 3,
    "unit/core/test_named_files.py": 3,
    "unit/core/test_repository.py": 5,
    "unit/core/test_translation.py": 3,
    "unit/offline/test_page.py": 3,
    "unit/over_time/test_compare.py": 3,
    "unit/over_time/test_due.py": 3,
    "unit/over_time/test_history.py": 3,
    "unit/process/test_streams.py": 3,
    "unit/readers/test_outside.py": 3,
    "unit/reminders/test_scheduler.py": 3,
    "unit/report/test_drawing.py": 2,
    "unit/report/test_mailable.py": 3,
    "unit/storage/test_reading.py": 3,
}
"""Files whose tests take turns, and within how many days each has had one. Where a file also takes a part of its cases
(`part`), the two numbers have no divisor in common: else some would never have theirs."""

TOGETHER = (
    "beds/test_probe_real_wiki.py",
    "terminal/test_bootstrap.py",
    "terminal/test_packaging.py",
    "terminal/test_days.py",
    "terminal/test_doctor.py",
    "terminal/test_packed.py",
)
"""Files that take long to prepare: each is run whole, once in as many days as there are files."""

T = TypeVar("T")


def part(cases: Iterable[T], days: int) -> list[T]:
    """Return the cases whose turn is today, when all of them have theirs within so many days."""
    assert days <= MOST_DAYS
    return [one for number, one in enumerate(cases) if ALL or number % days == DAY % days]


def has_its_turn(file: str, number: int) -> bool:
    """Tell whether a test is run today: the one with this number among those of a file, named from tests/ on."""
    if ALL:
        return True
    if file in TOGETHER:
        return TOGETHER.index(file) == DAY % len(TOGETHER)
    return number % (days := TURNS.get(file, 1)) == DAY % days
